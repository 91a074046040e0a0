"""Numbers, growth, sums and their charts as readers see them."""

from decimal import Decimal

import pytest

from nianbao.editions.numbers import show_growth, show_number, show_total
from nianbao.facts.comparison import Growth, Total
from nianbao.facts.summary import FigureFact
from nianbao.model import Indicator
from nianbao.text.numerals import Qualifier, find_quantities, plain_decimal
from nianbao.views.page.chart import BarChartView, view_bars


def fact(quote: str) -> FigureFact:
    (found,) = find_quantities(quote)
    return FigureFact(
        "x", None, (f"x-{quote}",), quote, "", found.unit, found.qualifier, found.value, found.upper, None,
        found.start, found.end,
    )  # fmt: skip


def chart(*values: int | None) -> BarChartView:
    return view_bars([(str(index), None if value is None else Decimal(value)) for index, value in enumerate(values)])


def test_bars_of_mixed_signs_stand_on_both_sides_of_one_zero_line() -> None:
    view = chart(30, -10, 0, None)
    up, down, zero, withheld = view.bars
    assert view.zero_y == pytest.approx(view.height * 3 / 4)
    assert (up.y, up.y + up.height) == (0, view.zero_y)
    assert (down.y, down.y + down.height) == (view.zero_y, view.height)
    assert zero.height == withheld.height == 0


def test_bars_of_losses_alone_hang_from_the_top_and_of_gains_alone_stand_on_the_bottom() -> None:
    losses, gains = chart(-5, -10), chart(5, 10)
    assert (losses.zero_y, gains.zero_y) == (0, gains.height)
    assert [bar.y for bar in losses.bars] == [0, 0]
    assert [bar.height for bar in losses.bars] == [losses.height / 2, losses.height]
    assert [bar.y + bar.height for bar in gains.bars] == [gains.height, gains.height]
    assert chart(0, 0).zero_y == gains.height


def test_the_least_bar_is_seen_and_stays_inside() -> None:
    for view in (chart(1, -1_000_000), chart(-1, 1_000_000), chart(1, 1_000_000)):
        assert all(bar.height >= 1 and bar.y >= 0 and bar.y + bar.height <= view.height for bar in view.bars)


def test_a_sum_says_what_it_leaves_out_and_that_it_is_a_lower_bound() -> None:
    indicator = Indicator(id="members", name="新发展团员", unit="名")

    def total(*quotes: str, qualifier: Qualifier, left_out: int = 0) -> Total:
        facts = [fact(quote) for quote in quotes]
        value = sum((f.value or Decimal(0) for f in facts), Decimal(0))
        # Only the figures are looked at here, not whose they are.
        return Total(indicator, value, qualifier, tuple((None, f) for f in facts), left_out)  # type: ignore[misc]

    view = show_total(total("100名", "50名", qualifier=Qualifier.AT_LEAST, left_out=1))
    assert (view.number, view.unit) == ("150+", "名")
    assert view.sense == "2 地年度报告相加，另有 1 地的数字未公布或说不出下限，没有计入；不少于这个数"
    view = show_total(total("100名", "10-20名", qualifier=Qualifier.AT_LEAST))
    assert (view.number, view.sense) == ("110+", "2 地年度报告相加，范围按下限计；不少于这个数")
    assert show_total(total("1名", "2名", qualifier=Qualifier.EXACT)).sense == "2 地年度报告相加"


def test_numbers_are_shown_as_they_are_written() -> None:
    shown = [show_number(fact(quote))[:2] for quote in ("三分之二", "10万+", "¥5000", "负3.2%", "近三分之一")]
    assert shown == [("三分之二", ""), ("10万+", ""), ("5000", "元"), ("-3.2", "%"), ("近三分之一", "")]
    assert show_number(fact("三分之二")).machine_value == ""
    assert show_number(fact("负3.2%")).machine_value == "-3.2"


@pytest.mark.parametrize(
    ("growth", "text"),
    [
        (Growth(Decimal("3.5"), "个百分点", exact=True), "比上年升 3.5 个百分点"),
        (Growth(Decimal("-0.3"), "个千分点", exact=False), "比上年约降 0.3 个千分点"),
        (Growth(Decimal("12.5"), "%", exact=True), "比上年增 12.5%"),
    ],
)
def test_growth_names_its_unit(growth: Growth, text: str) -> None:
    view = show_growth(growth)
    assert view is not None
    assert view.text == text


@pytest.mark.parametrize(
    ("quote", "number", "unit", "value"),
    [
        ("5270名", "5270", "名", "5270"),
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
