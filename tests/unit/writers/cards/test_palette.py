"""Palettes of sixteen: solid colours as they are, and steps between them that nobody tells from the true ones."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.card_fixtures import make_pack

from nianbao.writers.cards.fonts import LEVELS
from nianbao.writers.cards.layouts import compose
from nianbao.writers.cards.paint import draw_sketch
from nianbao.writers.cards.palette import INKS, MOST_COLOURS, make_palette
from nianbao.writers.cards.themes import THEMES, Theme

_SOLIDS = frozenset(["paper", "ink", "soft", "flag", "flag_ink", "line"])
_PAIRS = frozenset([*(("paper", ink) for ink in INKS["paper"]), ("flag", "paper")])


@pytest.mark.parametrize("theme", THEMES, ids=[theme.slug for theme in THEMES])
def test_a_card_has_sixteen_colours_and_smooth_edges(theme: Theme) -> None:
    palette = make_palette(theme, _SOLIDS, _PAIRS)
    assert len(palette.colours) <= MOST_COLOURS
    for name in _SOLIDS:
        assert palette.colours[palette.solids[name]] == theme.colour(name)
    for (ground, ink), ramp in palette.ramps.items():
        shown = [palette.colours[index] for index in ramp[:LEVELS]]
        ends = theme.colour(ground), theme.colour(ink)
        assert (shown[0], shown[-1]) == ends
        darkness = [sum(colour) for colour in shown]
        assert darkness == sorted(darkness, reverse=sum(ends[0]) > sum(ends[1])), (
            "no step is lighter than the one before"
        )
        assert len(set(shown)) >= LEVELS - 2
        widest = max(sum(abs(a - b) for a, b in zip(one, other, strict=True)) for one, other in pairwise(shown))
        assert widest <= 0.4 * sum(abs(a - b) for a, b in zip(*ends, strict=True))


def test_a_picture_of_too_many_colours_has_them_all() -> None:
    pairs = frozenset((ground, ink) for ground, inks in INKS.items() for ink in inks)
    palette = make_palette(THEMES[0], frozenset(), pairs)
    assert MOST_COLOURS < len(palette.colours) <= 256
    for (ground, ink), ramp in palette.ramps.items():
        low, high = THEMES[0].colour(ground), THEMES[0].colour(ink)
        middle = palette.colours[ramp[3]]
        assert middle == tuple(a + (b - a) * 3 // (LEVELS - 1) for a, b in zip(low, high, strict=True))


@pytest.mark.parametrize("theme", THEMES, ids=[theme.slug for theme in THEMES])
def test_all_cards_of_a_pack_have_sixteen(theme: Theme) -> None:
    pack = make_pack("normal")
    for picture in pack.cards:
        colours = draw_sketch(compose(picture.card, pack.brand), theme, url=picture.url).getcolors() or []
        assert len(colours) <= MOST_COLOURS, picture.name
