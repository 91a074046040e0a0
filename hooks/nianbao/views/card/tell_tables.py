"""The cards of tables, and what stands for the sentence of a number in one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nianbao.editions.edition import EditionItem, EditionPart, EditionSection
from nianbao.editions.runs import Paragraph, read_text, show_line
from nianbao.views.card.cards import Card, CardKind, TableCardView
from nianbao.views.card.room import CARD_ROOM_PX
from nianbao.views.card.tables import shorten_em, view_tables

# Below an item's title and a table's caption.
_TABLE_ROOM_PX = CARD_ROOM_PX - 340
_TITLE_MOST_EM = 28.0


def tell_table(part: EditionPart, section: EditionSection, item: EditionItem) -> tuple[Card, ...]:
    """Return the cards of an item's table; none where it has none."""
    if item.table is None:
        return ()
    heading, caption = read_text(section.title) or read_text(part.title), read_text(item.table.caption)
    title = read_text(item.title) or caption
    views = view_tables(item.table, room_px=_TABLE_ROOM_PX)
    cards = []
    for place, table in enumerate(views, 1):
        shown = table if item.title else replace(table, caption="")
        name = caption or f"{title}：表格"
        name = name if len(views) == 1 else f"{name}（{place}/{len(views)}）"
        over = shorten_em(title, _TITLE_MOST_EM)
        view = TableCardView(part.role.value, section.mark, heading, item.number, over, shown)
        cards.append(Card(CardKind.ITEM, view, name, f"{heading} {item.number} {name}", shown.words, (item.id,)))
    return tuple(cards)


def list_cells(item: EditionItem) -> Iterator[Paragraph]:
    """Yield what stands for the sentence of each figure of the item's table: its caption and row, and the figure."""
    if item.table is None:
        return
    for row in item.table.rows:
        place = "，".join(filter(None, (read_text(item.table.caption), read_text(row[item.table.name_column]))))
        for run in (run for cell in row for run in cell):
            if run.figure is not None:
                yield (*show_line(f"{place}："), run._replace(text=run.figure.text))
