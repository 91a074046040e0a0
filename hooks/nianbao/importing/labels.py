"""What a quantity counts, in the words of its own sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

import rjieba

from nianbao.text.numerals import Quantity

_LABEL_LIMIT = 26
_REACH = 72
_SHORT_NOUNS = frozenset("村校县镇乡户站")
_BREAKS = re.compile(r"[，。；！？,;!?：:\n…]|——")
_SENTENCE_BREAKS = re.compile(r"[。；！？!?\n]")
_QUOTED = re.compile(r"[“《‘「][^”》’」]*[”》’」]")
_BRACKETED = re.compile(r"^[（(][^（()）]*[)）]")
_HIDDEN = "\x00"
_RISES = (
    "增加|增长|提高|提升|上升|扩大|扩充|发展|壮大|上涨|拓展|延长|扩展|跃升|攀升|上调|增收|扩|升|增|降低|下降|减少"
    "|压缩|缩短|缩减|下调|回落|降|减"
)
# Where the thing counted ends and what it did begins: 名大学生|参加……
_AFTER_NOUN = re.compile(
    r"牵线|圆梦|办好|办理|落实|荣获|获得|获评|获(?!奖)|被|在(?![校职册岗读编家逃])|赴|到(?!位)|向|对(?!象)|把|将"
    r"|从(?!业|事)|走进|深入|参加|参与|参训|参赛|开展|举办|完成|进行|"
    r"接受|加入|组成|(?<![团党会层织])组织|推优|入(?=选|党|团|围|驻|会|职|学)|成为|提供|给予"
    r"|受到|得到|受益|受助|表彰|通过|达成|实现|上演|上岗|以(?:上|下|来|优|国|.{1,8}为)|用于|左右|其中"
    r"|等(?![级教奖])|进(?=社区|校园|企业|村|机关|军营|"
    r"家庭|站)|发放|送(?=去|上|到|喜|教|医|货)|积极(?!分子)|踊跃|主动|成功(?!率)|顺利|脱颖|评为|签约|结对|建言"
    r"|下沉|奔赴|担任|投入|分别|均|全部|全额|已|可以|能够"
    r"|认领|捐|助力|服务(?=我|全|于|群众|社区|[大各企])|构建|落地|有(?![效关机色])|是|为|让|使|高(?=质量"
    r"|标准(?!农田)|频次|效|水平)|与(?=.{0,6}(?:结|对|"
    r"联|签))|涵盖|覆盖|惠及|吸引|带动|按|经(?![费济营理典])|率先|正式|暑假|寒假|组建|建立|形成|打造|持证|取得"
    r"|的(?=.{0,3}(?:目标|任务|要求|比例))|年(?=均)|每|（|\(|"
    r"、|\d|[一二三四五六七八九十百]+(?=[名个家支场次项])|选派|领办|设立|照单|未(?=[通实建办成])|年内|免费(?=赠|发"
    r"|提供|办|送|为)|投身|沉浸|上门|增收|致富|落户|创收|返乡(?=创业|就业$)|列入|纳入|建成|竣工|投用|投产"
)
# What follows a number and is neither a noun nor begins one.
_NO_NOUN = frozenset("大关 任务 左右 上下 以上 以下 目标 不等 班次 次数 之多".split())
_NOMINAL_VERBS = frozenset(
    "调解 帮扶 服务 培训 宣讲 救助 就业 创业 实践 指导 监测 维权 康复 教育 宣传 管理 示范 试点 招聘 直播 志愿 "
    "共建 研究 调研 竞赛 比赛 展览 演出 巡演 慰问 走访 "
    "检查 督查 巡查 评选 合作 交流 联谊 托管 代表 专职 兼职 参赛 参保 在册 注册 见习 实习 务工 脱贫 监督 矫正 "
    "信访 来电 来信 来访 安置 扶持 资助 助学 建设 改造 监护 养老 特教 研学 公益 学习 活动 工作 联络 驻村 流动 "
    "留守 困难 失业 失独 残疾 新增 重点 优秀 先进 骨干 青年 团队 科普 普法 体验 阅读 观影 征文 观众 听众".split()
)
# Who is counted, whatever verb stands before: 返乡大学生, 待业青年.
_PERSON = re.compile(
    r"(?:[学医师考新]生|人?员|者|人|青年|少年|儿童|学子|群众|干部|代表|骨干|家庭|户|职工|妇女|老人|教师|教练|同志"
    r"|居民|村民|农民|能手|标兵|英才|学徒|家长|女性|男性|孤儿|患者|子女)$"
)
_SHORT_PHRASE = 6
_TOTALLING = re.compile(r"共|合计|总计|累计")
_VERBS = (
    "开展|举办|召开|承办|组织(?!建设|改革|力|覆盖|生活|关系|化|体系)|发放|发布|发表|刊发|刊登|推送|印发|制定|出台"
    "|建立|建成|设立|成立|组建|打造|选派|选树|推荐|"
    "聘任|聘请|选聘|招募|招收|吸引|带动|惠及|解决|处理|化解|受理|调解(?!室|员|委|组织|中心|成功|率)"
    "|督促|指导|帮助|提供|投入|评选出|评选|表彰|争创|配备|推出|联合|实施|上线|制作|拍摄|征集|收集|筹集|筹措|募集"
    "|争取到?|培育|培养|孵化|认定|授予|命名|获评|荣获|"
    "获得|覆盖(?!率)|关心关爱|关爱|帮扶(?!资金|项目|活动|对象)|慰问(?!金|品|活动)|走访|举行|完成(?!率)|实现|收到"
    "|新建|挂牌|设置|"
    "建设(?=[“\u4e00-\u9fff]{0,4}青年)|输送|编发|转发|推动|推进|促成|达成|签订|开办|新办|创办|开设|开通|依托"
    "|修订完善|修订|出版|创成|创建成|建设规范化|规范化建设|领办|聘|吸收|排查|整改|清理|培训(?!班|基地|中心|会|师)"
    "|"
    "动员|发动|整合|协调|安排|落实|调动|选出|推选|选拔|涌现出|涌现|接收|接待|受理|办结|查处|追回|挽回|救助(?!站"
    "|金|标准)|资助(?!金|项目)|扶持(?!金|资金)|引进|引入|培植|开发"
)
_VERB = re.compile(_VERBS)
_LEADING = re.compile(
    r"^(?:先后|累计|共计|总计|合计|一共|全年|今年以来|今年|以来|年内|目前|截至目前|现有|现|共|已|还|并|再|又|也"
    r"|其中|同时|此外|另外|另|成功(?!率)|积极|有效|扎实|深入|"
    r"常态化|高质量|各类|各级|走访慰问|慰问|走访|培训(?!班)|服务(?!时长|站|点|队|中心|率)|出|了|的|和|与|及|等|、"
    r"|年均|每年|全区|全县|全市|全镇|全乡|全街道|我区|我县|我市|我镇|"
    r"\d{1,2}[、.．]|(?:19|20)\d\d年(?:度|底)?)+(?=\S)"
)
_TRAILING = re.compile(
    r"(?:累计|共计|总计|合计|总数|约|近|超过?|突破|达到?|有|为|共|已|等共?|各|计|仅|仍|还|逾|达成|至|到|了|的|总"
    r"|不少于|不低于|大于|低于|高于|同比|增加|增长|提高|下降|分别|预计|预|可|全部|均|"
    r"保持在?|稳定在?|维持在?|控制在?|由|从|增至?|降至?|升至?|扩充至?|新增|净增|再增|占|[（(、]|\s)+$"
)
# Words that say how much of a thing there is, and not which.
_GENERIC = frozenset(
    "总数 总量 总额 金额 价值 数量 人数 面积 规模 平均 总值 折价 折合 市值 成功 率 成功率 占比 比例 比率 资金 "
    "经费 投资 总投资 件数 新增 中心 合计 其中 累计 总计 共计 全部".split()
)
_COMPARED = re.compile(
    rf"(?P<subject>.*?)(?P<how>(?:(?:较|比|与)[^，。；]{{1,12}}?(?:相比)?|同比|环比|分别|也|均|再|净|又|年均"
    rf"|每年)*(?:{_RISES}|增幅|降幅|增速|多|少)(?:了|约|近|超过?|达到?|为)*)$"
)
_FROM = re.compile(r"^(?P<subject>.*?)(?:由|从)(?P<when>[^由从]{0,14}?)的?$")
_TO = re.compile(
    rf"^(?P<subject>.*?)(?:由|从)(?P<when>[^由从]{{0,14}}?)(?P<old>[\d.,]+[^，。；]{{1,8}}?)(?:，)?(?:逐步|迅速"
    rf"|稳步|大幅|进一步|快速)?(?:{_RISES}|变|转)(?:到|至|为|成)?了?(?:(?:19|20)\d\d年底?的?|目前的?|现在的?"
    rf"|年底的?)?(?:约|近|超过?)?$"
)
_GOES_UP = re.compile(rf"^[^，。；]{{0,4}}(?:{_RISES}|变|转)(?:到|至|为|成)")
_SHARE_OF = re.compile(r"^(?:占|完成|达到?|超|为|超额完成|仅占|已完成)[^，。；]{2,16}?的?$")
_YEAR_ALONE = re.compile(
    r"^(?:(?:19|20)\d\d年(?:度|底|末)?|去年|上年|今年|当年|上半年|下半年|其中|目前)?(?:为|达到?|有|共|则|就)*$"
)
_DISTRIBUTED = re.compile(
    r"^(?P<subjects>.+?)(?P<how>同比|环比|较[^，。；]{1,8}"
    r"|比[^，。；]{1,8})?分别(?P<verb>[\u4e00-\u9fff]{0,6})(?P<rest>[^\u4e00-\u9fff].*)?$"
)
_RATE = re.compile(r"(?:完成|落实|办结|成功|销号|到位|满意)?(?:率|销号|度)")
_LIST = re.compile(r"[、和与及]")


@dataclass(frozen=True, slots=True)
class Label:
    """What a quantity counts; [start, end) is the stretch of the text with the quantity and these words.

    `is_sure` is False where the sentence names nothing, and the words stand in.
    """

    text: str
    start: int
    end: int
    is_sure: bool = True


def find_label(text: str, quantity: Quantity, *, previous_end: int, next_start: int, previous: str = "") -> Label:
    """Return what a quantity counts: the noun after it (5270名|团员), else the words before it (发展团员|650名).

    `previous_end` and `next_start` are where the quantities beside it end and start, `previous` is the label of the one
    before it. The label is never empty: the quantity itself stands in where its sentence names nothing.
    """
    previous = _plain(previous) if not _SENTENCE_BREAKS.search(text[previous_end : quantity.start]) else ""
    clause_start, clause = _find_clause(text, quantity)
    compared = _find_changed(text, quantity, clause, previous=previous)
    if compared:
        return Label(compared, clause_start, quantity.end)
    between = text[previous_end : quantity.start].strip(" 、和")
    after = _find_after(text, quantity, next_start=next_start)
    if after and (len(after.text) >= 2 or after.text in _SHORT_NOUNS):
        return after
    if previous and previous_end and between in {"", "共", "共计", "合计", "累计", "计"}:
        return Label(previous, previous_end, quantity.end)
    before = _find_before(text, quantity, previous_end=previous_end, previous=previous)
    if before is None and after is None and _TOTALLING.search(text[previous_end : quantity.start]):
        return Label(previous or "合计", quantity.start, quantity.end, is_sure=bool(previous))
    stand_in = text[quantity.start : quantity.end].strip()
    return before or after or _find_deed(text, quantity) or Label(stand_in, quantity.start, quantity.end, is_sure=False)


def _find_clause(text: str, quantity: Quantity) -> tuple[int, str]:
    """Return the words before a quantity in its clause, and where they start."""
    floor = max(0, quantity.start - _REACH)
    before = text[floor : quantity.start]
    stops = [found.end() for found in _BREAKS.finditer(_hide_quoted(before)) if not _is_grouping(before, found)]
    start = stops[-1] if stops else 0
    return floor + start, before[start:]


def _is_grouping(text: str, found: re.Match[str]) -> bool:
    """Return whether a comma stands inside a number: 1,064家."""
    at = found.start()
    return found.group() == "," and text[at - 1 : at].isdigit() and text[at + 1 : at + 4].isdigit()


def _find_changed(text: str, quantity: Quantity, clause: str, *, previous: str) -> str:
    """Return the label of a quantity that is compared: from 68 to 125, up by 7%, 60% of a task; empty for any other."""
    rest = text[quantity.end : quantity.end + _REACH]
    old = _FROM.match(clause)
    if old and _GOES_UP.match(rest):
        subject = _name_subject(text, quantity, old.group("subject"), previous="")
        when = old.group("when").strip("的") or "原"
        return f"{subject}（{when}）" if subject else ""
    new = _TO.match(clause)
    if new:
        return _name_subject(text, quantity, new.group("subject"), previous=previous)
    distributed = _find_distributed(clause)
    if distributed is not None:
        return distributed
    if re.fullmatch(r"[和与、]?", clause[-1:]) and previous and quantity.unit in ("%", "个百分点") and "分别" in clause:
        return ""
    compared = _COMPARED.match(clause)
    if compared and (
        quantity.unit in ("%", "个百分点", "‰", "倍") or re.match("[较比]|同比|环比", compared.group("how"))
    ):
        subject = _name_subject(text, quantity, compared.group("subject"), previous=previous)
        return f"{subject}（{compared.group('how').strip('了约近')}）" if subject else ""
    return _add_to_previous(text, quantity, clause, previous) if previous else ""


def _find_distributed(clause: str) -> str | None:
    """Return the label of a number among several that things share: 一、二级分别增长 3%、5%; None where it is none."""
    shared = _DISTRIBUTED.match(clause)
    if not shared:
        return None
    subjects = _LIST.split(shared.group("subjects"))
    place = len(_LIST.findall(shared.group("rest") or ""))
    how = f"{shared.group('how') or ''}{shared.group('verb')}" if shared.group("how") else ""
    return _clean_noun(subjects[place]) + how if 1 < len(subjects) > place else None


def _add_to_previous(text: str, quantity: Quantity, clause: str, previous: str) -> str:
    """Return the label of a number that tells more of the one before: its share, or that of a year before."""
    if quantity.unit == "%" and _SHARE_OF.match(clause):
        return f"{previous}{clause.strip('的')}"
    if _YEAR_ALONE.match(clause) and text[quantity.end : quantity.end + 1] in "，。；、和）\n":
        when = re.match(r"(?:19|20)\d\d年(?:底|末)?|去年|上年", clause)
        return f"{previous}（{when.group()}）" if when else previous
    return ""


def _name_subject(text: str, quantity: Quantity, subject: str, *, previous: str) -> str:
    """Return a subject as a label; where the clause has none, the one before, else that of the clause before it."""
    name = _clean_noun(subject)
    if len(name) >= 2:
        return name
    if previous:
        return previous
    clause_start, _ = _find_clause(text, quantity)
    earlier = text[max(0, clause_start - _REACH) : max(0, clause_start - 1)]
    stops = [found.end() for found in _BREAKS.finditer(_hide_quoted(earlier))]
    return _clean_noun(_cut_verb(earlier[stops[-1] if stops else 0 :]))


def _cut_verb(phrase: str) -> str:
    """Return the words of a clause before its verb: 妇女议事会|实现全覆盖."""
    found = re.search(
        r"实现|得到|不断|持续|全面|进一步|稳步|显著|明显|更加|日益|有力|有序|建成|完成|达到|位居|居", phrase
    )
    return phrase[: found.start()] if found else phrase


def _plain(label: str) -> str:
    """Return a label without what was added in brackets, and without how it grew."""
    return re.sub(r"（[^（）]*）$", "", _TRAILING.sub("", label)) if label else ""


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
    quote = noun.find("“", 2)
    noun = noun[:quote] if quote > 0 else noun
    end = quantity.end + skipped + len(noun)
    noun = _balance(noun.strip(" 的、和及与"))
    if not noun or noun in _NO_NOUN or not _may_be_noun(noun, is_whole=cut is None):
        return None
    if len(noun) > _LABEL_LIMIT:
        noun = noun[:_LABEL_LIMIT]
    return Label(noun, quantity.start, end)


def _may_be_noun(phrase: str, *, is_whole: bool) -> bool:
    """Return whether words after a number can name what it counts: they do not begin with a verb or an adverb."""
    if phrase[0] == "“":
        rest = phrase[phrase.find("”") + 1 :]
        return not rest or _may_be_noun(rest, is_whole=False)
    words = rjieba.tag(phrase.removeprefix("免费"))
    if not words:
        return False
    word, flag = words[0]
    if flag not in {"v", "d", "vd", "zg", "p"} or word in _NOMINAL_VERBS or len(words) == 1:
        return True
    is_modified = _PERSON.search(phrase) is not None or (is_whole and len(phrase) <= _SHORT_PHRASE)
    return flag == "v" and len(word) > 1 and is_modified


def _find_deed(text: str, quantity: Quantity) -> Label | None:
    """Return what those counted did, where nothing else names them: 1人|荣获……奖章."""
    rest = text[quantity.end : quantity.end + _LABEL_LIMIT]
    stop = _BREAKS.search(_hide_quoted(rest))
    deed = rest[: stop.start() if stop else None]
    label = _balance(deed.strip(" 、的"))
    return Label(label, quantity.start, quantity.end + len(deed)) if len(label) >= 2 else None


def _find_before(text: str, quantity: Quantity, *, previous_end: int, previous: str) -> Label | None:
    floor = max(previous_end, quantity.start - _REACH, 0)
    start, phrase = _last_phrase(text, floor, quantity.start)
    if not phrase and start > floor:
        start, phrase = _last_phrase(text, floor, start - 1)
    label = _clean_noun(phrase)
    if label in _GENERIC or (len(label) == 1 and label not in _SHORT_NOUNS):
        whole = _balance(_LEADING.sub("", phrase).strip("、 ，"))
        if label in {"合计", "其中", "新增", "累计", "总计", "共计", "全部"} and previous:
            label = previous
        elif len(whole) > len(label):
            label = whole[-_LABEL_LIMIT:]
        elif previous:
            label = f"{previous}{label}"
    if len(label) > _LABEL_LIMIT:
        label = label[_find_late_start(label) :]
    label = _balance(label.strip("、 ，"))
    at = text.find(label, start) if label else -1
    return Label(label, at if 0 <= at < quantity.start else start, quantity.end) if label else None


def _clean_noun(phrase: str) -> str:
    """Return a phrase without the verb that leads to its noun, and the words before and after that only link."""
    phrase = _strip_trailing(phrase.strip(" 、，"))
    hidden = _hide_quoted(phrase)
    ends = set(accumulate(map(len, rjieba.cut(phrase)))) if phrase else set()
    verbs = [found.end() for found in _VERB.finditer(hidden) if len(phrase) - found.end() >= 2 and found.end() in ends]
    verbs = [end for end in verbs if not _RATE.match(hidden, end)]
    begin = verbs[-1] if verbs else 0
    lead = _LEADING.match(hidden[begin:])
    begin += lead.end() if lead and len(phrase) - begin - lead.end() >= 2 else 0
    return _balance(phrase[begin:].strip("、 ，"))


def _last_phrase(text: str, floor: int, end: int) -> tuple[int, str]:
    """Return the last phrase of text[floor:end] without the words that only lead to a number, and where it starts."""
    before = text[floor:end]
    hidden = _hide_quoted(before)
    stops = [found.end() for found in _BREAKS.finditer(hidden)]
    start = stops[-1] if stops else 0
    phrase = before[start:]
    start += len(phrase) - len(phrase.lstrip(" 、和与及"))
    return floor + start, _strip_trailing(before[start:])


def _strip_trailing(phrase: str) -> str:
    """Return a phrase without the words before a number that only lead to it; 签约 and 村规民约 keep their 约."""
    found = _TRAILING.search(phrase)
    if not found:
        return phrase
    starts = {0, *accumulate(map(len, rjieba.cut(phrase)))}
    at = found.start()
    while at < len(phrase) and at not in starts:
        at += 1
    return phrase[:at]


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
