"""What the page of a site puts around an article: menus, facts of a file, calls to log in, lists of other pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from nianbao.text.outline import MarkerKind, match_marker

FURNITURE = "网页上文章以外的文字"

_LIMIT = 160
_BODY = re.compile(r"[。；]")
_BODY_LENGTH = 14
_LONG = 40
_NAVIGATION = re.compile(
    r"(?:^|[\s|｜/·>＞»›\-—_,，、])(?:网站?首页|首页|登录|登陆|注册|VIP\S{0,4}|会员(?:中心|专享)?|下载(?:APP"
    r"|客户端)?|上传(?:文档)?|客服|帮助(?:中心)?|文档(?:分类|中心)|"
    r"个人中心|我的\S{0,3}|充值|举报|搜索|检索|站内搜索|请输入\S{0,8}|无障碍\S{0,4}|长者\S{0,6}|(?:进入)?关怀版"
    r"|适老化\S{0,2}|繁體|繁体\S{0,2}|简体\S{0,2}|English|EN|手机版|移动版|微博|微信|QQ空间|RSS|返回\S{0,4}|"
    r"政务公开|信息公开|政务服务|办事服务|互动交流|政民互动|新闻中心|新闻动态|新闻资讯|工作动态|走进\S{1,4}"
    r"|机构概况|机构设置|机构职能|领导之窗|通知公告|公告公示|专题专栏|政策法规|数据开放|工会\S{0,2}|要闻\S{0,2}"
    r"|时政|"
    r"党建\S{0,4}|公众参与|联系我们|关于我们|网站地图|设为首页|加入收藏|收藏本站|投稿|下载中心|资料下载"
    r"|视频\S{0,2}|图片\S{0,2}|专题|版面导航|标题导航|PDF版|版权声明|广告服务|报料热线\S*|上一[版期篇页]"
    r"|下一[版期篇页]\d?|\d上一篇|放大|缩小|默认|朗读|打印|收藏|关闭|我要投稿|推荐|热点|原创|专栏|指南|制度"
    r"|政府信息公开\S{0,8}|依申请公开|法定主动公开\S{0,4}|服务|维权\S{0,2}|组织\S{0,2}|理论\S{0,2}"
    r"|机关\S{0,2})(?=$|[\s|｜/·>＞»›\-—_,，、])"
)
_BREADCRUMB = re.compile(r"[\u4e00-\u9fff)）]\s*(?:>+|＞+|»|›|→|/)\s*(?=[\u4e00-\u9fff])")
_PAIR = re.compile(
    r"(?:索\s*引\s*号|主题(?:分类|词)|分\s*类|发文(?:机关|机构|单位|日期|字号)|发布(?:机构|日期|时间|单位|人|者)"
    r"|成文日期|生成日期|公开(?:日期|方式|类别)|名\s*称|标\s*题|文\s*号|有效性|效力状态|"
    r"日\s*期|时\s*间|来\s*源|信息来源|稿源|作\s*者|记\s*者|通讯员|撰稿|编\s*辑|责任编辑|责编|审核人?|校对"
    r"|浏览(?:次数|量)?|点击(?:数|量|率)?|阅读(?:数|量)?|访问(?:次数|量)?|下载(?:次数|量)?|收藏|评论|分享(?:到)?|"
    r"字\s*[号体]|文档编号|文件(?:编号|名)?|上传者?|作者|栏\s*目|频\s*道|关键词|推荐度|星级|等级|更新|页数|格式"
    r"|大小)\s*(?:[：:]|于\s*\d)"
)
# What may as well be a report's own words, 官方微信 or 点赞: the page's only where the article is not.
_WIDGET = re.compile(
    r".{0,30}(?:客服\s*QQ|QQ\s*(?:群|在线|客服)|在线客服|在线咨询|微信公众号|官方微信|官方微博).{0,30}"
    r"|.{0,12}(?:有帮助|赞一个|打赏|点赞|踩一下|顶一下).{0,12}"
    r"|(?:点[个击]?|为|求)[^。]{0,6}[“\"]?(?:在看|赞|分享|转发|星标)[”\"]?[^。]{0,20}"
    r"|(?:听全文|语音播放|播放|收听)[^。]{0,16}|本文(?:字数|共)[^。]{0,40}|(?:全文)?(?:阅读)?(?:约|需|大约)\s*\d+\s*分钟"
    r"|A[-+ A]{1,8}|今天是.{6,30}"
    r"|(?:.{0,12}\s)?\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?.{0,16}"
    r"|建议使用.{0,12}浏览器.{0,30}|(?:赞|收藏|喜欢|评论|分享|转发|举报|踩|顶|打赏|点赞|推荐|感谢|有用)\s*[（(]?\s*\d*\s*[)）]?"
    r"|\d+\s*(?:条|个|人)?(?:评论|点赞|收藏|赞|阅读|浏览|次播放)|(?:请)?先?(?:登录|注册)后.{0,16}"
    r"|分享让更多人看到|您?是第\s*\d+\s*位.{0,8}|(?:下载|保存)(?:本)?(?:Word|WORD|word|PDF|文档|全文)[^。]{0,30}"
    r"|文档?(?:为|格式).{0,12}(?:格式|doc|pdf).{0,10}|VIP.{0,8}|(?:热门|大家都在)?(?:搜索|搜)(?:词)?\s*[：:].{0,60}"
    r"|.{0,16}(?:访问量|点击数|点击率|浏览数|阅读数|访问人数)\s*[：:]?\s*[【\[（(]?\s*\d+.{0,6}"
    r"|(?:欢迎|恭喜).{0,4}(?:访问|光临|来到|关注|订阅|收听).{0,24}"
)
# 妇联要闻 | 基层动态 | 维权之窗: a menu whose words nobody can list.
_MENU = re.compile(r"[^\s|｜。，]{1,8}(?:\s*[|｜]\s*[^\s|｜。，]{1,8}){2,}")
_HEAD_PAIR = re.compile(
    r"(?:关键[词字]|摘\s*要|公开目录|目\s*录|文\s*号|字\s*数|标\s*签|栏\s*目|频\s*道|分\s*类|类\s*别|体\s*裁|专\s*题|阅\s*读|浏\s*览"
    r"|点\s*击|热\s*度|文\s*件\s*编\s*号|信息类别|公开方式|有效性|发布(?:人|单位|机构)?|来\s*源|作\s*者|编\s*辑|记\s*者|通讯员|摄\s*影)\s*[：:]"
    r"\s*[^。；]{0,30}"
)
_MASTHEAD = re.compile(
    r".{0,12}(?:日报|晚报|早报|周报|时报|商报|青年报|导报|周刊|月刊|电子报|数字报|杂志)\s.*\d.*"
    r"|.*国内统一(?:连续出版物号|刊号).*|.*第\s*[A-Z0-9]{1,4}\s*版\s*[：:].{0,16}"
)
_BYLINE = re.compile(
    r"[（(【□◎●○■]?\s*(?:(?:本报|本刊|本台|本网|特约|实习|见习|融媒体?)*(?:记者|通讯员|实习生|撰文|文字|摄影|作者"
    r"|图|文|报道)(?:员"
    r"|组)?\s*[/／、：: ]?\s*(?:[\u4e00-\u9fff·]{2,4}[\s、，/]*){1,4}\s*)+(?:[/／]?\s*[文图摄])*\s*[)）】]?"
)
_FILE_FACTS = re.compile(
    r"(?:共?\d+\s*页|大小\s*[：:]|格式\s*[：:]|上传(?:时间|人|者)\s*[：:]?|下载(?:积分|次数|量)|积分|金币|评分"
    r"|页数\s*[：:]|字数\s*[：:]?\s*\d|文档(?:编号|类型|大小|格式|页数)|文件(?:大小|格式|类型)|热度|"
    r"阅读\s*[\d.万]+|赞\s*[\d.万]+|在看\s*[\d.万]+|收藏\s*[\d.万]+|评论\s*[\d.万]+|转发\s*[\d.万]+"
    r"|浏览\s*[\d.万]+|点击\s*[\d.万]+)"
)
# Calls to log in, marks of copyright and of a site, the lines of a file or a paper: no report says such things.
_INTRUSION = re.compile(
    r"(?:请)?(?:登录|登陆|注册|开通|购买|付费|充值|下载|扫码|点击|展开|关注)[^。]{0,16}(?:后|即可|可|免费|查看"
    r"|阅读|继续|下载)[^。]{0,10}(?:剩余|全文|完整|更多|原文|余下|内容|文档|附件|源文件)[^。]{0,24}"
    r"|(?:阅读|展开|显示|查看|加载|下载)(?:剩余|余下|更多|全文|完整|全部|原文)[^。]{0,12}|(?:剩余|余下|未完|后续"
    r"|以下)[^。]{0,12}(?:付费|登录|VIP|会员|下载)[^。]{0,14}|[（(]?未完[，,]?待续[）)]?"
    r"|[（(](?:剩余|还有|尚有|余下)\s*\d+\s*[页字%％][^（()）]{0,12}[)）].{0,40}|.*(?:ICP备|公网安备|网站标识码).*"
    r"|.*(?:用户上传|版权归|侵权|侵犯).*(?:删除|联系|邮件|邮箱).*"
    r"|[\u4e00-\u9fff]{0,12}\s*(?:www\.)?[A-Za-z0-9\-]{2,30}\.[A-Za-z]{2,8}(?:/\S*)?"
    r"|[^。，；]{0,16}(?:文库|范文|文档|文秘|公文|写作|资料)(?:网|大全|下载|吧|之家|库网|搜索|分享|整理|精选)[^。，；]{0,20}"
    r"|.{0,20}更多.{0,12}请(?:搜索|访问|关注|点击|登录).{0,20}|[↑↓←→▲▼△▽★☆◆◇●○■□~～=＝\-—–·.…_*＊\s]{3,}"
    r"|(?:上一页|下一页|首页|尾页|末页|\d{1,2}|[\s|｜<>«»…（）()/])*(?:上一页|下一页|尾页|末页)(?:上一页|下一页|首页|尾页|末页|\d{1,2}|[\s|｜<>«»…（）()/])*"
    r"|(?:声明|免责声明|版权声明|温馨提示|特别声明|特别提示|重要提示)\s*[：:].*|本(?:文档|文|资料|内容|站|网页"
    r"|作品)[^。]{0,10}(?:由|来自|来源于|系)[^。]{0,14}(?:用户|网友|会员|网络)?(?:上传|分享|整理|发布"
    r"|提供)?.{0,60}"
    r"|文档(?:分类|加载中).{0,20}|正在加载.{0,12}"
    r"|第\s?[A-Z0-9一二三四五六七八九十]{1,3}\s?版(?:\s*[：:]?\s*\S{0,12})?|(?:上|下)一(?:版|期|页|条)\S{0,4}"
    r"|原创(?:\s+\S{1,20}){1,4}.*|用?(?:微信|扫一扫|扫码|扫描|长按|手机"
    r"|识别)[^。]{0,30}(?:页面|当前页|关注|浏览|打开|二维码|公众号|分享)[^。]{0,10}"
    r"|.{0,20}(?:点击|立即)(?:继续|下载"
    r"|登录|阅读|查看|注册).{0,20}|推荐度\s*[：:].*"
    r"|(?:推荐|相关|延伸|扩展|拓展)阅读\s*[：:].*"
    r"|(?:字\s*[体号]|字体大小|背景颜色|背景色|朗读|语音播报|视力保护色|阅读模式|护眼)\s*[：:【\[（(]?.{0,30}"
)
# What begins the end of a page: nothing after it is the article's.
_FOOT = re.compile(
    r"[【\[（(]?\s*(?:打印(?:本页|此页|文章|正文)?|关闭(?:窗口|本页|页面)?|返回(?:顶部|列表|首页|上级|上一页)?"
    r"|收藏(?:本页|此页)?)\s*[】\])）]?(?:\s*[|｜【\[（(]?\s*(?:打印|关闭|返回|收藏|分享|纠错|顶部|上一[篇页]"
    r"|下一[篇页]).{0,20})*"
    r"|(?:上|下)一?(?:篇|条|个)\s*[：:].*|(?:往期|精彩|热门|相关|更多|推荐|延伸|最新|为您|猜)[^。，]{0,6}(?:推荐"
    r"|回顾|阅读|链接|文章|新闻|资讯|内容|喜欢|信息|精彩|文档|报道|专题|资料|下载)\s*[：:>»]*"
    r"|(?:您|你)?(?:可能|也许)?(?:还|会|也)?(?:感兴趣|关注|喜欢|想看|需要)的?(?:文档|文章|内容|资料"
    r"|新闻)?\s*[：:]?|相关(?:文档|推荐|下载|新闻|链接|专题|资讯|附件|搜索|标签)\s*[：:]?.{0,30}|[—\-–·\s]*(?:END"
    r"|The End|完)[—\-–·\s]*"
    r"|(?:责任编辑|责编|编辑|来源|作者|供稿|审核|校对|监制|初审|复审|终审|值班编辑)\s*[：:｜|丨/].{0,60}|(?:网友"
    r"|读者|发表|热门|最新)?评论(?:区|列表)?(?:\s*[（(]?\d*[)）]?)|发表评论.{0,10}|扫一扫.{0,24}|分享(?:到|至"
    r"|给).{0,40}"
    r"|(?:主办|承办|版权所有|技术支持|网站标识码|备案号|Copyright|©).{0,120}|标签\s*[：:].{0,60}|(?:关键词|关键字"
    r"|Tags?)\s*[：:].{0,60}"
)
_PAIR_LIMIT = 40
# A value that a page gives for itself: a date, a time, a count, stars.
_VALUE = re.compile(r"\d{4}[-/.年]\d|\d{1,2}[:：]\d{2}|[★☆]|[：:]\s*\d+\s*(?:次|人次)?$|[：:]\s*[A-Za-z0-9/\-]{6,}$")
# Whole sentences of a site about itself and its visitors.
_SITES_WORDS = re.compile(
    r"小编|侵权|版权归|(?:免责|版权|特别)?(?:声明|提示)\s*[：:]|本(?:文|站|网站|文档|资料).{0,20}(?:上传|整理|转载|下载|收集)"
    r"|希望(?:对|能|以上).{0,12}(?:大家|您|你|各位)|(?:供|欢迎)(?:大家|您|各位|广大网友)?.{0,6}(?:参考|阅读|下载|借鉴|收藏)|以上(?:就是|内容|是).{0,30}全部内容"
)
_LEAST_BEFORE = 2
# What may as well be a page's sign or number as a marker.
_LOOSE_MARKERS = {MarkerKind.BULLET, MarkerKind.CARD, MarkerKind.DECIMAL}


def find_article(texts: Sequence[str]) -> range:
    """Return the places from the first line of the article itself to its last: within, a page says little.

    Its lines end sentences, are long, or have an outline marker at the head of it.
    """
    bodies = [place for place, text in enumerate(texts) if _is_body(text)]
    if not bodies:
        return range(0)
    marked = next((place for place, text in enumerate(texts[: bodies[0]]) if _is_marked(text)), bodies[0])
    return range(marked, bodies[-1] + 1)


def is_intrusion(text: str) -> bool:
    """Return whether a line is a page's wherever it stands: a call to log in, a mark of copyright, facts of a file."""
    if len(text) > _LIMIT or "。" in text[:-1] or _is_marked(text):
        return False
    if any(pattern.fullmatch(text) for pattern in (_INTRUSION, _MASTHEAD, _BYLINE)):
        return True
    is_pair = _PAIR.match(text) and len(text) <= _PAIR_LIMIT and _VALUE.search(text)
    return bool(is_pair) or any(len(p.findall(text)) >= 2 for p in (_PAIR, _BREADCRUMB, _FILE_FACTS))


def is_furniture(text: str) -> bool:
    """Return whether a line before or after an article is the page's: a menu, or what a reader may do with a page.

    Amid the article such words are its own (办好“青春桃源”微信公众号): there `is_intrusion` tells.
    """
    if len(text) > _LIMIT or "。" in text[:-1] or _is_marked(text):
        return False
    if is_intrusion(text) or _WIDGET.fullmatch(text) or _MENU.fullmatch(text):
        return True
    found = {match.group() for match in _NAVIGATION.finditer(f" {text} ".replace(" ", "  "))}
    return len(found) >= 2 and len("".join(found)) * 2 >= len(text) * 0.4


def find_furniture_tables(rows: Iterable[tuple[int, str]]) -> frozenset[int]:
    """Return the tables, of rows each with the number of its table, that are a page's: most of their rows are.

    A row alone is none: 微信, 微博 and 视频 may be the headings of a report's own table.
    """
    counts: Counter[int] = Counter()
    for table, text in rows:
        counts[table] += 1 if is_furniture(" ".join(text.split())) else -1
    return frozenset(table for table, count in counts.items() if count > 0)


def is_head_furniture(text: str) -> bool:
    """Return whether a line between title and text is the page's: 关键词：工作总结, 字数：3456, a date, a time."""
    return bool(_HEAD_PAIR.fullmatch(text)) or is_furniture(text)


def find_page_foot(texts: Sequence[str]) -> int:
    """Return from which line on a page has left its article; their number where it ends with it.

    After it no line is long, or ends a sentence as the article's do.
    """
    count = len(texts)
    last_body = max((place for place, text in enumerate(texts) if _is_body(text)), default=-1)
    for place in range(max(last_body + 1, _LEAST_BEFORE), count):
        if _FOOT.fullmatch(texts[place]) or is_furniture(texts[place]):
            return place
    return count


def _is_marked(text: str) -> bool:
    """Return whether an outline marker (一、 （一） 1.) begins a line."""
    marker = match_marker(text)
    return marker is not None and marker.kind not in _LOOSE_MARKERS and marker.end < len(text)


def _is_body(text: str) -> bool:
    if _SITES_WORDS.search(text):
        return False
    is_told = len(text) >= _BODY_LENGTH and bool(_BODY.search(text))
    return (is_told or len(text) >= _LONG) and not _FOOT.fullmatch(text) and not is_furniture(text)
