"""How a report's items and figures are called: each by a name of its own, and each address of the page leads to one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from nianbao.model.fragments import figure_fragments, figure_names
from nianbao.model.places import KeyPath
from nianbao.sources.near_miss import find_near_miss
from nianbao.sources.partial_report import LocatedItem, PartialReport
from nianbao.sources.wording import show_value

# Where it stands, what is wrong, and what to do about it.
Mistake = tuple[KeyPath, str, str]
LineOf = Callable[[KeyPath], int]


class _Claim(NamedTuple):
    """A fragment of the report's page, whose it is, and the field that makes it: `id`, `quote` or `cell`."""

    fragment: str
    owner: str
    field: str
    key_path: KeyPath


_REMEDIES = {"id": "换一个代号", "quote": "多抄几个字", "cell": "写上 id"}
_HIGHLIGHT_SHAPE = "写成 条目代号/数的代号，如 study/members；没有代号就写成 条目代号/quote，如 study/5270名"


def check_names(partial: PartialReport, line_of: LineOf) -> Iterator[Mistake]:
    """Yield the mistakes in the names of items and figures, and in the names that highlights and revisions call."""
    yield from _check_item_ids(partial.items, line_of)
    for item in partial.items:
        yield from _check_figure_names(item, line_of)
    yield from _check_fragments(partial.items, line_of)
    yield from _check_highlights(partial, line_of)
    yield from _check_revisions(partial)


def _check_item_ids(items: tuple[LocatedItem, ...], line_of: LineOf) -> Iterator[Mistake]:
    seen: dict[str, LocatedItem] = {}
    for item in items:
        if item.id and seen.setdefault(item.id, item) is not item:
            first = line_of((*seen[item.id].key_path, "id"))
            yield (
                (*item.key_path, "id"),
                f"代号{show_value(item.id)}用了两次，前一次在第 {first} 行",
                "换一个代号，每条的代号都不同",
            )


def _check_figure_names(item: LocatedItem, line_of: LineOf) -> Iterator[Mistake]:
    quotes: dict[str, KeyPath] = {}
    ids: dict[str, KeyPath] = {}
    for key_path, figure in item.figures:
        first = quotes.setdefault(figure.quote, key_path) if figure.cell is None else key_path
        if first is not key_path:
            yield (
                (*key_path, "quote"),
                f"{show_value(figure.quote)}写了两次，前一次在第 {line_of((*first, 'quote'))} 行",
                "删去一条；说的不是一处，就多抄几个字",
            )
        if figure.id is None:
            continue
        first = ids.setdefault(figure.id, key_path)
        if first is not key_path:
            yield (
                (*key_path, "id"),
                f"代号{show_value(figure.id)}在本条里用了两次，前一次在第 {line_of((*first, 'id'))} 行",
                "换一个代号，一条里每个数的代号都不同",
            )


def _check_fragments(items: tuple[LocatedItem, ...], line_of: LineOf) -> Iterator[Mistake]:
    """Yield a mistake where one address of the page would lead to two places."""
    fragments: list[str] = []
    for item in items:
        fragments.append(item.id)
        for _, figure in item.figures:
            fragments += figure_fragments(item.id, figure)
    # Nearly always so, and cheaper to see than whose each fragment is.
    if len(set(fragments)) == len(fragments):
        return
    taken: dict[str, _Claim] = {}
    for claim in _list_claims(items):
        first = taken.setdefault(claim.fragment, claim)
        # What has the same name, too, was written twice and is told as such.
        if (first.owner, first.field) != (claim.owner, claim.field):
            remedies = "，或".join(dict.fromkeys((_REMEDIES[claim.field], _REMEDIES[first.field])))
            yield (
                (*claim.key_path, claim.field),
                f"{show_value(claim.owner)}的网址与第 {line_of((*first.key_path, first.field))} 行的"
                f"{show_value(first.owner)}相同，都是 #{claim.fragment}",
                f"{remedies}；已经发布的那一处不要改",
            )


def _list_claims(items: tuple[LocatedItem, ...]) -> Iterator[_Claim]:
    for item in items:
        if not item.id:
            continue
        yield _Claim(item.id, item.id, "id", item.key_path)
        for key_path, figure in item.figures:
            fragments, names = figure_fragments(item.id, figure), figure_names(item.id, figure)
            if figure.id is not None:
                yield _Claim(fragments[0], names[0], "id", key_path)
            if figure.id is None or len(fragments) > 1:
                yield _Claim(fragments[-1], names[-1], "quote" if figure.cell is None else "cell", key_path)


def _check_highlights(partial: PartialReport, line_of: LineOf) -> Iterator[Mistake]:
    figures = {
        name: key_path
        for item in partial.items
        for key_path, figure in item.figures
        for name in figure_names(item.id, figure)
    }
    figures.update({f"{item.id}/{name}": key_path for item in partial.items for key_path, name in item.unread_figures})
    seen: dict[KeyPath, tuple[KeyPath, str]] = {}
    for key_path, name in partial.highlights:
        if name not in figures:
            near = find_near_miss(name, figures)
            yield (
                key_path,
                f"没有{show_value(name)}这个数",
                f"是否指 {near}" if near else _HIGHLIGHT_SHAPE,
            )
            continue
        earlier, earlier_name = seen.setdefault(figures[name], (key_path, name))
        if earlier is key_path:
            continue
        line = line_of(earlier)
        if earlier_name == name:
            yield key_path, f"{show_value(name)}写了两次，前一次在第 {line} 行", "删去一处"
        else:
            yield key_path, f"{show_value(name)}和第 {line} 行的{show_value(earlier_name)}是同一个数", "删去一处"


def _check_revisions(partial: PartialReport) -> Iterator[Mistake]:
    ids = {item.id for item in partial.items}
    for key_path, item_id in partial.revised_items:
        if item_id not in ids:
            near = find_near_miss(item_id, ids)
            yield key_path, f"没有{show_value(item_id)}这一条", f"是否指 {near}" if near else "写本报告里条目的代号"
