"""What a data folder holds: the registers, and each district's report files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import DataError
from nianbao.model import District, Indicator
from nianbao.pipeline.store import digest
from nianbao.sources.layout import DISTRICTS_FILE, check_layout, list_report_paths
from nianbao.sources.store import locate_entry, read_districts, read_indicators

Stamp = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The registers and each district's report files.

    `years` are those that reports tell of, by their file names, in order. `indicators` is None when their register is
    broken: that is told once, not at each figure.
    """

    data_dir: Path
    root: Path
    districts: dict[str, District]
    indicators: dict[str, Indicator] | None
    paths: dict[str, tuple[Path, ...]]
    years: tuple[int, ...]
    errors: tuple[DataError, ...]


def read_data_folder(data_dir: Path, *, root: Path) -> DataFolder:
    """Return the registers and the report files of `data_dir`, with the mistakes in them."""
    if not data_dir.is_dir():
        layout_errors = check_layout(data_dir, root=root, districts=None, locate_district=str)
        return DataFolder(data_dir, root, {}, {}, {}, (), layout_errors)
    districts, district_errors = read_districts(data_dir, root=root)
    indicators, indicator_errors = read_indicators(data_dir, root=root)
    path_errors = check_layout(
        data_dir,
        root=root,
        districts=None if district_errors else districts,
        locate_district=lambda slug: locate_entry(data_dir / DISTRICTS_FILE, "slug", slug, root=root),
    )
    by_district: dict[str, list[Path]] = {}
    for path in list_report_paths(data_dir):
        by_district.setdefault(path.parent.name, []).append(path)
    return DataFolder(
        data_dir,
        root,
        districts,
        None if indicator_errors else indicators,
        {slug: tuple(group) for slug, group in by_district.items()},
        _list_years(path.name for group in by_district.values() for path in group),
        (*district_errors, *indicator_errors, *path_errors),
    )


def digest_files(paths: Iterable[Path], stamps: dict[str, Stamp]) -> Iterator[str]:
    """Yield each file's name and the digest of its content; `stamps` gets what tells whether it is changed later."""
    for path in paths:
        yield path.name
        try:
            with open(path, "rb") as stream:  # noqa: PTH123 - hot path
                status = os.fstat(stream.fileno())
                stamps[str(path)] = stamp_file(status)
                # A file past the limit of sources.files is refused there; its first bytes tell that it changed.
                yield digest(stream.read(min(status.st_size + 1, 4_000_000)))
        except OSError as failure:
            yield f"unreadable: {failure.errno}"


def stamp_file(status: os.stat_result) -> Stamp:
    """Return what is another when a file was saved anew."""
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _list_years(names: Iterable[str]) -> tuple[int, ...]:
    years = {name[:4] for name in names}
    return tuple(sorted(int(year) for year in years if year.isascii() and year.isdigit()))
