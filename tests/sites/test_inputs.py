"""Change X, page Y changes: for each input of a build, and what a changed cache gives is what a cold one gives."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from tests.site_building import ROOT


class Project:
    """A project of its own: program, templates, pages and data are copies that a test may change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("docs", "overrides", "hooks"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        shutil.copytree(ROOT / "tests" / "sites" / "basic" / "data", folder / "data")
        shutil.copytree(ROOT / "data" / "schema", folder / "data" / "schema")
        settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
        settings["extra"]["nianbao"].update({"cards": True, "workers": 1})
        (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs that runs this copy of the program."""
        return {**os.environ, "PYTHONPATH": str(self.folder / "hooks"), "NO_MKDOCS_2_WARNING": "1"}

    def build(self, *, umask: int = 0o022) -> dict[str, bytes]:
        """Build strictly with the copy of the program; return the site by path."""
        command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, check=False, timeout=300, umask=umask,
            env=self.environment,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        self.printed = done.stderr
        return self.read()

    def read(self) -> dict[str, bytes]:
        paths = (path for path in self.site.rglob("*") if path.is_file())
        return {path.relative_to(self.site).as_posix(): path.read_bytes() for path in paths}

    def forget(self) -> None:
        for path in (self.folder / ".cache", self.site, self.folder / ".site.spare"):
            shutil.rmtree(path, ignore_errors=True)

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def set(self, **values: object) -> None:
        path = self.folder / "mkdocs.yml"
        settings = yaml.safe_load(path.read_text(encoding="utf-8"))
        for key, value in values.items():
            (settings["extra"]["nianbao"] if key.startswith("own_") else settings)[key.removeprefix("own_")] = value
        path.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project(tmp_path_factory.mktemp("inputs") / "p")
    made.build()
    return made


REPORT = "dongli/2023/index.html"
YEAR, ARCHIVE, HOME, DISTRICT = "2023/index.html", "archive/index.html", "index.html", "dongli/index.html"
WALL, TABLE, RECORD, ABOUT = (
    "dongli/2023/cards/index.html",
    "data/figures.csv",
    "dongli/2023/report.json",
    "about/index.html",
)


def _add_partial(project: Project) -> None:
    (project.folder / "hooks/nianbao/theme/nianbao/parts").mkdir()
    (project.folder / "hooks/nianbao/theme/nianbao/parts/own.html").write_text("<p>一个部分</p>", encoding="utf-8")
    project.edit(
        "hooks/nianbao/theme/nianbao/report.html", "</article>", '{% include "nianbao/parts/own.html" %}</article>'
    )


@dataclass(frozen=True)
class Change:
    """One edit of one input: paths that must change by it, and paths that must not."""

    name: str
    make: Callable[[Project], None]
    changed: set[str]
    kept: set[str] = field(default_factory=set)


def _edit(file: str, old: str, new: str) -> Callable[[Project], None]:
    return lambda project: project.edit(file, old, new)


CHANGES = (
    Change("a partial that a template includes", _add_partial, {REPORT}, {RECORD, TABLE}),
    Change(
        "the partial",
        _edit("hooks/nianbao/theme/nianbao/parts/own.html", "一个部分", "改了的部分"),
        {REPORT},
        {RECORD, TABLE},
    ),
    Change("a macro", _edit("hooks/nianbao/theme/nianbao/macros.html", "往前", "更早"), {REPORT}, {RECORD}),
    Change(
        "the shell",
        _edit("hooks/nianbao/theme/nianbao/light.html", "跳到正文", "到正文"),
        {REPORT, YEAR, HOME},
        {TABLE},
    ),
    Change(
        "the style",
        _edit("hooks/nianbao/theme/nianbao/style.css", "*, ::before", "/**/ *, ::before"),
        {REPORT, WALL, HOME},
        {RECORD},
    ),
    Change("the home page", _edit("hooks/nianbao/theme/home.html", "每个地区一页", "一个地区一页"), {HOME}, {RECORD}),
    Change("a Markdown page", _edit("docs/about.md", "#", "# 改了 "), {ABOUT}, {RECORD, TABLE}),
    Change("a module", _edit("hooks/nianbao/writers/inline.py", "存为图片", "存成图片"), {REPORT}),
    Change("a layout", _edit("hooks/nianbao/writers/cards/frame.py", "长按识别", "长按看"), {WALL, REPORT}),
    Change("the site's name", lambda p: p.set(site_name="别的名字"), {REPORT, YEAR, ARCHIVE, HOME, ABOUT}),
    Change(
        "the site's address",
        lambda p: p.set(site_url="https://other.example/"),
        {REPORT, YEAR, WALL, TABLE, RECORD, "sitemap.xml"},
    ),
    Change("the footer", lambda p: p.set(own_publisher="主办的单位"), {REPORT, YEAR, HOME, ABOUT}),
    Change(
        "a district's name",
        _edit("data/districts.yml", "name: ", "name: 改"),
        {DISTRICT, REPORT, YEAR, ARCHIVE, HOME, TABLE},
    ),
    Change("an indicator's name", _edit("data/indicators.yml", "name: ", "name: 改"), {DISTRICT}),
    Change(
        "a report's title",
        _edit("data/dongli/2023.yml", "title: ", "title: 改"),
        {REPORT, YEAR, ARCHIVE, DISTRICT, RECORD, WALL},
        {"2022/index.html"},
    ),
    Change(
        "a neighbour's title",
        _edit("data/dongli/2022-reading.yml", "title: ", "title: 改"),
        {REPORT, "dongli/2022-reading/index.html"},
        {YEAR},
    ),
    Change("whether cards are made", lambda p: p.set(own_cards=False), {REPORT}, {RECORD}),
)


def test_each_input_is_seen_and_nothing_else_is_made_anew(project: Project) -> None:
    """One project goes through all changes, one after the other."""
    before = project.read()
    for change in CHANGES:
        change.make(project)
        after = project.build()
        changed = {path for path in after if before.get(path) != after[path]}
        assert change.changed <= changed, f"{change.name}: {change.changed - changed} did not change"
        assert not change.kept & changed, f"{change.name}: {change.kept & changed} changed"
        before = after
    assert not any(path.endswith(".png") and "cards" in path for path in before), "without cards there is no picture"
    # What all these edits left is what a build from nothing makes: an upgrade of the program was among them.
    project.forget()
    assert project.build() == before


@pytest.fixture
def fresh(tmp_path: Path) -> Project:
    made = Project(tmp_path / "p")
    made.set(own_cards=False)
    return made


def test_a_page_defaced_in_place_does_not_survive(fresh: Project) -> None:
    good = fresh.build()
    fresh.build()
    for name in (REPORT, ABOUT, TABLE):
        path = fresh.site / name
        status = path.stat()
        content = path.read_bytes()
        defaced = content.replace(content[40:60], b"x" * 20, 1)
        with path.open("r+b") as stream:  # in place: the same inode, size and time
            stream.write(defaced)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert path.stat().st_size == status.st_size
        assert path.read_bytes() != content
    assert fresh.build() == good
    assert fresh.build() == good, "nor in the folder that takes its turn"


def test_strange_files_in_the_site_are_gone(fresh: Project) -> None:
    good = fresh.build()
    fresh.build()
    for place in (fresh.site, fresh.folder / ".site.spare"):
        (place / "stray").mkdir()
        (place / "stray" / "page.html").write_text("x", encoding="utf-8")
        shutil.rmtree(place / "dongli")
        (place / "dongli").write_text("a file where a folder was", encoding="utf-8")
    assert fresh.build() == good
    assert fresh.build() == good


@pytest.mark.parametrize("kind", ["garbage", "folder", "link"])
def test_a_spoilt_cache_is_made_anew_with_a_word(fresh: Project, kind: str) -> None:
    good = fresh.build()
    spoilt = [path for path in (fresh.folder / ".cache").rglob("*") if path.is_file()]
    for path in spoilt:
        path.unlink()
        if kind == "garbage":
            path.write_bytes(b"\x00garbage")
        elif kind == "folder":
            path.mkdir()
        else:
            path.symlink_to("/etc/hostname")
    assert fresh.build() == good
    assert "缓存" in fresh.printed
    assert fresh.build() == good


def test_an_index_that_another_program_holds_is_told_without_a_traceback(fresh: Project) -> None:
    fresh.build()
    with contextlib.closing(sqlite3.connect(fresh.folder / ".cache/nianbao/index.sqlite3")) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build"], cwd=fresh.folder, capture_output=True, text=True, check=False,
            timeout=300, env=fresh.environment,
        )  # fmt: skip
    assert done.returncode == 1
    assert "正被另一个程序占用" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_is_left_of_what_is_not_made_any_more(fresh: Project) -> None:
    cache = fresh.folder / ".cache" / "nianbao"
    fresh.build()
    (fresh.folder / "data/dongli/2022-reading.yml").unlink()
    (cache / "pages" / "stray").write_text("x", encoding="utf-8")
    (cache / "templates" / "other").mkdir()
    for path in cache.rglob("*"):
        os.utime(path, (0, 0))
    fresh.build()
    outputs = sqlite3.connect(cache / "index.sqlite3").execute("SELECT files, part FROM outputs").fetchall()
    used = {file[1] for files, _ in outputs for file in json.loads(files)} | {part for _, part in outputs if part}
    assert {path.name for path in (cache / "pages").rglob("*") if path.is_file()} == used
    assert len(list((cache / "templates").iterdir())) == 2, "MkDocs's environment and ours"


def test_modes_are_the_same_under_any_umask(fresh: Project) -> None:
    fresh.build(umask=0o077)
    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in fresh.site.rglob("*")}
    assert modes == {(True, 0o755), (False, 0o644)}
    assert fresh.site.stat().st_mode & 0o777 == 0o755
