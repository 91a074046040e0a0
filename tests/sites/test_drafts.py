"""Drafts in real builds and previews: a build goes on without them and says so, a preview shows them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site_building import ROOT, make_project, run_mkdocs
from tests.sites.test_serve import Preview

_BASIC = ROOT / "tests" / "sites" / "basic" / "data"
REVIEW = """
review:
  - place: parts[0].sections[0].items[0].figures[0].label
    question: 这个数说的是什么？
    chose: 书屋藏书
    source: 书屋9月28日开门，藏书2300册。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project in which dongli/2023 is a draft."""
    made = make_project(tmp_path / "p", data_dir=_BASIC)
    report = made / "data/dongli/2023.yml"
    report.write_text(report.read_text(encoding="utf-8") + REVIEW, encoding="utf-8")
    return made


def run_nianbao(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nianbao", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)


def test_a_strict_build_goes_on_without_the_draft_and_says_so(folder: Path) -> None:
    for _ in range(2):
        done = run_mkdocs(folder, "build", "--strict")
        assert done.returncode == 0, done.stderr
        assert "1 份草稿没有发布：data/dongli/2023.yml。" in done.stderr
    pages = {path.relative_to(folder / "site").as_posix() for path in (folder / "site").rglob("*.html")}
    assert "dongli/2022/index.html" in pages
    assert not [page for page in pages if page.startswith("dongli/2023/")]
    everything = b"".join(path.read_bytes() for path in (folder / "site").rglob("*") if path.is_file())
    assert "书屋开门那天下着雨".encode() not in everything

    report = folder / "data/dongli/2023.yml"
    report.write_text(report.read_text(encoding="utf-8").replace(REVIEW, ""), encoding="utf-8")
    done = run_mkdocs(folder, "build", "--strict")
    assert "草稿" not in done.stderr
    assert "书屋开门那天下着雨" in (folder / "site/dongli/2023/index.html").read_text(encoding="utf-8")


def test_check_names_it_on_the_line_of_its_place(folder: Path) -> None:
    lines = (folder / "data/dongli/2023.yml").read_text(encoding="utf-8").split("\n")
    line = next(number for number, text in enumerate(lines, 1) if "label: 书屋藏书" in text)
    done = run_nianbao(folder, "check")
    assert done.returncode == 1
    assert done.stderr == (
        f"data/dongli/2023.yml:{line}: parts[0].sections[0].items[0].figures[0].label: 请核对：这个数说的是什么？"
        "（现在写的是“书屋藏书”）\n"
        "  改法：对，就删去 review 里的这一条；不对，先改好这里；逐条核对：nianbao review data/dongli/2023.yml\n"
        "共 1 处需要改。\n"
    )
    done = run_nianbao(folder, "check", "--format", "json")
    assert done.returncode == 1
    assert [(told["file"], told["line"]) for told in json.loads(done.stdout)] == [("data/dongli/2023.yml", line)]


def test_no_card_of_a_draft_is_drawn(folder: Path) -> None:
    done = run_nianbao(folder, "cards", "dongli/2023", "--out", "out")
    assert done.returncode == 1
    assert "dongli/2023 是草稿，没有画。先核对：nianbao review data/dongli/2023.yml" in done.stderr
    done = run_nianbao(folder, "cards", "dongli/2023", "xiting/2022", "--only", "cover", "--out", "out")
    assert done.returncode == 0, done.stderr
    assert [path.relative_to(folder / "out").as_posix() for path in (folder / "out").rglob("*.png")] == [
        "xiting/2022/01-cover.png"
    ]


def test_a_preview_shows_it_until_it_is_settled(folder: Path) -> None:
    running = Preview(folder)
    try:
        page = running.read("dongli/2023/")
        assert "<strong>草稿</strong>" in page, running.printed
        assert "nianbao review data/dongli/2023.yml" in page
        assert 'id="_review-1"' in page
        assert "份草稿没有发布" not in running.printed
        report = folder / "data/dongli/2023.yml"
        report.write_text(report.read_text(encoding="utf-8").replace(REVIEW, ""), encoding="utf-8")
        assert running.wait(lambda: "<strong>草稿</strong>" not in running.read("dongli/2023/")), running.printed
    finally:
        running.end()
