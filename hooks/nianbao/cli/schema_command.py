"""`nianbao schema`: the JSON Schema that editors check the data files with."""

from __future__ import annotations

from pathlib import Path

import click

from nianbao.cli.project import find_root
from nianbao.sources.schema import write_schemas


@click.command("schema", help="重新生成 data/schema/ 里的 JSON Schema，编辑器用它提示和检查。")
@click.option("--out", default=None, type=click.Path(path_type=Path), help="写到哪个文件夹，默认 data/schema。")
def schema_command(out: Path | None) -> None:
    """Write the schemas and name them."""
    folder = out or find_root() / "data" / "schema"
    for path in write_schemas(folder):
        click.echo(f"写好了 {path}")
