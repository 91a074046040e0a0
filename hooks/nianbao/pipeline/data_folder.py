"""What a data folder holds: the registers, and each district's report files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import DataError
from nianbao.model import District, Indicator
from nianbao.pipeline.store import digest
from nianbao.sources.layout import DISTRICTS_FILE, check_layout, list_pictures, list_report_paths
from nianbao.sources.photos import PHOTO_LIMIT_BYTES
from nianbao.sources.store import locate_entry, read_districts, read_indicators

Stamp = tuple[int, int, int, int]


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


def digest_files(paths: Iterable[Path], stamps: dict[str, Stamp], *, shows_drafts: bool) -> Iterator[str]:
    """Yield each file's name and the digest of its content; `stamps` gets what tells whether it is changed later.

    What may be a draft is another thing where drafts are shown: preview and build share the index.
    """
    for path in paths:
        yield path.name
        try:
            with open(path, "rb") as stream:  # noqa: PTH123 - hot path
                status = os.fstat(stream.fileno())
                stamps[str(path)] = stamp_file(status)
                # A file past the limits of sources is refused there; its first bytes tell that it changed.
                content = stream.read(min(status.st_size + 1, PHOTO_LIMIT_BYTES))
                yield digest(content)
                # The key may be written with escapes.
                if shows_drafts and path.suffix == ".yml" and (b"review" in content or b"\\" in content):
                    yield "drafts are shown"
        except OSError as failure:
            yield f"unreadable: {failure.errno}"


def stamp_file(status: os.stat_result) -> Stamp:
    """Return what is another when a file was saved anew."""
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
