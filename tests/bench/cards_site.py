"""Measures a site with its cards: `python -m tests.bench.cards_site [--reports 100] [--runs 3] [--dir FOLDER]`.

The reports are those of the main table; each gets its cards, with their pages and downloads. Builds run on two cores:
all from nothing, again with nothing changed, and again after an edit of one report. The processor time of a picture is
that of the build from nothing, less that of the same site without cards, over the number of pictures: so the cards'
own pages and the downloads count as part of a picture. Medians of the runs. Needs Linux.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.contenders import Contender, prepare_nianbao
from tests.bench.edit import edit_report
from tests.bench.measure import CommandError, Timing, run_timed
from tests.bench.run import describe_machine, tell
from tests.bench.synthesize import write_site_data

GOALS = {"all from nothing, wall": 24.0, "nothing changed, wall": 1.0}
# The number of reports that the goals are meant for.
GOAL_REPORTS = 100
_CORES = 2


@dataclass(frozen=True, slots=True)
class Row:
    """The median of one quantity."""

    name: str
    unit: str
    value: float


def measure_cards(base: Path, *, reports: int, runs: int) -> tuple[Row, ...]:
    """Return all rows. Raises: CommandError when a build fails or an edit draws no card."""
    for name in ("with", "without"):
        write_site_data(base / name, count=reports)
    drawing = prepare_nianbao(base / "with", cards=True)
    plain = prepare_nianbao(base / "without")
    cold: list[Timing] = []
    bare: list[Timing] = []
    again: list[Timing] = []
    edited: list[Timing] = []
    for run in range(runs):
        for contender, timings in ((plain, bare), (drawing, cold)):
            contender.clear()
            timings.append(_build(contender))
        before = _list_pictures(drawing.output)
        again.append(_build(drawing))
        if _list_pictures(drawing.output) != before:
            raise CommandError("nothing was changed, and yet there are other pictures")
        edit_report(min((base / "with/data").glob("*/2020.yml")), number=20001 + 10 * run)
        edited.append(_build(drawing))
        drawn = _list_pictures(drawing.output) - before
        if not drawn:
            raise CommandError("the edit drew no card")
        tell(f"  the edit drew {len(drawn)} pictures")
    pictures = _list_pictures(drawing.output)
    picture_bytes = sum((drawing.output / picture).stat().st_size for picture in pictures)
    site_bytes = sum(path.stat().st_size for path in drawing.output.rglob("*") if path.is_file())
    drawing_seconds = statistics.median(timing.cpu_seconds for timing in cold) - statistics.median(
        timing.cpu_seconds for timing in bare
    )
    return (
        Row("all from nothing, wall", "s", _median_wall(cold)),
        Row("nothing changed, wall", "s", _median_wall(again)),
        Row("one report edited, wall", "s", _median_wall(edited)),
        Row("all from nothing, without cards, wall", "s", _median_wall(bare)),
        Row("pictures a report", "", len(pictures) / reports),
        Row("CPU a picture", "ms", drawing_seconds / len(pictures) * 1000),
        Row("size of a picture", "kB", picture_bytes / len(pictures) / 1000),
        Row("size of the site a report", "MB", site_bytes / reports / 1e6),
    )


def _build(contender: Contender) -> Timing:
    timing = run_timed(contender.command, folder=contender.folder)
    tell(f"  {contender.folder.name}: {timing.wall_seconds:.2f} s, CPU {timing.cpu_seconds:.2f} s")
    return timing


def _list_pictures(site: Path) -> set[str]:
    """The cards' paths in the site; a name says what is in the picture."""
    return {path.relative_to(site).as_posix() for path in site.glob("*/*/cards/*.png")}


def _median_wall(timings: Sequence[Timing]) -> float:
    return statistics.median(timing.wall_seconds for timing in timings)


def format_table(rows: Sequence[Row], *, reports: int) -> str:
    """Return the rows as a Markdown table."""
    lines = [f"| {reports} reports with cards | | goal |", "| --- | ---: | ---: |"]
    for row in rows:
        largest = GOALS.get(row.name) if reports == GOAL_REPORTS else None
        goal = f"≤ {largest:g}" if largest else ""
        lines.append(f"| {row.name}{f' ({row.unit})' if row.unit else ''} | {row.value:.2f} | {goal} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the table; 1 when a build fails."""
    parser = argparse.ArgumentParser(prog="cards_site", description="Measure how fast a site with cards is built.")
    parser.add_argument("--reports", type=int, default=GOAL_REPORTS, help="a multiple of ten")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--dir", type=Path, help="where the sites are made for the time")
    options = parser.parse_args(arguments)
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:_CORES])
    machine = describe_machine()
    base = Path(tempfile.mkdtemp(prefix="nianbao-cards-site-", dir=options.dir))
    try:
        rows = measure_cards(base, reports=options.reports, runs=options.runs)
    except CommandError as failure:
        tell(str(failure))
        return 1
    finally:
        shutil.rmtree(base)
    print(f"{machine}. Medians of {options.runs} runs.\n\n{format_table(rows, reports=options.reports)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
