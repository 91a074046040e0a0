"""What a draft says against itself."""

from __future__ import annotations

import pytest

from nianbao.importing.doubts import Doubt, Weight
from nianbao.importing.recognise import recognise_report
from nianbao.importing.sense import add_concerns, check_sense
from nianbao.importing.source_text import SourceParagraph, SourceText


def problems(*lines: str, period: str = "2023") -> list[tuple[str, str]]:
    source = SourceText("样.txt", "0" * 64, tuple(map(SourceParagraph, ("梅岭县妇联工作总结", *lines))))
    draft = recognise_report(source, indicators={}, period=period).draft
    return [(concern.place, concern.problem) for concern in check_sense(draft)]


def in_an_item(text: str) -> list[str]:
    return [problem for _, problem in problems("一、工作", "（一）事", text)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("资助学子8名，每人5000元，共发放5万元。", "8名 × 5000元 是 40000 元，正文却说5万元"),
        ("修小屋35间，每间投入2万元，共计60万元。", "35间 × 2万元 是 700000 元，正文却说60万元"),
        ("新建站点镇上9个、村里15个，共25个。", "9 + 15 是 24，正文却说共25个"),
        ("培训300人，其中妇女350人。", "“其中”的数（350人）大过总数300人"),
        ("村级覆盖率达102%。", "比率超过 100%：村级覆盖率达102%"),
        ("打造青年之家”阵地。", "“” 没有成对：……打造青年之家”阵地。……"),
        ("印发《方案，开了会。", "《》 没有成对：……印发《方案，开了会。……"),
        ("2025年办班。", "写的是 2025 年，报告说的是 2023 年，请核对"),
    ],
)
def test_what_does_not_add_up_is_said(text: str, problem: str) -> None:
    assert in_an_item(text) == [problem]


@pytest.mark.parametrize(
    "text",
    [
        "资助学子8名，每人5000元，共发放4万元。",
        "资助学子80余名，每人500元，共发放4万余元。",
        "新建站点镇上9个、村里15个，共24个。",
        "培训300人，其中妇女250人、老人80人。",
        "完成率达102%，增长率为130%。",
        "打造“青年之家”阵地，印发《方案（试行）》。",
        "2018年以来坚持办班。",
    ],
)
def test_what_adds_up_is_not_doubted(text: str) -> None:
    assert in_an_item(text) == []


def test_a_figure_told_twice_with_two_values_is_said_at_the_second() -> None:
    found = problems("一、工作", "（一）组织", "新建巾帼工作室12个。", "（二）阵地", "新建巾帼工作室15个。")
    assert found == [("results-2", "“巾帼工作室”说了两次：这里是15个，results-1 里是12个，请核对")]


def test_a_plan_for_the_year_that_is_over_is_doubted() -> None:
    assert problems("一、工作", "（一）事", "办班。", "二、2024年计划", "（一）事", "2022年继续办班。") == [
        ("plan-1", "安排里写的是 2022 年，报告讲的却是 2023 年，安排应在那以后，请核对")
    ]


def test_a_part_of_another_year_is_doubted() -> None:
    assert problems("一、2021年工作情况", "（一）事", "办班。") == [
        ("", "“2021年工作情况”的年份与报告的时段 2023 不符，请核对")
    ]


def test_a_half_year_may_plan_for_the_rest_of_its_year() -> None:
    lines = ("一、上半年工作", "（一）事", "办班。", "二、下半年计划", "（一）事", "2024年下半年继续办班。")
    assert problems(*lines, period="2024-H1") == []
    assert len(problems(*lines, period="2024")) == 1


def test_what_contradicts_itself_in_one_item_is_one_doubt_with_its_sentences() -> None:
    lines = ("梅岭县妇联工作总结", "一、工作", "（一）事", "来了30人，讲了5场。“大家都来参加了5次。2025年办班。都好。")
    source = SourceText("样.txt", "0" * 64, tuple(map(SourceParagraph, lines)))
    draft = recognise_report(source, indicators={}, period="2023").draft
    (item,) = add_concerns(draft, check_sense(draft)).items
    question = "“” 没有成对：……0人，讲了5场。“大家都来参加了5……；写的是 2025 年，报告说的是 2023 年。原文就是这样吗？"
    assert item.notes == (Doubt(question, source="“大家都来参加了5次。 …… 2025年办班。", weight=Weight.FACT),)
