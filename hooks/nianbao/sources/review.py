"""What is still to be looked at in a draft: each entry of its `review`, told where it stands in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from nianbao.errors import DataError
from nianbao.model import ReviewEntry
from nianbao.model.places import KeyPath, parse_place
from nianbao.sources.strict_yaml import Document
from nianbao.sources.wording import show_value


def is_draft(data: Any) -> bool:
    """Tell whether a report's data are a draft's: there are entries in it, sound or not."""
    return isinstance(data, dict) and isinstance(data.get("review"), list) and bool(data["review"])


def read_entries(data: Any) -> Iterator[tuple[int, ReviewEntry]]:
    """Yield the entries that are sound by themselves, each with its index; a draft's other mistakes do not matter."""
    for index, entry in enumerate(data["review"] if is_draft(data) else ()):
        try:
            yield index, ReviewEntry.model_validate(entry)
        except ValidationError:
            continue


def find_value(data: Any, key_path: KeyPath) -> tuple[bool, Any]:
    """Return whether there is something at a path of the data, and what it is."""
    for step in key_path:
        is_there = step < len(data) if isinstance(step, int) and isinstance(data, list) else False
        if not is_there and not (isinstance(data, dict) and step in data):
            return False, None
        data = data[step]
    return True, data


def is_lost(data: Any, entry: ReviewEntry) -> bool:
    """Tell whether the place of an entry is gone; one that chose nothing may ask for what is missing."""
    key_path = parse_place(entry.place)
    if find_value(data, key_path)[0]:
        return False
    return bool(entry.chose) or not isinstance(find_value(data, key_path[:-1])[1], dict)


def tell_entries(document: Document) -> tuple[tuple[DataError, ...], frozenset[str]]:
    """Return what is to be looked at, on the lines where it stands, and the places where something is to be added."""
    told: list[DataError] = []
    missing: set[str] = set()
    for index, entry in read_entries(document.data):
        key_path = parse_place(entry.place)
        if is_lost(document.data, entry):
            line = document.line_of(("review", index))
            problem = f"请核对的地方 {entry.place} 已经没有了（{show_value(entry.question)}）"
            told.append(DataError(document.file, line, f"review[{index}]", problem, "删去 review 里的这一条"))
            continue
        chose = f"（现在写的是{show_value(entry.chose)}）" if entry.chose else ""
        how = "对，就删去 review 里的这一条；不对，先改好这里"
        if not find_value(document.data, key_path)[0]:
            missing.add(entry.place)
            how = "补上它，再删去 review 里的这一条"
        fix = f"{how}；逐条核对：nianbao review {document.file}"
        line = document.line_of(key_path)
        told.append(DataError(document.file, line, entry.place, f"请核对：{entry.question}{chose}", fix))
    return tuple(told), frozenset(missing)
