"""The index: what is damaged is told and costs its rows; what is killed leaves a whole index."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nianbao.pipeline import row_file
from nianbao.pipeline.index import BuiltFile, Entry, Index, ReportRow
from nianbao.pipeline.row_file import UnusableIndexError

PAGE = BuiltFile("xigu/index.html", "ab12" * 8, True)
ENTRIES = [
    Entry.make("district:xigu", "pages", "key1", files=[PAGE], part="cd34" * 8),
    Entry.make("year:2023", "page", "key2", files=[BuiltFile("2023/index.html", "ef56" * 8, False)]),
]
REPORTS = [
    ReportRow("xigu", "2023", '{"title":"青春"}'.encode(), b"[1]"),
    ReportRow("xigu", "2022", b"{}", b"[2]"),
    ReportRow("dongli", "2023", b"{}", b"[3]"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "index.db"
    Index.open(place, []).write(entries=ENTRIES, reports=REPORTS)
    return place


def open_index(path: Path) -> tuple[Index, list[str]]:
    notices: list[str] = []
    return Index.open(path, notices, wait_seconds=0.05), notices


def is_whole(path: Path) -> bool:
    index, notices = open_index(path)
    return (
        not notices
        and [index.entry(entry.subject, entry.output) for entry in ENTRIES] == ENTRIES
        and index.reports("xigu") == (REPORTS[1], REPORTS[0])
        and index.reports("dongli") == (REPORTS[2],)
        and path.stat().st_mode & 0o7777 == 0o644
        and sorted(path.parent.iterdir()) == [path]
    )


def test_what_was_written_is_read(path: Path) -> None:
    assert is_whole(path)
    index, _ = open_index(path)
    entry = index.entry("district:xigu", "pages")
    assert entry is not None
    assert entry.files == (PAGE,)
    assert index.entry("district:xigu", "cards") is None
    assert index.reports("nowhere") == ()


def test_no_index_is_an_empty_one_without_a_notice(tmp_path: Path) -> None:
    index, notices = open_index(tmp_path / "none.db")
    assert index.entry("site", "x") is None
    assert not notices


def test_an_edit_writes_the_rows_that_changed(path: Path) -> None:
    index, _ = open_index(path)
    inode, before = path.stat().st_ino, read_numbers(path)
    edited = [ReportRow("xigu", "2023", b"{}", b"[9]"), REPORTS[1], ReportRow("anning", "2023", b"{}", b"[]")]
    index.write(entries=ENTRIES[:1], reports=edited)
    after = read_numbers(path)
    assert path.stat().st_ino == inode
    assert after["xigu 2022"] == before["xigu 2022"]
    assert after["xigu 2023"] not in before.values()
    assert set(after) == {"xigu 2022", "xigu 2023", "anning 2023"}
    index, notices = open_index(path)
    assert index.reports("xigu") == (REPORTS[1], edited[0])
    assert index.reports("dongli") == ()
    assert index.entry("year:2023", "page") is None
    assert not notices


def test_an_object_may_write_twice(path: Path) -> None:
    index, _ = open_index(path)
    index.write(entries=[], reports=[])
    index.write(entries=ENTRIES, reports=REPORTS)
    assert is_whole(path)


def test_nothing_is_given_twice(path: Path) -> None:
    with pytest.raises(ValueError, match="xigu 2023"):
        open_index(path)[0].write(entries=ENTRIES, reports=[*REPORTS, REPORTS[0]])
    assert is_whole(path)


def read_numbers(path: Path) -> dict[str, int]:
    connection = sqlite3.connect(path)
    numbers = {f"{a} {b}": number for number, a, b in connection.execute("SELECT id, district, stem FROM reports")}
    connection.close()
    return numbers


@pytest.mark.parametrize("value", [b"x", b"\xff", 7])
@pytest.mark.parametrize(
    ("table", "column"),
    [
        *(("outputs", column) for column in ("subject", "output", "key", "files", "part", "checksum")),
        *(("reports", column) for column in ("district", "stem", "of", "summary", "figures", "checksum")),
    ],
)
def test_a_damaged_value_costs_its_row_and_is_told(path: Path, table: str, column: str, value: object) -> None:
    connection = sqlite3.connect(path)
    (number, old) = connection.execute(f'SELECT id, "{column}" FROM {table} ORDER BY id LIMIT 1').fetchone()
    new = f"{old[:-1]}{chr(ord(old[-1]) ^ 1)}" if value == b"x" and old else value
    connection.execute(f'UPDATE {table} SET "{column}" = ? WHERE id = ?', (new, number))
    connection.commit()
    connection.close()

    index, notices = open_index(path)
    assert len(notices) == 1
    known = [index.entry(entry.subject, entry.output) for entry in ENTRIES]
    if table == "outputs":
        assert known == [None, ENTRIES[1]]
        assert len(index.reports("xigu")) == 2
    else:
        assert known == ENTRIES
        assert index.reports("dongli") == ()  # the first by name
        assert len(index.reports("xigu")) == 2
    index.write(entries=ENTRIES, reports=REPORTS)
    assert is_whole(path)


def test_of_a_district_with_a_lost_report_nothing_is_given(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data.replace("青春".encode(), "青夏".encode()))
    index, notices = open_index(path)
    assert index.reports("xigu") == ()
    assert index.reports("dongli") == (REPORTS[2],)
    assert notices == ["缓存的索引里，xigu 2023 一行坏了，相关页面会重新生成。"]


def test_any_flipped_byte_gives_what_was_written_or_less(path: Path) -> None:
    data = path.read_bytes()
    places = [place for place, byte in enumerate(data) if byte][::7]
    for place in places:
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x21]) + data[place + 1 :])
        index, notices = open_index(path)
        known = [index.entry(entry.subject, entry.output) for entry in ENTRIES]
        assert all(found in {None, entry} for found, entry in zip(known, ENTRIES, strict=True))
        assert index.reports("xigu") in {(), (REPORTS[1], REPORTS[0])}
        assert index.reports("dongli") in {(), (REPORTS[2],)}
        assert known == ENTRIES or notices, place
        index.write(entries=ENTRIES, reports=REPORTS)
        assert is_whole(path), place


def put_folder(place: Path) -> None:
    place.mkdir()
    (place / "inside").touch()


def put_garbage(place: Path) -> None:
    place.write_bytes(b"garbage" * 1000)


def put_nothing(place: Path) -> None:
    place.touch()


def put_link(place: Path) -> None:
    other = place.parent / "other.db"
    Index.open(other, []).write(entries=[], reports=[])
    place.symlink_to(other)


def put_older_format(place: Path) -> None:
    connection = sqlite3.connect(place)
    connection.execute("CREATE TABLE outputs (x)")
    connection.close()


def put_pipe(place: Path) -> None:
    os.mkfifo(place)


@pytest.mark.parametrize("put", [put_folder, put_garbage, put_nothing, put_link, put_older_format, put_pipe])
def test_what_is_no_index_is_made_anew(tmp_path: Path, put: Callable[[Path], None]) -> None:
    path = tmp_path / "index.db"
    put(path)
    other = tmp_path / "other.db"
    before = other.read_bytes() if other.exists() else b""
    index, notices = open_index(path)
    assert len(notices) == 1
    assert "index.db" in notices[0]
    index.write(entries=ENTRIES, reports=REPORTS)
    if before:
        assert other.read_bytes() == before
        other.unlink()
    assert is_whole(path)


@pytest.mark.parametrize("put", [put_folder, put_garbage, put_link, put_pipe])
@pytest.mark.parametrize("suffix", ["-journal", "-wal", "-shm"])
def test_garbage_beside_the_index_is_no_hindrance(path: Path, put: Callable[[Path], None], suffix: str) -> None:
    put(path.with_name(f"{path.name}{suffix}"))
    index, _ = open_index(path)
    (path.parent / "other.db").unlink(missing_ok=True)
    assert index.reports("dongli") == (REPORTS[2],)
    index.write(entries=ENTRIES, reports=REPORTS[:2])
    index.write(entries=ENTRIES, reports=REPORTS)
    assert is_whole(path)


def test_a_second_name_of_the_index_is_not_written_through(path: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").hardlink_to(path)
    before = path.read_bytes()
    open_index(path)[0].write(entries=[], reports=[])
    assert (tmp_path / "mine").read_bytes() == before


def test_an_index_that_another_build_wrote_meanwhile_is_written_anew(path: Path) -> None:
    index, _ = open_index(path)
    open_index(path)[0].write(entries=[], reports=REPORTS[:1])
    index.write(entries=ENTRIES, reports=REPORTS)
    assert is_whole(path)


def test_a_held_index_is_told_clearly(path: Path) -> None:
    index, _ = open_index(path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(UnusableIndexError, match="正被另一个程序占用"):
            open_index(path)
        with pytest.raises(UnusableIndexError, match="正被另一个程序占用"):
            index.write(entries=[], reports=[])
    finally:
        connection.close()
    assert is_whole(path)


def test_a_disk_that_refuses_is_told_clearly(path: Path) -> None:
    index, _ = open_index(path)

    @contextmanager
    def read_only(place: Path, wait_seconds: float) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(f"file:{place}?mode=ro", uri=True, isolation_level=None)
        yield connection
        connection.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_file, "_connect", read_only)
        with pytest.raises(UnusableIndexError, match="检查磁盘空间和权限"):
            index.write(entries=[], reports=[])
    assert is_whole(path)


class Killed(sqlite3.Connection):
    """A connection whose process ends before the transaction does, with all that it has not synced written."""

    def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
        if sql == "COMMIT":
            os._exit(9)
        return super().execute(sql, *parameters)


@contextmanager
def connect_to_die(place: Path, wait_seconds: float) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(place, isolation_level=None, factory=Killed)
    connection.text_factory = bytes
    connection.execute("PRAGMA cache_size = 1")  # what is changed goes to the file at once
    yield connection


def write_and_die(index: Index) -> None:
    child = os.fork()
    if child == 0:
        row_file._connect = connect_to_die
        index.write(entries=[], reports=[ReportRow("new", "1", b"z" * 50000, b"")])
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def make_large(path: Path) -> Index:
    many = [ReportRow("many", str(number), b"x" * 5000, b"y" * 5000) for number in range(100)]
    open_index(path)[0].write(entries=ENTRIES, reports=[*REPORTS, *many])
    return open_index(path)[0]


@pytest.mark.parametrize("anew", [False, True])
def test_killed_while_it_writes_the_old_index_is_there(path: Path, anew: bool) -> None:
    index = make_large(path)
    before = path.read_bytes()
    if anew:
        index._file._stamp = None
    write_and_die(index)
    assert (path.read_bytes() == before) == anew  # else the child was killed before it had written anything
    index, notices = open_index(path)
    assert not notices
    assert len(index.reports("many")) == 100
    assert index.reports("new") == ()
    index.write(entries=ENTRIES, reports=REPORTS)
    for leftover in path.parent.glob("*.new*"):
        assert anew
        leftover.unlink()
    assert is_whole(path)


def test_what_a_killed_build_had_begun_does_not_get_into_the_next_index(path: Path) -> None:
    index = make_large(path)
    write_and_die(make_large(path))
    assert path.with_name("index.db-journal").exists()
    index.write(entries=ENTRIES, reports=REPORTS)
    assert is_whole(path)


def test_what_killed_builds_left_goes_after_a_day(path: Path) -> None:
    leftovers = [
        path.with_name("index.db.0123456789abcdef.new"),
        path.with_name("index.db.0123456789abcdef.new-journal"),
    ]
    for leftover in leftovers:
        leftover.touch()
    open_index(path)[0].write(entries=ENTRIES, reports=REPORTS)
    index, _ = open_index(path)
    index._file._stamp = None
    index.write(entries=ENTRIES, reports=REPORTS)
    assert all(leftover.exists() for leftover in leftovers)
    for leftover in leftovers:
        os.utime(leftover, (0, 0))
    index.write(entries=ENTRIES, reports=REPORTS)
    assert is_whole(path)


def test_the_mode_does_not_depend_on_the_umask(tmp_path: Path) -> None:
    old = os.umask(0o077)
    try:
        Index.open(tmp_path / "index.db", []).write(entries=ENTRIES, reports=REPORTS)
    finally:
        os.umask(old)
    assert (tmp_path / "index.db").stat().st_mode & 0o7777 == 0o644
    (tmp_path / "index.db").chmod(0o600)
    assert is_whole(tmp_path / "index.db")
