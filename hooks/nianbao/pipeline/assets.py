"""Style and script of the site. Their paths carry a digest: WeChat caches hard, so what changes must move."""

from __future__ import annotations

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


def read_assets(folder: Path) -> tuple[StaticAsset, ...]:
    """Return the assets of `folder` in a fixed order."""
    return tuple(_read_asset(folder / name) for name in _NAMES)


def _read_asset(path: Path) -> StaticAsset:
    content = path.read_bytes()
    return StaticAsset(path.name, f"assets/{path.stem}.{digest(content)[:10]}{path.suffix}", content)
