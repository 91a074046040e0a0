"""A document of any one thing, as long as documents may be, is read or refused in seconds."""

from __future__ import annotations

import contextlib
import os
import re
import time

import pytest

from nianbao.importing.imported import import_content
from nianbao.importing.source_text import CHARACTER_LIMIT, LINE_LIMIT, UnreadableError

# Every mark and word that a rule of the importer looks for, alone and as it stands in reports.
STRETCHES = """\
一、|、一|二、一|一、一、|（一）|（一|（（|一是|。一是|，一是|（一）一是|首先，|第一，|1.|；1.|1、|1、1|01|1 | 1
1 2 |1,|1,1|1，1|1.1|1.5|1:1|1/|1/2|1-|1-1|1—|1～|1至|1×1|+1|1+|1%|1%、|12人|12人。|12人，其中|1人1|和1人和
第1名|XX名|**|*名|1万|5万|百分之|2023年|2023-|1月1日|每人1元，|共1元|1人每人1元共1元|其中1人|一一|一，|一点|一年|半年|“一|“”
《“|（）|[[|工 |工  |　　工|    工|\u200b工|##a|##a##|# #|[hide|[图片]|<p|<p>|< |&nbsp;|&a;|http://|www.|目录
编 |供 稿|小编|来源：|阅读|关注|整理|参考|更多|点击|为大家|问题和|不足与|问题：|总结 |总结及|情况及|委员会
各位：|报告。|发布：2023|第1页"""
MARKS = (
    *"、。，；：？！…—～·“”‘’（）()《》〈〉【】[]「」『』{}<>＞=+-*#_|/\\&%@^`~$\"'.,:;?!\u3000\t",
    *"一二十百万亿零〇壹两第其首再最0019Ａ１①㈠⑴⒈■●–◆aAp年月日人元个名次余多近约超来编供图文联电关点阅扫分共团×某x\u200b",
    *re.split(r"[|\n]", STRETCHES),
)
LINES = [
    "、",
    "人",
    "一、",
    "1",
    "（一）",
    "一是",
    "1.",
    "工作总结范文",
    "工作总结",
    "目录",
    "12人",
    "——",
    "# 一",
    "- 一",
    "| 一 |",
    "> 一",
]
# Seconds of the processor's, on a machine of 2020 or so. Such a document takes one or two, and 3 are the goal; a
# processor that is shared with other tests counts more.
PATIENCE_S = 5


def measure(content: str, name: str) -> float:
    start = time.process_time()
    with contextlib.suppress(UnreadableError):
        import_content(content.encode(), name=name, indicators={}, period="2023")
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("mark", dict.fromkeys(MARKS), ids=ascii)
def test_any_mark_may_come_as_often_as_can_be(mark: str) -> None:
    often = mark * ((CHARACTER_LIMIT - 60) // len(mark))
    assert measure(often, "a.txt") < PATIENCE_S
    assert measure(f"某县妇联2023年工作总结\n一、学习\n办班3期。{often}完了。", "a.md") < PATIENCE_S


@pytest.mark.parametrize(
    "mark", ["、", "，", "（", "(", "一", "1", "“", "”", "*", "#", "-", "…", "12人。", "一、\n", "每人1元，", "　　工"]
)
def test_the_commonest_marks_may_come_as_often_as_can_be(mark: str) -> None:
    assert measure(mark * ((CHARACTER_LIMIT - 60) // len(mark)), "a.txt") < PATIENCE_S


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("count", [LINE_LIMIT - 1, 145_000])
def test_there_may_be_many_lines(line: str, count: int) -> None:
    content = f"{line}\n" * min(count, (CHARACTER_LIMIT - 60) // (len(line) + 1))
    assert measure(content, "a.txt") < PATIENCE_S
    assert measure("目录\n" + content[:-60], "a.md") < PATIENCE_S


def test_a_page_may_be_one_long_list() -> None:
    page = f"<html><body><ol>{'<li>办班九期。</li>' * 20_000}</ol></body></html>".encode()
    start = sum(os.times()[:4])  # with the reader's process
    with pytest.raises(UnreadableError, match="正文超过 10000 行"):
        import_content(page, name="a.html", indicators={}, period="2023")
    assert sum(os.times()[:4]) - start < PATIENCE_S
