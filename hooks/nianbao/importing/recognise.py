"""Recognition: from a document as read to the draft of a report."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nianbao.importing.arrange import arrange_parts, make_branches
from nianbao.importing.coverage import Coverage, derive_coverage
from nianbao.importing.doubts import Doubt, Note, Weight
from nianbao.importing.draft import Draft, DraftItem, DraftPart
from nianbao.importing.figures import FigureFinder, count_figures
from nianbao.importing.head import is_title_like, names_report, split_head, trim_title
from nianbao.importing.lines import CleanedLine, clean_source, find_left_out
from nianbao.importing.noise import ASIDE, PROMOTION, REPEATED, SITE, Noise
from nianbao.importing.outline_tree import build_outline
from nianbao.importing.page_furniture import FURNITURE
from nianbao.importing.photos import FoundPhoto, take_photos
from nianbao.importing.placing import place_found
from nianbao.importing.roles import find_years
from nianbao.importing.source_text import Passage, SourceText
from nianbao.importing.table_figures import find_table_figures
from nianbao.importing.tables import take_tables
from nianbao.model import Indicator, Kind, Role
from nianbao.model.base import MOST_FIGURES
from nianbao.text.display import narrow_digits

_PLANNED = re.compile("计划|打算|安排|思路|要点|设想")
_OPENING = 4
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
    """Return the draft of a document; `period` and `kind`, where the caller knows them, go before what it tells.

    Raises: UnreadableError when it is too long for a report.
    """
    finder = FigureFinder(indicators)
    cleaned = clean_source(source)
    head = split_head(cleaned.lines, cleaned.noise)
    body, photos = take_photos(head.body)
    body, tables = take_tables(body)
    root = build_outline(body, year=_guess_year(head.title.text, body), count_figures=count_figures)
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
    noise = (*cleaned.noise, *head.apart)
    title, title_notes = _choose_title(head.title, source.name, noise)
    unread: list[Note] = [
        Doubt(f"{note}。补上了吗？", weight=Weight.FACT) if "补上" in note else note for note in source.notes
    ]
    lead, parts = arrange_parts(
        tuple(root.paragraphs),
        branches,
        title=title,
        year=int(span.period[:4]) + ("学年" in title.text) if span.period else None,
        count_figures=count_figures,
    )
    lead_notes = (
        ["导语里有数；导语里的数不放大，要放大就移进条目"]
        if any(count_figures(passage.text) for passage in lead)
        else []
    )
    finished = _finish(place_found(parts, tables, photos), finder, span.period)
    draft = Draft(
        period=span.period,
        kind=span.kind,
        title=title,
        publisher=head.publisher,
        published_on=head.published_on,
        source_name=source.name,
        source_sha256=source.sha256,
        lead=lead,
        parts=finished,
        notes=(
            *unread,
            *_tell_cleaned(source.text),
            *_tell_left_out(finder.left_out),
            *title_notes,
            *span.notes,
            *head.notes,
            *root.notes,
            *lead_notes,
            *_tell_left_pictures(source, photos),
        ),
    )
    return Recognised(
        draft,
        tuple(piece for piece in noise if piece.passage.at[:1] != title.at[:1]),
        tuple(mark for mark in marks if mark),
        head.signature,
    )


def _guess_year(title: str, body: Sequence[CleanedLine]) -> int | None:
    """Return the year that a report tells of, as far as its title or its first paragraphs name it."""
    for text in (title, *(line.text for line in body[:_OPENING])):
        years = find_years(text)
        if years:
            # A title that names several (2021—2023年) tells of all of them, one with a plan of the first.
            return int(years[0] if len(set(years)) < 2 or _PLANNED.search(text) else max(years))
    return None


def _tell_cleaned(text: str) -> list[str]:
    """Return what is written otherwise than in the source, though nobody would see it at once."""
    codes = "、".join(f"U+{ord(character):04X}（{text.count(character)} 处）" for character in find_left_out(text))
    notes = [f"去掉了看不见的字符 {codes}"] if codes else []
    wide = re.search("[０-９]+(?:[．，][０-９]+)*", text)
    return [*notes, f"全角数字改成了半角，如 {wide[0]} 改成 {narrow_digits(wide[0])}"] if wide else notes


def _tell_left_out(count: int) -> list[str]:
    return [f"数太多，后面的 {count} 个没有列进 figures；一份报告最多 {MOST_FIGURES} 个"] if count else []


def _tell_left_pictures(source: SourceText, photos: Sequence[FoundPhoto]) -> list[str]:
    """Return remarks on the pictures that stand at no text of the report: at its title, in a foot."""
    found = {photo.photo.name for photo in photos}
    return [f"原文还有图片 {p.name}，没有放进条目" for p in source.pictures if p.name not in found]


def _override(span: Coverage, *, period: str, kind: Kind | None) -> Coverage:
    if not period:
        return replace(span, kind=kind or span.kind)
    guessed = Kind.INTERIM if "-" in period else Kind.ANNUAL if span.kind is Kind.INTERIM else span.kind
    return Coverage(period, kind or guessed)


def _choose_title(title: Passage, name: str, noise: tuple[Noise, ...]) -> tuple[Passage, list[Doubt]]:
    """Return the title, and what to ask: one that names no report may be none, or a page may have set another apart."""
    if title and names_report(title.text):
        return title, []
    if not title:
        apart = [piece.passage for piece in noise if piece.reason in (ASIDE, FURNITURE, SITE, REPEATED)]
        named = next((passage for passage in apart if is_title_like(passage.text)), None)
        if named is not None:
            return trim_title(named), []
        stem = name.rsplit(".", 1)[0].strip()
        made = stem if re.search(r"[\u4e00-\u9fff]", stem) else _UNTITLED
        return Passage(made, ()), [Doubt("原文没有标题，这样写行吗？", made, "", "title", Weight.FACT)]
    others = [piece.passage.text for piece in noise if piece.reason == PROMOTION and "总结" in piece.passage.text]
    if not others:
        return title, [Doubt("这一行没有说是总结或报告，是标题吗？", title.text, title.text, "title", Weight.FACT)]
    question = "推广语里还有一个标题，用哪一个？"
    return title, [Doubt(question, title.text, other[:80], "title") for other in others]


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
