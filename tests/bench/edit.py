"""One edit of a written report, as a member of staff would make it."""

from __future__ import annotations

import re
from pathlib import Path

import yaml


def edit_report(path: Path, *, number: int) -> str:
    """Change the report's first figure to `number` or a little more, and add a sentence; return the new quote.

    The figure is the report's first highlight, so the pages of its district and its year change, too.
    """
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(n for n, line in enumerate(lines) if line.strip() == "figures:")
    key = next(line.partition("- id: ")[2] for line in reversed(lines[:at]) if "- id: " in line)
    end = next(n for n in range(at + 1, len(lines)) if "quote:" not in lines[n])
    first, *others = yaml.safe_load("\n".join(lines[at + 1 : end]))
    # 20002次 would hold the 2次 of another figure.
    while any(f"{number}{first['unit']}".endswith(other["quote"]) for other in others):
        number += 1
    quote = f"{number}{first['unit']}"
    figure = re.sub(r", qualifier: [a-z-]+", "", lines[at + 1].replace(first["quote"], quote))
    lines[at + 1] = re.sub(r"value: [\d.]+", f"value: {number}", figure)
    lines[at - 1] = lines[at - 1].replace(first["quote"], quote) + "这一条后来又核对过。"
    old, new = f"  - {key}/{first['quote']}", f"  - {key}/{quote}"
    path.write_text("\n".join(new if line == old else line for line in lines), encoding="utf-8")
    return quote
