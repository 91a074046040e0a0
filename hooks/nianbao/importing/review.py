"""The entries of a draft's `review`: its doubts with their places, merged, and not more than a person will read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nianbao.importing.account import Leftover
from nianbao.importing.doubts import Doubt, Note, Weight
from nianbao.importing.draft import Draft
from nianbao.model import ReviewEntry
from nianbao.text.odd_characters import find_refused
from nianbao.text.yaml_scalars import is_printable

_CHARACTERS, _MOST_ENTRIES = 3000, 6
_LONGEST = 200
_FIGURE = re.compile(r"\.figures\[[0-9]+\]")


@dataclass(frozen=True, slots=True)
class Placed:
    """A doubt and the place that it is about; `told` is what of it a merged entry calls by: the figure's quote."""

    place: str
    doubt: Doubt
    told: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """The entries, in the order of the draft, and the doubts that are not among them: remarks beside their parts."""

    entries: tuple[ReviewEntry, ...]
    left_over: frozenset[tuple[str, Doubt]]


def review_draft(draft: Draft, *, unplaced: tuple[Leftover, ...], characters: int) -> Review:
    """Return what a person is asked of a draft: at most six entries for each 3,000 characters of the document.

    Doubts about one place are one entry, and so are those about the figures of one item. Of more, those on which most
    hangs are asked.
    """
    groups: dict[str, list[Placed]] = {}
    for placed in (*_ask_for_missing(draft, unplaced), *list_doubts(draft)):
        figure = _FIGURE.search(placed.place)
        groups.setdefault(placed.place[: figure.start()] + ".figures" if figure else placed.place, []).append(placed)
    most = _MOST_ENTRIES * max(1, -(-characters // _CHARACTERS))
    ranked = sorted(groups, key=lambda place: -max(placed.doubt.weight for placed in groups[place]))  # a stable sort
    asked = set(ranked[:most])
    return Review(
        tuple(_merge(group) for place, group in groups.items() if place in asked),
        frozenset(
            (placed.place, placed.doubt) for place, group in groups.items() if place not in asked for placed in group
        ),
    )


def list_doubts(draft: Draft) -> Iterator[Placed]:
    """Yield the doubts of a draft with their places, in its order."""
    yield from _place("", draft.notes)
    for p, part in enumerate(draft.parts):
        at_part = f"parts[{p}]"
        yield from _place(at_part, part.notes)
        for s, section in enumerate(part.sections):
            at_section = f"{at_part}.sections[{s}]"
            yield from _place(at_section, section.notes)
            for i, item in enumerate(section.items):
                at_item = f"{at_section}.items[{i}]"
                yield from _place(at_item, item.notes)
                for f, figure in enumerate(item.figures):
                    yield from _place(f"{at_item}.figures[{f}]", figure.notes, told=figure.quote)


def join_place(place: str, field: str) -> str:
    """Return the place of a field; the report as a whole is its parts."""
    return f"{place}.{field}".strip(".") or "parts"


def _place(place: str, notes: Iterable[Note], *, told: str = "") -> Iterator[Placed]:
    for note in dict.fromkeys(notes):
        if isinstance(note, Doubt):
            yield Placed(join_place(place, note.field), note, told)


def _ask_for_missing(draft: Draft, unplaced: tuple[Leftover, ...]) -> Iterator[Placed]:
    if not draft.period:
        question = "原文没有说是哪一年，时段写什么？如 2023（全年）、2023-H1（上半年）"
        yield Placed("period", Doubt(question, weight=Weight.FACT))
    if unplaced:
        question = f"原文有 {len(unplaced)} 段没有放进去，抄在文件末尾：要放到哪里？"
        yield Placed("parts", Doubt(question, source=unplaced[0].text, weight=Weight.FACT))


def _merge(group: list[Placed]) -> ReviewEntry:
    """Return one entry for some doubts; those about several figures of an item stand at its list of figures."""
    is_of_several = len({placed.told for placed in group}) > 1
    place = group[0].place
    if is_of_several:
        place = f"{place[: place.rindex('.figures[')]}.figures"
    doubts = [placed.doubt for placed in group]

    def tell(placed: Placed, text: str) -> str:
        return f"{placed.told}：{text}" if text and is_of_several else text

    questions = {doubt.question for doubt in doubts}
    asked = [p.doubt.question if len(questions) == 1 else tell(p, p.doubt.question) for p in group]
    return ReviewEntry(
        place=place,
        question=_join(asked, " "),
        chose=_join((tell(placed, placed.doubt.chose) for placed in group), "；"),
        source=_join((doubt.source for doubt in doubts), " …… "),
    )


def _join(texts: Iterable[str], mark: str) -> str:
    shown = mark.join(dict.fromkeys(" ".join(text.split()) for text in texts if text))
    for character in find_refused(shown):
        shown = shown.replace(character, "")
    shown = "".join(character for character in shown if is_printable(character))
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}……"
