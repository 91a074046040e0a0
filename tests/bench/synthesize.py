"""Synthetic reports of a real report's shape, for the benchmark: the same count gives the same bytes.

Run as `python -m tests.bench.synthesize DIR COUNT [--check]`. It writes `DIR/data/districts.yml`, `indicators.yml` and
`<district>/<year>.yml`, ten years a district (2016–2025). A report has a results part (4 sections of 3–5 items), a
problems part (4 items) and a plan (5 items): 20–45 figures, most often 34, and 6–9 kB of text.

Each figure carries its value, unit and qualifier besides its quote. nianbao derives them from the quote and checks that
they agree; Hugo, which has no such parser, reads them.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.drafts import PHRASES, Draft, DraftFigure, draft_line
from tests.bench.faults import find_faults

YEARS = tuple(range(2016, 2026))
_ACCENTS = ("#c8161d", "#1f6f5c", "#2b4c7e", "#b07d12")
_QUALIFIERS = (("余", "more-than"), ("近", "nearly"))


@dataclass(frozen=True, slots=True)
class Place:
    """A district that does not exist."""

    slug: str
    name: str
    accent: str


def list_places(count: int) -> tuple[Place, ...]:
    """Return the first `count` invented districts, each slug and name once. Raises: ValueError above 1,024."""
    pairs = [(first, second) for second in PHRASES["second_syllables"] for first in PHRASES["first_syllables"]]
    if count > len(pairs):
        raise ValueError(f"at most {len(pairs)} districts")
    return tuple(
        Place(first[1] + second[1], first[0] + second[0], _ACCENTS[number % len(_ACCENTS)])
        for number, (first, second) in enumerate(pairs[:count])
    )


def write_site_data(target: Path, *, count: int) -> int:
    """Write `count` reports (a multiple of ten) below `target`/data; return their size in bytes. Raises: ValueError."""
    if count % len(YEARS) or count <= 0:
        raise ValueError(f"the count must be a multiple of {len(YEARS)}")
    places = list_places(count // len(YEARS))
    data = target / "data"
    data.mkdir(parents=True)
    (data / "districts.yml").write_text(_districts_yaml(places), encoding="utf-8")
    (data / "indicators.yml").write_text(_indicators_yaml(), encoding="utf-8")
    size_bytes = 0
    for place in places:
        (data / place.slug).mkdir()
        for year in YEARS:
            content = report_yaml(place, year=year).encode()
            (data / place.slug / f"{year}.yml").write_bytes(content)
            size_bytes += len(content)
    return size_bytes


def report_yaml(place: Place, *, year: int) -> str:
    """Return one report as YAML, the same on every machine."""
    rng = random.Random(f"{place.slug}/{year}")
    results, highlights = _results_lines(rng, year=year)
    lines = [
        "schema: 1",
        f"period: {year}",
        "kind: annual",
        f"title: {rng.choice(PHRASES['titles'])}",
        f"publisher: {place.name}区青年工作委员会",
        f"published_on: {year + 1}-01-{rng.randint(5, 28):02}",
        f"lead: {draft_line(rng, rng.choice(PHRASES['leads']))}",
        "parts:",
        *results,
        *_problem_lines(rng),
        *_plan_lines(rng, year=year),
        "highlights:",
        *(f"  - {highlight}" for highlight in highlights),
    ]
    return "\n".join(lines) + "\n"


def _results_lines(rng: random.Random, *, year: int) -> tuple[list[str], list[str]]:
    """The results part, and the first figure of each section as `item/quote`."""
    lines = ["  - role: results", f"    title: {year}年工作", "    sections:"]
    highlights: list[str] = []
    pledges = rng.sample(range(1, 6), 3) if year > YEARS[0] else []
    for topic in _sample(rng, PHRASES["topics"], 4):
        lines += [f"      - title: {topic['title']}", "        items:"]
        for number, kind in enumerate(_sample(rng, topic["items"], rng.choice((3, 4, 4, 5)))):
            draft = _draft_result(rng, *kind["clauses"])
            lines += _item_lines(kind["id"], title=kind["title"], draft=draft)
            if number == 0:
                highlights.append(f"{kind['id']}/{draft.figures[0].quote}")
            if number == 1 and pledges:
                lines.append(f"            fulfils: {year - 1}#p{pledges.pop()}")
    return lines, highlights


def _sample(rng: random.Random, entries: Sequence[Any], count: int) -> list[Any]:
    """Some entries, in their order."""
    return [entries[at] for at in sorted(rng.sample(range(len(entries)), count))]


def _draft_result(rng: random.Random, first: str, second: str) -> Draft:
    draft = Draft(rng)
    draft.add(rng.choice(PHRASES["openers"]))
    draft.add(first + ("，" if rng.random() < 0.8 else "。"))
    draft.add(second + "。")
    closers = rng.sample(PHRASES["closers"], len(PHRASES["closers"]))
    length = rng.choice((70, 85, 100, 130, 150))
    while len(draft.text) < length:
        draft.add(closers.pop())
    return draft


def _problem_lines(rng: random.Random) -> list[str]:
    lines = ["  - role: problems", "    title: 存在的不足", "    sections:", "      - items:"]
    for number, problem in enumerate(rng.sample(PHRASES["problems"], 4), start=1):
        draft = Draft(rng)
        draft.add(problem + rng.choice(PHRASES["problem_endings"]))
        lines += _item_lines(f"q{number}", title="", draft=draft)
    return lines


def _plan_lines(rng: random.Random, *, year: int) -> list[str]:
    lines = ["  - role: plan", f"    title: {year + 1}年安排", "    sections:", "      - items:"]
    for number, plan in enumerate(rng.sample(PHRASES["plans"], 5), start=1):
        draft = Draft(rng)
        draft.add(plan["text"] + rng.choice(PHRASES["plan_endings"]))
        lines += _item_lines(f"p{number}", title=plan["title"], draft=draft)
    return lines


def _item_lines(key: str, *, title: str, draft: Draft) -> list[str]:
    pad = " " * 10
    lines = [f"{pad}- id: {key}"]
    if title:
        lines.append(f"{pad}  title: {title}")
    lines.append(f"{pad}  text: {draft.text}")
    if draft.figures:
        lines.append(f"{pad}  figures:")
        lines += [f"{pad}    - {_figure_yaml(figure)}" for figure in draft.figures]
    return lines


def _figure_yaml(figure: DraftFigure) -> str:
    # Quoted, for a plain scalar may not start with %.
    unit = f"'{figure.unit}'" if figure.unit == "%" else figure.unit
    fields = [f"quote: {figure.quote}", f"label: {figure.label}", f"value: {figure.value}", f"unit: {unit}"]
    fields += [f"qualifier: {name}" for sign, name in _QUALIFIERS if sign in figure.quote]
    if figure.indicator:
        fields.append(f"indicator: {figure.indicator}")
    return f"{{{', '.join(fields)}}}"


def _districts_yaml(places: Sequence[Place]) -> str:
    return "".join(
        f"- slug: {place.slug}\n  name: {place.name}\n  full_name: {place.name}区（合成数据）\n"
        f"  accent: '{place.accent}'\n"
        for place in places
    )


def _indicators_yaml() -> str:
    return "".join(
        f"- id: {indicator['id']}\n  name: {indicator['name']}\n  unit: '{indicator['unit']}'\n"
        f"  aggregate: {indicator['aggregate']}\n"
        for indicator in PHRASES["indicators"]
    )


def main() -> int:
    """Write the reports, and with --check say what is wrong with them; return 1 when something is."""
    parser = argparse.ArgumentParser(description="Write synthetic reports.")
    parser.add_argument("target", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    size_bytes = write_site_data(options.target, count=options.count)
    print(f"{options.count} reports, {size_bytes / options.count / 1000:.1f} kB each")
    faults = list(find_faults(options.target)) if options.check else []
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
