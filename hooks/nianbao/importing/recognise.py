"""Recognition: from a document as read to the draft of a report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from nianbao.importing.arrange import arrange_parts, make_branches
from nianbao.importing.draft import Draft, DraftItem, DraftPart
from nianbao.importing.figures import FigureFinder, count_figures
from nianbao.importing.head import Coverage, derive_coverage, split_head
from nianbao.importing.lines import clean_source, find_left_out
from nianbao.importing.noise import PROMOTION, Noise
from nianbao.importing.outline_tree import build_outline
from nianbao.importing.photos import take_photos
from nianbao.importing.placing import place_found
from nianbao.importing.source_text import Passage, SourceText
from nianbao.importing.table_figures import find_table_figures
from nianbao.importing.tables import take_tables
from nianbao.model import Indicator, Kind, Role
from nianbao.text.display import narrow_digits

_UNTITLED = "未命名报告"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A draft, and what of the source is not in its text: noise with its reasons, marks, the lines of the signature."""

    draft: Draft
    noise: tuple[Noise, ...]
    marks: tuple[Passage, ...]
    signature: tuple[Passage, ...]


def recognise_report(
    source: SourceText, *, indicators: Mapping[str, Indicator], period: str = "", kind: Kind | None = None
) -> Recognised:
    """Return the draft of a document; `period` and `kind`, where the caller knows them, go before what it tells."""
    finder = FigureFinder(indicators)
    cleaned = clean_source(source)
    head = split_head(cleaned.lines, cleaned.noise)
    body, photos = take_photos(head.body)
    body, tables = take_tables(body)
    root = build_outline(body, count_figures=count_figures)
    marks = [mark for table in tables for mark in table.marks] + [mark for photo in photos for mark in photo.marks]
    branches = make_branches(root.children, marks, count_figures=count_figures)
    span = derive_coverage(
        head.title.text,
        headings=[branch.title.text for branch in branches if branch.title],
        lead=root.paragraphs[0].text if root.paragraphs else "",
        noise=cleaned.noise,
        name=source.name,
        foot=" ".join(passage.text for passage in head.signature),
    )
    span = _override(span, period=period, kind=kind)
    title, title_notes = _choose_title(head.title, source.name, cleaned.noise)
    lead, parts = arrange_parts(
        tuple(root.paragraphs),
        branches,
        title=title,
        year=int(span.period[:4]) if span.period else None,
        count_figures=count_figures,
    )
    lead_notes = (
        ["导语里有数；导语不带 figures，要展示就移进条目"]
        if any(count_figures(passage.text) for passage in lead)
        else []
    )
    notes = (*source.notes, *_tell_cleaned(source.text))
    draft = Draft(
        period=span.period,
        kind=span.kind,
        title=title,
        publisher=head.publisher,
        published_on=head.published_on,
        source_name=source.name,
        source_sha256=source.sha256,
        lead=lead,
        parts=_finish(place_found(parts, tables, photos), finder, span.period),
        notes=(*notes, *title_notes, *span.notes, *head.notes, *root.notes, *lead_notes),
    )
    return Recognised(draft, cleaned.noise, tuple(mark for mark in marks if mark), head.signature)


def _tell_cleaned(text: str) -> list[str]:
    """Return what is written otherwise than in the source, though nobody would see it at once."""
    codes = "、".join(f"U+{ord(character):04X}（{text.count(character)} 处）" for character in find_left_out(text))
    notes = [f"去掉了看不见的字符 {codes}"] if codes else []
    wide = re.search("[０-９]+(?:[．，][０-９]+)*", text)
    return [*notes, f"全角数字改成了半角，如 {wide[0]} 改成 {narrow_digits(wide[0])}"] if wide else notes


def _override(span: Coverage, *, period: str, kind: Kind | None) -> Coverage:
    if not period:
        return replace(span, kind=kind or span.kind)
    guessed = Kind.INTERIM if "-" in period else Kind.ANNUAL if span.kind is Kind.INTERIM else span.kind
    return Coverage(period, kind or guessed)


def _choose_title(title: Passage, name: str, noise: tuple[Noise, ...]) -> tuple[Passage, list[str]]:
    if not title:
        stem = name.rsplit(".", 1)[0].strip()
        made = stem if re.search(r"[\u4e00-\u9fff]", stem) else _UNTITLED
        return Passage(made, ()), ["原文没有标题，请改成报告的标题"]
    if re.search(r"总结|报告|汇报|计划|情况|要点", title.text):
        return title, []
    others = [piece.passage.text for piece in noise if piece.reason == PROMOTION and "总结" in piece.passage.text]
    return title, [f"推广语里还有一个标题，看用哪一个：{other[:80]}" for other in others]


def _finish(parts: tuple[DraftPart, ...], finder: FigureFinder, period: str) -> tuple[DraftPart, ...]:
    """Return the parts with ids and figures, in the order of the text: an indicator goes to the first that fits.

    No number of a table has an indicator, and none is a figure where the table tells of plans.
    """
    counts = dict.fromkeys(Role, 0)

    def finish_item(item: DraftItem, role: Role) -> DraftItem:
        counts[role] += 1
        figures = finder.find(item.text)
        if item.table and role is not Role.PLAN:
            figures += tuple(find_table_figures(item.table, period=period, count=len(figures)))
        return replace(item, id=f"{role.value}-{counts[role]}", figures=figures)

    return tuple(
        replace(
            part,
            sections=tuple(
                replace(section, items=tuple(finish_item(item, part.role) for item in section.items))
                for section in part.sections
            ),
        )
        for part in parts
    )
