"""A figure of a table reads its number with the table's units; a photo is published with alt and consent alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from nianbao.model import Item, Photo
from nianbao.model.fragments import figure_fragments, figure_names

_TABLE: dict[str, Any] = {
    "caption": "支出情况表",
    "unit": "万元",
    "header": ["项目", "2023年"],
    "rows": [["送温暖", Decimal("132.75")], ["合计", "553.59"]],
}


def make_item(**figure: Any) -> Item:
    """Return an item with the table and one figure of it."""
    return Item.model_validate({"id": "a", "table": _TABLE, "figures": [{"label": "合计", **figure}]})


def test_a_cell_counts_in_the_unit_of_its_table() -> None:
    (figure,) = make_item(quote="553.59", cell=[2, 2]).figures
    assert figure.quantity is not None
    assert (figure.quantity.value, figure.quantity.unit) == (Decimal(5535900), "元")


def test_a_number_of_yaml_stays_as_it_is_written() -> None:
    item = make_item(quote="132.75", cell=[1, 2])
    assert item.table is not None
    assert item.table.find_cell((1, 2)) == "132.75"
    assert item.table.find_cell((1, 3)) is None
    assert item.table.find_cell((3, 1)) is None


def test_a_cell_without_a_unit_counts_in_the_one_that_is_stated() -> None:
    table = {"header": ["项目", "数量"], "rows": [["工会", "641"]]}
    figures = [{"quote": "641", "label": "工会", "cell": [1, 2], "unit": "个"}]
    (figure,) = Item.model_validate({"id": "a", "table": table, "figures": figures}).figures
    assert figure.quantity is not None
    assert figure.quantity.unit == "个"


def test_a_figure_of_a_table_is_called_by_its_id_or_its_cell() -> None:
    (named,) = make_item(id="sum", quote="553.59", cell=[2, 2]).figures
    (bare,) = make_item(quote="553.59", cell=[2, 2]).figures
    assert figure_fragments("a", named) == ("a-sum", "a-2-2")
    assert figure_fragments("a", bare) == ("a-2-2",)
    assert figure_names("a", named) == ("a/sum", "a/2-2")


@pytest.mark.parametrize("cell", [[0, 1], [1], [1, 2, 3], ["1", 2], [True, 1], "1-2", None])
def test_a_cell_is_a_row_and_a_column(cell: Any) -> None:
    if cell is None:
        assert make_item(quote="553.59", cell=cell).figures[0].cell is None
        return
    with pytest.raises(ValidationError):
        make_item(quote="553.59", cell=cell)


@pytest.mark.parametrize(
    ("consent", "is_given"),
    [("本人同意", True), ("监护人书面同意", True), ("没有人像", True), ("无人物", True), ("未征得本人同意", False),
     ("待确认", False), ("无", False), ("没有", False), ("不同意", False), ("No", False), (None, False)],
)  # fmt: skip
def test_a_photo_needs_consent(consent: str | None, *, is_given: bool) -> None:
    photo = Photo.model_validate({"file": "a.jpg", "alt": "会场", "consent": consent})
    assert photo.is_published is is_given


@pytest.mark.parametrize("name", ["../a.jpg", "a/b.jpg", "a.svg", "a.yml", "jpg", ".jpg/..", "c:\\a.jpg"])
def test_a_photo_is_a_picture_beside_its_report(name: str) -> None:
    with pytest.raises(ValidationError):
        Photo.model_validate({"file": name})


def test_a_photo_without_alt_is_not_published() -> None:
    assert not Photo.model_validate({"file": "a.JPG", "consent": "本人同意"}).is_published
