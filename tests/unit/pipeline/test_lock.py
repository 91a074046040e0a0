"""The lock: one holder, who is named; none when it is killed."""

from __future__ import annotations

import errno
import multiprocessing
import os
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from nianbao.pipeline import lock as lock_module
from nianbao.pipeline.lock import PREVIEW, HeldError, Lock

FORK = multiprocessing.get_context("fork")


def take(path: Path, *, command: str = "mkdocs build", wait_seconds: float = 0) -> Lock:
    return Lock.take(path, folder=path.parent, command=command, wait_seconds=wait_seconds)


def hold(path: Path, is_held: Event, command: str, seconds: float) -> None:
    take(path, command=command)
    is_held.set()
    time.sleep(seconds)
    os.kill(os.getpid(), 9)


def start_holder(
    path: Path, *, command: str = "mkdocs build", seconds: float = 60
) -> multiprocessing.process.BaseProcess:
    is_held = FORK.Event()
    holder = FORK.Process(target=hold, args=(path, is_held, command, seconds))
    holder.start()
    assert is_held.wait(10)
    return holder


def test_a_second_holder_is_told_of_the_first_at_once_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    holder = start_holder(path)
    note = path.read_bytes()
    start = time.monotonic()
    with pytest.raises(HeldError, match=f"mkdocs build（进程 {holder.pid}，2"):
        take(path)
    assert time.monotonic() - start < 1
    assert path.read_bytes() == note
    holder.kill()
    holder.join()


def test_a_killed_holder_leaves_a_note_and_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    holder = start_holder(path)
    holder.kill()
    holder.join()
    lock = take(path)
    assert lock.was_cut_short
    lock.release()
    lock = take(path)
    assert not lock.was_cut_short
    lock.release()


def test_a_preview_is_waited_for(tmp_path: Path) -> None:
    start_holder(tmp_path / "lock", command=PREVIEW, seconds=0.5)
    take(tmp_path / "lock").release()


def test_waiting_is_as_long_as_it_is_asked_for(tmp_path: Path) -> None:
    start_holder(tmp_path / "lock", seconds=0.5)
    take(tmp_path / "lock", wait_seconds=10).release()


def test_what_somebody_wrote_into_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("theirs", encoding="utf-8")
    take(tmp_path / "lock").release()
    assert (tmp_path / "lock").read_text(encoding="utf-8") == "theirs"


def test_a_link_or_a_pipe_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "theirs").touch()
    (tmp_path / "link").symlink_to("theirs")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe"):
        with pytest.raises(OSError, match=r"."):
            take(tmp_path / name)
    assert (tmp_path / "theirs").read_bytes() == b""


def test_a_file_system_without_locks_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr(lock_module, "_try_lock", refuse)
    lock = take(tmp_path / "lock")
    assert not lock.is_real
    monkeypatch.undo()
    lock.release()
