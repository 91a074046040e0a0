"""The page of one report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nianbao.facts.pledges import Pledge
from nianbao.facts.summary import FiguresByItem, ReportSummary
from nianbao.model import District, Item, Kind, Part, Report, Role, Section
from nianbao.text.display import find_withheld
from nianbao.text.outline import find_spoken_marker_end, strip_spoken_marker
from nianbao.views.common import KeyFigureView, LinkView, kind_name, view_key
from nianbao.views.head import COLUMN_TYPE, SITE_IMAGES, HeadView, ShareImages, shorten
from nianbao.views.numbers import chinese_ordinal
from nianbao.views.runs import FigureView, Paragraph, view_figure, view_line, view_paragraphs

ROLE_TAGS = {Role.RESULTS: "成绩", Role.PROBLEMS: "不足", Role.PLAN: "安排"}


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item; `number` is 01, 02 … within its section.

    `kept_by` and `fulfils` tell of pledges; `card` leads to its picture.
    """

    id: str
    number: str
    title: Paragraph
    paragraphs: tuple[Paragraph, ...]
    fulfils: LinkView | None
    kept_by: tuple[LinkView, ...]
    card: LinkView | None = None


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section; `mark` is its Chinese number within its part, "" where it has no title."""

    id: str
    mark: str
    title: Paragraph
    lead: tuple[Paragraph, ...]
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """A part: results, problems or plan."""

    id: str
    role: str
    tag: str
    title: Paragraph
    lead: tuple[Paragraph, ...]
    sections: tuple[SectionView, ...]


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the page's contents."""

    fragment: str
    mark: str
    title: str


@dataclass(frozen=True, slots=True)
class RevisionView:
    """A correction after publication; `items` link to what was corrected."""

    date: str
    reason: str
    items: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """All that the report's page shows."""

    head: HeadView
    breadcrumbs: tuple[LinkView, ...]
    accent: str
    publisher: str
    kind: str
    kind_name: str
    year: str
    span_name: str
    title: Paragraph
    published_on: str
    lead: tuple[Paragraph, ...]
    keys: tuple[KeyFigureView, ...]
    contents: tuple[ContentsEntry, ...]
    parts: tuple[PartView, ...]
    figures: tuple[FigureView, ...]
    has_withheld: bool
    source_name: str
    source_sha256: str
    revisions: tuple[RevisionView, ...]
    earlier: LinkView | None
    later: LinkView | None
    siblings: tuple[LinkView, ...]
    card_wall: LinkView | None


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What a report's page needs beyond its own text: `siblings` are its district's reports in order, itself too.

    `card_wall`, `card_pages` (site paths by item) and `images`, the pictures to share it with, are set when its cards
    have been drawn.
    """

    district: District
    siblings: Sequence[ReportSummary]
    pledges: Sequence[Pledge]
    card_wall: LinkView | None = None
    card_pages: Mapping[str, str] = field(default_factory=dict)
    images: ShareImages = SITE_IMAGES


def view_report(
    report: Report, figures_by_item: FiguresByItem, summary: ReportSummary, context: ReportContext
) -> ReportView:
    """Return the page of `report`, whose figures are `figures_by_item`."""
    district, when = context.district, report.when
    facts = {item_id: tuple(map(view_figure, figures)) for item_id, figures in figures_by_item.items()}
    parts = _view_parts(report, facts, summary, context)
    earlier, later = _neighbours(summary, context.siblings)
    return ReportView(
        head=_view_head(report, summary, context),
        breadcrumbs=(
            LinkView("首页", ""),
            LinkView(district.name, f"{district.slug}/"),
            LinkView(short_name(summary), None),
        ),
        accent=district.accent,
        publisher=report.publisher or district.full_name or district.name,
        kind=report.kind.value,
        kind_name=kind_name(report.kind, when.span_name),
        year=str(when.year),
        span_name=when.span_name if when.span else "",
        title=view_line(report.title),
        published_on=report.published_on.isoformat() if report.published_on else "",
        lead=view_paragraphs(report.lead) if report.lead else (),
        keys=tuple(view_key(fact) for fact in summary.highlights[:4]),
        contents=_view_contents(parts),
        parts=parts,
        figures=tuple(figure for item in report.items for figure in facts[item.id]),
        has_withheld=_has_withheld(report),
        source_name=report.source.name if report.source else "",
        source_sha256=report.source.sha256 if report.source else "",
        revisions=_view_revisions(report),
        earlier=earlier,
        later=later,
        siblings=tuple(
            LinkView(sibling_name(sibling), None if sibling is summary else sibling.site_path)
            for sibling in context.siblings
        ),
        card_wall=context.card_wall,
    )


def short_name(summary: ReportSummary) -> str:
    """Return a report's period with its kind: 2023年, 2024年上半年, 2022年专题."""
    return summary.when.name + ("专题" if summary.kind is Kind.THEMATIC else "")


def sibling_name(summary: ReportSummary) -> str:
    """Return how a report is called among its district's: 2023年, 2024年上半年, 2022年专题“改革”."""
    return short_name(summary) + (f"“{summary.title}”" if summary.kind is Kind.THEMATIC else "")


def _neighbours(summary: ReportSummary, siblings: Sequence[ReportSummary]) -> tuple[LinkView | None, LinkView | None]:
    """The reports of the same kind right before and after this one."""
    alike = [sibling for sibling in siblings if sibling.kind is summary.kind]
    at = alike.index(summary)
    earlier = alike[at - 1] if at > 0 else None
    later = alike[at + 1] if at + 1 < len(alike) else None
    return (
        LinkView(sibling_name(earlier), earlier.site_path) if earlier else None,
        LinkView(sibling_name(later), later.site_path) if later else None,
    )


def _view_parts(
    report: Report, facts: Mapping[str, tuple[FigureView, ...]], summary: ReportSummary, context: ReportContext
) -> tuple[PartView, ...]:
    kept = {pledge.item.id: pledge for pledge in context.pledges if pledge.report.stem == summary.stem}
    plans = {(pledge.report.stem, pledge.item.id): pledge for pledge in context.pledges}

    def view_item(item: Item, number: int) -> ItemView:
        stem, _, plan_id = (item.fulfils or "").partition("#")
        plan = plans.get((stem, plan_id))
        return ItemView(
            id=item.id,
            number=f"{number:02d}",
            title=view_line(strip_spoken_marker(item.title)) if item.title else (),
            paragraphs=view_paragraphs(
                item.text, facts[item.id], start=0 if item.title else find_spoken_marker_end(item.text)
            ),
            fulfils=LinkView(
                f"{sibling_name(plan.report)}安排：{plan.item.title}", f"{plan.report.site_path}#{plan_id}"
            )
            if plan
            else None,
            kept_by=tuple(
                LinkView(f"{sibling_name(later)}：{done.title}", f"{later.site_path}#{done.id}")
                for later, done in (kept[item.id].kept_by if item.id in kept else ())
            ),
            card=LinkView("存为图片", context.card_pages[item.id]) if item.id in context.card_pages else None,
        )

    def view_section(section: Section, part_number: int, number: int, mark: str) -> SectionView:
        return SectionView(
            id=f"s{part_number}-{number}",
            mark=mark,
            title=view_line(section.title) if section.title else (),
            lead=view_paragraphs(section.lead) if section.lead else (),
            items=tuple(view_item(item, index) for index, item in enumerate(section.items, 1)),
        )

    def view_part(part: Part, part_number: int) -> PartView:
        titled = [section for section in part.sections if section.title]
        return PartView(
            id=f"p{part_number}",
            role=part.role.value,
            tag=ROLE_TAGS[part.role],
            title=view_line(part.title),
            lead=view_paragraphs(part.lead) if part.lead else (),
            sections=tuple(
                view_section(
                    section, part_number, number,
                    chinese_ordinal(titled.index(section) + 1) if section.title and len(titled) < 100 else "",
                )
                for number, section in enumerate(part.sections, 1)
            ),
        )  # fmt: skip

    return tuple(view_part(part, number) for number, part in enumerate(report.parts, 1))


def _view_contents(parts: tuple[PartView, ...]) -> tuple[ContentsEntry, ...]:
    """The sections of the results one by one, the other parts as wholes."""
    entries: list[ContentsEntry] = []
    for part in parts:
        titled = [section for section in part.sections if section.title]
        if part.role == Role.RESULTS.value and titled:
            entries += [ContentsEntry(s.id, s.mark, "".join(run.text for run in s.title)) for s in titled]
        else:
            entries.append(ContentsEntry(part.id, part.tag, "".join(run.text for run in part.title)))
    return tuple(entries)


def _has_withheld(report: Report) -> bool:
    texts = [report.title, report.lead or "", report.publisher or ""]
    for part in report.parts:
        texts += [part.title, part.lead or ""]
        for section in part.sections:
            texts += [section.title or "", section.lead or ""]
            texts += [text for item in section.items for text in (item.title or "", item.text)]
    return bool(find_withheld("\n".join(texts)))


def _view_revisions(report: Report) -> tuple[RevisionView, ...]:
    titles = {item.id: item.title or item.id for item in report.items}
    return tuple(
        RevisionView(
            revision.date.isoformat(),
            revision.reason,
            tuple(LinkView(titles.get(item_id, item_id), f"#{item_id}") for item_id in revision.items),
        )
        for revision in sorted(report.revisions, key=lambda revision: revision.date)
    )


def _view_head(report: Report, summary: ReportSummary, context: ReportContext) -> HeadView:
    district = context.district
    name = short_name(summary)
    title = f"{report.title} · {district.name} {name}"
    told = [fact for fact in summary.highlights if fact.value is not None]
    description = shorten(
        report.lead or "；".join(f"{f.label}{f.quote[f.start : f.end]}" for f in told) or report.title, 120
    )
    structured: list[tuple[str, object]] = [
        ("@type", "Report"),
        ("name", report.title),
        ("inLanguage", "zh-CN"),
        ("temporalCoverage", report.when.interval),
        ("description", description),
    ]
    if report.publisher:
        structured.append(("publisher", {"@type": "Organization", "name": report.publisher}))
    if report.published_on:
        structured.append(("datePublished", report.published_on.isoformat()))
    if summary.revised_on:
        structured.append(("dateModified", summary.revised_on.isoformat()))
    return HeadView(
        title=title,
        description=description,
        site_path=summary.site_path,
        column_name=district.name,
        column_type=COLUMN_TYPE,
        article_title=report.title,
        published_at=f"{report.published_on.isoformat()} 00:00" if report.published_on else "",
        published_on=report.published_on.isoformat() if report.published_on else "",
        content_source=report.publisher or "",
        images=context.images,
        structured=tuple(structured),
    )
