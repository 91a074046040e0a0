"""From the bytes of a document to its draft, with the account of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nianbao.importing.account import Account, account_for
from nianbao.importing.draft import Draft
from nianbao.importing.draft_yaml import write_draft
from nianbao.importing.readers import read_source
from nianbao.importing.recognise import recognise_report
from nianbao.importing.review import review_draft
from nianbao.importing.roles import find_topic
from nianbao.importing.sense import Concern, add_concerns, check_sense
from nianbao.importing.source_text import Picture
from nianbao.model import Indicator, Kind, ReviewEntry

# What the topic of a thematic report is called in its file's name; any other is `topic`.
_TOPIC_SLUGS = (
    ("改革", "reform"), ("党建", "party"), ("廉", "integrity"), ("志愿", "volunteer"), ("安全", "safety"),
    ("心理", "mental-health"), ("乡村", "rural"), ("就业", "jobs"), ("创业", "jobs"), ("法", "law"),
    ("权益", "rights"), ("维权", "rights"), ("助学", "student-aid"), ("资助", "student-aid"), ("教育", "education"),
    ("康复", "rehabilitation"), ("文明", "civility"), ("疫情", "epidemic"), ("培训", "training"), ("竞赛", "contest"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imported:
    """A document imported: its draft, the draft's YAML, and what a person must decide and know of it."""

    draft: Draft
    yaml: str
    account: Account
    concerns: tuple[Concern, ...]
    review: tuple[ReviewEntry, ...]
    pictures: tuple[Picture, ...]

    @property
    def stem(self) -> str:
        """The report's file name without .yml; empty where the period is not known."""
        return _name_stem(self.draft)


def _name_stem(draft: Draft) -> str:
    if not draft.period or draft.kind is not Kind.THEMATIC:
        return draft.period
    topic = find_topic(draft.title.text)
    return f"{draft.period}-{next((slug for word, slug in _TOPIC_SLUGS if word in topic), 'topic')}"


def import_content(
    content: bytes, *, name: str, indicators: Mapping[str, Indicator], period: str = "", kind: Kind | None = None
) -> Imported:
    """Return a document as a draft; `name` is its file's, with the suffix. Raises: UnreadableError."""
    source = read_source(content, name=name)
    recognised = recognise_report(source, indicators=indicators, period=period, kind=kind)
    concerns = check_sense(recognised.draft)
    draft = add_concerns(recognised.draft, concerns)
    account = account_for(source, recognised)
    review = review_draft(draft, unplaced=account.unplaced, characters=account.total)
    yaml = write_draft(draft, account, review, stem=_name_stem(draft))
    return Imported(draft, yaml, account, concerns, review.entries, source.pictures)
