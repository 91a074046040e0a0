"""What keeps the pictures of a report from being drawn: there are too many, or no font has a character of theirs."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import DataError
from nianbao.model import District, Report
from nianbao.sources.files import name_file
from nianbao.sources.layout import DISTRICTS_FILE
from nianbao.sources.wording import show_value
from nianbao.text.odd_characters import is_plain

if TYPE_CHECKING:  # the cards' modules are loaded only where pictures are planned
    from nianbao.views.card.pack import CardPack

# A report of 28 items has some 50; each is a page, too, and takes a tenth of a second.
MOST_PICTURES = 400
# What a picture holds at least, rows and characters: together with its items each has a part of one at most.
_LEAST_CHARACTERS = 40
_LINE_CHARACTERS = 30
_MOST_PER_TITLE = 3
_BESIDE = 40


def is_surely_drawable(report: Report, district: District, written: str) -> bool:
    """Tell by a short look whether a report has neither too many pictures nor rare characters; `written` is its file.

    Planning the pictures tells for certain, and takes three times as long as reading the report.
    """
    texts = [report.lead or ""]
    titles = 1
    for part in report.parts:
        titles += 1 + len(part.sections)
        texts.append(part.lead or "")
        for section in part.sections:
            titles += len(section.items)
            texts.append(section.lead or "")
            texts += [item.text for item in section.items]
            tables = [item.table for item in section.items if item.table]
            titles += 2 * len(tables)
            texts += [cell for table in tables for row in table.rows for cell in row]
    size = sum(len(text) + _LINE_CHARACTERS * text.count("\n") for text in texts)
    most = _BESIDE + _MOST_PER_TITLE * titles + size / _LEAST_CHARACTERS
    names = f"{district.name}{district.full_name}"
    # A backslash may stand for any character.
    return most <= MOST_PICTURES and "\\" not in written and is_plain(written) and is_plain(names)


def check_pictures(pack: CardPack, path: Path, *, root: Path) -> Iterator[DataError]:
    """Yield what keeps the pictures of the report at `path` from being drawn. Raises: DataErrors without fonts."""
    count = len(pack.pictures)
    if count > MOST_PICTURES:
        yield DataError(name_file(path, root=root), 0, "", *_explain_count(pack, count))
        return
    # The fonts take half a second to load.
    from nianbao.writers.cards.draw import find_missing_characters  # noqa: PLC0415

    for character in find_missing_characters(pack):
        yield _explain_missing(character, path, root)


def _explain_count(pack: CardPack, count: int) -> tuple[str, str]:
    shares = Counter(item_id for picture in pack.cards for item_id in picture.card.item_ids)
    named = "、".join(f"{item_id}（{share} 张）" for item_id, share in shares.most_common(3) if share > 1)
    fix = "缩短正文和标题，或分成几份专题报告"
    return (
        f"要画 {count} 张图片，一份报告最多 {MOST_PICTURES} 张，一张也没有画",
        f"{fix}；图片最多的条目是 {named}" if named else fix,
    )


def _explain_missing(character: str, path: Path, root: Path) -> DataError:
    """Place a character that cannot be drawn: in the report, or in the register of districts."""
    problem = f"{show_value(character)}（U+{ord(character):04X}）在字体里没有，图片上写不出来"
    is_chinese = "\U00020000" <= character < "\U00040000" or unicodedata.name(character, "").startswith("CJK")
    fix = "核对是不是写错了字；确有此字，请安装 Debian 的 fonts-hanazono，或换一个写法"
    fix = fix if is_chinese else "删去它；一定要留，就在 mkdocs.yml 的 extra.nianbao 写 cards: false，不画图片"
    for source in (path, path.parent.parent / DISTRICTS_FILE):
        if source.is_file():
            lines = source.read_text(encoding="utf-8-sig").splitlines()
            line = next((number for number, text in enumerate(lines, 1) if character in text), 0)
            if line:
                return DataError(name_file(source, root=root), line, "", problem, fix)
    return DataError(name_file(path, root=root), 0, "", problem, fix)
