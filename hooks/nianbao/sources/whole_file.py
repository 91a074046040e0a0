"""Writing a file that stands there whole or as it was."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path


def write_whole(path: Path, content: bytes, *, place: Callable[[Path, Path], object] = os.replace) -> None:
    """Write beside, and then `place` (what is written, path); nothing is left beside, whatever happens.

    Raises: OSError with the name of the file, which a full disk does not tell.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(content)
        place(beside, path)
    except OSError as failure:
        failure.filename = str(path)
        raise
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
