"""What the pack of one report shows: its cards in order, and the squares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nianbao.facts.summary import ReportSummary
from nianbao.model import District, Role
from nianbao.views.card_figures import (
    cut_sentence,
    is_telling,
    list_told_figures,
    pick_figures,
    read_first_clause,
    read_first_sentence,
    weigh_figure,
)
from nianbao.views.cards import (
    BrandView,
    CardPackView,
    CardView,
    CoverView,
    ItemCardView,
    ListView,
    NumberCardView,
    OverviewView,
    RowView,
    SquareView,
    StatementView,
    read_text,
)
from nianbao.views.common import KeyFigureView
from nianbao.views.report import ItemView, PartView, ReportView, SectionView
from nianbao.views.runs import FigureView

_SQUARE_COUNTS = (9, 6, 3, 1)
_SHOWN_FIGURES = 4
_FAR_ABOVE = 20
_SQUARE_STRENGTH = 100
_LONGEST_LISTED = 60


def view_cards(
    report: ReportView, summary: ReportSummary, district: District, *, has_address: bool = True
) -> CardPackView:
    """Return the pack of the report whose page is `report`."""
    brand = BrandView(report.publisher, district.name, report.year, report.span_name, report.kind_name, has_address)
    by_anchor = {figure.anchor: figure for figure in report.figures}
    told = [fact for fact in summary.highlights if fact.value is not None]
    keys = tuple(by_anchor[fact.anchor] for fact in told if fact.anchor in by_anchor)
    cover = CoverView(
        read_text(report.title),
        read_first_sentence(report.lead),
        tuple(KeyFigureView(figure.number, figure.label, f"#{figure.anchor}") for figure in keys),
    )
    cards: list[CardView] = [cover]
    if report.lead:
        cards.append(StatementView(Role.RESULTS, "", report.lead))
    for part in report.parts:
        cards += _view_part(part, {figure.anchor for figure in keys})
    # A figure that has its item's card to itself needs no second one. Which do may change with any edit of a figure;
    # therefore these cards come last, and move no other's number.
    strong = {card.strong.anchor for card in cards if isinstance(card, ItemCardView) and card.strong}
    cards += [number for number in _view_numbers(report, keys) if number.figure.anchor not in strong]
    return CardPackView(
        brand, report.accent, summary.site_path, cover, tuple(cards), _view_squares(cover, report, keys), report
    )


def _list_items(part: PartView) -> Iterator[tuple[SectionView, ItemView]]:
    """Yield the items of a part with their sections, in order."""
    return ((section, item) for section in part.sections for item in section.items)


def _view_part(part: PartView, key_anchors: set[str]) -> Iterator[CardView]:
    """Yield the cards of a part: items one by one; of problems and plans, short ones as a list in full."""
    title = read_text(part.title)
    items = tuple(item for _, item in _list_items(part))
    is_listed = part.role != Role.RESULTS and _mean_length(items) <= _LONGEST_LISTED
    if part.lead and not (is_listed and items):
        yield StatementView(part.role, title, part.lead)
    if part.role == Role.RESULTS:
        for section in part.sections:
            if section.title and len(section.items) > 1:
                rows = tuple(map(_view_row, section.items))
                yield OverviewView(part.role, section.mark, title, read_text(section.title), section.lead, rows)
                told = section.items
            else:
                yield from _view_words_alone(part, section)
                told = _lead_in(section)
            for item in told:
                yield _view_item(part, section, item, key_anchors)
        return
    numbered = tuple(replace(item, number=f"{at:02d}") for at, item in enumerate(items, 1))
    if part.role == Role.PLAN and len(items) > 2:
        yield OverviewView(part.role, "", title, title, (), tuple(map(_view_row, numbered)))
    if numbered and is_listed:
        lead = (*part.lead, *(paragraph for section in part.sections for paragraph in section.lead))
        yield ListView(part.role, part.tag, title, lead, numbered)
        return
    tagged = SectionView("", part.tag, part.title, (), ())
    place = 0
    for section in part.sections:
        yield from _view_words_alone(part, section)
        for item in _lead_in(section):
            place += 1
            yield _view_item(part, tagged, replace(item, number=f"{place:02d}"), key_anchors)


def _lead_in(section: SectionView) -> tuple[ItemView, ...]:
    """Return the items of a section that has no card of its own: what opens it opens its first item."""
    if not section.items:
        return ()
    first, *others = section.items
    return (replace(first, paragraphs=(*section.lead, *first.paragraphs)), *others)


def _view_words_alone(part: PartView, section: SectionView) -> Iterator[StatementView]:
    """Yield what a section without items says."""
    if section.lead and not section.items:
        yield StatementView(part.role, read_text(section.title) or read_text(part.title), section.lead)


def _view_item(part: PartView, section: SectionView, item: ItemView, key_anchors: set[str]) -> ItemCardView:
    figures = tuple(list_told_figures(item.paragraphs))
    shown = pick_figures(tuple(filter(is_telling, figures)), key_anchors, count=_SHOWN_FIGURES)
    # Two figures of one weight stand side by side; one alone, or far above the other, is what the card is about.
    ranked = sorted(shown, key=lambda figure: weigh_figure(figure, set()), reverse=True)
    is_alone = len(ranked) == 1 or (
        len(ranked) == 2 and weigh_figure(ranked[0], set()) >= _FAR_ABOVE * weigh_figure(ranked[1], set())
    )
    return ItemCardView(
        id=item.id,
        role=part.role,
        mark=section.mark,
        heading=read_text(section.title) or read_text(part.title),
        number=item.number,
        title=read_text(item.title),
        paragraphs=item.paragraphs,
        strong=ranked[0] if is_alone else None,
        figures=shown,
    )


def _view_row(item: ItemView) -> RowView:
    figures = pick_figures(tuple(list_told_figures(item.paragraphs)), set(), count=2)
    first = item.paragraphs[0] if item.paragraphs else ()
    return RowView(item.number, read_text(item.title), figures, read_first_clause(read_text(first)))


def _view_numbers(report: ReportView, keys: tuple[FigureView, ...]) -> Iterator[NumberCardView]:
    items = {item.id: item for part in report.parts for _, item in _list_items(part)}
    for figure in keys:
        for item in items.values():
            for paragraph in item.paragraphs:
                if any(run.figure is not None and run.figure.anchor == figure.anchor for run in paragraph):
                    yield NumberCardView(figure, cut_sentence(paragraph, figure), read_text(item.title))


def _view_squares(
    cover: CoverView, report: ReportView, keys: tuple[FigureView, ...]
) -> tuple[CoverView | SquareView, ...]:
    """The cover, the key figures, other large ones, then items by their titles: as many as fill rows of three."""
    squares: list[CoverView | SquareView] = [cover]
    squares += [SquareView(figure, "", figure.label, "") for figure in keys]
    taken = {figure.anchor for figure in keys}
    titles: list[SquareView] = []
    for part in report.parts:
        if part.role == Role.RESULTS:
            for section, item in _list_items(part):
                figures = pick_figures(tuple(list_told_figures(item.paragraphs)), set(), count=1)
                title = read_text(item.title)
                if not title or any(figure.anchor in taken for figure in list_told_figures(item.paragraphs)):
                    continue
                if figures and weigh_figure(figures[0], set()) >= _SQUARE_STRENGTH:
                    squares.append(SquareView(figures[0], "", figures[0].label, ""))
                else:
                    titles.append(
                        SquareView(None, section.mark or item.number, title, read_first_sentence(item.paragraphs))
                    )
    squares += titles
    count = next(count for count in _SQUARE_COUNTS if count <= len(squares))
    return tuple(squares[:count])


def _mean_length(items: tuple[ItemView, ...]) -> float:
    lengths = [sum(len(read_text(paragraph)) for paragraph in item.paragraphs) for item in items]
    return sum(lengths) / len(lengths) if lengths else 0.0
