"""Putting the finished tree in the place of the site, so that a reader finds one whole site at any moment."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from pathlib import Path

from nianbao.pipeline.disk import sync_folder
from nianbao.pipeline.places import remove

_AT_CURRENT_FOLDER = -100  # AT_FDCWD
_RENAME_EXCHANGE = 2


def swap(final: Path, tree: Path) -> None:
    """Make `tree` the site `final`; what was there stands at `tree` afterwards, for the next build to bring up to date.

    What is hidden at the top of the site (.git, .well-known) is its owner's and moves into the new one, unless that has
    its own. The exchange is one step on Linux. Where the file system has none: three renames, and what a crash leaves
    is for `recover`.
    `final` is no link: its name would become the folder. Raises: OSError when the disk refuses; `final` is whole then.
    """
    if not os.path.lexists(final):
        tree.rename(final)
    else:
        _move_hidden(final, tree)
        try:
            _change_places(final, tree)
        except BaseException:
            _move_hidden(tree, final)
            raise
    for parent in {final.parent, tree.parent}:
        sync_folder(str(parent))


def _change_places(final: Path, tree: Path) -> None:
    if not _exchange(final, tree):
        aside = _aside(tree)
        remove(str(aside))
        final.rename(aside)
        try:
            tree.rename(final)
        except BaseException:
            aside.rename(final)
            raise
        aside.rename(tree)


def recover(final: Path, tree: Path) -> None:
    """Put right what a crash within `swap` left: the old site comes back, or what is over becomes the spare tree."""
    aside = _aside(tree)
    if os.path.lexists(aside):
        if not os.path.lexists(final):
            aside.rename(final)
        elif not os.path.lexists(tree):
            aside.rename(tree)
        else:
            remove(str(aside))
    _move_hidden(tree, final)


def _move_hidden(source: Path, target: Path) -> None:
    """Move what is hidden at the top of `source` to `target`, unless something stands there: each in one step."""
    if not (source.is_dir() and target.is_dir()):
        return
    for path in sorted(source.iterdir()):
        place = target / path.name
        if path.name.startswith(".") and not os.path.lexists(place):
            path.rename(place)


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
