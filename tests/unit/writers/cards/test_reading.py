"""Cards as a camera and a reader see them: OCR finds every word, every QR code survives recompression."""

from __future__ import annotations

import io
import re
from collections import Counter
from functools import cache

import numpy
import pytest
import zxingcpp
from PIL import Image
from rapidocr_onnxruntime import RapidOCR
from tests.card_fixtures import ODD_REPORTS, SITE_URL, make_pack_of, read_editions, read_packs

from nianbao.views.card.cards import Brand, CardKind
from nianbao.views.card.pack import PlannedCard
from nianbao.writers.cards.draw import draw_picture
from nianbao.writers.cards.layouts import LAYOUTS, compose
from nianbao.writers.cards.themes import THEMES, Theme, choose_theme

_OCR_WIDTHS = (810, 1080, 640)
_SHARE_FOUND = 0.98
_SCREEN_PX = 1440
_WORDS = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def _draw(picture: PlannedCard, brand: Brand, theme: Theme) -> Image.Image:
    return Image.open(io.BytesIO(draw_picture(picture, brand, theme))).convert("RGB")


def _find_theme(name: str) -> Theme:
    return choose_theme(read_editions()[name].district.accent)


def _read_sketch(picture: PlannedCard, brand: Brand) -> str:
    """All that is written on a card in type."""
    return "\n".join(mark.block.text for mark in compose(picture.card, brand).marks if hasattr(mark, "block"))


def _cut_screens(image: Image.Image) -> list[Image.Image]:
    """A long picture as its reader scrolls it: pieces about as high as a card, cut where a row is of one colour."""
    screens = []
    top = 0
    while image.height - top > _SCREEN_PX * 3 // 2:
        bottom = top + _SCREEN_PX
        while len(image.crop((0, bottom - 2, image.width, bottom + 2)).getcolors() or "many") > 1:
            bottom -= 1
        screens.append(image.crop((0, top, image.width, bottom)))
        top = bottom
    return [*screens, image.crop((0, top, image.width, image.height))]


@cache
def _engine() -> RapidOCR:
    # One thread: tests run side by side.
    return RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)


def _compare(shown: str, lines: list[str]) -> str:
    """What of a card's writing is not among the lines read; "" when it is near enough."""
    read, written = Counter(_WORDS.findall("".join(lines))), Counter(_WORDS.findall(shown))
    lost = written - read
    numbers = {number for line in shown.split("\n") for number in _NUMBER.findall(line)}
    missing = sorted(number for number in numbers if not any(number in line for line in lines))
    # A card of forty characters may lose one: a unit that stands alone is no line of text to the detector.
    allowed = max(1, round(written.total() * (1 - _SHARE_FOUND)))
    return f"{lost.total()} of {written.total()}: {dict(lost)} {missing}" if lost.total() > allowed or missing else ""


def _find_fault(picture: PlannedCard, brand: Brand, theme: Theme) -> str:
    """What of a picture cannot be read, "" for nothing."""
    screens = _cut_screens(_draw(picture, brand, theme))
    shown = _read_sketch(picture, brand)
    fault = ""
    # A small picture is read fastest; what was not found there is looked for in larger ones.
    for width in _OCR_WIDTHS:
        lines: list[str] = []
        for screen in screens:
            small = screen.resize((width, screen.height * width // screen.width), Image.Resampling.LANCZOS)
            found, _ = _engine()(numpy.array(small), use_cls=False)
            lines += [text for _, text, _ in found or ()]
        fault = _compare(shown, lines)
        if not fault:
            break
    return fault


@cache
def _sort_by_length() -> dict[str, list[tuple[PlannedCard, Brand]]]:
    """The pictures of data/ by layout, from the fewest characters to the most."""
    sorted_: dict[str, list[tuple[int, PlannedCard, Brand]]] = {layout.name: [] for layout in LAYOUTS}
    for pack in (*read_packs().values(), make_pack_of(ODD_REPORTS["tables"])):
        for picture in pack.pictures:
            length, layout = len(_read_sketch(picture, pack.brand)), compose(picture.card, pack.brand).layout
            # The reports of data/ have no tables.
            if pack in read_packs().values() or layout == "table":
                sorted_[layout].append((length, picture, pack.brand))
    return {
        name: [(picture, brand) for _, picture, brand in sorted(found, key=lambda entry: entry[0])]
        for name, found in sorted_.items()
    }


@pytest.mark.parametrize("end", [0, -1], ids=["emptiest", "fullest"])
@pytest.mark.parametrize("place", range(len(LAYOUTS)), ids=[layout.name for layout in LAYOUTS])
def test_ocr_reads_the_emptiest_and_the_fullest_of_each_layout_in_all_themes(place: int, end: int) -> None:
    """The themes take turns: each layout in two, each theme with four layouts and more."""
    picture, brand = _sort_by_length()[LAYOUTS[place].name][end]
    assert _find_fault(picture, brand, THEMES[(2 * place - end) % len(THEMES)]) == ""


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(read_packs()))
def test_ocr_reads_every_figure_and_nearly_every_character(name: str) -> None:
    pack = read_packs()[name]
    found = {picture.name: _find_fault(picture, pack.brand, _find_theme(name)) for picture in pack.pictures}
    assert not {picture: fault for picture, fault in found.items() if fault}


@pytest.mark.parametrize("name", sorted(read_packs()))
def test_every_code_is_read_after_halving_and_jpeg_60(name: str) -> None:
    pack = read_packs()[name]
    last = pack.pictures[-1].name
    for card in pack.pictures:
        if card.kind in (CardKind.ARTICLE, CardKind.SHARE):
            continue
        image = _draw(card, pack.brand, _find_theme(name))
        half = image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)
        stream = io.BytesIO()
        half.save(stream, "JPEG", quality=60)
        codes = zxingcpp.read_barcodes(Image.open(stream), formats=zxingcpp.BarcodeFormat.QRCode)
        # Of a long picture in slices, the last bears the code.
        is_slice = card.kind is CardKind.LONG and card.name != last
        assert [code.text for code in codes] == ([] if is_slice else [card.url]), card.name


def test_a_card_s_code_leads_to_its_own_page() -> None:
    cards = read_packs()["xigu/2023"].cards
    assert [card.url for card in cards[:2]] == [f"{SITE_URL}xigu/2023/cards/01/", f"{SITE_URL}xigu/2023/cards/02/"]
