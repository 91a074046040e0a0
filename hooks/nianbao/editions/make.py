"""A report with its figures, its district's other reports and its pledges → its edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nianbao.editions.addresses import address_report, part_fragment, section_fragment
from nianbao.editions.edition import Edition, EditionItem, EditionPart, EditionRevision, EditionSection, Link
from nianbao.editions.names import ROLE_TAGS, kind_name, short_name, sibling_name
from nianbao.editions.photos import make_photo
from nianbao.editions.review import EditionEntry, show_entries
from nianbao.editions.runs import ShownFigure, show_figure, show_line, show_paragraphs
from nianbao.editions.tables import make_table
from nianbao.facts.pledges import Pledge
from nianbao.facts.summary import FiguresByItem, ReportSummary
from nianbao.model import District, Item, Part, PhotoMeasure, Report, Role, Section
from nianbao.text.chinese_integers import write_chinese_integer
from nianbao.text.display import find_withheld
from nianbao.text.outline import find_spoken_marker_ends

_MOST_MARKED_SECTIONS = 99


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a report's edition tells beyond its own text: its district, that one's reports in order, their pledges.

    `photos` are the photos of the report that are published, by their item's id.
    """

    district: District
    summaries: Sequence[ReportSummary]
    pledges: Sequence[Pledge]
    photos: Mapping[str, PhotoMeasure] = field(default_factory=dict)


def make_edition(report: Report, figures: FiguresByItem, summary: ReportSummary, surroundings: Surroundings) -> Edition:
    """Return the edition of `report`; `figures` and `summary` are what was derived of it."""
    district = surroundings.district
    shown = {item_id: tuple(map(show_figure, facts)) for item_id, facts in figures.items()}
    by_fragment = {figure.fragment: figure for of_item in shown.values() for figure in of_item}
    entries = show_entries(report)
    earlier, later = _find_neighbours(summary, surroundings.summaries)
    return Edition(
        address=address_report(summary),
        district=district,
        period=report.when,
        kind=report.kind,
        kind_name=kind_name(report.kind, report.when.span_name),
        name=short_name(summary),
        title=show_line(report.title),
        publisher=report.publisher or district.full_name or district.name,
        stated_publisher=report.publisher or "",
        published_on=report.published_on,
        lead=show_paragraphs(report.lead) if report.lead else (),
        parts=_make_parts(report, shown, summary, surroundings, entries),
        figures=tuple(figure for item in report.items for figure in shown[item.id]),
        keys=tuple(by_fragment[fact.fragment] for fact in summary.highlights),
        has_withheld=_has_withheld(report),
        source=report.source,
        revisions=_make_revisions(report),
        siblings=tuple(
            Link(sibling_name(sibling), None if sibling is summary else address_report(sibling).page)
            for sibling in surroundings.summaries
        ),
        earlier=earlier,
        later=later,
        entries=entries,
    )


def _find_neighbours(summary: ReportSummary, siblings: Sequence[ReportSummary]) -> tuple[Link | None, Link | None]:
    """The reports of the same kind right before and after this one."""
    alike = [sibling for sibling in siblings if sibling.kind is summary.kind]
    at = alike.index(summary)
    earlier = alike[at - 1] if at > 0 else None
    later = alike[at + 1] if at + 1 < len(alike) else None
    return (
        Link(sibling_name(earlier), address_report(earlier).page) if earlier else None,
        Link(sibling_name(later), address_report(later).page) if later else None,
    )


def _make_parts(
    report: Report,
    figures: Mapping[str, tuple[ShownFigure, ...]],
    summary: ReportSummary,
    surroundings: Surroundings,
    entries: Sequence[EditionEntry],
) -> tuple[EditionPart, ...]:
    kept = {pledge.item.id: pledge for pledge in surroundings.pledges if pledge.report.stem == summary.stem}
    held: dict[str, tuple[EditionEntry, ...]] = {}
    for entry in entries:
        held[entry.holder] = (*held.get(entry.holder, ()), entry)
    plans = {(pledge.report.stem, pledge.item.id): pledge for pledge in surroundings.pledges}

    def make_item(item: Item, number: int, marker_end: int) -> EditionItem:
        stem, _, plan_id = (item.fulfils or "").partition("#")
        plan = plans.get((stem, plan_id))
        in_text = tuple(figure for figure in figures[item.id] if figure.fact.cell is None)
        paragraphs = show_paragraphs(item.text, in_text, start=0 if item.title else marker_end)
        measure = surroundings.photos.get(item.id)
        return EditionItem(
            id=item.id,
            number=f"{number:02d}",
            title=show_line(item.title[marker_end:]) if item.title else (),
            paragraphs=paragraphs,
            figures=figures[item.id],
            fulfils=_link_item(plan.report, plan_id, f"安排：{plan.item.title}") if plan else None,
            kept_by=tuple(
                _link_item(later, done.id, f"：{done.title}")
                for later, done in (kept[item.id].kept_by if item.id in kept else ())
            ),
            entries=held.get(item.id, ()),
            table=make_table(item.table, figures[item.id], paragraphs) if item.table else None,
            photo=make_photo(item.photo, measure, item.id, address_report(summary)) if item.photo and measure else None,
        )

    def make_section(section: Section, part_number: int, number: int, mark: str, first: int) -> EditionSection:
        # Beside a number, 一是 and 首先 say it twice.
        marker_ends = find_spoken_marker_ends([item.title or item.text for item in section.items])
        return EditionSection(
            fragment=section_fragment(part_number, number),
            mark=mark,
            title=show_line(section.title) if section.title else (),
            lead=show_paragraphs(section.lead) if section.lead else (),
            items=tuple(
                make_item(item, place, end)
                for place, (item, end) in enumerate(zip(section.items, marker_ends, strict=True), first)
            ),
            entries=held.get(section_fragment(part_number, number), ()),
        )

    def make_part(part: Part, part_number: int) -> EditionPart:
        return EditionPart(
            fragment=part_fragment(part_number),
            role=part.role,
            tag=ROLE_TAGS[part.role],
            title=show_line(part.title),
            lead=show_paragraphs(part.lead) if part.lead else (),
            sections=tuple(
                make_section(section, part_number, number, mark, first)
                for number, (section, mark, first) in enumerate(
                    zip(part.sections, _mark_sections(part), _number_items(part), strict=True), 1
                )
            ),
            entries=held.get(part_fragment(part_number), ()),
        )

    return tuple(make_part(part, number) for number, part in enumerate(report.parts, 1))


def _mark_sections(part: Part) -> list[str]:
    """The Chinese numbers of the sections that have a title; none where there are too many to be read so."""
    count = sum(section.title is not None for section in part.sections)
    numbers = iter(range(1, count + 1))
    return [
        write_chinese_integer(next(numbers)) if section.title and count <= _MOST_MARKED_SECTIONS else ""
        for section in part.sections
    ]


def _number_items(part: Part) -> list[int]:
    """The number of each section's first item: results count anew under each title, problems and plans go on."""
    firsts: list[int] = []
    following = 1
    for section in part.sections:
        if part.role is Role.RESULTS and section.title:
            following = 1
        firsts.append(following)
        following += len(section.items)
    return firsts


def _link_item(report: ReportSummary, item_id: str, words: str) -> Link:
    return Link(f"{sibling_name(report)}{words}", f"{address_report(report).page}#{item_id}")


def _has_withheld(report: Report) -> bool:
    texts = [report.title, report.lead or "", report.publisher or ""]
    for part in report.parts:
        texts += [part.title, part.lead or ""]
        for section in part.sections:
            texts += [section.title or "", section.lead or ""]
            texts += [text for item in section.items for text in _list_texts(item)]
    return bool(find_withheld("\n".join(texts)))


def _list_texts(item: Item) -> Iterator[str]:
    yield from (item.title or "", item.text)
    if table := item.table:
        yield from (table.caption or "", table.unit or "", *table.header, *(cell for row in table.rows for cell in row))
    if item.photo and item.photo.is_published:
        yield from (item.photo.alt or "", item.photo.credit or "")


def _make_revisions(report: Report) -> tuple[EditionRevision, ...]:
    titles = {item.id: item.title or item.id for item in report.items}
    return tuple(
        EditionRevision(
            revision.date,
            revision.reason,
            tuple(Link(titles.get(item_id, item_id), f"#{item_id}") for item_id in revision.items),
        )
        for revision in sorted(report.revisions, key=lambda revision: revision.date)
    )
