"""Every layout in every theme, with short, normal and extreme text, against pictures kept in the repository.

NIANBAO_UPDATE_SNAPSHOTS=1 draws them anew; look at them before they are committed.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from tests.card_fixtures import make_pack

from nianbao.writers.cards.layouts import compose
from nianbao.writers.cards.paint import draw_sketch
from nianbao.writers.cards.sketch import Sketch
from nianbao.writers.cards.themes import THEMES, Theme, find_theme

_FOLDER = Path(__file__).parent / "snapshots"
_CELL_WIDTH, _CELL_HEIGHT = 120, 160
_COLUMNS = 6
# Mean difference of a cell, of 255. A word moved by a line gives 4 and more.
_TOLERANCE = 1.5


@cache
def _choose(size: str) -> list[tuple[Sketch, str]]:
    """The first picture of each layout with its address, in the order of the pack."""
    pack = make_pack(size)
    first: dict[str, tuple[Sketch, str]] = {}
    for picture in pack.pictures:
        sketch = compose(picture.card, pack.brand)
        first.setdefault(sketch.layout, (sketch, picture.url))
    return list(first.values())


def _draw_sheet(size: str, theme: Theme) -> tuple[Image.Image, list[str]]:
    cards = _choose(size)
    rows = -(-len(cards) // _COLUMNS)
    sheet = Image.new("RGB", (_COLUMNS * _CELL_WIDTH, rows * _CELL_HEIGHT), (128, 128, 128))
    for place, (sketch, url) in enumerate(cards):
        picture = draw_sketch(sketch, theme, url=url).convert("RGB")
        # Of a picture higher than a card, its beginning.
        picture = picture.crop((0, 0, picture.width, min(picture.height, picture.width * 4 // 3)))
        cell = picture.resize((_CELL_WIDTH, picture.height * _CELL_WIDTH // picture.width), Image.Resampling.BOX)
        sheet.paste(cell, (place % _COLUMNS * _CELL_WIDTH, place // _COLUMNS * _CELL_HEIGHT))
    return sheet, [sketch.layout for sketch, _ in cards]


@pytest.mark.parametrize("theme", [theme.slug for theme in THEMES])
@pytest.mark.parametrize("size", ["short", "normal", "extreme"])
def test_layouts_look_as_they_did(size: str, theme: str) -> None:
    chosen = find_theme(theme)
    assert chosen is not None
    sheet, layouts = _draw_sheet(size, chosen)
    path = _FOLDER / f"{size}-{theme}.png"
    if os.environ.get("NIANBAO_UPDATE_SNAPSHOTS"):
        _FOLDER.mkdir(exist_ok=True)
        sheet.quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)
        return
    kept = Image.open(path).convert("RGB")
    assert kept.size == sheet.size
    for place, layout in enumerate(layouts):
        left, top = place % _COLUMNS * _CELL_WIDTH, place // _COLUMNS * _CELL_HEIGHT
        box = (left, top, left + _CELL_WIDTH, top + _CELL_HEIGHT)
        difference = ImageChops.difference(sheet.crop(box), kept.crop(box))
        mean = sum(ImageStat.Stat(difference).mean) / 3
        assert mean <= _TOLERANCE, f"{layout}: {mean:.2f}"


def test_the_tolerance_tells_a_moved_line() -> None:
    sketch, url = next(chosen for chosen in _choose("normal") if chosen[0].layout == "item_text")
    picture = draw_sketch(sketch, THEMES[0], url=url).convert("RGB")
    moved = ImageChops.offset(picture, 0, 72)
    cells = [image.resize((_CELL_WIDTH, _CELL_HEIGHT), Image.Resampling.BOX) for image in (picture, moved)]
    mean = sum(ImageStat.Stat(ImageChops.difference(*cells)).mean) / 3
    assert mean > 2 * _TOLERANCE
