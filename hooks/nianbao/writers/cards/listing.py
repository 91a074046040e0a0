"""Items in full, several on a card: problems, quietly, and the plan."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.text.fit_box import cut_evenly
from nianbao.views.cards import BrandView, CardKind, ListView, StatementView, cut_paragraph, read_text
from nianbao.views.report import ItemView
from nianbao.writers.cards.fonts import Face
from nianbao.writers.cards.frame import (
    CONTENT_TOP,
    MARGIN,
    TEXT_WIDTH,
    Page,
    choose_page,
    foot_marks,
    has_withheld,
    head_marks,
    make_sketch,
)
from nianbao.writers.cards.sketch import Block, FillMark, Mark, Sketch, TextMark
from nianbao.writers.cards.statement import compose_statement
from nianbao.writers.cards.typeset import Manner, Piece, fit_title, pieces_of, pile, set_block, set_line, set_paragraphs

_LEFT = 128
_SIZES = (50, 48, 46, 44, 43, 42, 41, 40, 39, 38, 37, 36)
_GAP = 56
_MOST_GAP = 230
_TITLE_ROOM = 150
_HIGHEST_LEAD = 210


def compose_listing(view: ListView, brand: BrandView) -> tuple[Sketch, ...]:
    """Return the items in full on as few cards as hold them, evenly filled, all in one size.

    A lead too long to stand over them goes to a card after them.
    """
    page = choose_page(view.role)
    title = fit_title(view.title, sizes=(84, 76, 68, 60, 52), width=TEXT_WIDTH, lines=1, colour=page.ink)
    whole_lead = _set_lead(view)
    lead = whole_lead if whole_lead and whole_lead.height <= _HIGHEST_LEAD else None
    room = page.room - title.height - 44
    first = lead.height + 24 if lead else 0
    cards = _Cards(_split_long(view.items, room), room, first, page)
    count = len(cards.pack(_SIZES[-1]))
    size_px = next((size for size in _SIZES if cards.fits(size, count)), _SIZES[-1])
    groups = cards.even(size_px, count)
    sketches = []
    for number, group in enumerate(groups, 1):
        blocks = [_set_item(item, size_px, page) for item in group]
        marks: list[Mark] = head_marks(
            page, brand.place_and_period, f"{number} / {count}" if count > 1 else brand.kind_name, tag=view.tag
        )
        marks.append(TextMark(MARGIN, CONTENT_TOP + 4, title, page.ground))
        top = CONTENT_TOP + 4 + title.height + 40
        if lead and number == 1:
            marks.append(TextMark(MARGIN, top - 20, lead, page.ground))
            top += first
        spare = page.bottom - top - sum(block.height for block in blocks)
        step = min(_MOST_GAP, spare // len(blocks))
        y = top + max(0, spare - step * len(blocks))
        for item, block in zip(group, blocks, strict=True):
            marks.append(FillMark(MARGIN, y, TEXT_WIDTH, 2, page.line))
            inner = y + step // 2
            if item.number:
                figure = set_line([Piece(item.number, Face.HEAVY, page.flag)], size_px=round(size_px * 1.75))
                marks.append(TextMark(MARGIN, inner - round(size_px * 0.06), figure, page.ground))
            marks.append(TextMark(MARGIN + _LEFT, inner, block, page.ground))
            y += block.height + step
        told = [view.title]
        told += [read_text(paragraph) for paragraph in view.lead] if lead and number == 1 else []
        told += [f"{item.number} {read_text(item.title)} {_text_of(item)}" for item in group]
        alt = "\n".join(told)
        marks += foot_marks(page, brand, is_withheld=has_withheld(alt))
        kind = CardKind.PLAN if view.role == "plan" else CardKind.LIST
        ids = tuple(item.id for item in group)
        name = view.title if count == 1 else f"{view.title}（{number}/{count}）"
        sketches.append(make_sketch(kind, "listing", page, marks, title=name, alt=alt, item_ids=ids))
    if whole_lead and not lead:
        sketches += compose_statement(StatementView(view.role, view.title, view.lead), brand)
    return tuple(sketches)


def _set_lead(view: ListView) -> Block | None:
    if not view.lead:
        return None
    return set_paragraphs(
        [pieces_of(paragraph, text="soft", face=Face.SERIF) for paragraph in view.lead], size_px=42, width=TEXT_WIDTH,
        manner=Manner(leading=1.6),
    )  # fmt: skip


def _set_item(item: ItemView, size_px: int, page: Page) -> Block:
    width = TEXT_WIDTH - _LEFT
    body = set_paragraphs(
        [pieces_of(paragraph) for paragraph in item.paragraphs],
        size_px=size_px,
        width=width,
        manner=Manner(leading=1.68),
    )
    if not item.title:
        return body
    title = set_block(
        [Piece(read_text(item.title), Face.TITLE, page.ink)], size_px=round(size_px * 1.3), width=width,
        manner=Manner(1.4, True),
    )  # fmt: skip
    return pile([title, body], gap=8)


@dataclass(frozen=True, slots=True)
class _Cards:
    """Cards to put items on: `room` px on each, `first` px less on the first."""

    items: tuple[ItemView, ...]
    room: int
    first: int
    page: Page

    def pack(self, size_px: int, *, limit: int | None = None) -> list[tuple[ItemView, ...]]:
        """Items in their order, each on the first card with room, or with `limit` px."""
        groups: list[list[ItemView]] = []
        left = 0
        for item in self.items:
            height = self._height(item, size_px)
            if not groups or height > left:
                groups.append([])
                left = (limit or self.room) - (self.first if len(groups) == 1 else 0)
            groups[-1].append(item)
            left -= height
        return [tuple(group) for group in groups]

    def fits(self, size_px: int, count: int) -> bool:
        """Whether `count` cards hold all items at that size."""
        highest = max(self._height(item, size_px) for item in self.items)
        return highest <= self.room - self.first and len(self.pack(size_px)) <= count

    def even(self, size_px: int, count: int) -> list[tuple[ItemView, ...]]:
        """Items on `count` cards whose fullest is as little full as can be: no last card is nearly empty."""
        least = max(self._height(item, size_px) for item in self.items)
        for limit in range(least, self.room + 1, 20):
            groups = self.pack(size_px, limit=limit)
            if len(groups) <= count:
                return groups
        return self.pack(size_px)

    def _height(self, item: ItemView, size_px: int) -> int:
        return _set_item(item, size_px, self.page).height + _GAP


def _split_long(items: tuple[ItemView, ...], room: int) -> tuple[ItemView, ...]:
    """Items that no card holds, cut between sentences; what follows bears no number."""
    page = choose_page("")
    result: list[ItemView] = []
    for item in items:
        height = _set_item(item, _SIZES[-1], page).height + _GAP
        count = -(-height // (room - _TITLE_ROOM)) if height > room else 1
        if count == 1:
            result.append(item)
            continue
        paragraphs = list(item.paragraphs)
        whole = tuple(run for paragraph in paragraphs for run in paragraph)
        at = 0
        for number, piece in enumerate(cut_evenly(read_text(whole), count=count + 1)):
            part = cut_paragraph(whole, at, at + len(piece))
            at += len(piece)
            result.append(
                ItemView(
                    item.id, item.number if number == 0 else "续", item.title if number == 0 else (), (part,), None, ()
                )
            )
    return tuple(result)


def _text_of(item: ItemView) -> str:
    return "".join(read_text(paragraph) for paragraph in item.paragraphs)
