"""The head and the foot of a report: title, publisher and date, as far as the text tells them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nianbao.importing.doubts import Doubt, Note
from nianbao.importing.lines import CleanedLine, is_heading_like
from nianbao.importing.matter import (
    ADDRESS,
    FOOT,
    FRAME,
    find_foot,
    find_front,
    find_salutation_end,
    is_close,
    is_frame,
    is_salutation,
)
from nianbao.importing.noise import SITE, Noise
from nianbao.importing.page_furniture import is_furniture, is_head_furniture
from nianbao.importing.roles import find_organisation, is_role_heading
from nianbao.importing.source_text import EMPTY_PASSAGE, Origin, Passage, join_passages
from nianbao.text.outline import match_marker

_TITLE_LIMIT = 80
_TITLE_LINES = 14
_LETTER_LINES = 30
_BESIDE_LINES = 6
_LEFTOVER_LIMIT = 8
_SALUTED_LINES = 4
_ROW = "行"
_TITLE_WORDS = re.compile(
    r"总结|报告|汇报|计划|要点|小结|述职|纪实|回顾|工作情况|完成情况|开展情况|侧记|综述|工作亮点|思路|打算|安排"
    r"|设想|成绩单|答卷|盘点"
)
_NAMED = (
    r"(?:总结|报告|汇报(?:材料|提纲)?|情况|小结|要点|述职)(?:[及和暨与、](?:[^，。：:\s]{2,40}?)(?:计划|打算|安排"
    r"|思路|要点|设想))?(?:的(?:报告|汇报))?"
)
_YEARLY = r"(?:(?:19|20)\d{2}|(?:20)?[xX×＊*]{2,4}|二[〇○零0][〇○零0一二三四五六七八九]{2})\s*年"
# A title that the text follows in the same line: after a blank, or with the words that begin such texts.
_LED_BY_TITLE = re.compile(
    rf"(?P<title>[^\s，。；！？][^，。；！？]{{3,60}}?{_NAMED}(?:[（(][^（()）]{{1,12}}[)）])?)(?:\s+(?=\S.{{20,}})"
    rf"|(?={_YEARLY}(?:度|以来|来|上半年)?[，,]|{_YEARLY}以来|一年来|半年来|今年(?:以来|上半年)?[，,]|过去的?一年"
    rf"|上半年[，,]|近年来))"
)
_ENDS_AS_TITLE = re.compile(
    r"(?:总结|报告|汇报|汇报材料|汇报提纲|情况|小结|要点|述职|计划|安排|打算|思路|回顾|纪实|综述|盘点)(?:的(?:报告"
    r"|汇报|函|通知))?\s*(?:[（(][^（()）]{1,16}[)）])?$"
)
# What a page puts before or after a title.
_TITLE_PREFIX = re.compile(
    r"(?:【[^】]{0,8}】|\[[^\]]{0,8}\]|(?:标\s*题|题\s*目|名\s*称)\s*[：:]|(?:第?[一二三四五六七八九十\d]{1,3}篇"
    r"|篇[一二三四五六七八九十\d]{1,3}|范文[一二三四五六七八九十\d]{0,3})\s*[：:、.\s])\s*"
)
_TITLE_SUFFIX = re.compile(
    r"\s*(?:[（(【\[](?:全文|最新|精选|完整版|推荐|优秀|转载|图|组图|附.{1,8}|摘要|节选|范文|通用"
    r"|原文)[^（()）】]{0,6}[)）】\]]"
    r"|\.(?:docx?|wps|pdf|txt|rtf)$|\s[-_—|–]{1,2}\s?[\u4e00-\u9fffA-Za-z.]{2,20}$|[-_|][\u4e00-\u9fff]{2,14}(?:网"
    r"|网站|平台|政府|频道)$)"
)
# A line that tells a year's work and goes on: …2023年工作总结和2024年工｜作要点.
_NAMED_EARLY = re.compile(
    r"(?:(?:19|20)\d{2}|二[〇○零0][〇○零0一二三四五六七八九]{2})年(?!\s*\d+\s*月).{0,8}(?:工|总|情|报|计|述|度)"
    r"|工作总结|工作报告"
)
_YEAR = re.compile(rf"{_YEARLY}|(?:19|20)\d{{2}}")
_NAME_ALONE = re.compile(r"报告|汇报|总结|说明|函|通知")
# The second line of 2023年工作总结｜2024年工作计划.
_PLAN_ALONE = re.compile(r"(?:19|20)\d{2}年(?:度)?工作(?:计划|打算|安排|要点|思路)")
_KEYED = re.compile(r"[\u4e00-\u9fff]{2,5}\s*[：:]")
_LETTER = re.compile(r"关于(?:报送|上报|呈报|报请|印发|转发|提交)[^。]{2,60}的(?:报告|函|通知|请示)$")
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
    """What stands before the text of a report and after it, and the lines between.

    `notes` are for a person's eye, `apart` what frames the report and is no part of it.
    """

    title: Passage
    body: tuple[CleanedLine, ...]
    publisher: str = ""
    published_on: datetime.date | None = None
    signature: tuple[Passage, ...] = ()
    notes: tuple[Note, ...] = ()
    apart: tuple[Noise, ...] = ()


def split_head(lines: Sequence[CleanedLine], noise: Sequence[Noise]) -> Head:
    """Return the title, the signature and the lines of the report proper; what frames them is set apart."""
    letter, lines = _skip_letter(lines)
    texts = [line.text for line in lines]
    front = find_front(texts)
    apart = [Noise(line.passage, FRAME) for line in letter]
    apart += [Noise(lines[place].passage, FRAME) for place in sorted(front)]
    lines, foot = _cut_foot([line for place, line in enumerate(lines) if place not in front])
    before, title, rest = _take_title(lines)
    apart += [Noise(line.passage, SITE) for line in before]
    head_lines, rest = _take_signature_lines(rest, limit=3, from_end=False)
    rest, beside = _drop_beside_title(rest)
    apart += beside
    rest, addressed = _drop_addresses(rest)
    apart += addressed
    signature = head_lines
    for line in foot:
        if line.origin is Origin.TEXT and _is_signature(line.text) and len(signature) < len(head_lines) + 3:
            signature.append(line)
        else:
            apart.append(Noise(line.passage, FOOT))
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
    return Head(
        title,
        tuple(rest),
        publisher,
        published_on,
        tuple(line.passage for line in signature),
        tuple(notes),
        tuple(apart),
    )


def _skip_letter(lines: Sequence[CleanedLine]) -> tuple[Sequence[CleanedLine], Sequence[CleanedLine]]:
    """Return the letter that sends a report (关于报送《…总结》的报告), signed and dated, and the report itself."""
    is_sent = any(_LETTER.search(line.text) for line in lines[:_TITLE_LINES])
    for place in range(1, min(len(lines), _LETTER_LINES)) if is_sent else ():
        text = lines[place].text
        is_title = len(text) <= _TITLE_LIMIT and _ENDS_AS_TITLE.search(text) and not text.startswith("附")
        if is_title and not match_marker(text) and _is_signature(lines[place - 1].text):
            return lines[:place], lines[place:]
    return (), lines


def _cut_foot(lines: list[CleanedLine]) -> tuple[list[CleanedLine], list[CleanedLine]]:
    """Return the lines up to the foot, and those of the foot."""
    signed = [line.origin is Origin.TEXT and _is_signature(line.text) for line in lines]
    # A row of a table is short, whatever it holds: it neither begins a foot nor ends the text.
    start = find_foot([_ROW if line.origin is Origin.TABLE else line.text for line in lines], signed)
    while start > 1 and _is_leftover(lines[start - 1]) and lines[start - 2].text[-1] in "。；！":
        start -= 1
    return lines[:start], lines[start:]


def _is_leftover(line: CleanedLine) -> bool:
    """Return whether a last line is a word or two of a page, 写留言: no sentence, no heading of anything."""
    if line.origin is not Origin.TEXT or line.level or line.number or match_marker(line.text):
        return False
    is_word = len(line.text) <= _LEFTOVER_LIMIT and not re.search(r"[。；：，、！？\d]", line.text)
    return is_word and not is_role_heading(line.text)


def _drop_beside_title(lines: list[CleanedLine]) -> tuple[list[CleanedLine], list[Noise]]:
    """Return the lines without those of a page between the title and the text: 关键词：…, 字数：…, the site's name."""
    start = 0
    while start < min(len(lines) - 1, _BESIDE_LINES) and _stands_beside(lines[start]):
        start += 1
    return lines[start:], [Noise(line.passage, SITE) for line in lines[:start]]


def _stands_beside(line: CleanedLine) -> bool:
    text = line.text
    if line.origin is not Origin.TEXT or line.level or match_marker(text) or is_role_heading(text):
        return False
    return is_head_furniture(text) or bool(re.fullmatch(r"[^。，]{2,20}(?:网站|门户|官网|频道|公众号|客户端)", text))


def _drop_addresses(lines: list[CleanedLine]) -> tuple[list[CleanedLine], list[Noise]]:
    """Return the lines without words to an audience: 各位代表： at the head, 同志们！ amid it, thanks at its end."""
    rest, apart = list(lines), []
    while rest and rest[-1].origin is Origin.TEXT and is_close(rest[-1].text):
        apart.append(Noise(rest.pop().passage, ADDRESS))
    kept = []
    for place, line in enumerate(rest):
        end = find_salutation_end(line.text) if line.origin is Origin.TEXT else 0
        if place < _SALUTED_LINES and is_salutation(line.text):
            apart.append(Noise(line.passage, ADDRESS))
            continue
        if end:
            apart.append(Noise(line.passage.cut(0, end), ADDRESS))
        kept.append(replace(line, passage=line.passage.cut(end)) if end else line)
    return kept, apart


def _take_title(lines: list[CleanedLine]) -> tuple[list[CleanedLine], Passage, list[CleanedLine]]:
    """Return the lines before the title, the title, and the other lines.

    A title may be broken into lines, or run into the first paragraph. One that names a report (…总结) goes before what
    else stands above the text.
    """
    if not lines:
        return [], EMPTY_PASSAGE, []
    place = _find_title_line(lines)
    before, first, rest = lines[:place], lines[place], lines[place + 1 :]
    led = _find_led_title(first)
    if led is not None:
        after = CleanedLine(first.passage.cut(led.end()).strip(), is_indented=True)
        return before, trim_title(first.passage.cut(*led.span("title"))), [after, *rest]
    if not _may_be_title(first):
        return [], EMPTY_PASSAGE, list(lines)
    title = first.passage
    upper = first
    if before and _is_torn_title(before[-1].text):
        upper = before.pop()
        title = join_passages([upper.passage, title])
    while before and (_is_broken_title(before[-1].text) or _is_centred_title(before[-1], upper)):
        upper = before.pop()
        title = join_passages([upper.passage, title])
    if before and _is_slogan(before[-1].text):
        title = join_passages([before[-1].passage, Passage(" ", before[-1].passage.at[:1]), title])
        before = before[:-1]
    if rest and _continues_title(first, rest[0]):
        is_subtitle = first.text[-1] != "的" and (
            rest[0].text[0] in "—-–" or _TITLE_WORDS.search(first.text) or not find_organisation_end(first.text)
        )
        gap = [Passage(" ", rest[0].passage.at[:1])] if is_subtitle and rest[0].text[0] not in "—-–" else []
        title = join_passages([title, *gap, rest[0].passage])
        rest = rest[1:]
    return before, trim_title(title), rest


def names_report(text: str) -> bool:
    """Return whether a title says that it is a report's: …工作总结, …情况汇报."""
    return bool(_TITLE_WORDS.search(text))


def is_title_like(text: str) -> bool:
    """Return whether a line that a page sets apart is a report's title."""
    return (
        8 <= len(text) <= _TITLE_LIMIT and names_report(text) and "。" not in text and not re.search(r"[>＞»|]", text)
    )


def _find_title_line(lines: Sequence[CleanedLine]) -> int:
    """Return the place of the line that names the report, among the first, before any text; else the first."""
    found = 0
    has_title = False
    for place, line in enumerate(lines[:_TITLE_LINES]):
        if _find_led_title(line):
            return place
        if line.origin is Origin.TABLE or (_KEYED.match(line.text) and not _TITLE_PREFIX.match(line.text)):
            continue
        if line.origin is not Origin.TEXT or len(line.text) > _TITLE_LIMIT or line.number:
            break
        if match_marker(line.text) and line.text[0] not in "—–-":
            break
        if line.text[-1] in "。；;":
            break
        if (line.text[0] in "—–-" or _may_be_title(line)) and _ENDS_AS_TITLE.search(_TITLE_SUFFIX.sub("", line.text)):
            # A page may say the title more than once: the last stands on the text. 2023年工作总结 may be a heading.
            is_same = _TITLE_SUFFIX.sub("", line.text) == _TITLE_SUFFIX.sub("", lines[found].text)
            is_named = _YEAR.search(line.text) and not is_role_heading(line.text)
            if has_title and not is_same and (not is_named or lines[place - 1].text[-1:] in "及和暨与、"):
                continue
            # A slogan above a subtitle (——在…会上的报告) is the title, and the subtitle goes on.
            found, has_title = place - 1 if place and line.text[0] in "—–-" else place, True
    return found


def _find_led_title(line: CleanedLine) -> re.Match[str] | None:
    if line.origin is not Origin.TEXT or match_marker(line.text):
        return None
    return _LED_BY_TITLE.match(line.text)


def _is_torn_title(text: str) -> bool:
    """Return whether a line tells a year's work and breaks off: …2023年工作总结和2024年工｜作要点."""
    is_whole = _ENDS_AS_TITLE.search(_TITLE_SUFFIX.sub("", text)) or re.search(r"[。.：:]", text)
    return len(text) <= 60 and bool(_NAMED_EARLY.search(text)) and not is_whole


def _is_broken_title(text: str) -> bool:
    """Return whether a line before the one that names the report is the first half of its title."""
    return len(text) <= 40 and (
        re.search(r"(?:关于|[及和暨与、的]|(?:19|20)\d{2}年度?)$", text) is not None
        or (find_organisation_end(text) and not re.search(r"网|首页|>", text))
    )


def _is_slogan(text: str) -> bool:
    """Return whether a line above the one that names the report is a slogan in two halves, and so the title's first."""
    return 9 <= len(text) <= 40 and bool(re.search(r"[\u4e00-\u9fff”][ ，！·][“\u4e00-\u9fff]", text)) and not (
        re.search(r"[：:|>＞。]|\d{4}", text) or is_furniture(text)
    )  # fmt: skip


def _is_centred_title(line: CleanedLine, following: CleanedLine) -> bool:
    """Return whether a line is an upper line of a title that is centred by blanks, over several lines."""
    return (
        line.is_indented
        and following.is_indented
        and not line.is_run_on
        and is_heading_like(line.text)
        and not is_frame(line.text)
        and not _is_signature(line.text)
        and match_marker(line.text) is None
    )


def trim_title(title: Passage) -> Passage:
    """Return a title without what a page or a file's name puts before and after it."""
    prefix = _TITLE_PREFIX.match(title.text)
    title = title.cut(prefix.end() if prefix else 0).strip()
    if title.text[:1] == "《" and title.text[-1:] == "》" and title.text.count("《") == 1:
        title = title.cut(1, len(title.text) - 1)
    suffix = _TITLE_SUFFIX.search(title.text)
    return title.cut(0, suffix.start()).strip() if suffix and suffix.start() >= 6 else title


def find_organisation_end(text: str) -> bool:
    """Return whether a line is the name of an organisation, or ends with one."""
    return bool(
        re.search(
            r"(?:委员会|联合会|总工会|工会|妇联|残联|团委|委|协会|学会|研究会|红十字会|办公室|中心|局|学院|学校|大学|小学"
            r"|中学|"
            r"幼儿园|医院|公司|共青团|政府|街道|办事处|镇|乡|社区|分会|支会|党组|党委|党支部|关于)$",
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
    if _PLAN_ALONE.fullmatch(text) or (first.text[-1] == "的" and _NAME_ALONE.fullmatch(text)):
        return bool(_YEAR.search(first.text))
    if text[0] in "—–" or text.startswith("--"):
        return is_heading_like(text.lstrip("—–- "))
    if re.match(r"[及和暨与、]", text) or first.text[-1] in "及和暨与、":
        return bool(_TITLE_WORDS.search(text)) and is_heading_like(text)
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


def find_year_month(text: str) -> tuple[int, int] | None:
    """Return the year and the month of the first date in a text; None where it holds none."""
    found = _DATE.search(text)
    return (int(found.group("year").translate(_CHINESE_DIGITS)), _read_number(found.group("month"))) if found else None


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
