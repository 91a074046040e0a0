"""Whole documents of many shapes: outline, roles, figures, noise. Their places and people are made up."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from tests.import_documents import write

from nianbao.app.import_documents import Imported, import_document
from nianbao.model import Item, Report

FOLDER = Path(__file__).parents[2] / "fixtures/import"
DOCUMENTS = sorted([*FOLDER.glob("*.txt"), *FOLDER.glob("*.md")])


def outline(imported: Imported) -> list[str]:
    """Return titles by depth; an item without one as ~ and how its text begins."""
    rows = []
    for part in imported.draft.parts:
        rows.append(f"{part.role.value}: {part.title.text}")
        for section in part.sections:
            rows.append(f"  {section.title.text or '-'}")
            rows += [f"    {i.title.text}" if i.title else f"    ~{i.text[:12]}" for i in section.items]
    return rows


def figures(imported: Imported) -> list[str]:
    return [
        f"withheld {figure.quote}"
        if figure.quantity.value is None
        else f"{figure.quantity.value.normalize():f} {figure.quantity.unit}"
        for item in imported.draft.items
        for figure in item.figures
    ]


def test_there_are_fixtures() -> None:
    assert len(DOCUMENTS) >= 25


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_is_recognised(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text())
    imported = import_document(path, indicators={})
    draft = imported.draft
    assert {
        "title": draft.title.text,
        "period": draft.period,
        "kind": draft.kind.value,
        "publisher": draft.publisher,
        "published_on": str(draft.published_on or ""),
        "outline": outline(imported),
        "figures": figures(imported),
        "noise": [piece.text.strip() for piece in imported.account.noise],
        "concerns": [concern.problem for concern in imported.concerns],
    } == expected


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_draft_is_a_report_and_nothing_is_unplaced(path: Path) -> None:
    imported = import_document(path, indicators={})
    assert imported.account.unplaced == ()
    report = Report.model_validate(yaml.safe_load(imported.yaml))
    for item in report.items:
        assert [figure.id for figure in item.figures] == [f"n{place + 1}" for place in range(len(item.figures))]
        for figure in item.figures:
            assert (find_cell(item, figure.cell) if figure.cell else item.text).count(figure.quote) == 1
            assert figure.quantity is not None
            assert figure.value == figure.quantity.value


def find_cell(item: Item, place: tuple[int, int]) -> str:
    assert item.table is not None
    return item.table.find_cell(place) or ""


def wrap(text: str) -> str:
    """Break lines after 30 characters, as an old program does, with an indent before each paragraph."""
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    return "\n".join("\n".join(re.findall(".{1,30}", f"　　{paragraph}")) for paragraph in paragraphs)


def part_with_empty_lines(text: str) -> str:
    return text.replace("\n", "\n\n")


def save_in_gb18030(text: str) -> bytes:
    return text.encode("gb18030")


@pytest.mark.parametrize("reshape", [wrap, part_with_empty_lines, save_in_gb18030])
@pytest.mark.parametrize(
    "name",
    ["union_three_levels", "league_paragraphs", "womens_colon_heads", "two_parts_chapters", "league_mixed_inline"],
)
def test_a_document_reads_the_same_however_it_is_laid_out(
    tmp_path: Path, name: str, reshape: Callable[[str], str | bytes]
) -> None:
    source = FOLDER / f"{name}.txt"
    reshaped = write(tmp_path, source.name, reshape(source.read_text()))
    plain, other = (import_document(path, indicators={}) for path in (source, reshaped))
    assert outline(other) == outline(plain)
    assert figures(other) == figures(plain)
    assert [passage.text for passage in other.draft.list_passages()] == [
        passage.text for passage in plain.draft.list_passages()
    ]
