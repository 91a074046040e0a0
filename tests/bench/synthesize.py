"""Synthetic reports of a real report's shape, for the benchmark: the same count gives the same bytes.

Run as `python -m tests.bench.synthesize DIR COUNT [--check]`. It writes `DIR/data/districts.yml`, `indicators.yml` and
`<district>/<year>.yml`, ten years a district (2016–2025). A report has a results part (4 sections of 3–5 items), a problems
part (4 items) and a plan (5 items): 25–45 figures and 7–9 KB of text. : nianbao derives them from the quote and checks that they agree, while Hugo, which has no such parser, reads them.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import yaml

from nianbao.model import Report
from nianbao.pipeline.build import check_data, read_data_folder
from nianbao.text.numerals import find_quantities
from tests.bench import phrases

YEARS = tuple(range(2016, 2026))
_SLOT = re.compile(r"〔([^|〕]+)\|([^|〕]+)\|(\d+)-(\d+)(?:\|([a-z-]+))?〕")
_INDICATORS = (
    ("lectures", "基层宣讲", "场", "sum"),
    ("new-members", "新发展团员", "名", "sum"),
    ("jobs", "推送的就业岗位", "个", "sum"),
    ("loans", "创业贷款", "元", "sum"),
    ("volunteers", "注册志愿者", "人", "sum"),
    ("visits", "青年之家到访", "人次", "sum"),
    ("grants", "助学金", "元", "sum"),
    ("transfer-rate", "学社衔接率", "%", "none"),
)
_QUALIFIERS = (("余", "more-than"), ("近", "nearly"))


@dataclass(frozen=True)
class Place:
    """A district that does not exist."""

    slug: str
    name: str
    accent: str


@dataclass
class Draft:
    """An item's text as it grows, with the figures drawn so far as (quote, label, value, unit, indicator)."""

    rng: random.Random
    text: str = ""
    figures: list[tuple[str, str, Decimal, str, str]] = field(default_factory=list)

    def add(self, phrase: str) -> None:
        """Append the phrase with its slots filled; no quote comes to stand in the text twice."""
        before, figures_before = self.text, list(self.figures)
        while True:
            self.text, self.figures = before, list(figures_before)
            words = phrase.replace("{people}", self.rng.choice(phrases.PEOPLE))
            # One place a slot, so that "from … to …" names two.
            while "{place}" in words:
                words = words.replace("{place}", self.rng.choice(phrases.PLACES), 1)
            self.text += _SLOT.sub(self._fill, words)
            if all(self.text.count(quote) == 1 for quote, *_ in self.figures):
                return

    def _fill(self, slot: re.Match[str]) -> str:
        unit, label, low, high, indicator = slot.groups()
        number = self.rng.randint(int(low), int(high))
        quote, value, base_unit = _word_quantity(self.rng, number, unit)
        self.figures.append((quote, label, value, base_unit, indicator or ""))
        return quote


def _word_quantity(rng: random.Random, number: int, unit: str) -> tuple[str, Decimal, str]:
    """Return a quantity as reports word it (5270名, 140余场, 近2万人次, 93.5%), its value and its base unit."""
    if unit == "%":
        share = Decimal(number) if number == 100 or rng.random() < 0.4 else Decimal(number * 10 + rng.randint(1, 9)) / 10
        return f"{share}%", share, "%"
    if unit == "万元":
        amount = Decimal(number) if rng.random() < 0.6 else Decimal(number * 100 + rng.randint(1, 99)) / 100
        return f"{amount}万元", (amount * 10000).quantize(Decimal(1)), "元"
    style = rng.random()
    if number >= 10000 and style >= 0.62:
        tens = Decimal(number // 1000) / 10
        return f"{tens}万余{unit}", (tens * 10000).quantize(Decimal(1)), unit
    # From 10,000 on a number that 万 says exactly is shown so, which is not as the quote has it.
    number += number >= 10000 and number % 100 == 0
    if style < 0.62 or number < 20:
        return f"{number}{unit}", Decimal(number), unit
    step = 100 if number >= 1000 else 10
    rounded = number // step * step
    if style < 0.86:
        return f"{rounded}余{unit}", Decimal(rounded), unit
    return f"近{rounded}{unit}", Decimal(rounded), unit


def list_places(count: int) -> tuple[Place, ...]:
    """Return the first `count` invented districts, at most 1,024, each slug and name once."""
    pairs = [(a, b) for b in phrases.SYLLABLES_SECOND for a in phrases.SYLLABLES_FIRST]
    if count > len(pairs):
        raise ValueError(f"at most {len(pairs)} districts")
    accents = ("#c8161d", "#1f6f5c", "#2b4c7e", "#b07d12")
    return tuple(
        Place(f"{a[1]}{b[1]}", f"{a[0]}{b[0]}", accents[n % len(accents)]) for n, (a, b) in enumerate(pairs[:count])
    )


def write_site_data(target: Path, *, count: int) -> int:
    """Write `count` reports (a multiple of ten) below `target`/data; return their total size in bytes."""
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
        f"title: {rng.choice(phrases.TITLES)}",
        f"publisher: {place.name}区青年工作委员会",
        f"published_on: {year + 1}-01-{rng.randint(5, 28):02}",
        f"lead: {_plain(rng, rng.choice(phrases.LEADS))}",
        "parts:",
        *results,
        *_problem_lines(rng),
        *_plan_lines(rng, year=year),
        "highlights:",
        *(f"  - {highlight}" for highlight in highlights),
    ]
    return "\n".join(lines) + "\n"


def edit_report(path: Path, *, number: int) -> str:
    """Change the first figure of a written report to `number` and add a sentence; return the figure's new quote.

    The figure is the report's first highlight, so the pages of its district and its year change, too.
    """
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(n for n, line in enumerate(lines) if line.strip() == "figures:")
    key = next(line.partition("- id: ")[2] for line in reversed(lines[:at]) if "- id: " in line)
    entry = yaml.safe_load(lines[at + 1])[0]
    quote = f"{number}{entry['unit']}"
    lines[at + 1] = re.sub(r"value: [\d.]+", f"value: {number}", lines[at + 1].replace(entry["quote"], quote))
    lines[at + 1] = re.sub(r", qualifier: [a-z-]+", "", lines[at + 1])
    lines[at - 1] = lines[at - 1].replace(entry["quote"], quote) + "这一条后来又核对过。"
    old, new = f"  - {key}/{entry['quote']}", f"  - {key}/{quote}"
    lines = [new if line == old else line for line in lines]
    path.write_text("\n".join(lines), encoding="utf-8")
    return quote


def _results_lines(rng: random.Random, *, year: int) -> tuple[list[str], list[str]]:
    lines = ["  - role: results", f"    title: {year}年工作", "    sections:"]
    highlights: list[str] = []
    pledges = rng.sample(range(1, 6), 3) if year > YEARS[0] else []
    for topic in sorted(rng.sample(range(len(phrases.TOPICS)), 4)):
        lines += [f"      - title: {phrases.TOPICS[topic].title}", "        items:"]
        kinds = phrases.TOPICS[topic].items
        for number, kind in enumerate(sorted(rng.sample(range(len(kinds)), rng.choice((3, 4, 4, 5))))):
            key, title, first, second = kinds[kind]
            draft = _draft_result(rng, first=first, second=second)
            lines += _item_lines(key, title=title, draft=draft)
            if number == 1 and pledges:
                lines.append(f"            fulfils: {year - 1}#p{pledges.pop()}")
            if number == 0:
                highlights.append(f"{key}/{draft.figures[0][0]}")
    return lines, highlights


def _draft_result(rng: random.Random, *, first: str, second: str) -> Draft:
    draft = Draft(rng)
    draft.add(rng.choice(phrases.OPENERS))
    draft.add(first + ("，" if rng.random() < 0.8 else "。"))
    draft.add(second + "。")
    closers = rng.sample(phrases.CLOSERS, len(phrases.CLOSERS))
    length = rng.choice((70, 85, 100, 130, 150))
    while len(draft.text) < length:
        draft.add(closers.pop())
    return draft


def _problem_lines(rng: random.Random) -> list[str]:
    lines = ["  - role: problems", "    title: 存在的不足", "    sections:", "      - items:"]
    for number, (head, rest) in enumerate(rng.sample(phrases.PROBLEMS, 4), start=1):
        draft = Draft(rng)
        draft.add(head + rest + rng.choice(phrases.PROBLEM_ENDINGS))
        lines += _item_lines(f"q{number}", title="", draft=draft)
    return lines


def _plan_lines(rng: random.Random, *, year: int) -> list[str]:
    lines = ["  - role: plan", f"    title: {year + 1}年安排", "    sections:", "      - items:"]
    for number, (head, rest) in enumerate(rng.sample(phrases.PLANS, 5), start=1):
        draft = Draft(rng)
        draft.add(rest + rng.choice(phrases.PLAN_ENDINGS))
        lines += _item_lines(f"p{number}", title=head.rstrip("。"), draft=draft)
    return lines


def _item_lines(key: str, *, title: str, draft: Draft) -> list[str]:
    pad = " " * 10
    lines = [f"{pad}- id: {key}"]
    if title:
        lines.append(f"{pad}  title: {title}")
    lines.append(f"{pad}  text: {draft.text}")
    if draft.figures:
        lines.append(f"{pad}  figures:")
    for quote, label, value, unit, indicator in draft.figures:
        ending = next((f", qualifier: {name}" for sign, name in _QUALIFIERS if sign in quote), "")
        ending += f", indicator: {indicator}" if indicator else ""
        # Quoted, for a plain scalar may not start with %.
        shown = f"'{unit}'" if unit == "%" else unit
        lines.append(f"{pad}    - {{quote: {quote}, label: {label}, value: {value}, unit: {shown}{ending}}}")
    return lines


def _plain(rng: random.Random, phrase: str) -> str:
    draft = Draft(rng)
    draft.add(phrase)
    return draft.text


def _districts_yaml(places: tuple[Place, ...]) -> str:
    return "".join(
        f"- slug: {place.slug}\n  name: {place.name}\n  full_name: {place.name}区（合成数据）\n  accent: '{place.accent}'\n"
        for place in places
    )


def _indicators_yaml() -> str:
    return "".join(
        f"- id: {key}\n  name: {name}\n  unit: '{unit}'\n  aggregate: {aggregate}\n"
        for key, name, unit, aggregate in _INDICATORS
    )


def find_faults(target: Path) -> Iterator[str]:
    """Yield what is wrong with written data: what `nianbao check` says, and what has not a real report's shape."""
    folder = read_data_folder(target / "data", root=target)
    yield from map(str, check_data(folder))
    for path in sorted((target / "data").glob("*/*.yml")):
        raw = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        report = Report.model_validate({**raw, "period": str(raw["period"])})
        place = f"{path.parent.name}/{path.name}"
        figures = [(item, figure) for item in report.items for figure in item.figures]
        if not 20 <= len(figures) <= 45:
            yield f"{place}: {len(figures)} figures"
        for item, figure in figures:
            if item.text.count(figure.quote) != 1:
                yield f"{place}#{item.id}: {figure.quote} stands {item.text.count(figure.quote)} times"
            found = find_quantities(figure.quote)
            if [(quantity.value, quantity.unit) for quantity in found] != [(figure.value, figure.unit)]:
                yield f"{place}#{item.id}: {figure.quote} is not {figure.value} {figure.unit} alone"
        for item in report.items:
            if item.figures and not 55 <= len(item.text) <= 200:
                yield f"{place}#{item.id}: {len(item.text)} characters"


def main() -> int:
    """Write the reports, and with --check say what is wrong with them; return 1 when something is."""
    parser = argparse.ArgumentParser(description=__doc__)
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
