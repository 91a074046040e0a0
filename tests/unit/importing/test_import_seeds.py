"""The five public reports and their hand labels, where they are at hand."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from nianbao.app.import_documents import import_document
from nianbao.model import Report
from nianbao.sources.strict_yaml import parse_yaml

SHARED = Path(__file__).parents[4] / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
LABELS = sorted((SHARED / "gold").glob("*.gold.json"))
pytestmark = pytest.mark.skipif(not SEEDS, reason="the public reports (../shared/seeds) are not beside this checkout")


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_a_public_report_loses_nothing(path: Path) -> None:
    imported = import_document(path, indicators={})
    assert imported.account.unplaced == ()
    assert imported.stem in {"2022", "2022-reform", "2023", "2024-H1"}
    Report.model_validate(parse_yaml(imported.yaml, file=path.name).data)


@pytest.mark.parametrize("label_path", LABELS, ids=lambda path: path.stem[:3])
def test_headings_and_figures_are_those_of_the_labels(label_path: Path) -> None:
    label = json.loads(label_path.read_text())
    imported = import_document(SHARED / "seeds" / label_path.name.replace(".gold.json", ".txt"), indicators={})
    values = Counter(
        float(f.quantity.value) for item in imported.draft.items for f in item.figures if f.quantity.value is not None
    )
    assert values == Counter(float(f["value"]) for f in label["figures"] if f["value"] is not None)
    text = re.sub(r"\W", "", imported.yaml)
    for heading in label["headings"]:
        assert re.sub(r"\W", "", heading["text"]) in text
    assert imported.draft.period == label["period"]
