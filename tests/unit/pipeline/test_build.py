"""The pipeline without MkDocs: what is made anew, what is taken from the cache, and that both give the same bytes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.site_building import ROOT

from nianbao.errors import DataErrors
from nianbao.pipeline.build import BuildResult, build_pages, check_data, read_data_folder
from nianbao.pipeline.cache import CachedPage, Entry, PageStore, digest, read_index, write_index
from nianbao.pipeline.options import read_options
from nianbao.pipeline.site import write_sitemap
from nianbao.writers.pages import Shell, SiteView

SHELLS = {depth: Shell("<!doctype html><html><head>", "</head><body>", "</body></html>") for depth in (1, 2)}
SITE = SiteView("年报", "https://example.org/", "example.org", "", "", "", "", "", "s.css", "s.js", "i.svg", "p.png")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "sites" / "basic" / "data", tmp_path / "data")
    return tmp_path


def build(project: Path, *, cache: str = "cache", workers: int = 1) -> BuildResult:
    folder = read_data_folder(project / "data", root=project)
    return build_pages(
        folder, templates_dir=ROOT / "overrides", cache_dir=project / cache, shells=SHELLS, site=SITE, workers=workers
    )


def contents(project: Path, result: BuildResult, *, cache: str = "cache") -> dict[str, bytes]:
    store = PageStore(project / cache)
    return {page.site_path: Path(store.locate(page.name)).read_bytes() for page in result.pages}


def first_report(project: Path) -> Path:
    return sorted((project / "data").glob("*/2023.yml"))[0]


def test_the_same_input_gives_the_same_bytes_alone_and_in_a_pool(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = contents(project, build(project))
    monkeypatch.setattr("nianbao.pipeline.workers.POOL_FROM_REPORTS", 1)
    pooled = build(project, cache="other", workers=2)
    assert contents(project, pooled, cache="other") == alone


def test_a_second_build_makes_nothing_and_one_edit_only_what_depends_on_it(project: Path) -> None:
    first = build(project)
    assert first.written > 5
    second = build(project)
    assert second.written == 0
    assert second.pages == first.pages

    report = first_report(project)
    report.write_text(report.read_text(encoding="utf-8").replace("title: ", "title: 改了", 1), encoding="utf-8")
    edited = build(project)
    before, after = contents(project, first), contents(project, edited)
    changed = {path for path in after if after[path] != before.get(path)}
    slug = report.parent.name
    assert f"{slug}/2023/index.html" in changed
    assert {path for path in changed if path.startswith(tuple("0123456789"))} == {"2023/index.html"}
    assert {path.split("/")[0] for path in changed} <= {slug, "2023", "archive"}
    districts = len(list((project / "data").glob("*/")))
    assert edited.written < first.written or districts == 1


def test_an_edit_gives_the_same_bytes_as_a_build_from_nothing(project: Path) -> None:
    build(project)
    report = first_report(project)
    report.write_text(report.read_text(encoding="utf-8").replace("title: ", "title: 改了", 1), encoding="utf-8")
    assert contents(project, build(project)) == contents(project, build(project, cache="fresh"), cache="fresh")


def test_a_page_that_was_changed_in_place_is_made_again(project: Path) -> None:
    first = build(project)
    page = next(page for page in first.pages if page.site_path.count("/") == 2)
    path = Path(PageStore(project / "cache").locate(page.name))
    good = path.read_bytes()
    path.write_bytes(b"defaced")
    again = build(project)
    assert again.written > 0
    assert contents(project, again)[page.site_path] == good


def test_a_broken_index_is_no_index(project: Path) -> None:
    first = build(project)
    (project / "cache" / "index.json").write_text('{"format": 1, "entries": {"x": [1]}}', encoding="utf-8")
    assert contents(project, build(project)) == contents(project, first)


def test_removed_reports_leave_no_page(project: Path) -> None:
    first = build(project)
    before = {page.site_path for page in first.pages}
    gone = project / "data" / "dongli" / "2022-reading.yml"
    gone.unlink()
    after = {page.site_path for page in build(project).pages}
    assert f"{gone.parent.name}/{gone.stem.lower()}/index.html" in before - after


def test_mistakes_stop_the_build_and_are_those_of_the_check(project: Path) -> None:
    report = first_report(project)
    report.write_text(report.read_text(encoding="utf-8").replace("kind: annual", "kind: anual"), encoding="utf-8")
    with pytest.raises(DataErrors) as failure:
        build(project)
    assert failure.value.errors == check_data(read_data_folder(project / "data", root=project), workers=1)
    assert "anual" in str(failure.value)


def test_the_index_is_read_back(tmp_path: Path) -> None:
    entries = {"district:a": Entry("key", (CachedPage("a/index.html", "abcd", 3, 5),), ('{"x":1}',))}
    write_index(tmp_path / "i.json", entries)
    assert read_index(tmp_path / "i.json") == entries
    assert read_index(tmp_path / "missing.json") == {}


def test_the_store_names_by_content(tmp_path: Path) -> None:
    store = PageStore(tmp_path)
    one, two = store.keep("a/index.html", b"same"), store.keep("b/index.html", b"same")
    assert one.name == two.name == digest(b"same")
    assert store.is_whole(one)
    Path(store.locate(one.name)).unlink()
    assert not store.is_whole(one)


def test_digest_tells_parts_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc")


def test_options_are_checked_in_chinese() -> None:
    assert read_options(None).cards
    with pytest.raises(DataErrors) as failure:
        read_options({"publishr": "x"})
    assert "extra.nianbao.publishr" in str(failure.value)
    assert "publisher" in str(failure.value)


def test_a_sitemap_names_every_page_once_sorted_and_needs_an_address() -> None:
    sitemap = write_sitemap("https://example.org/a/", ["b/index.html", "./", "a/index.html"])
    assert sitemap
    text = sitemap.content.decode()
    assert text.index("<loc>https://example.org/a/</loc>") < text.index("/a/a/</loc>") < text.index("/a/b/</loc>")
    assert write_sitemap("", ["b/index.html"]) is None
