"""The pack as files: same bytes, small files, one address a card; fonts, colours and missing characters."""

from __future__ import annotations

import io
from itertools import product
from typing import Any

import pytest
from PIL import Image
from tests.card_fixtures import SITE_URL, edit_item, edit_report, make_pack, make_pack_of, make_report, read_packs

from nianbao.model import Report
from nianbao.views.cards import CardKind
from nianbao.writers.cards import paint
from nianbao.writers.cards.fonts import Face, draw_character, find_missing, measure_em
from nianbao.writers.cards.pack import find_missing_characters, paint_card, plan_cards
from nianbao.writers.cards.palette import INKS
from nianbao.writers.cards.sketch import CodeMark
from nianbao.writers.cards.themes import THEMES, Theme, choose_theme, find_theme

_LARGEST_CARD = 60_000
_LARGEST_THUMBNAIL = 32 * 1024
_LEAST_CONTRAST = 4.5


@pytest.mark.parametrize("name", sorted(read_packs()))
def test_files_are_small_and_of_their_sizes(name: str) -> None:
    pack = read_packs()[name]
    expected = {CardKind.SQUARE: (1080, 1080), CardKind.ARTICLE: (900, 383), CardKind.SHARE: (500, 500)}
    for card in plan_cards(pack, site_url=SITE_URL):
        picture = paint_card(card, choose_theme(pack.accent))
        image = Image.open(io.BytesIO(picture.artefact.content))
        assert image.size == (picture.width_px, picture.height_px)
        if card.kind is CardKind.LONG:
            assert image.width == 1080
            assert image.height <= 8000
            continue
        assert image.size == expected.get(card.kind, (1080, 1440))
        assert len(picture.artefact.content) <= (_LARGEST_THUMBNAIL if card.kind is CardKind.SHARE else _LARGEST_CARD)


def test_same_input_same_bytes() -> None:
    cards = plan_cards(make_pack("normal"), site_url=SITE_URL)
    first = [paint_card(card, THEMES[0]).artefact for card in cards[:6]]
    for cached in (draw_character, paint._tint_character):
        cached.cache_clear()
    assert [paint_card(card, THEMES[0]).artefact for card in reversed(cards[:6])] == first[::-1]


def test_a_path_holds_a_digest_of_the_bytes() -> None:
    card = plan_cards(make_pack("normal"), site_url=SITE_URL)[0]
    red, blue = (paint_card(card, find_theme(name) or THEMES[0]) for name in ("团红", "blue"))
    assert red.artefact.site_path != blue.artefact.site_path
    assert red.artefact.site_path.startswith("mouqu/2023/cards/01-cover-")
    assert red.page_path == "mouqu/2023/cards/01/"
    assert "137.05" in red.alt


def test_an_edited_item_changes_its_own_cards_alone() -> None:
    report = make_report("normal")
    before, after = (
        {card.name: card.digest(THEMES[0]) for card in plan_cards(make_pack_of(each), site_url=SITE_URL)}
        for each in (report, edit_item(report, "plain", text="另外写了一段话，里面没有数字。"))
    )
    assert before.keys() == after.keys()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"07-item", "04-section", "long-1"}, "its own, and those that quote it"


def _lengthen_section_lead(content: dict[str, Any]) -> None:
    content["parts"][0]["sections"][0]["lead"] = "这一节开头的话变长了。" * 60


def _lengthen_problems_lead(content: dict[str, Any]) -> None:
    content["parts"][1]["lead"] = "不足这一部分开头的话变长了。" * 30


_BASE = edit_report(make_report("normal"), lambda content: content["parts"][1].update(lead="有几处。"))
_MORE_FIGURES = {
    "text": "覆盖了123456789人次，又有99887766名。",
    "figures": [{"quote": "123456789人次", "label": "覆盖的人次"}, {"quote": "99887766名", "label": "另一些人"}],
}


@pytest.mark.parametrize(
    ("edited", "new"),
    [
        (edit_item(_BASE, "plain", text="另外写了很长的一段话。" * 60), {"07b", "07c"}),
        (edit_report(_BASE, _lengthen_section_lead), {"04b", "04c", "04d"}),
        (edit_report(_BASE, _lengthen_problems_lead), {"08d", "08e"}),
        (edit_item(_BASE, "strong", **_MORE_FIGURES), {"15"}),
    ],
    ids=["an item's text", "a section's lead", "the lead of the problems", "another figure"],
)
def test_an_edit_of_wording_or_figures_moves_no_address(edited: Report, new: set[str]) -> None:
    before, after = (
        {card.number: card for card in plan_cards(make_pack_of(each), site_url=SITE_URL) if card.number}
        for each in (_BASE, edited)
    )
    assert after.keys() - before.keys() == new
    for number, card in before.items():
        if card.kind is not CardKind.NUMBER:
            there = after[number]
            assert (there.kind, there.sketch.title) == (card.kind, card.sketch.title)
            if card.kind is not CardKind.LIST:
                assert there.sketch.item_ids == card.sketch.item_ids


def test_names_sort_in_the_order_of_the_cards() -> None:
    names = [card.name for card in plan_cards(make_pack("extreme"), site_url=SITE_URL) if card.number]
    assert names == sorted(names)


def test_without_an_address_there_is_no_code_and_no_hint() -> None:
    for card in plan_cards(make_pack("normal", has_address=False), site_url=""):
        assert not any(isinstance(mark, CodeMark) for mark in card.sketch.marks)
        assert "长按识别" not in "".join(mark.block.text for mark in card.sketch.marks if hasattr(mark, "block"))


def test_a_character_that_no_font_has_is_named() -> None:
    assert find_missing("共青团\U000323af㐂") == ("\U000323af",)
    assert find_missing_characters(plan_cards(make_pack("short"), site_url="")) == ()


@pytest.mark.parametrize("character", "㐂㙍䶮龢鿍𠮷𡋤𬭛𫟷")
def test_rare_characters_of_names_are_drawn(character: str) -> None:
    for face in (Face.TEXT, Face.TITLE):
        raster = draw_character(character, face, 60)
        assert raster is not None
        assert raster.image.getbbox() is not None
        assert measure_em(character, face) == pytest.approx(1.0, abs=0.02)


def _luminance(colour: tuple[int, int, int]) -> float:
    channels = [value / 255 for value in colour]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", THEMES, ids=[theme.slug for theme in THEMES])
def test_every_ink_stands_out_from_its_ground(theme: Theme) -> None:
    pairs = [(ground, ink) for ground, inks in INKS.items() for ink in inks]
    for ground, ink in pairs:
        light, dark = sorted((_luminance(theme.colour(ground)), _luminance(theme.colour(ink))), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= _LEAST_CONTRAST, (ground, ink)


def test_each_district_s_colour_finds_its_theme() -> None:
    accents = {
        "#c8161d": "团红",
        "#a8741a": "麦金",
        "#1f7a6b": "青绿",
        "#27548a": "靛蓝",
        "#7a3b69": "素纸",
        "#777777": "素纸",
    }
    assert {accent: choose_theme(accent).name for accent in accents} == accents


def test_inks_stand_on_grounds_that_suit_them() -> None:
    known = {(ground, ink) for ground, inks in INKS.items() for ink in inks}
    used = set()
    for size, card in product(("short", "extreme"), range(3)):
        for mark in plan_cards(make_pack(size), site_url=SITE_URL)[card].sketch.marks:
            if hasattr(mark, "block"):
                used |= {(mark.ground, glyph.colour) for glyph in mark.block.glyphs}
    assert used <= known
