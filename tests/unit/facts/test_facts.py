from __future__ import annotations

from decimal import Decimal

import pytest

from nianbao.facts.comparison import derive_growth, derive_series, derive_totals
from nianbao.facts.pledges import derive_pledges
from nianbao.facts.summary import (
    SUMMARY_JSON,
    FigureFact,
    ReportSummary,
    derive_figures_by_item,
    derive_summary,
    order_key,
)  # fmt: skip
from nianbao.model import Indicator, Report
from nianbao.text.numerals import Qualifier

INDICATORS = {
    "members": Indicator(id="members", name="新发展团员", unit="名"),
    "rate": Indicator(id="rate", name="录入率", unit="%", aggregate="none"),
}


def make_report(
    *items: dict[str, object],
    period: str = "2023",
    kind: str = "annual",
    plan: tuple[dict[str, object], ...] = (),
    **more: object,
) -> Report:
    parts: list[dict[str, object]] = [{"role": "results", "title": "成绩", "sections": [{"items": list(items)}]}]
    if plan:
        parts.append({"role": "plan", "title": "安排", "sections": [{"items": list(plan)}]})
    return Report.model_validate({"period": period, "kind": kind, "title": "报告", "parts": parts, **more})


def summarize(report: Report, *, district: str = "a", stem: str | None = None) -> ReportSummary:
    return derive_summary(report, derive_figures_by_item(report), district=district, stem=stem or report.period)


def item(name: str, text: str, *figures: tuple[str, str | None], **more: object) -> dict[str, object]:
    listed = [{"quote": quote, "label": f"{name}的数", "indicator": indicator} for quote, indicator in figures]
    return {"id": name, "text": text, "figures": listed, **more}


def year(
    period: str, quote: str, *, district: str = "a", kind: str = "annual", stem: str | None = None
) -> ReportSummary:
    report = make_report(item("join", f"发展团员{quote}。", (quote, "members")), period=period, kind=kind)
    return summarize(report, district=district, stem=stem)


def test_a_summary_survives_json() -> None:
    summary = summarize(
        make_report(
            item("join", "发展团员2万余人，比例12.5%。", ("2万余人", "members"), ("12.5%", None)),
            plan=({"id": "p-a", "text": "明年接着办，办得更好。"},),
            published_on="2024-01-02",
            revisions=[{"date": "2024-03-04", "reason": "改了一个数"}],
        )
    )
    assert SUMMARY_JSON.validate_json(SUMMARY_JSON.dump_json(summary)) == summary
    assert summary.highlights[0].value == Decimal(20000)
    assert summary.highlights[0].qualifier is Qualifier.MORE_THAN
    assert [linked.title for linked in summary.linked_items] == ["明年接着办"]
    assert str(summary.revised_on) == "2024-03-04"


def test_highlights_are_those_named_else_the_most_telling_in_text_order() -> None:
    items = [
        item("small", "办了3场活动。", ("3场", None)),
        item("people", "参加的有5270名团员，用了2天。", ("5270名", None), ("2天", None)),
        item("hidden", "覆盖*人。", ("*人", None)),
        item("money", "筹到50万元。", ("50万元", None)),
    ]
    assert [fact.quote for fact in summarize(make_report(*items)).highlights] == ["3场", "5270名", "50万元"]
    named = summarize(make_report(*items, highlights=["money/50万元", "small/3场"]))
    assert [fact.quote for fact in named.highlights] == ["50万元", "3场"]


def test_reports_are_ordered_by_the_end_of_their_period() -> None:
    stems = ["2023-reform", "2024-H1", "2023", "2023-Q3", "2023-H1"]
    kinds = ["thematic", "interim", "annual", "interim", "interim"]
    periods = ["2023", "2024-H1", "2023", "2023-Q3", "2023-H1"]
    summaries = [year(p, "1名", kind=k, stem=s) for p, k, s in zip(periods, kinds, stems, strict=True)]
    assert [s.stem for s in sorted(summaries, key=order_key)] == [
        "2023-H1",
        "2023-Q3",
        "2023",
        "2023-reform",
        "2024-H1",
    ]


@pytest.mark.parametrize(
    ("before", "after", "change", "exact"),
    [("200名", "259名", "29.5", True), ("200余名", "100名", "-50.0", False), ("3名", "4名", "33.3", True)],
)
def test_growth_is_in_percent_and_exact_only_between_exact_numbers(
    before: str, after: str, change: str, exact: bool
) -> None:
    growth = derive_growth(year("2022", before).indicators[0], year("2023", after).indicators[0])
    assert growth is not None
    assert (f"{growth.change:.1f}", growth.exact, growth.unit) == (change, exact, "%")


def test_growth_of_a_rate_is_in_points_and_none_is_made_of_what_is_withheld_a_range_or_zero() -> None:
    def fact(quote: str) -> FigureFact:
        return summarize(make_report(item("x", f"达到{quote}。", (quote, None)))).highlights[0]

    growth = derive_growth(fact("95%"), fact("98.5%"))
    assert growth is not None
    assert (growth.change, growth.unit) == (Decimal("3.5"), "个百分点")
    growth = derive_growth(fact("3.1‰"), fact("2.8‰"))
    assert growth is not None
    assert (growth.change, growth.unit) == (Decimal("-0.3"), "个千分点")
    growth = derive_growth(fact("3个百分点"), fact("负1.5个百分点"))
    assert growth is not None
    assert (growth.change, growth.unit) == (Decimal("-4.5"), "个百分点")
    growth = derive_growth(fact("负2%"), fact("4%"))
    assert growth is not None
    assert (growth.change, growth.unit) == (Decimal(6), "个百分点")
    assert derive_growth(fact("5%"), fact("5‰")) is None
    assert derive_growth(fact("1.5倍"), fact("3倍")) is None
    assert derive_growth(fact("三分之一"), fact("三分之二")) is None
    assert derive_growth(fact("负500万元"), fact("300万元")) is None
    withheld = year("2022", "*名").indicators[0]
    assert withheld.value is None
    assert derive_growth(withheld, fact("5名")) is None
    assert derive_growth(fact("5名"), withheld) is None
    assert derive_growth(fact("3-5名"), fact("5名")) is None
    assert derive_growth(fact("0名"), fact("5名")) is None
    assert derive_growth(fact("100名"), fact("不足200名")) is None


def test_a_series_takes_annual_reports_alone_and_growth_only_from_the_year_before() -> None:
    summaries = [
        year("2023", "120名"), year("2020", "80名"), year("2022", "100名"),
        year("2022-H1", "999名", kind="interim"), year("2022", "888名", kind="thematic", stem="2022-reform"),
    ]  # fmt: skip
    (series,) = derive_series(summaries, INDICATORS)
    assert [point.summary.period for point in series.points] == ["2020", "2022", "2023"]
    assert [point.growth.change if point.growth else None for point in series.points] == [None, None, 20]
    assert derive_series(summaries[:1], INDICATORS) == ()


def test_a_total_adds_annual_reports_alone_and_says_how_exact_it_is() -> None:
    exact = [year("2023", "100名", district="a"), year("2023", "50名", district="b")]
    (total,) = derive_totals([*exact, year("2023", "999名", district="c", kind="thematic", stem="2023-x")], INDICATORS)
    assert (total.value, total.qualifier, len(total.parts)) == (Decimal(150), Qualifier.EXACT, 2)
    (total,) = derive_totals([*exact, year("2023", "30余名", district="c")], INDICATORS)
    assert (total.value, total.qualifier) == (Decimal(180), Qualifier.MORE_THAN)
    (total,) = derive_totals([*exact, year("2023", "近30名", district="c")], INDICATORS)
    assert total.qualifier is Qualifier.ABOUT
    (total,) = derive_totals([*exact, year("2023", "*名", district="c")], INDICATORS)
    assert (total.value, total.qualifier, total.left_out_count) == (Decimal(150), Qualifier.AT_LEAST, 1)
    (total,) = derive_totals([*exact, year("2023", "10-20名", district="c")], INDICATORS)
    assert (total.value, total.qualifier, total.left_out_count) == (Decimal(160), Qualifier.AT_LEAST, 0)
    (total,) = derive_totals([*exact, year("2023", "30名以上", district="c")], INDICATORS)
    assert (total.value, total.qualifier) == (Decimal(180), Qualifier.AT_LEAST)
    (total,) = derive_totals([*exact, year("2023", "不足200名", district="c")], INDICATORS)
    assert (total.value, total.qualifier) == (Decimal(350), Qualifier.LESS_THAN)
    assert derive_totals(exact[:1], INDICATORS) == ()


def test_beside_a_withheld_number_only_figures_with_a_lower_end_are_added() -> None:
    """近30 and 不足200 are each less than they say, so that a sum with them would promise too much."""
    exact = [year("2023", "100名", district="a"), year("2023", "50名", district="b")]
    withheld = year("2023", "*名", district="z")
    for quote in ("近30名", "不足200名", "约30名", "约10-20名", "不超过5名"):
        (total,) = derive_totals([*exact, withheld, year("2023", quote, district="c")], INDICATORS)
        assert (total.value, total.qualifier, total.left_out_count) == (Decimal(150), Qualifier.AT_LEAST, 2)
    (total,) = derive_totals([*exact, withheld, year("2023", "30余名", district="c")], INDICATORS)
    assert (total.value, total.qualifier, total.left_out_count) == (Decimal(180), Qualifier.AT_LEAST, 1)
    assert derive_totals([exact[0], withheld, year("2023", "近30名", district="c")], INDICATORS) == ()


def test_a_withheld_number_that_may_be_a_loss_leaves_no_sum() -> None:
    money = {"profit": Indicator(id="profit", name="结余", unit="元")}
    quotes = {"a": "300万元", "b": "负100万元", "c": "*元"}
    reports = [summarize(make_report(item("x", f"结余{q}。", (q, "profit"))), district=d) for d, q in quotes.items()]
    (total,) = derive_totals(reports[:2], money)
    assert (total.value, total.qualifier) == (Decimal(2_000_000), Qualifier.EXACT)
    assert derive_totals(reports, money) == ()


def test_fractions_are_neither_added_nor_compared() -> None:
    thirds = {"share": Indicator(id="share", name="占比", unit="三分之一")}
    reports = [
        summarize(make_report(item("x", "占三分之一。", ("三分之一", "share")), period=period), district=district)
        for district, period in (("a", "2022"), ("b", "2022"), ("a", "2023"))
    ]
    assert derive_totals(reports[:2], thirds) == ()
    assert derive_series([reports[0], reports[2]], thirds) == ()


def test_a_rate_is_not_added_even_where_its_indicator_forgets_to_say_so() -> None:
    rates = {"rate": Indicator(id="rate", name="覆盖率", unit="%")}
    reports = [summarize(make_report(item("x", "覆盖率60%。", ("60%", "rate"))), district=d) for d in "ab"]
    assert derive_totals(reports, rates) == ()


def test_rates_are_not_added() -> None:
    reports = [make_report(item("x", "录入率98%。", ("98%", "rate"))) for _ in "ab"]
    assert derive_totals([summarize(r, district=d) for r, d in zip(reports, "ab", strict=True)], INDICATORS) == ()


def test_pledges_are_kept_by_later_items_that_name_them() -> None:
    plan = (
        {"id": "p-home", "title": "建青年之家", "text": "建起来。"},
        {"id": "p-class", "title": "办课", "text": "办起来。"},
    )
    first = summarize(make_report(item("x", "办了1次。"), plan=plan, period="2022"))
    second = summarize(
        make_report(item("home", "青年之家开门了。", fulfils="2022#p-home", title="青年之家开门"), period="2023")
    )
    pledges = derive_pledges([second, first])
    assert [(p.item.id, [(r.period, i.title) for r, i in p.kept_by]) for p in pledges] == [
        ("p-home", [("2023", "青年之家开门")]),
        ("p-class", []),
    ]
