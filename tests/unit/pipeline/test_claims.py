"""Which folders are taken as cache or site: none that people use, and none that holds something else."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from nianbao.pipeline.claims import explain_cache, explain_site, make_cache


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("docs", "data", "mine", "empty"):
        (tmp_path / "p" / name).mkdir(parents=True)
    for name in ("mkdocs.yml", "mine/notes.txt"):
        (tmp_path / "p" / name).touch()
    return tmp_path / "p"


def list_used(project: Path) -> Mapping[Path, str]:
    return {project: "", project / "docs": " docs/ ", project / "data": " data/ ", project / "mkdocs.yml": "mkdocs.yml"}


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (".", "就是整个项目"),
        ("..", "里面有整个项目"),
        ("docs", "就是 docs/"),
        ("docs/new", "在 docs/ 里面"),
        ("data", "就是 data/"),
        ("empty/../data", "就是 data/"),
        ("mkdocs.yml", "不是文件夹"),
        ("mkdocs.yml/new", "不是文件夹"),
        ("mine", "（notes.txt）"),
    ],
)
def test_a_place_of_other_use_is_refused(project: Path, place: str, said: str) -> None:
    for refused in (
        explain_cache(project / place, list_used(project)),
        explain_site(project / place, project / ".spare", list_used(project)),
    ):
        assert refused is not None
        assert said in refused[0]


@pytest.mark.parametrize("place", ["empty", "new", "new/below", "../beside"])
def test_a_place_of_no_use_is_taken(project: Path, place: str) -> None:
    assert explain_cache(project / place, list_used(project)) is None
    assert explain_site(project / place, project / ".spare", list_used(project)) is None


def put_file(path: Path) -> None:
    path.write_text("theirs", encoding="utf-8")


def put_pipe(path: Path) -> None:
    os.mkfifo(path)


def put_link_to_theirs(path: Path) -> None:
    path.symlink_to("mine")


def put_dangling_link(path: Path) -> None:
    path.symlink_to("nowhere")


def put_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize("put", [put_file, put_pipe, put_link_to_theirs, put_dangling_link, put_link_to_itself])
def test_what_is_no_folder_of_ours_is_refused(project: Path, put: Callable[[Path], None]) -> None:
    put(project / "place")
    for path in (project / "place", project / "place" / "below"):
        if put is put_link_to_theirs and path.name == "below":
            continue  # a new folder in a linked one
        assert explain_cache(path, list_used(project)) is not None
        assert explain_site(path, project / ".spare", list_used(project)) is not None
    assert explain_site(project / "new", project / "place", list_used(project)) is not None, "as the spare folder"


def test_a_cache_is_known_by_its_tag_or_by_what_it_holds(project: Path) -> None:
    cache = project / "new"
    make_cache(cache)
    (cache / "anything").touch()
    assert explain_cache(cache, list_used(project)) is None
    (cache / "CACHEDIR.TAG").write_text("Signature: 8a477f597d28d172789f06886806bc55\n# of cargo\n", encoding="utf-8")
    assert explain_cache(cache, list_used(project)) is not None, "another program's"
    (cache / "anything").unlink()
    (cache / "index.sqlite3").touch()
    assert explain_cache(cache, list_used(project)) is None, "of a version without tags"
    make_cache(cache)
    assert "nianbao" in (cache / "CACHEDIR.TAG").read_text(encoding="utf-8")


def test_a_site_is_known_by_its_assets(project: Path) -> None:
    site = project / "site"
    site.mkdir()
    (site / ".git").touch()
    assert explain_site(site, project / ".spare", list_used(project)) is None, "hidden files are no hindrance"
    (site / "assets").mkdir()
    for name in ("index.html", "404.html", "sitemap.xml", "assets/style.css", "assets/script.0123456789.js"):
        (site / name).touch()
    (project / ".spare").mkdir()
    refused = explain_site(site, project / ".spare", list_used(project))
    assert refused is not None, "of another generator, beside what is left of a site of ours"
    assert "404.html、assets、index.html等" in refused[0]
    for name in ("assets/style.0123456789.css", "assets/icon.0123456789.svg"):
        (site / name).touch()
    assert explain_site(site, project / ".spare", list_used(project)) is None, "as the first version made them"


def test_a_site_is_not_put_into_another(project: Path) -> None:
    (project / "site" / "assets").mkdir(parents=True)
    for name in ("style.0123456789.css", "script.0123456789.js", "icon.0123456789.svg"):
        (project / "site" / "assets" / name).touch()
    for inner in ("site/new", "site/a/b"):
        refused = explain_site(project / inner, project / "site" / ".spare", list_used(project))
        assert refused is not None
        assert f"在已经生成的网站 {project / 'site'} 里面" in refused[0]
