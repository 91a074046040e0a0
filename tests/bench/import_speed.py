"""How long an import takes after start-up: `python -m tests.bench.import_speed [FILE…]`.

Without files, the fixtures of the importer. Prints the best of five runs a file, and how time grows with length.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from nianbao.app.import_documents import import_document
from nianbao.importing.figures import list_reportable

_FIXTURES = Path(__file__).parents[1] / "fixtures/import"
_RUNS = 5
_LIMIT_MS = 30.0


def time_import(path: Path) -> float:
    """Return the milliseconds of the best run, nothing kept from the one before."""
    best = float("inf")
    for _ in range(_RUNS):
        list_reportable.cache_clear()
        start = time.perf_counter()
        import_document(path, indicators={})
        best = min(best, time.perf_counter() - start)
    return best * 1000


def main(arguments: list[str]) -> int:
    """Print the table; 1 when a file took longer than the limit."""
    paths = [Path(name) for name in arguments] or sorted(_FIXTURES.glob("*.txt"))
    slow = 0
    for path in paths:
        taken_ms = time_import(path)
        slow += taken_ms > _LIMIT_MS
        print(f"{path.name[:40]:40} {len(path.read_bytes()):8} bytes {taken_ms:8.1f} ms")
    longest = max(paths, key=lambda path: path.stat().st_size)
    text = longest.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for times in (1, 4, 16):
            grown = Path(folder) / f"{times}.txt"
            grown.write_text(text * times, encoding="utf-8")
            taken_ms = time_import(grown)
            print(f"{longest.name[:30]:30} × {times:<7} {len(grown.read_bytes()):8} bytes {taken_ms:8.1f} ms")
    print(f"limit {_LIMIT_MS:.0f} ms a file: " + ("kept" if not slow else f"{slow} slower"))
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
