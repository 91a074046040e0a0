"""Invented sentences with figures in them, drawn from phrases.yml."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

PHRASES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("phrases.yml").read_text(encoding="utf-8"))
_SLOT = re.compile(r"〔([^|〕]+)\|([^|〕]+)\|(\d+)-(\d+)(?:\|([a-z-]+))?〕")


@dataclass(frozen=True, slots=True)
class DraftFigure:
    """A figure as a report's YAML holds it; `indicator` "" for none."""

    quote: str
    label: str
    value: Decimal
    unit: str
    indicator: str


@dataclass
class Draft:
    """An item's text as it grows, with the figures drawn so far."""

    rng: random.Random
    text: str = ""
    figures: list[DraftFigure] = field(default_factory=list)

    def add(self, phrase: str) -> None:
        """Append the phrase with its slots filled, drawing again until no quote stands in the text twice."""
        text_before, figures_before = self.text, list(self.figures)
        while True:
            self.text, self.figures = text_before, list(figures_before)
            words = phrase.replace("{people}", self.rng.choice(PHRASES["people"]))
            # One place a slot, so that "from … to …" names two.
            while "{place}" in words:
                words = words.replace("{place}", self.rng.choice(PHRASES["places"]), 1)
            self.text += _SLOT.sub(self._fill, words)
            if all(self.text.count(figure.quote) == 1 for figure in self.figures):
                return

    def _fill(self, slot: re.Match[str]) -> str:
        unit, label, low, high, indicator = slot.groups()
        quote, value = _word_quantity(self.rng, self.rng.randint(int(low), int(high)), unit)
        self.figures.append(DraftFigure(quote, label, value, "元" if unit == "万元" else unit, indicator or ""))
        return quote


def draft_line(rng: random.Random, phrase: str) -> str:
    """Return a phrase without figures, its places and people drawn."""
    draft = Draft(rng)
    draft.add(phrase)
    return draft.text


def _word_quantity(rng: random.Random, number: int, unit: str) -> tuple[str, Decimal]:
    """Return a quantity as reports word it (5270名, 140余场, 近400人次, 93.5%) and its value in the base unit."""
    if unit == "%":
        is_whole = number == 100 or rng.random() < 0.4
        share_percent = Decimal(number) if is_whole else Decimal(number * 10 + rng.randint(1, 9)) / 10
        return f"{share_percent}%", share_percent
    if unit == "万元":
        amount = Decimal(number) if rng.random() < 0.6 else Decimal(number * 100 + rng.randint(1, 99)) / 100
        return f"{amount}万元", (amount * 10000).quantize(Decimal(1))
    style = rng.random()
    if number >= 10000 and style >= 0.62:
        amount = Decimal(number // 1000) / 10
        return f"{amount}万余{unit}", (amount * 10000).quantize(Decimal(1))
    # From 10,000 on a number that 万 says exactly is shown so, which is not as its quote has it.
    number += number >= 10000 and number % 100 == 0
    if style < 0.62 or number < 20:
        return f"{number}{unit}", Decimal(number)
    step = 100 if number >= 1000 else 10
    rounded = number // step * step
    return f"{rounded}余{unit}" if style < 0.86 else f"近{rounded}{unit}", Decimal(rounded)
