"""The demo data: every figure stands in its sentence, none is lost, and no wording is taken from the sources."""

import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from nianbao.model import Figure, Report
from nianbao.model.fragments import figure_names

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
SHARED = ROOT.parent / "shared"
PATHS = sorted(DATA.glob("*/*.yml"))
RUN_LENGTH = 24
UNIT_SENSE = {"位": "名", "人": "名", "场": "场次"}

needs_shared = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir() or not (SHARED / "gold").is_dir(),
    reason="the source documents and their labels are not beside this checkout",
)


def read_report(path: Path) -> Report:
    return Report.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def figures_of(report: Report) -> tuple[Figure, ...]:
    return tuple(figure for item in report.items for figure in item.figures)


def measure(value: Decimal | None, unit: str) -> tuple[Decimal | None, str]:
    return value, UNIT_SENSE.get(unit, unit)


def measures_of(report: Report) -> Counter[tuple[Decimal | None, str]]:
    """Counts of (value, unit), units that mean the same made equal; a quote that does not parse is left out."""
    quantities = [figure.quantity for figure in figures_of(report)]
    return Counter(measure(quantity.value, quantity.unit) for quantity in quantities if quantity)


def han(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff]", "", text)


def test_the_five_editions_are_here() -> None:
    assert [path.relative_to(DATA).as_posix() for path in PATHS] == [
        "liuzhou-district/2024-H1.yml",
        "withheld-a/2022.yml",
        "withheld-b/2022-reform.yml",
        "xigu/2023.yml",
        "yangling/2023.yml",
    ]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_each_quote_stands_once_and_holds_one_quantity(path: Path) -> None:
    report = read_report(path)
    problems = [
        f"{item.id}: {figure.quote}: stands {item.text.count(figure.quote)} times, quantity {figure.quantity}"
        for item in report.items
        for figure in item.figures
        if item.text.count(figure.quote) != 1 or figure.quantity is None
    ]
    assert figures_of(report)
    assert problems == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_ids_indicators_and_highlights_hold(path: Path) -> None:
    report = read_report(path)
    known = {entry["id"] for entry in yaml.safe_load((DATA / "indicators.yml").read_text(encoding="utf-8"))}
    used = [figure.indicator for figure in figures_of(report) if figure.indicator]
    names = {figure_names(item.id, figure)[0] for item in report.items for figure in item.figures}
    assert len({item.id for item in report.items}) == len(report.items)
    assert set(used) <= known
    assert len(set(used)) == len(used)
    assert report.highlights
    # Corrections are to come: each address lasts, and no highlight is lost with its number.
    assert all(figure.id for figure in figures_of(report))
    assert set(report.highlights) <= names


def test_withheld_digits_stay_withheld() -> None:
    measures = measures_of(read_report(DATA / "withheld-b" / "2022-reform.yml"))
    assert sum(count for (value, _), count in measures.items() if value is None) == 25
    assert [value for value, _ in measures if value is not None] == [Decimal(100)]


def test_the_half_year_keeps_every_number() -> None:
    """The labels cover the annual reports only; this is the list counted by hand in the half-year's source."""
    report = read_report(DATA / "liuzhou-district" / "2024-H1.yml")
    values = Counter(value for value, _ in measures_of(report).elements())
    counted = [30, 4560, 20, 11560, 26, 1, 2, 1, 1, 135, 47, 45, 1, 166, 40000, 1, 8, 1, 1, 1, 30, 7]
    assert values == Counter(Decimal(value) for value in counted)


@needs_shared
def test_every_labelled_figure_is_there() -> None:
    by_source = {report.source.name: report for report in map(read_report, PATHS) if report.source}
    golds = sorted((SHARED / "gold").glob("*.gold.json"))
    assert golds
    for gold in golds:
        labels = json.loads(gold.read_text(encoding="utf-8"), parse_float=Decimal)["figures"]
        wanted = Counter(measure(Decimal(label["value"]), label["unit"]) for label in labels)
        assert measures_of(by_source[gold.name.replace(".gold.json", ".txt")]) == wanted, gold.name


@needs_shared
def test_no_wording_is_taken_from_the_sources() -> None:
    seeds = "".join(han(path.read_text(encoding="utf-8")) for path in sorted((SHARED / "seeds").glob("*.txt")))
    assert len(seeds) > RUN_LENGTH
    runs = {seeds[start : start + RUN_LENGTH] for start in range(len(seeds) - RUN_LENGTH + 1)}
    for path in sorted(DATA.rglob("*.yml")):
        text = han(path.read_text(encoding="utf-8"))
        taken = [text[start : start + RUN_LENGTH] for start in range(len(text) - RUN_LENGTH + 1)]
        assert [run for run in taken if run in runs] == [], path.name
