"""The long picture: the whole report as blocks, in as many slices as its height asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import ceil

from nianbao.editions.edition import Edition, EditionPart
from nianbao.editions.runs import Paragraph, ShownFigure, read_text
from nianbao.views.card.cards import BlockKind, LongBlock, LongView
from nianbao.views.card.room import CARD_TEXT_WIDTH_PX, count_lines, measure_text, measure_title, share_out
from nianbao.views.card.tables import measure_rows, view_long_tables

HIGHEST_PX = 8000
_TARGET_PX = 7000
_FRAME_PX = 460  # running head and foot
_HEAD_PX = 1000
_HIGHEST_TEXT_PX = 1600
# As writers/cards/long_picture.py sets them: size, space above and below, leading.
TEXT_SIZES_PX = {BlockKind.LEAD: 44, BlockKind.OPENING: 40, BlockKind.TEXT: 38}
_SPACE_PX = {BlockKind.LEAD: 112, BlockKind.OPENING: 30, BlockKind.TEXT: 40}
_LEADING = 1.75
# A table: at about which size it is set, and what stands above and below its rows.
_TABLE_PX, _TABLE_FRAME_PX = 36, 200
_ITEM_WIDTH_PX = CARD_TEXT_WIDTH_PX - 124


def view_long(edition: Edition, keys: tuple[ShownFigure, ...]) -> tuple[LongView, ...]:
    """Return the slices of the long picture, of about even height, each below HIGHEST_PX."""
    blocks = list(_list_blocks(edition, keys))
    heights = [_measure_block(block) for block in blocks]
    total = sum(heights) + _FRAME_PX
    groups = [blocks] if total <= _TARGET_PX else _slice(blocks, heights, ceil(total / (_TARGET_PX - _FRAME_PX)))
    title = read_text(edition.title)
    return tuple(LongView(title, tuple(group), place, len(groups)) for place, group in enumerate(groups, 1))


def _list_blocks(edition: Edition, keys: tuple[ShownFigure, ...]) -> Iterator[LongBlock]:
    yield LongBlock(BlockKind.HEAD, title=read_text(edition.title))
    yield from _list_text(BlockKind.LEAD, "", edition.lead)
    if keys:
        # Two in a row: an odd one would leave half a row empty.
        yield LongBlock(BlockKind.KEYS, figures=keys if len(keys) % 2 == 0 else keys[:-1] or keys)
    for part in edition.parts:
        yield from _list_part(part)


def _list_part(part: EditionPart) -> Iterator[LongBlock]:
    role = part.role.value
    yield LongBlock(BlockKind.PART, role, title=read_text(part.title))
    yield from _list_text(BlockKind.OPENING, role, part.lead)
    for section in part.sections:
        if section.title:
            yield LongBlock(BlockKind.SECTION, role, section.mark, read_text(section.title))
        yield from _list_text(BlockKind.OPENING, role, section.lead)
        for item in section.items:
            yield LongBlock(BlockKind.ITEM, role, item.number, read_text(item.title))
            after = item.table.after if item.table else len(item.paragraphs)
            yield from _list_text(BlockKind.TEXT, role, item.paragraphs[:after])
            if item.table:
                for portion in view_long_tables(item.table, room_px=_HIGHEST_TEXT_PX):
                    yield LongBlock(BlockKind.TABLE, role, table=portion)
            yield from _list_text(BlockKind.TEXT, role, item.paragraphs[after:])
    yield LongBlock(BlockKind.END, role)


def _list_text(kind: BlockKind, role: str, paragraphs: tuple[Paragraph, ...]) -> Iterator[LongBlock]:
    """A text as one block; one that is very high as several, so that no slice need be higher than the others."""
    if paragraphs:
        size_px = TEXT_SIZES_PX[kind]
        for portion in share_out(paragraphs, room_px=_HIGHEST_TEXT_PX, size_px=size_px, leading=_LEADING):
            yield LongBlock(kind, role, paragraphs=portion)


def _measure(paragraphs: tuple[Paragraph, ...], size_px: int) -> float:
    return measure_text(paragraphs, size_px=size_px, leading=_LEADING)


_HEIGHTS: dict[BlockKind, Callable[[LongBlock], float]] = {
    BlockKind.HEAD: lambda _: _HEAD_PX,
    BlockKind.KEYS: lambda block: 60 + 270 * ceil(len(block.figures) / 2),
    BlockKind.PART: lambda block: 190 + measure_title(block.title, sizes=(96, 88, 76, 64, 56), lines=2),
    BlockKind.SECTION: lambda block: 84 + measure_title(block.title, sizes=(68, 62, 56, 50, 44), lines=2, width_px=760),
    BlockKind.ITEM: lambda block: 36 + max(68.0, 76.0 * count_lines(block.title, size_px=54, width_px=_ITEM_WIDTH_PX)),
    BlockKind.END: lambda _: 60,
}


def _measure_block(block: LongBlock) -> float:
    if block.table:
        return _TABLE_FRAME_PX + measure_rows(block.table, size_px=_TABLE_PX)
    if block.kind in _HEIGHTS:
        return _HEIGHTS[block.kind](block)
    return _SPACE_PX[block.kind] + _measure(block.paragraphs, TEXT_SIZES_PX[block.kind])


def _slice(blocks: Sequence[LongBlock], heights: Sequence[float], count: int) -> list[list[LongBlock]]:
    """The blocks in `count` groups, or one or two less; a heading stays with what follows it."""
    target = sum(heights) / count
    groups: list[list[LongBlock]] = [[]]
    reached = 0.0
    for block, height in zip(blocks, heights, strict=True):
        is_full = reached + height / 2 > target * len(groups) and len(groups) < count
        if is_full and groups[-1] and not groups[-1][-1].is_heading:
            groups.append([])
        groups[-1].append(block)
        reached += height
    return groups
