"""The files that builds made, each named by the digest of its content, so that none can be taken for another.

What is dear to make is looked for before it is made, by the digest of all that it would be made of. Such a file has a
note beside the others: an empty file whose name says "of these inputs came this content". A name is written in one
step and by any process, so what a killed build drew is found by the next one; and a note leads to a content that is
checked, unlike a link, which somebody who edits the site would edit with it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import time
from collections.abc import Collection
from pathlib import Path

from nianbao.pipeline.places import make_folder, read_file, remove, write_new_file

_DAY_SECONDS = 24 * 3600
_NAME = re.compile(r"[0-9a-f]{32}")
_SHELF = re.compile(r"[0-9a-f]{2}")


def digest(*parts: bytes | str) -> str:
    """Return the first 128 bits of SHA-256 of the parts, each with its length, as hex: processors have it built in."""
    hasher = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        hasher.update(len(content).to_bytes(8, "big"))
        hasher.update(content)
    return hasher.hexdigest()[:32]


class Store:
    """The folder of files. Several processes may write at once.

    What went wrong and was put right is told in `notices`, in Chinese; a worker process hands its list back.
    """

    def __init__(self, cache_dir: Path, notices: list[str] | None = None) -> None:
        self.notices: list[str] = [] if notices is None else notices
        self._cache_dir = str(cache_dir)
        self._pages_dir = f"{cache_dir}/pages"
        self._made_dir = f"{cache_dir}/made"
        self._sound: set[str] = set()

    def locate(self, name: str) -> str:
        """Return the path of the file `name`."""
        return f"{self._pages_dir}/{name[:2]}/{name}"

    def keep(self, content: bytes) -> str:
        """Return the name of `content`, written where it is not there yet, beside and then renamed."""
        name = digest(content)
        self._make_shelf(self._pages_dir, name)
        path = self.locate(name)
        try:
            if read_file(path) == content:
                return name
            self._tell(path, "内容不对，已重写")
        except FileNotFoundError:
            pass
        except OSError:
            self._tell(path, "不是能读的文件，已换掉")
        # Never into the file that stands there: it may be a link, or stand in the site as well.
        beside = f"{path}.{os.urandom(8).hex()}"
        try:
            write_new_file(beside, content)
        except FileNotFoundError:  # the cache was deleted while this process was at work
            self._sound.clear()
            self._make_shelf(self._pages_dir, name)
            write_new_file(beside, content)
        try:
            os.replace(beside, path)  # noqa: PTH105 - hot path
        except (IsADirectoryError, PermissionError):
            remove(path)
            os.replace(beside, path)  # noqa: PTH105
        return name

    def read(self, name: str) -> bytes | None:
        """Return the content of the file `name`; None, and the file is gone, when it is not what its name says."""
        return self._read_checked(name, is_expected=True)

    def keep_as(self, key: str, content: bytes) -> str:
        """Return the name of `content`, kept so that `find` gives it by `key`, the digest of all it was made of."""
        name = self.keep(content)
        self._make_shelf(self._made_dir, key)
        with contextlib.suppress(FileExistsError):
            write_new_file(f"{self._made_dir}/{key[:2]}/{key}-{name}", b"")
        return name

    def find(self, key: str) -> str | None:
        """Return the name of what was made of the inputs `key`, its content checked; None when there is none."""
        self._make_shelf(self._made_dir, key)
        shelf = f"{self._made_dir}/{key[:2]}"
        for note in sorted(os.listdir(shelf)):  # noqa: PTH208 - names are wanted
            made_of, _, name = note.partition("-")
            if made_of == key:
                if _NAME.fullmatch(name) and self._read_checked(name, is_expected=False) is not None:
                    return name
                remove(f"{shelf}/{note}")
        return None

    def prune(self, used: Collection[str], *, grace_seconds: float = _DAY_SECONDS) -> int:
        """Delete whatever is not a file that `used` names, or a note of one, and return how many.

        Nothing younger than `grace_seconds` goes: another build may have just made it.
        """
        keep = frozenset(used)
        before = time.time() - grace_seconds
        count = 0
        for base in (self._pages_dir, self._made_dir):
            self._make_real(base)
            for shelf in _list(base):
                if not (_SHELF.fullmatch(shelf.name) and shelf.is_dir(follow_symlinks=False)):
                    count += _remove_old(shelf.path, before)
                    continue
                for file in _list(shelf.path):
                    content_name = file.name if base == self._pages_dir else file.name.partition("-")[2]
                    if content_name not in keep or not file.name.startswith(shelf.name):
                        count += _remove_old(file.path, before)
        return count

    def _read_checked(self, name: str, *, is_expected: bool) -> bytes | None:
        if not _NAME.fullmatch(name):  # it would lead out of the store
            return None
        self._make_shelf(self._pages_dir, name)
        path = self.locate(name)
        try:
            content = read_file(path)
        except FileNotFoundError:
            if is_expected:
                self._tell(path, "不见了")
            return None
        except OSError:
            remove(path)
            self._tell(path, "不是能读的文件，已删掉")
            return None
        if digest(content) != name:
            remove(path)
            self._tell(path, "内容不对，已删掉")
            return None
        return content

    def _make_shelf(self, base: str, name: str) -> None:
        """Make the folder of `name` a real one, once a process."""
        shelf = f"{base}/{name[:2]}"
        if shelf not in self._sound:
            self._make_real(base)
            self._make_real(shelf)

    def _make_real(self, folder: str) -> None:
        if folder in self._sound:
            return
        if folder == self._cache_dir:
            os.makedirs(os.path.dirname(folder) or ".", exist_ok=True)  # noqa: PTH103, PTH120 - hot path
        else:
            self._make_real(os.path.dirname(folder))  # noqa: PTH120 - hot path
        if make_folder(folder):
            self._tell(folder, "该是文件夹，却是别的东西，已删掉重建")
        self._sound.add(folder)

    def _tell(self, path: str, what: str) -> None:
        self.notices.append(f"缓存里的 {path.removeprefix(f'{self._cache_dir}/')} {what}。")


def _list(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return list(entries)


def _remove_old(path: str, before: float) -> int:
    """Remove what stands at `path` when nothing of it was changed since `before`; 1 when it is gone."""
    with contextlib.suppress(OSError):
        inside = (f"{folder}/{name}" for folder, folders, files in os.walk(path) for name in (*folders, *files))
        if all(os.lstat(place).st_mtime < before for place in (path, *inside)):
            remove(path)
            return 1
    return 0
