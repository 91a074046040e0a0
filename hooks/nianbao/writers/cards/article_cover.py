"""The picture above an article: 900 × 383, all that matters within its centre 383 × 383."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from nianbao.editions.runs import ShownFigure
from nianbao.views.card.cards import Brand, CoverView
from nianbao.writers.cards.cover import year_block
from nianbao.writers.cards.fonts import Face, measure_em
from nianbao.writers.cards.frame import COVER_PAGE
from nianbao.writers.cards.numerals import fit_number
from nianbao.writers.cards.sketch import Block, FillMark, Glyph, Mark, Sketch, TextMark
from nianbao.writers.cards.typeset import Manner, Piece, fit_headline, fit_title, set_block, set_line

WIDTH, HEIGHT = 900, 383
_SAFE = 383
_PAD = 20
_GAP, _LEAST_TOP = 26, 14
_SIDE = (WIDTH - _SAFE) // 2


def compose_article_cover(view: CoverView, brand: Brand) -> Sketch:
    """Return the article's cover. The sides hold a key figure each, which a square crop may lose."""
    page = COVER_PAGE
    width = _SAFE - 2 * _PAD
    year = year_block(brand.year, 148, page)
    head = set_line(
        [Piece(f"{brand.district_name}{' · ' + brand.span_name if brand.span_name else ''}", Face.MEDIUM, page.soft)],
        size_px=28,
    )
    title = fit_title(view.title, sizes=(52, 48, 44, 40, 36, 32, 28), width=width, lines=2, colour=page.ink)
    rows = [head, year, title]
    if sum(block.height for block in rows) + 2 * _GAP > HEIGHT - 2 * _LEAST_TOP:
        # A long title takes the place of the year.
        room = HEIGHT - 4 * _LEAST_TOP - head.height - _GAP
        rows = [head, fit_headline(view.title, sizes=(36, 32, 28), width=width, colour=page.ink, height=room)]
    top = (HEIGHT - sum(block.height for block in rows) - (len(rows) - 1) * _GAP) // 2
    marks: list[Mark] = []
    for block in rows:
        marks.append(TextMark((WIDTH - block.width) // 2, top, centre_lines(block), page.ground))
        top += block.height + _GAP
    marks += _side(view.keys[:1], 32) + _side(view.keys[1:2], WIDTH - _SIDE + 28)
    return Sketch("article_cover", WIDTH, HEIGHT, page.ground, tuple(marks))


def centre_lines(block: Block) -> Block:
    """Return the block with each of its lines in the middle."""
    glyphs: list[Glyph] = []
    for _, line in groupby(block.glyphs, key=lambda glyph: glyph.baseline):
        row = list(line)
        last = row[-1]
        width = last.x + measure_em(last.character, last.face) * last.size_px
        shift = round((block.width - width) / 2)
        glyphs += [glyph._replace(x=glyph.x + shift) for glyph in row]
    return replace(block, glyphs=tuple(glyphs))


def _side(keys: tuple[ShownFigure, ...], left: int) -> list[Mark]:
    page, width = COVER_PAGE, _SIDE - 60
    marks: list[Mark] = []
    for key in keys:
        number = fit_number(key.number, sizes=range(64, 23, -4), width=width, colour=page.ink, unit_colour=page.soft)
        label = set_block([Piece(key.label, Face.TEXT, page.soft)], size_px=24, width=width, manner=Manner(1.4, True))
        top = (HEIGHT - number.height - 20 - label.height) // 2
        marks += [
            FillMark(left, top - 28, 48, 4, page.line),
            TextMark(left, top, number, page.ground),
            TextMark(left, top + number.height + 20, label, page.ground),
        ]
    return marks
