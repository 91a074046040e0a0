"""`nianbao check`: every mistake of every file, at once."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from nianbao.cli.project import find_root
from nianbao.errors import format_errors, format_errors_json


@click.command("check", help="检查报告，列出全部需要改的地方。不写路径就检查 data/ 里的全部。")
@click.argument("paths", nargs=-1, metavar="[路径…]", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="text 给人看，json 给程序用。"
)
@click.option("--data", "data_dir", default=None, type=click.Path(path_type=Path), help="数据文件夹，默认 data。")
def check_command(paths: tuple[Path, ...], form: str, data_dir: Path | None) -> None:
    """Print the mistakes and exit with 1 when there are any."""
    # Not above: the Tab key does not wait for what checks.
    from nianbao.app.check_reports import check_reports  # noqa: PLC0415

    root = find_root()
    result = check_reports((data_dir or root / "data").resolve(), root=root, paths=paths)
    for remark in result.remarks:
        click.echo(f"提醒：{remark}", err=True)
    if form == "json":
        click.echo(format_errors_json(result.errors))
    elif result.errors:
        click.echo(format_errors(result.errors), err=True)
    else:
        click.echo(f"检查了 {result.report_count} 份报告，没有需要改的地方。")
    sys.exit(1 if result.errors else 0)
