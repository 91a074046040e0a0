"""A text that a report may hold is on its page and in its record, and a mask in it is explained."""

from __future__ import annotations

from typing import Any, get_type_hints

import pytest
from tests.card_fixtures import edit_report, make_edition_of
from tests.unit.editions.test_shown_is_written import read_page, squeeze

from nianbao.editions.edition import Edition
from nianbao.model import Item, Part, Photo, PhotoMeasure, Report, Section, Table
from nianbao.model.base import Frozen
from nianbao.views.data.record import view_record

_WORDS = "在XX街道"
# What readers never see as it is written.
_NO_TEXTS = {
    "schema", "period", "kind", "id", "fulfils", "published_on", "source", "highlights", "revisions", "file", "consent",
}  # fmt: skip
_ITEM = ("parts", "sections", "items")
_HOLDERS: dict[type[Frozen], tuple[str, ...]] = {
    Report: (), Part: _ITEM[:1], Section: _ITEM[:2], Item: _ITEM, Table: (*_ITEM, "table"), Photo: (*_ITEM, "photo"),
}  # fmt: skip
_TEXTS = [
    (model, name)
    for model in _HOLDERS
    for name, field in model.model_fields.items()
    if (field.alias or name) not in _NO_TEXTS and get_type_hints(model)[name] in (str, str | None)
]


def hold(model: type[Frozen], name: str) -> Report:
    """Return a report that holds the words in that field alone."""
    content: dict[str, Any] = {
        "period": "2023", "kind": "annual", "title": "报告",
        "parts": [{"role": "results", "title": "成绩", "sections": [{"title": "一节", "items": [
            {"id": "a", "title": "一条", "text": "办成了。",
             "table": {"header": ["项目", "数量"], "rows": [["工会", "641"]]},
             "photo": {"file": "a.jpg", "alt": "会场", "consent": "本人同意"}}]}]}],
    }  # fmt: skip
    holder = content
    for key in _HOLDERS[model]:
        holder = holder[key][0] if isinstance(holder[key], list) else holder[key]
    holder[name] = _WORDS
    return Report.model_validate(content)


def test_texts_are_found_in_the_model() -> None:
    assert {(Report, "title"), (Report, "lead"), (Part, "title"), (Section, "lead"), (Item, "text")} <= set(_TEXTS)


@pytest.mark.parametrize(("model", "name"), _TEXTS, ids=lambda value: getattr(value, "__name__", value))
def test_a_text_is_told_and_its_mask_explained(model: type[Frozen], name: str) -> None:
    edition = make_edition_of(hold(model, name), photos={"a": PhotoMeasure("0" * 64, 800, 600)})
    assert edition.has_withheld
    assert_told(edition)


@pytest.mark.parametrize("place", ["header", "rows"])
def test_a_cell_is_told_and_its_mask_explained(place: str) -> None:
    report = hold(Table, "caption")

    def fill(content: dict[str, Any]) -> None:
        table = content["parts"][0]["sections"][0]["items"][0]["table"]
        table["caption"] = "表"
        (table["header"] if place == "header" else table["rows"][0])[0] = _WORDS

    edition = make_edition_of(edit_report(report, fill))
    assert edition.has_withheld
    assert_told(edition)


def assert_told(edition: Edition) -> None:
    """Look for the words on the page and in the record."""
    assert _WORDS in squeeze(read_page(edition).text_content())
    assert _WORDS in str(view_record(edition, site_url=""))
