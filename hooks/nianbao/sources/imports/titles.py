"""Where the title of a paragraph ends and its text begins: 一是加强理论学习。着力……"""

from __future__ import annotations

import re
from collections.abc import Callable

from nianbao.sources.imports.source_text import EMPTY_RUN, Run
from nianbao.text.sentences import find_end

_TITLE_LIMIT = 44
_HEADING_LIMIT = 90
_COLON_LIMIT = 30
_TITLE_ENDS = "。！？!?：:；;"
_DROPPED = "。：:；;，,、 "
_SPACED = re.compile(r"(?P<title>[^\s，。；：！？,;:!?]{4,24}) (?=\S{2,})")


def split_title(
    run: Run, *, has_more: bool, is_heading: bool, count_figures: Callable[[str], int]
) -> tuple[Run, Run, Run]:
    """Return title, text and the punctuation between them.

    Without a title the first is empty: a sentence that says all there is (`has_more`: more paragraphs follow), is too
    long, or holds figures. `is_heading` lets it be longer: the paragraph has others under it, or a heading's style.
    """
    if not run:
        return EMPTY_RUN, EMPTY_RUN, EMPTY_RUN
    text = run.text
    end = find_end(text, 0, ends=_TITLE_ENDS)
    if end is not None and text[end] in "：:" and end > _COLON_LIMIT:
        end = find_end(text, end + 1, ends=_TITLE_ENDS)
    spaced = _SPACED.match(text)
    if spaced and not is_heading and (end is None or end > 2 * spaced.end()) and len(text) > 3 * spaced.end():
        return run.cut(*spaced.span("title")), run.cut(spaced.end()), EMPTY_RUN
    stop = len(text) if end is None else end
    rest = run.cut(stop + 1).strip()
    limit = _HEADING_LIMIT if is_heading else _TITLE_LIMIT
    is_bare = end is None and len(text) <= _HEADING_LIMIT
    # A sentence of many clauses is told, not titled.
    is_sentence = end is not None and not is_heading and stop > 30 and text.count("，", 0, stop) > 1
    if not stop or (stop > limit and not is_bare) or is_sentence or not (rest or has_more or is_heading):
        return EMPTY_RUN, run, EMPTY_RUN
    if not is_heading and count_figures(text[:stop]):
        return EMPTY_RUN, run, EMPTY_RUN
    title = run.cut(0, stop).strip_end(_DROPPED)
    if not title:
        return EMPTY_RUN, run, EMPTY_RUN
    return title, rest, run.cut(len(title.text), len(run.text) - len(rest.text)) if rest else run.cut(len(title.text))
