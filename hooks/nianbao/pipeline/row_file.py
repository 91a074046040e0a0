"""A file of rows of five texts, the first two of which name the row, in SQLite: one change writes a few rows.

Nothing in it is trusted: a row has a checksum of its other columns, and a file that is none of ours is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import sqlite3
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from nianbao.pipeline.places import FILE_MODE, remove

_APPLICATION_ID = 0x6E6E6262  # "nnbb": tells other databases apart
_LEFTOVER_AFTER_SECONDS = 24 * 3600
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})

Row = tuple[bytes, bytes, bytes, bytes, bytes]
Place = tuple[bytes, bytes]
_Table = dict[Place, tuple[int, Row]]  # each row with its number


class UnusableIndexError(OSError):
    """The file cannot be read or written, though nothing is wrong with it; the message is in Chinese."""


class RowFile:
    """The file: read once, then written once. Holds no connection and no lock between."""

    def __init__(
        self,
        path: Path,
        tables: Mapping[str, tuple[str, str, str, str, str]],
        notices: list[str],
        *,
        version: int,
        wait_seconds: float,
    ) -> None:
        """`tables` has the columns of each; `wait_seconds` is how long another program may hold the file."""
        self._path = path
        # No UNIQUE: all is read at once, and a search tree is one more thing to break.
        self._schema = {
            name: f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, "
            + ", ".join(f'"{column}" TEXT NOT NULL' for column in (*columns, "checksum"))
            + ")"
            for name, columns in tables.items()
        }
        self._notices = notices
        self._version = version
        self._wait_seconds = wait_seconds
        self._tables: dict[str, _Table] = {name: {} for name in tables}
        self._stamp: tuple[int, ...] | None = None  # of the file that was read; None when it is to be written anew

    def read(self) -> dict[str, list[Row]]:
        """Return the good rows of each table, in no order; what is lost is told in the notices.

        Raises: UnusableIndexError when another program holds the file, or the disk refuses.
        """
        with self._failing_clearly():
            self._load()
        return {name: [row for _, row in table.values()] for name, table in self._tables.items()}

    def write(self, new: Mapping[str, Iterable[Row]]) -> None:
        """Make the tables hold exactly these rows. Killed at any moment, it leaves the old rows or the new ones.

        Raises: UnusableIndexError as `read`; ValueError when a table has two rows of one name.
        """
        rows = {name: sorted(new[name]) for name in self._schema}
        for before, row in (pair for table in rows.values() for pair in itertools.pairwise(table)):
            if before[:2] == row[:2]:
                raise ValueError(f"given twice: {_name(row)}")
        with self._failing_clearly():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # Not when another build has written it meanwhile; asked again when it is locked.
            if self._stamp is None or self._stamp != _stamp(self._path) or not self._write_changes(rows):
                self._write_anew(rows)
        self._stamp = None  # the numbers of the new rows are not known: a second writing goes the long way

    def _load(self) -> None:
        self._clear_way()
        try:
            status = os.lstat(self._path)
        except FileNotFoundError:
            return
        if not stat.S_ISREG(status.st_mode):
            self._drop("不是文件")
            return
        try:
            with _connect(self._path, self._wait_seconds) as connection:
                is_ours = self._is_ours(connection)
                # Taken here: opening it may have rolled back what a killed build had begun.
                stamp = _stamp(self._path)
                are_whole = [self._load_table(connection, name) for name in self._schema if is_ours]
        # SQLite quotes a broken file in its messages, which are then no UTF-8.
        except (sqlite3.DatabaseError, UnicodeDecodeError) as failure:
            if _is_busy(failure):
                raise
            self._tables = {name: {} for name in self._schema}
            self._drop("坏了")
            return
        if not is_ours:
            self._drop("是旧格式，或者不是索引")
        # A page of which a row is lost may fall apart when it is written to; a second name would be written through.
        elif all(are_whole) and status.st_nlink == 1:
            self._stamp = stamp
            if status.st_mode & 0o7777 != FILE_MODE:
                self._path.chmod(FILE_MODE)

    def _load_table(self, connection: sqlite3.Connection, name: str) -> bool:
        """Read the good rows of a table; False when there are others."""
        table = self._tables[name]
        is_whole = True
        last = 0
        for number, a, b, c, d, e, checksum in connection.execute(f"SELECT * FROM {name}").fetchall():
            row = (a, b, c, d, e)
            if _checksum(name, row) == checksum and (a, b) not in table and number > last:
                table[a, b] = (number, row)
                last = number
            else:
                is_whole = False
                self._notices.append(f"缓存的索引里，{_name(row)} 一行坏了，相关页面会重新生成。")
        return is_whole

    def _write_changes(self, new: dict[str, list[Row]]) -> bool:
        """Write what differs from what was read, in one transaction; False when that is not possible."""
        changes = [(name, *_compare(self._tables[name], rows)) for name, rows in new.items()]
        if not any(gone or added for _, gone, added in changes):
            return True
        try:
            with _connect(self._path, self._wait_seconds) as connection:
                connection.execute("BEGIN IMMEDIATE")
                if _stamp(self._path) != self._stamp:
                    return False
                for name, gone, added in changes:
                    deleted = connection.executemany(f"DELETE FROM {name} WHERE id = ?", [(number,) for number in gone])
                    if gone and deleted.rowcount != len(gone):
                        return False
                    self._insert(connection, name, added)
                connection.execute("COMMIT")
        except (sqlite3.DatabaseError, UnicodeDecodeError) as failure:
            if _is_busy(failure):
                raise
            # Where it is the disk that refuses, writing anew says so.
            self._notices.append("写缓存的索引时发现它坏了，已整个重写。")
            return False
        return True

    def _write_anew(self, new: dict[str, list[Row]]) -> None:
        """Write the whole file beside and rename it."""
        self._remove_leftovers()
        beside = self._path.with_name(f"{self._path.name}.{os.urandom(8).hex()}.new")
        try:
            with _connect(beside, self._wait_seconds) as connection:
                connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {self._version}")
                connection.execute("BEGIN IMMEDIATE")
                for name, statement in self._schema.items():
                    connection.execute(statement)
                    self._insert(connection, name, new[name])
                connection.execute("COMMIT")
            beside.chmod(FILE_MODE)
            self._clear_place()
            beside.replace(self._path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise

    def _insert(self, connection: sqlite3.Connection, name: str, rows: Iterable[Row]) -> None:
        # As texts, so that a person with the sqlite3 program can ask for them.
        connection.executemany(
            f"INSERT INTO {name} VALUES (NULL, ?, ?, ?, ?, ?, ?)",
            ([column.decode() for column in (*row, _checksum(name, row))] for row in rows),
        )

    def _is_ours(self, connection: sqlite3.Connection) -> bool:
        versions = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        tables = connection.execute("SELECT name, sql FROM sqlite_schema").fetchall()
        return versions == [_APPLICATION_ID, self._version] and set(tables) == {
            (name.encode(), statement.encode()) for name, statement in self._schema.items()
        }

    def _drop(self, why: str) -> None:
        self._clear_place()
        self._notices.append(f"缓存的索引 {self._path.name} {why}，已删掉，这次全部重新生成。")

    def _clear_place(self) -> None:
        # The old file's journal first: SQLite would play it back into the new file.
        for suffix in ("-journal", "-wal", "-shm", ""):
            remove(f"{self._path}{suffix}")

    def _clear_way(self) -> None:
        """Remove what SQLite would stumble over; a journal that is a file may be needed."""
        for suffix in ("-journal", "-wal", "-shm"):
            beside = f"{self._path}{suffix}"
            with contextlib.suppress(FileNotFoundError):
                is_file = stat.S_ISREG(os.lstat(beside).st_mode)
                if suffix != "-journal" or not is_file:
                    remove(beside)
                    self._notices.append(f"缓存里有碍事的 {self._path.name}{suffix}，已删掉。")

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
        except (sqlite3.Error, OSError) as failure:
            busy = "正被另一个程序占用，请等它结束再试"
            what = busy if _is_busy(failure) else f"读写不了，请检查磁盘空间和权限（{failure}）"
            raise UnusableIndexError(f"缓存的索引 {self._path} {what}。") from failure


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


def _is_busy(failure: Exception) -> bool:
    return getattr(failure, "sqlite_errorcode", 0) & 0xFF in _BUSY


def _stamp(path: Path) -> tuple[int, ...] | None:
    """Return what tells whether another build wrote the file meanwhile; None when there is none."""
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _checksum(table: str, row: Row) -> bytes:
    """Return the checksum of a row, as hex; b"" when a column is no text, as damage can make it."""
    try:
        return hashlib.sha256(b"\0".join((table.encode(), *row))).hexdigest()[:32].encode()
    except TypeError:
        return b""


def _name(row: Row) -> str:
    """Return what a row is of, for people, also when its bytes are damaged."""
    return " ".join(part.decode(errors="replace") if isinstance(part, bytes) else str(part) for part in row[:2])


def _compare(old: _Table, new: Iterable[Row]) -> tuple[list[int], list[Row]]:
    """Return the numbers of the rows that go, and the rows that come: a changed row does both."""
    gone = {place: number for place, (number, _) in old.items()}
    added: list[Row] = []
    for row in new:
        known = old.get(row[:2])
        if known is not None and known[1] == row:
            del gone[row[:2]]
        else:
            added.append(row)
    return list(gone.values()), added
