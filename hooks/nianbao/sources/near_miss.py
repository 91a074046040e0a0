"""The name that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from nianbao.text.numerals import find_quantities


def find_near_miss(name: str, options: Iterable[str]) -> str | None:
    """Return the option most like a name, letter case aside; None when none is like it."""
    by_lower: dict[str, str] = {}
    for option in sorted(options):
        by_lower.setdefault(option.lower(), option)
    close = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else None


def find_near_text(quote: str, text: str) -> str | None:
    """Return the stretch of a text that a quote was probably meant to copy; None when nothing is like it.

    Whole quantities of the text come first, since half a number is never what was meant.
    """
    wanted = difflib.SequenceMatcher(None, b=quote, autojunk=False)

    def likeness(stretch: str) -> float:
        wanted.set_seq1(stretch)
        return wanted.ratio()

    quantities = [text[found.start : found.end] for found in find_quantities(text)]
    best = max(quantities, key=likeness, default="")
    if likeness(best) >= 0.6:
        return best
    windows = [text[start : start + len(quote)] for start in range(max(1, len(text) - len(quote) + 1))]
    best = max(windows, key=likeness, default="")
    return best.strip() if likeness(best) >= 0.6 and "\n" not in best.strip() else None
