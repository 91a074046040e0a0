"""Where things stand under data/: which files are reports, and what does not belong there."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from nianbao.errors import DataError
from nianbao.sources.files import explain_link_outside, name_file
from nianbao.sources.near_miss import find_near_miss

DISTRICTS_FILE = "districts.yml"
INDICATORS_FILE = "indicators.yml"
SCHEMA_FOLDER = "schema"
_OTHER_FILES = frozenset({"readme.md", "desktop.ini", "thumbs.db"})
# What editors and copying leave behind: 2023.yml~, 2023.yml.bak, 2023.bak2.yml, .2023.yml.swp, ~$2023.docx, #2023.yml#.
_LEFTOVER_ENDINGS = ("~", ".swp", ".swo", ".tmp", ".orig", ".rej")
_LEFTOVER_STARTS = (".", "~$", "#")
# Photos stand beside their report: 2023-image-1.png, as an import saves them, or by any other name.
_PICTURE = re.compile(r"[^.].*\.(?:jpe?g|png|webp|gif)$", re.IGNORECASE)


def list_report_paths(data_dir: Path) -> tuple[Path, ...]:
    """Return the report files, data/<district>/<stem>.yml, sorted; links that lead out of data/ are not among them."""
    if not data_dir.is_dir():
        return ()
    return tuple(
        Path(report.path)
        for district in _scan(data_dir)
        if district.name != SCHEMA_FOLDER and _is(district.is_dir) and not _leads_out(district, data_dir)
        for report in _scan(Path(district.path))
        if report.name.endswith(".yml") and _is(report.is_file) and not _leads_out(report, data_dir)
    )


def list_pictures(folder: Path) -> tuple[Path, ...]:
    """Return the pictures in a district's folder, sorted; links that lead out of data/ are not among them."""
    return tuple(
        Path(entry.path)
        for entry in _scan(folder)
        if _PICTURE.match(entry.name) and _is(entry.is_file) and not _leads_out(entry, folder.parent)
    )


def check_layout(
    data_dir: Path, *, root: Path, districts: Collection[str] | None, locate_district: Callable[[str], str]
) -> tuple[DataError, ...]:
    """Return what does not belong under data/; without `districts` the folders' names are not checked.

    `locate_district` names the file and line of a district's slug; it is called only for a message.
    """
    if not data_dir.is_dir():
        return (DataError(name_file(data_dir, root=root), 0, "", "没有这个目录", "数据放在 data/ 里"),)
    errors: list[DataError] = []
    for entry in _scan(data_dir):
        path = Path(entry.path)
        file = name_file(path, root=root)
        link = explain_link_outside(path, data_dir=data_dir, file=file)
        if link:
            errors.append(link)
        elif entry.is_dir():
            if entry.name != SCHEMA_FOLDER:
                if districts is not None and entry.name not in districts:
                    errors.append(_explain_unknown_district(entry.name, file, districts, locate_district))
                errors += _check_folder(path, data_dir=data_dir, root=root)
        elif entry.name not in {DISTRICTS_FILE, INDICATORS_FILE}:
            errors.append(_explain_stray(entry.name, file))
    return tuple(errors)


def _scan(folder: Path) -> list[os.DirEntry[str]]:
    """Return a folder's entries, sorted by name, without hidden files and what editors leave behind."""
    with os.scandir(folder) as entries:
        return sorted((entry for entry in entries if not _is_leftover(entry.name)), key=lambda entry: entry.name)


def _is_leftover(name: str) -> bool:
    return (
        name.startswith(_LEFTOVER_STARTS)
        or name.endswith(_LEFTOVER_ENDINGS)
        or ".bak" in name
        or name.lower() in _OTHER_FILES
    )


def _is(ask: Callable[[], bool]) -> bool:
    try:
        return ask()
    except OSError:  # a link to itself
        return False


def _leads_out(entry: os.DirEntry[str], data_dir: Path) -> bool:
    return entry.is_symlink() and explain_link_outside(Path(entry.path), data_dir=data_dir, file="") is not None


def _check_folder(folder: Path, *, data_dir: Path, root: Path) -> Iterator[DataError]:
    for entry in _scan(folder):
        # The usual case first: there are thousands.
        if entry.name.endswith(".yml") and entry.is_file(follow_symlinks=False):
            continue
        if _PICTURE.match(entry.name) and entry.is_file(follow_symlinks=False):
            continue
        path = Path(entry.path)
        file = name_file(path, root=root)
        link = explain_link_outside(path, data_dir=data_dir, file=file)
        if link:
            yield link
        elif entry.is_dir():
            yield DataError(file, 0, "", "地区的目录里不能再有目录", "报告直接放在 data/<地区>/ 里")
        elif not entry.name.endswith(".yml"):
            yield _explain_not_yml(entry.name, file)
        elif not entry.is_file():
            yield DataError(file, 0, "", "不是文件，读不了", "换成报告的文件，或者删掉")


def _explain_unknown_district(
    name: str, file: str, districts: Collection[str], locate_district: Callable[[str], str]
) -> DataError:
    near = find_near_miss(name, districts)
    fix = (
        f"是否指 {near}（{locate_district(near)}）；目录名要与代号（slug）相同"
        if near
        else "先在 data/districts.yml 里添上它"
    )
    return DataError(file, 0, "", f"没有“{name}”这个地区", fix)


def _explain_stray(name: str, file: str) -> DataError:
    near = find_near_miss(name, (DISTRICTS_FILE, INDICATORS_FILE))
    if near:
        return DataError(file, 0, "", "不认识这个文件", f"是否指 {near}")
    if name.endswith(".yml"):
        return DataError(file, 0, "", "报告没有放在地区的目录里", f"移到 data/<地区>/{name}")
    return _explain_not_yml(name, file)


def _explain_not_yml(name: str, file: str) -> DataError:
    stem, dot, ending = name.rpartition(".")
    if dot and ending.lower() in {"yaml", "yml"}:
        return DataError(file, 0, "", f"文件名以 .{ending} 结尾，不会被读到", f"改名为 {stem}.yml")
    return DataError(file, 0, "", "data/ 里只放 YAML 文件，不认识这个文件", "移到别处；是报告就存成 <时段>.yml")
