"""Text that goes on over several cards, in one size on all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import NamedTuple

from nianbao.text.fit_box import cut_evenly, fit_sizes
from nianbao.views.cards import cut_paragraph, read_text
from nianbao.views.runs import Paragraph
from nianbao.writers.cards.sketch import Block

SetText = Callable[[tuple[Paragraph, ...], int], Block]


class Portion(NamedTuple):
    """What of a text one card holds, and how it is set."""

    paragraphs: tuple[Paragraph, ...]
    block: Block


def flow_text(
    paragraphs: tuple[Paragraph, ...], set_text: SetText, *, sizes: Sequence[int], room: int, later_room: int
) -> list[Portion]:
    """Return the text in as few portions as hold it: one of `room` px, or several of `later_room` px, evenly filled."""

    def fit(parts: list[tuple[Paragraph, ...]], height: int) -> list[Portion] | None:
        def set_at(size_px: int) -> list[Portion] | None:
            portions = [Portion(part, set_text(part, size_px)) for part in parts]
            return portions if all(portion.block.height <= height for portion in portions) else None

        return fit_sizes(sizes, set_at)

    length = sum(len(read_text(paragraph)) for paragraph in paragraphs)
    whole = fit([paragraphs], room)
    if whole is not None:
        return whole
    for number in count(2):
        parts = cut_paragraphs(paragraphs, number)
        portions = fit(parts, later_room)
        if portions is not None or number > length:
            return portions or [Portion(part, set_text(part, sizes[-1])) for part in parts]
    raise AssertionError


def cut_paragraphs(paragraphs: tuple[Paragraph, ...], number: int) -> list[tuple[Paragraph, ...]]:
    """Return the paragraphs in `number` parts of about the same length, cut between sentences."""
    pieces = cut_evenly("\n".join(read_text(paragraph) for paragraph in paragraphs), count=number)
    parts: list[tuple[Paragraph, ...]] = []
    index, at = 0, 0
    for piece in pieces:
        part: list[Paragraph] = []
        for place, line in enumerate(piece.split("\n")):
            if place:
                index, at = index + 1, 0
            if line:
                part.append(cut_paragraph(paragraphs[index], at, at + len(line)))
                at += len(line)
        parts.append(tuple(part))
    return parts
