"""How wide a line is."""

from __future__ import annotations

import unicodedata


def width_em(text: str) -> float:
    """Return the width of a line in ems: 1 for a Chinese character, 0.5 for a Latin one."""
    if text.isascii():
        return len(text) / 2
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)
