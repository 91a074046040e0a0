"""The build without MkDocs: what is made anew, what is taken from the cache, and that both give the same bytes."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.site_building import ROOT

from nianbao.errors import DataErrors
from nianbao.pipeline.build import INDEX_NAME, BuildResult, SiteBuild
from nianbao.pipeline.check import check_data
from nianbao.pipeline.data_folder import read_data_folder
from nianbao.pipeline.jobs import DistrictJob, JobResult, Workshop, run_district_job
from nianbao.pipeline.options import read_options
from nianbao.pipeline.outputs import OUTPUTS, Output, OutputKind, Scope, choose_outputs
from nianbao.pipeline.store import Store
from nianbao.pipeline.subjects import ReportSubject
from nianbao.theme import THEME_DIR
from nianbao.views.page.site import SiteView
from nianbao.writers.data_files import write_json
from nianbao.writers.pages import PageWriter, Shell

SHELLS = {depth: Shell("<!doctype html><html><head>", "</head><body>", "</body></html>") for depth in (1, 2, 3, 4)}
SITE = SiteView(
    "年报",
    "https://example.org/",
    "example.org",
    "",
    "",
    "",
    "",
    "",
    "s.css",
    "s.js",
    "i.svg",
    "d.css",
    "f.js",
    "p.png",
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "sites" / "basic" / "data", tmp_path / "data")
    return tmp_path


def prepare(
    project: Path,
    *,
    cache: str = "cache",
    workers: int = 1,
    outputs: tuple[Output, ...] = choose_outputs(leave_out=(), cards=False),
) -> SiteBuild:
    folder = read_data_folder(project / "data", root=project)
    return SiteBuild(
        folder,
        (THEME_DIR,),
        project / cache,
        SHELLS,
        SITE,
        outputs,
        draws=any(output.name == "pictures" for output in outputs),
        workers=workers,
        document_paths=["", "about/"],
    )


def build(project: Path, *, cache: str = "cache", workers: int = 1) -> BuildResult:
    return prepare(project, cache=cache, workers=workers).run()


def contents(project: Path, result: BuildResult, *, cache: str = "cache") -> dict[str, bytes]:
    store = Store(project / cache)
    return {file.site_path: Path(store.locate(file.name)).read_bytes() for file in result.files}


def first_report(project: Path) -> Path:
    return sorted((project / "data").glob("*/2023.yml"))[0]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_same_input_gives_the_same_bytes_alone_and_in_a_pool(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = contents(project, build(project))
    monkeypatch.setattr("nianbao.pipeline.workers.POOL_FROM_REPORTS", 1)
    pooled = build(project, cache="other", workers=2)
    assert contents(project, pooled, cache="other") == alone


def test_a_second_build_makes_nothing_and_one_edit_only_what_depends_on_it(project: Path) -> None:
    first = build(project)
    assert len(first.fresh) > 5
    second = build(project)
    assert second.fresh == frozenset()
    assert second.files == first.files

    report = first_report(project)
    edit(report, "title: ", "title: 改了")
    edited = build(project)
    before, after = contents(project, first), contents(project, edited)
    changed = {path for path in after if after[path] != before.get(path)}
    slug = report.parent.name
    assert f"{slug}/2023/index.html" in changed
    assert f"{slug}/2023/report.json" in changed
    assert {path for path in changed if path.startswith(tuple("0123456789"))} == {"2023/index.html"}
    assert {path.split("/")[0] for path in changed} <= {slug, "2023", "archive"}
    assert len(edited.fresh) < len(first.fresh)


def test_a_district_that_joins_costs_its_own_pages(project: Path) -> None:
    before = contents(project, build(project))
    register = project / "data" / "districts.yml"
    register.write_text(register.read_text(encoding="utf-8") + "\n- slug: xinqu\n  name: 新区\n", encoding="utf-8")
    shutil.copytree(project / "data" / "dongli", project / "data" / "xinqu")
    joined = build(project)
    after = contents(project, joined)
    made = {path for path in after if after[path] != before.get(path)}
    assert {path.split("/")[0] for path in made} == {"xinqu", "2021", "2022", "2023", "archive", "data", "sitemap.xml"}
    old = {file.name for file in joined.files if file.site_path.startswith(("dongli/", "xiting/"))}
    # A text without addresses is the same in the copy.
    new = {file.name for file in joined.files if file.site_path.startswith("xinqu/")}
    assert len(old - new) > 5
    assert not (old - new) & joined.fresh


def test_an_edit_gives_the_same_bytes_as_a_build_from_nothing(project: Path) -> None:
    build(project)
    edit(first_report(project), "title: ", "title: 改了")
    assert contents(project, build(project)) == contents(project, build(project, cache="fresh"), cache="fresh")


def test_a_file_found_damaged_is_made_again(project: Path) -> None:
    first = build(project)
    page = next(file for file in first.files if file.site_path.count("/") == 2)
    path = Path(Store(project / "cache").locate(page.name))
    good = path.read_bytes()
    path.write_bytes(b"defaced")
    again = prepare(project)
    again.damaged = {page.site_path}
    assert contents(project, again.run())[page.site_path] == good


def test_a_damaged_part_of_a_table_is_made_again(project: Path) -> None:
    whole = contents(project, build(project))["data/figures.csv"]
    store = Store(project / "cache")
    parts = [
        path
        for path in (project / "cache" / "pages").glob("??/*")
        if path.read_bytes() in whole and path.stat().st_size < len(whole)
    ]
    assert len(parts) == len(list((project / "data").glob("*/")))
    parts[0].write_bytes(b"damaged")
    edit(first_report(project), "title: ", "title: 改了")
    report = first_report(project)
    edit(report, "text: ", "text: 另有1234567名。")
    again = contents(project, build(project))
    assert store.read("0" * 32) is None
    assert again == contents(project, build(project, cache="fresh"), cache="fresh")


def _write_garbage(path: Path) -> None:
    path.write_bytes(b"garbage")


def _make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _make_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


@pytest.mark.parametrize("spoil", [_write_garbage, _make_folder, _make_link])
def test_what_is_no_index_is_made_anew_and_said(project: Path, spoil: Callable[[Path], None]) -> None:
    first = contents(project, build(project))
    spoil(project / "cache" / INDEX_NAME)
    again = prepare(project)
    assert contents(project, again.run()) == first
    assert any("索引" in notice for notice in again.notices)
    assert prepare(project).run().fresh == frozenset()


def test_removed_reports_leave_nothing(project: Path) -> None:
    before = {file.site_path for file in build(project).files}
    gone = project / "data" / "dongli" / "2022-reading.yml"
    gone.unlink()
    after = build(project)
    paths = {file.site_path for file in after.files}
    assert f"{gone.parent.name}/{gone.stem.lower()}/index.html" in before - paths
    assert "2022-reading" not in contents(project, after)["data/figures.csv"].decode()


def test_mistakes_stop_the_build_and_are_those_of_the_check(project: Path) -> None:
    edit(first_report(project), "kind: annual", "kind: anual")
    with pytest.raises(DataErrors) as failure:
        build(project)
    assert failure.value.errors == check_data(read_data_folder(project / "data", root=project), workers=1)
    assert "anual" in str(failure.value)


def test_options_are_checked_in_chinese() -> None:
    assert read_options(None).cards
    with pytest.raises(DataErrors) as failure:
        read_options({"publishr": "x"})
    assert "extra.nianbao.publishr" in str(failure.value)
    assert "publisher" in str(failure.value)


def test_the_sitemap_names_listed_pages_alone(project: Path) -> None:
    outputs = choose_outputs(leave_out=(), cards=True)
    text = contents(project, prepare(project, outputs=outputs).run())["sitemap.xml"].decode()
    named = [line.partition("<loc>https://example.org/")[2].partition("</loc>")[0] for line in text.splitlines()[2:-1]]
    assert named == sorted(named)
    assert {"", "about/", "2023/", "archive/", "dongli/", "dongli/2023/", "dongli/2023/cards/"} <= set(named)
    assert all(name == "" or name.endswith("/") for name in named), "no picture, no data file"
    assert not any("/cards/0" in name for name in named)


def test_figures_are_a_table_with_the_sentence_s_address(project: Path) -> None:
    made = contents(project, build(project))
    text = made["data/figures.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    records = {path: json.loads(made[path]) for path in made if path.endswith("/report.json")}
    assert len(records) == 7
    told = [
        (record["url"], figure)
        for record in records.values()
        for part in record["parts"]
        for section in part.get("sections", ())
        for item in section.get("items", ())
        for figure in item.get("figures", ())
    ]
    assert len(rows) == len(told) > 10
    for row in rows:
        page, _, fragment = row["url"].removeprefix("https://example.org/").partition("#")
        assert f'id="{unquote(fragment)}"' in made[f"{page}index.html"].decode()
    assert {row["url"] for row in rows} == {figure["url"] for _, figure in told}


def test_a_new_output_is_one_line(project: Path) -> None:
    def title_of(subject: ReportSubject, _writer: PageWriter) -> object:
        yield write_json(f"{subject.edition.address.page}title.json", subject.edition.name)

    own = Output("title", Scope.REPORT, OutputKind.FILE, (), title_of)  # type: ignore[arg-type]
    others = [output for output in OUTPUTS if output.scope is not Scope.REPORT]
    made = contents(project, prepare(project, outputs=(*others, own)).run())
    assert made["dongli/2023/title.json"] == '"2023年"\n'.encode()


def test_what_may_be_left_out_is_and_what_no_output_is_called_is_told() -> None:
    names = {output.name for output in choose_outputs(leave_out=["report.json"], cards=True)}
    assert names == {output.name for output in OUTPUTS} - {"report.json"}
    with pytest.raises(DataErrors) as told:
        choose_outputs(leave_out=["report.jsn", "pictures"], cards=True)
    assert [error.problem for error in told.value.errors] == [
        "没有可以不生成的“pictures”", "没有可以不生成的“report.jsn”",
    ]  # fmt: skip


def test_modes_do_not_follow_the_umask(project: Path) -> None:
    old = os.umask(0o077)
    try:
        result = build(project)
    finally:
        os.umask(old)
    store = Store(project / "cache")
    assert {Path(store.locate(file.name)).stat().st_mode & 0o777 for file in result.files} == {0o644}


def test_a_report_saved_while_it_is_built_is_made_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = contents(project, build(project, cache="other"), cache="other")
    report = first_report(project)
    content, status = report.read_bytes(), report.stat()

    def run_late(workshop: Workshop, job: DistrictJob) -> JobResult:
        edit(report, "title: ", "title: 改了")
        return run_district_job(workshop, job)

    monkeypatch.setattr("nianbao.pipeline.build.run_district_job", run_late)
    assert contents(project, build(project)) != good
    monkeypatch.undo()
    report.write_bytes(content)
    os.utime(report, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert contents(project, build(project)) == good


def test_a_template_saved_while_it_is_used_is_used_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    templates = project / "overrides"
    shutil.copytree(THEME_DIR, templates)
    good = contents(project, replace(prepare(project), template_dirs=(templates,)).run())
    shutil.rmtree(project / "cache")
    content = (templates / "nianbao" / "report.html").read_bytes()

    def run_late(workshop: Workshop, job: DistrictJob) -> JobResult:
        (templates / "nianbao" / "report.html").write_bytes(content + b"<p>late</p>")
        return run_district_job(workshop, job)

    monkeypatch.setattr("nianbao.pipeline.build.run_district_job", run_late)
    assert contents(project, replace(prepare(project), template_dirs=(templates,)).run()) != good
    monkeypatch.undo()
    (templates / "nianbao" / "report.html").write_bytes(content)
    assert contents(project, replace(prepare(project), template_dirs=(templates,)).run()) == good


def test_a_program_that_changed_under_the_process_leaves_nothing_to_take_over(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = build(project)
    monkeypatch.setattr("nianbao.pipeline.fingerprint._STAMP_AT_START", ())
    for _ in range(2):
        mixed = prepare(project)
        assert {file.name for file in good.files} == mixed.run().fresh
        assert any("再启动一次" in notice for notice in mixed.notices)
    monkeypatch.undo()
    assert {file.name for file in good.files} == build(project).fresh


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("outputs", "files", '[["../../data/a.html","%s",true]]' % ("0" * 32)),
        ("outputs", "files", '[["/tmp/a.html","%s",true]]' % ("0" * 32)),
        ("outputs", "files", '[["a/index.html","../../data",true]]'),
        ("outputs", "files", '[["a.html","b"'),
        ("outputs", "files", "[1]"),
        ("outputs", "files", "null"),
        ("outputs", "part", "../../data/districts.yml"),
        ("outputs", "part", ""),
        ("reports", "summary", "{}"),
        ("reports", "summary", '[["'),
        ("reports", "of", "x"),
        ("reports", "stem", "1999"),
        ("reports", "stem", "x"),
    ],
)
def test_a_row_that_means_nothing_costs_work_alone(project: Path, table: str, column: str, value: str) -> None:
    good = contents(project, build(project))
    with contextlib.closing(sqlite3.connect(project / "cache" / INDEX_NAME, isolation_level=None)) as connection:
        for number, *row in connection.execute(f"SELECT * FROM {table}").fetchall():
            names = [column[1] for column in connection.execute(f"PRAGMA table_info({table})")][1:6]
            changed = [value if name == column else text for name, text in zip(names, row, strict=False)]
            checksum = hashlib.sha256("\0".join((table, *changed)).encode()).hexdigest()[:32]
            connection.execute(
                f'UPDATE {table} SET "{column}" = ?, checksum = ? WHERE id = ?', (value, checksum, number)
            )
    before = {path: path.read_bytes() for path in (project / "data").rglob("*.yml")}
    assert contents(project, build(project)) == good
    assert {path: path.read_bytes() for path in (project / "data").rglob("*.yml")} == before
    assert contents(project, build(project)) == good
