"""Items in full, several on a card: problems, quietly, and the plan."""

from __future__ import annotations

from nianbao.editions.edition import EditionItem
from nianbao.editions.runs import read_text
from nianbao.text.fit_box import fit_sizes
from nianbao.views.card.cards import Brand, ListView
from nianbao.writers.cards.fonts import Face
from nianbao.writers.cards.frame import (
    CONTENT_TOP,
    MARGIN,
    TEXT_WIDTH,
    Page,
    choose_page,
    foot_marks,
    head_marks,
    make_sketch,
)
from nianbao.writers.cards.sketch import Block, FillMark, Mark, Sketch, TextMark
from nianbao.writers.cards.typeset import Manner, Piece, fit_title, pieces_of, pile, set_block, set_line, set_paragraphs

_LEFT = 128
_SIZES = (50, 48, 46, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28)
_GAP = 64
_MOST_GAP = 230
_NUMBER_SHARE = 1.75


def compose_listing(view: ListView, brand: Brand) -> Sketch:
    """Return the items of one card of the list in full, under its title and, on the first, what opens the list."""
    page = choose_page(view.role)
    title = fit_title(view.title, sizes=(84, 76, 68, 60, 52), width=TEXT_WIDTH, lines=1, colour=page.ink)
    lead = _set_lead(view)
    base = CONTENT_TOP + 4 + title.height + 40
    tops = [base + (lead.height + 24 if lead and place == 1 else 0) for place in range(1, len(view.groups) + 1)]

    def set_all(size_px: int) -> tuple[int, list[list[Block]]]:
        return size_px, [[_set_item(item, size_px, page) for item in group] for group in view.groups]

    def set_at(size_px: int) -> tuple[int, list[list[Block]]] | None:
        size_px, cards = set_all(size_px)
        fits = all(
            sum(block.height + _GAP for block in blocks) <= page.bottom - top
            for blocks, top in zip(cards, tops, strict=True)
        )
        return (size_px, cards) if fits else None

    size_px, cards = fit_sizes(_SIZES, set_at) or set_all(_SIZES[-1])
    at = view.place - 1
    items, blocks, top = view.groups[at], cards[at], tops[at]
    count = len(view.groups)
    right = f"{view.place} / {count}" if count > 1 else brand.kind_name
    marks: list[Mark] = head_marks(page, brand.place_and_period, right, tag=view.tag)
    marks.append(TextMark(MARGIN, CONTENT_TOP + 4, title, page.ground))
    if lead and view.place == 1:
        marks.append(TextMark(MARGIN, CONTENT_TOP + 24 + title.height, lead, page.ground))
    spare = page.bottom - top - sum(block.height for block in blocks)
    step = min(_MOST_GAP, spare // len(blocks))
    y = top + max(0, spare - step * len(blocks))
    for item, block in zip(items, blocks, strict=True):
        marks.append(FillMark(MARGIN, y, TEXT_WIDTH, 2, page.line))
        inner = y + step // 2
        number = set_line([Piece(item.number, Face.HEAVY, page.flag)], size_px=round(size_px * _NUMBER_SHARE))
        marks.append(TextMark(MARGIN, inner - round(size_px * 0.06), number, page.ground))
        marks.append(TextMark(MARGIN + _LEFT, inner, block, page.ground))
        y += block.height + step
    marks += foot_marks(page, brand, marks)
    return make_sketch("listing", page, marks)


def _set_lead(view: ListView) -> Block | None:
    if not view.lead:
        return None
    return set_paragraphs(
        [pieces_of(paragraph, text="soft", face=Face.SERIF) for paragraph in view.lead], size_px=42, width=TEXT_WIDTH,
        manner=Manner(leading=1.6),
    )  # fmt: skip


def _set_item(item: EditionItem, size_px: int, page: Page) -> Block:
    width = TEXT_WIDTH - _LEFT
    body = set_paragraphs(
        [pieces_of(paragraph) for paragraph in item.paragraphs],
        size_px=size_px,
        width=width,
        manner=Manner(leading=1.68),
    )
    if not item.title:
        return body
    title = set_block(
        [Piece(read_text(item.title), Face.TITLE, page.ink)], size_px=round(size_px * 1.3), width=width,
        manner=Manner(1.4, True),
    )  # fmt: skip
    return pile([title, body], gap=8)
