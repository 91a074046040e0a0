"""The store: registers and reports, whole and broken."""

from __future__ import annotations

import datetime
import pickle
from decimal import Decimal
from pathlib import Path

import pytest

from nianbao.model import Indicator, Kind
from nianbao.sources.figure_checks import check_figures
from nianbao.sources.store import list_report_paths, locate_entry, read_districts, read_indicators, read_report
from nianbao.text.numerals import find_quantities

ROOT = Path(__file__).parents[3]
BASIC = ROOT / "tests/sites/basic"

REPORT = """\
schema: 1
period: 2023
kind: annual
title: 2023
published_on: 2024-01-12
parts:
  - role: results
    title: 1.50
    sections:
      - items:
          - id: study
            text: 覆盖5270名团员，讲了近40场。
            figures:
              - {quote: 5270名, label: 团员, value: 5270, indicator: members}
              - {quote: 近40场, label: no, value: 40.0, qualifier: nearly}
"""
MEMBERS = {"members": Indicator(id="members", name="团员", unit="人")}


def write_report(root: Path, text: str, *, stem: str = "2023") -> Path:
    path = root / "data/dongli" / f"{stem}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_report_is_read_with_numbers_as_text_where_text_is_meant(tmp_path: Path) -> None:
    report, errors = read_report(write_report(tmp_path, REPORT), root=tmp_path, indicators=MEMBERS)
    assert errors == ()
    assert report is not None
    assert (report.period, report.title, report.parts[0].title) == ("2023", "2023", "1.50")
    assert report.kind is Kind.ANNUAL
    assert report.published_on == datetime.date(2024, 1, 12)
    first, second = report.items[0].figures
    assert first.value == Decimal(5270)
    assert second.label == "no"


def test_raw_content_is_used_in_place_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "data/dongli/2023.yml"
    report, errors = read_report(path, root=tmp_path, raw=REPORT.encode(), indicators=MEMBERS)
    assert report is not None
    assert errors == ()


def test_a_report_of_sound_fields_is_given_with_its_mistakes(tmp_path: Path) -> None:
    path = write_report(tmp_path, REPORT.replace("quote: 5270名", "quote: 5271名"))
    report, errors = read_report(path, root=tmp_path, indicators=MEMBERS)
    assert report is not None
    assert [(error.line, error.fix) for error in errors] == [(14, "正文写的是“5270名”")]


def test_a_broken_report_still_shows_the_mistakes_of_its_sound_pieces(tmp_path: Path) -> None:
    text = REPORT.replace("title: 2023", "title: []").replace("quote: 5270名", "quote: 5271名")
    text = text.replace("value: 40.0", "value: 41")
    report, errors = read_report(write_report(tmp_path, text, stem="2022"), root=tmp_path, indicators=MEMBERS)
    assert report is None
    assert [error.line for error in errors] == [2, 4, 14, 15]


def test_without_indicators_none_is_missed(tmp_path: Path) -> None:
    path = write_report(tmp_path, REPORT)
    assert read_report(path, root=tmp_path)[1] == ()
    # data/indicators.yml is not there: only a near miss needs its lines.
    assert [error.problem for error in read_report(path, root=tmp_path, indicators={})[1]] == ["没有“members”这个指标"]


def test_unlike_units_of_an_indicator_are_refused(tmp_path: Path) -> None:
    path = write_report(tmp_path, REPORT)
    for unit, count in {"名": 0, "位": 0, "人": 0, "人次": 1, "个": 1}.items():
        indicators = {"members": Indicator(id="members", name="团员", unit=unit)}
        assert len(read_report(path, root=tmp_path, indicators=indicators)[1]) == count


def test_mistakes_travel_between_processes(tmp_path: Path) -> None:
    errors = read_report(write_report(tmp_path, "schema: 1\n"), root=tmp_path)[1]
    assert len(errors) == 4
    assert pickle.loads(pickle.dumps(errors)) == errors


def test_reports_are_listed_in_order() -> None:
    paths = list_report_paths(BASIC / "data")
    assert [path.relative_to(BASIC / "data").as_posix() for path in paths] == [
        "dongli/2021.yml", "dongli/2022-reading.yml", "dongli/2022.yml", "dongli/2023-H1.yml", "dongli/2023.yml",
        "xiting/2022.yml", "xiting/2023.yml",
    ]  # fmt: skip


def test_registers_keep_their_order() -> None:
    districts, district_errors = read_districts(BASIC / "data", root=BASIC)
    indicators, indicator_errors = read_indicators(BASIC / "data", root=BASIC)
    assert district_errors == indicator_errors == ()
    assert list(districts) == ["dongli", "xiting"]
    assert districts["dongli"].wechat == "青春东篱"
    assert list(indicators) == ["volunteers", "talks", "aid", "night-classes", "satisfaction"]
    assert indicators["satisfaction"].aggregate == "none"


def test_sound_entries_of_a_broken_register_are_given(tmp_path: Path) -> None:
    (tmp_path / "districts.yml").write_text("- {slug: a, name: 甲}\n- {slug: B, name: 乙}\n- {slug: a, name: 丙}\n")
    districts, errors = read_districts(tmp_path, root=tmp_path)
    assert {slug: district.name for slug, district in districts.items()} == {"a": "甲"}
    assert [error.line for error in errors] == [2, 3]


def test_an_entry_is_located_for_messages_as_well_as_can_be(tmp_path: Path) -> None:
    path = tmp_path / "indicators.yml"
    assert locate_entry(path, "id", "a", root=tmp_path) == "indicators.yml"
    path.write_text("- 一句话\n- name: 甲\n  id: a\n- id: 7\n", encoding="utf-8")
    assert locate_entry(path, "id", "a", root=tmp_path) == "indicators.yml:3"
    assert locate_entry(path, "id", "7", root=tmp_path) == "indicators.yml:4"
    assert locate_entry(path, "id", "b", root=tmp_path) == "indicators.yml"


@pytest.mark.parametrize("data_dir", [ROOT / "data", BASIC / "data"], ids=["demo", "basic"])
def test_a_figure_reads_the_same_in_its_sentence_and_alone(data_dir: Path) -> None:
    count = 0
    for path in list_report_paths(data_dir):
        report, _ = read_report(path, root=data_dir.parent)
        assert report is not None
        for item in report.items:
            figures = [figure for figure in item.figures if figure.cell is None]
            assert list(check_figures(item.text, figures)) == []
            for figure in figures:
                assert figure.__dict__["quantity"] == find_quantities(figure.quote)[0]
                count += 1
    assert count > 40
