"""What the Tab key offers: names of the project's own, from the names of its files alone."""

from __future__ import annotations

import re
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from nianbao.cli.project import find_root

_SLUG_LINE = re.compile(r"^\W*slug:\s*['\"]?([a-z][a-z0-9-]*)", re.MULTILINE)


def complete_districts(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Return the slugs of districts.yml that begin so."""
    path = _data_dir() / "districts.yml"
    slugs = _SLUG_LINE.findall(path.read_text(encoding="utf-8", errors="replace")) if path.is_file() else []
    return sorted({slug for slug in slugs if slug.startswith(incomplete)})


def complete_reports(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the reports, district/period, that begin so; files where there is none."""
    names = [f"{path.parent.name}/{path.stem.lower()}" for path in sorted(_data_dir().glob("*/*.yml"))]
    found = [CompletionItem(name) for name in names if name.startswith(incomplete)]
    return found or [CompletionItem(incomplete, type="file")]


def _data_dir() -> Path:
    return find_root() / "data"
