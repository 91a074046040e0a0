"""A place in a report, written as messages write it: parts[0].sections[1].items[2].figures[0].label."""

from __future__ import annotations

import re

PLACE_PATTERN = r"^[a-z_]+(\[[0-9]{1,4}\])*(\.[a-z_]+(\[[0-9]{1,4}\])*)*$"
_STEP = re.compile(r"\[([0-9]+)\]|([a-z_]+)")

# The keys and the indexes, from 0, that lead to a value.
KeyPath = tuple[str | int, ...]


def parse_place(text: str) -> KeyPath:
    """Return the path that a place writes; the text is of PLACE_PATTERN."""
    return tuple(int(index) if index else name for index, name in _STEP.findall(text))


def format_place(key_path: KeyPath) -> str:
    """Return a path as people write it."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in key_path).removeprefix(".")
