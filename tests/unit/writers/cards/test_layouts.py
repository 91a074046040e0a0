"""Sketches: everything stands within its page, nothing on top of another, nothing lost."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.card_fixtures import ODD_REPORTS, SITE_URL, make_pack, make_pack_of, read_packs

from nianbao.views.cards import (
    BrandView,
    CardKind,
    CardPackView,
    ItemCardView,
    ListView,
    OverviewView,
    RowView,
    StatementView,
    read_text,
)
from nianbao.views.report import ItemView
from nianbao.views.runs import view_line, view_paragraphs
from nianbao.writers.cards.fonts import Face, draw_character, draw_outline
from nianbao.writers.cards.layouts import LAYOUTS, compose
from nianbao.writers.cards.numerals import measure_outline
from nianbao.writers.cards.pack import plan_cards
from nianbao.writers.cards.sketch import CodeMark, Glyph, OutlineMark, Sketch, TextMark
from nianbao.writers.cards.typeset import Piece, fit_title, set_line

_BRAND = BrandView("共青团某区委员会", "某区", "2023", "", "年度报告")
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


def check_sketch(sketch: Sketch) -> None:
    """Assert that nothing leaves the page, overlaps or is too small to read."""
    pad = 20 if sketch.kind in _SMALL_PICTURES else 84
    boxes = _ink_boxes(sketch)
    for left, top, right, bottom in boxes:
        # Side bearings of large numerals, and what a bold stem gains, may reach a little into the margin.
        assert left >= pad - 12, (sketch.title, left)
        assert right <= sketch.width - pad + 8, (sketch.title, right)
        assert top >= 0
        assert bottom <= sketch.height - 24, (sketch.title, bottom)
    for one, other in combinations(boxes, 2):
        is_apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert is_apart, (sketch.layout, sketch.title, one, other)
    if sketch.kind not in _SMALL_PICTURES:
        sizes = [glyph.size_px for mark in sketch.marks if isinstance(mark, TextMark) for glyph in mark.block.glyphs]
        assert min(sizes) >= _LEAST_PX


@pytest.mark.parametrize("size", ["short", "normal", "extreme"])
def test_made_up_reports_fill_sound_pages(size: str) -> None:
    planned = plan_cards(make_pack(size), site_url=SITE_URL)
    for card in planned:
        check_sketch(card.sketch)


@pytest.mark.parametrize("name", sorted(read_packs()))
def test_the_reports_fill_sound_pages(name: str) -> None:
    for card in plan_cards(read_packs()[name], site_url=SITE_URL):
        check_sketch(card.sketch)


def test_every_layout_is_called_for() -> None:
    used = {
        card.sketch.layout
        for size in ("short", "normal", "extreme")
        for card in plan_cards(make_pack(size), site_url="")
    }
    assert used == {layout.name for layout in LAYOUTS}


@pytest.mark.parametrize("name", sorted(ODD_REPORTS))
def test_odd_reports_fill_sound_pages_and_are_told_whole(name: str) -> None:
    pack = make_pack_of(ODD_REPORTS[name])
    for card in plan_cards(pack, site_url=SITE_URL):
        check_sketch(card.sketch)
        assert card.sketch.height <= 8000
    check_told_whole(pack)


@pytest.mark.parametrize("name", sorted(read_packs()))
def test_all_that_a_report_tells_is_on_its_cards_whole(name: str) -> None:
    check_told_whole(read_packs()[name])


def check_told_whole(pack: CardPackView) -> None:
    """Assert that the cards, the long picture and the texts beside the cards hold all leads and items of the report."""
    cards = [sketch for view in pack.cards for sketch in compose(view, pack.brand)]
    longs = compose(pack, pack.brand, place="long")
    shown = ["".join(mark.block.text for mark in sketch.marks if isinstance(mark, TextMark)) for sketch in cards]
    alts, long = ("".join("".join(sketch.alt.split()) for sketch in sketches) for sketches in (cards, longs))
    told = list(pack.report.lead)
    for part in pack.report.parts:
        told += part.lead
        for section in part.sections:
            told += section.lead
            told += [paragraph for item in section.items for paragraph in item.paragraphs]
    for paragraph in told:
        text = "".join(read_text(paragraph).split())
        for whole in ("".join(shown), alts, long):
            assert text[:20] in whole, text
            assert text[-20:] in whole, text


def _item(text: str) -> ItemCardView:
    return ItemCardView("x", "results", "一", "思想引领", "01", "学习有阵地", view_paragraphs(text), None, ())


TEXTS = st.lists(
    st.sampled_from(["青年走进社区", "，", "。", "“青年之家”", "《意见》", "5270名", "100%", "WeChat", "（试行）"]),
    min_size=1, max_size=400,
).map(lambda words: "".join(words)[:2000].strip()).filter(bool)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_an_item_of_any_length_is_set_whole(text: str) -> None:
    view = _item(text)
    if not view.paragraphs:
        return
    sketches = compose(view, _BRAND)
    assert sketches
    for sketch in sketches:
        check_sketch(sketch)
    bodies = Counter[str]()
    for sketch in sketches:
        marks = [mark for mark in sketch.marks if isinstance(mark, TextMark)]
        bodies.update("".join(mark.block.text for mark in marks))
    assert not Counter("".join(text.split())) - bodies


@settings(max_examples=25, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=7))
def test_lists_of_any_length_are_set_whole(texts: list[str]) -> None:
    items = tuple(
        ItemView(f"q-{at}", f"{at:02d}", view_line("服务不够新"), view_paragraphs(text), None, ())
        for at, text in enumerate(texts, 1)
    )
    sketches = compose(ListView("problems", "不足", "还有哪些不足", (), items), _BRAND)
    for sketch in sketches:
        check_sketch(sketch)
    shown = Counter("".join(mark.block.text for s in sketches for mark in s.marks if isinstance(mark, TextMark)))
    assert not Counter("".join("".join(texts).split())) - shown


def test_a_long_item_goes_on_over_a_second_card() -> None:
    sketches = compose(_item("青年走进社区，陪孩子们读书写字。" * 24), _BRAND)
    assert len(sketches) == 2
    assert [sketch.title for sketch in sketches] == ["学习有阵地", "学习有阵地 · 续"]


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
    row = RowView("01", "学习有阵地", (), "专题学习办得多")
    for length, after in ((40, set()), (700, {"statement"})):
        lead = (view_line("青年走进社区，" * (length // 7)),)
        view = OverviewView("results", "一", "这一年", "思想引领", lead, (row,) * 3)
        sketches = compose(view, _BRAND)
        assert sketches[0].layout == "overview"
        assert {sketch.layout for sketch in sketches[1:]} == after
        for sketch in sketches:
            check_sketch(sketch)


def test_a_short_lead_is_set_larger_than_a_long_one() -> None:
    sizes = []
    for text in ("这一年，我们同行。", "这一年，我们走进社区，也走进校园。" * 12):
        sketch = compose(StatementView("results", "", view_paragraphs(text)), _BRAND)[0]
        sizes.append(
            max(glyph.size_px for mark in sketch.marks if isinstance(mark, TextMark) for glyph in mark.block.glyphs)
        )
    assert sizes[0] > sizes[1]


def test_the_layout_follows_the_content() -> None:
    layouts = {
        card.sketch.layout for card in plan_cards(make_pack("normal"), site_url="") if card.kind is CardKind.ITEM
    }
    assert layouts == {"item_figure", "item_figures", "item_text"}
    assert {len(make_pack(size).squares) for size in ("short", "normal", "extreme")} <= {1, 3, 6, 9}


@pytest.mark.parametrize("name", sorted(read_packs()))
def test_no_slice_of_a_long_picture_ends_with_a_heading(name: str) -> None:
    pack = read_packs()[name]
    headings = {read_text(part.title) for part in pack.report.parts}
    headings |= {
        f"{section.mark} {read_text(section.title)}" for part in pack.report.parts for section in part.sections
    }
    slices = compose(pack, pack.brand, place="long")
    assert len(slices) > 1
    for number, sketch in enumerate(slices[1:], 2):
        first = next(mark for mark in sketch.marks if isinstance(mark, TextMark))
        assert first.block.text.endswith(f"{number}/{len(slices)}"), "a slice says what it is a part of"
    assert not any(sketch.alt.endswith(f"{heading}。") for sketch in slices for heading in headings)
