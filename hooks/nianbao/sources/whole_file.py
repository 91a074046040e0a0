"""Writing a file that stands there whole or as it was. No link is followed."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Callable, Iterable
from pathlib import Path


def write_whole(path: Path, content: bytes, *, place: Callable[[Path, Path], object] = os.replace) -> None:
    """Write beside, and then `place` (what is written, path); nothing is left beside, whatever happens.

    Raises: OSError with the name of the file, which a full disk does not tell.
    """
    names = (path.with_name(f".{path.name}.{number}.new") for number in itertools.count(os.getpid()))
    try:
        beside = write_new(names, content)
        try:
            place(beside, path)
        finally:
            with contextlib.suppress(OSError):
                beside.unlink()
    except OSError as failure:
        failure.filename = str(path)
        raise


def write_new(paths: Iterable[Path], content: bytes) -> Path:
    """Write a file at the first path where nothing stands, no link either, and return it; half of one is not left.

    Raises: OSError with the name of the file.
    """
    for path in paths:
        try:
            file = path.open("xb")
        except FileExistsError:
            continue
        try:
            with file:
                file.write(content)
        except BaseException as failure:
            path.unlink()
            if isinstance(failure, OSError):
                failure.filename = str(path)
            raise
        return path
    raise AssertionError
