"""Text as blocks of placed characters: justified, spaced between Chinese and Latin, marks squeezed (GB/T 15834)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from nianbao.editions.runs import Paragraph, Run, RunKind
from nianbao.text.break_rules import LINE_END_FORBIDDEN, Break, find_breaks
from nianbao.text.fit_box import fit_sizes
from nianbao.text.line_breaking import Widths, break_lines, measure_line, trim_line
from nianbao.text.title_breaking import break_title
from nianbao.writers.cards.fonts import Face, measure_em
from nianbao.writers.cards.sketch import Block, Glyph

_HAN = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_LATIN = re.compile(r"[A-Za-z0-9%]")
_ASCII = re.compile(r"[!-~]")
_CLOSING = frozenset("，。、；：！？）》”’】」』〉")
_FULL_WIDTH = _CLOSING | frozenset("（《“‘【「『〈")
_LATIN_GAP_EM = 0.125
_WIDEST_GAP_EM = 0.14
_ASCENT_EM = 0.88
_ONE_LINE_SHARE = 0.75
_LEAST_HEADLINE_PX = 20
# A dot between names and figures, which the sans face sets in a whole em; half of one is meant.
_DOT = "·"


class Piece(NamedTuple):
    """Some characters in one face and colour."""

    text: str
    face: Face
    colour: str


class Manner(NamedTuple):
    """How a block is set: `leading` is the line height in em; `is_title` breaks between phrases, ragged."""

    leading: float = 1.75
    is_title: bool = False
    gap_em: float = 0.55  # between paragraphs


BODY = Manner()
TITLE = Manner(leading=1.32, is_title=True)


def pieces_of(
    paragraph: Paragraph, *, text: str = "ink", figure: str = "flag_ink", face: Face = Face.TEXT
) -> list[Piece]:
    """Return a paragraph's runs: figures bold and coloured, what a source withheld softer."""
    return [_piece_of(run, text, figure, face) for run in paragraph]


def _piece_of(run: Run, text: str, figure: str, face: Face) -> Piece:
    if run.kind is RunKind.WITHHELD or (run.figure is not None and run.figure.number.withheld):
        return Piece(run.text, face, "soft" if text == "ink" else text)
    return Piece(run.text, Face.BOLD, figure) if run.figure is not None else Piece(run.text, face, text)


def set_block(pieces: Sequence[Piece], *, size_px: int, width: int, manner: Manner = BODY) -> Block:
    """Return one paragraph set in lines no wider than `width`."""
    return _set_block(tuple(pieces), size_px, width, manner)


# Titles, heads and feet are set again and again while a layout tries what fits, and on every card of a pack.
@lru_cache(maxsize=512)
def _set_block(pieces: tuple[Piece, ...], size_px: int, width: int, manner: Manner) -> Block:
    text, faces, widths, may_stretch, shifts = _measure(pieces)
    line_height = round(size_px * manner.leading)
    width_em = width / size_px
    spans = (
        break_title(text, widths, width_em)
        if manner.is_title
        else break_lines(text, widths, width_em, breaks=_find_breaks(pieces))
    )
    glyphs: list[Glyph] = []
    widest = 0.0
    for number, span in enumerate(spans):
        start, end = trim_line(text, span)
        baseline = round(number * line_height + (line_height - size_px) / 2 + size_px * _ASCENT_EM)
        line_em = measure_line(text, (start, end), widths)
        indent = -0.5 if end > start and _hangs(text[start], faces[start]) else 0.0
        is_last = number == len(spans) - 1
        stretch = (
            0.0 if manner.is_title or is_last else _stretch(may_stretch[start : end - 1], width_em - line_em - indent)
        )
        steps = widths.inner[start:end]
        if stretch:
            steps = [step + (stretch if may else 0.0) for step, may in zip(steps, may_stretch[start:end], strict=True)]
        pens = accumulate(steps, initial=indent)
        glyphs += [
            Glyph(character, round((pen + shift) * size_px), baseline, piece.face, size_px, piece.colour)
            for character, pen, shift, piece in zip(
                text[start:end], pens, shifts[start:end], faces[start:end], strict=False
            )
            if not character.isspace()
        ]
        widest = max(widest, line_em + indent)
    return Block(tuple(glyphs), round(widest * size_px), line_height * len(spans), text, len(spans))


def set_paragraphs(paragraphs: Iterable[Sequence[Piece]], *, size_px: int, width: int, manner: Manner = BODY) -> Block:
    """Return paragraphs one under the other."""
    return pile(
        [set_block(pieces, size_px=size_px, width=width, manner=manner) for pieces in paragraphs],
        gap=round(size_px * manner.gap_em),
    )


def set_line(pieces: Sequence[Piece], *, size_px: int, leading: float = 1.0) -> Block:
    """Return one line, as wide as it is."""
    return set_block(pieces, size_px=size_px, width=10**6, manner=Manner(leading=leading, is_title=True))


def fit_title(
    text: str, *, sizes: Iterable[int], width: int, lines: int, face: Face = Face.TITLE, colour: str
) -> Block:
    """Return a title at the first size that takes at most `lines` lines; at the smallest when none does.

    A title that fits on one line at nearly that size stands on one.
    """
    steps = tuple(sizes)
    pieces = [Piece(text, face, colour)]

    def set_on(count: int, least_px: float) -> Block | None:
        def set_at(size_px: int) -> Block | None:
            block = set_block(pieces, size_px=size_px, width=width, manner=TITLE)
            return block if block.line_count <= count else None

        return fit_sizes([step for step in steps if step >= least_px], set_at)

    block = set_on(lines, 0) or set_block(pieces, size_px=steps[-1], width=width, manner=TITLE)
    if block.line_count == 1 or not block.glyphs:
        return block
    return set_on(1, block.glyphs[0].size_px * _ONE_LINE_SHARE) or block


def fit_headline(text: str, *, sizes: Iterable[int], width: int, colour: str, height: int = 10**6) -> Block:
    """Return a title that stands alone: in two lines where a blank or a comma parts it in two halves.

    One that is higher than `height` at all of `sizes` is set smaller, in as many lines as it takes.
    """
    block = _fit_halves(text, sizes=tuple(sizes), width=width, colour=colour)
    if block.height <= height:
        return block
    pieces = [Piece(text, Face.TITLE, colour)]

    def set_at(size_px: int) -> Block | None:
        block = set_block(pieces, size_px=size_px, width=width, manner=TITLE)
        return block if block.height <= height else None

    smaller = fit_sizes(range(block.glyphs[0].size_px, _LEAST_HEADLINE_PX, -2), set_at)
    return smaller or set_block(pieces, size_px=_LEAST_HEADLINE_PX, width=width, manner=TITLE)


def _fit_halves(text: str, *, sizes: tuple[int, ...], width: int, colour: str) -> Block:
    halves = re.fullmatch(r"(\S+?[，、：]?)\s*(?:(?<=[，：])|(?<=\s))(\S+)", text)
    if halves is None or not all(_HAN.search(half) for half in halves.groups()):
        return fit_title(text, sizes=sizes, width=width, lines=2, colour=colour)

    def set_at(size_px: int) -> Block | None:
        lines = [
            set_block([Piece(half, Face.TITLE, colour)], size_px=size_px, width=width, manner=TITLE)
            for half in halves.groups()
        ]
        return pile(lines, gap=0) if all(line.line_count == 1 for line in lines) else None

    return fit_sizes(sizes, set_at) or fit_title(text, sizes=sizes, width=width, lines=2, colour=colour)


def pile(blocks: Sequence[Block], *, gap: int) -> Block:
    """Return blocks one under the other, `gap` px apart."""
    if len(blocks) == 1:
        return blocks[0]
    glyphs: list[Glyph] = []
    top = 0
    for block in blocks:
        glyphs += [glyph._replace(baseline=glyph.baseline + top) for glyph in block.glyphs]
        top += block.height + gap
    return Block(
        tuple(glyphs), max((block.width for block in blocks), default=0), max(0, top - gap),
        "\n".join(block.text for block in blocks), sum(block.line_count for block in blocks),
    )  # fmt: skip


@lru_cache(maxsize=64)
def _find_breaks(pieces: tuple[Piece, ...]) -> Sequence[Break]:
    """Where the text may be broken, at any size."""
    spans = []
    at = 0
    for piece in pieces:
        if piece.face is Face.BOLD:
            spans.append((at, at + len(piece.text)))
        at += len(piece.text)
    return find_breaks("".join(piece.text for piece in pieces), unbroken=spans)


def _measure_character(character: str, face: Face) -> float:
    return min(0.5, measure_em(character, face)) if character == _DOT else measure_em(character, face)


class _Measured(NamedTuple):
    """A text, the piece of each of its characters, how wide each is, whether the gap after it may grow, and how far it
    stands from where its width begins, in em."""

    text: str
    faces: list[Piece]
    widths: Widths
    may_stretch: list[bool]
    shifts: list[float]


@lru_cache(maxsize=64)
def _measure(pieces: tuple[Piece, ...]) -> _Measured:
    """The text as it is at any size."""
    text = "".join(piece.text for piece in pieces)
    faces = [piece for piece in pieces for _ in piece.text]
    plain = [_measure_character(character, piece.face) for character, piece in zip(text, faces, strict=True)]
    inner = plain.copy()
    last = plain.copy()
    for at, character in enumerate(text):
        if character in _CLOSING and plain[at] == 1.0:
            last[at] = 0.5
        if at + 1 == len(text):
            continue
        following = text[at + 1]
        if character in _FULL_WIDTH:
            if following in _FULL_WIDTH and plain[at] == 1.0 and (character in _CLOSING or following not in _CLOSING):
                inner[at] -= 0.5
        elif (_LATIN.match(character) and _HAN.match(following)) or (_HAN.match(character) and _LATIN.match(following)):
            # A figure is one run: its number stands close to its unit.
            inner[at] += 0.0 if faces[at] is faces[at + 1] and faces[at].face is Face.BOLD else _LATIN_GAP_EM
    is_ascii = [bool(_ASCII.match(character)) for character in text]
    may_stretch = [not (one and other) for one, other in pairwise(is_ascii)]
    shifts = [
        (width - measure_em(_DOT, piece.face)) / 2 if character == _DOT else 0.0
        for character, width, piece in zip(text, inner, faces, strict=True)
    ]
    return _Measured(text, faces, Widths(inner, last), [*may_stretch, False], shifts)


def _hangs(character: str, piece: Piece) -> bool:
    return character in LINE_END_FORBIDDEN and measure_em(character, piece.face) == 1.0


def _stretch(may_stretch: Sequence[bool], slack_em: float) -> float:
    gaps = sum(may_stretch)
    share = slack_em / gaps if gaps else 0.0
    return share if 0 < share <= _WIDEST_GAP_EM else 0.0
