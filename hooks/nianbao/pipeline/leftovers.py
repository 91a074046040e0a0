"""What killed builds left in a cache. Called by who holds its lock: nobody is writing then."""

from __future__ import annotations

import os
import re
from pathlib import Path

from nianbao.pipeline.claims import STAGING_START
from nianbao.pipeline.places import remove

# Files that were being written beside their place: a file of the store, the index, a compiled template; and the signs
# of a cluster's workers.
_BESIDE = re.compile(
    r"[0-9a-f]{32}\.[0-9a-f]{16}|index\.sqlite3\.[0-9a-f]{16}\.new.*|[0-9a-f]{40}\.\d+|cluster\.nianbao-.*"
)


def clear_staging(cache_dir: Path) -> None:
    """Remove staging folders of builds that have ended; a link of such a name is left alone, and what it leads to."""
    for path in cache_dir.glob(f"{STAGING_START}*"):
        if path.is_dir() and not path.is_symlink():
            remove(str(path))


def clear_half_written(cache_dir: Path) -> None:
    """Remove files that were being written when a build was killed."""
    for folder, _, names in os.walk(cache_dir):
        for name in names:
            if _BESIDE.fullmatch(name):
                remove(f"{folder}/{name}")
