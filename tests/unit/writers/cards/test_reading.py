"""Cards as a camera and a reader see them: OCR finds every word, every QR code survives recompression."""

from __future__ import annotations

import io
import re
from collections import Counter
from functools import cache
from typing import Any

import pytest
from PIL import Image
from tests.card_fixtures import SITE_URL, read_editions, read_packs

from nianbao.views.card.cards import Brand, CardKind
from nianbao.views.card.pack import PlannedCard
from nianbao.writers.cards.draw import draw_picture
from nianbao.writers.cards.layouts import compose
from nianbao.writers.cards.themes import choose_theme

_OCR_WIDTHS = (810, 1080, 640)
_SHARE_FOUND = 0.98
_SCREEN_PX = 1440
_WORDS = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def _draw(picture: PlannedCard, brand: Brand, accent: str) -> Image.Image:
    return Image.open(io.BytesIO(draw_picture(picture, brand, choose_theme(accent)))).convert("RGB")


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
def _engine() -> Any:
    rapidocr = pytest.importorskip("rapidocr_onnxruntime", reason="rapidocr-onnxruntime is not installed")
    # One thread: tests run side by side.
    return rapidocr.RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)


def _compare(shown: str, lines: list[str]) -> str:
    """What of a card's writing is not among the lines read; "" when it is near enough."""
    read, written = Counter(_WORDS.findall("".join(lines))), Counter(_WORDS.findall(shown))
    lost = written - read
    numbers = {number for line in shown.split("\n") for number in _NUMBER.findall(line)}
    missing = sorted(number for number in numbers if not any(number in line for line in lines))
    # A card of forty characters may lose one: a unit that stands alone is no line of text to the detector.
    allowed = max(1, round(written.total() * (1 - _SHARE_FOUND)))
    return f"{lost.total()} of {written.total()}: {dict(lost)} {missing}" if lost.total() > allowed or missing else ""


@pytest.mark.parametrize("name", sorted(read_packs()))
def test_ocr_reads_every_figure_and_nearly_every_character(name: str) -> None:
    numpy = pytest.importorskip("numpy")
    pack = read_packs()[name]
    faults = []
    for card in pack.pictures:
        screens = _cut_screens(_draw(card, pack.brand, read_editions()[name].district.accent))
        shown = _read_sketch(card, pack.brand)
        # A small picture is read fastest; what was not found there is looked for in larger ones.
        for width in _OCR_WIDTHS:
            lines = []
            for screen in screens:
                small = screen.resize((width, screen.height * width // screen.width), Image.Resampling.LANCZOS)
                found, _ = _engine()(numpy.array(small), use_cls=False)
                lines += [text for _, text, _ in found or ()]
            fault = _compare(shown, lines)
            if not fault:
                break
        else:
            faults.append((card.name, fault))
    assert not faults


@pytest.mark.parametrize("name", sorted(read_packs()))
def test_every_code_is_read_after_halving_and_jpeg_60(name: str) -> None:
    zxingcpp = pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed")
    pack = read_packs()[name]
    last = pack.pictures[-1].name
    for card in pack.pictures:
        if card.kind in (CardKind.ARTICLE, CardKind.SHARE):
            continue
        image = _draw(card, pack.brand, read_editions()[name].district.accent)
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
