"""Paragraphs that a short sentence leads, in bold once: 思想引领有力度。讲好党的故事…… Their titles have no marker."""

from __future__ import annotations

import re
from collections.abc import Callable

from nianbao.importing.source_text import Passage
from nianbao.text.sentences import find_end

_LEAD_ENDS = "。！：:；;!"
_SHORTEST, _LONGEST = 3, 22
_SPREAD = 9
_FEWEST = 2
_MOST_BEFORE = 3
# Words that open a sentence of the running text, or announce what follows.
_TOLD = re.compile(
    r"^(?:同时|此外|另外|其中|目前|截至|截止|一年来|今年|去年|本年|过去|新的一年|回顾|总之|但是?|一方面|另一方面|各位|同志们|尊敬|现将|特此|下一步|为此|例如|比如|联系人|注|说明"
    r"|(?:19|20)\d\d)|如下|总结|报告|汇报|包括|主要[是有]|例如|比如|[说道]$|表示$|指出$"
)


def find_led_paragraphs(paragraphs: list[Passage], *, start: int, count_figures: Callable[[str], int]) -> int:
    """Return from which paragraph on all are led by short sentences alike in length; their number when none are.

    One such paragraph may begin so by chance; two and more that end a heading's text do not.
    """
    lengths: list[int] = []
    place = len(paragraphs)
    while place > start:
        length = _lead_length(paragraphs[place - 1].text, count_figures=count_figures)
        if not length or (lengths and max(*lengths, length) - min(*lengths, length) > _SPREAD):
            break
        lengths.append(length)
        place -= 1
    if len(lengths) < _FEWEST or place - start > _MOST_BEFORE:
        return len(paragraphs)
    return place


def _lead_length(text: str, *, count_figures: Callable[[str], int]) -> int:
    """Return the length of the short sentence that leads a paragraph; 0 when none does."""
    end = find_end(text, 0, ends=_LEAD_ENDS, limit=_LONGEST + 1)
    if end is None or end < _SHORTEST:
        return 0
    lead = text[:end]
    is_told = lead.count("，") > 1 or bool(_TOLD.search(lead)) or count_figures(lead) > 0
    return 0 if is_told or len(text) - end < max(12, end) else end
