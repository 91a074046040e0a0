"""QR codes of cards' own pages (ISO/IEC 18004), large enough to survive a chat program's recompression.

segno takes five milliseconds for a code, and a report has fifty, whose addresses differ in two digits. So segno makes
few of them: masking and error correction are sums modulo 2, so two codes of one length differ by the sum of what each
other character alone would change, and that is kept. The mask is the one of the lowest penalty, as the standard asks.
"""

from __future__ import annotations

from functools import cache, lru_cache

import segno

QUIET_MODULES = 4
_MODULE_PX = 4
_LARGEST_PX = 208
_MASKS = range(8)
# Light modules after each row, which part it from the next: as many as a finder pattern's look-alike has beside it.
_BLANK = 4


@lru_cache(maxsize=256)
def make_code(url: str) -> tuple[bytes, ...]:
    """Return the rows of the code without its quiet zone, one byte a module: 1 is dark."""
    if not url.isascii():
        return tuple(bytes(row) for row in segno.make(url, error="m", micro=False).matrix)
    known = _KNOWN.setdefault(len(url), url)
    size, symbol = _encode(known, 0)
    for at, (one, other) in enumerate(zip(url, known, strict=True)):
        if one != other:
            symbol ^= _find_change(known, at, one)
    best = min((symbol ^ change for change in _find_mask_changes(known)), key=lambda masked: weigh_symbol(masked, size))
    rows = [best >> number * (size + _BLANK) & (1 << size) - 1 for number in range(size)]
    return tuple(bytes(row >> at & 1 for at in range(size)) for row in rows)


def choose_module_px(count: int) -> int:
    """Return the size of a module for a code of `count` modules a side, px."""
    return _MODULE_PX if (count + 2 * QUIET_MODULES) * _MODULE_PX <= _LARGEST_PX else _MODULE_PX - 1


# For each length the first address that had it. Which one it is makes no difference to any code.
_KNOWN: dict[int, str] = {}


@cache
def _encode(text: str, mask: int) -> tuple[int, int]:
    """The modules of a side, and all modules as bits: row by row, then column by column, each followed by blanks."""
    matrix = segno.make(text, error="m", micro=False, mode="byte", mask=mask).matrix
    size, blank = len(matrix), bytes(_BLANK)
    lines = [*matrix, bytes(size), *zip(*matrix, strict=True)]
    modules = b"".join(bytes(line) + blank for line in lines)
    return size, int(modules[::-1].translate(b"01" + bytes(254)), 2)


@cache
def _find_change(known: str, at: int, character: str) -> int:
    return _encode(known, 0)[1] ^ _encode(known[:at] + character + known[at + 1 :], 0)[1]


@cache
def _find_mask_changes(known: str) -> tuple[int, ...]:
    return tuple(_encode(known, 0)[1] ^ _encode(known, mask)[1] for mask in _MASKS)


@cache
def _find_neighbours(size: int) -> int:
    """The modules that have another to their right, in rows and in columns."""
    row = (1 << size - 1) - 1
    return sum(row << number * (size + _BLANK) for number in range(2 * size + 1) if number != size)


def weigh_symbol(symbol: int, size: int) -> int:
    """Return the penalty of a symbol as `_encode` has it (ISO/IEC 18004:2015, 7.8.3): the lower, the better to read."""
    alike = ~(symbol ^ symbol >> 1) & _find_neighbours(size)
    runs = alike & alike >> 1
    runs &= runs >> 2  # five modules of one colour and more
    step = size + _BLANK
    blocks = alike & alike >> step & ~(symbol ^ symbol >> step)
    dark = symbol & symbol >> 2 & symbol >> 3 & symbol >> 4 & symbol >> 6
    finders = dark & ~(symbol >> 1 | symbol >> 5)  # dark, light, three dark, light, dark
    before = symbol << 1 | symbol << 2
    after = symbol >> 7 | symbol >> 8
    finders &= ~((before | before << 2) & (after | after >> 2))  # with four light ones before or after
    # Blocks and dark modules were counted twice, by rows and by columns.
    share = abs(10 * symbol.bit_count() - 10 * size * size) // (size * size)
    return (
        runs.bit_count()
        + 2 * (runs & ~(runs << 1)).bit_count()
        + 3 * blocks.bit_count() // 2
        + 40 * finders.bit_count()
        + 10 * share
    )
