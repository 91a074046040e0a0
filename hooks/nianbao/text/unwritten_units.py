"""Numbers whose unit only the words before them say: money (捐资11.2万, 项目经费120万) and readings (点赞1.7万)."""

from __future__ import annotations

from nianbao.text.lazy_pattern import LazyPattern
from nianbao.text.measure_words import NO_UNIT, YUAN, MeasureWord
from nianbao.text.number_reader import ARABIC, CHINESE, SPACES, Number

_LEAST_MONEY = 10**4
_LEAST_READINGS = 10
_REACH = 14
_BEFORE_PLAIN = frozenset([*"数量达到为共计:：约近超过", *SPACES])
_LINKS = rf"(?:了|达到?|[总共累合]计|人民币|为|共|计|已|有|破|约|近|超过?|超過|突破|逾|[:：{SPACES}]){{0,4}}\Z"
_MONEY = LazyPattern(
    r"(?:(?![黄白五千合冶基]金|[爆条新同各两二三]款|[师工]资|[免缴]费|[名份票配员定限超]额|[阈峰数分均颜极]值)[\u4e00-\u9fff][金款资费额值贷债券]"
    r"|收入|投入|营收|税收|[创增]收|[工物]资|补助|补贴|津贴|补偿|赔偿|奖补|奖励|拨付|下拨|到账|到位|损失|利润|利税|纳税|欠薪|授信"
    r"|人民币|码洋|[收上]缴|征收|[筹募]集|筹措|募捐|捐[赠助献]|资助|带货|折价|折合|成交|节约|节支|结余|盈余|[减退]税|预算|决算|支出|开支|成本|造价|总价)"
    + _LINKS
)
_COUNTED_BY = (
    "(?:阅读|浏览|点击|播放|点赞|转发|评论|收听|观看|收看|曝光|访问|下载|关注|注册|传播|转载|留言|互动|参与|参加|受益|覆盖|触达|粉丝|用户"
    "|会员|志愿者|[总人次户件场条篇])总?(?:量|人?数|次数)"
)
_READINGS = LazyPattern(
    rf"(?:{_COUNTED_BY}|点赞|粉丝|转发|评论|阅读|播放|浏览|观看|收看|围观|关注"
    rf"|[观群听]众|游客|旅客|读者|网友|用户|[会团党学队社]员|志愿者|职工|师生|学生|青年|妇女|人口|[村居农]民){_LINKS}"
)
_PLAIN_READINGS = LazyPattern(_COUNTED_BY + _LINKS)
# Nothing may follow that the number could count: 资助5万群众, 投入3万干部; but 投入20万用于…, 筹资36万新建….
_ENDS = LazyPattern(
    rf"(?![0-9０-９A-Za-z%％‰°+＋\-－—~～/／]|[.．:：][0-9０-９]|[{SPACES}]*[\u3400-\u9fff])|[{SPACES}]*(?:以[上下内]|左右|上下)"
)
_SPENT = LazyPattern(
    rf"[{SPACES}]*(?:用[于来以在]|购|建[设成立]|修|改[造建]|实施|支持|帮助?|为|对|给|设立|新[建修购增改]|打造|开展|扶持|慰问|完[善成]|采购"
    r"|奖励|解决|添置|维[修护]|配[备套置]|推[动进]|制作|举办|启动|救助|安装|硬化|扩建|提升|装修|发放)"
)


def find_unwritten_unit(text: str, number: Number) -> MeasureWord | None:
    """Return 元 of money and no unit of readings; None where the words before say neither, or something follows that is
    counted. Only of readings that a word names as a number (阅读量8600) need it be no 万."""
    start, value = number.start, number.value
    if number.factor == 1 and number.kind is ARABIC and text[start - 1 : start] not in _BEFORE_PLAIN:
        return None  # looked at first: most numbers without a unit
    if not start or value is None:
        return None
    is_large = value >= _LEAST_MONEY and (number.factor >= _LEAST_MONEY or number.kind is CHINESE)
    if not is_large and (value < _LEAST_READINGS or number.kind is not ARABIC):
        return None
    floor = max(0, start - _REACH)
    ends = _ENDS.match(text, number.last) is not None
    if not is_large:
        return NO_UNIT if ends and _PLAIN_READINGS.search(text, floor, start) else None
    if (ends or _SPENT.match(text, number.last)) and _MONEY.search(text, floor, start):
        return YUAN
    return NO_UNIT if ends and _READINGS.search(text, floor, start) else None
