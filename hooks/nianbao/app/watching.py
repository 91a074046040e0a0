"""How a preview learns of a saved file: from the system, at once, where the system can be relied on.

MkDocs looks at every file twice a second. This module alone knows how its LiveReloadServer (1.6) watches, and gives it
another observer. Linux only: Windows also tells of files that were merely read, so that a build could set off the next
one, and what macOS tells was never tried here; there MkDocs looks as before. So it does wherever the system would keep
a change to itself: on a network disk, behind a link, and when there are more folders than may be watched.
"""

from __future__ import annotations

import errno
import logging
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

_log = logging.getLogger("mkdocs.hooks.nianbao")
_PORTS_TRIED = 20
# The rest of one save comes within some milliseconds; MkDocs waits 0.1 s.
_SETTLING_SECONDS = 0.05
# Reading is not a change, and is not even reported: a build opens ten thousand files.
_CHANGES: list[type[FileSystemEvent]] = [
    DirCreatedEvent, DirDeletedEvent, DirMovedEvent,
    FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent,
]  # fmt: skip
# Where no other machine, nor the host of a container, writes unseen.
_LOCAL_FILE_SYSTEMS = frozenset(
    "bcachefs btrfs exfat ext2 ext3 ext4 f2fs fuseblk jfs ntfs3 overlay ramfs reiserfs tmpfs vfat xfs zfs".split()
)
# What editors keep beside a file while it is open. Neither data nor a page has such a name.
_PASSING_STARTS = (".", "~$", "#")
# Material's folder for icons of one's own.
_SHOWN_HIDDEN = ".icons"


class LiveReloadServer(Protocol):
    """What is used of MkDocs's server."""

    observer: Any
    build_delay: float
    url: str
    server_address: Any
    address_family: Any
    _watched_paths: dict[str, int]
    _watch_refs: dict[str, Any]

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Watch a file or a folder."""

    def unwatch(self, path: str) -> None:
        """Take back one call of `watch`."""


def watch_natively(server: LiveReloadServer) -> None:
    """Let the server, which has not started, hear of changes from the system. Call it in MkDocs's `on_serve`."""
    if sys.platform != "linux":
        return
    watched = [
        (path, server._watch_refs[path].is_recursive) for path, n in server._watched_paths.items() for _ in range(n)
    ]
    for path, _ in watched:
        server.unwatch(path)
    server.observer = Watcher(server.observer)
    server.build_delay = _SETTLING_SECONDS
    for path, is_recursive in watched:
        server.watch(path, recursive=is_recursive)


def find_free_port(server: LiveReloadServer) -> str:
    """Turn a server that has not started to the next port that is free; return what to say of it, "" for nothing."""
    host, port, *rest = server.server_address
    for free in range(port, min(port + _PORTS_TRIED, 65536)):
        with socket.socket(server.address_family) as tried, suppress(OSError):
            if sys.platform != "win32":  # there it would share the port with whoever has it
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, free, *rest))
            break
    else:
        return ""
    if free == port:
        return ""
    server.server_address = (host, free, *rest)
    server.url = server.url.replace(f":{port}", f":{free}", 1)
    return f"端口 {port} 有别的程序在用，预览改用 {free}"


@dataclass(eq=False, slots=True)
class _Wish:
    """One watch that MkDocs asked for."""

    handler: FileSystemEventHandler
    path: str
    recursive: bool


class _UnreliableError(Exception):
    """The system would not tell of every change; the text says why, in Chinese."""


class Watcher:
    """An observer, as MkDocs uses one, that decides at its start whether to listen to the system or to look itself.

    `polling` is the observer that looks; it has not started and watches nothing.
    """

    def __init__(self, polling: BaseObserver) -> None:
        self._polling = polling
        self._running = polling
        self._wishes: list[_Wish] = []

    @property
    def is_native(self) -> bool:
        """Whether the system tells of changes; false before the start."""
        return self._running is not self._polling

    def schedule(self, event_handler: FileSystemEventHandler, path: str, *, recursive: bool = False) -> _Wish:
        """Note what is to be watched from the start on."""
        wish = _Wish(event_handler, path, recursive)
        self._wishes.append(wish)
        return wish

    def unschedule(self, wish: _Wish) -> None:
        """Forget it before the start."""
        self._wishes.remove(wish)

    def start(self) -> None:
        """Begin to watch. Raises: OSError when a folder cannot even be looked at."""
        try:
            self._running = _start_native(self._wishes)
        except (_UnreliableError, OSError) as reason:
            _log.info("预览每半秒查一遍文件，改动会显示得慢一点：%s", _explain(reason))
            for wish in self._wishes:
                self._polling.schedule(wish.handler, wish.path, recursive=wish.recursive)
            self._polling.start()

    def stop(self) -> None:
        """End watching."""
        self._running.stop()

    def join(self) -> None:
        """Wait for the end."""
        self._running.join()


class _Relay(FileSystemEventHandler):
    """Hands on what changes at or under one path.

    Its folder is watched too, since a file that is saved by renaming, and a folder that is put in the place of
    another, are new to the system.
    """

    def __init__(self, observer: BaseObserver, wish: _Wish) -> None:
        self._observer = observer
        self._handler = wish.handler
        self._root = str(Path(wish.path).resolve())
        self._recursive = wish.recursive
        self._inner: ObservedWatch | None = None
        observer.schedule(self, str(Path(self._root).parent), event_filter=_CHANGES)
        self._watch_root()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Hand the event on as a changed file: MkDocs passes over folders, and one may leave with all its files."""
        paths = [os.fsdecode(path) for path in (event.src_path, event.dest_path) if path]
        if event.is_directory and self._root in paths:
            self._watch_root()
        changed = next((path for path in paths if self._is_meant(path)), None)
        if changed:
            self._handler.dispatch(FileModifiedEvent(changed))

    def _watch_root(self) -> None:
        """Watch the folder that stands there now."""
        if self._inner:
            self._observer.unschedule(self._inner)
            self._inner = None
        if Path(self._root).is_dir():
            # Gone again between the two lines: the folder around it will tell when it is back.
            with suppress(FileNotFoundError):
                self._inner = self._observer.schedule(
                    self, self._root, recursive=self._recursive, event_filter=_CHANGES
                )

    def _is_meant(self, path: str) -> bool:
        if path == self._root:
            return True
        head, below = path[: len(self._root) + 1], path[len(self._root) + 1 :]
        return head == f"{self._root}{os.sep}" and not any(map(_is_passing, Path(below).parts))


def _is_passing(name: str) -> bool:
    return name != _SHOWN_HIDDEN and (name.startswith(_PASSING_STARTS) or name.endswith("~"))


def _start_native(wishes: list[_Wish]) -> BaseObserver:
    """Return a running observer that sees every folder. Raises: _UnreliableError, OSError."""
    roots = [Path(wish.path).resolve() for wish in wishes]
    folders = {str(root.parent) for root in roots}
    mounts = _read_mounts()
    for root, wish in zip(roots, wishes, strict=True):
        foreign = _find_foreign_file_system(str(root), mounts)
        if foreign:
            raise _UnreliableError(f"{wish.path} 在 {foreign} 文件系统上，别处的改动不会通知到这里")
        if root.is_dir():
            folders.update(_list_folders(str(root)) if wish.recursive else (str(root),))
    observer = Observer()
    try:
        for wish in wishes:
            _Relay(observer, wish)
        observer.start()
        # watchdog keeps silent about a folder below that it could not watch.
        if _count_kernel_watches() < len(folders):
            raise OSError(errno.ENOSPC, "inotify watch limit reached")
    except BaseException:
        observer.stop()
        raise
    return observer


def _list_folders(root: str) -> Iterator[str]:
    """Yield the folder and all below it. Raises: _UnreliableError at a link: what it leads to would not be watched."""
    yield root
    with os.scandir(root) as entries:
        for entry in entries:
            if entry.is_symlink():
                raise _UnreliableError(f"{entry.path} 是链接，它所指的文件改了不会通知到这里")
            if entry.is_dir():
                yield from _list_folders(entry.path)


def _read_mounts() -> list[tuple[str, str]]:
    """Return the place and the type of each mounted file system, in the order of mounting. See proc(5), mountinfo."""
    mounts = []
    for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        ahead, _, behind = line.partition(" - ")
        place = ahead.split(" ")[4]
        for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
            place = place.replace(code, character)
        mounts.append((place.rstrip("/"), behind.split(" ")[0]))
    return mounts


def _find_foreign_file_system(root: str, mounts: list[tuple[str, str]]) -> str:
    """Return the type of a file system that holds the root or a folder below it and is not local; "" for none."""
    holding, found = "", ""
    for place, kind in mounts:
        if f"{root}/".startswith(f"{place}/") and len(place) >= len(holding):
            holding, found = place, kind
    inside = [kind for place, kind in mounts if place.startswith(f"{root}/")]
    return next((kind for kind in (found, *inside) if kind not in _LOCAL_FILE_SYSTEMS), "")


def _count_kernel_watches() -> int:
    """Return how many folders the kernel watches for this process. See proc(5), fdinfo."""
    total = 0
    for path in Path("/proc/self/fdinfo").iterdir():
        with suppress(OSError):  # closed meanwhile
            total += sum(line.startswith("inotify ") for line in path.read_text(encoding="ascii").splitlines())
    return total


def _explain(reason: Exception) -> str:
    if isinstance(reason, OSError) and reason.errno in {errno.ENOSPC, errno.EMFILE}:
        return "系统允许监视的目录不够用（可以调大 fs.inotify.max_user_watches、max_user_instances）"
    return str(reason)
