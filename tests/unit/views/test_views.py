from __future__ import annotations

import json
from decimal import Decimal

import pytest

from nianbao.editions.numbers import show_growth, show_number
from nianbao.editions.runs import RunKind, show_figure, show_paragraphs
from nianbao.facts.comparison import Growth
from nianbao.facts.summary import FigureFact
from nianbao.text.display import find_withheld, widen_punctuation
from nianbao.text.numerals import find_quantities, plain_decimal
from nianbao.views.page.chart import view_bars
from nianbao.views.page.head import HeadView, shorten


def fact(quote: str, item_id: str = "a") -> FigureFact:
    (quantity,) = find_quantities(quote)
    return FigureFact(
        item_id, None, (f"{item_id}-{quote}",), quote, "说明", quantity.unit, quantity.qualifier, quantity.value,
        quantity.upper, None, quantity.start, quantity.end,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("quote", "number", "unit", "value"),
    [
        ("5270名", "5270", "名", "5270"),
        ("9400余人次", "9400+", "人次", "9400"),
        ("137.05万元", "137.05", "万元", "1370500"),
        ("100%", "100", "%", "100"),
        ("3.2万亩", "3.2万", "亩", "32000"),
    ],
)
def test_a_number_stands_apart_from_its_unit(quote: str, number: str, unit: str, value: str) -> None:
    view = show_number(fact(quote))
    assert (view.number, view.unit) == (number, unit)
    assert view.machine_value == value


def test_a_withheld_number_says_so_and_has_no_value() -> None:
    view = show_number(fact("*名"))
    assert (view.number, view.machine_value, view.withheld) == ("未公布", "", True)


def test_senses_differ() -> None:
    senses = [
        show_number(fact(q)).sense
        for q in ("5名", "5余名", "近5名", "约5名", "5名以上", "不足5名", "不超过5名", "3-5名")
    ]
    assert len(set(senses)) == len(senses)


def test_growth_in_words() -> None:
    def words(change: str, *, points: bool = False, exact: bool = True) -> str:
        view = show_growth(Growth(Decimal(change), "个百分点" if points else "%", exact))
        assert view
        return view.text

    assert words("29.5") == "比上年增 29.5%"
    assert words("-3.0", exact=False) == "比上年约减 3%"
    assert words("2", points=True) == "比上年升 2 个百分点"
    assert words("0.0") == "与上年持平"
    assert words("0.01") == "比上年增不到 0.1%"
    assert words("33.333333") == "比上年增 33.3%"
    assert show_growth(None) is None


def test_plain_decimal() -> None:
    assert [plain_decimal(Decimal(text)) for text in ("1E+3", "1.50", "100", "0.0")] == ["1000", "1.5", "100", "0"]


def test_runs_keep_every_character_and_place_figures_by_their_quote() -> None:
    text = "有6名团干部、6名青联委员和**区的*名志愿者参加。\n\n第二段，完。"
    figures = tuple(map(show_figure, (fact("6名青联委员"), fact("*名"))))
    first, second = show_paragraphs(text, figures)
    assert "".join(run.text for run in first) + "\n\n" + "".join(run.text for run in second) == text
    assert [(run.kind, run.text) for run in first if run.kind is not RunKind.TEXT] == [
        (RunKind.FIGURE, "6名"), (RunKind.WITHHELD, "**"), (RunKind.FIGURE, "*名"),
    ]  # fmt: skip
    before = "".join(run.text for run in first[: [run.kind for run in first].index(RunKind.FIGURE)])
    assert before == "有6名团干部、", "the second 6名 is meant, not the first"


def test_a_figure_that_is_not_in_the_text_is_left_out() -> None:
    (paragraph,) = show_paragraphs("没有数字。", (show_figure(fact("6名")),))
    assert [run.kind for run in paragraph] == [RunKind.TEXT]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("2023年,在区委", "2023年，在区委"),
        ("外出(来)务工;你好!", "外出（来）务工；你好！"),
        ("比例3:1,时间10:30", "比例3:1,时间10:30"),
        ("A,B(c)", "A,B(c)"),
        ("抓好(团建),服务", "抓好（团建），服务"),
        ("“引号”,后面", "“引号”，后面"),
    ],
)
def test_punctuation_between_chinese_is_shown_full_width(source: str, shown: str) -> None:
    assert widen_punctuation(source) == shown
    assert len(shown) == len(source)


@pytest.mark.parametrize(
    ("text", "masks"),
    [
        ("党的XX大和**区、×××", ["XX", "**", "×××"]),
        ("XXL码、2×3、A*B", ["*"]),
        ("普通文字 X 光", []),
        ("*名和＊＊人", ["*", "＊＊"]),
    ],
)
def test_placeholders_are_found(text: str, masks: list[str]) -> None:
    assert [text[start:end] for start, end in find_withheld(text)] == masks


def test_structured_data_cannot_leave_its_script() -> None:
    head = HeadView("t", "d", "a/", "c", structured=(("name", "</script><script>&alert(1)"),))
    text = head.structured_json("https://example.org/a/")
    assert "<" not in text
    assert "&" not in text
    assert json.loads(text)["name"] == "</script><script>&alert(1)"
    assert json.loads(text)["url"] == "https://example.org/a/"
    assert HeadView("t", "d", "a/", "c").structured_json("x") == ""


def test_a_description_is_cut_after_a_clause() -> None:
    assert shorten("短句。", 10) == "短句。"
    assert shorten("第一句话说完，第二句话很长很长很长", 10) == "第一句话说完…"
    assert len(shorten("没有标点" * 30, 20)) == 20


def test_bars_are_scaled_from_zero_and_a_withheld_one_is_empty() -> None:
    chart = view_bars([("2021", Decimal(50)), ("2022", None), ("2023", Decimal(100))])
    heights = [bar.height for bar in chart.bars]
    assert heights[2] == chart.height
    assert heights[0] == pytest.approx(chart.height / 2)
    assert heights[1] == 0
    assert [bar.newest for bar in chart.bars] == [False, False, True]
    assert view_bars([("2021", Decimal(0))]).bars[0].height == 0
