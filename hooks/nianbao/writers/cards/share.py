"""The picture of a shared link: 500 × 500, read at the size of a thumb."""

from __future__ import annotations

from nianbao.views.card.cards import Brand, CoverView
from nianbao.writers.cards.cover import year_block
from nianbao.writers.cards.fonts import Face
from nianbao.writers.cards.frame import COVER_PAGE
from nianbao.writers.cards.sketch import Sketch, TextMark
from nianbao.writers.cards.typeset import Piece, fit_headline, fit_title, set_line

SIDE = 500
_PAD = 44
_TOP, _BOTTOM = 134, SIDE - _PAD + 10


def compose_share(view: CoverView, brand: Brand) -> Sketch:
    """Return the thumbnail: district, year and title."""
    page = COVER_PAGE
    width = SIDE - 2 * _PAD
    head = fit_title(
        brand.district_name, sizes=(44, 40, 36, 32), width=width, lines=1, face=Face.BOLD, colour=page.soft
    )
    year = year_block(brand.year, 186, page)
    title = fit_headline(
        view.title, sizes=(60, 56, 51, 48, 42, 36, 30), width=width, colour=page.ink, height=_BOTTOM - _TOP
    )
    marks = [TextMark(_PAD, _PAD - 6, head, page.ground), TextMark(_PAD, _BOTTOM - title.height, title, page.ground)]
    if _BOTTOM - title.height >= _TOP + year.height + 10:  # a very long title leaves no room for the year
        marks.append(TextMark(_PAD, _TOP, year, page.ground))
    if brand.span_name:
        span = set_line([Piece(brand.span_name, Face.BOLD, page.soft)], size_px=36)
        marks.append(TextMark(SIDE - _PAD - span.width, _PAD, span, page.ground))
    return Sketch("share", SIDE, SIDE, page.ground, tuple(marks))
