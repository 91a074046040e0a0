"""The store of files: nothing wrong is ever given, whatever happened to its folder."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nianbao.pipeline.store import Store, digest

GOOD, BAD = b"good" * 500, b"baad" * 500


@pytest.fixture
def masked() -> Iterator[None]:
    old = os.umask(0o077)
    yield
    os.umask(old)


def put_folder(place: Path) -> None:
    place.mkdir()
    (place / "inside").write_bytes(b"x")


def put_garbage(place: Path) -> None:
    place.write_bytes(b"garbage")


def put_link(place: Path) -> None:
    (place.parent / "elsewhere").write_bytes(b"mine")
    place.symlink_to(place.parent / "elsewhere")


def put_link_to_folder(place: Path) -> None:
    (place.parent / "elsewhere").mkdir()
    place.symlink_to(place.parent / "elsewhere")


def put_pipe(place: Path) -> None:
    os.mkfifo(place)


def is_clean(cache_dir: Path) -> bool:
    return not [path for path in (cache_dir / "pages").rglob("*.*") if path.is_file()]


def test_a_content_is_kept_once_under_its_digest(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    name = store.keep(GOOD)
    inode = Path(store.locate(name)).stat().st_ino
    assert name == store.keep(GOOD) == digest(GOOD)
    assert Path(store.locate(name)).stat().st_ino == inode
    assert store.read(name) == GOOD
    assert not store.notices
    assert is_clean(tmp_path / "cache")


@pytest.mark.parametrize("put", [put_folder, put_garbage, put_link, put_pipe])
def test_what_stands_in_the_place_of_a_file_gives_way(tmp_path: Path, put: Callable[[Path], None]) -> None:
    place = Path(Store(tmp_path).locate(digest(GOOD)))
    place.parent.mkdir(parents=True)
    put(place)
    store = Store(tmp_path)
    store.keep(GOOD)
    assert not place.is_symlink()
    assert place.read_bytes() == GOOD
    assert len(store.notices) == 1
    assert place.name in store.notices[0]
    if put is put_link:
        assert (place.parent / "elsewhere").read_bytes() == b"mine"


@pytest.mark.parametrize("put", [put_folder, put_garbage, put_link, put_pipe])
def test_what_stands_in_the_place_of_a_file_is_not_read(tmp_path: Path, put: Callable[[Path], None]) -> None:
    place = Path(Store(tmp_path).locate(digest(GOOD)))
    place.parent.mkdir(parents=True)
    put(place)
    store = Store(tmp_path)
    assert store.read(place.name) is None
    assert not os.path.lexists(place)
    assert len(store.notices) == 1


@pytest.mark.parametrize("put", [put_garbage, put_link, put_link_to_folder])
@pytest.mark.parametrize("folder", [".", "pages", "pages/{0}", "made", "made/{0}"])
def test_what_stands_in_the_place_of_a_folder_gives_way(
    tmp_path: Path, put: Callable[[Path], None], folder: str
) -> None:
    cache_dir, name = tmp_path / "cache", digest(GOOD)
    place = cache_dir / folder.format(name[:2])
    place.parent.mkdir(parents=True, exist_ok=True)
    put(place)
    store = Store(cache_dir)
    store.keep_as(name, GOOD)
    assert store.find(name) == name
    assert place.is_dir()
    assert not place.is_symlink()
    assert len(store.notices) == 1
    elsewhere = place.parent / "elsewhere"
    assert not elsewhere.is_dir() or not list(elsewhere.iterdir())


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.read(digest(GOOD)) is None
    assert "不见了" in store.notices[0]


def test_a_page_defaced_in_place_is_neither_given_nor_written_into(tmp_path: Path) -> None:
    store = Store(tmp_path)
    name = store.keep(GOOD)
    place, page = Path(store.locate(name)), tmp_path / "page"
    page.hardlink_to(place)
    times = place.stat()
    page.write_bytes(BAD)
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert store.keep(GOOD) == name
    assert place.read_bytes() == GOOD
    assert page.read_bytes() == BAD
    assert len(store.notices) == 1


def test_a_picture_is_found_by_its_inputs_as_long_as_it_is_whole(tmp_path: Path) -> None:
    key, other = digest("inputs"), digest("other inputs")
    name = Store(tmp_path).keep_as(key, GOOD)
    store = Store(tmp_path)  # another process, after the first was killed
    assert store.find(key) == name
    assert store.find(other) is None
    assert not store.notices
    # Good as a file of the store, but not what was made of these inputs.
    store.keep(BAD)
    Path(store.locate(name)).write_bytes(BAD)
    assert store.find(key) is None
    assert store.keep_as(key, GOOD) == store.keep_as(key, GOOD) == store.find(key) == name


def test_a_lost_picture_is_not_found_and_garbage_is_no_note(tmp_path: Path) -> None:
    key = digest("inputs")
    store = Store(tmp_path)
    name = store.keep_as(key, GOOD)
    shelf = tmp_path / "made" / key[:2]
    (shelf / f"{key}-.").mkdir()
    (shelf / key).write_bytes(b"an older format")
    assert store.find(key) == name
    Path(store.locate(name)).unlink()
    assert store.find(key) is None
    assert not list(shelf.iterdir())


def test_what_nothing_names_is_deleted_once_it_is_old(tmp_path: Path) -> None:
    store = Store(tmp_path)
    key = digest("inputs")
    used, unused = store.keep_as(key, GOOD), store.keep_as(digest("others"), BAD)
    strays = [
        Path(f"{store.locate(used)}.0123456789abcdef"),
        tmp_path / "pages" / "foreign" / "file",
        tmp_path / "pages" / "stray",
        tmp_path / "made" / key[:2] / "stray",
        tmp_path / "pages" / ("00" if used[:2] != "00" else "01") / used,
    ]
    for stray in strays:
        stray.parent.mkdir(exist_ok=True)
        stray.write_bytes(b"x")
    old = tmp_path / "pages" / "old"
    old.symlink_to(tmp_path / "pages" / used[:2])
    everything = set(tmp_path.rglob("*"))
    assert store.prune({used}) == 0
    assert set(tmp_path.rglob("*")) == everything
    assert store.prune({used}, grace_seconds=-5) == len(strays) + 3  # and the link, the unused file and its note
    assert store.read(used) == GOOD
    assert store.find(key) == used
    assert not any(os.path.lexists(place) for place in (*strays, old, Path(store.locate(unused))))
    assert not store.notices


def test_modes_do_not_depend_on_the_umask(tmp_path: Path, masked: None) -> None:
    store = Store(tmp_path / "cache")
    store.keep_as(digest("inputs"), GOOD)
    modes = {(path.is_dir(), path.stat().st_mode & 0o7777) for path in tmp_path.rglob("*")}
    assert modes == {(True, 0o755), (False, 0o644)}


def test_a_cache_deleted_while_a_build_runs_is_made_again(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    name = store.keep(GOOD)
    (tmp_path / "cache").rename(tmp_path / "gone")
    assert store.keep(GOOD) == name
    assert store.read(name) == GOOD


def _keep_often(cache_dir: Path, start: multiprocessing.synchronize.Barrier) -> None:
    start.wait()
    for number in range(300):
        store = Store(cache_dir)
        content = b"%d" % number * 1000
        if store.read(store.keep(content)) != content or store.notices:
            os._exit(1)


def test_two_processes_may_keep_the_same_content_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    start = context.Barrier(2)
    processes = [context.Process(target=_keep_often, args=(tmp_path / "cache", start)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert is_clean(tmp_path / "cache")
