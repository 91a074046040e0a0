"""`nianbao check`: every mistake of every file, at once."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from nianbao.cli.project import find_root
from nianbao.errors import DataError, format_errors, format_errors_json
from nianbao.pipeline.build import check_data, read_data_folder


@click.command("check", help="检查报告，列出全部需要改的地方。不写 PATH 就检查 data/ 里的全部。")
@click.argument("paths", nargs=-1, metavar="[PATH…]", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="text 给人看，json 给程序用。"
)
@click.option("--data", "data_dir", default=None, type=click.Path(path_type=Path), help="数据文件夹，默认 data。")
def check_command(paths: tuple[Path, ...], form: str, data_dir: Path | None) -> None:
    """Print the mistakes and exit with 1 when there are any."""
    root = find_root()
    folder = read_data_folder((data_dir or root / "data").resolve(), root=root)
    errors = check_data(folder)
    if paths:
        missing = [path for path in paths if not path.exists()]
        for path in missing:
            click.echo(f"没有这个文件或文件夹：{path}", err=True)
        errors = tuple(error for error in errors if _concerns(error, paths, root))
        if missing:
            sys.exit(1)
    if form == "json":
        click.echo(format_errors_json(errors))
    elif errors:
        click.echo(format_errors(errors), err=True)
    else:
        click.echo(f"检查了 {sum(map(len, folder.paths.values()))} 份报告，没有需要改的地方。")
    sys.exit(1 if errors else 0)


def _concerns(error: DataError, paths: tuple[Path, ...], root: Path) -> bool:
    file = (root / error.file).resolve()
    return any(file.is_relative_to(path.resolve()) for path in paths)
