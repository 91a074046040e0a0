"""A file of staff is replaced whole or not at all, and what stood there stays beside it."""

from __future__ import annotations

import contextlib
import itertools
from pathlib import Path


def replace_file(path: Path, content: bytes, *, keeps_old: bool = True) -> Path | None:
    """Write a file whole; return the copy of another that stood there, None without one or where it is not kept."""
    old = path.read_bytes() if keeps_old and path.exists() else content
    backup_path = None if old == content else _back_up(path, old)
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_bytes(content)
    beside.replace(path)
    return backup_path


def _back_up(path: Path, content: bytes) -> Path:
    """Write a copy under the first free name, and return it; no older copy is lost."""
    for number in itertools.count(1):
        backup_path = path.with_name(f"{path.name}.bak{number if number > 1 else ''}")
        with contextlib.suppress(FileExistsError), backup_path.open("xb") as file:
            file.write(content)
            return backup_path
    raise AssertionError
