"""Mistakes in the user's files: gathered, placed and shown all at once, in Chinese."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, astuple, dataclass


def add_fix(problem: str, fix: str) -> str:
    """Return what is wrong, and on a line of its own what to do about it."""
    return f"{problem}\n  改法：{fix}"


# Not frozen, though nobody changes one: raising an exception sets its traceback, and `contextlib` does so from Python.
@dataclass(order=True, unsafe_hash=True)
class DataError(Exception):
    """One mistake. `file` is relative to the project's root (empty: no file), `line` counts from 1 (0: all of it)."""

    file: str
    line: int
    key: str
    problem: str
    fix: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        head = _on_one_line(": ".join(part for part in (place, self.key, self.problem) if part))
        return add_fix(head, _on_one_line(self.fix)) if self.fix else head

    def __reduce__(self) -> tuple[type[DataError], tuple[str | int, ...]]:
        # Worker processes send mistakes back, and an exception's own pickle forgets keyword arguments.
        return DataError, astuple(self)


class DataErrors(Exception):  # noqa: N818 - it is many
    """All mistakes of all files, sorted by file and line, without repetitions."""

    def __init__(self, errors: Iterable[DataError]) -> None:
        self.errors = tuple(sorted(set(errors)))
        super().__init__(format_errors(self.errors))

    def __reduce__(self) -> tuple[type[DataErrors], tuple[tuple[DataError, ...]]]:
        return DataErrors, (self.errors,)


def _on_one_line(text: str) -> str:
    """Return the text without what could break the line or command the terminal: it holds names and values of users."""
    return "".join(character if character.isprintable() or character == "\u3000" else "�" for character in text)


def format_errors(errors: Iterable[DataError]) -> str:
    """Return the whole message for people: one block an error, then the count."""
    blocks = [str(error) for error in errors]
    return "\n".join([*blocks, f"共 {len(blocks)} 处需要改。"]) if blocks else ""


def format_errors_json(errors: Iterable[DataError]) -> str:
    """Return the errors for programs: a JSON array of {file, line, key, problem, fix}, in the order given."""
    return json.dumps([asdict(error) for error in errors], ensure_ascii=False, indent=2)


class UndrawableError(Exception):
    """The pictures of a report cannot be drawn; the caller knows its file and tells why."""
