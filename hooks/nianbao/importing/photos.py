"""The pictures of a document: which lines are their captions, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nianbao.importing.draft import DraftPhoto
from nianbao.importing.lines import CleanedLine
from nianbao.importing.source_text import EMPTY_PASSAGE, Origin, Passage
from nianbao.text.outline import match_marker

_NUMBERED = re.compile(r"图\s*[0-9一二三四五六七八九十]{1,3}(?:[-—.][0-9]+)?\s*[：:、.．]?\s*(?=\S)")
_CREDIT = re.compile(
    r"[（(]?(?P<credit>(?:摄影|供图|图片|图|摄)\s*[:：/]\s*[^（()）\s]{2,20}|(?<=[\s（(])\S{2,8}\s*(?:摄影?|供图))\s*[)）]?\s*$"
)
_LONGEST_CAPTION = 40


@dataclass(frozen=True, slots=True)
class FoundPhoto:
    """A photo, the place in the source that it stands after, and what of its caption is a mark: 图1."""

    photo: DraftPhoto
    start: int
    marks: tuple[Passage, ...]


def take_photos(lines: Sequence[CleanedLine]) -> tuple[list[CleanedLine], tuple[FoundPhoto, ...]]:
    """Return the lines without captions of pictures, and the pictures. A caption is of the last of those before it."""
    kept: list[CleanedLine] = []
    found: list[FoundPhoto] = []
    waiting = ""
    start = 0
    for line in lines:
        if line.table == 0 and line.origin is Origin.TEXT and (waiting or line.pictures):
            mark = _NUMBERED.match(line.text)
            is_short = len(line.text) <= _LONGEST_CAPTION and line.text[-1] not in "。；：:;！!？?"
            is_caption = mark if not waiting else mark or (line.is_centred and not match_marker(line.text))
            if is_caption and is_short and not line.level:
                name, *others = [waiting, *line.pictures] if waiting else line.pictures
                found.append(_read_caption(name, line.passage, mark.end() if mark else 0, start or line.passage.at[0]))
                found += [_leave_bare(other, line.passage.at[-1]) for other in others]
                waiting = ""
                continue
        if waiting:
            found.append(_leave_bare(waiting, start))
            waiting = ""
        kept.append(replace(line, pictures=()) if line.pictures else line)
        if line.pictures:
            start = line.passage.at[-1]
            found += [_leave_bare(name, start) for name in line.pictures[:-1]]
            waiting = line.pictures[-1]
    if waiting:
        found.append(_leave_bare(waiting, start))
    return kept, tuple(found)


def _leave_bare(name: str, start: int) -> FoundPhoto:
    return FoundPhoto(DraftPhoto(name, EMPTY_PASSAGE, EMPTY_PASSAGE), start, ())


def _read_caption(name: str, caption: Passage, mark_end: int, start: int) -> FoundPhoto:
    credit = _CREDIT.search(caption.text, mark_end)
    end = credit.start() if credit else len(caption.text)
    marks = [caption.cut(0, mark_end)]
    if credit:
        marks += [caption.cut(end, credit.start("credit")), caption.cut(credit.end("credit"))]
    photo = DraftPhoto(
        name, caption.cut(mark_end, end).strip(), caption.cut(*credit.span("credit")) if credit else EMPTY_PASSAGE
    )
    return FoundPhoto(photo, start, tuple(mark for mark in marks if mark))
