"""Style and script of the site. Their paths carry a digest: WeChat caches hard, so what changes must move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao.pipeline.store import digest

# Each with the files that it is made of: a page loads one style sheet and one script.
_PARTS = {
    "style.css": ("frame.css", "style.css"),
    "script.js": ("frame.js", "script.js"),
    "document.css": ("frame.css", "document.css"),
    "frame.js": ("frame.js",),
    "icon.svg": ("icon.svg",),
}


@dataclass(frozen=True, slots=True)
class StaticAsset:
    """One asset; `name` is as in the source folder, `site_path` carries the digest."""

    name: str
    site_path: str
    content: bytes


def read_assets(template_dirs: Sequence[Path]) -> tuple[StaticAsset, ...]:
    """Return the assets in a fixed order, each from nianbao/ in the first of `template_dirs` that has its parts."""
    return tuple(_make_asset(name, [_find(part, template_dirs) for part in parts]) for name, parts in _PARTS.items())


def _find(name: str, template_dirs: Sequence[Path]) -> Path:
    return next(path for folder in template_dirs if (path := folder / "nianbao" / name).is_file())


def _make_asset(name: str, parts: Sequence[Path]) -> StaticAsset:
    content = b"".join(part.read_bytes() for part in parts)
    stem, dot, suffix = name.rpartition(".")
    return StaticAsset(name, f"assets/{stem}.{digest(content)[:10]}{dot}{suffix}", content)
