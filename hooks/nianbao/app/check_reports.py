"""What is wrong with the reports: all of them, or those that are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao.app.settings_checks import SETTINGS_FILE, check_named_files, check_settings
from nianbao.errors import DataError, DataErrors
from nianbao.pipeline.check import check_data
from nianbao.pipeline.data_folder import DataFolder, read_data_folder
from nianbao.pipeline.options import read_project_options
from nianbao.pipeline.outputs import choose_outputs
from nianbao.sources.files import name_file
from nianbao.sources.layout import DISTRICTS_FILE, INDICATORS_FILE


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The mistakes, sorted, and how many reports were asked for. `remarks` are no mistakes, and keep nothing back."""

    errors: tuple[DataError, ...]
    report_count: int
    remarks: tuple[str, ...] = ()


def check_reports(data_dir: Path, *, root: Path, paths: Sequence[Path] = ()) -> CheckResult:
    """Return the mistakes of all reports, or of those that `paths` name: files, or folders with some.

    All are checked in any case, since reports refer to each other, and so is mkdocs.yml. A path that
    names no report is a mistake, too.
    """
    folder = read_data_folder(data_dir, root=root)
    draws = True
    option_errors: tuple[DataError, ...] = ()
    try:
        options = read_project_options(root)
        draws = options.cards
        choose_outputs(leave_out=options.leave_out, cards=draws)
    except DataErrors as failure:
        option_errors = failure.errors
    setting_errors = check_settings(root) or check_named_files(root)
    remarks: list[str] = []
    data_errors = check_data(folder, draws=draws, remarks=remarks)
    errors = tuple(sorted({*data_errors, *option_errors, *setting_errors}))
    files = [path for group in folder.paths.values() for path in group]
    if not paths:
        return CheckResult(errors, len(files), tuple(remarks))
    strange = tuple(_explain_path(path, folder) for path in paths if not _is_checked(path, folder, files))
    asked = [path.resolve() for path in paths]
    return CheckResult(
        (*strange, *(error for error in errors if any((root / error.file).resolve().is_relative_to(p) for p in asked))),
        sum(any(file.resolve().is_relative_to(path) for path in asked) for file in files),
        tuple(
            remark
            for remark in remarks
            if any((root / remark.split(":")[0]).resolve().is_relative_to(p) for p in asked)
        ),
    )


def _is_checked(path: Path, folder: DataFolder, files: Sequence[Path]) -> bool:
    """Tell whether a path is a report, a register, mkdocs.yml, or a folder with some of them."""
    target = path.resolve()
    registers = [folder.data_dir / DISTRICTS_FILE, folder.data_dir / INDICATORS_FILE, folder.root / SETTINGS_FILE]
    return path.exists() and any(file.resolve().is_relative_to(target) for file in (*files, *registers))


def _explain_path(path: Path, folder: DataFolder) -> DataError:
    if not path.exists():
        return DataError(str(path), 0, "", "没有这个文件或文件夹", "检查路径有没有写错")
    name = name_file(folder.data_dir, root=folder.root)
    return DataError(str(path), 0, "", f"不是 {name}/ 里的报告，没有检查", f"报告放在 {name}/<地区>/ 里")
