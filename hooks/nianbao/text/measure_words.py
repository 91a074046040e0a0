"""The measure words and units that a number needs to be a quantity, and the longer words they must not be part of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum


class MaskRule(IntEnum):
    """Whether masked digits may stand before the word: **班 and XX站 are names, **名 is a number of people."""

    NEVER = 0
    ONE_SIGN = 1  # *所 is a number, **所 is the masked name of an office
    ALWAYS = 2


@dataclass(frozen=True, slots=True)
class MeasureWord:
    """A unit, normalised, and what may stand before it."""

    unit: str
    mask_rule: MaskRule
    after_chinese_digit: bool  # False: 两节, 三包, 十分 are words, while 12节, 30包, 95分 are quantities
    divisible: bool  # 2.5小时, but not 2.5名
    says_more: bool  # 个多月: the qualifier stands inside the unit
    longer_word: re.Pattern[str] | None  # what follows where the characters are part of another word (人员, 项目)


_COUNTED_PEOPLE_AND_WORK = (
    "人次 场次 批次 户次 件次 例次 台次 车次 辆次 架次 航次 班次 票次 家次 篇次 项次 剂次 课时 学时 人份 "
    "个 名 人 家 场 次 项 件 条 篇 期 支 户 份 册 辆 棵 例 起 位"
)
_COUNTED_THINGS = (
    "批 所 处 座 间 套 本 张 门 宗 笔 台 艘 架 对 幅 枚 块 株 只 匹 盏 盒 箱 袋 瓶 杯 桌 顿 趟 票 种 款 轮 遍 封 页 "
    "栋 幢 床 床位 集 堂 个工作日 把 付 根 顶 颗 粒 筐 罐 桶 卷 剂 针 班 组 队 部 节 面 头 餐 句 字 层 室 站 包 回 通 类 样 岗 首 口 副 "
    "双 具 片 段 则 尾 羽 学分 届"
)
_MEASURED = (
    "元 美元 欧元 港元 日元 英镑 亩 公里 千米 米 厘米 毫米 海里 平方米 平方公里 立方米 公顷 吨 公斤 千克 斤 克 毫升 升 "
    "千瓦时 千瓦 兆瓦 小时 分钟 秒 天 周 个月 年 人天 人日 分 倍 % ‰ 个百分点 GB TB MB KB km kg"
)
_SAME_UNIT = {
    "％": "%", "﹪": "%", "百分点": "个百分点", "人民币": "元", "人/次": "人次", "人（次）": "人次", "人(次)": "人次",
    "场/次": "场次", "场（次）": "场次", "场(次)": "场次", "批（次）": "批次", "批(次)": "批次", "户（次）": "户次",
    "个人次": "人次", "个场次": "场次", "个小时": "小时", "个课时": "课时", "个学时": "学时", "个星期": "周",
    "㎡": "平方米", "m²": "平方米", "m2": "平方米", "平米": "平方米", "平方": "平方米", "平方千米": "平方公里",
    "km²": "平方公里", "m³": "立方米", "㎞": "km", "KM": "km", "Km": "km", "㎏": "kg", "KG": "kg", "Kg": "kg",
    "ml": "毫升", "mL": "毫升", "ML": "毫升", "港币": "港元", "块钱": "元",
}  # fmt: skip
_MORE_INSIDE = {"个多月": "个月", "个余月": "个月", "个多小时": "小时", "个多学时": "学时"}
# 两节 is New Year and Spring Festival, 三站 a name, 十分 an adverb, 三元 a district: only figures make these a quantity.
_NOT_AFTER_CHINESE_DIGIT = frozenset(
    "班 组 队 部 节 面 头 餐 句 字 层 分 室 站 包 回 通 类 样 首 口 秒 双 副 付 把 具 段 则 元 届 片 针 顶 根 集 封".split()
)
_NAME_BEFORE = frozenset("届 年 分 秒 号 床位 周 口 首 副 付 把 双 具 则 头 餐 句 层 室 回 通 样 周 尾 羽 百分点".split())
_FREELY_MASKED = frozenset(
    [*_COUNTED_PEOPLE_AND_WORK.split(), "元", "美元", "亩", "公里", "平方米", "小时", "分钟", "%", "‰", "个百分点", "字"]
)

# Each pattern is what follows the unit where both make another word; its look-aheads let compounds through that only
# happen to begin so (12名城管队员, 5位居民, 20场面向农村的宣讲).
_LONGER_WORDS = {
    "个": "方面|层面|维度|阶段|环节|步骤|角度|视角|意识|自信|维护|确立|全面|务实|必须|坚持|明确|面向|确保|转变|统一|把握|着力"
    "|突出|强化|注重|聚焦|更加|结合|相结合|到位|善于|带头|敢于|走在|健全|延伸|导向|原则|离不开|牢固|深刻|始终|严格|高度"
    "|主动|规范(?!化)|覆盖|不动摇|不放松|不断|不能|不准|不得|进一步|同步|破除|清零|百分|年(?![级度货])|代表(?![团处队作性])"
    "|文明建设|半|案(?![例件卷子源情])|体[户工经私]|性|别|私|一[批个]|有效衔接|务必|再|率先|正确",
    "人": "员|民|才|大代表|大常委|大会|物|制(?!作|定|订)|智能|工智能|力资源|居环境|身[安意]|篮球|足球|心(?!理)|行道|称",
    "名": "额|词|录",
    "家": "庭|长(?!期)|属(?!地)|渠|园|乡|禽|畜|喻",
    "位": "于|列(?!席)|居(?![民家住])|数|一体|置|阶|移|次",
    "项": "目(?!标)|链",
    "件": "套",
    "条": "例|件|幅|约|文|款(?!项)|主线|红线|底线|战线|毛巾被",
    "篇": "幅|章",
    "期": "间|刊|末|限|望|货|盼|许|初|待|工程",
    "场": "馆|所|地(?!推)|面(?![向对])|景(?!观)|镇|站|均|域",
    "次": "产业|元(?![旦宵])|方|生灾|氯|序|于|全会|团代会|党代会|妇代会|工代会|代会|代表大会|全国代表|党员代表大会|会员代表大会",
    "支": "部(?![门队])|付|撑|农|持|教(?![师育职练学])|行(?![业政动])|队(?!伍)|委",
    "批": "次|发|准|复|评(?![选审比])|示|改|量|阅|驳|判|捕",
    "户": "籍|外(?![出来地迁嫁])|均|型|政|主(?![动要])",
    "所": "属|有(?!条件)|需|谓|以|得|述|示|长",
    "处": "级|长|理|于|罚|分(?!布)|置|方|境|室",
    "座": "谈|位|椅|机|标|右铭",
    "间": "接|距|隔|歇|断",
    "套": "餐(?![饮具桌])|路|内|班子",
    "份": "额|量|子",
    "册": "子",
    "本": "科(?!普|技|幻|学(?![历位生]))|级|届|职|月|着|次|质|来|土(?!地)|身|息|能|届",
    "张": "榜|家界|家口",
    "门": "类|店|诊|口|户|禁|面|外|卫|厅|槛|票|牌|峡|县|静",
    "宗": "旨|教|族|地",
    "笔": "记|试|者|筒|画|译",
    "台": "阶|湾|风|账|词|胞|商|联|办(?!公)|区|河|山|县",
    "架": "构|设|子",
    "对": "口|接|外|标|象|照|比|策|于|话|手|联|内|他|我|其|抗|应|待|[0-9０-９一]",
    "例": "会|如|行|外|题|证",
    "起": "点|步|草|来|到|始|义|重|码|伏|因|诉(?!讼)|飞|源|航|初|早|立|降",
    "种": "植(?!物)|子|养|田|粮|苗|群|源|畜|业|形态|姜|族",
    "款": "项|待|额",
    "轮": "训|岗|值|换|流|候|船|椅|胎|廓|滑|渡|休|作|转|机|车|摩托|电动",
    "封": "面|闭|山|控|装|顶|底|锁|建",
    "页": "面|码|岩|数",
    "床": "铺|上|单|头|品|垫",
    "票": "据|价|务|选|房|制|友|决",
    "集": "体|中|团|聚|合|市|训|结|成|镇|会|美|资(?!料)|约|群|邮|装|散|贸",
    "堂": "兄|弟|姐|食",
    "根": "据|本|治|基|除|源|深",
    "顶": "层|级|尖|岗|格|目|点|梁|板",
    "粒": "度|子",
    "桶": "装",
    "剂": "量|型",
    "针": "对|织|灸|剂|线",
    "班": "级|子|主任|长(?!期)|组|会|倒|车|委",
    "组": "织|长(?!期)|员|团|合|建|成|稿|阁",
    "队": "伍|员|长(?!期)|列|友|旗|部|内",
    "部": "门|队|委|署|分|位|级|长|属|落|曲|法院|机关",
    "节": "日|点|目|约|能|水(?!利)|气|假|省|庆|育|食|选|余|前|后|俗|令|奏|律|电|油|源|俭|支|期",
    "面": "向|对|临|积|貌|粉|条|试|部|授|值|板|膜|孔|料|子|上|世|议|谈",
    "头": "条|脑|部|像|盔|发|绪|号|衔",
    "餐": "饮|厅|桌|具|食|补|费|馆|车|盒|标|位",
    "句": "子|号|半",
    "字": "体|样|号|幕|形|母|典|条|段|面|会|路|架|当头",
    "层": "次|面|级|出|层",
    "室": "内|外|友|长",
    "站": "点|长(?!期)|位|台|式|稳|岗",
    "包": "括|含|保|村|联|干|容|片|抓|案|虫|扎|销|裹|围|罗|办|装|机",
    "回": "访|复|应|收|馈|顾|归|升|落|暖|族|流|答|购|信|国|到|来|忆|避|扣|笼|头|家|乡",
    "通": "过|知|报|讯|信|道|告|联|用|行|车|常|力|勤|识|俗|胀|婚|关|商|州|一平",
    "类": "别|型|似|比|目|同",
    "样": "本|品|式|板|片|子|张|貌|机|态|稿|书",
    "岗": "位|亭|哨|前|顶|区|巴",
    "首": "次|批|届|个|家|创|位|先|要|府|席|期|任|都|日|页|轮|发|责|站|季|年|条|例|场|问|战|端|善|望|义|项|名|办|推|选|部|支",
    "口": "人|岸|号|味|腔|碑|径|头|罩|才|述|语|袋|子|粮|服|令|感|红|技|吻|试|供|算",
    "副": "书记|主|局|县|市|区|秘|科|处|校|院|部|会|理|队|站|总|所|职|厅|省|州|镇|乡|研|教|高|本|食|业|产|作",
    "付": "款|费|息|诸|出|给|清|账|之|薪",
    "把": "握|关|脉|控|手|柄|式|好|准|党|学|服|思|青|群|做|抓|工|住|牢",
    "分钟": "[^，。；、,;]{0,6}圈",
    "双": "方|向|拥|创|减|语|选|百|休|重|周|边|月|节|流|师|高|一|报|碳|千|线|招|争|评|联|带|促",
    "具": "体|有|备|身",
    "片": "区|面|断|刻|长|场|尾|头|源|名|状",
    "段": "落|位|长|路",
    "则": "是|有|为|要|将|会|由|可|需|不|在|更|以|能",
    "尾": "气|款|矿|声",
    "届": "时|中|满|次|全会|团代会|党代会",
    "件次": "品",
    "元": "旦|宵|素|首|老|气|月|件|器|年|帅|勋|培|宇|化|文化|共治|解纷|融合|联动|调解|主体|治理|协同|素养|评价|阳",
    "亩": "产|均",
    "公里": "数",
    "米": "兰|粉|饭|面(?!积)|粒|价|酒|油|制品|老鼠|其林",
    "克": "服|隆|难|制|勤|扣|拉|什",
    "吨": "位",
    "升": "学|级|降|旗|华|温|空|高|值|入|幅|任|腾|挡|国旗|至|到|规|格",
    "秒": "杀",
    "天": "津|然|气|生|水|河|山|际|府|空|台|才|使|门|宁|下(?!乡|来|午|村|基层|沉|社区)|猫|使",
    "周": "年|岁|边|末|转|到|刊|报|密|界|折|[一二三四五六日]",
    "年": "[级度代龄会轻终底初]|行动|规划|计划|攻坚|以前|以后|前|后",
    "分": "别|类|布|批|析|享|管|会|队|站|团|层|众|级|支|局|公司|校|片|区|工|解|流|散|担|配|红|之|论|行|赴|头|设|馆|成|为|包|期|组|贝|钟",
    "倍": "增|数|率|感|加|速",
    "平方": "公里|千米|英里",
    "斤": "斤",
}  # fmt: skip
# After XX or ** a measure word is often the head of the masked body's name: **人社局, XX名师工作室, **家庭教育协会.
NAME_AFTER_MASK = {
    "人": re.compile("[民大社才事武力文防居保寿]|工(?!作)"),
    "个": re.compile("[体私性人别旧]"),
    "家": re.compile("[居电庭园具族乡校政长风装纺教属]"),
    "名": re.compile("师(?![生范资])|人(?![大民员])|单(?![亲身位])|城(?![管市乡镇区])|医(?![务生护疗])|校(?![长外内领])|[都胜牌录册]"),
    "期": re.compile("[间货刊]"),
    "场": re.compile("[馆所镇地部]"),
    "户": re.compile("[籍外口县]"),
    "支": re.compile("[部行公司局团]|队(?!伍)|教(?![师育职练学])"),
    "元": re.compile("[旦宵素件坝阳氏谋江]"),
    "条": re.compile("[例约]"),
    "次": re.compile("[生日]"),
    "起": re.compile("[重点]"),
    "位": re.compile("[于居列]"),
}  # fmt: skip


def _build_table() -> dict[str, tuple[tuple[str, MeasureWord], ...]]:
    measured = frozenset(_MEASURED.split())
    written = {unit: unit for unit in f"{_COUNTED_PEOPLE_AND_WORK} {_COUNTED_THINGS} {_MEASURED}".split()}
    written |= _SAME_UNIT | _MORE_INSIDE
    table: dict[str, list[tuple[str, MeasureWord]]] = {}
    for form, unit in sorted(written.items(), key=lambda pair: (-len(pair[0]), pair[0])):
        pattern = _LONGER_WORDS.get(form) or ("[0-9A-Za-z]" if form.isascii() and form.isalpha() else "")
        rule = MaskRule.ALWAYS if unit in _FREELY_MASKED else MaskRule.ONE_SIGN
        word = MeasureWord(
            unit=unit,
            mask_rule=MaskRule.NEVER if unit in _NAME_BEFORE else rule,
            after_chinese_digit=unit not in _NOT_AFTER_CHINESE_DIGIT,
            divisible=unit in measured,
            says_more=form in _MORE_INSIDE,
            longer_word=re.compile(pattern) if pattern else None,
        )
        table.setdefault(form[0], []).append((form, word))
    return {first: tuple(words) for first, words in table.items()}


_BY_FIRST_CHARACTER = _build_table()
UNITS = tuple(sorted({word.unit for words in _BY_FIRST_CHARACTER.values() for _, word in words}))


def find_measure_word(text: str, position: int) -> tuple[MeasureWord, int] | None:
    """Return the longest measure word that begins at the position, and where it ends."""
    for form, word in _BY_FIRST_CHARACTER.get(text[position : position + 1], ()):
        if text.startswith(form, position):
            end = position + len(form)
            if word.longer_word is None or not word.longer_word.match(text, end):
                return word, end
    return None
