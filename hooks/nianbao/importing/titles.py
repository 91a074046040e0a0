"""Where the title of a paragraph ends and its text begins: 一是加强理论学习。着力……"""

from __future__ import annotations

import re
from collections.abc import Callable

from nianbao.importing.source_text import EMPTY_PASSAGE, Passage, join_passages
from nianbao.text.sentences import find_end

_TITLE_LIMIT = 44
_HEADING_LIMIT = 90
_COLON_LIMIT = 30
_CLAUSES_FROM = 30
_TITLE_ENDS = "。！？!?：:；;"
_DROPPED = "。：:；;，,、 "
_BRACKETED = re.compile(r"【(?P<title>[^】]{2,24})】")
_SPACED = re.compile(r"(?P<title>[^\s，。；：！？,;:!?]{4,24}) (?=\S{2,})")


def split_title(
    passage: Passage, *, has_more: bool, is_heading: bool, count_figures: Callable[[str], int]
) -> tuple[Passage, Passage, Passage]:
    """Return title, text and the punctuation between them; together they are the passage, blanks aside.

    The title is empty where the first sentence says all there is (`has_more`: more paragraphs follow), is too long, or
    holds figures. `is_heading` lets it be longer: the paragraph has others under it, or a heading's style.
    """
    text = passage.text
    bracketed = _BRACKETED.match(text)
    if bracketed:
        brackets = join_passages([passage.cut(0, 1), passage.cut(bracketed.end() - 1, bracketed.end())])
        return passage.cut(*bracketed.span("title")), passage.cut(bracketed.end()).strip(), brackets
    spaced = _SPACED.match(text)
    end = _find_clause_end(text)
    is_run_together = spaced is not None and end > 2 * spaced.end() and len(text) > 3 * spaced.end()
    if spaced and is_run_together and (not is_heading or end > _TITLE_LIMIT):
        return passage.cut(*spaced.span("title")), passage.cut(spaced.end()), EMPTY_PASSAGE
    rest = passage.cut(end + 1).strip()
    title = passage.cut(0, end).strip_end(_DROPPED)
    if not title or not _is_title(text, end, has_rest=bool(rest) or has_more, is_heading=is_heading):
        return EMPTY_PASSAGE, passage, EMPTY_PASSAGE
    if not is_heading and count_figures(title.text):
        return EMPTY_PASSAGE, passage, EMPTY_PASSAGE
    return title, rest, passage.cut(len(title.text), len(text) - len(rest.text))


def _find_clause_end(text: str) -> int:
    """Return where the first sentence, or the clause before an early colon, ends."""
    end = find_end(text, 0, ends=_TITLE_ENDS)
    if end is not None and text[end] in "：:" and end > _COLON_LIMIT:
        end = find_end(text, end + 1, ends=_TITLE_ENDS)
    return len(text) if end is None else end


def _is_title(text: str, end: int, *, has_rest: bool, is_heading: bool) -> bool:
    is_bare = end == len(text) and end <= _HEADING_LIMIT
    is_short = end <= (_HEADING_LIMIT if is_heading else _TITLE_LIMIT)
    # A sentence of many clauses is told, not titled.
    is_told = end < len(text) and not is_heading and end > _CLAUSES_FROM and text.count("，", 0, end) > 1
    return (is_short or is_bare) and not is_told and (has_rest or is_heading)
