"""A report as far as it can be read: whole, or what can be saved of a broken one, so that all mistakes show at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from nianbao.model import Figure, Kind, Period, Photo, Report, Role, Table, parse_period
from nianbao.model.base import Frozen
from nianbao.model.places import KeyPath
from nianbao.model.report import anchor_in_table


class LocatedFigure(NamedTuple):
    """Where a figure stands, and the figure."""

    key_path: KeyPath
    figure: Figure


@dataclass(frozen=True, slots=True)
class LocatedItem:
    """What the checks need of an item, and where it stands; what could not be read is empty or None.

    `unread_figures` are the ids of figures of which nothing else could be read; `has_unread` is whether there is a
    text, or a table, that could not be read.
    """

    key_path: KeyPath
    role: Role | None
    id: str
    text: str | None
    fulfils: str | None
    figures: tuple[LocatedFigure, ...]
    unread_figures: tuple[tuple[KeyPath, str], ...] = ()
    table: Table | None = None
    photo: Photo | None = None
    has_unread: bool = False


@dataclass(frozen=True, slots=True)
class PartialReport:
    """What the checks need of a report; what could not be read is empty or None."""

    period: Period | None
    kind: Kind | None
    items: tuple[LocatedItem, ...]
    highlights: tuple[tuple[KeyPath, str], ...]
    revised_items: tuple[tuple[KeyPath, str], ...]


def locate_pieces(report: Report) -> PartialReport:
    """Return the pieces of a whole report."""
    return PartialReport(
        report.when,
        report.kind,
        tuple(
            LocatedItem(
                (key_path := ("parts", p, "sections", s, "items", i)),
                part.role,
                item.id,
                item.text,
                item.fulfils,
                tuple(LocatedFigure((*key_path, "figures", f), figure) for f, figure in enumerate(item.figures)),
                table=item.table,
                photo=item.photo,
            )
            for p, part in enumerate(report.parts)
            for s, section in enumerate(part.sections)
            for i, item in enumerate(section.items)
        ),
        tuple((("highlights", h), highlight) for h, highlight in enumerate(report.highlights)),
        tuple(
            (("revisions", r, "items", i), item_id)
            for r, revision in enumerate(report.revisions)
            for i, item_id in enumerate(revision.items)
        ),
    )


def salvage_pieces(data: Any) -> PartialReport:
    """Return the pieces of data that are not a whole report: each that is sound by itself."""
    root = _mapping(data)
    return PartialReport(
        _salvage_period(root.get("period")),
        _member(Kind, root.get("kind")),
        tuple(
            _salvage_item((*section_key_path, "items", i), item, _member(Role, _mapping(part).get("role")))
            for p, part in _entries(root.get("parts"))
            for s, section in _entries(_mapping(part).get("sections"))
            for section_key_path in [("parts", p, "sections", s)]
            for i, item in _entries(_mapping(section).get("items"))
        ),
        tuple((("highlights", h), text) for h, text in _texts(root.get("highlights"))),
        tuple(
            (("revisions", r, "items", i), item_id)
            for r, revision in _entries(root.get("revisions"))
            for i, item_id in _texts(_mapping(revision).get("items"))
        ),
    )


def _salvage_item(key_path: KeyPath, data: Any, role: Role | None) -> LocatedItem:
    item = _mapping(data)
    figures: list[LocatedFigure] = []
    unread: list[tuple[KeyPath, str]] = []
    for f, entry in _entries(item.get("figures")):
        figure_key_path = (*key_path, "figures", f)
        if figure := _salvage_figure(entry):
            figures.append(LocatedFigure(figure_key_path, figure))
        elif figure_id := _text(_mapping(entry).get("id")):
            unread.append((figure_key_path, figure_id))
    text, table = _text(item.get("text")), _validated(Table, item.get("table"))
    if table is not None:
        anchor_in_table((figure for _, figure in figures), table)
    return LocatedItem(
        key_path,
        role,
        _text(item.get("id")) or "",
        text,
        _text(item.get("fulfils")),
        tuple(figures),
        tuple(unread),
        table,
        _validated(Photo, item.get("photo")),
        has_unread=item is not data or (text is None and "text" in item) or (table is None and "table" in item),
    )


def _salvage_figure(data: Any) -> Figure | None:
    """Return a figure, or at least one of its names, or of its quote alone, so that highlights still find it."""
    fields = _mapping(data)
    named = {"id": fields.get("id"), "quote": fields.get("quote"), "label": "?"}
    named |= {"cell": fields["cell"]} if "cell" in fields else {}
    return _validated(Figure, data) or _validated(Figure, named) or _validated(Figure, {**named, "id": None})


def _salvage_period(value: Any) -> Period | None:
    try:
        return parse_period(_text(value) or "")
    except ValueError:
        return None


_Model = TypeVar("_Model", bound=Frozen)
_Choice = TypeVar("_Choice", Kind, Role)


def _validated(model: type[_Model], data: Any) -> _Model | None:
    try:
        return model.model_validate(data)
    except ValidationError:
        return None


def _member(choices: type[_Choice], value: Any) -> _Choice | None:
    return next((choice for choice in choices if choice.value == value), None)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _entries(value: Any) -> Iterator[tuple[int, Any]]:
    return enumerate(value if isinstance(value, list) else ())


def _texts(value: Any) -> Iterator[tuple[int, str]]:
    return ((i, text) for i, entry in _entries(value) if (text := _text(entry)))


def _text(value: Any) -> str | None:
    """Return a text as the model would read it: numbers as written, without the space around."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    return str(value).strip() or None
