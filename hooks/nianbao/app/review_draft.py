"""A draft on disk and the answers to what is to be looked at in it, each written at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nianbao.app.replace_file import replace_file
from nianbao.editions.review import EditionEntry, show_entries
from nianbao.errors import DataError, DataErrors
from nianbao.model import Figure, Indicator, Item, Part, Report, ReviewEntry, Section
from nianbao.model.base import Frozen
from nianbao.model.places import KeyPath, format_place, parse_place
from nianbao.sources.files import decode_text, name_file, read_content
from nianbao.sources.review import find_value, is_lost, read_entries
from nianbao.sources.store import read_report_file
from nianbao.sources.strict_yaml import Document, parse_yaml
from nianbao.sources.yaml_edit import delete_value, replace_words, set_text, widen_deletion

_MARK = b"\xef\xbb\xbf"
_MODELS: dict[str, type[Frozen]] = {"parts": Part, "sections": Section, "items": Item, "figures": Figure}
# What a person may change of what holds others, in the order of the file.
_TEXT_FIELDS = ("title", "role", "lead", "text", "quote", "label", "indicator")
_DERIVED_FIELDS = ("value", "unit", "qualifier")


class ChangedMeanwhileError(Exception):
    """The file was saved by somebody else since it was read."""


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """An entry as it is asked about: `index` in the file's list, `line` of its place, `shown` as the page tells it."""

    index: int
    entry: ReviewEntry
    key_path: KeyPath
    line: int
    shown: EditionEntry | None
    is_lost: bool


@dataclass
class DraftFile:
    """A report's file with entries. Every change is written whole; before the first a copy is kept beside it."""

    path: Path
    root: Path
    indicators: dict[str, Indicator] | None
    backup_path: Path | None = None
    document: Document = field(init=False)
    report: Report | None = field(init=False, default=None)
    errors: tuple[DataError, ...] = field(init=False, default=())
    _content: bytes = field(init=False, default=b"")

    def __post_init__(self) -> None:
        self.read()

    @property
    def file(self) -> str:
        """The file's name in messages."""
        return name_file(self.path, root=self.root)

    def read(self) -> None:
        """Read the file as it is now. Raises: DataErrors when it is no YAML."""
        self._content = read_content(self.path, file=self.file)
        self.document = parse_yaml(decode_text(self._content, file=self.file), file=self.file)
        checked = self._check(self._content)
        self.report, self.errors = checked.report, checked.errors

    def list_entries(self) -> tuple[OpenEntry, ...]:
        """Return the open entries, in the order of the file; those that are written wrong are among `errors`."""
        data = self.document.data
        shown = show_entries(self.report) if self.report else ()
        entries = []
        for index, entry in read_entries(data):
            key_path = parse_place(entry.place)
            gone = is_lost(data, entry)
            line = self.document.line_of(("review", index) if gone else key_path)
            told = shown[index] if index < len(shown) else None
            entries.append(OpenEntry(index, entry, key_path, line, told, gone))
        return tuple(entries)

    def value_at(self, key_path: KeyPath) -> Any:
        """Return what stands at a place, None where nothing does."""
        return find_value(self.document.data, key_path)[1]

    def list_changeable(self, key_path: KeyPath) -> tuple[KeyPath, ...]:
        """Return the places of the texts that an entry is about: its own, or those of what it names."""
        is_there, value = find_value(self.document.data, key_path)
        if isinstance(value, dict):
            own = tuple((*key_path, name) for name in _TEXT_FIELDS if isinstance(value.get(name), str))
            return (*own, *(self.list_changeable((*key_path, "figures")) if "figures" in value else ()))
        if isinstance(value, list):
            figures = enumerate(value if key_path[-1] == "figures" else ())
            return tuple((*key_path, index, "label") for index, figure in figures if isinstance(figure, dict))
        return (key_path,) if is_there or key_path[:-1] == () or self.value_at(key_path[:-1]) else ()

    def find_droppable(self, key_path: KeyPath) -> KeyPath | None:
        """Return what goes when an entry's place is dropped; None where the report would be none without it."""
        if isinstance(key_path[-1], str):
            model = next((_MODELS[step] for step in reversed(key_path[:-1]) if step in _MODELS), Report)
            is_needed = any(
                (info.alias or name) == key_path[-1] and info.is_required() for name, info in model.model_fields.items()
            )
            if is_needed and key_path[-3:-2] in (("figures",), ("items",)):
                return self.find_droppable(key_path[:-1])
            if is_needed or key_path[-1] in {"parts", "kind"}:
                return None
        if not find_value(self.document.data, key_path)[0]:
            return None
        return None if widen_deletion(self.document.data, key_path) == ("parts",) else key_path

    def settle(self, index: int) -> None:
        """Delete an entry: what it asks about is right. Raises: UneditableError, ChangedMeanwhileError, OSError."""
        self._write(delete_value(self.document.text, ("review", index)))

    def change(
        self, key_path: KeyPath, new: str, *, old: str = "", settles: int | None, is_forced: bool = False
    ) -> tuple[DataError, ...]:
        """Write a text at a place, and delete the entry that this `settles`, if any.

        With `old`, these words of it alone become `new`, and so they do in the quotes of its figures. Return the
        mistakes that it would make: then nothing is written, unless `is_forced`. Raises: as `settle`.
        """
        text = self._rewrite(key_path, new, old)
        if settles is not None:
            text = delete_value(text, ("review", settles))
        made = tuple(error for error in self._check(self._encode(text)).errors if not self._is_known(error))
        if is_forced or not made:
            self._write(text)
        return made

    def drop(self, key_path: KeyPath) -> None:
        """Delete what stands at a place, and the entries about it; the places of others follow. Raises: as `settle`."""
        text = self.document.text
        key_path = widen_deletion(self.document.data, key_path)
        entries = self.document.data.get("review", [])
        for index in reversed(range(len(entries))):
            place = entries[index].get("place") if isinstance(entries[index], dict) else None
            at = parse_place(place) if isinstance(place, str) else ()
            if at[: len(key_path)] == key_path:
                text = delete_value(text, ("review", index))
            elif (moved := _move(at, key_path)) != at:
                text = replace_words(text, ("review", index, "place"), str(place), format_place(moved))
        self._write(delete_value(text, key_path))

    def _rewrite(self, key_path: KeyPath, new: str, old: str) -> str:
        """Return the text with a value; what is derived of a quote goes with the old one."""
        text = self.document.text
        text = replace_words(text, key_path, old, new) if old else set_text(text, key_path, new)
        changed = [key_path[:-1]] if key_path[-1] == "quote" else []
        if key_path[-1] == "text" and old:
            for at, figure in enumerate(self.value_at((*key_path[:-1], "figures")) or ()):
                if old in figure.get("quote", ""):
                    changed.append((*key_path[:-1], "figures", at))
                    text = replace_words(text, (*changed[-1], "quote"), old, new)
        for figure_path in changed:
            for name in _DERIVED_FIELDS:
                if find_value(self.document.data, (*figure_path, name))[0]:
                    text = delete_value(text, (*figure_path, name))
        return text

    def _check(self, content: bytes) -> Any:
        return read_report_file(self.path, root=self.root, raw=content, indicators=self.indicators)

    def _is_known(self, error: DataError) -> bool:
        return any((error.key, error.problem) == (known.key, known.problem) for known in self.errors)

    def _encode(self, text: str) -> bytes:
        return (_MARK if self._content.startswith(_MARK) else b"") + text.encode()

    def _write(self, text: str) -> None:
        if read_content(self.path, file=self.file) != self._content:
            raise ChangedMeanwhileError
        backup_path = replace_file(self.path, self._encode(text), keeps_old=self.backup_path is None)
        self.backup_path = self.backup_path or backup_path
        self.read()


def _move(place: KeyPath, deleted: KeyPath) -> KeyPath:
    """Return where a place is when an entry of a list before it is gone."""
    *holder, index = deleted
    depth = len(holder)
    step = place[depth] if len(place) > depth else None
    if isinstance(index, int) and isinstance(step, int) and place[:depth] == tuple(holder) and step > index:
        return (*place[:depth], step - 1, *place[depth + 1 :])
    return place


def open_draft(path: Path, *, root: Path, indicators: dict[str, Indicator] | None) -> DraftFile:
    """Return a report's file to be looked through. Raises: DataErrors when it cannot be read."""
    if not path.is_file():
        raise DataErrors([DataError(name_file(path, root=root), 0, "", "没有这个文件", "检查路径有没有写错")])
    return DraftFile(path, root, indicators)
