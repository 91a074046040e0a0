"""What a quantity counts, in the words of its own sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nianbao.text.numerals import Quantity

_LABEL_LIMIT = 26
_REACH = 72
_SHORT_NOUNS = frozenset("村校县镇乡户站")
_BREAKS = re.compile(r"[，。；！？,;!?：:\n…]|——")
_QUOTED = re.compile(r"[“《‘「][^”》’」]*[”》’」]")
_BRACKETED = re.compile(r"^[（(][^（()）]*[)）]")
_HIDDEN = "\x00"
# Where the thing counted ends and what it did begins: 名大学生|参加……
_AFTER_NOUN = re.compile(
    r"牵线|圆梦|办好|办理|落实|荣获|获得|获评|获(?!奖)|被|在(?![校职册岗读编家逃])|赴|到(?!位)|向|对(?!象)|把|将|从(?!业|事)|走进|深入|参加|参与|参训|参赛|开展|举办|完成|进行|"
    r"接受|加入|组成|(?<![团党会层织])组织|推优|入(?=选|党|团|围|驻|会|职|学)|成为|提供|给予"
    r"|受到|得到|受益|受助|表彰|通过|达成|实现|上演|上岗|以(?:上|下|来|优|国|.{1,8}为)|用于|左右|其中|等(?![级教奖])|进(?=社区|校园|企业|村|机关|军营|"
    r"家庭|站)|发放|送(?=去|上|到)|积极(?!分子)|踊跃|主动|成功|顺利|脱颖|评为|签约|结对|建言|下沉|奔赴|担任|投入|分别|均|全部|已|可以|能够"
    r"|认领|捐|助力|服务(?=我|全|于|群众|社区|[大各企])|构建|落地|有(?![效关机色])|是|为|让|使|高(?=质量|标准|频次|效|水平)|与(?=.{0,6}(?:结|对|"
    r"联|签))|涵盖|覆盖|惠及|吸引|带动|按|经|率先|正式|暑假|寒假|组建|建立|形成|打造|持证|取得|的(?=.{0,3}(?:目标|任务|要求|比例))|年(?=均)|每|（|\(|"
    r"、|\d|[一二三四五六七八九十百]+(?=[名个家支场次项])"
)
_TOTALLING = re.compile(r"共|合计|总计|累计")
_VERBS = (
    "开展|举办|召开|承办|组织(?!建设|改革|力|覆盖|生活|关系|化|体系)|发放|发布|发表|刊发|刊登|推送|印发|制定|出台|建立|建成|设立|成立|组建|打造|选派|选树|推荐|"
    "聘任|聘请|选聘|招募|招收|吸引|带动|惠及|解决|处理|化解|受理|调解"
    "|督促|指导|帮助|提供|投入|评选出|评选|表彰|争创|配备|推出|联合|实施|上线|制作|拍摄|征集|收集|筹集|筹措|募集|争取到?|培育|培养|孵化|认定|授予|命名|获评|荣获|"
    "获得|覆盖|关心关爱|关爱|帮扶(?!资金|项目|活动|对象)|慰问(?!金|品|活动)|走访|举行|完成|实现|收到|新建|挂牌|设置|"
    "建设(?=[“\u4e00-\u9fff]{0,4}青年)|输送|编发|转发|推动|推进|促成|达成|签订"
)
_VERB = re.compile(_VERBS)
_LEADING = re.compile(
    r"^(?:先后|累计|共计|总计|合计|一共|全年|今年以来|今年|以来|年内|目前|截至目前|现有|现|共|已|还|并|再|又|也|其中|同时|此外|另外|另|成功|积极|有效|扎实|深入|"
    r"常态化|高质量|高标准|各类|各级|走访慰问|慰问|走访|培训|服务|出|了|的|和|与|及|等|、)+(?=\S)"
)
_TRAILING = re.compile(
    r"(?:累计|共计|总计|合计|总数|约|近|超过?|突破|达到?|有|为|共|已|等共?|各|计|仅|逾|达成|至|到|了|的|总|不少于|不低于|大于|低于|高于|同比|增加|增长|提高|下降|分别|[（(、]|\s)+$"
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a quantity counts; [start, end) is the stretch of the text with the quantity and these words."""

    text: str
    start: int
    end: int


def find_label(text: str, quantity: Quantity, *, previous_end: int, next_start: int) -> Label:
    """Return what a quantity counts: the noun after it (5270名|团员), else the words before it (发展团员|650名).

    `previous_end` and `next_start` are where the quantities beside it end and start. The label is never empty: the
    quantity itself stands in where its sentence names nothing.
    """
    after = _find_after(text, quantity, next_start=next_start)
    if after and (len(after.text) >= 2 or after.text in _SHORT_NOUNS):
        return after
    before = _find_before(text, quantity, previous_end=previous_end)
    if before is None and after is None and _TOTALLING.search(text[previous_end : quantity.start]):
        return Label("合计", quantity.start, quantity.end)
    return (
        before
        or after
        or _find_deed(text, quantity)
        or Label(text[quantity.start : quantity.end].strip(), quantity.start, quantity.end)
    )


def _hide_quoted(text: str) -> str:
    """Return the text with what stands in quotation marks hidden, same length."""
    return _QUOTED.sub(lambda found: _HIDDEN * len(found.group()), text)


def _find_after(text: str, quantity: Quantity, *, next_start: int) -> Label | None:
    rest = text[quantity.end : min(quantity.end + _REACH, next_start)]
    bracketed = _BRACKETED.match(rest)
    skipped = bracketed.end() if bracketed else 0
    rest = rest[skipped:]
    if not rest or rest[0] in "，。；！？,;!?：:、）)”’》 等以左上下\n…—":
        return None
    stop = _BREAKS.search(_hide_quoted(rest))
    hidden = _hide_quoted(rest)[: stop.start() if stop else None]
    cut = _AFTER_NOUN.search(hidden)
    noun = rest[: cut.start() if cut else len(hidden)]
    end = quantity.end + skipped + len(noun)
    noun = _balance(noun.strip(" 的、和及与"))
    if not noun or len(noun) > _LABEL_LIMIT:
        noun = noun[:_LABEL_LIMIT]
    return Label(noun, quantity.start, end) if noun else None


def _find_deed(text: str, quantity: Quantity) -> Label | None:
    """Return what those counted did, where nothing else names them: 1人|荣获……奖章."""
    rest = text[quantity.end : quantity.end + _LABEL_LIMIT]
    stop = _BREAKS.search(_hide_quoted(rest))
    deed = rest[: stop.start() if stop else None]
    label = _balance(deed.strip(" 、的"))
    return Label(label, quantity.start, quantity.end + len(deed)) if len(label) >= 2 else None


def _find_before(text: str, quantity: Quantity, *, previous_end: int) -> Label | None:
    floor = max(previous_end, quantity.start - _REACH, 0)
    start, phrase = _last_phrase(text, floor, quantity.start)
    if not phrase and start > floor:
        start, phrase = _last_phrase(text, floor, start - 1)
    hidden = _hide_quoted(phrase)
    verbs = [found.end() for found in _VERB.finditer(hidden) if len(phrase) - found.end() >= 2]
    begin = verbs[-1] if verbs else 0
    lead = _LEADING.match(hidden[begin:])
    begin += lead.end() if lead and len(phrase) - begin - lead.end() >= 2 else 0
    label = phrase[begin:]
    if len(label) > _LABEL_LIMIT:
        begin += _find_late_start(label)
        label = phrase[begin:]
    label = _balance(label.strip("、 ，"))
    return Label(label, start + begin, quantity.end) if label else None


def _last_phrase(text: str, floor: int, end: int) -> tuple[int, str]:
    """Return the last phrase of text[floor:end] without the words that only lead to a number, and where it starts."""
    before = text[floor:end]
    hidden = _hide_quoted(before)
    stops = [found.end() for found in _BREAKS.finditer(hidden)]
    start = stops[-1] if stops else 0
    phrase = before[start:]
    start += len(phrase) - len(phrase.lstrip(" 、和与及"))
    return floor + start, _TRAILING.sub("", before[start:])


def _find_late_start(label: str) -> int:
    """Return where to begin in a long label: at the last list mark or quotation that leaves enough, else by length."""
    marks = [found.start() if found.group() in "“《" else found.end() for found in re.finditer(r"[、“《”》]", label)]
    fitting = [at for at in marks if 4 <= len(label) - at <= _LABEL_LIMIT]
    return fitting[0] if fitting else len(label) - _LABEL_LIMIT


def _balance(label: str) -> str:
    for opening, closing in ("“”", "《》", "（）", "()", "‘’", "【】"):
        if label.count(opening) != label.count(closing):
            label = label.replace(opening, "").replace(closing, "")
    return label.strip("、 ，的")
