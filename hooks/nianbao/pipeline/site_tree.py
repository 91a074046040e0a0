"""The folder that a site is made in: brought to exactly what the site is to hold, whatever stood there before."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from nianbao.pipeline.places import FILE_MODE, FOLDER_MODE, make_folder, open_file, read_open, remove, write_new_file
from nianbao.pipeline.store import digest

_How = Literal["linked", "copied", "damaged"]


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """What a place in the site is to hold: the content of `digest`, to be had from `source_path`."""

    digest: str
    source_path: str


@dataclass(frozen=True, slots=True)
class TreeChange:
    """What was done, in files; `removed` are those that were not planned, a folder counted as one.

    `damaged` are the site paths, sorted, at which nothing stands now: the source is not what it should be.
    """

    kept: int
    linked: int
    copied: int
    removed: int
    damaged: tuple[str, ...]


def bring_up_to_date(tree: Path, planned: Mapping[str, PlannedFile], *, fresh: Collection[str] = ()) -> TreeChange:
    """Make `tree` hold exactly the planned files, by site path, and tell what was done.

    What stands there is read and its digest compared: times and sizes can be kept by who changes a page in place. A
    source is checked before it is handed over, but for those of the digests `fresh`, which this build has written.
    A source that is linked is one file with the page: give none that a person edits.
    Raises: ValueError when a planned path is no path, or a folder of another; OSError when the disk refuses.
    """
    folders = _arrange(planned)
    root = str(tree)
    os.makedirs(os.path.dirname(root) or ".", exist_ok=True)  # noqa: PTH103, PTH120 - a str from here on
    removed = 0
    standing: list[str] = []
    missing: list[str] = []
    done: dict[_How, list[str]] = {"linked": [], "copied": [], "damaged": []}
    real: set[str] = set()
    for folder, held in folders.items():  # a folder comes after its parent
        place = f"{root}/{folder}" if folder else root
        if place not in real:
            make_folder(place)
        found: set[str] = set()
        with os.scandir(place) as listing:
            entries = list(listing)
        for entry in entries:
            if entry.name not in held:
                remove(entry.path)
                removed += 1
            elif wanted := held[entry.name]:
                found.add(wanted)
            elif (
                entry.is_dir(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_mode & 0o777 == FOLDER_MODE
            ):
                real.add(entry.path)
        for wanted in held.values():
            if wanted is not None:
                (standing if wanted in found else missing).append(wanted)

    missing += [site_path for site_path in standing if not _check(f"{root}/{site_path}", planned[site_path], fresh)]
    trusted: set[str] = set()
    for site_path in missing:
        done[_hand_over(f"{root}/{site_path}", planned[site_path], fresh=fresh, trusted=trusted)].append(site_path)
    return TreeChange(
        kept=len(planned) - len(missing),
        linked=len(done["linked"]),
        copied=len(done["copied"]),
        removed=removed,
        damaged=tuple(sorted(done["damaged"])),
    )


def find_differences(tree: Path, planned: Collection[str]) -> tuple[list[str], list[str]]:
    """Return, sorted, the site paths planned that are no files in the tree, and those there that are not planned."""
    missing = set(planned)
    extra: list[str] = []
    root = str(tree)
    folders = [root]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                site_path = entry.path[len(root) + 1 :].replace(os.sep, "/")
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif site_path in missing and entry.is_file(follow_symlinks=False):
                    missing.remove(site_path)
                else:
                    extra.append(site_path)
    return sorted(missing), sorted(extra)


def place_early(tree_dir: str, files: Iterable[tuple[str, str]]) -> None:
    """Link (site path, source path) into a tree that is only being made, in any process, to share out that work.

    What goes wrong is left: `bring_up_to_date` comes after it and puts all right.
    """
    for site_path, source_path in files:
        place = f"{tree_dir}/{site_path}"
        with contextlib.suppress(OSError):
            try:
                os.link(source_path, place)
            except FileNotFoundError:
                os.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH103, PTH120 - hot path
                os.link(source_path, place)


def _arrange(planned: Iterable[str]) -> dict[str, dict[str, str | None]]:
    """Return what each folder is to hold by name: a file's site path, or None for a folder. Parents come first."""
    folders: dict[str, dict[str, str | None]] = {"": {}}

    def add(path: str, content: str | None) -> None:
        folder, slash, name = path.rpartition("/")
        if folder not in folders:
            add(folder, None)
            folders[folder] = {}
        if name in {"", ".", ".."} or "\0" in name or name in folders[folder] or (slash and not folder):
            raise ValueError(f"no place in a site: {path!r}")
        folders[folder][name] = content

    for site_path in planned:
        add(site_path, site_path)
    return folders


def _check(place: str, file: PlannedFile, fresh: Collection[str]) -> bool:
    """Tell whether the right file stands at `place`; when not, nothing stands there any more."""
    try:
        if file.digest in fresh and os.path.samestat(os.lstat(place), os.lstat(file.source_path)):
            return True  # linked by this very build
        descriptor, status = open_file(place)
        try:
            is_right = digest(read_open(descriptor, status.st_size)) == file.digest
        finally:
            os.close(descriptor)
        # Another name of the file that is not the source's: who writes there would write into the site.
        if is_right and status.st_nlink > 1:
            is_right = os.path.samestat(status, os.lstat(file.source_path))
        if is_right:
            if status.st_mode & 0o7777 != FILE_MODE:
                os.chmod(place, FILE_MODE)  # noqa: PTH101 - hot path
            return True
    except OSError:
        pass
    remove(place)
    return False


def _hand_over(place: str, file: PlannedFile, *, fresh: Collection[str], trusted: set[str]) -> _How:
    """Put the source's file at `place`, where nothing stands."""
    source = file.source_path
    try:
        if file.digest not in fresh and source not in trusted:
            _read_source(file)
            trusted.add(source)
        try:
            os.link(source, place)
        except FileNotFoundError:
            return "damaged"
        except OSError:  # another file system, one without links, or a file with too many
            write_new_file(place, _read_source(file))
            return "copied"
    except _DamagedError:
        return "damaged"
    return "linked"


class _DamagedError(Exception):
    """A source is not what it should be."""


def _read_source(file: PlannedFile) -> bytes:
    """Return the content to hand over, its file's mode put right. Raises: _DamagedError."""
    try:
        descriptor, status = open_file(file.source_path)
        try:
            content = read_open(descriptor, status.st_size)
        finally:
            os.close(descriptor)
        if digest(content) != file.digest:
            raise _DamagedError
        if status.st_mode & 0o7777 != FILE_MODE:
            os.chmod(file.source_path, FILE_MODE)  # noqa: PTH101 - hot path
    except OSError:
        raise _DamagedError from None
    return content
