"""A report → its pack of pictures, or the mistakes that stand in their way."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import DataError, DataErrors
from nianbao.facts.summary import FiguresByItem, ReportSummary
from nianbao.model import Report
from nianbao.sources.files import name_file
from nianbao.sources.layout import DISTRICTS_FILE
from nianbao.views.card_pack import view_cards
from nianbao.views.cards import CardKind
from nianbao.views.report import ReportContext, view_report
from nianbao.writers.cards.pack import CardPicture, PlannedCard, find_missing_characters, paint_card, plan_cards
from nianbao.writers.cards.themes import Theme, choose_theme


@dataclass(frozen=True, slots=True)
class CardPlan:
    """The pictures of one report, yet to be drawn, and the theme to draw them in."""

    cards: tuple[PlannedCard, ...]
    theme: Theme


def plan_pack(
    report: Report,
    figures: FiguresByItem,
    summary: ReportSummary,
    context: ReportContext,
    *,
    path: Path,
    root: Path,
    site_url: str,
    theme: Theme | None = None,
) -> CardPlan:
    """Return the pictures of the report at `path`, in `theme` or its district's.

    Raises: DataErrors when a character on them is in no font, or when the fonts are not installed.
    """
    view = view_report(report, figures, summary, context)
    pack = view_cards(view, summary, context.district, has_address=bool(site_url))
    cards = plan_cards(pack, site_url=site_url)
    if missing := find_missing_characters(cards):
        raise DataErrors(_explain_missing(character, path, root) for character in missing)
    return CardPlan(cards, theme or choose_theme(context.district.accent))


def paint_pack(plan: CardPlan, *, only: Collection[CardKind] = ()) -> Iterator[CardPicture]:
    """Yield the pictures drawn one by one, all or those of some kinds."""
    return (paint_card(card, plan.theme) for card in plan.cards if not only or card.kind in only)


def _explain_missing(character: str, path: Path, root: Path) -> DataError:
    """Place a character that cannot be drawn: in the report, or in the register of districts."""
    problem = f"“{character}”（U+{ord(character):04X}）在字体里没有，图片上写不出来"
    fix = "核对是不是写错了字；确有此字，请安装 Debian 的 fonts-hanazono，或换一个写法"
    for source in (path, path.parent.parent / DISTRICTS_FILE):
        if source.is_file():
            lines = source.read_text(encoding="utf-8-sig").splitlines()
            line = next((number for number, text in enumerate(lines, 1) if character in text), 0)
            if line:
                return DataError(name_file(source, root=root), line, "", problem, fix)
    return DataError(name_file(path, root=root), 0, "", problem, fix)
