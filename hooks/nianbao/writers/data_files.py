"""Records and tables as files: JSON (RFC 8259) and CSV (RFC 4180), in UTF-8."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence

from nianbao.artefact import Artefact

# Excel takes a file without it for one of its own code page.
_BYTE_ORDER_MARK = "\ufeff"
# A cell that begins so is a formula to Excel.
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
_NEGATIVE = re.compile(r"-[0-9]+(?:[.,][0-9]+)*[%‰]?")


def write_json(site_path: str, record: object) -> Artefact:
    """Return a record as JSON, its keys in their order."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return Artefact(site_path, f"{text}\n".encode(), listed=False)


def write_csv_rows(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows of a table without its head. A text that Excel would take for a formula is led by an apostrophe."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows([_disarm(cell) for cell in row] for row in rows)
    return stream.getvalue().encode()


def write_csv(site_path: str, columns: Sequence[str], rows: Iterable[bytes]) -> Artefact:
    """Return a table of rows that `write_csv_rows` wrote, under its head."""
    head = _BYTE_ORDER_MARK.encode() + write_csv_rows([columns])
    return Artefact(site_path, b"".join([head, *rows]), listed=False)


def _disarm(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) and not _NEGATIVE.fullmatch(cell) else cell
