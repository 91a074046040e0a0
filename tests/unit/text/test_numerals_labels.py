"""Quantities found in whole reports, against the labels made by hand. The reports stand beside the repository."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nianbao.text.numerals import Quantity, find_quantities

_SHARED_PATH = Path(__file__).resolve().parents[4] / "shared"
_LABEL_PATHS = sorted(_SHARED_PATH.glob("gold/*.gold.json"))
_PERSON_UNITS = {"名": "人", "位": "人"}

pytestmark = pytest.mark.skipif(not _LABEL_PATHS, reason="the labelled reports are not beside the repository")


def _read_report(label_path: Path) -> tuple[str, dict[str, Any]]:
    labels = json.loads(label_path.read_text(encoding="utf-8"))
    text_path = _SHARED_PATH / "seeds" / label_path.name.replace(".gold.json", ".txt")
    return text_path.read_text(encoding="utf-8"), labels


def _unit_key(unit: str) -> str:
    return _PERSON_UNITS.get(unit, unit)


def _match(labels: dict[str, Any], found: list[Quantity]) -> tuple[list[str], list[Quantity]]:
    """Return the quotes that no quantity matches, and the quantities that no label matches."""
    missed, left = [], list(found)
    for figure in labels["figures"]:
        start, end = figure["at"], figure["at"] + len(figure["quote"])
        for quantity in left:
            overlaps = quantity.start < end and start < quantity.end
            same_unit = _unit_key(quantity.unit) == _unit_key(figure["unit"])
            if overlaps and same_unit and quantity.value == Decimal(str(figure["value"])):
                left.remove(quantity)
                break
        else:
            missed.append(figure["quote"])
    return missed, left


@pytest.mark.parametrize("label_path", _LABEL_PATHS, ids=lambda path: path.name[:3])
def test_every_labelled_figure_is_found_in_its_whole_report(label_path: Path) -> None:
    text, labels = _read_report(label_path)
    missed, _ = _match(labels, list(find_quantities(text)))
    assert missed == []


def test_little_else_is_found() -> None:
    matched, extra = 0, []
    for label_path in _LABEL_PATHS:
        text, labels = _read_report(label_path)
        found = [quantity for quantity in find_quantities(text) if quantity.value is not None]
        _, left = _match(labels, found)
        matched += len(found) - len(left)
        extra += [text[quantity.start - 8 : quantity.end + 8] for quantity in left]
    precision = matched / (matched + len(extra))
    assert precision >= 0.97, extra


@pytest.mark.parametrize("label_path", _LABEL_PATHS, ids=lambda path: path.name[:3])
def test_no_quantity_stands_in_what_is_labelled_as_none(label_path: Path) -> None:
    _, labels = _read_report(label_path)
    found = {quote: find_quantities(quote) for quote in labels["not_figures"]}
    assert {quote: quantities for quote, quantities in found.items() if quantities} == {}
