"""What stands in a copied document and is not the report: paywall marks, site furniture, promotion, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from nianbao.importing.source_text import Passage
from nianbao.text.outline import match_marker
from nianbao.text.sentences import split_sentences

PAYWALL = "付费墙标记"
LEFTOVER = "网页残留符号"
SITE = "网站信息"
FOOTNOTE = "脚注"
ASIDE = "网页里文章以外的部分"
PROMOTION = "推广语"
PAGE_NUMBER = "页码"
WATERMARK = "水印或页眉"
CONTENTS = "目录（与下文标题重复）"
REPEATED = "重复的文字"
CREDITS = "编发署名"
CONTACT = "联系方式"
COLLECTION = "范文编号"

# How far from either end of a document its wrapping reaches, in paragraphs.
_EDGE = 4
_WATERMARK_TIMES = 3
_SAMPLE_TITLE_LIMIT = 60

_TOKEN = re.compile(
    r"(?P<paywall>(?<!#)#{2,}\s?/?[A-Za-z_]{3,24}\s?#{2,}|[\[【](?:/?(?:hide|pay|vip|login|reply)\b[^\]】]{0,24}|"
    r"付费内容|会员专享)[\]】]"
    r"|[（(]?(?:以下|剩余|此处|后面|隐藏)(?:部分)?内容(?:为|需要?|须)?(?:付费|会员|登录|登陆|购买|VIP)[^。\n]{0,24}[）)]?)"
    r"|(?P<leftover></?(?:p|br|div|span|strong|b|em|i|u|img|a|h[1-6]|table|tbody|tr|td|section|font)\b[^<>]{0,200}>"
    r"|&(?:nbsp|ensp|emsp|#160|#12288);|\[(?:图片|/?img|/?url)[^\]]{0,80}\])"
)
# What a page's foot and a site's mark leave behind at the end of a line, or within it.
_TAIL = re.compile(
    r"第\s*\d{1,3}\s*页\s*[,，/]?\s*共\s*\d{1,3}\s*页|(?<=[。；！？”）])\s*第\s*\d{1,3}\s*页(?=$)"
    r"|[\[【（(][^\]】）)\u3002]{0,10}(?:文库|范文|文档|文秘|公文|资料|写作)(?:网|站|大全|整理|下载|分享|提供)[^\]】）)\u3002]{0,12}[\]】）)]"
    r"|(?<=[。；！？])\s*[\u4e00-\u9fffA-Za-z]{0,8}(?:文库|范文|文档|文秘|公文|写作|资料)(?:网|站|库|宝|大全|天下|之家)?(?:[-—_]?(?:整理|提供|收集|首发|分享|出品|下载|版权所有))?(?:\s*(?:www\.|https?://)?[A-Za-z0-9.\-]*)?$"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)[A-Za-z0-9./\-_?=&%]+")
_QUOTING = re.compile(r"\s*[>＞»]+\s*(?=\S)")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－~·]+\s*(?!0)\d{1,3}\s*[-—–－~·]+|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|"
    r"(?i:page)\s*\d{1,3}|\d{1,3}\s*/\s*\d{1,3})\s*"
)
_SITE = re.compile(
    r"\s*[【\[（(]?\s*(?:上一篇|下一篇|上一页|下一页|上篇|下篇|没有了$|返回(?:首页|顶部|列表|上页|目录)|打印(?:本页|此页|文章)?[】\]\s]|打印$"
    r"|关闭(?:窗口|本页)?[】\]]?$|关闭窗口|分享(?:到|至)|(?:您|你)?(?:的)?(?:当前|现在|目前|所在|所处)+(?:的)?位置|首页\s*[>＞»›/|]|网站(?:首页|地图)|版权所有|(?i:copyright|©)"
    r"|[\u4e00-\u9fff]ICP[备证]|\S{0,12}公网安备|主办(?:单位)?[：:]|承办(?:单位)?[：:]|技术支持[：:]|网站标识码|浏览(?:次数|"
    r"量)?\s*[：:（(\d]|点击(?:数|量|率|次数)\s*[：:\d]"
    r"|阅读(?:量|数|次数)?\s*[：:]?\s*\d+\s*(?:次)?$|访问(?:量|次数)\s*[：:\d]|人气\s*[：:]|字[号体](?:大小)?\s*[：:【\[]|大\s*中\s*小\s*$|收藏本[文页站]|加入收藏"
    r"|发布(?:时间|日期|于)?\s*[：:]|发表(?:时间|日期|于)\s*[：:]|更新(?:时间|日期)?\s*[：:]|"
    r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?\s*)(?:来源|作者|编辑|浏览|点击|"
    r"发布|阅读)"
    r"|索引号|信息分类|发文机构|文\s*号\s*[：:]|主题词|(?:https?://|www\.)\S+\s*$|\S{0,10}(?:https?://|www\.)[!-~]+\s*$|"
    r"以上内容(?:来源|来自|由)|\S.{0,30}(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s*(?:发表|发布)于\s*\S{1,8})?$|"
    r"免责声明|本文(?:来源|转自|转载|由|链接|地址)|(?:文章|原文)(?:链接|地址|来源))"
)
_CREDITS = re.compile(
    r"\s*[【\[（(]?\s*(?:文章|稿件|信息|图片|资料)?(?:来\s*源|供\s*稿|撰\s*稿|投\s*稿|责任编辑|责\s*编|编\s*辑|编\s*审|审\s*核|初\s*审|复\s*审|终\s*审|校\s*对|校\s*审|排\s*版|美\s*编|制\s*作|监\s*制|总\s*监|摄\s*影|图\s*文|文\s*字|图\s*片|视\s*频|策\s*划|统\s*筹|设\s*计|海\s*报|图|文|作\s*者|记\s*者|通讯员|签\s*发)"
    r"\s*[：:丨｜|/／▏]\s*\S"
)
_WECHAT = re.compile(
    r"\s*[-—–·▼↓↑△▲★☆♥❤\s]*(?:点击.{0,6}(?:蓝字|上方|下方|关注|阅读原文|名片|右下角|在看)|(?:长按|扫描|识别|扫码|扫一扫|"
    r"微信扫).{0,24}(?:二维码|关注|小程序|查看|扫一扫|阅读|公众号|分享|朋友圈|打开|浏览)$"
    r"|关注我们|阅读原文|(?:点)?(?:赞|个赞)\s*[、和与]?\s*(?:在看|分享|收藏)|点?(?:分享|收藏|点赞|在看)$|关注.{2,16}[，,].{0,6}(?:了解|获取|掌握)(?:更多|最新).{0,12}$|分享\s*(?:收藏|点赞|在看)|在看\s*$|预览时标签不可点|轻触阅读原文|轻点两下|继续滑动看下一个|向上滑动"
    r"|(?i:the\s+end|end)[-—–·\s]*$|往期(?:推荐|回顾|精彩|链接)|(?:推荐|相关|延伸|热门|精彩)(?:阅读|文章|链接|推荐|内容)[：:\s]*$|"
    r"猜你喜欢|微信号\s*[：:]|喜欢此内容的人还喜欢|素材来源|投稿邮箱)"
)
_PROMOTION = re.compile(
    r"小编|[笔小]编(?=为|整理|今天)|(?:范文|文库|文秘|公文|写作|资料|知识|素材)(?:网|站|大全|库)(?!络)|(?:本站|本网站?)(?=整理|收集|提供|发布|为|将|"
    r"编辑|小|的?.{0,6}(?:下载|栏目))"
    r"|为(?:大家|您|你|各位)(?:整理|收集|搜集|带来|分享|推荐|准备|精心)|(?:整理|收集|搜集|精选)(?:了|的|发布|分享|推荐)?.{0,24}(?:供|欢迎|希望|"
    r"仅供).{0,12}(?:参考|阅读|借鉴|下载|帮助|喜欢)"
    r"|希望(?:对|能对|可以|以上|本文|能够?).{0,12}(?:大家|您|你|各位).{0,10}(?:帮助|参考|启发|喜欢)|(?:敬请|欢迎|请)(?:大家|您|各位|继续|持续|"
    r"多多|及时)*(?:关注|收藏|下载|点击|转发|访问|登录|登陆|浏览)"
    r"|(?:更多|精彩|相关).{0,24}(?:尽在|请(?:大家)?.{0,6}(?:关注|访问|点击|查看|浏览))|(?:下载|查看|阅读|获取)(?:本文|原文|全文|完整版|"
    r"Word版|文档)|免费下载|(?:点击|扫码)(?:下载|获取|领取|查看)|本文(?:地址|链接|来自|由)"
)
_HEAD_ONLY = re.compile(
    r"(?:下面|以下|这是|今天).{0,16}(?:分享|整理|介绍|提供|带来).{0,60}(?:参考|阅读|一起|看看|借鉴)"
)
_CONTACT = re.compile(r"\s*[（(]?\s*(?:联\s*系\s*(?:人|电话|方式|地址)|电话|传真|邮编|邮箱)\s*[：:].{2,}")
_COLLECTION = re.compile(
    r"\s*[【\[（(]?\s*(?:第?[一二三四五六七八九十\d]{1,3}篇|篇[一二三四五六七八九十\d]{1,3}|范文[一二三四五六七八九十\d]{0,3})\s*[】\])）]?\s*[：:]?\s*"
)
_CONTENTS_LINE = re.compile(r".{2,60}?(?:[.．·…—\-]{3,}|\t+|\s{3,})\s*\d{1,3}\s*")
_MOST_CONTENTS = 300
_REPORT_TITLE = re.compile(r"总结|报告|汇报|小结|述职|要点|工作计划|工作情况")
_RELATED = re.compile(
    r".{0,40}(?:相关|推荐|热门|延伸|精彩|更多|猜你).{0,4}(?:推荐|阅读|文章|链接|范文|内容|喜欢)\s*[:：]?"
)
_MOST_LINKS = 16
_LINK_LIMIT = 50
_SAMPLE_TITLE = re.compile(
    r"范文|模板|模版|合集|大全|[（(](?:最新|优秀|推荐|精选|通用).{0,6}[）)]|[一二三四五六七八九十\d]+篇|篇[一二三四五六七八九十\d]|字[)）]|[-_—|]\s?\S{2,10}网$"
)
_CONTENTS_HEAD = re.compile(r"\s*目\s*录\s*")


# Reason, how long such a line is at most, and what tells it.
_LINE_NOISE: tuple[tuple[str, int, Callable[[str], object]], ...] = (
    (PAGE_NUMBER, 30, _PAGE_NUMBER.fullmatch),
    (COLLECTION, 30, _COLLECTION.fullmatch),
    (SITE, 160, _SITE.match),
    (CREDITS, 60, _CREDITS.match),
    (CONTACT, 60, _CONTACT.fullmatch),
    (PROMOTION, 60, _WECHAT.match),
    (CONTENTS, 90, _CONTENTS_LINE.fullmatch),
)


@dataclass(frozen=True, slots=True)
class Noise:
    """A piece of the source that is set apart, and why."""

    passage: Passage
    reason: str


def find_repeated_addresses(texts: Iterable[str]) -> frozenset[str]:
    """Return the addresses that a site has put into a text again and again; one that stands once is the text's own."""
    counts = Counter(address for text in texts for address in _ADDRESS.findall(text))
    return frozenset(address for address, times in counts.items() if times > 1)


def split_tokens(passage: Passage, addresses: frozenset[str] = frozenset()) -> tuple[list[Passage], list[Noise]]:
    """Return what is left of a line without its marks of paywalls, web pages and sites, and these.

    `addresses` are those of a site that stand all over the text.
    """
    kept, noise = [], []
    start = 0
    quoting = _QUOTING.match(passage.text)
    if quoting and not passage.text[quoting.end() :].startswith("="):
        noise.append(Noise(passage.cut(0, quoting.end()), LEFTOVER))
        start = quoting.end()
    tokens = [
        (found, PAYWALL if found.group("paywall") else LEFTOVER) for found in _TOKEN.finditer(passage.text, start)
    ]
    tokens += [(found, WATERMARK) for found in _TAIL.finditer(passage.text, start)]
    tokens += [(found, WATERMARK) for found in _ADDRESS.finditer(passage.text, start) if found.group() in addresses]
    for found, reason in sorted(tokens, key=lambda pair: pair[0].start()):
        if found.start() < start:
            continue
        kept.append(passage.cut(start, found.start()))
        noise.append(Noise(passage.cut(*found.span()), reason))
        start = found.end()
    kept.append(passage.cut(start))
    return kept, noise


def name_line_noise(text: str) -> str:
    """Return why a whole line is no part of a report; empty when it may be one."""
    return next((reason for reason, limit, is_noise in _LINE_NOISE if len(text) <= limit and is_noise(text)), "")


def find_watermarks(lines: Iterable[str]) -> frozenset[str]:
    """Return the short lines that come again and again, as a watermark or a running head does."""
    counts = Counter(line for line in lines if 2 <= len(line) <= 40)
    return frozenset(line for line, times in counts.items() if times >= _WATERMARK_TIMES and not match_marker(line))


def is_report_title(text: str) -> bool:
    """Return whether a line names a report: …年工作总结."""
    return bool(_REPORT_TITLE.search(text))


def find_contents(lines: Sequence[str]) -> frozenset[int]:
    """Return the places of a table of contents: its title and the lines after it that come again as headings."""
    for place, line in enumerate(lines):
        if not _CONTENTS_HEAD.fullmatch(line):
            continue
        keys = [plain_text(other) for other in lines]
        found = {place}
        for later in range(place + 1, min(place + 1 + _MOST_CONTENTS, len(lines))):
            key = keys[later].rstrip("0123456789")
            if not key or not any(other.startswith(key) for other in islice(keys, later + 1, None)):
                break
            found.add(later)
        return frozenset(found) if len(found) > 2 else frozenset()
    return frozenset()


def split_promotion(passage: Passage, *, place: int, count: int) -> tuple[list[Passage], list[Noise]]:
    """Return what is left of paragraph `place` of `count` without its sentences of promotion, and these."""
    is_edge = place < _EDGE or place >= count - _EDGE
    if (
        not (is_edge and (_PROMOTION.search(passage.text) or _HEAD_ONLY.search(passage.text)))
        and "小编" not in passage.text
    ):
        return [passage], []
    kept, noise = [], []
    for start, end in split_sentences(passage.text):
        sentence = passage.text[start:end]
        is_noise = bool(_PROMOTION.search(sentence) or (place < _EDGE and _HEAD_ONLY.search(sentence)))
        if is_noise:
            noise.append(Noise(passage.cut(start, end), PROMOTION))
        else:
            kept.append(passage.cut(start, end))
    return kept, noise


def find_related_links(texts: Sequence[str]) -> frozenset[int]:
    """Return the places of a page's list of other pages: 相关推荐 and the titles after it, to the end."""
    for place in range(max(0, len(texts) - _MOST_LINKS), len(texts)):
        if _RELATED.fullmatch(texts[place]) and not match_marker(texts[place]):
            links = texts[place + 1 :]
            if links and all(len(link) <= _LINK_LIMIT and link[-1] not in "。；;：:" for link in links):
                return frozenset(range(place, len(texts)))
    return frozenset()


def find_sample_titles(texts: Sequence[str]) -> frozenset[int]:
    """Return the places of the titles that a site of sample texts gave a page, where the report's own follows them."""
    count = 0
    while _is_sample_title(texts[count : count + 3]):
        count += 1
    return frozenset(range(count))


def _is_sample_title(texts: Sequence[str]) -> bool:
    """Return whether the first of three lines is such a title, and one after it the report's own."""
    if len(texts) < 2 or len(texts[0]) > _SAMPLE_TITLE_LIMIT or not _SAMPLE_TITLE.search(texts[0]):
        return False
    return any(
        is_report_title(text)
        and not match_marker(text)
        and text[-1] not in "。；：:"
        and len(text) <= _SAMPLE_TITLE_LIMIT
        for text in texts[1:]
    )


def find_repeated_heads(texts: Sequence[str]) -> frozenset[int]:
    """Return the places among the first paragraphs that only say again what follows: a doubled title, a digest.

    A digest may break off (…) anywhere; a paragraph that comes again word for word counts as well.
    """
    keys = [plain_text(text) for text in texts[: 4 * _EDGE]]
    found = set()
    for place, text in enumerate(texts[:_EDGE]):
        key = keys[place]
        if len(key) < 4 or match_marker(text):
            continue
        for later in range(place + 1, min(place + 1 + _EDGE, len(keys))):
            joined = "".join(keys[later:])
            is_cut = text.rstrip().endswith(("...", "…", "。。。"))
            if keys[later] == key or (joined.startswith(key) and (is_cut or len(key) > 20)):
                found.add(place)
                break
    return frozenset(found)


_PLAIN = re.compile(r"[^0-9A-Za-z\u3400-\u9fff*×]")


def plain_text(text: str) -> str:
    """Return the letters and digits of a text: what typesetting does not change."""
    return _PLAIN.sub("", text)
