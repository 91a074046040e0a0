"""Items in full, several on a card, and rows of items at a glance: which stand on which card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from nianbao.editions.edition import EditionItem
from nianbao.editions.runs import Paragraph, read_text
from nianbao.views.card.cards import RowView
from nianbao.views.card.room import (
    CARD_ROOM_PX,
    LEAST_ROOM_PX,
    count_lines,
    measure_text,
    measure_title,
    share_out,
)

# As writers/cards/listing.py and overview.py set them at their smallest.
_LIST_PX, _LIST_WIDTH_PX, _LIST_GAP_PX, _LIST_LEADING = 35, 784, 50, 1.68
_LIST_TITLE_SIZES = (84, 76, 68, 60, 52)
_LIST_LEAD_PX, _LIST_LEAD_GAP_PX, _HIGHEST_LEAD_PX = 42, 24, 210
_ROW_TITLE_PX, _ROW_TEXT_PX, _ROW_WIDTH_PX, _ROW_GAP_PX = 44, 36, 762, 30
_OVERVIEW_TITLE_SIZES = (96, 88, 80, 72, 64, 56)
_OVERVIEW_LEAD_PX = 40
_MOST_ROWS = 8
# Figures a row, and the sizes of title and text at which they must fit.
_ROW_DETAILS = ((2, 50, 36), (1, 46, 34), (0, 40, 34))

_Entry = TypeVar("_Entry")


def group_items(
    items: Sequence[EditionItem], *, title: str, lead: tuple[Paragraph, ...]
) -> list[tuple[EditionItem, ...]]:
    """Return the items on as few cards as hold them, evenly filled; one that no card holds is cut and goes on as 续.

    `lead` is what stands over those of the first card.
    """
    room, first_px = _find_list_room(title), _measure_list_lead(lead)
    pieces = [piece for item in items for piece in _cut_long(item, room - first_px - _LIST_GAP_PX)]
    return _spread(pieces, _measure_item, room=room, first_px=first_px)


def holds_titles(items: Sequence[EditionItem], *, title: str, lead: tuple[Paragraph, ...]) -> bool:
    """Return whether a list under its title has room for some text under each title of an item."""
    room = _find_list_room(title) - (_measure_list_lead(lead) if is_list_lead(lead) else 0.0) - _LIST_GAP_PX
    return room - max(map(_measure_item_title, items)) >= LEAST_ROOM_PX


def is_list_lead(lead: tuple[Paragraph, ...]) -> bool:
    """Return whether a lead is short enough to stand over the items of a list."""
    return bool(lead) and _measure_list_lead(lead) - _LIST_LEAD_GAP_PX <= _HIGHEST_LEAD_PX


def group_rows(rows: Sequence[RowView], *, title: str) -> list[tuple[RowView, ...]]:
    """Return the rows of an overview on as few cards as hold their titles, evenly filled, eight at most on each."""
    return _spread(list(rows), _measure_row, room=_find_row_room(title), most=_MOST_ROWS)


def is_overview_lead(lead: tuple[Paragraph, ...], rows: Sequence[RowView], *, title: str) -> bool:
    """Return whether a lead leaves room for the rows under it."""
    height = measure_text(lead, size_px=_OVERVIEW_LEAD_PX, leading=1.6) + 20
    return height + sum(map(_measure_row, rows)) <= _find_row_room(title)


def shorten_rows(rows: Sequence[RowView], *, title: str, lead: tuple[Paragraph, ...]) -> tuple[RowView, ...]:
    """Return the rows with as many figures as a card has room for: two, one, or their titles alone."""
    room = _find_row_room(title) - (measure_text(lead, size_px=_OVERVIEW_LEAD_PX, leading=1.6) + 20 if lead else 0)
    for count, title_px, text_px in _ROW_DETAILS:
        shortened = tuple(row.shorten(count) for row in rows)
        if sum(_measure_full_row(row, title_px, text_px) for row in shortened) <= room:
            break
    return shortened


def _find_list_room(title: str) -> float:
    return CARD_ROOM_PX - measure_title(title, sizes=_LIST_TITLE_SIZES, lines=1) - 44


def _measure_list_lead(lead: tuple[Paragraph, ...]) -> float:
    return measure_text(lead, size_px=_LIST_LEAD_PX, leading=1.6) + _LIST_LEAD_GAP_PX if lead else 0.0


def _measure_item(item: EditionItem) -> float:
    body = measure_text(item.paragraphs, size_px=_LIST_PX, leading=_LIST_LEADING, width_px=_LIST_WIDTH_PX)
    return _measure_item_title(item) + body + _LIST_GAP_PX


def _measure_item_title(item: EditionItem) -> float:
    title_px = _LIST_PX * 1.3
    lines = count_lines(read_text(item.title), size_px=title_px, width_px=_LIST_WIDTH_PX)
    return lines * title_px * 1.4 + 8 if item.title else 0.0


def _cut_long(item: EditionItem, room: float) -> list[EditionItem]:
    """The item, or portions that a card holds; those that follow bear no number."""
    if _measure_item(item) <= room:
        return [item]
    portions = share_out(
        item.paragraphs, room_px=room - _measure_item_title(item) - _LIST_GAP_PX, size_px=_LIST_PX,
        leading=_LIST_LEADING, width_px=_LIST_WIDTH_PX,
    )  # fmt: skip
    return [
        replace(item, paragraphs=portion) if at == 0 else replace(item, number="续", paragraphs=portion)
        for at, portion in enumerate(portions)
    ]


def _find_row_room(title: str) -> float:
    return CARD_ROOM_PX - 20 - measure_title(title, sizes=_OVERVIEW_TITLE_SIZES, lines=2) - 50


def _measure_row(row: RowView) -> float:
    """The row at its smallest: its title, or its first words where it has none."""
    if not row.title:
        lines = count_lines(row.clause, size_px=_ROW_TEXT_PX, width_px=_ROW_WIDTH_PX)
        return lines * _ROW_TEXT_PX * 1.5 + _ROW_GAP_PX
    lines = count_lines(row.title, size_px=_ROW_TITLE_PX, width_px=_ROW_WIDTH_PX)
    return lines * _ROW_TITLE_PX * 1.35 + _ROW_GAP_PX


def _measure_full_row(row: RowView, title_px: int, text_px: int) -> float:
    texts = [f"{figure.label} {figure.text}" for figure in row.figures] or [row.clause] * bool(row.clause)
    titles = count_lines(row.title, size_px=title_px, width_px=_ROW_WIDTH_PX) if row.title else 0
    lines = sum(count_lines(text, size_px=text_px, width_px=_ROW_WIDTH_PX) for text in texts)
    return titles * title_px * 1.35 + lines * text_px * 1.5 + len(texts) * 6 + 40


def _spread(
    entries: Sequence[_Entry], measure: Callable[[_Entry], float], *, room: float, first_px: float = 0.0, most: int = 99
) -> list[tuple[_Entry, ...]]:
    """The entries in their order on the fewest cards, the fullest of which is as little full as can be."""
    heights = [measure(entry) for entry in entries]

    def fill(limit: float) -> list[tuple[_Entry, ...]]:
        groups: list[list[_Entry]] = []
        left = 0.0
        for entry, height in zip(entries, heights, strict=True):
            if not groups or height > left or len(groups[-1]) == most:
                groups.append([])
                left = limit - (first_px if len(groups) == 1 else 0.0)
            groups[-1].append(entry)
            left -= height
        return [tuple(group) for group in groups]

    count = len(fill(room))
    limit = max(heights)
    while limit < room:
        groups = fill(limit)
        if len(groups) <= count:
            return groups
        limit += 20
    return fill(room)
