"""What the styles of a Word document say of its paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from nianbao.importing.docx_numbering import W

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"toc\b|目录", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Styles:
    """What paragraph styles mean, by their ids: the level of headings, the list and its level, tables of contents."""

    heading_levels: dict[str, int]
    numbers: dict[str, tuple[str, int]]
    contents: frozenset[str]


def read_styles(root: etree._Element) -> Styles:
    """Return what the styles of a document mean; a style means what the one it is based on does."""
    levels: dict[str, int] = {}
    numbers: dict[str, tuple[str, int]] = {}
    contents: set[str] = set()
    based_on: dict[str, str] = {}
    for style in root.iterfind(f"{W}style"):
        style_id = style.get(f"{W}styleId", "")
        name = read_value(style.find(f"{W}name"))
        heading = _HEADING_NAME.match(name)
        outline = read_value(style.find(f"{W}pPr/{W}outlineLvl"))
        if heading:
            levels[style_id] = int(heading.group(1))
        elif outline.isdigit() and int(outline) < 9:
            levels[style_id] = int(outline) + 1
        if _CONTENTS_NAME.match(name):
            contents.add(style_id)
        based_on[style_id] = read_value(style.find(f"{W}basedOn"))
        number_id = read_value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
        if number_id:
            depth = read_value(style.find(f"{W}pPr/{W}numPr/{W}ilvl"))
            numbers[style_id] = (number_id, int(depth) if depth.isdigit() else 0)
    for style_id in based_on:
        for base in _list_bases(style_id, based_on):
            if base in levels:
                levels.setdefault(style_id, levels[base])
            if base in numbers:
                numbers.setdefault(style_id, numbers[base])
    return Styles(levels, numbers, frozenset(contents))


def _list_bases(style_id: str, based_on: dict[str, str]) -> list[str]:
    """Return the styles that a style is based on, the nearest first."""
    bases: list[str] = []
    base = based_on.get(style_id, "")
    while base and base != style_id and base not in bases:
        bases.append(base)
        base = based_on.get(base, "")
    return bases


def read_value(element: etree._Element | None) -> str:
    """Return the w:val of an element; empty without it."""
    return str(element.get(f"{W}val", "")) if element is not None else ""
