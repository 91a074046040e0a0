"""From the outline of a document to the parts, sections and items of a draft, without ids and figures yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from nianbao.model import Role
from nianbao.sources.imports.draft import DraftItem, DraftPart, DraftSection
from nianbao.sources.imports.outline_tree import Node
from nianbao.sources.imports.roles import find_role
from nianbao.sources.imports.source_text import EMPTY_RUN, Run, join_runs
from nianbao.sources.imports.titles import split_title

_PART_TITLE = re.compile(
    r"(?:(?:19|20)\d{2}\s*年(?:度|上半年|下半年|第?[一二三四]季度)?)?(?:[\u4e00-\u9fff]{0,8}?工作)?(?:总结|报告|情况|汇报|回顾)"
)
_ROLE_TITLE_LIMIT = 40
_STANDIN_LIMIT = 20

HasFigures = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Block:
    """A node of the outline with its title parted from its text."""

    title: Run
    text: tuple[Run, ...]
    children: tuple[Block, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _OpenSection:
    title: Run = EMPTY_RUN
    lead: tuple[Run, ...] = ()
    items: list[DraftItem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def make_block(node: Node, marks: list[Run], *, has_figures: HasFigures) -> Block:
    """Return a node and those below it as blocks; what belongs to neither title nor text goes to `marks`."""
    children = tuple(make_block(child, marks, has_figures=has_figures) for child in node.children)
    first = node.paragraphs[0] if node.paragraphs else EMPTY_RUN
    is_heading = bool(node.level or node.is_guess or children)
    title, rest, dropped = split_title(
        first, has_more=bool(children) or len(node.paragraphs) > 1, is_heading=is_heading, has_figures=has_figures
    )
    text = tuple(run for run in (rest, *node.paragraphs[1:]) if run)
    marks.append(dropped)
    if not node.keeps_mark or not (title or text):
        marks.append(node.mark)
    elif title:
        title = join_runs([node.mark, title]).strip()
    else:
        text = (join_runs([node.mark, text[0]]).strip(), *text[1:])
    return Block(title, text, children, tuple(dict.fromkeys(node.notes)))


def arrange_parts(
    lead: tuple[Run, ...], blocks: Sequence[Block], *, title: Run, year: int | None, has_figures: HasFigures
) -> tuple[tuple[Run, ...], tuple[DraftPart, ...]]:
    """Return the report's lead and its parts.

    A heading that holds others is a part. Headings of results that hold none are items of one part, which takes its
    title from the report's (`title`); so are the paragraphs of a document without headings.
    """
    if not blocks:
        items = tuple(DraftItem("", EMPTY_RUN, (run,)) for run in lead)
        sections = (DraftSection(EMPTY_RUN, (), items),) if items else ()
        return (), (DraftPart(Role.RESULTS, _name_part(title), (), sections, ("原文没有小标题，一段作一条",)),)
    parts: list[DraftPart] = []
    for role, notes, group in _group_by_role(blocks, year=year):
        if len(group) == 1 and group[0].title:
            parts.append(_make_part(group[0], role, notes, has_figures=has_figures))
        else:
            items = tuple(_make_item(block) for block in group)
            note = "原文没有这一级标题，取自报告的标题，请核对"
            parts.append(DraftPart(role, _name_part(title), (), (DraftSection(EMPTY_RUN, (), items),), (*notes, note)))
    return lead, tuple(parts)


def _group_by_role(blocks: Sequence[Block], *, year: int | None) -> list[tuple[Role, list[str], list[Block]]]:
    """Return the blocks with their roles, in order; neighbours that hold no others, and say no role, in one group."""
    groups: list[tuple[Role, list[str], list[Block]]] = []
    role = Role.RESULTS
    may_join = False
    for block in blocks:
        is_long = not block.title or len(block.title.text) > _ROLE_TITLE_LIMIT
        found, is_sure = find_role(block.title.text, year=year, is_long=is_long)
        notes = []
        if found is None and role is not Role.RESULTS:
            notes.append("标题没有说是成绩、不足还是安排，跟着上一部分，请核对 role")
        if found is not None and not is_sure:
            notes.append("标题里不止一层意思，请核对 role")
        is_joining = not block.children and (found is None or not block.title)
        if is_joining and may_join and groups[-1][0] is (found or role):
            groups[-1][2].append(block)
        else:
            groups.append((found or role, notes, [block]))
        role = found or role
        may_join = is_joining
    return groups


def _name_part(title: Run) -> Run:
    found = _PART_TITLE.search(title.text)
    return Run(found.group() if found else title.text, ())


def _make_part(block: Block, role: Role, notes: Sequence[str], *, has_figures: HasFigures) -> DraftPart:
    sections: list[_OpenSection] = []
    lead, opening = _part_lead(block.text, has_figures=has_figures)
    if opening:
        sections.append(_OpenSection(items=[opening]))
    _add_sections(sections, block.children, depth=0, has_figures=has_figures)
    return DraftPart(role, block.title, lead, tuple(_close(section) for section in sections), (*notes, *block.notes))


def _close(section: _OpenSection) -> DraftSection:
    return DraftSection(section.title, section.lead, tuple(section.items), tuple(section.notes))


def _add_sections(
    sections: list[_OpenSection], blocks: Sequence[Block], *, depth: int, has_figures: HasFigures
) -> None:
    """Add blocks: one that holds others is a section, the rest are items of the section they stand in.

    The model has no third level of headings: a section inside a section follows it, in the order of the text.
    """
    is_open = bool(sections) and (depth > 0 or not sections[-1].title)
    for block in blocks:
        if not block.children:
            if not is_open:
                sections.append(_OpenSection())
                is_open = True
            sections[-1].items.append(_make_item(block))
            continue
        lead, opening = _part_lead(block.text, has_figures=has_figures)
        notes = ["原文里这一节在上一节之下，这里并列"] if depth else []
        items = [opening] if opening else []
        sections.append(_OpenSection(block.title, lead, items, [*notes, *block.notes]))
        _add_sections(sections, block.children, depth=depth + 1, has_figures=has_figures)
        is_open = False


def _part_lead(text: tuple[Run, ...], *, has_figures: HasFigures) -> tuple[tuple[Run, ...], DraftItem | None]:
    """Return a heading's own text as its lead, or as an item: only an item can hold figures."""
    if any(has_figures(run.text) for run in text):
        return (), DraftItem("", EMPTY_RUN, text)
    return text, None


def _make_item(block: Block) -> DraftItem:
    if not block.text:
        return DraftItem("", EMPTY_RUN, (block.title,), notes=block.notes)
    return DraftItem("", block.title, block.text, notes=block.notes)
