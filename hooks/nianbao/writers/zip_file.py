"""Several files as one to download."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_zip(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a ZIP of (name, content). Pictures are stored as they are; without times, so the same bytes each time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content)
    return stream.getvalue()
