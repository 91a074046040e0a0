"""Tables and photos at their places in a draft: in the item whose text stands before them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from nianbao.importing.doubts import Doubt, Note, Weight
from nianbao.importing.draft import DraftItem, DraftPart, DraftSection
from nianbao.importing.photos import FoundPhoto
from nianbao.importing.source_text import EMPTY_PASSAGE, Passage
from nianbao.importing.tables import FoundTable

_TABLE_NOTE = "表格是从原文认出来的；表头、单位，和哪些数是本期的，可以对照原文件看"
_TABLE_DOUBT = "表头没有认准：各列的名称、单位对吗？请对照原文件"
_PHOTO_DOUBT = "照片 {name} 要发布吗？要，就写上{missing}；不要，就删去 photo"
_ALT, _CONSENT = "alt（照片里是什么）", "consent（谁同意公开）"
_MORE_NOTE = "原文这里还有图片 {name}，一条只能有一张照片"
_LOST_NOTE = "原文这里有图片 {name}；照片放在条目里，这一节没有条目"


def place_found(
    parts: tuple[DraftPart, ...], tables: Sequence[FoundTable], photos: Sequence[FoundPhoto]
) -> tuple[DraftPart, ...]:
    """Return the parts with each table and photo in the item of the text before it.

    A table without an item before it in its section, or whose item has one, makes an item of its own after it.
    """
    for table in tables:
        parts = _change_at(parts, table.start, partial(_add_table, table))
    for photo in photos:
        parts = _change_at(parts, photo.start, partial(_add_photo, photo))
    return parts


def _change_at(
    parts: tuple[DraftPart, ...], start: int, change: Callable[[DraftSection, int], DraftSection]
) -> tuple[DraftPart, ...]:
    """Return the parts after `change` of the section that holds the last text before `start`.

    It is given the place of the last item before there, -1 where the section's title or lead is the last text.
    """
    p, s, i = _find_place(parts, start)
    part = parts[p]
    sections = list(part.sections)
    if s < 0:
        # The part's own title or lead stands before it: the section that follows, or a new one.
        fresh = DraftSection(EMPTY_PASSAGE, (), ())
        if not sections or sections[0].title or sections[0].lead:
            sections.insert(0, fresh)
        s = 0
    sections[s] = change(sections[s], i)
    return (*parts[:p], replace(part, sections=tuple(sections)), *parts[p + 1 :])


def _find_place(parts: Sequence[DraftPart], start: int) -> tuple[int, int, int]:
    """Return part, section (-1: before all of them) and item (-1) of the last text that begins before `start`."""
    best, place = -1, (0, -1, -1)
    for p, part in enumerate(parts):
        spots = [((p, -1, -1), [part.title, *part.lead])]
        for s, section in enumerate(part.sections):
            spots.append(((p, s, -1), [section.title, *section.lead]))
            spots += [((p, s, i), _list_passages(item)) for i, item in enumerate(section.items)]
        for spot, passages in spots:
            begins = [passage.at[0] for passage in passages if len(passage.at) and passage.at[0] <= start]
            if begins and max(begins) > best:
                best, place = max(begins), spot
    return place


def _list_passages(item: DraftItem) -> list[Passage]:
    cells = [cell for row in item.table.rows for cell in row] if item.table else []
    return [item.title, *item.paragraphs, *cells]


def _add_table(found: FoundTable, section: DraftSection, place: int) -> DraftSection:
    items = list(section.items)
    heading = " | ".join(cell.text for cell in found.table.header)
    note: Note = _TABLE_NOTE if found.is_sure else Doubt(_TABLE_DOUBT, heading, field="table")
    if place >= 0 and items[place].table is None:
        item = items[place]
        # A heading with nothing but a table under it was made the text of its item.
        is_heading = not item.title and len(item.paragraphs) == 1 and item.paragraphs[0].text[-1:] not in "。；：:！？"
        if is_heading:
            item = replace(item, title=item.paragraphs[0], paragraphs=())
        items[place] = replace(item, table=found.table, notes=(*item.notes, note))
    else:
        items.insert(place + 1, DraftItem("", EMPTY_PASSAGE, (), notes=(note,), table=found.table))
    return replace(section, items=tuple(items))


def _add_photo(found: FoundPhoto, section: DraftSection, place: int) -> DraftSection:
    items = list(section.items)
    if not items:
        return replace(section, notes=(*section.notes, _LOST_NOTE.format(name=found.photo.name)))
    at = max(place, 0)
    item = items[at]
    if item.photo is not None:
        items[at] = replace(item, notes=(*item.notes, _MORE_NOTE.format(name=found.photo.name)))
        return replace(section, items=tuple(items))
    missing = _CONSENT if found.photo.alt else f"{_ALT}和 {_CONSENT}"
    question = _PHOTO_DOUBT.format(name=found.photo.name, missing=f" {missing}")
    doubt = Doubt(question, source=found.photo.alt.text, field="photo", weight=Weight.FORM)
    items[at] = replace(item, photo=found.photo, notes=(*item.notes, doubt))
    return replace(section, items=tuple(items))
