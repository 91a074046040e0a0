"""What stands at a place on the disk: read without following links, made a plain file or a real folder, cleared."""

from __future__ import annotations

import errno
import os
import shutil
import stat

FILE_MODE = 0o644
FOLDER_MODE = 0o755

# Without O_NONBLOCK a named pipe at the place would hold the build up for ever.
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_WRITE_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def open_file(path: str) -> tuple[int, os.stat_result]:
    """Return a descriptor and the status of the file at `path`.

    Raises: FileNotFoundError; OSError when it cannot be opened or is a link, a folder or anything but a file.
    """
    descriptor = os.open(path, _READ)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a file", path)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor, status


def read_open(descriptor: int, size: int) -> bytes:
    """Return all that is left to read; `size` is what is expected, in bytes."""
    content = os.read(descriptor, size + 1)
    if len(content) == size:
        return content
    chunks = [content]
    while chunks[-1]:
        chunks.append(os.read(descriptor, 1 << 20))
    return b"".join(chunks)


def read_file(path: str) -> bytes:
    """Return the content of the file at `path`. Raises: as `open_file`."""
    descriptor, status = open_file(path)
    try:
        return read_open(descriptor, status.st_size)
    finally:
        os.close(descriptor)


def write_new_file(path: str, content: bytes) -> None:
    """Write a file of mode 0644 where nothing stands. Raises: FileExistsError, also for a link that leads nowhere."""
    descriptor = os.open(path, _WRITE_NEW, FILE_MODE)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            os.chmod(path, FILE_MODE)  # noqa: PTH101 - hot path; the umask may have taken something away
            stream.write(content)
    except BaseException:
        os.unlink(path)  # noqa: PTH108 - hot path
        raise


def make_folder(path: str) -> bool:
    """Make `path` a real folder of mode 0755, its parent being there; True when something else gave way."""
    gave_way = False
    while True:
        try:
            os.mkdir(path)  # noqa: PTH102 - hot path
        except FileExistsError:
            mode = os.lstat(path).st_mode
            if stat.S_ISDIR(mode):
                if mode & 0o777 != FOLDER_MODE:
                    os.chmod(path, FOLDER_MODE)  # noqa: PTH101 - hot path
                return gave_way
            # Not `remove`: where another process has put a folder meanwhile, that stays.
            try:
                os.unlink(path)  # noqa: PTH108 - hot path
                gave_way = True
            except (FileNotFoundError, IsADirectoryError):
                pass
        else:
            os.chmod(path, FOLDER_MODE)  # noqa: PTH101 - hot path
            return gave_way


def remove(path: str) -> None:
    """Remove what stands at `path`: a file, a link but not what it leads to, a folder with all in it, or nothing."""
    try:
        os.unlink(path)  # noqa: PTH108 - hot path
    except (FileNotFoundError, NotADirectoryError):
        return
    except (IsADirectoryError, PermissionError):  # what unlink says of a folder on Linux, and elsewhere
        if not stat.S_ISDIR(os.lstat(path).st_mode):
            raise
        shutil.rmtree(path)
