"""Every mistake of every file of a data folder, in one process."""

from __future__ import annotations

from pathlib import Path

from nianbao.errors import DataError
from nianbao.sources.cross_check import cross_check, report_facts
from nianbao.sources.files import name_file
from nianbao.sources.layout import DISTRICTS_FILE, check_layout, list_report_paths
from nianbao.sources.store import locate_entry, read_districts, read_indicators, read_report


def check_site(data_dir: Path, *, root: Path) -> tuple[DataError, ...]:
    """Return every mistake under `data_dir`, sorted by file and line. `root` is the project's, for names of files.

    A register that is broken is told once, and not again at each reference to what it should hold.
    """
    if not data_dir.is_dir():
        return check_layout(data_dir, root=root, districts=None, locate_district=str)
    districts, district_errors = read_districts(data_dir, root=root)
    indicators, indicator_errors = read_indicators(data_dir, root=root)
    errors = {*district_errors, *indicator_errors}
    errors.update(
        check_layout(
            data_dir,
            root=root,
            districts=None if district_errors else districts,
            locate_district=lambda slug: locate_entry(data_dir / DISTRICTS_FILE, "slug", slug, root=root),
        )
    )
    facts = []
    for path in list_report_paths(data_dir):
        report, mistakes = read_report(path, root=root, indicators=None if indicator_errors else indicators)
        errors.update(mistakes)
        if report is not None:
            file = name_file(path, root=root)
            facts.append(report_facts(report, file=file, district=path.parent.name, stem=path.stem))
    errors.update(cross_check(facts, root=root))
    return tuple(sorted(errors))
