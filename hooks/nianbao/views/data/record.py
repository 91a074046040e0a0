"""A report as one record: what its page tells, for programs."""

from __future__ import annotations

from typing import Any

from nianbao.editions.edition import Edition, EditionItem, EditionPart, EditionPhoto, EditionSection, EditionTable
from nianbao.editions.runs import Paragraph, read_text
from nianbao.views.data.figures import view_figure_rows

_OF_REPORT = frozenset({"district", "district_name", "period", "kind", "role", "section", "item", "item_title"})


def view_record(edition: Edition, *, site_url: str) -> dict[str, Any]:
    """Return the report as plain data: its words as readers see them, and its figures with value, unit and address."""
    figures: dict[str, list[dict[str, str]]] = {}
    for row in view_figure_rows(edition, site_url=site_url):
        told = {name: value for name, value in row._asdict().items() if value and name not in _OF_REPORT}
        figures.setdefault(row.item, []).append(told)
    return _told(
        {
            "schema": 1,
            "url": f"{site_url}{edition.address.page}" if site_url else "",
            "district": _told(
                {"slug": edition.district.slug, "name": edition.district.name, "code": edition.district.code}
            ),
            "period": str(edition.period),
            "kind": edition.kind.value,
            "title": read_text(edition.title),
            "publisher": edition.stated_publisher,
            "published_on": edition.published_on.isoformat() if edition.published_on else "",
            "source": {"name": edition.source.name, "sha256": edition.source.sha256} if edition.source else None,
            "lead": _texts(edition.lead),
            "parts": [_view_part(part, figures) for part in edition.parts],
            "highlights": [figure.fragment for figure in edition.keys],
            "revisions": [
                _told(
                    {
                        "date": revision.date.isoformat(),
                        "reason": revision.reason,
                        "items": [str(link.site_path).removeprefix("#") for link in revision.items],
                    }
                )
                for revision in edition.revisions
            ],
        }
    )


def _view_part(part: EditionPart, figures: dict[str, list[dict[str, str]]]) -> dict[str, Any]:
    return _told(
        {
            "role": part.role.value,
            "title": read_text(part.title),
            "lead": _texts(part.lead),
            "sections": [_view_section(section, figures) for section in part.sections],
        }
    )


def _view_section(section: EditionSection, figures: dict[str, list[dict[str, str]]]) -> dict[str, Any]:
    return _told(
        {
            "title": read_text(section.title),
            "lead": _texts(section.lead),
            "items": [_view_item(item, figures.get(item.id, [])) for item in section.items],
        }
    )


def _view_item(item: EditionItem, figures: list[dict[str, str]]) -> dict[str, Any]:
    return _told(
        {
            "id": item.id,
            "title": read_text(item.title),
            "text": _texts(item.paragraphs),
            "table": _view_table(item.table) if item.table else None,
            "photo": _view_photo(item.photo) if item.photo else None,
            "figures": figures,
            "fulfils": item.fulfils.site_path if item.fulfils else "",
            "kept_by": [link.site_path for link in item.kept_by],
        }
    )


def _view_table(table: EditionTable) -> dict[str, Any]:
    return _told(
        {
            "caption": read_text(table.caption),
            "unit": read_text(table.unit).removeprefix("单位："),
            "header": _texts(table.header),
            "rows": [_texts(row) for row in table.rows],
        }
    )


def _view_photo(photo: EditionPhoto) -> dict[str, Any]:
    return _told(
        {"alt": photo.alt, "credit": read_text(photo.credit), "files": [size.site_path for size in photo.sizes]}
    )


def _texts(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    return [read_text(paragraph) for paragraph in paragraphs]


def _told(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields without those that hold nothing."""
    return {name: value for name, value in fields.items() if value not in ("", None, [], ())}
