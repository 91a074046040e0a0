"""The documents that a person means: files as named, and of folders those that can be read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nianbao.importing.readers import list_suffixes
from nianbao.importing.source_text import UnreadableError

DOCUMENTS_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Documents:
    """Paths to read, in their order, and those in the folders that no reader takes."""

    paths: tuple[Path, ...]
    others: tuple[Path, ...]


def find_documents(paths: Iterable[Path]) -> Documents:
    """Return the documents that paths name; those of a folder by name, with the folders in it, through no link.

    Left out in silence are hidden files and what Word leaves beside an open document (~$…). Raises: UnreadableError
    when there are too many.
    """
    suffixes = frozenset(list_suffixes().split())
    found: dict[Path, None] = {}
    others: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        for inner in _list_files(path):
            (found if inner.suffix.lower() in suffixes else others)[inner] = None
            if len(found) > DOCUMENTS_LIMIT:
                raise UnreadableError(f"{path} 里有超过 {DOCUMENTS_LIMIT} 份文件", "选对文件夹，或分几次导入")
    return Documents(tuple(found), tuple(others))


def _list_files(folder: Path) -> Iterable[Path]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(here, name)
            if not name.startswith((".", "~$")) and not path.is_symlink():
                yield path
