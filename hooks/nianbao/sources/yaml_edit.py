"""Edits of a YAML text at one place: every other byte, comments and blank lines among them, stays as it is.

What YAML libraries write anew loses quotes, line breaks or comments; here the parser only says where things stand, and
each edit is read again and compared with what it should give.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from nianbao.errors import DataErrors
from nianbao.model.places import KeyPath
from nianbao.sources.strict_yaml import parse_yaml
from nianbao.sources.yaml_events import open_events
from nianbao.text.yaml_scalars import quote_scalar


class UneditableError(Exception):
    """A text is written so that an edit would not give what was asked for; a person must make it."""


@dataclass(slots=True)
class _Node:
    """Where a value stands: [start, end) of the text without what is blank at its end, its key from `key_start`.

    `is_block` tells of a list or mapping without brackets.
    """

    start: int
    end: int
    step: str | int = ""
    key_start: int = 0
    is_block: bool = False
    children: list[_Node] = field(default_factory=list)


def delete_value(text: str, key_path: KeyPath) -> str:
    """Return the text without a key or an entry of a list, and without what would be left empty by that.

    Raises: UneditableError.
    """
    data = parse_yaml(text, file="").data
    key_path = widen_deletion(data, key_path)
    expected = copy.deepcopy(data)
    del _walk(expected, key_path[:-1])[key_path[-1]]
    holder = _find(text, key_path[:-1])
    at = next(place for place, child in enumerate(holder.children) if child.step == key_path[-1])
    cut = _cut_block if holder.is_block else _cut_flow
    return _checked(cut(text, holder.children, at), expected)


def widen_deletion(data: Any, key_path: KeyPath) -> KeyPath:
    """Return what is to be deleted that nothing empty is left: the list, where its only entry goes."""
    while len(key_path) > 1 and len(_walk(data, key_path[:-1])) == 1:
        key_path = key_path[:-1]
    return key_path


def set_text(text: str, key_path: KeyPath, value: str) -> str:
    """Return the text with another value at a place, which is a text or not there yet. Raises: UneditableError."""
    expected = copy.deepcopy(parse_yaml(text, file="").data)
    holder_data = _walk(expected, key_path[:-1])
    is_there = isinstance(key_path[-1], int) or key_path[-1] in holder_data
    holder_data[key_path[-1]] = value
    if not is_there:
        return _checked(_add(text, _find(text, key_path[:-1]), str(key_path[-1]), value), expected)
    node = _find(text, key_path)
    if node.start == node.end or node.children:
        raise UneditableError
    return _checked(text[: node.start] + quote_scalar(value) + text[node.end :], expected)


def replace_words(text: str, key_path: KeyPath, old: str, new: str) -> str:
    """Return the text with some words of a value replaced, its line breaks as before. Raises: UneditableError."""
    data = parse_yaml(text, file="").data
    value = str(_walk(data, key_path)).replace(old, new, 1)
    node = _find(text, key_path)
    written = text[node.start : node.end]
    if written.count(old) == 1:
        _walk(data, key_path[:-1])[key_path[-1]] = value
        try:
            return _checked(text[: node.start] + written.replace(old, new) + text[node.end :], data)
        except UneditableError:
            pass
    return set_text(text, key_path, value)


def _checked(text: str, expected: Any) -> str:
    try:
        if parse_yaml(text, file="").data == expected:
            return text
    except DataErrors:
        pass
    raise UneditableError


def _walk(data: Any, key_path: KeyPath) -> Any:
    for step in key_path:
        data = data[step]
    return data


def _find(text: str, key_path: KeyPath) -> _Node:
    node = _read(text, open_events(text))
    for step in key_path:
        node = next((child for child in node.children if child.step == step), None) or _refuse()
    return node


def _refuse() -> _Node:
    raise UneditableError


def _read(text: str, next_event: Callable[[], Any]) -> _Node:
    event = next_event()
    while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
        event = next_event()
    return _read_value(text, event, next_event)


def _read_value(text: str, event: Any, next_event: Callable[[], Any]) -> _Node:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, yaml.ScalarEvent):
        return _Node(start, start + len(text[start:end].rstrip()))
    node = _Node(start, end, is_block=not event.flow_style)
    node.children = list(
        _read_children(text, next_event, is_mapping=isinstance(event, yaml.MappingStartEvent), of=node)
    )
    if node.is_block and node.children:
        node.end = node.children[-1].end
    return node


def _read_children(text: str, next_event: Callable[[], Any], *, is_mapping: bool, of: _Node) -> Iterator[_Node]:
    count = 0
    event: Any
    while type(event := next_event()) not in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
        key = event if is_mapping else None
        child = _read_value(text, next_event() if is_mapping else event, next_event)
        child.step = key.value if key else count
        child.key_start = key.start_mark.index if key else child.start
        # A key without a value ends with its colon.
        child.end = max(child.end, text.index(":", key.end_mark.index) + 1) if key else child.end
        count += 1
        yield child
    of.end = event.end_mark.index


def _cut_flow(text: str, siblings: list[_Node], at: int) -> str:
    if at + 1 < len(siblings):
        return text[: siblings[at].key_start] + text[siblings[at + 1].key_start :]
    return text[: siblings[at - 1].end] + text[siblings[at].end :]


def _cut_block(text: str, siblings: list[_Node], at: int) -> str:
    """Delete whole lines; where the first key of an entry stands beside its dash, the next key takes its place."""
    node = siblings[at]
    begin = node.key_start
    if isinstance(node.step, int):
        begin = len(text[:begin].rstrip(" ")) - 1
        if begin < 0 or text[begin] != "-":
            raise UneditableError
    line_start = text.rfind("\n", 0, begin) + 1
    end = _line_end(text, node.end)
    if not text[line_start:begin].strip(" "):
        return text[:line_start] + text[end:]
    if at + 1 == len(siblings):
        raise UneditableError
    following = siblings[at + 1].key_start
    if text[node.end : following].strip():  # a comment, which stays, and so does the dash
        return text[:begin].rstrip(" ") + text[node.end :]
    return text[:begin] + text[following:]


def _add(text: str, holder: _Node, key: str, value: str) -> str:
    """Add a key to a mapping, after its first."""
    if not holder.children:
        raise UneditableError
    first = holder.children[0]
    written = f"{key}: {quote_scalar(value)}"
    if not holder.is_block:
        return f"{text[: first.end]}, {written}{text[first.end :]}"
    indent = " " * (first.key_start - text.rfind("\n", 0, first.key_start) - 1)
    newline = "\r\n" if "\r\n" in text else "\n"
    end = _line_end(text, first.end)
    before = text[:end] if text[:end].endswith("\n") else text[:end] + newline
    return f"{before}{indent}{written}{newline}{text[end:]}"


def _line_end(text: str, at: int) -> int:
    """Return where the line of a place ends, its line break included."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1
