"""The head and the foot of a report: title, period, kind, publisher and date, as far as the text tells them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.importing.doubts import Doubt, Note, Weight
from nianbao.importing.lines import CleanedLine, is_heading_like
from nianbao.importing.noise import PROMOTION, REPEATED, SITE, Noise
from nianbao.importing.roles import find_kind, find_organisation, find_period, find_span, find_years
from nianbao.importing.source_text import EMPTY_PASSAGE, Origin, Passage, join_passages
from nianbao.model import Kind, parse_period
from nianbao.text.outline import match_marker
from nianbao.text.sentences import SENTENCE_ENDS

_TITLE_LIMIT = 80
_LAST_MONTH_OF_LOOKING_BACK = 3
_TITLE_WORDS = re.compile(
    r"总结|报告|汇报|计划|要点|小结|述职|纪实|回顾|工作情况|完成情况|开展情况|侧记|综述|工作亮点|成绩单|答卷|盘点"
)
_LED_BY_TITLE = re.compile(
    r"(?P<title>\S.{3,50}?(?:总结|报告|汇报|情况|小结|要点)(?:[及和暨与、]\S{4,40}?(?:计划|打算|安排|思路|要点))?(?:的(?:报告|汇报))?)\s+(?=\S.{20,})"
)
_SALUTATION = re.compile(r".{0,20}(?:各位|同志们|领导|代表|委员)[^。]{0,20}[：:]$")
_DATE = re.compile(
    r"[（(]?\s*(?P<year>(?:19|20)\d{2}|二[〇○Ｏ零0][〇○Ｏ零0一二三四五六七八九]{2})\s*[年.\-/]\s*(?P<month>\d{1,2}|"
    r"[一二三四五六七八九十]{1,3})\s*(?:[月.\-/]\s*(?:(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日?)?)?\s*[)）]?"
)
_PUBLISHED = re.compile(
    r"(?:发布|发表|发文)(?:时间|日期|于)?\s*[：:]?\s*(?P<date>(?:19|20)\d{2}[年.\-/]\d{1,2}[月.\-/]\d{1,2})"
)
_CHINESE_DIGITS = str.maketrans("〇○Ｏ零一二三四五六七八九", "0000123456789")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the text of a report and after it, and the lines between. `notes` are for a person's eye."""

    title: Passage
    body: tuple[CleanedLine, ...]
    publisher: str = ""
    published_on: datetime.date | None = None
    signature: tuple[Passage, ...] = ()
    notes: tuple[Note, ...] = ()


def split_head(lines: Sequence[CleanedLine], noise: Sequence[Noise]) -> Head:
    """Return the title, the signature and the lines of the report proper."""
    title, rest = _take_title(lines)
    head_lines, rest = _take_signature_lines(rest, limit=3, from_end=False)
    tail_lines, rest = _take_signature_lines(rest, limit=3, from_end=True)
    signature = [*head_lines, *tail_lines]
    publisher, published_on = "", _find_published(noise)
    notes: list[Note] = []
    for line in signature:
        organisation, date, is_partial = _read_signature(line.text)
        publisher = organisation or publisher
        if date and published_on is None:
            published_on = date
            notes.append(Doubt("落款的日期就是发布日期吗？", date.isoformat(), line.text, "published_on"))
        if is_partial:
            notes.append(f"落款只有年月（{line.text}），没有当作发布日期")
    if not publisher and title:
        publisher = find_organisation(title.text)
        if publisher:
            notes.append("发布单位取自标题")
    return Head(title, tuple(rest), publisher, published_on, tuple(line.passage for line in signature), tuple(notes))


def _take_title(lines: Sequence[CleanedLine]) -> tuple[Passage, list[CleanedLine]]:
    """Return the title and the other lines; a title may be broken into two lines, or run into the first paragraph."""
    if not lines:
        return EMPTY_PASSAGE, []
    first, rest = lines[0], list(lines[1:])
    if not _may_be_title(first):
        led = _LED_BY_TITLE.match(first.text) if first.origin is Origin.TEXT and not match_marker(first.text) else None
        if led is None or any(mark in led.group("title") for mark in SENTENCE_ENDS):
            return EMPTY_PASSAGE, list(lines)
        after = CleanedLine(first.passage.cut(led.end()).strip(), is_indented=True)
        return first.passage.cut(*led.span("title")), [after, *rest]
    title = first.passage
    if rest and _continues_title(first, rest[0]):
        is_subtitle = (
            rest[0].text[0] in "—-–" or _TITLE_WORDS.search(first.text) or not find_organisation_end(first.text)
        )
        gap = [Passage(" ", rest[0].passage.at[:1])] if is_subtitle and rest[0].text[0] not in "—-–" else []
        title = join_passages([title, *gap, rest[0].passage])
        rest = rest[1:]
    return title, rest


def find_organisation_end(text: str) -> bool:
    """Return whether a line is the name of an organisation, or ends with one."""
    return bool(
        re.search(
            r"(?:委员会|联合会|总工会|工会|妇联|残联|团委|委|协会|办公室|中心|局|学院|学校|大学|公司|共青团|关于)$",
            text,
        )
    )


def _may_be_title(line: CleanedLine) -> bool:
    text = line.text
    if line.origin is not Origin.TEXT or len(text) > _TITLE_LIMIT or match_marker(text) or line.number:
        return False
    if _SALUTATION.fullmatch(text) or _is_signature(text):
        return bool(find_organisation_end(text)) and not _DATE.fullmatch(text)
    return text[-1] not in "。；;：:，,、！!" or (text[-1] in "！!" and len(text) <= 30)


def _continues_title(first: CleanedLine, following: CleanedLine) -> bool:
    text = following.text
    if following.origin is not Origin.TEXT or len(text) > 50 or following.number:
        return False
    if text[0] in "—–" or text.startswith("--"):
        return is_heading_like(text.lstrip("—–- "))
    if following.level or match_marker(text) or not is_heading_like(text) or _is_signature(text):
        return False
    return not _TITLE_WORDS.search(first.text) and bool(_TITLE_WORDS.search(text))


def _take_signature_lines(
    lines: list[CleanedLine], *, limit: int, from_end: bool
) -> tuple[list[CleanedLine], list[CleanedLine]]:
    """Return the lines of organisation and date at one end, and the others."""
    taken: list[CleanedLine] = []
    rest = list(lines)
    while rest and len(taken) < limit:
        line = rest[-1 if from_end else 0]
        if line.origin is not Origin.TEXT or not _is_signature(line.text):
            break
        taken.append(rest.pop(-1 if from_end else 0))
    return (taken[::-1] if from_end else taken), rest


def _is_signature(text: str) -> bool:
    organisation, date, is_partial = _read_signature(text)
    return bool(organisation or date or is_partial)


def _read_signature(text: str) -> tuple[str, datetime.date | None, bool]:
    """Return the organisation and the date of a line that holds these and nothing else; whether the day is missing."""
    if len(text) > 50:
        return "", None, False
    found = _DATE.search(text)
    name = text
    date, is_partial = None, False
    if found and found.end() == len(text) and re.search(r"[月.\-/]", found.group()):
        date = _read_date(found)
        is_partial = date is None and not found.group("day")
        name = text[: found.start()]
    name = name.strip(" （()）")
    if not name:
        return "", date, is_partial
    organisation = name if find_organisation(name, is_whole=True) == name else ""
    return (organisation, date, is_partial) if organisation else ("", None, False)


def _read_date(found: re.Match[str]) -> datetime.date | None:
    try:
        year = int(found.group("year").translate(_CHINESE_DIGITS))
        return datetime.date(year, _read_number(found.group("month")), _read_number(found.group("day") or ""))
    except ValueError:
        return None


def _read_number(text: str) -> int:
    if text.isdigit() or not text:
        return int(text)
    marker = match_marker(f"{text}、")
    return marker.ordinal if marker else int(text)


def _find_published(noise: Sequence[Noise]) -> datetime.date | None:
    """Return the date of publication that a page states: 发布时间：2024-01-12, or the date alone in its own place."""
    for piece in noise:
        found = _PUBLISHED.search(piece.passage.text)
        stated = found.group("date") if found else piece.passage.text.strip() if piece.reason == SITE else ""
        date = _DATE.match(stated)
        if date and date.group("day"):
            return _read_date(date)
    return None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The period and kind of a report; `period` is empty where the text does not tell it."""

    period: str
    kind: Kind
    notes: tuple[Note, ...] = ()


def derive_coverage(
    title: str, *, headings: Sequence[str], lead: str, noise: Sequence[Noise], name: str, foot: str
) -> Coverage:
    """Return the period and kind: from the title, else from headings, set-apart titles, the lead, the file's name."""
    named = title
    notes: list[Note] = []
    period = find_period(title)
    if not period:
        for evidence, where in _list_evidence(headings, lead, noise, name):
            period = find_period(evidence) or (find_years(evidence)[:1] or [""])[0]
            if period:
                notes.append(_doubt_period(period, f"时段取自{where}", evidence))
                if where != "开头":
                    named = f"{title} {evidence}" if _TITLE_WORDS.search(evidence) else title
                break
    if not period:
        period = _find_before_plan(headings)
        if period:
            notes.append(_doubt_period(period, "时段由下一步安排的年份推出"))
    if not period:
        period = _find_by_date(foot)
        if period:
            notes.append(_doubt_period(period, "时段由落款的日期推出", foot))
    if period and "-" not in period:
        later = [h for h in headings if find_span(h) in ("H2",) and not find_years(h)]
        if later and not any(int(y) > int(period) for h in headings for y in find_years(h)) and "年度" not in title:
            period = f"{period}-H1"
            notes.append(_doubt_period(period, f"标题没有说上半年，但有“{_shorten(later[0])}”一节", later[0]))
    kind = find_kind(named, period=period)
    return Coverage(period, kind, tuple(notes))


def _doubt_period(period: str, why: str, source: str = "") -> Doubt:
    return Doubt(f"{why}：报告讲的是{parse_period(period).name}吗？", period, source, "period", Weight.FACT)


def _list_evidence(headings: Sequence[str], lead: str, noise: Sequence[Noise], name: str) -> list[tuple[str, str]]:
    set_apart = [
        n.passage.text for n in noise if n.reason in (PROMOTION, REPEATED, SITE) and _TITLE_WORDS.search(n.passage.text)
    ]
    done = [
        h
        for h in headings
        if re.search(r"总结|回顾|情况|完成|做法|成效", h) and not re.search(r"计划|打算|安排|思路", h)
    ]
    return [
        *((text, "页面上的标题") for text in set_apart),
        *((text, "小标题") for text in done),
        *([(name, "文件名")] if _TITLE_WORDS.search(name) else []),
        *([(lead[:120], "开头")] if lead else []),
        (name, "文件名"),
    ]


def _find_by_date(foot: str) -> str:
    """Return the year that a report dated so tells of: its own, or in the first months the one before."""
    found = _DATE.search(foot)
    if not found:
        return ""
    year = int(found.group("year").translate(_CHINESE_DIGITS))
    return str(year - 1 if _read_number(found.group("month")) <= _LAST_MONTH_OF_LOOKING_BACK else year)


def _find_before_plan(headings: Sequence[str]) -> str:
    years = [int(y) for h in headings if re.search(r"计划|打算|安排|思路|要点|展望", h) for y in find_years(h)]
    return str(min(years) - 1) if years else ""


def _shorten(text: str) -> str:
    return text if len(text) <= 20 else text[:20] + "…"
