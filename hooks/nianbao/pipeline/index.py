"""The index of what was built, of which inputs, in SQLite: one edit writes a few rows.

Nothing in it is trusted: a row has a checksum of its other columns, and a file that is no index is made anew. What is
lost costs work, never a wrong page.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import sqlite3
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self

from pydantic_core import from_json, to_json

from nianbao.pipeline.places import FILE_MODE, remove

_FORMAT = 1
_APPLICATION_ID = 0x6E6E6262  # "nnbb": tells other databases apart
# The first two columns name the row. No UNIQUE: all is read at once, and a search tree is one more thing to break.
_TABLES = {
    "outputs": ("subject", "output", "key", "files", "part"),
    "reports": ("district", "stem", "of", "summary", "figures"),
}
_LEFTOVER_AFTER_SECONDS = 24 * 3600
# What SQLite says of a file that is no database, a broken one, or one without our tables.
_BROKEN = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_SCHEMA})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


class IndexFailure(OSError):
    """The index cannot be read or written, though nothing is wrong with it; the message is in Chinese."""


class BuiltFile(NamedTuple):
    """A file of the site: its content is `name` in the store; `listed` is whether the sitemap names it."""

    site_path: str
    name: str
    listed: bool


@dataclass(frozen=True)
class Entry:
    """What one output gave of one subject. `key` is the digest of its inputs, `part` a file of the store."""

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
    """What is kept of one report, both as JSON in UTF-8."""

    district: str
    stem: str
    summary: bytes
    figures: bytes


# The columns of a row but its number and checksum, as SQLite gives them.
_Row = tuple[bytes, bytes, bytes, bytes, bytes]


@dataclass
class _Table:
    """The good rows of a table by the columns that name them, each with its number, and the numbers of bad ones."""

    rows: dict[tuple[bytes, bytes], tuple[int, _Row]] = field(default_factory=dict)
    lost: list[int] = field(default_factory=list)


class Index:
    """The index as it was when it was opened, and the way to write the next one. Holds no connection and no lock."""

    def __init__(self, path: Path, notices: list[str], *, wait_seconds: float = 5) -> None:
        """An index with nothing in it; `open` reads the one that is there."""
        self._path = path
        self._notices = notices
        self._wait_seconds = wait_seconds
        self._tables = {name: _Table() for name in _TABLES}
        self._stamp: tuple[int, ...] | None = None  # of the file that was read; None when it is to be written anew

    @classmethod
    def open(cls, path: Path, notices: list[str], *, wait_seconds: float = 5) -> Self:
        """Return the index at `path`; what is lost of it is told in `notices`, in Chinese.

        Raises: IndexFailure when another program has held it for `wait_seconds`, or the disk refuses.
        """
        index = cls(path, notices, wait_seconds=wait_seconds)
        with index._failing_clearly():
            index._load()
        return index

    def entry(self, subject: str, output: str) -> Entry | None:
        """Return what is known of an output; None when nothing is."""
        known = self._tables["outputs"].rows.get((subject.encode(), output.encode()))
        if known is None:
            return None
        _, _, key, files, part = known[1]
        return Entry(subject, output, key.decode(), files, part.decode() or None)

    def reports(self, district: str) -> tuple[ReportRow, ...]:
        """Return what is known of a district's reports, sorted by stem; nothing when one of them is lost."""
        rows = self._reports_by_district.get(district.encode(), [])
        if any(int(row[2]) != len(rows) for row in rows):
            return ()
        return tuple(ReportRow(district, stem.decode(), summary, figures) for _, stem, _, summary, figures in rows)

    def write(self, *, entries: Iterable[Entry], reports: Iterable[ReportRow]) -> None:
        """Make the index hold exactly these. Killed at any moment, it leaves the old index or the new one.

        Raises: IndexFailure when another program holds the index, or the disk refuses.
        """
        new = {"outputs": _list_outputs(entries), "reports": _list_reports(reports)}
        with self._failing_clearly():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._stamp is None or not self._write_changes(new):
                self._write_anew(new)
        # The numbers of the new rows are not known: a second writing goes the long way.
        self._tables = {name: _Table({row[:2]: (0, row) for row in rows}) for name, rows in new.items()}
        self._stamp = None
        self.__dict__.pop("_reports_by_district", None)

    @cached_property
    def _reports_by_district(self) -> dict[bytes, list[_Row]]:
        districts: dict[bytes, list[_Row]] = {}
        for _, (_, row) in sorted(self._tables["reports"].rows.items()):
            districts.setdefault(row[0], []).append(row)
        return districts

    def _load(self) -> None:
        try:
            status = os.lstat(self._path)
        except FileNotFoundError:
            return
        if not stat.S_ISREG(status.st_mode):
            self._drop("不是文件")
            return
        try:
            with _connect(self._path, self._wait_seconds) as connection:
                is_ours = _is_ours(connection)
                # Taken here: opening it may have rolled back what a killed build had begun.
                stamp = _stamp(self._path)
                in_order = is_ours and all([self._load_table(connection, name) for name in _TABLES])
        except sqlite3.DatabaseError as failure:
            if not _is_broken(failure):
                raise
            self._tables = {name: _Table() for name in _TABLES}
            self._drop("坏了")
            return
        if not is_ours:
            self._drop("是旧格式，或者不是索引")
        # A second name of the file would be written through.
        elif in_order and status.st_nlink == 1:
            self._stamp = stamp

    def _load_table(self, connection: sqlite3.Connection, name: str) -> bool:
        """Read the good rows of a table; False when they are not numbered as they should be."""
        table = self._tables[name]
        last = 0
        in_order = True
        for number, a, b, c, d, e, checksum in connection.execute(f"SELECT * FROM {name}").fetchall():  # noqa: S608
            in_order &= number > last
            last = number
            row = (a, b, c, d, e)
            if _checksum(row) == checksum and (a, b) not in table.rows:
                table.rows[a, b] = (number, row)
            else:
                table.lost.append(number)
                self._notices.append(f"缓存的索引里，{_name(row)} 一行坏了，相关页面会重新生成。")
        return in_order

    def _write_changes(self, new: dict[str, list[_Row]]) -> bool:
        """Write what differs from what was read, in one transaction; False when that is not possible."""
        changes = [(name, *_compare(self._tables[name], rows)) for name, rows in new.items()]
        if not any(gone or added for _, gone, added in changes) and _stamp(self._path) == self._stamp:
            return True
        try:
            with _connect(self._path, self._wait_seconds) as connection:
                connection.execute("BEGIN IMMEDIATE")
                if _stamp(self._path) != self._stamp:
                    return False  # another build has written it meanwhile
                for name, gone, added in changes:
                    numbers = [(number,) for number in gone]
                    deleted = connection.executemany(f"DELETE FROM {name} WHERE id = ?", numbers)  # noqa: S608
                    if numbers and deleted.rowcount != len(numbers):
                        return False
                    _insert(connection, name, added)
                connection.execute("COMMIT")
        except sqlite3.DatabaseError as failure:
            if not _is_broken(failure):
                raise
            return False
        return True

    def _write_anew(self, new: dict[str, list[_Row]]) -> None:
        """Write the whole index beside and rename it."""
        self._remove_leftovers()
        beside = self._path.with_name(f"{self._path.name}.{os.urandom(8).hex()}.new")
        try:
            with _connect(beside, self._wait_seconds) as connection:
                beside.chmod(FILE_MODE)
                connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {_FORMAT}")
                connection.execute("BEGIN IMMEDIATE")
                for name, columns in _TABLES.items():
                    described = ", ".join(f'"{column}" TEXT NOT NULL' for column in (*columns, "checksum"))
                    connection.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, {described})")
                    _insert(connection, name, new[name])
                connection.execute("COMMIT")
            self._clear_place()
            beside.replace(self._path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise

    def _drop(self, why: str) -> None:
        self._clear_place()
        self._notices.append(f"缓存的索引 {self._path.name} {why}，已删掉，这次全部重新生成。")

    def _clear_place(self) -> None:
        # The old file's journal first: SQLite would play it back into the new file.
        for suffix in ("-journal", "-wal", "-shm", ""):
            remove(f"{self._path}{suffix}")

    def _remove_leftovers(self) -> None:
        """Remove what killed processes left beside, when it is a day old: another build may be writing."""
        before = time.time() - _LEFTOVER_AFTER_SECONDS
        for leftover in self._path.parent.glob(f"{self._path.name}.*.new*"):
            with contextlib.suppress(OSError):
                if leftover.lstat().st_mtime < before:
                    remove(str(leftover))

    @contextmanager
    def _failing_clearly(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as failure:
            what = (
                "正被另一个程序占用，请等它结束再试"
                if _code(failure) in _BUSY
                else f"读写不了，请检查磁盘空间和权限（{failure}）"
            )
            raise IndexFailure(f"缓存的索引 {self._path} {what}。") from failure
        except OSError as failure:
            raise IndexFailure(f"缓存的索引 {self._path} 读写不了，请检查磁盘空间和权限（{failure}）。") from failure


@contextmanager
def _connect(path: Path, wait_seconds: float) -> Iterator[sqlite3.Connection]:
    """Give a connection whose texts come as bytes; a transaction that is open at the end is rolled back."""
    connection = sqlite3.connect(path, timeout=wait_seconds, isolation_level=None)
    try:
        connection.text_factory = bytes
        connection.execute("PRAGMA page_size = 16384")  # holds a row; has no effect on a file that is there
        yield connection
    finally:
        connection.close()


def _is_ours(connection: sqlite3.Connection) -> bool:
    versions = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    return versions == [_APPLICATION_ID, _FORMAT]


def _code(failure: sqlite3.Error) -> int:
    return getattr(failure, "sqlite_errorcode", 0) & 0xFF


def _is_broken(failure: sqlite3.Error) -> bool:
    return _code(failure) in _BROKEN


def _stamp(path: Path) -> tuple[int, ...]:
    """Tell whether another build wrote the file meanwhile; damage is found by the checksums."""
    status = os.lstat(path)
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _checksum(row: _Row) -> bytes:
    """Return the checksum of a row's other columns, as hex; b"" when one of them is no text, as damage can make it."""
    try:
        return hashlib.blake2b(b"\0".join(row), digest_size=16).hexdigest().encode()
    except TypeError:
        return b""


def _name(row: _Row) -> str:
    """Return what a row is of, for people, also when its bytes are damaged."""
    return " ".join(part.decode(errors="replace") if isinstance(part, bytes) else str(part) for part in row[:2])


def _compare(old: _Table, new: Iterable[_Row]) -> tuple[list[int], list[_Row]]:
    """Return the numbers of the rows that go, and the rows that come: a changed row does both."""
    gone = {place: number for place, (number, _) in old.rows.items()}
    added: list[_Row] = []
    for row in new:
        known = old.rows.get(row[:2])
        if known is not None and known[1] == row:
            del gone[row[:2]]
        else:
            added.append(row)
    return [*gone.values(), *old.lost], added


def _insert(connection: sqlite3.Connection, name: str, rows: Iterable[_Row]) -> None:
    # As texts, so that a person with the sqlite3 program can ask for them.
    connection.executemany(
        f"INSERT INTO {name} VALUES (NULL, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        ([column.decode() for column in (*row, _checksum(row))] for row in rows),
    )


def _list_outputs(entries: Iterable[Entry]) -> list[_Row]:
    return _sort(
        (entry.subject.encode(), entry.output.encode(), entry.key.encode(), entry.files_json, (entry.part or "").encode())
        for entry in entries
    )  # fmt: skip


def _list_reports(reports: Iterable[ReportRow]) -> list[_Row]:
    """Return the rows, each with the count of its district's: where one is lost, the others are not taken for all."""
    reports = list(reports)
    counts: dict[str, int] = {}
    for report in reports:
        counts[report.district] = counts.get(report.district, 0) + 1
    return _sort(
        (report.district.encode(), report.stem.encode(), b"%d" % counts[report.district], report.summary, report.figures)
        for report in reports
    )  # fmt: skip


def _sort(rows: Iterable[_Row]) -> list[_Row]:
    in_order = sorted(rows)
    for before, row in itertools.pairwise(in_order):
        if before[:2] == row[:2]:
            raise ValueError(f"given twice: {_name(row)}")
    return in_order
