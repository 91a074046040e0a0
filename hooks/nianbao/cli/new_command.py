"""`nianbao new`: a commented YAML file to fill in."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from nianbao.cli.completion import complete_districts
from nianbao.cli.project import find_root
from nianbao.errors import DataErrors


@click.command("new", help="新建一份报告：写好带说明的 YAML，照着填。已有的文件不会被覆盖。")
@click.argument("district", metavar="地区", shell_complete=complete_districts)
@click.argument("period", metavar="时段")
@click.option("--topic", default=None, help="专题报告的代号，如 reform，会写成 2022-reform.yml。")
@click.option("--data", "data_dir", default=None, type=click.Path(path_type=Path), help="数据文件夹，默认 data。")
def new_command(district: str, period: str, topic: str | None, data_dir: Path | None) -> None:
    """Write data/<district>/<period>.yml and say what to do next."""
    # Not above: the Tab key does not wait for what reads registers.
    from nianbao.sources.scaffold import new_report  # noqa: PLC0415

    root = find_root()
    try:
        path = new_report((data_dir or root / "data").resolve(), district, period, root=root, topic=topic)
    except DataErrors as failure:
        click.echo(str(failure), err=True)
        sys.exit(1)
    name = path.relative_to(root) if path.is_relative_to(root) else path
    click.echo(f"写好了 {name}\n打开它照着说明填写，再运行：nianbao check {name}")
