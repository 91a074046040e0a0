"""A draft is in no file of a site until its last entry is answered; a preview shows it, and both share one cache."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.pipeline.test_build import build, contents, prepare, project  # noqa: F401 - a fixture

from nianbao.pipeline.outputs import OUTPUTS

REVIEW = "\nreview:\n  - place: title\n    question: 标题合适吗？\n    chose: 书屋\n"


def make_draft(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + REVIEW, encoding="utf-8")


def settle(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(REVIEW, ""), encoding="utf-8")


def make(project: Path, *, shows_drafts: bool = False) -> tuple[dict[str, bytes], list[str]]:  # noqa: F811
    prepared = replace(prepare(project), shows_drafts=shows_drafts)
    return contents(project, prepared.run()), prepared.notices


def test_a_draft_is_left_out_everywhere_and_named_at_each_build(project: Path) -> None:  # noqa: F811
    whole = contents(project, build(project))
    report = project / "data/dongli/2023.yml"
    make_draft(report)
    for _ in range(2):  # made, and taken from the cache
        without, notices = make(project)
        assert notices == ["1 份草稿没有发布：data/dongli/2023.yml。逐条核对：nianbao review data/dongli/2023.yml"]
        assert {path for path in whole if path not in without} == {
            path for path in whole if path.startswith("dongli/2023/")
        }
        told = {path for path, content in without.items() if "书屋开门那天".encode() in content}
        assert told == set(), "its title, in the lists of others"
        assert b"dongli/2023/" not in b"".join(without.values()), "links, figures.csv, the sitemap"
    settle(report)
    again, notices = make(project)
    assert (again, notices) == (whole, [])


def test_a_draft_is_the_same_to_a_cache_as_to_none(project: Path) -> None:  # noqa: F811
    build(project)
    make_draft(project / "data/dongli/2022.yml")
    warm, _ = make(project)
    assert warm == contents(project, build(project, cache="cold"), cache="cold")


def test_a_year_and_a_district_of_nothing_but_drafts_have_no_page(project: Path) -> None:  # noqa: F811
    for path in (project / "data/xiting").glob("*.yml"):
        make_draft(path)
    (project / "data/dongli/2021.yml").rename(project / "data/dongli/2019.yml")
    edited = project / "data/dongli/2019.yml"
    edited.write_text(re.sub(r"(?m)^period: .*$", "period: 2019", edited.read_text(encoding="utf-8")), encoding="utf-8")
    pledge = project / "data/dongli/2022.yml"
    pledge.write_text(pledge.read_text(encoding="utf-8").replace("2021#", "2019#"), encoding="utf-8")
    make_draft(edited)
    made, _ = make(project)
    assert not [path for path in made if path.startswith(("xiting/", "2019/"))]
    everything = b"".join(made.values())
    assert b"xiting" not in everything
    assert b"2019/" not in everything, "neither a year's link nor a pledge's"
    assert "兑现".encode() in made["dongli/2023/index.html"], "other pledges"


def test_a_draft_with_mistakes_keeps_no_other_report_back(project: Path) -> None:  # noqa: F811
    report = project / "data/dongli/2023.yml"
    make_draft(report)
    for spoil in (lambda text: text.replace("kind: annual\n", ""), lambda text: text + "# " + "长" * 200_000):
        report.write_text(spoil(report.read_text(encoding="utf-8")), encoding="utf-8")
        made, notices = make(project)
        assert "dongli/2022/index.html" in made
        assert len(notices) == 1


@pytest.mark.parametrize("first", [True, False])
def test_preview_and_build_share_a_cache_and_no_page(project: Path, first: bool) -> None:  # noqa: F811
    make_draft(project / "data/dongli/2023.yml")
    for shows_drafts in (first, not first, first):
        made, notices = make(project, shows_drafts=shows_drafts)
        assert ("dongli/2023/index.html" in made) is shows_drafts
        assert bool(notices) is not shows_drafts


def test_a_preview_draws_no_picture_of_a_draft_and_marks_it_in_lists(project: Path) -> None:  # noqa: F811
    (project / "data/xiting/2023.yml").unlink()
    for path in (project / "data").glob("*/*.yml"):
        make_draft(path)
    prepared = replace(prepare(project, outputs=OUTPUTS), shows_drafts=True)
    made = contents(project, prepared.run())
    assert not [path for path in made if path.endswith(".png") or "/cards/" in path]
    page = made["dongli/2023/index.html"].decode()
    assert 'href="#_review-1"' in page
    assert 'id="_review-1"' in page
    assert "张卡片" not in page
    for path in ("dongli/index.html", "2023/index.html", "archive/index.html"):
        assert '<span class="tag tag-draft">草稿</span>' in made[path].decode(), path
