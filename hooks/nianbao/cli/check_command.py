"""`nianbao check`: every mistake of every file, at once."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from nianbao.cli.project import find_root
from nianbao.errors import DataError, format_errors, format_errors_json
from nianbao.pipeline.build import check_data
from nianbao.pipeline.data_folder import DataFolder, read_data_folder
from nianbao.sources.files import name_file
from nianbao.sources.layout import DISTRICTS_FILE, INDICATORS_FILE


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
    count = sum(map(len, folder.paths.values()))
    if paths:
        files = [path for group in folder.paths.values() for path in group]
        strange = tuple(_explain_path(path, folder) for path in paths if not _is_checked(path, folder, files))
        errors = (*strange, *(error for error in errors if _concerns(error, paths, root)))
        count = sum(any(file.resolve().is_relative_to(path.resolve()) for path in paths) for file in files)
    if form == "json":
        click.echo(format_errors_json(errors))
    elif errors:
        click.echo(format_errors(errors), err=True)
    else:
        click.echo(f"检查了 {count} 份报告，没有需要改的地方。")
    sys.exit(1 if errors else 0)


def _is_checked(path: Path, folder: DataFolder, files: list[Path]) -> bool:
    """Tell whether a path is a report, a register, or a folder with some of them."""
    target = path.resolve()
    registers = [folder.data_dir / DISTRICTS_FILE, folder.data_dir / INDICATORS_FILE]
    return path.exists() and any(file.resolve().is_relative_to(target) for file in (*files, *registers))


def _explain_path(path: Path, folder: DataFolder) -> DataError:
    if not path.exists():
        return DataError(str(path), 0, "", "没有这个文件或文件夹", "检查路径有没有写错")
    name = name_file(folder.data_dir, root=folder.root)
    return DataError(str(path), 0, "", f"不是 {name}/ 里的报告，没有检查", f"报告放在 {name}/<区县>/ 里")


def _concerns(error: DataError, paths: tuple[Path, ...], root: Path) -> bool:
    file = (root / error.file).resolve()
    return any(file.is_relative_to(path.resolve()) for path in paths)
