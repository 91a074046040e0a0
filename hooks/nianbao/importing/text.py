"""Plain text, in the encodings that Chinese office programs write."""

from __future__ import annotations

import codecs
import re

from nianbao.importing.source_text import CHARACTER_LIMIT, SourceParagraph, SourceText, UnreadableError

_COMMON = re.compile(
    "[\t\n\r\x20-\x7e\xa0·×÷\u2000-\u206f\u2103-\u22ff\u2460-\u27bf\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
)
_HIGH_BYTES = frozenset({0x00, 0x20, 0x30, 0xFF, *range(0x4E, 0xA0)})
_SAMPLE = 20_000
LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def read_plain_text(content: bytes, *, name: str, sha256: str) -> SourceText:
    """Return a text file's lines as paragraphs. Raises: UnreadableError."""
    text = decode_bytes(content)
    lines = LINE_END.split(text)
    return SourceText(name, sha256, tuple(SourceParagraph(line) for line in lines))


def decode_bytes(content: bytes, *, limit: int = CHARACTER_LIMIT) -> str:
    """Return a text file's characters: UTF-8, UTF-16 or GB18030, with or without a byte order mark.

    Raises: UnreadableError when it is none of them, or has more than `limit` characters.
    """
    if len(content) > limit * 4:
        raise UnreadableError(
            f"文件有 {len(content) / 1_000_000:.1f} MB，不像一份报告", "确认文件没有选错；只留报告本身的文字，再导入"
        )
    text = _decode(content)
    if "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise UnreadableError("文件里有不成文字的内容（乱码或二进制）", "用 Word 打开，另存为 .docx 或“纯文本”后再导入")
    if len(text) > limit:
        raise UnreadableError(f"正文有 {len(text)} 字，不像一份报告", "确认文件没有选错；一份报告一个文件，再导入")
    if not text.strip():
        raise UnreadableError("文件是空的", "打开文件看看有没有文字，保存后再导入")
    return text


def _decode(content: bytes) -> str:
    marks = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
    encodings = [encoding for mark, encoding in marks if content.startswith(mark)]
    body = content
    for mark, _ in marks:
        body = body.removeprefix(mark)
    if not encodings:
        encodings = [*_guess_utf16(content), "utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Any bytes are some characters of GB18030 or UTF-16; a report's are common ones.
        if encoding == "utf-8" or _is_common(text):
            return text
    raise UnreadableError("认不出文件的编码，或文件已损坏", "用记事本打开，另存为，编码选 UTF-8，再导入")


def _guess_utf16(content: bytes) -> list[str]:
    """Return the byte order in which an unmarked file reads as UTF-16; empty when it is another encoding.

    Chinese characters stand in 4E00–9FFF, their punctuation in 20xx, 30xx and FFxx, Latin letters in 00xx: the high
    bytes give the order away.
    """
    if len(content) % 2 or (b"\x00" not in content and _is_utf8(content)):
        return []
    shares = {
        encoding: sum(byte in _HIGH_BYTES for byte in content[place:_SAMPLE:2]) / len(content[place:_SAMPLE:2])
        for encoding, place in (("utf-16-le", 1), ("utf-16-be", 0))
    }
    likely = max(shares, key=lambda encoding: shares[encoding])
    return [likely] if shares[likely] > 0.9 else []


def _is_common(text: str) -> bool:
    """Return whether a text is made of the characters that Chinese office texts are made of."""
    return sum(bool(_COMMON.match(c)) for c in text[:_SAMPLE]) >= 0.95 * min(len(text), _SAMPLE)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
