"""A file of staff is replaced whole or not at all, and what stood there stays beside it. Links are not followed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from nianbao.importing.source_text import UnreadableError
from nianbao.pipeline.places import read_file
from nianbao.sources.whole_file import write_new, write_whole


def read_old(path: Path) -> bytes | None:
    """Return what stands at a path where a file is to be written; None for nothing. Raises: UnreadableError."""
    try:
        return read_file(str(path))
    except FileNotFoundError:
        return None
    except OSError as failure:
        if not path.is_symlink() and path.is_file():
            raise
        raise UnreadableError(f"{path} 不是普通文件，没有动它", "把它移走（是链接就删去链接），再做一次") from failure


def replace_file(path: Path, content: bytes, *, keeps_old: bool = True) -> Path | None:
    """Write a file whole; return the copy of another that stood there, None without one or where it is not kept.

    Raises: UnreadableError where something else than a file stands, OSError when the disk refuses.
    """
    old = read_old(path)
    backup_path = write_new(_name_backups(path), old) if keeps_old and old is not None and old != content else None
    try:
        write_whole(path, content)
    except OSError:
        if backup_path:  # what it is a copy of still stands
            backup_path.unlink()
        raise
    return backup_path


def _name_backups(path: Path) -> Iterator[Path]:
    return (path.with_name(f"{path.name}.bak{number if number > 1 else ''}") for number in itertools.count(1))
