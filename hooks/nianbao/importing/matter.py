"""What frames the text of an official document or a speech, by GB/T 9704-2012 and by habit: head, addressee, foot.

A document's head holds secrecy, number, signer and addressee; a speech's the speaker, the date and the salutation. The
foot begins where the text takes its leave (特此报告) or where what is added to it begins (附件, 抄送, 印发).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao.text.outline import MarkerKind, match_marker

FRAME = "公文格式（红头、文号、主送、抄送等）"
FOOT = "文末（附件、抄送、联系人等）"
ADDRESS = "称呼和结束语"

_HEAD_LINES = 16
_HEAD_LINE_LIMIT = 90
_BODY_LENGTH = 60
_MASK = "×ＸXx*＊〇○某"
_NUMBER = (
    r"[\u4e00-\u9fff×ＸXx*＊（）()]{1,16}[〔\[【(（]\s*(?:(?:19|20)\d{2}|20[×xX*]{1,2}"
    r"|[×xX*]{2,4})\s*[〕\]】)）]\s*第?\s*[\d×xX*]{1,4}\s*号"
)
_FRAME_LINE = re.compile(
    rf"(?:{_NUMBER})(?:\s*签发人\s*[：:].*)?|签\s*发\s*人\s*[：:].{{0,20}}|(?:密\s*级|紧急程度|保密期限|份\s*号"
    rf"|特急|加急|平急)\s*[：:]?.{{0,10}}"
    r"|(?:机密|秘密|绝密|内部(?:资料|文件|使用)?)\s*[★☆]?.{0,8}|[（(](?:内部资料|内部文件|讨论稿|送审稿|征求意见稿"
    r"|审议稿|草稿|初稿|代拟稿|仅供内部使用)[^（()）]{0,14}[)）]"
    r"|(?:★|☆)?\s*0{2,}\d{1,4}|.{0,30}会议(?:文件|材料)(?:之?[一二三四五六七八九十\d]{1,3}|[（(].{1,4}[)）])?"
    r"|.{0,24}(?:汇报|会议|交流|大会|发言)材料"
)
_RED_HEAD = re.compile(r"[\u4e00-\u9fff×ＸXx*＊（）()\s]{3,40}文\s?件(?:\s*[（(].{1,6}[)）])?")
# The speaker, alone on a line, spaced out: 李 明.
_NAME = re.compile(r"[\u4e00-\u9fff×某](?: [\u4e00-\u9fff×某]){1,2}")
_ADDRESSEE = re.compile(r"[^。；;！!？?]{2,80}[：:]")
_ADDRESSED = re.compile(
    r"(?:委|府|联|局|会|院|厅|部|办|校|团|处|所|站|社|室|公司|中心|单位|领导|机关|组织|街道|乡镇|街镇|组)(?:党组"
    r"|党委)?[：:]$"
)
_AUDIENCE = (
    r"(?:代表|委员|执委|常委|领导|来宾|理事|会员|同仁|嘉宾|团干部|团员|青年|老师|同学|同志|朋友|姐妹|女士|先生|会员代表|执行委员"
    r"|团员青年|青年朋友|工友|职工)(?:们|代表)?"
)
# 尊敬的各位领导、同志们： and nothing that goes on with what they did: 各位代表积极履职，
_SALUTATION = re.compile(
    rf"(?:尊敬的|敬爱的|亲爱的)?(?:(?:各位|全体)[、，]?{_AUDIENCE}|(?:同志|同学|朋友|姐妹|工友|老师)们)"
    rf"(?:[、，,和及]?\s*(?:尊敬的)?(?:各位|全体)?{_AUDIENCE})*\s*[：:！!，,]\s*"
)
_SPEAKER = re.compile(
    r"(?:(?:报告|汇报|述职|发言|讲话|主讲)人\s*[：:]\s*\S.{0,30}"
    r"|[^。，；：:]{2,30}?(?:书记|主席|会长|主任|校长|院长|部长|理事长|秘书长|镇长|乡长|局长|站长|委员长"
    r"|干事长)\s*[　\s]+[\u4e00-\u9fff××某]\s*[\u4e00-\u9fff××某]{0,2}\s*[\u4e00-\u9fff××某]?"
    r"|[（(][^（()）]{0,20}(?:书记|主席|会长|主任|校长|理事长|秘书长|镇长|乡长|局长)[^（()）]{1,12}[)）])"
)
_DAY = (
    rf"(?:(?:19|20)\d{{2}}|20[{_MASK}]{{1,2}}|[{_MASK}]{{2,4}}"
    rf"|二[〇○Ｏ零0][〇○Ｏ零0一二三四五六七八九{_MASK}]{{2}})\s*[年.\-/]\s*[\d{_MASK}一二三四五六七八九十]{{1,3}}\s*(?:[月.\-/]\s*(?:[\d{_MASK}一二三四五六七八九十]{{1,3}}\s*日?)?)?"
)
_LEAVE = re.compile(
    r"(?:特此(?:报告|汇报|报送|上报|函告)|以上(?:报告|汇报|情况|总结)?[，,]?(?:如有不妥|当否|妥否|请予?(?:审议"
    r"|审查|指正|批评指正|审阅|领导))"
    r"|(?:专此|此致|敬礼|不妥之处|如有不当|请(?:予)?(?:审议|审阅|批评指正))).{0,30}[。！!]?"
)
_ADDED = re.compile(
    r"附\s*件\s*(?:[\d一二三四五六七八九十]{0,2}\s*[：:．.、].*|[\d一二三四五六七八九十]{0,2})"
    r"|附\s*[表录]\s*[\d一二三四五六七八九十]{0,2}\s*(?:[：:].*)?|附[：:].*"
    r"|(?:抄\s*送|抄\s*报|报\s*送|主\s*送|分\s*送|印\s*送|发\s*送|主题词|校\s*对|打\s*字|共印|印数)\s*[：:]\s*\S.*"
    r"|(?:共印|印发?)\s*\d+\s*份.*"
    rf"|.{{0,50}}{_DAY}\s*印\s*发?|.{{0,30}}印发|[（(]?\s*此件.{{0,20}}(?:公开|发布).{{0,10}}[)）]?|信息公开(?:选项"
    rf"|属性|类别)\s*[：:].*"
    r"|公开(?:方式|属性)\s*[：:].*|[（(]?\s*联\s*系\s*(?:人|电话|方式)\s*[：:].*|[（(]?\s*(?:电话|传真|地址|邮编"
    r"|邮箱|通讯地址|办公地址|联系地址)\s*[：:].*|(?:注|备注|说明)\s*\d?\s*[：:].*"
)
_CLOSE = re.compile(
    r"谢谢(?:大家|各位)?[！!。]?|(?:我的|以上)?(?:汇报|报告|发言|述职|讲话|总结)(?:到此)?(?:完毕|结束"
    r"|到此)[，,]?.{0,14}[。！!]?"
)
_THANKS = re.compile(
    r"(?:最后[，,]?|在此[，,]?|借此机会[，,]?)?(?:谨|请允许我|我谨|我代表|谨代表|并?向|对)[^。]{2,80}(?:表示|致以"
    r"|道一?声)[^。]{0,10}(?:感谢|谢意|敬意|问候|祝福)[！!。]?$"
)
_EXHORTATION = re.compile(r"让我们|团结起来|[！!]$")


def is_frame(text: str) -> bool:
    """Return whether a line belongs to a document's head and is neither title nor text: number, signer, speaker …"""
    return any(pattern.fullmatch(text) for pattern in (_FRAME_LINE, _RED_HEAD, _SPEAKER))


def find_front(texts: Sequence[str]) -> frozenset[int]:
    """Return the places of the lines of a document's head that are neither title nor text."""
    found = set()
    for place, text in enumerate(texts[:_HEAD_LINES]):
        if len(text) > _HEAD_LINE_LIMIT or text[-1] in "。；;" or _is_heading(text):
            break
        if is_frame(text) or _is_addressee(text) or (place and (_NAME.fullmatch(text) or _SALUTATION.fullmatch(text))):
            found.add(place)
    return frozenset(found)


def _is_heading(text: str) -> bool:
    marker = match_marker(text)
    return marker is not None and marker.kind in (MarkerKind.DUN, MarkerKind.PAREN, MarkerKind.CHAPTER)


def _is_addressee(text: str) -> bool:
    return bool(_ADDRESSEE.fullmatch(text) and _ADDRESSED.search(text))


def is_salutation(text: str) -> bool:
    """Return whether a line is the salutation of a speech and nothing else."""
    return bool(_SALUTATION.fullmatch(text))


def find_salutation_end(text: str) -> int:
    """Return where the salutation that a paragraph begins with ends; 0 where it begins with none."""
    found = _SALUTATION.match(text)
    return found.end() if found and len(text) > found.end() else 0


def is_close(text: str) -> bool:
    """Return whether a last paragraph is the close of a speech: 谢谢大家, 同志们，让我们……！"""
    if _CLOSE.fullmatch(text):
        return True
    is_spoken = bool(_SALUTATION.match(text) and _EXHORTATION.search(text)) or bool(_THANKS.match(text))
    return is_spoken and not re.search(r"\d", text)


def find_foot(texts: Sequence[str], is_signature: Sequence[bool]) -> int:
    """Return from which line on a document is its foot; their number where it has none.

    `is_signature` tells of each line whether it holds an organisation or a date and nothing else. A foot ends the
    document: what stands after 附件 is all added to it, but a line of that sort (注：…) amid the text is none.
    """
    count = len(texts)
    start = count
    for place in range(count - 1, -1, -1):
        text = texts[place]
        if is_signature[place] or _ADDED.fullmatch(text) or _LEAVE.fullmatch(text) or _CLOSE.fullmatch(text):
            start = place
        elif len(text) > _BODY_LENGTH or text[-1] in "。；;":
            break
    after = next((p for p in range(count // 3, count) if _begins_attachment(texts, p, is_signature)), count)
    is_most = sum(map(len, texts[after:])) * 2 > sum(map(len, texts))
    return start if is_most else min(start, after)


def _begins_attachment(texts: Sequence[str], place: int, is_signature: Sequence[bool]) -> bool:
    """Return whether an attachment begins at a line: 附件 alone, or named after the text took its leave."""
    text = texts[place]
    if not re.match(r"附\s*(?:件|表|录)|附[：:]", text) or not _ADDED.match(text):
        return False
    return place > 0 and (is_signature[place - 1] or texts[place - 1][-1] in "。！!；;）)")
