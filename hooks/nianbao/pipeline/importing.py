"""From a document of staff to the draft of a report on disk, with its account."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import DataError
from nianbao.model import Indicator, Kind
from nianbao.pipeline.readers import read_source
from nianbao.sources.files import SIZE_LIMIT_BYTES
from nianbao.sources.imports.account import Account, account_for
from nianbao.sources.imports.draft import Draft
from nianbao.sources.imports.draft_yaml import write_draft
from nianbao.sources.imports.recognise import recognise_report
from nianbao.sources.imports.roles import find_topic
from nianbao.sources.imports.sense import Concern, add_concerns, check_sense
from nianbao.sources.imports.source_text import Picture, UnreadableError
from nianbao.sources.store import read_report

# What the topic of a thematic report is called in its file's name; any other is `topic`.
_TOPIC_SLUGS = (
    ("改革", "reform"), ("党建", "party"), ("廉", "integrity"), ("志愿", "volunteer"), ("安全", "safety"),
    ("心理", "mental-health"), ("乡村", "rural"), ("就业", "jobs"), ("创业", "jobs"), ("法", "law"),
    ("权益", "rights"), ("维权", "rights"), ("助学", "student-aid"), ("资助", "student-aid"), ("教育", "education"),
    ("康复", "rehabilitation"), ("文明", "civility"), ("疫情", "epidemic"), ("培训", "training"), ("竞赛", "contest"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imported:
    """A document imported: its draft, the draft's YAML, and what a person must know of it."""

    draft: Draft
    yaml: str
    account: Account
    concerns: tuple[Concern, ...]
    pictures: tuple[Picture, ...]

    @property
    def stem(self) -> str:
        """The report's file name without .yml; empty where the period is not known."""
        if not self.draft.period:
            return ""
        if self.draft.kind is not Kind.THEMATIC:
            return self.draft.period
        topic = find_topic(self.draft.title.text)
        return f"{self.draft.period}-{next((slug for word, slug in _TOPIC_SLUGS if word in topic), 'topic')}"


@dataclass(frozen=True, slots=True)
class Placed:
    """What was written: the report, the copy of the one before it (None without one), the pictures."""

    path: Path
    backup_path: Path | None
    picture_paths: tuple[Path, ...]


def import_document(
    path: Path, *, indicators: Mapping[str, Indicator], period: str = "", kind: Kind | None = None
) -> Imported:
    """Return a document as a draft. Raises: UnreadableError."""
    source = read_source(path)
    recognised = recognise_report(source, indicators=indicators, period=period, kind=kind)
    concerns = check_sense(recognised.draft)
    draft = add_concerns(recognised.draft, concerns)
    account = account_for(source, recognised)
    text = write_draft(draft, account)
    if len(text.encode()) > SIZE_LIMIT_BYTES:
        raise UnreadableError("生成的草稿太大，不像一份报告", "确认文件没有选错；一份报告一个文件，再导入")
    return Imported(draft, text, account, concerns, source.pictures)


def place_draft(imported: Imported, folder: Path, *, is_forced: bool) -> Placed:
    """Write a draft and its pictures into a district's folder; the whole file or nothing.

    An existing report stays as NAME.yml.bak, or .bak2 …, when `is_forced`. Raises: UnreadableError when it exists and
    it is not, or the period is not known.
    """
    if not imported.stem:
        raise UnreadableError(
            "看不出是哪一年的报告", "加上 --period，如 --period 2023（全年）、--period 2023-H1（上半年）"
        )
    path = folder / f"{imported.stem}.yml"
    if path.exists() and not is_forced:
        raise UnreadableError(
            f"{path} 已经有了，没有动它", "看看会改什么：加 --diff；确定要换：加 --force（旧文件留作备份）"
        )
    folder.mkdir(parents=True, exist_ok=True)
    backup_path = _back_up(path) if path.exists() else None
    pictures = []
    for picture in imported.pictures:
        picture_path = folder / f"{imported.stem}-{picture.name}"
        _write(picture_path, picture.content)
        pictures.append(picture_path)
    _write(path, imported.yaml.encode())
    return Placed(path, backup_path, tuple(pictures))


def check_draft_file(
    imported: Imported, path: Path, *, root: Path, indicators: Mapping[str, Indicator]
) -> tuple[DataError, ...]:
    """Return what `nianbao check` has to say of a draft that stands, or is to stand, at `path`."""
    _, errors = read_report(path, root=root, raw=imported.yaml.encode(), indicators=indicators)
    return errors


def diff_draft(imported: Imported, folder: Path) -> str:
    """Return what placing the draft would change, as a unified diff; empty when nothing would."""
    path = folder / f"{imported.stem or 'period'}.yml"
    old = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    return "".join(
        difflib.unified_diff(
            old.splitlines(keepends=True),
            imported.yaml.splitlines(keepends=True),
            f"{path}（现在）",
            f"{path}（导入后）",
        )
    )


def _back_up(path: Path) -> Path:
    """Return the copy of a file under the first free name; no older copy is lost."""
    number = 1
    while True:
        backup_path = path.with_name(f"{path.name}.bak{number if number > 1 else ''}")
        try:
            # A link, not a copy: it fails when the name is taken, and the replacement below leaves it the old file.
            os.link(path, backup_path)
        except FileExistsError:
            number += 1
        except OSError:
            backup_path.write_bytes(path.read_bytes())
            return backup_path
        else:
            return backup_path


def _write(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_bytes(content)
    beside.replace(path)


def suggest_district(slug: str) -> str:
    """Return the lines that add a district to districts.yml."""
    name = re.sub(r"[^a-z0-9-]", "", slug) or "slug"
    return f"- slug: {name}\n  name: 这里写简称，如 西固"
