"""What the disk says, in Chinese, and having on it what was written."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from nianbao.errors import DataError

_SPACE = "腾出空间后再试一次：原来的网站没有动"
_RIGHTS = "让自己有读写这里的权限（Linux：ls -ld 查看，chmod 或 chown 修改），再试一次"
_OTHER = "检查磁盘和这个路径，再试一次：原来的网站没有动"
_SAID = {
    errno.ENOSPC: ("磁盘满了", _SPACE),
    errno.EDQUOT: ("磁盘配额用完了", _SPACE),
    errno.EFBIG: ("文件超过了允许的大小", "放宽文件大小的限制（Linux：ulimit -f），再试一次"),
    errno.EACCES: ("没有权限", _RIGHTS),
    errno.EPERM: ("没有权限", _RIGHTS),
    errno.EROFS: ("这个磁盘是只读的", "换到能写的磁盘上，再试一次"),
    errno.EIO: ("磁盘读写出错", "磁盘可能坏了：先备份，再检查磁盘"),
    errno.ELOOP: ("是一个绕回自己的链接，或者不该是链接", "删掉这个链接，再试一次"),
    errno.ENOTDIR: ("该是文件夹，却是别的东西", "看看那是什么：没有用就移走，再试一次"),
    errno.EISDIR: ("该是文件，却是文件夹", "看看那是什么：没有用就移走，再试一次"),
    errno.EEXIST: ("已经有同名的东西", "看看那是什么：没有用就移走，再试一次"),
    errno.ENOENT: ("不见了", "检查它是不是被别的程序删了，再试一次"),
    errno.ENAMETOOLONG: ("名字太长", "把文件夹的名字改短，再试一次"),
    errno.EMFILE: ("同时打开的文件太多", "放宽限制（Linux：ulimit -n 4096），再试一次"),
    errno.ENXIO: ("不是普通文件", "看看那是什么：没有用就移走，再试一次"),
    errno.EBUSY: ("正被系统占用，换不掉", "它若是挂载点，请改用它里面的一个文件夹"),
    errno.EXDEV: ("和旁边的文件夹不在一个磁盘上，换不掉", "它若是挂载点，请改用它里面的一个文件夹"),
}


def explain_disk(failure: OSError) -> str:
    """Return where the disk refused, what it said, and what to do; our own failures have said it in Chinese."""
    if failure.errno is None:
        return str(failure)
    problem, fix = _SAID.get(failure.errno, (f"读写不了（{failure.strerror}）", _OTHER))
    return str(DataError(str(failure.filename2 or failure.filename or "磁盘"), 0, "", problem, fix))


def sync(folders: Iterable[str], fresh: Iterable[str]) -> None:
    """Have on the disk what was written below the folders; `fresh` are the files that this build wrote.

    Linux does it a file system at a time: an fsync for each of ten thousand files would take minutes.
    Raises: OSError when the disk refuses.
    """
    sync_file_system = _find_syncfs()
    if sync_file_system:
        for folder in {os.stat(folder).st_dev: folder for folder in folders}.values():  # noqa: PTH116
            _do_at(folder, os.O_RDONLY, sync_file_system)
        return
    for path in fresh:
        _do_at(path, os.O_RDWR, os.fsync)  # Windows syncs only what is open for writing
    for folder in folders:
        for inside, _, _ in os.walk(folder):
            sync_folder(inside)


def sync_folder(folder: str) -> None:
    """Have on the disk which names stand in a folder; where that cannot be asked for, the system does it in time."""
    with contextlib.suppress(OSError):
        _do_at(folder, os.O_RDONLY, os.fsync)


def _do_at(path: str, flags: int, do: Callable[[int], object]) -> None:
    descriptor = os.open(path, flags)
    try:
        do(descriptor)
    finally:
        os.close(descriptor)


def _find_syncfs() -> Callable[[int], None] | None:
    function: Any = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if sys.platform == "linux" else None
    if function is None:
        return None

    def sync_file_system(descriptor: int) -> None:
        if function(descriptor) != 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))

    return sync_file_system
