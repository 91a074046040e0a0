"""QR codes of cards' own pages (ISO/IEC 18004), large enough to survive a chat program's recompression."""

from __future__ import annotations

from functools import lru_cache

import segno

QUIET_MODULES = 4
_MODULE_PX = 4
_LARGEST_PX = 208


@lru_cache(maxsize=256)
def make_code(url: str) -> tuple[bytes, ...]:
    """Return the rows of the code without its quiet zone, one byte a module: 1 is dark."""
    return tuple(bytes(row) for row in segno.make(url, error="m", micro=False).matrix)


def choose_module_px(count: int) -> int:
    """Return the size of a module for a code of `count` modules a side, px."""
    return _MODULE_PX if (count + 2 * QUIET_MODULES) * _MODULE_PX <= _LARGEST_PX else _MODULE_PX - 1
