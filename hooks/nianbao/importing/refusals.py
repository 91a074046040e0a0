"""What staff have and no reader takes, and the way round."""

from __future__ import annotations

SAVE_AS_DOCX = "用 Word 或 WPS 打开它，另存为 .docx，再导入"
_COPY_TEXT = "打开它，把文字复制到 Word 里，存成 .docx，再导入；扫描件要先做文字识别"
_FIND_WORD_FILE = "有 Word 原稿就导入原稿；没有就" + _COPY_TEXT
_SAVE_AS_HTML = "在浏览器里打开，另存为“网页，仅 HTML”，再导入"
_UNPACK = "解压以后，导入里面的文件"
_PICTURE = ("这是图片，没有可以读的文字", "先把图里的字识别成文字（Word 或输入法的“图片转文字”），再导入")

# By suffix: what it is, and what to do. A suffix of a reader's goes before the one here.
_REFUSED: dict[str, tuple[str, str]] = {
    ".ofd": ("这是 OFD 版式文件，读不了", _FIND_WORD_FILE),
    ".xls": ("这是表格文件，读不了", _COPY_TEXT),
    ".xlsx": ("这是表格文件，读不了", _COPY_TEXT),
    ".ppt": ("这是演示文稿，读不了", _COPY_TEXT),
    ".pptx": ("这是演示文稿，读不了", _COPY_TEXT),
    ".mht": ("这是网页存档（.mht），读不了", _SAVE_AS_HTML),
    ".mhtml": ("这是网页存档（.mhtml），读不了", _SAVE_AS_HTML),
    ".zip": ("这是压缩包，读不了", _UNPACK),
    ".rar": ("这是压缩包，读不了", _UNPACK),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".heic", ".tif", ".tiff"), _PICTURE),
}
# By how the file begins, whatever its suffix says.
_SIGNATURES = ((b"\x89PNG", ".png"), (b"\xff\xd8\xff", ".jpg"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOCKED = ("文件有密码", "用 Word 打开，取消密码（文件 → 信息 → 保护文档），另存为 .docx，再导入")


def explain_refusal(content: bytes, suffix: str, *, is_read: bool) -> tuple[str, str] | None:
    """Return the problem and what to do about it, in Chinese; None for a file that is not known to be unreadable.

    `is_read`: readers take files of this suffix, though not those that begin so.
    """
    if not content:
        return "文件是空的", "打开文件看看有没有文字，保存后再导入"
    refused = None if is_read else _REFUSED.get(suffix)
    if is_locked(content):
        return _LOCKED
    return next((_REFUSED[kind] for magic, kind in _SIGNATURES if content.startswith(magic)), refused)


def is_locked(content: bytes) -> bool:
    """Return whether it is a .docx or its like that a password locks."""
    return content.startswith(_OLE) and _ENCRYPTED in content
