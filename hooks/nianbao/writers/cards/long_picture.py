"""The whole report in one picture to scroll (一图读懂), sliced where one would be too high."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nianbao.views.cards import BrandView, CardKind, CardPackView, read_text
from nianbao.views.report import ItemView, PartView, SectionView
from nianbao.views.runs import Paragraph
from nianbao.writers.cards.cover import year_block
from nianbao.writers.cards.flow import flow_text
from nianbao.writers.cards.fonts import Face
from nianbao.writers.cards.frame import (
    CARD_WIDTH,
    COVER_PAGE,
    MARGIN,
    TEXT_WIDTH,
    Page,
    choose_page,
    foot_marks,
    has_withheld,
    head_marks,
)
from nianbao.writers.cards.numerals import fit_number
from nianbao.writers.cards.sketch import Block, FillMark, Mark, OutlineMark, Sketch, TextMark
from nianbao.writers.cards.typeset import (
    Manner,
    Piece,
    fit_headline,
    fit_title,
    pieces_of,
    set_block,
    set_line,
    set_paragraphs,
)

HIGHEST_PX = 8000
_FOOT_HEIGHT = 268
_RUNNING_HEAD_HEIGHT = 190
_SLICE_END = 40
_TEXT_PX = 38
_HIGHEST_BAND = 2000
_HALF = (TEXT_WIDTH - 48) // 2


class _Band(NamedTuple):
    """A piece that is never cut: marks from its own top, on a ground across the picture. A heading stays with what
    follows it."""

    height: int
    ground: str
    marks: tuple[Mark, ...]
    text: str
    is_heading: bool = False


def compose_long(pack: CardPackView, brand: BrandView) -> tuple[Sketch, ...]:
    """Return the report as one picture, or as slices of even height; the last bears the foot."""
    bands = list(_bands(pack, brand))
    total = sum(band.height for band in bands) + _FOOT_HEIGHT
    count = -(-total // (HIGHEST_PX - 600)) if total > HIGHEST_PX else 1
    while True:
        slices = _slice(bands, count)
        heights = [_RUNNING_HEAD_HEIGHT + sum(band.height for band in group) + _FOOT_HEIGHT for group in slices]
        if max(heights) <= HIGHEST_PX or count >= len(bands):
            break
        count += 1
    return tuple(_draw(group, brand, number, len(slices), pack.cover.title) for number, group in enumerate(slices, 1))


def _slice(bands: list[_Band], count: int) -> list[list[_Band]]:
    target = (sum(band.height for band in bands) + _FOOT_HEIGHT) / count
    slices: list[list[_Band]] = [[]]
    reached = 0.0
    for band in bands:
        is_full = reached + band.height / 2 > target * len(slices) and len(slices) < count
        if is_full and slices[-1] and not slices[-1][-1].is_heading:
            slices.append([])
        slices[-1].append(band)
        reached += band.height
    return slices


def _draw(bands: list[_Band], brand: BrandView, number: int, count: int, title: str) -> Sketch:
    marks: list[Mark] = []
    top = 0
    text = "".join(band.text for band in bands)
    for band in bands if number == 1 else [_running_head(brand, number, count, bands[0].ground), *bands]:
        marks.append(FillMark(0, top, CARD_WIDTH, band.height, band.ground))
        marks += [_move(mark, top) for mark in band.marks]
        top += band.height
    end = _FOOT_HEIGHT if number == count else _SLICE_END
    page = Page(height=top + end, ground=bands[-1].ground)
    marks.append(FillMark(0, top, CARD_WIDTH, end, page.ground))
    if number == count:
        marks += foot_marks(page, brand, is_withheld=has_withheld(text))
    name = title if count == 1 else f"{title}（{number}/{count}）"
    return Sketch(
        CardKind.LONG, "long_picture", CARD_WIDTH, page.height, "paper", tuple(marks), f"一图读懂：{name}", text
    )


def _running_head(brand: BrandView, number: int, count: int, ground: str) -> _Band:
    """What a slice that does not begin the report begins with, since it may be forwarded alone."""
    page = Page(ground=ground)
    marks = head_marks(page, f"{brand.kind_name} {number}/{count}", brand.place_and_period)
    rule = FillMark(MARGIN, _RUNNING_HEAD_HEIGHT - 32, TEXT_WIDTH, 2, page.line)
    return _Band(_RUNNING_HEAD_HEIGHT, ground, (*marks, rule), "", True)


def _move(mark: Mark, top: int) -> Mark:
    if isinstance(mark, OutlineMark):
        return mark._replace(baseline=mark.baseline + top)
    return mark._replace(top=mark.top + top) if isinstance(mark, TextMark | FillMark) else mark


def _bands(pack: CardPackView, brand: BrandView) -> Iterator[_Band]:
    yield _head_band(pack, brand)
    page = choose_page("")
    if pack.report.lead:
        yield from _text_bands(pack.report.lead, page, face=Face.SERIF, size_px=44, above=72, below=40)
    if pack.cover.keys:
        yield _keys_band(pack, page)
    for part in pack.report.parts:
        yield from _part_bands(part)


def _head_band(pack: CardPackView, brand: BrandView) -> _Band:
    page = COVER_PAGE
    name = fit_title(brand.publisher, sizes=(38, 34, 30), width=TEXT_WIDTH, lines=2, face=Face.TEXT, colour=page.soft)
    year = year_block(brand.year, 400, page)
    title = fit_headline(pack.cover.title, sizes=(116, 108, 96, 84, 72, 60), width=TEXT_WIDTH, colour=page.ink)
    marks: list[Mark] = [TextMark(MARGIN, 96, name, page.ground)]
    top = 96 + name.height + 76
    marks.append(TextMark(MARGIN, top, year, page.ground))
    top += year.height + 48
    kind = set_line([Piece(f"{brand.district_name} · {brand.kind_name}", Face.BOLD, page.soft)], size_px=48)
    marks.append(TextMark(MARGIN, top, kind, page.ground))
    top += kind.height + 36
    marks.append(TextMark(MARGIN, top, title, page.ground))
    text = f"{brand.publisher}，{brand.place_and_period}，{brand.kind_name}，{pack.cover.title}。"
    return _Band(top + title.height + 88, page.ground, tuple(marks), text)


def _keys_band(pack: CardPackView, page: Page) -> _Band:
    marks: list[Mark] = []
    top = 40
    keys = pack.cover.keys if len(pack.cover.keys) % 2 == 0 else pack.cover.keys[:-1] or pack.cover.keys
    for at in range(0, len(keys), 2):
        marks.append(FillMark(MARGIN, top, TEXT_WIDTH, 2, page.line))
        heights = []
        for place, key in enumerate(keys[at : at + 2]):
            left = MARGIN + place * (_HALF + 48)
            number = fit_number(key.number, sizes=range(120, 31, -4), width=_HALF, colour=page.flag)
            label = set_block(
                [Piece(key.label, Face.TEXT, page.soft)], size_px=34, width=_HALF, manner=Manner(1.4, True)
            )
            marks.append(TextMark(left, top + 44 + 88 - number.height, number, page.ground))
            marks.append(TextMark(left, top + 44 + 88 + 24, label, page.ground))
            heights.append(label.height)
        top += 44 + 88 + 24 + max(heights) + 44
    text = "；".join(f"{key.label} {key.number.number}{key.number.unit}" for key in keys)
    return _Band(top + 20, page.ground, tuple(marks), text + "。")


def _part_bands(part: PartView) -> Iterator[_Band]:
    page = choose_page(part.role)
    text = read_text(part.title)
    title = fit_title(text, sizes=(96, 88, 76, 64, 56), width=TEXT_WIDTH, lines=2, colour=page.ink)
    rule = FillMark(MARGIN, 110, 120, 12, page.flag)
    yield _Band(
        160 + title.height + 30, page.ground, (rule, TextMark(MARGIN, 160, title, page.ground)), f"{text}。", True
    )
    if part.lead:
        yield from _text_bands(part.lead, page, face=Face.SERIF, size_px=40, above=10, below=20)
    titled = any(section.title for section in part.sections)
    at = 0
    for section in part.sections:
        if section.title:
            yield _section_band(section, page)
        if section.lead:
            yield from _text_bands(section.lead, page, face=Face.SERIF, size_px=38, above=0, below=16)
        for item in section.items:
            at += 1
            yield from _item_bands(item, item.number if titled else f"{at:02d}", page)
    yield _Band(60, page.ground, (), "")


def _section_band(section: SectionView, page: Page) -> _Band:
    mark = set_line([Piece(section.mark, Face.TITLE, page.ground)], size_px=48)
    width = mark.width + 36
    room = TEXT_WIDTH - width - 28
    text = read_text(section.title)
    title = fit_title(text, sizes=(68, 62, 56, 50, 44), width=room, lines=2, colour=page.ink)
    top = 56
    marks: list[Mark] = [TextMark(MARGIN + width + 28, top, title, page.ground)]
    if section.mark:
        line_top = top + (round(title.height / title.line_count) - 80) // 2
        marks.append(FillMark(MARGIN, line_top, width, 80, page.flag))
        marks.append(TextMark(MARGIN + 18, line_top + 16, mark, page.flag))
    return _Band(top + title.height + 28, page.ground, tuple(marks), f"{section.mark} {text}。", True)


def _item_bands(item: ItemView, number_text: str, page: Page) -> Iterator[_Band]:
    number = set_line([Piece(number_text, Face.HEAVY, page.flag)], size_px=68)
    title_text = read_text(item.title)
    title = fit_title(title_text, sizes=(54, 48), width=TEXT_WIDTH - 124, lines=2, colour=page.ink)
    top = 36
    marks = (TextMark(MARGIN, top + 2, number, page.ground), TextMark(MARGIN + 124, top, title, page.ground))
    height = top + max(title.height, number.height)
    bands = _text_bands(item.paragraphs, page, face=Face.TEXT, size_px=_TEXT_PX, above=14, below=26)
    yield _Band(height, page.ground, marks, f"{number_text} {title_text}。", is_heading=True)
    yield from bands


def _text_bands(
    paragraphs: tuple[Paragraph, ...], page: Page, *, face: Face, size_px: int, above: int, below: int
) -> Iterator[_Band]:
    """The text as one band; one that is very high in several, so that no slice need be higher than the others."""

    def set_text(portion: tuple[Paragraph, ...], px: int) -> Block:
        return set_paragraphs([pieces_of(paragraph, face=face) for paragraph in portion], size_px=px, width=TEXT_WIDTH)

    portions = flow_text(paragraphs, set_text, sizes=(size_px,), room=_HIGHEST_BAND, later_room=_HIGHEST_BAND)
    for place, (portion, block) in enumerate(portions, 1):
        start = above if place == 1 else 0
        end = below if place == len(portions) else 0
        text = "".join(read_text(paragraph) for paragraph in portion)
        mark = TextMark(MARGIN, start, block, page.ground)
        yield _Band(start + block.height + end, page.ground, (mark,), text)
