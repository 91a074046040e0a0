"""One writer at a time. The lock is the system's: it ends with the process that holds it, however that ends.

Workers that were forked hold it with their parent, so that it is free when the last of them has ended.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from nianbao.errors import DataError

# A killed build's workers need a moment to end, and a preview builds for a moment.
WAIT_SECONDS = 2.0
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
    """A lock that is held. `was_cut_short` is whether its last holder ended without giving it back.

    `is_real` is False where the file system has no locks.
    """

    descriptor: int
    was_cut_short: bool
    is_real: bool

    @classmethod
    def take(cls, path: Path, *, folder: Path, command: str, wait_seconds: float = WAIT_SECONDS) -> Self:
        """Return the lock of a file beside or in `folder`, made where it is not there; it is never deleted.

        Raises: HeldError after `wait_seconds`; OSError when the disk refuses.
        """
        until = time.monotonic() + wait_seconds
        while True:
            descriptor = os.open(path, _OPEN, 0o644)
            try:
                is_real = _lock(descriptor)
                # Somebody may have deleted it before it was locked: then it guards nothing.
                if is_real is not None and _is_at(path, descriptor):
                    note = os.pread(descriptor, 1000, 0) if hasattr(os, "pread") else os.read(descriptor, 1000)
                    now = {"pid": os.getpid(), "since": time.strftime("%Y-%m-%d %H:%M:%S"), "command": command}
                    _write_note(descriptor, json.dumps(now).encode())
                    return cls(descriptor, bool(note), is_real)
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)
            if time.monotonic() > until:
                raise HeldError(_explain_held(path, folder))
            time.sleep(0.02)

    def release(self) -> None:
        """Give it back."""
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


def _explain_held(path: Path, folder: Path) -> str:
    try:
        with path.open("rb") as stream:
            note = json.loads(stream.read(1000))
        holder = f"{note['command']}（进程 {note['pid']}，{note['since']} 开始）"
        fix = f"等它结束再试；它卡住不动了，就先结束进程 {note['pid']}"
    except (OSError, ValueError, LookupError, TypeError):
        holder, fix = "另一个程序", "等它结束再试"
    return str(DataError(str(folder), 0, "", f"{holder} 正在往这里写，这一次没有开始，什么也没有改", fix))
