"""The outline of a report: which paragraph stands under which heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from nianbao.importing.doubts import Doubt, Note, Weight
from nianbao.importing.led_paragraphs import find_led_paragraphs
from nianbao.importing.lines import CleanedLine, is_heading_like
from nianbao.importing.roles import find_role, is_role_heading
from nianbao.importing.source_text import EMPTY_PASSAGE, Origin, Passage, join_passages
from nianbao.importing.turns import find_turns
from nianbao.model import Role
from nianbao.text.outline import (
    USUAL_RANK,
    Marker,
    MarkerKind,
    choose_inner_markers,
    find_inner_markers,
    match_marker,
)

# Kinds whose marker reads as a word or number of the running text, so that it stays when it stands inside a line.
_READABLE = frozenset(
    {MarkerKind.DUN, MarkerKind.PAREN, MarkerKind.DIGIT, MarkerKind.DIGIT_PAREN, MarkerKind.BEING, MarkerKind.SEQUENCE}
)
# A turn needs a text to turn from.
_TURNS_FROM = 2
_WHOLE_REPORT = 600
# An enumeration of short clauses (一是早；二是快；三是准) is one sentence, not a list of items.
_CLAUSE_LENGTH = 10
_DEEP_RANK = 3
# A bullet makes an item when a short title leads it; other bullets are lines of the text they stand in.
_LED_BULLET = re.compile(r"[^。；：！？，,;:]{2,24}[。：:]\S")
_BRACKETED = re.compile(r"【([^】]{2,24})】")
# 主要表现在：一是早；二是快 is a list after all, and so is what stands in the line of its heading.
_LIST_HEAD = re.compile(
    r"(?:表现|问题|不足|短板|困难|如下|方面|我们将|重点|打算|计划|措施)(?:在|为|是|有|包括|做好|抓好)?[：:]\s*$"
)
_HEADING_ONLY = re.compile(r"[^，。；,;]{2,20}[。：:]?")
_BODY_LENGTH = 40
_LED_BY_ROLE = re.compile(r"([^，。；：:、]{4,14})[：:]")


@dataclass(slots=True)
class Node:
    """A heading, or an item of a list, with the paragraphs under it and the nodes below it. The root has no mark.

    `paragraphs[0]` of a node other than the root begins in the line of its marker; `is_run_in` tells that the marker
    stood inside a line, `is_alone` that the line holds a heading and nothing else.
    """

    kind: MarkerKind | None = None
    ordinal: int = 0
    level: int = 0
    mark: Passage = EMPTY_PASSAGE
    paragraphs: list[Passage] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    is_run_in: bool = False
    is_guess: bool = False
    role: Role | None = None
    is_run_on: bool = False
    keeps_mark: bool = False
    is_turn: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """One marked stretch of a line, or a line without a mark."""

    passage: Passage
    marker: Marker | None = None
    mark: Passage = EMPTY_PASSAGE
    level: int = 0
    origin: Origin = Origin.TEXT
    is_run_in: bool = False
    is_guess: bool = False
    role: Role | None = None
    is_run_on: bool = False
    is_turn: bool = False


def build_outline(lines: Sequence[CleanedLine], *, year: int | None, count_figures: Callable[[str], int]) -> Node:
    """Return the root of the outline; its own paragraphs are the lead. Every line stands in exactly one node.

    `year` is the report's own, where the title tells it.
    """
    root = Node()
    stack = [root]
    last_origin = Origin.TEXT
    for piece in _split_lines(_merge_lone_markers(_part_turns(lines, year=year))):
        if piece.marker is None and not piece.level and not piece.is_guess:
            _add_body(stack, piece, is_first=piece.origin is not last_origin)
        elif piece.is_guess and piece.role and any(node.role is piece.role for node in stack[1:]):
            # 主要存在以下问题：under a heading of problems leads to them, and is no heading beside it.
            _add_body(stack, piece, is_first=False)
        else:
            _add_node(stack, piece)
        last_origin = piece.origin
    _settle_marks(root)
    _raise_led_paragraphs(root, count_figures=count_figures)
    return root


def _part_turns(lines: Sequence[CleanedLine], *, year: int | None) -> list[CleanedLine]:
    """Return the lines, parted where a paragraph without a heading turns to problems or plans."""
    parted: list[CleanedLine] = []
    for line in lines:
        is_plain = line.origin is Origin.TEXT and not line.level and not line.number and not match_marker(line.text)
        begun = _find_begun(parted[-1]) if parted else None
        turns = (
            find_turns(line.text, year=year, begun=begun)
            if is_plain and (len(parted) >= _TURNS_FROM or len(line.text) > _WHOLE_REPORT)
            else ()
        )
        if not turns or (parted and not _may_turn(line, parted[-1], turns[0][1])):
            parted.append(line)
            continue
        stops = [start for start, _ in turns[1:]] + [len(line.text)]
        if turns[0][0]:
            parted.append(replace(line, passage=line.passage.cut(0, turns[0][0]).strip()))
        parted += [
            replace(line, passage=line.passage.cut(start, stop).strip(), turn=role)
            for (start, role), stop in zip(turns, stops, strict=True)
        ]
    return parted


def _find_begun(before: CleanedLine) -> Role | None:
    """Return the role that the line before takes up as a heading of two: 存在不足与努力方向 begins with problems."""
    marker = match_marker(before.text)
    heading = before.text[marker.end :] if marker else before.text
    role, is_sure = find_role(heading, year=None, is_long=len(heading) > _BODY_LENGTH)
    return role if not is_sure else None


def _may_turn(line: CleanedLine, before: CleanedLine, role: Role) -> bool:
    """Return whether a paragraph that turns to a role does so by itself, and not because its heading told it to."""
    is_title = is_heading_like(line.text) and line.text[-1] not in "：:"
    if is_title or _starts_with_role(line.text):
        return False
    if not _heads(before):
        return True
    marker = match_marker(before.text)
    heading = before.text[marker.end :] if marker else before.text
    found, is_sure = find_role(heading, year=None)
    if found is not None:
        return not is_sure and role is Role.PLAN
    return role is Role.PROBLEMS and marker is None and not before.level


def _heads(line: CleanedLine) -> bool:
    """Return whether a line is a heading of what follows, whether it has a marker or not."""
    marker = match_marker(line.text)
    return line.level > 0 or is_heading_like(line.text[marker.end :] if marker else line.text)


def _add_body(stack: list[Node], piece: _Piece, *, is_first: bool) -> None:
    node = stack[-1]
    if piece.origin is not Origin.TEXT and is_first:
        question = f"这里有原文的{piece.origin.value}，逐行抄成了文字，读得通吗？请对照原文件"
        node.notes.append(Doubt(question, source=piece.passage.text))
    if node.is_run_in and piece.origin is Origin.TEXT:
        question = "最后一段在原文里另起一行，说的是这一条，还是整节？"
        node.notes.append(Doubt(question, source=piece.passage.text, weight=Weight.FORM))
    node.paragraphs.append(piece.passage)


def _add_node(stack: list[Node], piece: _Piece) -> None:
    marker = piece.marker
    node = Node(
        kind=marker.kind if marker else None,
        ordinal=marker.ordinal if marker else 0,
        level=piece.level,
        mark=piece.mark,
        paragraphs=[piece.passage] if piece.passage else [],
        is_run_in=piece.is_run_in,
        is_guess=piece.is_guess,
        role=piece.role,
        is_run_on=piece.is_run_on,
        is_turn=piece.is_turn,
    )
    del stack[_find_depth(stack, node) :]
    stack[-1].children.append(node)
    stack.append(node)


def _find_depth(stack: Sequence[Node], node: Node) -> int:
    """Return how much of the stack stays above a new node: up to its like, or else as usage orders the kinds."""
    for depth in range(len(stack) - 1, 0, -1):
        if _is_like(stack[depth], node):
            return depth
    if node.role and node.kind is None:
        return 1
    if len(stack) > 1 and stack[1].kind is None and _counts_on(stack[0], node):
        return 1
    depth = len(stack)
    while depth > 1 and _stands_below(stack[depth - 1], node):
        depth -= 1
    return depth


def _counts_on(above: Node, node: Node) -> bool:
    """Return whether a node goes on with the numbers of those below another: 二、 after 一、, whatever is between."""
    like = [child.ordinal for child in above.children if node.kind and child.kind is node.kind]
    return bool(like) and node.ordinal == like[-1] + 1


def _is_like(above: Node, node: Node) -> bool:
    if node.kind and above.kind:
        return node.kind is above.kind and (node.level == above.level or not (node.level and above.level))
    if node.level or above.level:
        return node.level == above.level
    return node.is_guess and above.is_guess and bool(node.role) == bool(above.role)


def _stands_below(above: Node, node: Node) -> bool:
    if node.level and above.level:
        return above.level > node.level
    above_rank = USUAL_RANK[above.kind] if above.kind else None
    rank = USUAL_RANK[node.kind] if node.kind else None
    if above_rank is not None and rank is not None:
        return above_rank > rank
    return bool(node.level) and not above.level


def _raise_led_paragraphs(root: Node, *, count_figures: Callable[[str], int]) -> None:
    """Make nodes of the paragraphs that short sentences lead, where nothing with a marker stands beside them."""
    todo = [root]
    while todo:
        node = todo.pop()
        todo.extend(node.children)
        if any(not child.is_guess for child in node.children):
            continue
        start = 0 if node is root else 1
        first = find_led_paragraphs(node.paragraphs, start=start, count_figures=count_figures)
        led = [Node(paragraphs=[passage]) for passage in node.paragraphs[first:]]
        node.paragraphs = node.paragraphs[:first]
        node.children = [*led, *node.children]


def _settle_marks(root: Node) -> None:
    """Let the marks of a list stay in its text when one of them stands inside a line."""
    todo = [root]
    while todo:
        node = todo.pop()
        kept = {
            child.kind for child in node.children if (child.is_run_in or child.is_run_on) and child.kind in _READABLE
        }
        for child in node.children:
            child.keeps_mark = child.kind in kept and child.mark.text[1:2] != "要"
        todo.extend(node.children)


def _merge_lone_markers(lines: Sequence[CleanedLine]) -> list[tuple[CleanedLine, Marker | None, Passage]]:
    """Return the lines with their own markers, cut off; a marker alone on its line goes to the next line."""
    merged: list[tuple[CleanedLine, Marker | None, Passage]] = []
    waiting: list[Passage] = []
    waiting_marker: Marker | None = None
    for place, line in enumerate(lines):
        marker, mark, rest = _cut_marker(line, lines[place + 1].text if place + 1 < len(lines) else "")
        marker = marker or waiting_marker
        waiting.append(mark)
        if marker and not rest and place + 1 < len(lines) and lines[place + 1].origin is Origin.TEXT:
            waiting_marker = marker
            continue
        merged.append((replace(line, passage=rest), marker, join_passages(waiting)))
        waiting, waiting_marker = [], None
    return merged


def _cut_marker(line: CleanedLine, following: str) -> tuple[Marker | None, Passage, Passage]:
    if line.origin is not Origin.TEXT:
        return None, EMPTY_PASSAGE, line.passage
    if line.number:
        marker = match_marker(line.number + " ") or match_marker(line.number.rstrip(".、．") + "、")
        return marker, EMPTY_PASSAGE, line.passage
    marker = match_marker(line.text)
    if marker is None or (marker.kind is MarkerKind.BULLET and not _is_item_bullet(line.text, marker, following)):
        return None, EMPTY_PASSAGE, line.passage
    return marker, line.passage.cut(0, marker.end), line.passage.cut(marker.end)


def _is_item_bullet(text: str, marker: Marker, following: str) -> bool:
    """Return whether a title stands after a bullet: before its text in the line, or alone before a line of body."""
    if _LED_BULLET.match(text, marker.end):
        return True
    is_title = is_heading_like(text[marker.end :]) and not re.search(r"[，。；]", text)
    is_before_body = (
        match_marker(following) is None and len(following) > 2 * len(text) and not is_heading_like(following)
    )
    return is_title and is_before_body


def _split_lines(lines: Sequence[tuple[CleanedLine, Marker | None, Passage]]) -> list[_Piece]:
    candidates = [
        (marker, tuple(find_inner_markers(line.text, 0)) if line.origin is Origin.TEXT else ())
        for line, marker, _ in lines
    ]
    chosen = choose_inner_markers(candidates)
    pieces: list[_Piece] = []
    for place, ((line, own, mark), found) in enumerate(zip(lines, chosen, strict=True)):
        inner = _drop_clauses(line.text, own, found)
        end = inner[0].start if inner else len(line.text)
        following = lines[place + 1] if place + 1 < len(lines) else None
        first = line.passage.cut(0, end).strip()
        is_guess = own is None and (
            line.turn is not None
            or (_starts_with_role(first.text) if inner else _is_guessed_heading(line, following, is_first=place == 0))
        )
        if first or mark or not inner:
            pieces.append(
                _Piece(
                    first,
                    own,
                    mark,
                    line.level,
                    line.origin,
                    is_guess=is_guess,
                    role=line.turn or (_find_role(first.text) if is_guess or own or line.level else None),
                    is_run_on=line.is_run_on,
                    is_turn=line.turn is not None,
                )
            )
        stops = [marker.start for marker in inner[1:]] + [len(line.text)]
        for marker, stop in zip(inner, stops, strict=False):
            rest = line.passage.cut(marker.end, stop).strip()
            pieces.append(_Piece(rest, marker, line.passage.cut(marker.start, marker.end), is_run_in=True))
    return pieces


def _find_role(text: str) -> Role | None:
    led = _LED_BY_ROLE.match(text)
    head = led.group(1) if led and _starts_with_role(text) else text
    return find_role(head, year=None)[0] if is_role_heading(head) else None


def _starts_with_role(text: str) -> bool:
    """Return whether a paragraph begins with the heading of problems or plans: 存在问题：一是……"""
    led = _LED_BY_ROLE.match(text)
    if led is None or not is_role_heading(led.group(1)):
        return False
    role, _ = find_role(led.group(1), year=None)
    return role in (Role.PROBLEMS, Role.PLAN)


def _is_guessed_heading(
    line: CleanedLine, following: tuple[CleanedLine, Marker | None, Passage] | None, *, is_first: bool
) -> bool:
    """Return whether a line without a marker is a heading all the same: short, no sentence, and body text after it."""
    if line.origin is not Origin.TEXT or line.level or is_first:
        return False
    if _starts_with_role(line.text) or _BRACKETED.match(line.text):
        return True
    if following is None:
        return False
    after, marker, _ = following
    is_lead_in = line.text[-1] in "：:" and not is_role_heading(line.text)
    if not is_heading_like(line.text) or is_lead_in or after.origin is not Origin.TEXT:
        return False
    # A list under it begins at one; before the second of a list stands the text of the first.
    is_led = (marker is not None and (marker.ordinal == 1 or is_role_heading(line.text))) or after.level > 0
    is_short = after.level == 0 and is_heading_like(after.text) and len(after.text) <= _BODY_LENGTH
    if is_role_heading(line.text) and is_short:
        return True
    return is_led or (
        len(after.text) > len(line.text) and (len(after.text) > _BODY_LENGTH or not is_heading_like(after.text))
    )


def _leads_list(text: str, own: Marker | None, group: Sequence[Marker]) -> bool:
    """Return whether what stands before the first marker of a group announces a list."""
    before = text[: group[0].start]
    return bool(_LIST_HEAD.search(before)) or (own is not None and bool(_HEADING_ONLY.fullmatch(before)))


def _drop_clauses(text: str, own: Marker | None, inner: Sequence[Marker]) -> tuple[Marker, ...]:
    """Return the markers without those of an enumeration inside a sentence: short clauses, parted by semicolons."""
    kept: list[Marker] = []
    for kind in dict.fromkeys(marker.kind for marker in inner):
        group = [marker for marker in inner if marker.kind is kind]
        ends = [marker.start for marker in group[1:]]
        is_one_sentence = bool(ends) and all(text[:end].rstrip()[-1:] in "；;" for end in ends)
        length = (ends[-1] - group[0].end) / len(ends) if ends else 0
        own_rank = USUAL_RANK[own.kind] if own else None
        is_deep = own_rank is not None and own_rank >= _DEEP_RANK
        # A paragraph that begins with the list's own marker is the list, however short its clauses are.
        is_list = own is not None and own.kind is kind
        if (
            is_one_sentence
            and not is_list
            and (length < _CLAUSE_LENGTH or is_deep)
            and not _leads_list(text, own, group)
        ):
            continue
        kept.extend(group)
    return tuple(sorted(kept, key=lambda marker: marker.start))
