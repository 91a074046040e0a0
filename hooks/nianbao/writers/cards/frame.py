"""What all cards share: the page, the line above and the foot with publisher and QR code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nianbao.text.display import find_withheld
from nianbao.views.card.cards import Brand
from nianbao.writers.cards.fonts import Face
from nianbao.writers.cards.sketch import Block, CodeMark, FillMark, Mark, Sketch, TextMark
from nianbao.writers.cards.typeset import TITLE, Piece, fit_title, pile, set_block, set_line

MARGIN = 84
CARD_WIDTH, CARD_HEIGHT = 1080, 1440
TEXT_WIDTH = CARD_WIDTH - 2 * MARGIN
SQUARE_HEIGHT = 1080
HEAD_TOP = 84
CONTENT_TOP = 204
_FOOT_HEIGHT = 236
_CODE_SPACE = 236
_FOOT_GAP, _FOOT_ROOM = 16, 152
WITHHELD_NOTE = "带 * 或 XX 处，来源隐去了内容"
SCAN_HINT = "长按识别，阅读全文"


@dataclass(frozen=True, slots=True)
class Page:
    """A card's page: its size, its ground and the colours on it."""

    height: int = CARD_HEIGHT
    ground: str = "paper"
    ink: str = "ink"
    soft: str = "soft"
    line: str = "line"
    flag: str = "flag"

    @property
    def bottom(self) -> int:
        """Where the content ends, px."""
        return self.height - _FOOT_HEIGHT - 44

    @property
    def room(self) -> int:
        """The height between head and foot, px."""
        return self.bottom - CONTENT_TOP


RESULTS_PAGE = Page()
PLAN_PAGE = Page(ground="wash")
PROBLEMS_PAGE = Page(flag="soft")
COVER_PAGE = Page(ground="cover", ink="cover_ink", soft="cover_soft", line="cover_line", flag="cover_number")


def choose_page(role: str) -> Page:
    """Return the page for results, problems (quiet) or the plan."""
    return {"problems": PROBLEMS_PAGE, "plan": PLAN_PAGE}.get(role, RESULTS_PAGE)


def head_marks(page: Page, left: str, right: str, *, tag: str = "") -> list[Mark]:
    """Return the line above: a tag with a title on the left, the place and period on the right."""
    marks: list[Mark] = []
    end = set_line([Piece(right, Face.TEXT, page.soft)], size_px=32)
    x = MARGIN
    if tag:
        label = set_line([Piece(tag, Face.TITLE, page.ground)], size_px=34)
        width = label.width + 28
        marks.append(FillMark(x, HEAD_TOP - 6, width, 60, page.flag))
        marks.append(TextMark(x + 14, HEAD_TOP + 7, label, page.flag))
        x += width + 20
    room = CARD_WIDTH - MARGIN - x - end.width - 36
    start = fit_title(left, sizes=(32, 30, 28), width=room, lines=1, face=Face.TEXT, colour=page.soft)
    if start.line_count > 1:
        start = _set_two_lines(left, room, page)
    marks.append(TextMark(x, HEAD_TOP + 24 - start.height // 2, start, page.ground))
    marks.append(TextMark(CARD_WIDTH - MARGIN - end.width, HEAD_TOP + 8, end, page.ground))
    return marks


def _set_two_lines(title: str, width: int, page: Page) -> Block:
    """Set a running title; one that takes more lines ends in …, for its section's own card has it in full."""
    shown, kept = title, len(title)
    while True:
        block = set_block([Piece(shown, Face.TEXT, page.soft)], size_px=28, width=width, manner=TITLE)
        if block.line_count <= 2:
            return block
        kept -= 4
        shown = f"{title[:kept]}…"


def foot_marks(page: Page, brand: Brand, above: Iterable[Mark]) -> list[Mark]:
    """Return the foot: a rule, the publisher, a hint and the place of the QR code.

    Where a source withheld something in the texts `above`, or in the publisher's name, it says so.
    """
    texts = [brand.publisher, *(mark.block.text for mark in above if isinstance(mark, TextMark))]
    is_withheld = any(map(find_withheld, texts))
    top = page.height - _FOOT_HEIGHT
    name = fit_title(
        brand.publisher, sizes=(34, 32, 30, 28), width=TEXT_WIDTH - _CODE_SPACE, lines=2, face=Face.MEDIUM,
        colour=page.ink if page.ground == "cover" else "ink",
    )  # fmt: skip
    notes = [note for note in (SCAN_HINT if brand.has_address else "", WITHHELD_NOTE if is_withheld else "") if note]
    lines = [set_line([Piece(note, Face.TEXT, page.soft)], size_px=28, leading=1.3) for note in notes]
    if name.line_count > 1 and len(lines) > 1:
        del lines[0]  # a long name leaves room for one line: what was withheld has to be said
    words = pile([name, *lines], gap=_FOOT_GAP)
    y = top + max(_FOOT_GAP, 36 + (_FOOT_ROOM - words.height) // 2)
    marks: list[Mark] = [FillMark(MARGIN, top, TEXT_WIDTH, 2, page.line), TextMark(MARGIN, y, words, page.ground)]
    if brand.has_address:
        marks.append(CodeMark(CARD_WIDTH - MARGIN, page.height - 48, page.ground, page.ground == "cover"))
    return marks


def make_sketch(layout: str, page: Page, marks: Iterable[Mark]) -> Sketch:
    """Return a card of the page's height."""
    return Sketch(layout, CARD_WIDTH, page.height, page.ground, tuple(marks))
