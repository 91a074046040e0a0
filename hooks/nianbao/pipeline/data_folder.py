"""What a data folder holds: the registers, and each district's report files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import DataError
from nianbao.model import District, Indicator
from nianbao.sources.layout import DISTRICTS_FILE, check_layout, list_pictures, list_report_paths
from nianbao.sources.store import locate_entry, read_districts, read_indicators


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The registers and each district's report files, with the pictures beside them.

    `indicators` is None when their register is broken: that is told once, not at each figure.
    """

    data_dir: Path
    root: Path
    districts: dict[str, District]
    indicators: dict[str, Indicator] | None
    paths: dict[str, tuple[Path, ...]]
    pictures: dict[str, tuple[Path, ...]]
    errors: tuple[DataError, ...]


def read_data_folder(data_dir: Path, *, root: Path) -> DataFolder:
    """Return the registers and the report files of `data_dir`, with the mistakes in them."""
    if not data_dir.is_dir():
        layout_errors = check_layout(data_dir, root=root, districts=None, locate_district=str)
        return DataFolder(data_dir, root, {}, {}, {}, {}, layout_errors)
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
        {slug: list_pictures(data_dir / slug) for slug in by_district},
        (*district_errors, *indicator_errors, *path_errors),
    )
