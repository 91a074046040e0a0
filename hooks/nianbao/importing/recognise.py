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
from nianbao.importing.source_text import Passage, SourceText
from nianbao.model import Indicator, Kind, Role
from nianbao.model.base import MOST_FIGURES
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
    """Return the draft of a document; `period` and `kind`, where the caller knows them, go before what it tells.

    Raises: UnreadableError when it is too long for a report.
    """
    finder = FigureFinder(indicators)
    cleaned = clean_source(source)
    head = split_head(cleaned.lines, cleaned.noise)
    root = build_outline(head.body, count_figures=count_figures)
    marks: list[Passage] = []
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
    finished = _finish(parts, finder)
    notes = (*source.notes, *_tell_cleaned(source.text), *_tell_left_out(finder.left_out))
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
        notes=(*notes, *title_notes, *span.notes, *head.notes, *root.notes, *lead_notes),
    )
    return Recognised(draft, cleaned.noise, tuple(mark for mark in marks if mark), head.signature)


def _tell_cleaned(text: str) -> list[str]:
    """Return what is written otherwise than in the source, though nobody would see it at once."""
    codes = "、".join(f"U+{ord(character):04X}（{text.count(character)} 处）" for character in find_left_out(text))
    notes = [f"去掉了看不见的字符 {codes}"] if codes else []
    wide = re.search("[０-９]+(?:[．，][０-９]+)*", text)
    return [*notes, f"全角数字改成了半角，如 {wide[0]} 改成 {narrow_digits(wide[0])}"] if wide else notes


def _tell_left_out(count: int) -> list[str]:
    return [f"数太多，后面的 {count} 个没有列进 figures；一份报告最多 {MOST_FIGURES} 个"] if count else []


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


def _finish(parts: tuple[DraftPart, ...], finder: FigureFinder) -> tuple[DraftPart, ...]:
    """Return the parts with ids and figures, in the order of the text: an indicator goes to the first that fits."""
    counts = dict.fromkeys(Role, 0)

    def finish_item(item: DraftItem, role: Role) -> DraftItem:
        counts[role] += 1
        return replace(item, id=f"{role.value}-{counts[role]}", figures=finder.find(item.text))

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
