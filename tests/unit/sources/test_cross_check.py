"""Between reports: one address each, pledges that lead somewhere."""

from __future__ import annotations

from pathlib import Path

from nianbao.model import Kind, Role
from nianbao.sources.cross_check import ItemRecord, ReportRecord, cross_check


def record(
    stem: str, *items: tuple[str, Role, str | None], kind: Kind = Kind.ANNUAL, district: str = "a"
) -> ReportRecord:
    recorded = tuple(
        ItemRecord(("parts", 0, "sections", 0, "items", index), item_id, role, fulfils)
        for index, (item_id, role, fulfils) in enumerate(items)
    )
    return ReportRecord(f"data/{district}/{stem}.yml", district, stem, stem[:4] + stem[4:7].upper(), kind, recorded)


def problems(*reports: ReportRecord, root: Path = Path("/nowhere")) -> list[str]:
    return [error.problem for error in cross_check(reports, root=root)]


def test_addresses_differ_by_more_than_their_case() -> None:
    upper, lower = record("2024-H1", kind=Kind.INTERIM), record("2024-h1", kind=Kind.INTERIM)
    assert problems(lower, upper) == [
        "与 data/a/2024-H1.yml 的网址相同（不分大小写）",
        "与 data/a/2024-H1.yml 是同一期（2024-H1）",
    ]
    assert problems(upper, record("2024-H1", kind=Kind.INTERIM, district="b")) == []


def test_one_period_may_have_thematic_reports_beside_its_own() -> None:
    thematic = [ReportRecord(f"data/a/2022-{t}.yml", "a", f"2022-{t}", "2022", Kind.THEMATIC, ()) for t in ("b", "c")]
    assert problems(record("2022"), *thematic) == []


def test_a_pledge_may_be_kept_by_any_later_report() -> None:
    plan = record("2022", ("p-a", Role.PLAN, None))
    done = ("done", Role.RESULTS, "2022#p-a")
    assert problems(plan, record("2023-H1", done, kind=Kind.INTERIM), record("2023", done)) == []
    assert problems(plan, record("2022-H2", done, kind=Kind.INTERIM)) == ["“2022”不比本报告早"]
    assert problems(plan, record("2023", done, district="b")) == ["本地区没有“2022”这份报告"]


def test_the_year_may_keep_what_its_half_promised() -> None:
    half = record("2023-H1", ("p-a", Role.PLAN, None), kind=Kind.INTERIM)
    assert problems(half, record("2023", ("done", Role.RESULTS, "2023-H1#p-a"))) == []


def test_a_pledge_of_a_report_that_could_not_be_read_is_not_missed(tmp_path: Path) -> None:
    done = record("2023", ("done", Role.RESULTS, "2022#p-a"))
    assert problems(done, root=tmp_path) == ["本地区没有“2022”这份报告"]
    (tmp_path / "data/a").mkdir(parents=True)
    (tmp_path / "data/a/2022.yml").write_text("broken: [")
    assert problems(done, root=tmp_path) == []


def test_the_suggestion_is_a_report_that_has_the_item() -> None:
    done = record("2023", ("done", Role.RESULTS, "2020#p-a"))
    reports = (record("2021", ("p-b", Role.PLAN, None)), record("2022", ("p-a", Role.PLAN, None)), done)
    assert [error.fix for error in cross_check(reports, root=Path("/nowhere"))] == ["是否指 2022#p-a"]
