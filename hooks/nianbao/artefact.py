"""What a writer makes: bytes and the place in the site where they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artefact:
    """One file of the site: `site_path` is relative to the site's root, '/'-separated, without a leading '/'.

    `listed` is whether sitemaps, feeds and search may name it.
    """

    site_path: str
    content: bytes
    listed: bool = True


@dataclass(frozen=True, slots=True)
class DeferredArtefact:
    """A file that is dear to make: `make` is called only where no earlier build made one under `key`.

    `key` is the digest of all that the file depends on.
    """

    site_path: str
    key: str
    make: Callable[[], bytes]
    listed: bool = False
