"""What the styles of a Word document say of its paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from nianbao.importing.docx_numbering import W

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"toc\b|目录", re.IGNORECASE)
# The levels of outlines and lists, from the top.
LEVELS = frozenset("012345678")


@dataclass(frozen=True, slots=True)
class Styles:
    """What styles mean, by their ids: level of headings, list and its level, tables of contents, hidden text."""

    heading_levels: dict[str, int]
    numbers: dict[str, tuple[str, int]]
    contents: frozenset[str]
    hidden: frozenset[str]


def read_styles(root: etree._Element) -> Styles:
    """Return what the styles of a document mean; a style means what the one it is based on does."""
    levels: dict[str, int] = {}
    numbers: dict[str, tuple[str, int]] = {}
    contents: set[str] = set()
    hidden: dict[str, bool] = {}
    based_on: dict[str, str] = {}
    for style in root.iterfind(f"{W}style"):
        style_id = style.get(f"{W}styleId", "")
        name = read_value(style.find(f"{W}name"))
        heading = _HEADING_NAME.match(name)
        outline = read_value(style.find(f"{W}pPr/{W}outlineLvl"))
        if heading:
            levels[style_id] = int(heading.group(1))
        elif outline in LEVELS:
            levels[style_id] = int(outline) + 1
        if _CONTENTS_NAME.match(name):
            contents.add(style_id)
        based_on[style_id] = read_value(style.find(f"{W}basedOn"))
        number_id = read_value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
        if number_id:
            depth = read_value(style.find(f"{W}pPr/{W}numPr/{W}ilvl"))
            numbers[style_id] = (number_id, int(depth) if depth in LEVELS else 0)
        vanish = style.find(f"{W}rPr/{W}vanish")
        if vanish is not None:
            hidden[style_id] = is_on(vanish)
    for style_id, base in _order_by_base(based_on):
        if base in levels:
            levels.setdefault(style_id, levels[base])
        if base in numbers:
            numbers.setdefault(style_id, numbers[base])
        if base in hidden:
            hidden.setdefault(style_id, hidden[base])
    return Styles(levels, numbers, frozenset(contents), frozenset(name for name, is_so in hidden.items() if is_so))


def _order_by_base(based_on: dict[str, str]) -> list[tuple[str, str]]:
    """Return styles with those that they are based on, a base before what is based on it; a ring is cut somewhere."""
    ordered: list[tuple[str, str]] = []
    seen: set[str] = set()
    for start in based_on:
        chain: list[str] = []
        style_id = start
        while style_id in based_on and style_id not in seen:
            seen.add(style_id)
            chain.append(style_id)
            style_id = based_on[style_id]
        ordered += [(style_id, based_on[style_id]) for style_id in reversed(chain)]
    return ordered


def is_on(switch: etree._Element) -> bool:
    """Return whether a property that is there is on: it is, unless it says otherwise."""
    return read_value(switch) not in {"0", "false", "off"}


def read_value(element: etree._Element | None) -> str:
    """Return the w:val of an element; empty without it."""
    return str(element.get(f"{W}val", "")) if element is not None else ""
