"""The name that was probably meant."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

from nianbao.text.numerals import find_quantities

_LIKENESS = 0.6
# Comparing is quadratic, and nobody misspells a whole page.
_LONGEST_NAME = 100
_LONGEST_TEXT = 2_000


def find_near_miss(name: str, options: Iterable[str]) -> str | None:
    """Return the option most like a name, letter case aside; None when none is like it."""
    if len(name) > _LONGEST_NAME:
        return None
    by_lower: dict[str, str] = {}
    for option in sorted(options):
        by_lower.setdefault(option.lower(), option)
    close = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=_LIKENESS)
    return by_lower[close[0]] if close else None


def find_near_text(quote: str, text: str) -> str | None:
    """Return the stretch of a text that a quote was probably meant to copy; None when nothing is like it.

    Whole quantities of the text come first, since half a number is never what was meant. Full-width digits are like
    half-width ones.
    """
    if len(quote) > _LONGEST_NAME:
        return None
    text = text[:_LONGEST_TEXT]
    wanted = difflib.SequenceMatcher(None, b=unicodedata.normalize("NFKC", quote), autojunk=False)

    def likeness(stretch: str) -> float:
        wanted.set_seq1(unicodedata.normalize("NFKC", stretch))
        return wanted.ratio()

    quantities = [text[found.start : found.end] for found in find_quantities(text)]
    windows = [
        text[start : start + length]
        for length in range(max(1, len(quote) - 2), len(quote) + 2)
        for start in range(max(1, len(text) - length + 1))
    ]
    for candidates in (quantities, windows):
        best = max(candidates, key=likeness, default="").strip()
        if likeness(best) >= _LIKENESS and "\n" not in best:
            return best
    return None
