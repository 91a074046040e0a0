"""What is wrong with synthetic reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from nianbao.model import Report
from nianbao.pipeline.check import check_data
from nianbao.pipeline.data_folder import read_data_folder
from nianbao.text.numerals import find_quantities


def find_faults(root: Path) -> Iterator[str]:
    """Yield a line for each fault of `root`/data: what `nianbao check` says, then what is unlike a real report."""
    yield from map(str, check_data(read_data_folder(root / "data", root=root)))
    for path in sorted((root / "data").glob("*/*.yml")):
        raw = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        report = Report.model_validate({**raw, "period": str(raw["period"])})
        yield from (f"{path.parent.name}/{path.name}: {fault}" for fault in _find_report_faults(report))


def _find_report_faults(report: Report) -> Iterator[str]:
    figures = [(item, figure) for item in report.items for figure in item.figures]
    if not 20 <= len(figures) <= 45:
        yield f"{len(figures)} figures"
    text_bytes = sum(len((item.text + (item.title or "")).encode()) for item in report.items)
    if not 5_500 <= text_bytes <= 10_000:
        yield f"{text_bytes} bytes of text"
    for item, figure in figures:
        if item.text.count(figure.quote) != 1:
            yield f"{item.id}: {figure.quote} stands {item.text.count(figure.quote)} times"
        found = [(quantity.value, quantity.unit) for quantity in find_quantities(figure.quote)]
        if found != [(figure.value, figure.unit)]:
            yield f"{item.id}: {figure.quote} is not {figure.value} {figure.unit} alone"
    for item in report.items:
        if item.figures and not 55 <= len(item.text) <= 200:
            yield f"{item.id}: {len(item.text)} characters"
