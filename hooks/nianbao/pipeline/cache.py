"""What earlier builds made: pages by the digest of their content, and an index of what each input gave.

A page file in the cache may be the very file that stands in the site (a hard link), so the index keeps its size and
time of change: a page that somebody edited in place is not taken again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic_core import from_json, to_json

_FORMAT = 1
_UNUSED_AFTER_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A page of the site and the cache's file that holds it; size in bytes, time of change in nanoseconds."""

    site_path: str
    name: str
    size: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What one input gave: its pages, and whatever else the pipeline keeps of it as JSON texts."""

    key: str
    pages: tuple[CachedPage, ...]
    texts: tuple[str, ...] = ()


def digest(*parts: bytes | str) -> str:
    """Return a 128-bit BLAKE2b digest of the parts, each with its length, as hex."""
    hasher = hashlib.blake2b(digest_size=16)
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        hasher.update(len(content).to_bytes(8, "big"))
        hasher.update(content)
    return hasher.hexdigest()


class PageStore:
    """The folder of page files. Several processes may write at once: a name is its content."""

    def __init__(self, cache_dir: Path) -> None:
        self.pages_dir = cache_dir / "pages"
        self._made_dir = cache_dir / "made"

    def locate(self, name: str) -> str:
        """Return the path of the file `name`."""
        return f"{self.pages_dir}/{name[:2]}/{name}"

    def keep(self, site_path: str, content: bytes) -> CachedPage:
        """Write `content` where it is not there yet, beside and then renamed."""
        name = digest(content)
        path = self.locate(name)
        with contextlib.suppress(FileNotFoundError):
            status = os.stat(path)  # noqa: PTH116 - hot path
            if status.st_size == len(content) and Path(path).read_bytes() == content:
                return CachedPage(site_path, name, status.st_size, status.st_mtime_ns)
        beside = f"{path}.{os.getpid()}"
        try:
            stream = open(beside, "wb")  # noqa: PTH123, SIM115 - hot path
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - hot path
            stream = open(beside, "wb")  # noqa: PTH123, SIM115
        with stream:
            stream.write(content)
            status = os.fstat(stream.fileno())
        os.replace(beside, path)  # noqa: PTH105 - hot path
        # The time of the last write is set when the stream is flushed, after fstat.
        status = os.stat(path)  # noqa: PTH116 - hot path
        return CachedPage(site_path, name, len(content), status.st_mtime_ns)

    def remember(self, key: str, page: CachedPage) -> None:
        """Keep under `key`, the digest of all that `page` was made of, which file it is."""
        path = self._made_dir / key[:2] / key
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{key}.{os.getpid()}")
        beside.write_bytes(to_json((page.site_path, page.name, page.size, page.changed_ns)))
        beside.replace(path)

    def recall(self, key: str) -> CachedPage | None:
        """Return what was made under `key` before; None when there is none, or its file is not as it was."""
        try:
            page = CachedPage(*from_json((self._made_dir / key[:2] / key).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None
        return page if self.is_whole(page) else None

    def read(self, page: CachedPage) -> bytes:
        """Return a kept file's content."""
        return Path(self.locate(page.name)).read_bytes()

    def is_whole(self, page: CachedPage) -> bool:
        """Tell whether the file is as it was written."""
        try:
            status = os.stat(self.locate(page.name))  # noqa: PTH116 - hot path
        except OSError:
            return False
        return status.st_size == page.size and status.st_mtime_ns == page.changed_ns

    def drop_unused(self, used: Iterable[str]) -> None:
        """Delete files that `used` does not name and that are a day old: another build may be using newer ones."""
        keep = set(used)
        before = time.time() - _UNUSED_AFTER_SECONDS
        for folder in self.pages_dir.glob("??"):
            for file in os.scandir(folder):
                if file.name not in keep:
                    with contextlib.suppress(OSError):
                        if file.stat().st_mtime < before:
                            os.unlink(file.path)  # noqa: PTH108 - scandir gives a str


def read_index(path: Path) -> dict[str, Entry]:
    """Return the index by input; empty when there is none or it is not readable."""
    try:
        data = from_json(path.read_bytes())
        if data["format"] != _FORMAT:
            return {}
        return {
            name: Entry(key, tuple(CachedPage(*page) for page in pages), tuple(texts))
            for name, (key, pages, texts) in data["entries"].items()
        }
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def write_index(path: Path, entries: Mapping[str, Entry]) -> None:
    """Write the index beside and rename it."""
    data = {
        "format": _FORMAT,
        "entries": {
            name: (entry.key, [(p.site_path, p.name, p.size, p.changed_ns) for p in entry.pages], entry.texts)
            for name, entry in entries.items()
        },
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_bytes(to_json(data))
    beside.replace(path)
