"""Where a text turns, without a heading, from what was done to what is lacking, or to what comes next."""

from __future__ import annotations

import re

from nianbao.importing.roles import find_years
from nianbao.model import Role
from nianbao.text.sentences import split_sentences

_LACKS = "问题|不足|短板|弱项|差距|困难|薄弱环节|薄弱点|挑战|短缺"
_LACKING = re.compile(
    rf"(?:存在|面临|还有|仍有|尚有|也有|有着|依然有|发现)(?:着|了|一些|一定|不少|诸多|许多|很多|较多|几个|几方面|以下|如下|明显|较大|较为|突出|不容忽视|亟待解决|方面|个|些|的|[一二三四五六七八九十\d几]+)*"
    rf"(?:[^，。；：]{{0,10}}|[^。；：]{{0,50}}?等[^，。；：]{{0,4}})(?:{_LACKS})"
    r"|(?:清醒|深刻|客观|冷静)地?(?:看到|认识到|意识到)|(?:也要|也应|还要|还应|更要|同时)(?:清醒地?|深刻)?(?:看到|认识到)"
    rf"|^(?:当前|目前|工作中|存在|主要|突出|我们的?)?的?(?:{_LACKS})(?:[和与及、](?:{_LACKS}))*(?:主要)?(?:[：:]|在于|是|有|表现)"
    rf"|(?:差距|不足|问题|短板)(?:还|仍|依然)(?:较大|不小|不少|明显|突出|存在)|与[^，。]{{4,40}}相比[^。]{{0,30}}(?:差距|不足)"
)
_SOLVING = re.compile(r"解决|破解|化解|攻克|补齐|排查|针对|反映|克服|帮助|纾解|整改|聚焦.{0,10}问题|查摆")
_AHEAD = re.compile(
    r"(?:下一?步|下一?阶段|下半年|下学期|明年|来年|新的一年|接下来|今后(?!.{0,4}打下)|展望(?:未来|新的一年|20\d\d|明年))[^。；]{0,50}?(?:将|要|打算|计划|重点|着力|力争|继续|做好|抓好|围绕|坚持|紧盯|争取|以|工作)"
)
_YEAR_AHEAD = re.compile(
    r"(?P<year>20\d\d|二[〇○零0][一二三四五六七八九〇○零0]{2}|20[×xX*＊]{2}|[×xX*＊]{4})年[，,]?[^。；]{0,60}?(?:将|要|打算|计划|重点|力争|继续|抓好|做好|围绕|坚持以)"
)
_LONGEST = 140
# A whole report in one paragraph turns inside it, and says so.
_ONE_PARAGRAPH = 400
_LOOKING_BACK = re.compile(
    r"(?:回顾|总结|反思|审视|对照|对标|虽然|尽管|在(?:肯定|总结|看到|取得)|同时[，,]?|但(?:是)?[，,]?)"
)


def find_turns(text: str, *, year: int | None, begun: Role | None = None) -> tuple[tuple[int, Role], ...]:
    """Return where the sentences of a paragraph begin that turn to problems or to plans, with the role, in order.

    A paragraph turns at its beginning, or where it goes on from problems to plans: elsewhere in it, a sentence that
    looks ahead belongs to what it stands with. `year` is the report's own, where it is known; `begun` the role that the
    paragraph has from its heading, where that promises a second one.
    """
    turns: list[tuple[int, Role]] = []
    for start, end in split_sentences(text):
        sentence = text[start:end].lstrip()
        role = _find_role(sentence, year=year)
        last = turns[-1][1] if turns else begun
        if role is None or role is last:
            continue
        if start and last is None and not (len(text) > _ONE_PARAGRAPH and _is_told(sentence, role)):
            continue
        if last is Role.PLAN:
            break
        turns.append((start, role))
    return tuple(turns)


def _is_told(sentence: str, role: Role) -> bool:
    return role is Role.PROBLEMS and bool(_LOOKING_BACK.match(sentence))


def _find_role(sentence: str, *, year: int | None) -> Role | None:
    head = sentence[:_LONGEST]
    ahead = _AHEAD.match(head)
    if ahead and not _LACKING.match(head):
        return Role.PLAN
    later = _YEAR_AHEAD.match(head)
    if later and year and any(int(named) > year for named in find_years(later.group("year") + "年")):
        return Role.PLAN
    lacking = _LACKING.search(head)
    if lacking and not _SOLVING.search(head[: lacking.end() + 6]) and not find_years(head[: lacking.start()][:6]):
        return Role.PROBLEMS
    return None
