"""A new report's file: regular, to be filled in, and never in the place of another."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.site_building import check_folder

from nianbao.errors import DataErrors
from nianbao.sources.scaffold import new_report
from nianbao.sources.store import read_report


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/districts.yml").write_text("- {slug: dongli, name: 东篱}\n")
    (tmp_path / "data/indicators.yml").write_text("[]\n")
    return tmp_path


@pytest.mark.parametrize(
    ("period", "topic", "name"),
    [
        ("2024", None, "2024.yml"),
        ("2024-H1", None, "2024-H1.yml"),
        ("2024-Q3", None, "2024-Q3.yml"),
        ("2024", "reform", "2024-reform.yml"),
    ],
)
def test_a_check_lists_exactly_what_is_to_be_filled_in(root: Path, period: str, topic: str | None, name: str) -> None:
    path = new_report(root / "data", "dongli", period, root=root, topic=topic)
    assert path == root / "data/dongli" / name
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# yaml-language-server: $schema=../schema/report.schema.json"
    errors = check_folder(root / "data", root=root)
    required = [number for number, line in enumerate(lines, start=1) if "# 必填" in line]
    assert [(error.line, error.problem) for error in errors] == [(number, "没有内容") for number in required]
    assert len(required) == 4
    filled = path.read_text(encoding="utf-8").replace(":  # 必填", ": 写好了。  #")
    path.write_text(filled, encoding="utf-8")
    assert check_folder(root / "data", root=root) == ()
    assert read_report(path, root=root)[0] is not None


def test_the_example_of_a_figure_and_its_highlight_can_be_taken_as_it_is(root: Path) -> None:
    indicators = "- {id: members-in-education, name: 参加主题教育的团员, unit: 名}\n"
    (root / "data/indicators.yml").write_text(indicators, encoding="utf-8")
    path = new_report(root / "data", "dongli", "2024", root=root)
    text = path.read_text(encoding="utf-8").replace(":  # 必填", ": 覆盖5270名团员。  #")
    for shown, taken in (("figures: []", "figures:"), ("#  - {id:", "  - {id:"), ("# highlights:", "highlights:")):
        assert text.count(shown) == 1
        text = text.replace(shown, taken)
    path.write_text(text, encoding="utf-8")
    assert check_folder(root / "data", root=root) == ()
    report, _ = read_report(path, root=root)
    assert report is not None
    assert [figure.id for item in report.items for figure in item.figures] == ["members"]
    assert report.highlights == ("item-1/members",)


def test_nothing_is_overwritten_and_nothing_left_beside(root: Path) -> None:
    path = new_report(root / "data", "dongli", "2024", root=root)
    path.write_text("我写的\n", encoding="utf-8")
    with pytest.raises(DataErrors, match="已经有这份报告了"):
        new_report(root / "data", "dongli", "2024", root=root)
    assert path.read_text(encoding="utf-8") == "我写的\n"
    assert [entry.name for entry in path.parent.iterdir()] == ["2024.yml"]


@pytest.mark.parametrize(
    ("slug", "period", "topic", "message"),
    [
        ("dongly", "2024", None, "没有“dongly”这个地区\n  改法：是否指 dongli（data/districts.yml:1）"),
        ("nowhere", "2024", None, "没有“nowhere”这个地区\n  改法：先在 data/districts.yml 里添上它"),
        ("../dongli", "2024", None, "没有“../dongli”这个地区"),
        ("dongli", "2024h1", None, "“2024h1”不是报告的时段"),
        ("dongli", "2024", "h1", "“h1”不能作专题的代号"),
        ("dongli", "2024", "../x", "“../x”不能作专题的代号"),
    ],
)
def test_wrong_names_are_explained(root: Path, slug: str, period: str, topic: str | None, message: str) -> None:
    with pytest.raises(DataErrors) as caught:
        new_report(root / "data", slug, period, root=root, topic=topic)
    assert str(caught.value).startswith(message)
    assert sorted(entry.name for entry in (root / "data").iterdir()) == ["districts.yml", "indicators.yml"]
