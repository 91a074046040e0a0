"""The words around a table: which line is its caption, which its unit, and what its columns are of."""

from __future__ import annotations

import re

from nianbao.text.outline import match_marker
from nianbao.text.table_cells import is_unit

LONGEST_CAPTION = 50
_CAPTION_NUMBER = r"(?:附?表\s*[0-9一二三四五六七八九十]{1,3}(?:[-—.][0-9]+)?\s*[：:、.．]?\s*)"
_CAPTION = re.compile(
    rf"{_CAPTION_NUMBER}\S.*|.{{2,}}(?:表|一览|统计|明细|汇总)(?:\s*[（(][^（()）]{{1,20}}[)）])?", re.DOTALL
)
_NO_CAPTION = re.compile(r"[。；;：:，,！!？?]$|[如见](?:下|上|附)?表$|[下附]表$|代表$|外表$|仪表$|报表$")
_UNIT_LINE = re.compile(r"\s*[（(]?\s*(?:计量|计算|金额|数量)?单\s*位\s*[:：]\s*(?P<unit>[^（()）]{1,16}?)\s*[)）]?\s*")
_UNIT_IN_CAPTION = re.compile(r"\s*[（(]\s*(?:单\s*位\s*[:：]\s*)?(?P<unit>[^（()）:：]{1,16}?)\s*[)）]\s*$")
_SEVERAL = re.compile(r"[、/／，,；;和\s]+")
# 2023年帮扶资金支出情况表 → 帮扶资金支出
_CAPTION_HEAD = re.compile(
    rf"^{_CAPTION_NUMBER}?(?:[0-9]{{4}}\s*年(?:度|底|末|上半年|下半年|第?[一二三四]季度)?)?(?:[全我][区县市镇乡街校院])?(?:各|主要)?"
)
_CAPTION_END = re.compile(r"(?:完成)?(?:情况)?(?:统计|一览|明细|汇总|登记)*(?:情况)?表?(?:\s*[（(].*[)）])?$")


def find_unit(text: str) -> tuple[int, int] | None:
    """Return [start, end) of the unit in a line that tells nothing else: 单位：万元; None of any other line."""
    found = _UNIT_LINE.fullmatch(text)
    return found.span("unit") if found and _are_units(found["unit"]) else None


def find_caption_unit(caption: str) -> re.Match[str] | None:
    """Return the brackets with a `unit` at a caption's end; None where there are none."""
    found = _UNIT_IN_CAPTION.search(caption)
    return found if found and _are_units(found["unit"]) else None


def is_caption(text: str) -> bool:
    """Return whether a line names a table: 表1 …, …情况表, …统计表."""
    if len(text) > LONGEST_CAPTION or _NO_CAPTION.search(text) or match_marker(text):
        return False
    return bool(_CAPTION.fullmatch(text))


def name_sum(caption: str) -> str:
    """Return what the last row of a table adds up, in the caption's words: 帮扶资金支出."""
    return _CAPTION_END.sub("", _CAPTION_HEAD.sub("", caption)).strip("的 　")


def _are_units(text: str) -> bool:
    return all(map(is_unit, filter(None, _SEVERAL.split(text))))
