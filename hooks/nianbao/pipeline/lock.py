"""One writer at a time. The lock is the system's: it ends with the process that holds it, however that ends.

Workers that were forked hold it with their parent, so that it is free when the last of them has ended.
"""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from nianbao.errors import DataError

# What is worth waiting for: the last workers of a killed build, and a preview, which holds it for a moment at a time.
_PASSING_SECONDS = 2.0
PREVIEW = "mkdocs serve"
_NOTE_START = b'{"pid"'
_HELD = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL})
_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)  # past the note: what is locked cannot be read there
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class HeldError(OSError):
    """Another process writes there; the message is in Chinese."""


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock that is held, `has_note` with a note in its file of who holds it.

    `was_cut_short` is whether its last holder ended without giving it back; `is_real` is False where the file system
    has no locks.
    """

    descriptor: int
    has_note: bool
    was_cut_short: bool
    is_real: bool

    @classmethod
    def take(cls, path: Path, *, folder: Path, command: str, wait_seconds: float = 0) -> Self:
        """Return the lock of a file beside or in `folder`, made where it is not there; it is never deleted.

        Raises: HeldError after `wait_seconds`, or the moment that what is passing takes; OSError when the disk refuses.
        """
        start = time.monotonic()
        while True:
            descriptor = os.open(path, _OPEN, 0o644)
            try:
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    raise OSError(errno.ENXIO, "not a file", str(path))
                is_real = _lock(descriptor)
                # Somebody may have deleted it before it was locked: then it guards nothing.
                if is_real is not None and _is_at(path, descriptor):
                    note = os.pread(descriptor, 1000, 0) if hasattr(os, "pread") else os.read(descriptor, 1000)
                    is_ours = not note or note.startswith(_NOTE_START)
                    now = {"pid": os.getpid(), "since": time.strftime("%Y-%m-%d %H:%M:%S"), "command": command}
                    if is_ours:  # what somebody else wrote stays
                        _write_note(descriptor, json.dumps(now).encode())
                    return cls(descriptor, is_ours, bool(note), is_real)
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)
            holder = _read_note(path)
            if time.monotonic() - start > max(wait_seconds, _PASSING_SECONDS if _is_passing(holder) else 0):
                raise HeldError(_explain_held(holder, folder))
            time.sleep(0.02)

    def release(self) -> None:
        """Give it back."""
        if self.has_note:
            _write_note(self.descriptor, b"")
        if sys.platform != "win32":
            fcntl.flock(self.descriptor, fcntl.LOCK_UN)  # also for workers that have it with this process
        os.close(self.descriptor)


def _lock(descriptor: int) -> bool | None:
    """Return True when locked, None when another holds it, False where there are no locks."""
    try:
        _try_lock(descriptor)
    except OSError as failure:
        if failure.errno in _HELD:
            return None
        if failure.errno in _NO_LOCKS:
            return False
        raise
    return True


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.lstat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _write_note(descriptor: int, note: bytes) -> None:
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, note)


def _read_note(path: Path) -> dict[str, Any]:
    """Return what the holder says of itself; nothing where it has not said it yet."""
    try:
        with path.open("rb") as stream:
            note = json.loads(stream.read(1000))
        return {"pid": int(note["pid"]), "since": str(note["since"]), "command": str(note["command"])}
    except (OSError, ValueError, LookupError, TypeError):
        return {}


def _is_passing(holder: dict[str, Any]) -> bool:
    if not holder or holder["command"] == PREVIEW:
        return True
    if sys.platform == "win32":  # where to ask is to kill; no worker holds it there
        return False
    try:
        os.kill(holder["pid"], 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _explain_held(holder: dict[str, Any], folder: Path) -> str:
    name, fix = "另一个程序", "等它结束再试"
    if holder:
        name = f"{holder['command']}（进程 {holder['pid']}，{holder['since']} 开始）"
        fix = f"等它结束再试；它卡住不动了，就先结束进程 {holder['pid']}"
    return str(DataError(str(folder), 0, "", f"{name}正在往这里写：这一次没有开始，什么也没有改", fix))
