"""The colours of a picture, sixteen where they do: half the bytes of a larger palette, and half the time to pack them.

Between a ground and an ink there are steps, for smooth edges. Black and grey characters on one paper share some, and so
do the two reds: that nobody sees.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import combinations
from typing import NamedTuple

from nianbao.writers.cards.fonts import LEVELS
from nianbao.writers.cards.themes import Theme

MOST_COLOURS = 16
_FIXED = {"white": (255, 255, 255), "black": (20, 18, 17)}
_ON_PAPER = ("ink", "soft", "flag", "flag_ink")
# The inks that may stand on each ground.
INKS = {
    "paper": _ON_PAPER,
    "wash": _ON_PAPER,
    "cover": ("cover_ink", "cover_soft", "cover_number"),
    "flag": ("paper", "wash"),
    "soft": ("paper", "wash"),
}
# A step may be this far from what it should be, in steps of a channel; else the picture has all its colours.
_LARGEST_ERROR = 40
# In a small picture colours of solid marks, steps and inks that are nearer than this are one.
_SOLIDS_APART, _STEPS_APART, _INKS_APART = 16, 25, 60

Colour = tuple[int, int, int]


class Palette(NamedTuple):
    """Colours by their indexes, the index of each solid one, and a table of 256 from coverage in LEVELS steps to
    indexes for each ground and ink."""

    colours: tuple[Colour, ...]
    solids: dict[str, int]
    ramps: dict[tuple[str, str], bytes]


@lru_cache(maxsize=256)
def make_palette(theme: Theme, solids: frozenset[str], pairs: frozenset[tuple[str, str]], *, steps: int = 0) -> Palette:
    """Return the palette of a picture of these colours, with characters on these grounds in these inks.

    With `steps` it is that of a small picture: so many steps between a ground and its strongest ink.
    """
    names = sorted(solids.union(*pairs))
    values = {name: _FIXED[name] if name in _FIXED else theme.colour(name) for name in names}
    ramps = {pair: tuple(_blend(values[pair[0]], values[pair[1]])) for pair in sorted(pairs)}
    every = tuple(dict.fromkeys((*values.values(), *(step for ramp in ramps.values() for step in ramp))))
    if steps:
        few = _choose_few([values[name] for name in sorted(solids | {ground for ground, _ in pairs})], ramps, steps)
        shown = {colour: min(few, key=partial(_distance, colour)) for colour in every}
        values = {name: shown[value] for name, value in values.items()}
    else:
        shown = _merge(frozenset(values.values()), every)
    colours = tuple(dict.fromkeys((*values.values(), *shown.values())))
    index = {colour: number for number, colour in enumerate(colours)}
    rest = bytes(256 - LEVELS)
    return Palette(
        colours,
        {name: index[values[name]] for name in names},
        {pair: bytes(index[shown[step]] for step in ramp) + rest for pair, ramp in ramps.items()},
    )


def _blend(ground: Colour, ink: Colour) -> Iterator[Colour]:
    for step in range(LEVELS):
        red, green, blue = (a + (b - a) * step // (LEVELS - 1) for a, b in zip(ground, ink, strict=True))
        yield red, green, blue


def _choose_few(solids: list[Colour], ramps: dict[tuple[str, str], tuple[Colour, ...]], steps: int) -> list[Colour]:
    """The colours of a small picture: a soft ink is a step of a strong one, and steps take more bytes than inks do."""
    few: list[Colour] = []

    def add(colour: Colour, apart: int) -> None:
        if all(_distance(colour, other) >= apart**2 for other in few):
            few.append(colour)

    for solid in solids:
        add(solid, _SOLIDS_APART)
    for ground in dict.fromkeys(ground for ground, _ in ramps):
        strong: list[tuple[Colour, ...]] = []
        own = (ramp for (under, _), ramp in ramps.items() if under == ground)
        for ramp in sorted(own, key=lambda ramp: -_distance(ramp[0], ramp[-1])):
            if any(_distance(step, ramp[-1]) < _INKS_APART**2 for other in strong for step in other):
                continue
            add(ramp[-1], _SOLIDS_APART)
            count = 1 if strong else steps
            for place in range(1, count + 1):
                add(ramp[round((LEVELS - 1) * place / (count + 1))], _STEPS_APART)
            strong.append(ramp)
    return few


def _merge(solids: frozenset[Colour], steps: tuple[Colour, ...]) -> dict[Colour, Colour]:
    """The colour that is shown for each, solid ones as they are: nearest groups are joined (Ward) till few enough are
    left, and each shown as its mean."""
    groups = {colour: [colour] for colour in (*sorted(solids), *steps)}
    costs = {pair: _cost(*pair, groups, solids) for pair in combinations(groups, 2) if not solids.issuperset(pair)}
    while costs and len(groups) > MOST_COLOURS:
        one, other = min(costs, key=lambda pair: costs[pair])
        members = groups.pop(one) + groups.pop(other)
        mean = one if one in solids else other if other in solids else _mean(members)
        groups[mean] = members + groups.pop(mean, [])
        gone = {one, other, mean}
        costs = {pair: cost for pair, cost in costs.items() if gone.isdisjoint(pair)}
        for third in groups:
            if third != mean and not (third in solids and mean in solids):
                costs[mean, third] = _cost(mean, third, groups, solids)
    shown = {member: colour for colour, members in groups.items() for member in members}
    worst = max((_distance(step, shown[step]) for step in steps), default=0)
    return shown if worst <= _LARGEST_ERROR**2 else {step: step for step in (*solids, *steps)}


def _cost(one: Colour, other: Colour, groups: dict[Colour, list[Colour]], solids: frozenset[Colour]) -> float:
    first, second = len(groups[one]), len(groups[other])
    # A solid colour stays where it is: its group weighs as if it were endless.
    weight = second if one in solids else first if other in solids else first * second / (first + second)
    return weight * _distance(one, other)


def _distance(one: Colour, other: Colour) -> int:
    """The square of how far apart they look: a grey with a tinge of red is seen sooner than a lighter grey."""
    red, green, blue = (a - b for a, b in zip(one, other, strict=True))
    return red * red + green * green + blue * blue + (red - green) ** 2 + (green - blue) ** 2


def _mean(members: list[Colour]) -> Colour:
    red, green, blue = (round(sum(values) / len(members)) for values in zip(*members, strict=True))
    return red, green, blue
