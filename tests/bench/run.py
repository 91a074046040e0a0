"""Measures nianbao against Hugo: `make bench`, or `python -m tests.bench [--sizes 1000,10000] [--runs 3]`.

Both build the same pages from the same YAML: one page a report, a district and a year, the archive, the home page and
404, with a sitemap. That the pages are equal is checked at the smallest size: text and elements of every page.

What each side does:
- nianbao reads the YAML strictly, checks all of it, derives value, unit and qualifier of each figure from its quote and
  that they agree with those written, and builds with `mkdocs build --strict`, in as many processes as there are cores.
- Hugo cannot parse Chinese quantities: it takes value, unit and qualifier as written and checks nothing. A content
  adapter adds the pages from the data folder, and templates (hugo_site/) draw what nianbao's draw. Style and script are
  ready made. One adapter in each district's folder, which lets Hugo parse in parallel, was tried and not kept: it needs
  a generated file a district, and at 10,000 reports gave a tenth less wall time for 6% more memory.
- Neither minifies. Both write to the same disk. Python's compiled modules and the system's file cache stay warm.

What is measured: builds alternate, each is timed alone, and medians are shown. Before each cold build the output and
every cache are deleted. Wall time is the command's; CPU is user + system of all processes. Peak memory is the largest
sum of PSS over all processes, in a build of its own, since reading it slows the program. Needs Linux.

One edit changes a figure and a sentence of one report; then both build again over what they have. nianbao finds what
the edit touches. Hugo keeps nothing between builds and renders all (so does `hugo --watch` when data changes). “Told
what to render” is Hugo with --renderSegments, its fastest way, where the user names the pages that the edit touches:
those of the district and its reports, the year, the archive and the home page.

“MkDocs alone” is `mkdocs build` of one page with Material and none of our hooks: the part of an edit that is not ours.
How a preview is measured is said in serve.py.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import shutil
import signal
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench.compare import list_differences
from tests.bench.contenders import Contender, prepare_bare, prepare_hugo, prepare_nianbao
from tests.bench.edit import edit_report
from tests.bench.measure import CommandError, Timing, run_sampled, run_timed
from tests.bench.serve import measure_serve
from tests.bench.synthesize import list_places, write_site_data

# The largest ratios aimed at, by the number of reports; a size that is not named has no goal.
GOALS = {
    "cold wall": {1000: 1.0, 10000: 0.65},
    "peak memory": {1000: 0.5, 10000: 0.5},
    "one edit, wall": {1000: 0.2, 10000: 0.1},
    "serve, edit to new text": {1000: 0.4, 10000: 0.4},
}
LARGEST_GROWTH = 11.0
_SHOWN_DIFFERENCES = 20


@dataclass(frozen=True, slots=True)
class Row:
    """Medians of one quantity, as (nianbao, Hugo); a row without Hugo's has no ratio."""

    count: int
    name: str
    unit: str
    values: tuple[float, float | None]


def measure_size(base: Path, *, count: int, runs: int, compares: bool) -> tuple[Row, ...]:
    """Return all rows for `count` reports. Raises: CommandError when a build fails or the sites differ."""
    size_bytes = write_site_data(base, count=count)
    tell(f"{count} reports, {size_bytes / 1e6:.1f} MB of YAML")
    edited = f"{list_places(count // 10)[count // 20].slug}/2020"
    contenders = (prepare_nianbao(base), prepare_hugo(base, edited=edited))
    cold = _alternate(contenders, runs, before=Contender.clear)
    if compares:
        tell("comparing every page of both sites")
        _check_equal(*contenders)
    tell(f"editing {edited}.yml")
    report_path = base / f"data/{edited}.yml"
    warm = _measure_edits(report_path, contenders, runs=runs, number=20001)
    (told,) = _measure_edits(report_path, (contenders[1].tell_pages(),), runs=runs, number=30001)
    tell("a single page, without nianbao")
    (bare,) = _alternate((prepare_bare(base),), runs, before=Contender.clear)
    tell("previews")
    served = []
    for contender, number in zip(contenders, (40001, 50001), strict=True):
        served.append(measure_serve(contender, report_path, runs=runs, number=number))
        tell(f"  {contender.name}: " + ", ".join(f"{seconds:.2f} s" for seconds in served[-1]))
    peaks = []
    for contender in contenders:
        contender.clear()
        peaks.append(run_sampled(contender.command, folder=contender.folder) / 2**20)
        tell(f"  {contender.name}: peak {peaks[-1]:.0f} MiB")
    walls, processors = (lambda timing: timing.wall_seconds), (lambda timing: timing.cpu_seconds)
    return (
        Row(count, "cold wall", "s", _medians(cold, walls)),
        Row(count, "cold CPU", "s", _medians(cold, processors)),
        Row(count, "peak memory", "MiB", (peaks[0], peaks[1])),
        Row(count, "one edit, wall", "s", _medians(warm, walls)),
        Row(count, "one edit, CPU", "s", _medians(warm, processors)),
        Row(count, "one edit, Hugo told what to render, wall", "s", _medians((warm[0], told), walls)),
        Row(count, "one page, MkDocs alone, wall", "s", (statistics.median(map(walls, bare)), None)),
        Row(count, "serve, edit to new text", "s", (statistics.median(served[0]), statistics.median(served[1]))),
    )


def _alternate(
    contenders: Sequence[Contender], runs: int, *, before: Callable[[Contender], None]
) -> tuple[list[Timing], ...]:
    timings: tuple[list[Timing], ...] = tuple([] for _ in contenders)
    for _ in range(runs):
        for contender, found in zip(contenders, timings, strict=True):
            before(contender)
            found.append(run_timed(contender.command, folder=contender.folder))
            tell(f"  {contender.name}: {found[-1].wall_seconds:.2f} s, CPU {found[-1].cpu_seconds:.2f} s")
    return timings


def _measure_edits(
    report_path: Path, contenders: Sequence[Contender], *, runs: int, number: int
) -> tuple[list[Timing], ...]:
    """Timings of builds after an edit; each edit writes another number. The sites are whole when this begins.

    Raises: CommandError when a program does not show an edit.
    """
    timings: tuple[list[Timing], ...] = tuple([] for _ in contenders)
    page = f"{report_path.parent.name}/{report_path.stem}/index.html"
    for run in range(runs):
        quote = edit_report(report_path, number=number + 10 * run)
        once = _alternate(contenders, 1, before=lambda _: None)
        timings = tuple([*earlier, *later] for earlier, later in zip(timings, once, strict=True))
        for contender in contenders:
            if quote not in (contender.output / page).read_text(encoding="utf-8"):
                raise CommandError(f"{contender.name} does not show the edit ({quote})")
    return timings


def _check_equal(first: Contender, second: Contender) -> None:
    differences = list(list_differences(first.output, second.output))
    if differences:
        shown = "\n".join(differences[:_SHOWN_DIFFERENCES])
        raise CommandError(f"the two sites differ in {len(differences)} ways:\n{shown}")


def _medians(timings: Sequence[Sequence[Timing]], pick: Callable[[Timing], float]) -> tuple[float, float]:
    first, second = (statistics.median(pick(timing) for timing in found) for found in timings)
    return first, second


def describe_machine() -> str:
    """Return the machine and the programs in one line."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("mkdocs", "hugo"))
    memory_gib = psutil.virtual_memory().total / 2**30
    return (
        f"{len(os.sched_getaffinity(0))} cores ({_read_processor()}), {memory_gib:.0f} GiB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, {versions}; "
        f"load at the start {os.getloadavg()[0]:.1f}"
    )


def _read_processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def format_table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table, with the growth from the smallest to the largest size below them."""
    lines = ["| reports | | nianbao | Hugo | ratio | goal |", "| ---: | --- | ---: | ---: | ---: | ---: |"]
    for row in rows:
        own, other = row.values
        digits = 0 if row.unit == "MiB" else 2
        others, ratio = ("", "") if other is None else (f"{other:,.{digits}f}", f"{own / other:.2f}")
        largest = GOALS.get(row.name, {}).get(row.count)
        goal = f"≤ {largest:g}" if largest else ""
        lines.append(f"| {row.count:,} | {row.name} ({row.unit}) | {own:,.{digits}f} | {others} | {ratio} | {goal} |")
    sizes = sorted({row.count for row in rows})
    if len(sizes) > 1:
        for name in ("cold wall", "peak memory"):
            small, large = (
                next(row.values for row in rows if row.count == count and row.name == name)
                for count in (sizes[0], sizes[-1])
            )
            grown = [f"{after / before:.1f} ×" for before, after in zip(small, large, strict=True) if before and after]
            goal = f"≤ {LARGEST_GROWTH:g} ×" if name == "cold wall" else ""
            lines.append(f"| {sizes[0]:,} → {sizes[-1]:,} | growth of {name} | {' | '.join(grown)} | | {goal} |")
    return "\n".join(lines)


def tell(line: str) -> None:
    """Say how far the measurement is, apart from its result."""
    print(line, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the table; return 1 when a build fails or the sites differ."""
    parser = argparse.ArgumentParser(prog="bench", description="Measure nianbao against Hugo.")
    parser.add_argument("--sizes", default="1000,10000", help="numbers of reports, each a multiple of ten")
    parser.add_argument("--runs", type=int, default=3, help="builds of each kind")
    parser.add_argument("--dir", type=Path, help="where the sites are made for the time (10,000 reports: 2 GB)")
    options = parser.parse_args(arguments)
    # Asked to end, it ends as by Ctrl-C: previews are killed, sites deleted.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sizes = sorted({int(size) for size in options.sizes.split(",")})
    machine = describe_machine()
    rows: list[Row] = []
    for count in sizes:
        base = Path(tempfile.mkdtemp(prefix="nianbao-bench-", dir=options.dir))
        try:
            rows += measure_size(base, count=count, runs=options.runs, compares=count == sizes[0])
        except CommandError as failure:
            tell(str(failure))
            return 1
        finally:
            shutil.rmtree(base)
    print(f"{machine}. Medians of {options.runs} runs.\n\n{format_table(rows)}")
    return 0
