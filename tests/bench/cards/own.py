"""Draws cards as nianbao does, from text to PNG: python -m tests.bench.cards.own CARDS.json COUNT FOLDER [URL]."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from nianbao.editions.runs import Run, RunKind
from nianbao.views.card.cards import Brand, Card, CardKind, ItemCardView
from nianbao.writers.cards.layouts import compose
from nianbao.writers.cards.paint import paint_sketch
from nianbao.writers.cards.themes import THEMES


def main(cards_path: Path, count: int, folder: Path, url: str = "") -> None:
    """Draw the first `count` cards; with the site's `url`, each with the QR code of its page."""
    for card in json.loads(cards_path.read_text(encoding="utf-8"))[:count]:
        place, _, period = card["head"].partition(" · ")
        brand = Brand(card["publisher"], place, period, "", "年度工作报告", has_address=bool(url))
        paragraph = (Run(RunKind.TEXT, card["text"]),)
        view = ItemCardView("results", "一", "思想引领", "01", card["title"], (paragraph,))
        sketch = compose(Card(CardKind.ITEM, view, card["title"], card["title"], (paragraph,)), brand)
        page = f"{url}{card['name']}/2020/cards/01/" if url else ""
        (folder / f"{card['name']}.png").write_bytes(paint_sketch(sketch, THEMES[0], url=page))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:])
