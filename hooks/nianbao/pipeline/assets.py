"""Style and script of the site. Their paths carry a digest: WeChat caches hard, so what changes must move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao.pipeline.store import digest

_NAMES = ("style.css", "script.js", "icon.svg")


@dataclass(frozen=True, slots=True)
class StaticAsset:
    """One asset; `name` is as in the source folder, `site_path` carries the digest."""

    name: str
    site_path: str
    content: bytes


def read_assets(template_dirs: Sequence[Path]) -> tuple[StaticAsset, ...]:
    """Return the assets in a fixed order, each from nianbao/ in the first of `template_dirs` that has it."""
    return tuple(
        _read_asset(next(path for folder in template_dirs if (path := folder / "nianbao" / name).is_file()))
        for name in _NAMES
    )


def _read_asset(path: Path) -> StaticAsset:
    content = path.read_bytes()
    return StaticAsset(path.name, f"assets/{path.stem}.{digest(content)[:10]}{path.suffix}", content)
