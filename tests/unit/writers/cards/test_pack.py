"""The pack as files: same bytes, small files; fonts, colours and missing characters."""

from __future__ import annotations

import io
from itertools import product

import pytest
from PIL import Image
from tests.card_fixtures import make_pack, read_editions, read_packs

from nianbao.views.card.cards import CardKind
from nianbao.writers.cards import paint
from nianbao.writers.cards.draw import draw_picture, find_missing_characters
from nianbao.writers.cards.fonts import Face, draw_character, find_missing, measure_em
from nianbao.writers.cards.layouts import compose
from nianbao.writers.cards.palette import INKS
from nianbao.writers.cards.sketch import CodeMark, Sketch, TextMark
from nianbao.writers.cards.themes import THEMES, Theme, choose_theme

_LARGEST_CARD = 60_000
_LARGEST_THUMBNAIL = 32 * 1024
_LARGEST_SMALL = 8192
_LEAST_CONTRAST = 4.5


@pytest.mark.parametrize("name", sorted(read_packs()))
def test_files_are_small_and_of_their_sizes(name: str) -> None:
    pack, theme = read_packs()[name], choose_theme(read_editions()[name].district.accent)
    for picture in pack.pictures:
        content = draw_picture(picture, pack.brand, theme)
        image = Image.open(io.BytesIO(content))
        if picture.kind is CardKind.LONG:
            assert image.width == 1080
            assert image.height <= 8000
            continue
        assert image.size == picture.card.size_px
        assert len(content) <= (_LARGEST_THUMBNAIL if picture.kind is CardKind.SHARE else _LARGEST_CARD)


def test_same_input_same_bytes() -> None:
    pack = make_pack("normal")
    first = [draw_picture(picture, pack.brand, THEMES[0]) for picture in pack.pictures[:6]]
    for cached in (draw_character, paint._tint_character):
        cached.cache_clear()
    assert [draw_picture(picture, pack.brand, THEMES[0]) for picture in reversed(pack.pictures[:6])] == first[::-1]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.slug)
def test_soft_text_is_as_grey_in_small_pictures_as_in_large_ones(theme: Theme) -> None:
    pack, parts = make_pack("normal"), []
    for picture in pack.pictures:
        if picture.kind is CardKind.LONG:  # of which the small one is the beginning
            continue
        sketch, width_px = compose(picture.card, pack.brand), picture.card.small_width_px
        small = paint.paint_small(sketch, theme, width_px=width_px, url=picture.url)
        assert len(small) <= _LARGEST_SMALL
        for mark in sketch.marks:
            if isinstance(mark, TextMark) and {glyph.colour for glyph in mark.block.glyphs} == {"soft"}:
                large = paint.paint_sketch(sketch, theme, url=picture.url)
                parts.append(_measure_ink(small, mark, sketch) / _measure_ink(large, mark, sketch))
    assert len(parts) > 10
    assert min(parts) > 0.8, "thin strokes are lost"
    assert max(parts) < 1.6, "thin strokes grow"


def _measure_ink(content: bytes, mark: TextMark, sketch: Sketch) -> float:
    """How far what stands at the mark is from its ground, in levels of grey."""
    image = Image.open(io.BytesIO(content)).convert("L")
    glyphs, scale = mark.block.glyphs, image.width / sketch.width
    right, bottom = max(glyph.x + glyph.size_px for glyph in glyphs), max(glyph.baseline for glyph in glyphs)
    edges = (mark.left, mark.top, mark.left + right, mark.top + bottom)
    box = image.crop(tuple(round(edge * scale) for edge in edges))  # type: ignore[arg-type]
    return box.getextrema()[1] - sum(box.tobytes()) / (box.width * box.height)


def test_a_theme_is_seen() -> None:
    pack = make_pack("normal")
    assert len({draw_picture(pack.pictures[0], pack.brand, theme) for theme in THEMES}) == len(THEMES)


def test_without_an_address_there_is_no_code_and_no_hint() -> None:
    pack = make_pack("normal", has_address=False)
    for picture in pack.pictures:
        marks = compose(picture.card, pack.brand).marks
        assert picture.url == ""
        assert "长按识别" not in "".join(mark.block.text for mark in marks if hasattr(mark, "block"))
        assert not any(isinstance(mark, CodeMark) for mark in marks)


def test_a_character_that_no_font_has_is_named() -> None:
    assert find_missing("共青团\U000323af㐂") == ("\U000323af",)
    assert find_missing_characters(make_pack("short")) == ()


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
        pack = make_pack(size)
        for mark in compose(pack.pictures[card].card, pack.brand).marks:
            if hasattr(mark, "block"):
                used |= {(mark.ground, glyph.colour) for glyph in mark.block.glyphs}
    assert used <= known
