"""Where the project is."""

from __future__ import annotations

from pathlib import Path


def find_root() -> Path:
    """Return the nearest folder upwards that holds mkdocs.yml, or the current one."""
    here = Path.cwd().resolve()
    return next((folder for folder in (here, *here.parents) if (folder / "mkdocs.yml").is_file()), here)
