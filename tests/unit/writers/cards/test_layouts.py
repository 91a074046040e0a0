"""Sketches: everything stands within its page, nothing on top of another, nothing lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.card_fixtures import (
    ODD_REPORTS,
    edit_item,
    edit_report,
    make_edition_of,
    make_pack,
    make_pack_of,
    make_report,
    make_table_item,
    plan,
    read_editions,
    read_packs,
)

from nianbao.editions.edition import Edition
from nianbao.editions.runs import read_text
from nianbao.model import Report
from nianbao.views.card.cards import (
    BlockKind,
    Brand,
    CardKind,
    ItemCardView,
    LongView,
    OverviewView,
    StatementView,
    TableCardView,
)
from nianbao.views.card.long import HIGHEST_PX
from nianbao.views.card.pack import CardPack, PlannedCard
from nianbao.views.card.tables import TableView
from nianbao.writers.cards.fonts import Face, draw_character, draw_outline
from nianbao.writers.cards.frame import RESULTS_PAGE, WITHHELD_NOTE
from nianbao.writers.cards.layouts import LAYOUTS, compose
from nianbao.writers.cards.numerals import measure_outline
from nianbao.writers.cards.sketch import CodeMark, Glyph, OutlineMark, Sketch, TextMark
from nianbao.writers.cards.table import set_table
from nianbao.writers.cards.typeset import Piece, fit_title, set_line

_LEAST_PX = 28
_SMALL_PICTURES = {CardKind.ARTICLE, CardKind.SHARE}
_Box = tuple[float, float, float, float]


def _ink_boxes(sketch: Sketch) -> list[_Box]:
    """The boxes of what is inked: left, top, right, bottom."""
    boxes = []
    for mark in sketch.marks:
        if isinstance(mark, TextMark):
            inked = [_ink_box(glyph, mark) for glyph in mark.block.glyphs]
            if inked:
                lefts, tops, rights, bottoms = zip(*inked, strict=True)
                boxes.append((min(lefts), min(tops), max(rights), max(bottoms)))
        elif isinstance(mark, OutlineMark):
            width = measure_outline(mark.text, mark.size_px)
            first = draw_outline(mark.text[0], Face.HEAVY, mark.size_px, mark.stroke_px)
            left = mark.left + first.left + (first.image.getbbox() or (0,))[0]
            boxes.append((left, mark.baseline + first.top, mark.left + width, mark.baseline + 8))
        elif isinstance(mark, CodeMark):
            boxes.append((mark.right - 164, mark.bottom - 164, mark.right, mark.bottom))
    return boxes


def _ink_box(glyph: Glyph, mark: TextMark) -> _Box:
    raster = draw_character(glyph.character, glyph.face, glyph.size_px)
    assert raster is not None
    left, top = mark.left + glyph.x + raster.left, mark.top + glyph.baseline + raster.top
    box = raster.image.getbbox() or (0, 0, 0, 0)
    return left + box[0], top + box[1], left + box[2], top + box[3]


def check_picture(picture: PlannedCard, brand: Brand) -> Sketch:
    """Assert that nothing leaves the page, overlaps or is too small to read; return the sketch."""
    sketch, title = compose(picture.card, brand), picture.card.title
    is_small = picture.kind in _SMALL_PICTURES
    pad = 20 if is_small else 84
    boxes = _ink_boxes(sketch)
    for left, top, right, bottom in boxes:
        # Side bearings of large numerals, and what a bold stem gains, may reach a little into the margin.
        assert left >= pad - 12, (title, left)
        assert right <= sketch.width - pad + 8, (title, right)
        assert top >= 0
        assert bottom <= sketch.height - 24, (title, bottom)
    for one, other in combinations(boxes, 2):
        is_apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert is_apart, (sketch.layout, title, one, other)
    if not is_small:
        sizes = [glyph.size_px for mark in sketch.marks if isinstance(mark, TextMark) for glyph in mark.block.glyphs]
        assert min(sizes) >= _LEAST_PX
    assert (sketch.width, sketch.height) == picture.card.size_px or picture.kind is CardKind.LONG
    assert sketch.height <= HIGHEST_PX
    return sketch


def check_pack(pack: CardPack) -> None:
    """Assert that every picture of the pack is sound."""
    for picture in pack.pictures:
        check_picture(picture, pack.brand)


@pytest.mark.parametrize("size", ["short", "normal", "extreme"])
def test_made_up_reports_fill_sound_pages(size: str) -> None:
    check_pack(make_pack(size))


@pytest.mark.parametrize("name", sorted(read_packs()))
def test_the_reports_fill_sound_pages(name: str) -> None:
    check_pack(read_packs()[name])


def test_every_layout_is_called_for() -> None:
    used = {
        compose(picture.card, make_pack(size).brand).layout
        for size in ("short", "normal", "extreme")
        for picture in make_pack(size).pictures
    }
    assert used == {layout.name for layout in LAYOUTS}


@pytest.mark.parametrize("name", sorted(ODD_REPORTS))
def test_odd_reports_fill_sound_pages_and_are_told_whole(name: str) -> None:
    edition = make_edition_of(ODD_REPORTS[name])
    check_pack(plan(edition))
    check_told_whole(edition, plan(edition))


@pytest.mark.parametrize(
    ("change", "noted"),
    [
        (lambda content: content.update(title="XX这一年"), {"cover", "square"}),
        (
            lambda content: content["parts"][0]["sections"][0].update(title="XX街道"),
            {"item_figure", "item_figures", "item_text", "overview", "table"},
        ),
        (lambda content: content["parts"][0].update(lead="这一年在XX。"), {"statement"}),
    ],
)
def test_a_card_says_what_its_mask_means(change: Callable[[dict[str, Any]], None], noted: set[str]) -> None:
    assert find_noted(_BASE) == set()
    assert find_noted(edit_report(_BASE, change)) == noted


def test_a_mask_in_the_publisher_s_name_is_explained_wherever_that_stands() -> None:
    report = edit_report(_BASE, lambda content: content.update(publisher="共青团XX区委员会"))
    used = {compose(picture.card, make_pack_of(report).brand).layout for picture in make_pack_of(report).pictures}
    assert find_noted(report) == used - {"article_cover", "share"}, "these have no foot"


def find_noted(report: Report) -> set[str]:
    """The layouts of the pictures that say that a source withheld something."""
    pack = make_pack_of(report)
    sketches = [compose(picture.card, pack.brand) for picture in pack.pictures]
    return {sketch.layout for sketch in sketches if any(WITHHELD_NOTE in text for text in _list_texts(sketch))}


def _list_texts(sketch: Sketch) -> list[str]:
    return [mark.block.text for mark in sketch.marks if isinstance(mark, TextMark)]


@pytest.mark.parametrize("name", [*sorted(read_packs()), *sorted(ODD_REPORTS), "short", "normal", "extreme"])
def test_a_picture_shows_what_is_told_of_it(name: str) -> None:
    pack = read_packs().get(name) or (make_pack_of(ODD_REPORTS[name]) if name in ODD_REPORTS else make_pack(name))
    for picture in pack.pictures:
        drawn = _read_type(picture, pack.brand)
        for paragraph in picture.card.words:
            # A figure set large has 9400+ for 9400余: its digits are compared.
            for piece in re.findall(r"[0-9.]*[0-9]|[\u3400-\u9fff]{6,}", read_text(paragraph)):
                assert piece in drawn or (piece.isdecimal() and piece.endswith("0000")), (picture.name, piece)


@pytest.mark.parametrize("name", sorted(read_packs()))
def test_all_that_a_report_tells_is_on_its_cards_whole(name: str) -> None:
    check_told_whole(read_editions()[name], read_packs()[name])


def check_told_whole(edition: Edition, pack: CardPack) -> None:
    """Assert that the cards, the long picture and the texts beside them hold all leads and items of the report."""
    told = list(edition.lead)
    for part in edition.parts:
        told += part.lead
        for section in part.sections:
            told += section.lead
            told += [paragraph for item in section.items for paragraph in item.paragraphs]
    longs = [picture for picture in pack.pictures if picture.kind is CardKind.LONG]
    wholes = ["".join(_read_type(picture, pack.brand) for picture in pictures) for pictures in (pack.cards, longs)]
    wholes += ["".join("".join(picture.card.alt.split()) for picture in pictures) for pictures in (pack.cards, longs)]
    for paragraph in told:
        text = "".join(read_text(paragraph).split())
        for whole in wholes:
            assert text[:20] in whole, text
            assert text[-20:] in whole, text


def _read_type(picture: PlannedCard, brand: Brand) -> str:
    """What is written on a picture, without blanks."""
    marks = compose(picture.card, brand).marks
    return "".join("".join(mark.block.text.split()) for mark in marks if isinstance(mark, TextMark))


TEXTS = st.lists(
    st.sampled_from(["青年走进社区", "，", "。", "“青年之家”", "《意见》", "5270名", "100%", "WeChat", "（试行）"]),
    min_size=1, max_size=400,
).map(lambda words: "".join(words)[:2000].strip()).filter(bool)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_an_item_of_any_length_is_set_whole(text: str) -> None:
    pack = make_pack_of(edit_item(_BASE, "plain", text=text))
    pictures = [picture for picture in pack.cards if picture.card.item_ids == ("plain",)]
    assert pictures
    for picture in pictures:
        check_picture(picture, pack.brand)
    shown = Counter("".join(_read_type(picture, pack.brand) for picture in pictures))
    assert not Counter("".join(text.split())) - shown


_BASE = make_report("normal")


@settings(max_examples=25, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=7))
def test_lists_of_any_length_are_set_whole(texts: list[str]) -> None:
    items = [{"id": f"q-{at}", "title": "服务不够新", "text": text} for at, text in enumerate(texts, 1)]

    def change(content: dict[str, Any]) -> None:
        content["parts"][1]["sections"][0]["items"] = items

    pack = make_pack_of(edit_report(_BASE, change))
    pictures = [picture for picture in pack.cards if getattr(picture.card.view, "role", "") == "problems"]
    for picture in pictures:
        check_picture(picture, pack.brand)
    shown = Counter("".join(_read_type(picture, pack.brand) for picture in pictures))
    assert not Counter("".join("".join(texts).split())) - shown


def test_a_long_item_goes_on_over_a_second_card_that_says_so() -> None:
    pack = make_pack_of(edit_item(_BASE, "plain", text="青年走进社区，陪孩子们读书写字。" * 24))
    cards = [picture.card for picture in pack.cards if picture.card.item_ids == ("plain",)]
    assert [card.title for card in cards] == ["学习有阵地", "学习有阵地 · 续"]
    assert [card.view.title for card in cards if isinstance(card.view, ItemCardView)] == [card.title for card in cards]


def test_a_title_that_nearly_fits_on_one_line_stands_on_one() -> None:
    sizes = (120, 112, 104, 96, 88)
    one, two = (
        fit_title(text, sizes=sizes, width=912, lines=2, colour="ink") for text in ("青年为这座城出力", "青年" * 7)
    )
    assert (one.line_count, one.glyphs[0].size_px) == (1, 112)
    assert two.line_count == 2


def test_a_dot_between_names_takes_half_an_em() -> None:
    dot, wide = (set_line([Piece(text, Face.TEXT, "ink")], size_px=100).width for text in ("五·四", "五中四"))
    assert (dot, wide) == (250, 300)


def test_a_lead_stands_over_the_rows_of_its_section_or_on_cards_after() -> None:
    for length, after in ((40, set()), (700, {"statement"})):
        lead = "青年走进社区，" * (length // 7)
        report = edit_report(_BASE, lambda content, lead=lead: content["parts"][0]["sections"][0].update(lead=lead))
        pack = make_pack_of(report)
        start = next(at for at, picture in enumerate(pack.cards) if isinstance(picture.card.view, OverviewView))
        number = pack.cards[start].number
        group = [picture for picture in pack.cards if picture.number.startswith(number)]
        sketches = [check_picture(picture, pack.brand) for picture in group]
        assert sketches[0].layout == "overview"
        assert {sketch.layout for sketch in sketches[1:]} == after


def test_a_short_lead_is_set_larger_than_a_long_one() -> None:
    sizes = []
    for text in ("这一年，我们同行。", "这一年，我们走进社区，也走进校园。" * 12):
        pack = make_pack_of(edit_report(_BASE, lambda content, text=text: content.update(lead=text)))
        picture = next(picture for picture in pack.cards if isinstance(picture.card.view, StatementView))
        marks = compose(picture.card, pack.brand).marks
        sizes.append(max(glyph.size_px for mark in marks if isinstance(mark, TextMark) for glyph in mark.block.glyphs))
    assert sizes[0] > sizes[1]


def test_the_layout_follows_the_content() -> None:
    pack = make_pack("normal")
    layouts = {compose(p.card, pack.brand).layout for p in pack.cards if p.kind is CardKind.ITEM}
    assert layouts == {"item_figure", "item_figures", "item_text", "table"}


def tell_table(rows: int, columns: int, **fields: Any) -> list[TableView]:
    """Return what the cards show of a table alone."""
    section = {"items": [make_table_item("a", rows, columns, **fields)]}
    part = {"role": "results", "title": "成绩", "sections": [section]}
    pack = make_pack_of(Report.model_validate({"period": "2023", "kind": "annual", "title": "同行", "parts": [part]}))
    return [picture.card.view.table for picture in pack.cards if isinstance(picture.card.view, TableCardView)]


def test_a_table_stands_on_one_card_or_goes_on_or_shows_its_first_rows_and_its_sum() -> None:
    (one,) = tell_table(6, 4)
    assert (len(one.rows), one.rest) == (6, "")
    several = tell_table(18, 3)
    assert sum(len(view.rows) for view in several) == 18
    assert not any(view.rest for view in several)
    (long,) = tell_table(40, 3)
    assert long.rest == "全表 40 行，见网页"
    assert long.sums[-1]
    assert len(long.rows) < 8


def test_of_a_wide_table_the_columns_with_figures_are_shown() -> None:
    (view,) = tell_table(3, 12, figures=[{"quote": "12,345", "label": "支出", "cell": [1, 12]}])
    assert view.header[0] == "项目"
    assert view.header[-1] == "2013年"
    assert view.rest == f"另有 {12 - len(view.header)} 列，全表见网页"


def test_a_number_of_a_table_is_never_broken_and_stands_on_the_right() -> None:
    for view in tell_table(4, 7, cell="1,234,567.89"):
        for size_px in (44, 28):
            table = set_table(view, size_px, RESULTS_PAGE)
            assert table is not None
            numbers = [mark for mark in table.marks if isinstance(mark, TextMark) and "1,234" in mark.block.text]
            assert numbers
            assert all(mark.block.line_count == 1 for mark in numbers)


def test_a_table_says_its_rows_to_those_who_do_not_see_it() -> None:
    (view,) = tell_table(2, 3)
    assert [read_text(line) for line in view.words] == [
        "单位：万元",
        "困难职工帮扶1：2023年 12,345；2022年 12,345",
        "合计：2023年 12,345；2022年 12,345",
    ]


@pytest.mark.parametrize("name", sorted(read_packs()))
def test_no_slice_of_a_long_picture_ends_with_a_heading(name: str) -> None:
    pack = read_packs()[name]
    slices = [picture.card for picture in pack.pictures if picture.kind is CardKind.LONG]
    assert len(slices) > 1
    for number, card in enumerate(slices, 1):
        assert isinstance(card.view, LongView)
        assert not card.view.blocks[-1].is_heading
        if number > 1:
            first = next(mark for mark in compose(card, pack.brand).marks if isinstance(mark, TextMark))
            assert first.block.text.endswith(f"{number}/{len(slices)}"), "a slice says what it is a part of"
    assert slices[0].view.blocks[0].kind is BlockKind.HEAD  # type: ignore[union-attr]
