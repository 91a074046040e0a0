"""Putting the finished tree in the place of the site, so that a reader finds one whole site at any moment."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from pathlib import Path

from nianbao.pipeline.places import remove

_AT_CURRENT_FOLDER = -100  # AT_FDCWD
_RENAME_EXCHANGE = 2


def swap(final: Path, tree: Path) -> None:
    """Make `tree` the site `final`; what was there stands at `tree` afterwards, for the next build to bring up to date.

    In one step on Linux. Where the file system has none: in three renames, and what a crash leaves is for `recover`.
    `final` is no link: its name would become the folder. Raises: OSError when the disk refuses; `final` is whole then.
    """
    if not os.path.lexists(final):
        tree.rename(final)
    elif not _exchange(final, tree):
        aside = _aside(tree)
        remove(str(aside))
        final.rename(aside)
        try:
            tree.rename(final)
        except BaseException:
            aside.rename(final)
            raise
        aside.rename(tree)
    for parent in {final.parent, tree.parent}:
        _sync_folder(parent)


def recover(final: Path, tree: Path) -> None:
    """Put right what a crash within `swap` left: the old site comes back, or what is over becomes the spare tree."""
    aside = _aside(tree)
    if not os.path.lexists(aside):
        return
    if not os.path.lexists(final):
        aside.rename(final)
    elif not os.path.lexists(tree):
        aside.rename(tree)
    else:
        remove(str(aside))


def _aside(tree: Path) -> Path:
    return tree.with_name(f"{tree.name}.old")


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two places in one step; False when the system or the file system cannot."""
    if sys.platform != "linux":
        return False
    with contextlib.suppress(OSError, AttributeError):  # AttributeError: an old C library
        rename = ctypes.CDLL(None, use_errno=True).renameat2
        places = (_AT_CURRENT_FOLDER, os.fsencode(one), _AT_CURRENT_FOLDER, os.fsencode(other))
        return bool(rename(*places, ctypes.c_uint(_RENAME_EXCHANGE)) == 0)
    return False


def _sync_folder(folder: Path) -> None:
    """Have the renames on the disk; where a folder cannot be synced, the system does it when it likes."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
