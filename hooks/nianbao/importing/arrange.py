"""From the outline of a document to the parts, sections and items of a draft, without ids and figures yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from nianbao.importing.doubts import Doubt, Note, Weight
from nianbao.importing.draft import DraftItem, DraftPart, DraftSection
from nianbao.importing.outline_tree import Node
from nianbao.importing.roles import find_role, is_role_heading
from nianbao.importing.source_text import EMPTY_PASSAGE, Passage, join_passages
from nianbao.importing.titles import split_title
from nianbao.model import Role

_PLAIN_TITLES = {Role.RESULTS: "主要工作", Role.PROBLEMS: "存在的问题", Role.PLAN: "下一步安排"}
_TURNED = {Role.RESULTS: "成绩", Role.PROBLEMS: "问题", Role.PLAN: "安排"}
_ROLE_TITLE_LIMIT = 40
_RICH_FIGURES = 3
_CLOSING = re.compile(r"(?:特此|以上|谢谢|此致|敬请|不妥|妥否|专此|完毕|汇报完毕|总结完毕).{0,30}$")
_PLANNED = re.compile(r"计划|要点|安排|打算|思路|方案")
_TOLD = re.compile(r"总结|报告|汇报|情况|回顾|小结|述职|纪实")
_STANDIN_LIMIT = 20
_ROLE_NAMES = {Role.RESULTS: "成绩", Role.PROBLEMS: "不足", Role.PLAN: "安排"}

CountFigures = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Branch:
    """A node of the outline and those below it, its title split from its text."""

    title: Passage
    text: tuple[Passage, ...]
    children: tuple[Branch, ...]
    notes: tuple[Note, ...]
    turn: Role | None = None


@dataclass(slots=True)
class _OpenSection:
    title: Passage = EMPTY_PASSAGE
    lead: tuple[Passage, ...] = ()
    items: list[DraftItem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def make_branches(nodes: Sequence[Node], marks: list[Passage], *, count_figures: CountFigures) -> tuple[Branch, ...]:
    """Return nodes and those below them as branches; what belongs to neither title nor text goes to `marks`."""
    branches = [_make_branch(node, marks, count_figures=count_figures) for node in nodes]
    return tuple(branch for branch in branches if branch.title or branch.text or branch.children)


def _make_branch(node: Node, marks: list[Passage], *, count_figures: CountFigures) -> Branch:
    children = make_branches(node.children, marks, count_figures=count_figures)
    if node.is_turn:
        return Branch(EMPTY_PASSAGE, tuple(node.paragraphs), children, tuple(dict.fromkeys(node.notes)), node.role)
    first = node.paragraphs[0] if node.paragraphs else EMPTY_PASSAGE
    is_heading = bool(node.level or node.is_guess or children)
    has_more = bool(children) or any(not _CLOSING.match(passage.text) for passage in node.paragraphs[1:])
    title, rest, dropped = split_title(first, has_more=has_more, is_heading=is_heading, count_figures=count_figures)
    text = tuple(passage for passage in (rest, *node.paragraphs[1:]) if passage)
    marks.append(dropped)
    # A title that begins with its year (2023年工作总结) names its place in the report better than a number would.
    if not node.keeps_mark or not (title or text) or title.text[:1].isdigit():
        marks.append(node.mark)
    elif title:
        title = join_passages([node.mark, title]).strip()
    else:
        text = (join_passages([node.mark, text[0]]).strip(), *text[1:])
    return Branch(title, text, children, tuple(dict.fromkeys(node.notes)))


def arrange_parts(
    lead: tuple[Passage, ...],
    branches: Sequence[Branch],
    *,
    title: Passage,
    year: int | None,
    count_figures: CountFigures,
) -> tuple[tuple[Passage, ...], tuple[DraftPart, ...]]:
    """Return the report's lead and its parts.

    A heading that holds others is a part. Headings of results that hold none are items of one part, which takes its
    title from the report's (`title`); so are the paragraphs of a document without headings.
    """
    if not branches:
        items = tuple(DraftItem("", EMPTY_PASSAGE, (passage,)) for passage in lead)
        only = (DraftSection(EMPTY_PASSAGE, (), items),) if items else ()
        doubt = Doubt("原文没有小标题，一段作了一条，合适吗？", weight=Weight.FORM)
        return (), (DraftPart(Role.RESULTS, _name_part(Role.RESULTS), (), only, (doubt,)),)
    branches = [part for branch in branches for part in _lift_roles(branch, year=year)]
    parts: list[DraftPart] = []
    is_plan = bool(_PLANNED.search(title.text)) and not _TOLD.search(title.text)
    role = Role.PLAN if is_plan else Role.RESULTS
    for part_role, notes, group in _group_by_role(branches, role=role, year=year, count_figures=count_figures):
        if len(group) == 1 and group[0].turn:
            parts.append(_make_turned_part(group[0], part_role, count_figures=count_figures))
        elif len(group) == 1 and group[0].title:
            parts.append(_make_part(group[0], part_role, notes, count_figures=count_figures))
        else:
            sections: list[_OpenSection] = []
            _add_sections(sections, group, depth=0, count_figures=count_figures)
            parts.append(DraftPart(part_role, _name_part(part_role), (), tuple(map(_close, sections)), tuple(notes)))
    return _move_lead(lead, parts, count_figures=count_figures)


def _lift_roles(branch: Branch, *, year: int | None) -> list[Branch]:
    """Return a branch, and after it its last ones that name another role: （六）存在的不足 under 一、工作总结."""
    if branch.turn or find_role(branch.title.text, year=year)[0] not in (None, Role.RESULTS):
        return [branch]
    count = len(branch.children)
    while count and _names_role(branch.children[count - 1], year=year):
        count -= 1
    if count in (0, len(branch.children)):
        return [branch]
    return [replace(branch, children=branch.children[:count]), *branch.children[count:]]


def _names_role(branch: Branch, *, year: int | None) -> bool:
    if branch.turn:
        return True
    role, is_sure = find_role(branch.title.text, year=year)
    return role in (Role.PROBLEMS, Role.PLAN) and is_sure and is_role_heading(branch.title.text)


def _move_lead(
    lead: tuple[Passage, ...], parts: list[DraftPart], *, count_figures: CountFigures
) -> tuple[tuple[Passage, ...], tuple[DraftPart, ...]]:
    """Return lead and parts; a paragraph of the lead that is rich in figures opens the first part, as an item."""
    rich = tuple(passage for passage in lead if count_figures(passage.text) >= _RICH_FIGURES)
    if not rich:
        return lead, tuple(parts)
    item = DraftItem("", EMPTY_PASSAGE, rich, notes=("原文里这是导语；里面的数多，所以放在这里作一条",))
    first = parts[0]
    if first.role is Role.PROBLEMS:
        opening = DraftPart(
            Role.RESULTS, _name_part(Role.RESULTS), (), (DraftSection(EMPTY_PASSAGE, (), (item,)),), item.notes
        )
        return tuple(passage for passage in lead if passage not in rich), (opening, *parts)
    sections = first.sections
    if sections and not sections[0].title and not sections[0].lead:
        sections = (replace(sections[0], items=(item, *sections[0].items)), *sections[1:])
    else:
        sections = (DraftSection(EMPTY_PASSAGE, (), (item,)), *sections)
    return tuple(passage for passage in lead if passage not in rich), (replace(first, sections=sections), *parts[1:])


def _group_by_role(
    branches: Sequence[Branch], *, role: Role, year: int | None, count_figures: CountFigures
) -> list[tuple[Role, list[Note], list[Branch]]]:
    """Return the branches with their roles, in order; `role` is that of the first unless its title tells another.

    Branches in a row that name no role themselves are one group when one of them has figures and holds no others: only
    an item can hold its figures, and with a part for each, each would need a part's title and an item without one.
    """
    groups: list[tuple[Role, list[Note], list[Branch]]] = []
    first_role = role
    nameless: list[bool] = []
    for branch in branches:
        if branch.turn:
            groups.append(
                (
                    branch.turn,
                    [
                        Doubt(
                            f"原文这里没有标题，从这一段起当作{_TURNED[branch.turn]}，对吗？",
                            branch.turn.value,
                            branch.text[0].text[:80] if branch.text else "",
                            "role",
                            Weight.FACT,
                        )
                    ],
                    [branch],
                )
            )
            nameless.append(False)
            role = branch.turn
            continue
        is_long = not branch.title or len(branch.title.text) > _ROLE_TITLE_LIMIT
        found, is_sure = find_role(branch.title.text, year=year, is_long=is_long)
        if found is Role.RESULTS and not branch.children and not is_role_heading(branch.title.text):
            found = None  # 排查化解，成效明显: an item of the results, not the results.
        notes: list[Note] = []
        if found is None and role is not first_role:
            notes.append(_doubt_role(role, "标题没有说，跟着上一部分", branch.title.text))
        if found is not None and not is_sure:
            notes.append(_doubt_role(found, "标题里不止一层意思", branch.title.text))
        is_nameless = found is None
        if is_nameless and nameless and nameless[-1] and groups[-1][0] is role:
            groups[-1][2].append(branch)
        else:
            groups.append((found or role, notes, [branch]))
            nameless.append(is_nameless)
        role = found or role
    return [part for group in groups for part in _split_group(group, count_figures=count_figures)]


def _doubt_role(role: Role, why: str, title: str) -> Doubt:
    return Doubt(f"这一部分是成绩、不足还是安排？{why}", _ROLE_NAMES[role], title, "role", Weight.FACT)


def _split_group(
    group: tuple[Role, list[Note], list[Branch]], *, count_figures: CountFigures
) -> list[tuple[Role, list[Note], list[Branch]]]:
    role, notes, branches = group
    is_one = any(
        not b.title or (not b.children and any(count_figures(passage.text) for passage in b.text)) for b in branches
    )
    if is_one and (len(branches) > 1 or not branches[0].title):
        return [group]
    return [(role, notes, [branch]) for branch in branches]


def _name_part(role: Role) -> Passage:
    """Return the plain name of a role, for a part that the text gives no title."""
    return Passage(_PLAIN_TITLES[role], ())


def _make_turned_part(branch: Branch, role: Role, *, count_figures: CountFigures) -> DraftPart:
    """Return a part that begins without a heading: its first words lead the list that follows, or are its only item."""
    titled = replace(branch, title=_name_part(role))
    if branch.children:
        return _make_part(titled, role, (), count_figures=count_figures)
    item = DraftItem("", EMPTY_PASSAGE, branch.text, notes=branch.notes)
    return DraftPart(role, titled.title, (), (DraftSection(EMPTY_PASSAGE, (), (item,)),))


def _make_part(branch: Branch, role: Role, notes: Sequence[Note], *, count_figures: CountFigures) -> DraftPart:
    sections: list[_OpenSection] = []
    lead, opening = _split_lead(branch.text, count_figures=count_figures)
    if opening:
        sections.append(_OpenSection(items=[opening]))
    _add_sections(sections, branch.children, depth=0, count_figures=count_figures)
    return DraftPart(role, branch.title, lead, tuple(_close(section) for section in sections), (*notes, *branch.notes))


def _close(section: _OpenSection) -> DraftSection:
    return DraftSection(section.title, section.lead, tuple(section.items), tuple(section.notes))


def _add_sections(
    sections: list[_OpenSection], branches: Sequence[Branch], *, depth: int, count_figures: CountFigures
) -> None:
    """Add branches: one that holds others is a section, the rest are items of the section they stand in.

    The model has no third level of headings: a section inside a section follows it, in the order of the text.
    """
    is_open = bool(sections) and depth > 0
    for branch in branches:
        if not branch.children:
            if not is_open and (not sections or sections[-1].title):
                sections.append(_OpenSection())
            is_open = True
            sections[-1].items.append(_make_item(branch))
            continue
        lead, opening = _split_lead(branch.text, count_figures=count_figures)
        notes: list[Note] = ["原文里这一节在上一节之下，这里并列"] if depth else []
        items = [opening] if opening else []
        sections.append(_OpenSection(branch.title, lead, items, [*notes, *branch.notes]))
        _add_sections(sections, branch.children, depth=depth + 1, count_figures=count_figures)
        is_open = False


def _split_lead(
    text: tuple[Passage, ...], *, count_figures: CountFigures
) -> tuple[tuple[Passage, ...], DraftItem | None]:
    """Return a heading's own text as its lead, or as an item: only an item can hold figures."""
    if any(count_figures(passage.text) for passage in text):
        return (), DraftItem("", EMPTY_PASSAGE, text)
    return text, None


def _make_item(branch: Branch) -> DraftItem:
    if not branch.text:
        return DraftItem("", EMPTY_PASSAGE, (branch.title,), notes=branch.notes)
    return DraftItem("", branch.title, branch.text, notes=branch.notes)
