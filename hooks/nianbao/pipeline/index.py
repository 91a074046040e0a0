"""The index of what was built, and of which inputs. What is lost of it costs work, never a wrong page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self

from pydantic_core import from_json, to_json

from nianbao.pipeline.row_file import Place, Row, RowFile

_VERSION = 1
# A path below the site's folder, or a file of the store, and nothing that could lead elsewhere.
_SITE_PATH = re.compile(r"(?:(?!\.{1,2}(?:/|\Z))[^/\\\0]+/)*(?!\.{1,2}\Z)[^/\\\0]+")
_STORE_NAME = re.compile(r"[0-9a-f]{32}")
_TABLES = {
    "outputs": ("subject", "output", "key", "files", "part"),
    "reports": ("district", "stem", "of", "summary", "figures"),
}


class MeaninglessRowError(ValueError):
    """A row has its checksum and yet is none that a build writes."""


class BuiltFile(NamedTuple):
    """A file of the site: its content is `name` in the store; `listed` is whether the sitemap names it."""

    site_path: str
    name: str
    listed: bool


@dataclass(frozen=True)
class Entry:
    """What one output gave of one subject (district:xigu, year:2023, site).

    `key` is the digest of its inputs, `part` the name of a file in the store that is not of the site.
    """

    subject: str
    output: str
    key: str
    files_json: bytes
    part: str | None = None

    @classmethod
    def make(
        cls, subject: str, output: str, key: str, *, files: Iterable[BuiltFile] = (), part: str | None = None
    ) -> Self:
        """Return an entry, its files turned to the JSON that is kept."""
        return cls(subject, output, key, to_json(list(files)), part)

    @cached_property
    def files(self) -> tuple[BuiltFile, ...]:
        """The files of the site, in the order in which they were given."""
        return tuple(BuiltFile(*file) for file in from_json(self.files_json))


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What is kept of one report, both as JSON in UTF-8; both are empty of a draft that is left out."""

    district: str
    stem: str
    summary: bytes
    figures: bytes

    @classmethod
    def left_out(cls, district: str, stem: str) -> Self:
        """Return the row of a draft that is not in the site."""
        return cls(district, stem, b"", b"")

    @property
    def is_left_out(self) -> bool:
        """Whether it is of a draft that is not in the site."""
        return not self.summary

    @property
    def year(self) -> int:
        """The year that it tells of, with which its file's name begins."""
        return int(self.stem[:4])


class Index:
    """The index as it was when it was opened, and the way to write the next one. Holds no connection and no lock."""

    def __init__(self, file: RowFile) -> None:
        """`open` makes one."""
        self._file = file
        rows = file.read()
        self._outputs: dict[Place, Row] = {row[:2]: row for row in rows["outputs"]}
        self._reports: dict[bytes, list[Row]] = {}
        for row in rows["reports"]:
            self._reports.setdefault(row[0], []).append(row)

    @classmethod
    def open(cls, path: Path, notices: list[str], *, wait_seconds: float = 5) -> Self:
        """Return the index at `path`; what is lost of it is told in `notices`, in Chinese.

        Raises: UnusableIndexError when another program has held it for `wait_seconds`, or the disk refuses.
        """
        return cls(RowFile(path, _TABLES, notices, version=_VERSION, wait_seconds=wait_seconds))

    def entry(self, subject: str, output: str) -> Entry | None:
        """Return what is known of an output; None when nothing is. Raises: MeaninglessRowError."""
        row = self._outputs.get((subject.encode(), output.encode()))
        if row is None:
            return None
        _, _, key, files, part = row
        entry = Entry(subject, output, key.decode(), files, part.decode() or None)
        _check_entry(entry)
        return entry

    def reports(self, district: str) -> tuple[ReportRow, ...]:
        """Return what is known of a district's reports, sorted by stem; nothing when one of them is lost."""
        rows = sorted(self._reports.get(district.encode(), []))
        if any(of != b"%d" % len(rows) for _, _, of, _, _ in rows):
            return ()
        return tuple(ReportRow(district, stem.decode(), summary, figures) for _, stem, _, summary, figures in rows)

    def write(self, *, entries: Iterable[Entry], reports: Iterable[ReportRow]) -> None:
        """Make the file hold exactly these; what this object gives stays what it was.

        Killed at any moment, it leaves the old index or the new one.
        Raises: UnusableIndexError as `open`; ValueError when an output or a report is given twice.
        """
        reports = list(reports)
        # With each its district's count: where one is lost, the others are not taken for all.
        counts = Counter(report.district for report in reports)
        self._file.write(
            {
                "outputs": (
                    (
                        entry.subject.encode(),
                        entry.output.encode(),
                        entry.key.encode(),
                        entry.files_json,
                        (entry.part or "").encode(),
                    )
                    for entry in entries
                ),
                "reports": (
                    (
                        report.district.encode(),
                        report.stem.encode(),
                        b"%d" % counts[report.district],
                        report.summary,
                        report.figures,
                    )
                    for report in reports
                ),
            }
        )


def _check_entry(entry: Entry) -> None:
    """Raises: MeaninglessRowError, also for a path or a name that would lead out of the site or the store."""
    try:
        is_sound = (entry.part is None or _STORE_NAME.fullmatch(entry.part)) and all(
            _SITE_PATH.fullmatch(file.site_path) and _STORE_NAME.fullmatch(file.name) and isinstance(file.listed, bool)
            for file in entry.files
        )
    except (TypeError, ValueError) as failure:
        raise MeaninglessRowError from failure
    if not is_sound:
        raise MeaninglessRowError
