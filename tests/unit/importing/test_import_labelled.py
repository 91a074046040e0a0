"""Documents with hand labels, of many sorts: what is recognised of them does not fall below what it was."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from nianbao.app.import_documents import import_document

FOLDER = Path(__file__).parents[2] / "fixtures/labelled"
NAMES = sorted(path.name.removesuffix(".gold.json") for path in FOLDER.glob("*.gold.json"))
# Full-width digits count as the others.
NARROW = {ord("０") + digit: str(digit) for digit in range(10)}
# Of a school year it is free.
KINDS = {"annual": "annual", "half-year": "interim", "quarterly": "interim", "interim": "interim"}
KINDS |= {"special": "thematic", "thematic": "thematic"}
# A little below what is reached: 1.000, 0.997, 0.977.
PRECISION, RECALL, LABELS = 0.995, 0.99, 0.965


class Score(NamedTuple):
    """What is right of a document; each pair is how many are right, of how many."""

    title: bool
    period: bool
    kind: bool
    leaks: tuple[str, ...]
    precision: tuple[int, int]
    recall: tuple[int, int]
    labels: tuple[int, int]


def strip(text: str) -> str:
    return re.sub(r"[\W_]", "", text.translate(NARROW))


@cache
def score(name: str) -> Score:
    gold = json.loads((FOLDER / f"{name}.gold.json").read_text().translate(NARROW))
    paths = [FOLDER / f"{name}{suffix}" for suffix in (".docx", ".html", ".txt")]
    draft = import_document(next(path for path in paths if path.exists()), indicators={}).draft
    one, other = (strip(gold.get(key) or "") for key in ("title", "title_alt"))
    titles = {one, one + other, other + one, other or one}
    published = [passage.text.translate(NARROW) for passage in draft.list_passages()]
    whole = "\n".join(re.sub(r"\s", "", text) for text in published)
    figures = [figure for item in draft.items for figure in item.figures if figure.quantity.value is not None]
    made = Counter(float(figure.quantity.value or 0) for figure in figures)
    wanted = Counter(float(f["value"]) for f in gold["figures"] if f["value"] is not None and not f.get("stock"))
    hits = (made & wanted).total()
    neutral = (made - wanted) & (
        Counter(float(f["value"]) for f in gold["figures"] if f["value"] is not None and f.get("stock"))
        + Counter(read_values([*gold.get("ambiguous", []), *map(str, gold.get("ambiguous_values", []))]))
    )
    labels = [is_labelled(want, figures) for want in gold["figures"] if want.get("key") and want["value"] is not None]
    told = [is_right for is_right in labels if is_right is not None]
    return Score(
        strip(draft.title.text) in titles if gold.get("title") else not draft.title.at,
        draft.period == (gold.get("period") or ""),
        draft.kind.value == KINDS.get(gold["kind"], draft.kind.value),
        tuple(piece for piece in gold["boilerplate"] if is_published(piece, whole)),
        (hits, made.total() - neutral.total()),
        (hits, wanted.total()),
        (sum(told), len(told)),
    )


def is_published(piece: str, whole: str) -> bool:
    bare = re.sub(r"\s", "", piece)
    # A short line is boilerplate as a line, and may be words of a sentence.
    return bare in whole.split("\n") if len(bare) < 4 else bare[:40] in whole


def read_values(pieces: Iterable[str]) -> list[float]:
    return [float(number) for piece in pieces for number in re.findall(r"\d+(?:\.\d+)?", piece)]


def is_labelled(want: dict[str, Any], figures: Iterable[Any]) -> bool | None:
    """Return whether some figure of the value has a label with a `key` word and no `wrong` one; None without one."""
    names = [figure.label for figure in figures if float(figure.quantity.value) == float(want["value"])]
    if not names:
        return None
    right = [name for name in names if any(strip(key) in strip(name) for key in want["key"])]
    return any(not any(strip(word) in strip(name) for word in want.get("wrong", [])) for name in right)


def share(pairs: Iterable[tuple[int, int]]) -> float:
    right, all_of_them = (sum(column) for column in zip(*pairs, strict=True))
    return right / all_of_them


@pytest.mark.parametrize("name", NAMES)
def test_head_and_boilerplate_of_a_labelled_document_are_told(name: str) -> None:
    result = score(name)
    assert (result.title, result.period, result.kind, result.leaks) == (True, True, True, ())


def test_figures_and_labels_of_the_labelled_documents_are_found() -> None:
    results = [score(name) for name in NAMES]
    assert len(results) >= 26
    assert share(result.precision for result in results) >= PRECISION
    assert share(result.recall for result in results) >= RECALL
    assert share(result.labels for result in results) >= LABELS
