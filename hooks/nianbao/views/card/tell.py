"""What the pictures of a report tell, in order: its cards, the squares, and the pictures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from nianbao.editions.edition import Edition, EditionItem, EditionPart, EditionSection
from nianbao.editions.runs import Paragraph, ShownFigure, read_text, show_line
from nianbao.facts.salience import pick_most_telling, rank
from nianbao.model import Role
from nianbao.views.card.cards import (
    Brand,
    Card,
    CardKind,
    CoverView,
    ItemCardView,
    ListView,
    NumberCardView,
    OverviewView,
    RowView,
    SquareView,
    StatementView,
)
from nianbao.views.card.lists import group_items, group_rows, holds_titles, is_list_lead, is_overview_lead, shorten_rows
from nianbao.views.card.long import view_long
from nianbao.views.card.room import (
    CARD_ROOM_PX,
    CARD_TEXT_WIDTH_PX,
    ITEM_NUMERAL_GAP_PX,
    ITEM_NUMERAL_PX,
    ITEM_TITLE_GAP_PX,
    ITEM_TITLE_SIZES,
    LEAD_BAR_GAP_PX,
    LEAD_NUMERAL_PX,
    LEAD_TITLE_GAP_PX,
    LEAD_TITLE_SIZES,
    LEAST_ROOM_PX,
    count_lines,
    measure_title,
    share_out,
)
from nianbao.views.card.sentences import cut_sentence, list_told_figures, read_first_clause, read_first_sentence
from nianbao.views.card.tell_tables import list_cells, tell_table

_SQUARE_COUNTS = (9, 6, 3, 1)
_COVER_FIGURES = 3
_SHOWN_FIGURES = 4
_ROW_FIGURES = 2
# In orders of magnitude, as salience is.
_FAR_ABOVE = 1.3
_SQUARE_SALIENCE = 2.5
_LONGEST_LISTED = 60
_BODY_PX = 35
# Of a cover: below the year, what the part of the year and the key figures take, the title's sizes.
_COVER_ROOM_PX, _COVER_SPAN_PX, _COVER_KEYS_PX = 525, 120, 250
_COVER_TITLE_SIZES = (120, 112, 104, 96, 88, 80, 72, 64, 56, 48)

Group = tuple[Card, ...]


def tell_cards(edition: Edition, brand: Brand) -> list[Group]:
    """Return the cards: a group for each thing that is told, which has one card and others where it goes on."""
    keys = edition.told_keys
    groups: list[Group] = [(_tell_cover(edition, brand),)]
    if edition.lead:
        groups.append(_tell_statement(Role.RESULTS, "", edition.lead, name=edition.kind_name))
    for part in edition.parts:
        groups += _tell_part(part)
    # A figure that has its item's card to itself needs no second one. Which do may change with any edit of a figure;
    # therefore these cards come last, and move no other's number.
    views = [card.view for group in groups for card in group]
    strong = {view.strong.fragment for view in views if isinstance(view, ItemCardView) and view.strong}
    groups += [(card,) for figure, card in _tell_numbers(edition, keys, brand) if figure.fragment not in strong]
    return groups


def tell_beside(edition: Edition, brand: Brand) -> list[tuple[str, Card]]:
    """Return the pictures beside the cards with their names: squares, article cover, thumbnail, long picture."""
    cover = view_cover(edition)
    named: list[tuple[str, Card]] = [
        (f"square-{place}", _tell_square(square, cover, brand))
        for place, square in enumerate(_choose_squares(edition), 1)
    ]
    for kind in (CardKind.ARTICLE, CardKind.SHARE):
        lines = [_say_figures(cover.keys[:2])] if kind is CardKind.ARTICLE else []
        named.append((kind.value, _card(kind, cover, cover.title, f"{cover.title}，{brand.place_and_period}", lines)))
    for view in view_long(edition, edition.told_keys):
        name = view.title if view.count == 1 else f"{view.title}（{view.place}/{view.count}）"
        words = [
            paragraph
            for block in view.blocks
            for paragraph in (
                *_line(f"{block.number} {block.title}".strip()),
                *block.paragraphs,
                *(block.table.words if block.table else ()),
            )
        ]
        told = _say_figures(tuple(figure for block in view.blocks for figure in block.figures))
        named.append(
            (
                f"long-{view.place}",
                Card(CardKind.LONG, view, f"一图读懂：{name}", name, (*words, *_line(told))),
            )
        )
    return named


def view_cover(edition: Edition) -> CoverView:
    """Return what covers show; the lead's first sentence where there is room for it."""
    title, keys = read_text(edition.title), edition.told_keys[:_COVER_FIGURES]
    lead = read_first_sentence(edition.lead)
    room = _COVER_ROOM_PX - (_COVER_SPAN_PX if edition.span_name else 0) - (_COVER_KEYS_PX if keys else 0)
    # A title of two halves stands on two lines.
    halves = max(re.split("[ ，、：]", title), key=len)
    title_px = 2 * measure_title(halves, sizes=_COVER_TITLE_SIZES, lines=1) if halves != title else 0.0
    used = max(title_px, measure_title(title, sizes=_COVER_TITLE_SIZES, lines=2))
    used += count_lines(lead, size_px=36, width_px=CARD_TEXT_WIDTH_PX) * 36 * 1.75
    return CoverView(title, lead if used <= room else "", keys)


def _tell_cover(edition: Edition, brand: Brand) -> Card:
    view = view_cover(edition)
    lines = [f"{brand.publisher}，{brand.kind_name}，{brand.place_and_period}", _say_figures(view.keys), view.lead]
    return _card(CardKind.COVER, view, view.title, view.title, lines)


def _tell_part(part: EditionPart) -> Iterator[Group]:
    """Yield the cards of a part: items one by one; of problems and plans, short ones as a list in full."""
    title = read_text(part.title)
    if part.role is Role.RESULTS:
        if part.lead:
            yield _tell_statement(part.role, title, part.lead, name=title)
        for section in part.sections:
            if section.title and len(section.items) > 1:
                yield _tell_section(part, section)
                told = section.items
            else:
                yield from _tell_words_alone(part, section)
                told = _lead_in(section)
            for item in told:
                yield _tell_item(part, section, item)
        return
    if part.role is Role.PLAN and len(part.items) > 2:
        yield _tell_overview(part, "", title, (), part.items)
    # One group, however it is told: when a few words make a list of it, or cards of their own, nothing after it moves.
    groups = _tell_as_list(part, title) if _is_listed(part, title) else _tell_one_by_one(part, title)
    if cards := tuple(card for group in groups for card in group):
        yield cards


def _is_listed(part: EditionPart, title: str) -> bool:
    """Return whether the items are short enough, and their titles, to stand on one card with others."""
    if not part.items or any(item.table for item in part.items) or _mean_length(part.items) > _LONGEST_LISTED:
        return False
    return holds_titles(part.items, title=title, lead=_join_leads(part))


def _join_leads(part: EditionPart) -> tuple[Paragraph, ...]:
    return (*part.lead, *(paragraph for section in part.sections for paragraph in section.lead))


def _tell_as_list(part: EditionPart, title: str) -> Iterator[Group]:
    yield _tell_list(part, title, _join_leads(part), part.items)


def _tell_one_by_one(part: EditionPart, title: str) -> Iterator[Group]:
    if part.lead:
        yield _tell_statement(part.role, title, part.lead, name=title)
    for section in part.sections:
        yield from _tell_words_alone(part, section)
        tagged = EditionSection("", part.tag, section.title or part.title, (), ())
        for item in _lead_in(section):
            yield _tell_item(part, tagged, item)


def _lead_in(section: EditionSection) -> tuple[EditionItem, ...]:
    """Return the items of a section that has no card of its own: what opens it opens its first item."""
    if not section.items:
        return ()
    first, *others = section.items
    return (replace(first, paragraphs=(*section.lead, *first.paragraphs)), *others)


def _tell_words_alone(part: EditionPart, section: EditionSection) -> Iterator[Group]:
    """Yield what a section without items says."""
    if section.lead and not section.items:
        title = read_text(section.title) or read_text(part.title)
        yield _tell_statement(part.role, title, section.lead, name=title)


def _tell_statement(role: Role, heading: str, paragraphs: tuple[Paragraph, ...], *, name: str) -> Group:
    following = f"{name} · 续"
    room = (
        CARD_ROOM_PX
        - LEAD_BAR_GAP_PX
        - LEAD_TITLE_GAP_PX
        - max(
            measure_title(title, sizes=LEAD_TITLE_SIZES, lines=2) if heading else LEAD_NUMERAL_PX
            for title in (heading, following)
        )
    )
    room = max(room, LEAST_ROOM_PX)
    portions = share_out(paragraphs, room_px=room, size_px=_BODY_PX, leading=1.68)
    return tuple(
        Card(
            CardKind.STATEMENT,
            StatementView(role.value, heading if place == 0 else following, portion),
            name if place == 0 else following,
            name if place == 0 else following,
            portion,
        )
        for place, portion in enumerate(portions)
    )


def _tell_section(part: EditionPart, section: EditionSection) -> Group:
    return _tell_overview(part, section.mark, read_text(section.title), section.lead, section.items)


def _tell_overview(
    part: EditionPart, mark: str, title: str, lead: tuple[Paragraph, ...], items: tuple[EditionItem, ...]
) -> Group:
    """Return the overview, then what finds no room on it: more rows, and a lead too long to stand over them."""
    kind = CardKind.PLAN if part.role is Role.PLAN else CardKind.SECTION
    heading = read_text(part.title)
    first, *others = group_rows(tuple(map(_view_row, items)), title=title)
    is_over = bool(lead) and is_overview_lead(lead, first, title=title)
    name = f"{heading} {mark} {title}" if heading != title else title
    cards = []
    for place, rows in enumerate((first, *others)):
        over = lead if is_over and place == 0 else ()
        shown = title if place == 0 else f"{title} · 续"
        told = shorten_rows(rows, title=shown, lead=over)
        view = OverviewView(part.role.value, mark, heading, shown, over, told)
        words = (*over, *(line for row in told for line in _line(_say_row(row))))
        cards.append(Card(kind, view, shown, name if place == 0 else f"{name} · 续", words))
    if lead and not is_over:
        cards += _tell_statement(part.role, title, lead, name=title)
    return tuple(cards)


def _tell_item(part: EditionPart, section: EditionSection, item: EditionItem) -> Group:
    """Return the cards of an item: its text, then its table."""
    tables = tell_table(part, section, item)
    return (*_tell_text(part, section, item), *tables) if item.paragraphs or not tables else tables


def _tell_text(part: EditionPart, section: EditionSection, item: EditionItem) -> Group:
    heading, title = read_text(section.title) or read_text(part.title), read_text(item.title)
    figures = pick_most_telling(
        tuple(figure for figure in list_told_figures(item.paragraphs) if figure.is_telling), _SHOWN_FIGURES
    )
    whole = ItemCardView(
        part.role.value, section.mark, heading, item.number, title, item.paragraphs, _find_strong(figures), figures
    )
    following = f"{title or heading} · 续"
    room = (
        CARD_ROOM_PX
        - (ITEM_NUMERAL_PX + ITEM_NUMERAL_GAP_PX + ITEM_TITLE_GAP_PX)
        - max(measure_title(text, sizes=ITEM_TITLE_SIZES, lines=2) for text in (title, following))
    )
    room = max(room, LEAST_ROOM_PX)
    portions = share_out(item.paragraphs, room_px=room, size_px=_BODY_PX, leading=1.8)
    name = f"{heading} {item.number} {title}".strip()
    if len(portions) == 1:
        return (Card(CardKind.ITEM, whole, title or name, name, item.paragraphs, (item.id,)),)
    bare = replace(whole, strong=None, figures=())
    return tuple(
        Card(
            CardKind.ITEM,
            replace(bare, title=title if place == 0 else following, paragraphs=portion),
            title or name if place == 0 else following,
            name if place == 0 else f"{name} · 续",
            portion,
            (item.id,),
        )
        for place, portion in enumerate(portions)
    )


def _find_strong(figures: tuple[ShownFigure, ...]) -> ShownFigure | None:
    """The figure that a card is about: one alone, or of two the one far above the other."""
    ranked = rank(figures)
    if len(ranked) == 1 or (len(ranked) == 2 and ranked[0].salience - ranked[1].salience >= _FAR_ABOVE):
        return ranked[0]
    return None


def _tell_list(part: EditionPart, title: str, lead: tuple[Paragraph, ...], items: tuple[EditionItem, ...]) -> Group:
    over = lead if is_list_lead(lead) else ()
    groups = group_items(items, title=title, lead=over)
    kind = CardKind.PLAN if part.role is Role.PLAN else CardKind.LIST
    cards = []
    for place, group in enumerate(groups, 1):
        view = ListView(part.role.value, part.tag, title, over, tuple(groups), place)
        name = title if len(groups) == 1 else f"{title}（{place}/{len(groups)}）"
        words: list[Paragraph] = [*over] if place == 1 else []
        for item in group:
            words += _line(f"{item.number} {read_text(item.title)}".strip())
            words += item.paragraphs
        cards.append(Card(kind, view, name, name, tuple(words), tuple(dict.fromkeys(item.id for item in group))))
    if lead and not over:
        cards += _tell_statement(part.role, title, lead, name=title)
    return tuple(cards)


def _tell_numbers(edition: Edition, keys: tuple[ShownFigure, ...], brand: Brand) -> Iterator[tuple[ShownFigure, Card]]:
    items = [item for part in edition.parts for item in part.items]
    told = [(item, line) for item in items for line in (*item.paragraphs, *list_cells(item))]
    for figure in keys:
        for item, paragraph in told:
            if any(run.figure is not None and run.figure.fragment == figure.fragment for run in paragraph):
                sentence = cut_sentence(paragraph, figure)
                heading = f"数说 {brand.period}：{_say_figures((figure,))}"
                view = NumberCardView(figure, sentence)
                yield figure, Card(CardKind.NUMBER, view, figure.label, heading, (sentence,), (item.id,))


def _choose_squares(edition: Edition) -> tuple[CoverView | SquareView, ...]:
    """The cover, the key figures, other large ones, then items by their titles: as many as fill rows of three."""
    keys = edition.told_keys
    squares: list[CoverView | SquareView] = [view_cover(edition), *map(_view_figure_square, keys)]
    taken = {figure.fragment for figure in keys}
    titles: list[SquareView] = []
    sections = [section for part in edition.parts if part.role is Role.RESULTS for section in part.sections]
    for section, item in ((of, item) for of in sections for item in of.items):
        told = list_told_figures(item.paragraphs)
        if not item.title or any(figure.fragment in taken for figure in told):
            continue
        best = pick_most_telling(told, 1)
        if best and best[0].salience >= _SQUARE_SALIENCE:
            squares.append(_view_figure_square(best[0]))
        else:
            clause = read_first_sentence(item.paragraphs)
            titles.append(SquareView(None, section.mark or item.number, read_text(item.title), clause))
    squares += titles
    count = next(count for count in _SQUARE_COUNTS if count <= len(squares))
    return tuple(squares[:count])


def _view_figure_square(figure: ShownFigure) -> SquareView:
    return SquareView(figure, "", figure.label, "")


def _tell_square(view: CoverView | SquareView, cover: CoverView, brand: Brand) -> Card:
    if isinstance(view, CoverView):
        heading = f"{cover.title}，{brand.publisher}{brand.kind_name}，{brand.place_and_period}"
        return _card(CardKind.SQUARE, view, view.title, heading, [])
    heading = _say_figures((view.figure,)) if view.figure else f"{view.title}。"
    return _card(CardKind.SQUARE, view, view.title, heading, [view.clause])


def _view_row(item: EditionItem) -> RowView:
    in_text = list_told_figures(item.paragraphs)
    in_table = tuple(figure for figure in item.figures if figure.is_telling and not figure.number.withheld)
    figures = pick_most_telling(in_text or in_table, _ROW_FIGURES)
    caption = item.table.caption if item.table else ()
    first = item.paragraphs[0] if item.paragraphs else caption
    title = read_text(item.title or (() if item.paragraphs else caption))
    return RowView(item.number, title, figures, read_first_clause(read_text(first)))


def _say_row(row: RowView) -> str:
    name = f"{row.number} {row.title}".rstrip()
    return "：".join(filter(None, (name, _say_figures(row.figures) or row.clause)))


def _say_figures(figures: tuple[ShownFigure, ...]) -> str:
    return "；".join(f"{figure.label} {figure.text}" for figure in figures)


def _card(kind: CardKind, view: CoverView | SquareView, title: str, heading: str, lines: list[str]) -> Card:
    return Card(kind, view, title, heading, tuple(line for text in lines for line in _line(text)))


def _line(text: str) -> tuple[Paragraph, ...]:
    return (show_line(text),) if text else ()


def _mean_length(items: tuple[EditionItem, ...]) -> float:
    lengths = [sum(len(read_text(paragraph)) for paragraph in item.paragraphs) for item in items]
    return sum(lengths) / len(lengths) if lengths else 0.0
