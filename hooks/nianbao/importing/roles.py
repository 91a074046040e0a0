"""What headings and titles tell: the role of a part, the period and kind of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.model import Kind, Role

_LACKS = "问题|不足|短板|困难|差距|薄弱环节|瓶颈|教训"
_PROBLEMS = re.compile(
    rf"(?:存在|面临)(?:着|的|一些|突出|主要|明显|薄弱)*.{{0,6}}(?:{_LACKS})|(?:主要|突出|当前|工作|自身)的?(?:{_LACKS}|问题和困难)"
    rf"|^反思[与和及](?:{_LACKS})|^(?:{_LACKS})(?:[与和及、暨之].*|分析|剖析|)$|(?:{_LACKS})(?:[与和及、暨](?:{_LACKS}|下一?步|今后|改进|整改|对策|建议|打算|努力)|之处|及原因)"
)
# Where something is done about it, the lack is no heading's subject: 着力解决突出问题.
_SOLVED = re.compile(r"解决|破解|化解|攻克|补齐|排查|针对|反映|消除|克服|帮助|纾解")
_PLAN = re.compile(
    r"计划|打算|安排|思路|规划(?!落实|实施)|下一?步|下阶段|下一阶段|今后|展望|明年|来年|要点|设想|谋划|努力方向|未来|工作(?:重点|目标|任务)$|改进(?:措施|方向)|整改措施|对策|意见建议|工作建议"
)
_DONE = re.compile(
    r"总结|回顾|完成|开展情况|工作情况|落实情况|进展|做法|成效|成绩|亮点|特色|推进情况|执行情况|实施情况|^主要工作$"
)
_ROLE_HEADING = re.compile(
    r"(?:.{0,16}年度?|.{0,8}20\d\d|上半年|下半年|.{0,8}季度|全年|今年|明年|来年|下一?步|下一?阶段|今后|主要|目前|当前|存在|工作|取得|经验|年度|重点).{0,14}"
    r"(?:总结|计划|打算|安排|思路|要点|展望|设想|回顾|情况|问题|不足|困难|短板|做法|成效|成绩|建议|规划|目标|任务|重点|举措|措施|亮点|方向)"
    r"|(?:存在|面临)(?:的)?(?:主要)?(?:问题|不足|困难|短板).{0,10}"
    r"|(?:问题|不足|短板|困难|差距|反思)(?:[与和及、暨](?:问题|不足|短板|困难|差距|反思|原因|改进|整改|对策|打算|努力方向|措施))+"
    r"|主要工作|(?:今后|改进|努力)(?:的|工作|努力)?方向|不足之处|反思与改进"
)
_YEAR = re.compile(
    r"((?:19|20)\d{2})\s*[年—–\-~－]|((?:19|20)\d{2})(?=(?:年度|工作|上半年|下半年))|(?<=[望首顾说点])((?:19|20)\d{2})(?![\d年])|([二][〇○Ｏ零0][〇○Ｏ零0一二三四五六七八九]{2})\s*年"
)
_LEADING_YEAR = re.compile(r"^((?:19|20)\d{2})(?!\d)")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_CHINESE_YEAR = str.maketrans("二〇○Ｏ零一三四五六七八九", "2000013456789")
_SPANS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("H1", re.compile(r"上半年|(?<!\d)[1一]\s*[-—–~－至到]+\s*[6六]\s*月|半年(?:度)?工作")),
    ("H2", re.compile(r"下半年|(?<!\d)[7七]\s*[-—–~－至到]+\s*(?:12|十二)\s*月")),
    ("Q3", re.compile(r"(?:第?三|第?3|前三)(?:个)?季度|(?<!\d)[17一七]\s*[-—–~－至到]+\s*[9九]\s*月")),
    ("Q1", re.compile(r"(?:第?一|第?1|首)(?:个)?季度|(?<!\d)[1一]\s*[-—–~－至到]+\s*[3三]\s*月")),
    ("Q2", re.compile(r"(?:第?二|第?2)(?:个)?季度|(?<!\d)[4四]\s*[-—–~－至到]+\s*[6六]\s*月")),
    ("Q4", re.compile(r"(?:第?四|第?4)(?:个)?季度|(?<!\d)(?:10|十)\s*[-—–~－至到]+\s*(?:12|十二)\s*月")),
)  # fmt: skip
_SUMMARY = re.compile(r"(?:工作)?(?:总结|报告|汇报|述职|小结|回顾|情况|完成|自查)")
_TOPICS = re.compile(
    r"改革|专项|专题|党建|党风|廉政|意识形态|法治|普法|依法|安全生产|信访|平安|宣传思想|志愿服务|心理健康|乡村振兴|扶贫|脱贫|禁毒|防溺水|创建|整治|行动|培训|巡察|巡视"
    r"|主题教育|学习教育|项目|资助|助学|维权|信息化|统战|精神文明|文明城市|青马|少先队|康复|就业|创业|换届|政务公开|信息公开|绩效|预算|疫情|防控|防汛|环保|双拥|关爱|帮扶"
    r"|节|月(?!度)|周|年活动|试点|推优|评选|档案|保密|两癌|婚恋|家庭教育|未成年人保护|权益|产业工人|职工之家|技能|竞赛|无障碍|调研|学雷锋|暑期|三下乡|西部计划|作风|营商环境|河长|督查|整改|换发|赛事|调解|法律援助|社区矫正|安置帮教|应急|消防|食品安全|垃圾分类|人居环境|文明实践|养老|儿童福利|妇幼|健康教育|献血|德育|师德|双减|课后服务|语言文字|女职工|劳模|厂务公开|建议提案|提案办理|移风易俗|反邪教|反诈|扫黑除恶|集体协商|困难职工|送温暖"
)
_GENERIC = re.compile(
    r"共青团|团[区县市州旗省]?委|青联|学联|妇联|妇女联合会|妇女儿童|妇儿|妇女|残联|残疾人联合会|残疾人|总工会|工会|群团|关工委|关心下一代|红十字会?|科协|科学技术协会|侨联|"
    r"工商联|文联|社科联|年度|全年|上半年|下半年|半年"
)
_ORGANISATION = re.compile(
    r"[\u4e00-\u9fffXx×*＊○]{0,30}?(?:共青团[\u4e00-\u9fffXx×*＊]{0,12}委(?:员会)?|委员会|联合会|总工会|工会|妇联|残联|团委|"
    r"团[区县市州旗省工]?委|共青团[\u4e00-\u9fffXx×*＊]{0,12}委(?:员会)?|科协|文联|侨联|工商联|红十字会|关工委|协会|街道办事处|人民政府|党委|办公室|"
    r"服务中心|中心|局|学校|小学|中学|幼儿园|医院|学院|大学|集团|公司|办事处)"
)


def is_role_heading(text: str) -> bool:
    """Return whether a heading names what a part is for: 2024年工作安排, 存在的问题, 下一步打算."""
    return len(text) <= 30 and bool(_ROLE_HEADING.fullmatch(text.rstrip("：:。 ")))


def find_role(title: str, *, year: int | None, is_long: bool = False) -> tuple[Role | None, bool]:
    """Return the role that a title tells, and whether it is sure; None when it tells none.

    A title that names a later year than the report's is a plan's. `is_long`: a whole sentence, which tells little.
    """
    if is_long:
        return None, False
    years = [int(y) for y in find_years(title) or _LEADING_YEAR.findall(title.translate(_FULL_WIDTH))]
    has_problems = bool(_PROBLEMS.search(title)) and not _SOLVED.search(title)
    has_plan = bool(_PLAN.search(title)) and not _DONE.search(title)
    is_later = bool(year and years and max(years) > year and not (_DONE.search(title) and min(years) <= year))
    if has_problems:
        if not has_plan:
            return Role.PROBLEMS, True
        # 存在不足与努力方向 begins with the one and turns to the other.
        first = min((found.start(), role.value, role) for role, found in _find_both(title))
        return first[2], False
    if is_later or has_plan:
        return Role.PLAN, True
    return (Role.RESULTS, True) if _DONE.search(title) else (None, False)


def _find_both(title: str) -> Iterator[tuple[Role, re.Match[str]]]:
    for role, pattern in ((Role.PROBLEMS, _PROBLEMS), (Role.PLAN, _PLAN)):
        if found := pattern.search(title):
            yield role, found


def find_years(text: str) -> list[str]:
    """Return the years that a text names, in order, in Arabic digits."""
    years = []
    for found in _YEAR.finditer(text.translate(_FULL_WIDTH)):
        raw = found.group(1) or found.group(2) or found.group(3) or found.group(4).translate(_CHINESE_YEAR)
        years.append(raw)
    return years


def find_span(text: str) -> str:
    """Return the part of a year that a text names first: H1, Q3 …; empty when it names none."""
    found = [
        (match.start(), name) for name, pattern in _SPANS if (match := pattern.search(text.translate(_FULL_WIDTH)))
    ]
    return min(found)[1] if found else ""


def find_period(title: str) -> str:
    """Return the period that a title tells; empty when it tells none.

    Of a title with two years (…2023年总结及2024年计划) the first counts: it is the one that was lived through.
    """
    years = find_years(title)
    if not years:
        return ""
    head = title
    if len(set(years)) > 1 or re.search(r"下半年|下一?[步阶]|第[二三四]季度", title):
        # What comes after the summary's name is the plan's span, not the report's.
        parted = re.split(r"总结|汇报|情况|报告|小结", title, maxsplit=1)
        head = parted[0] if find_years(parted[0]) else title
    if re.search(r"(?:19|20)\d{2}\s*[-—–~－至到]+\s*(?:19|20)\d{2}\s*年(?!\s*度?\s*学年|学)", title):
        return ""
    span = find_span(head)
    return f"{years[0]}-{span}" if span else years[0]


def find_kind(title: str, *, period: str) -> Kind:
    """Return the kind of a report: interim for a part of a year, thematic when its title names one topic."""
    if "-" in period or (not period and find_span(title)):
        return Kind.INTERIM
    return Kind.THEMATIC if find_topic(title) else Kind.ANNUAL


def find_topic(title: str) -> str:
    """Return the topic that a title puts before 工作总结 (基层组织改革); empty for a report on all the work."""
    summary = _SUMMARY.search(title)
    head = title[: summary.start()] if summary else title
    head = re.sub(r"(?:(?:19|20)\d{2}|二[〇○零0].{2})\s*年?度?|关于|工作$|[的“”‘’《》（）()\s]", "", head)
    organisation = _ORGANISATION.match(head)
    if organisation:
        head = head[organisation.end() :]
    head = _GENERIC.sub("", head)
    if organisation and re.search(r"[小中]学|学校|学院|大学", organisation.group()):
        head = head.replace("少先队", "")  # a school's own organisation, and no topic of it
    return head if _TOPICS.search(head) else ""


_PLACED = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:省|市|县|区|旗|州|盟|镇|乡|街道)|大学|学院|学校|集团|公司|中国|中央|全国|中华"
)
_VAGUE = re.compile(r"[某Xx×*＊○]|^(?:我|全|本|该)")


def find_organisation(text: str, *, is_whole: bool = False) -> str:
    """Return the organisation that a title begins with, where it is named in full; empty where it is not, or masked.

    `is_whole`: the text is to be the name and nothing else, and a short one (团县委) will do.
    """
    found = _ORGANISATION.fullmatch(text) if is_whole else _ORGANISATION.match(re.sub(r"^关于", "", text))
    if not found or len(found.group()) > 30:
        return ""
    name = found.group()
    if is_whole:
        return name
    bare = re.sub(r"^(?:中国)?共(?:青团|产主义青年团)|[的在]", "", name)
    return name if _PLACED.search(bare) and not _VAGUE.search(name) else ""
