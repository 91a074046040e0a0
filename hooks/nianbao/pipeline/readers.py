"""What documents can be imported. A new format is one file in sources/imports/ and one line in READERS."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from nianbao.sources.imports.docx import read_docx
from nianbao.sources.imports.html import read_html
from nianbao.sources.imports.source_text import SourceText, UnreadableError
from nianbao.sources.imports.text import read_markdown, read_plain_text

SIZE_LIMIT_BYTES = 40_000_000
_SAVE_AS_DOCX = "用 Word 或 WPS 打开它，另存为 .docx，再导入"
_COPY_TEXT = "打开它，把文字复制到 Word 里，存成 .docx，再导入；扫描件要先做文字识别"


class ReadSource(Protocol):
    """Reads a document's bytes. Raises: UnreadableError."""

    def __call__(self, content: bytes, *, name: str, sha256: str) -> SourceText: ...


@dataclass(frozen=True, slots=True)
class Reader:
    """How files with some suffixes are read."""

    suffixes: tuple[str, ...]
    read: ReadSource


READERS: tuple[Reader, ...] = (
    Reader((".txt", ".text"), read_plain_text),
    Reader((".md", ".markdown"), read_markdown),
    Reader((".docx",), read_docx),
    Reader((".html", ".htm"), read_html),
)

# What staff have and no reader takes: suffix, what it is, and the way round.
_REFUSED: dict[str, tuple[str, str]] = {
    ".doc": ("这是旧版 Word 文件（.doc），读不了", _SAVE_AS_DOCX),
    ".dot": ("这是旧版 Word 模板（.dot），读不了", _SAVE_AS_DOCX),
    ".wps": ("这是 WPS 文字文件（.wps），读不了", _SAVE_AS_DOCX),
    ".wpt": ("这是 WPS 模板（.wpt），读不了", _SAVE_AS_DOCX),
    ".rtf": ("这是 RTF 文件，读不了", _SAVE_AS_DOCX),
    ".odt": ("这是 ODT 文件，读不了", _SAVE_AS_DOCX),
    ".pdf": ("这是 PDF，读不了", "有 Word 原稿就导入原稿；没有就" + _COPY_TEXT),
    ".ofd": ("这是 OFD 版式文件，读不了", "有 Word 原稿就导入原稿；没有就" + _COPY_TEXT),
    ".xls": ("这是表格文件，读不了", _COPY_TEXT),
    ".xlsx": ("这是表格文件，读不了", _COPY_TEXT),
    ".ppt": ("这是演示文稿，读不了", _COPY_TEXT),
    ".pptx": ("这是演示文稿，读不了", _COPY_TEXT),
    ".mht": ("这是网页存档（.mht），读不了", "在浏览器里打开，另存为“网页，仅 HTML”，再导入"),
    ".mhtml": ("这是网页存档（.mhtml），读不了", "在浏览器里打开，另存为“网页，仅 HTML”，再导入"),
    ".zip": ("这是压缩包，读不了", "解压以后，导入里面的文件"),
    ".rar": ("这是压缩包，读不了", "解压以后，导入里面的文件"),
}
for _suffix in (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".heic", ".tif", ".tiff"):
    _REFUSED[_suffix] = ("这是图片，没有可以读的文字", "先把图里的字识别成文字（Word 或输入法的“图片转文字”），再导入")
_PACKED_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_source(path: Path) -> SourceText:
    """Return a document's text. Raises: UnreadableError, with what to do about it."""
    content = _read_content(path)
    suffix = path.suffix.lower()
    _refuse(content, suffix)
    reader = next((reader for reader in READERS if suffix in reader.suffixes), None)
    if reader is None:
        known = " ".join(suffix for reader in READERS for suffix in reader.suffixes)
        raise UnreadableError(
            f"不认识“{path.suffix or path.name}”这种文件", f"能导入的有：{known}；别的格式请另存为 .docx"
        )
    return reader.read(content, name=path.name, sha256=hashlib.sha256(content).hexdigest())


def _read_content(path: Path) -> bytes:
    try:
        # Without O_NONBLOCK, opening a named pipe would wait for its writer for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as failure:
        problem = "没有这个文件" if isinstance(failure, FileNotFoundError) else f"打不开：{failure.strerror}"
        raise UnreadableError(problem, "检查文件名对不对、文件是否正被别的程序占用") from failure
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("不是普通文件", "选一个 .docx、.txt 或 .html 文件")
        if status.st_size > SIZE_LIMIT_BYTES:
            raise UnreadableError(
                f"文件有 {status.st_size / 1_000_000:.0f} MB，不像一份报告",
                "确认文件没有选错；Word 里图片太大就先压缩图片",
            )
        return file.read(SIZE_LIMIT_BYTES + 1)


def _refuse(content: bytes, suffix: str) -> None:
    """Refuse what cannot be read, by what is in the file first: a suffix is easily changed, and often was."""
    if not content:
        raise UnreadableError("文件是空的", "打开文件看看有没有文字，保存后再导入")
    if content.startswith(_PACKED_OLE):
        if b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e" in content:
            raise UnreadableError(
                "文件有密码", "用 Word 打开，取消密码（文件 → 信息 → 保护文档），另存为 .docx，再导入"
            )
        problem, fix = _REFUSED.get(suffix, ("这其实是旧版 Word 文件（.doc），只是改了后缀，读不了", _SAVE_AS_DOCX))
        raise UnreadableError(problem, fix)
    for magic, kind in ((b"%PDF", ".pdf"), (b"{\\rtf", ".rtf"), (b"\x89PNG", ".png"), (b"\xff\xd8\xff", ".jpg")):
        if content.startswith(magic):
            raise UnreadableError(*_REFUSED[kind])
    if suffix in _REFUSED:
        raise UnreadableError(*_REFUSED[suffix])
    if content.startswith(b"PK\x03\x04") and suffix != ".docx":
        raise UnreadableError(
            "这是压缩包或 Word 文件，后缀却不是 .docx", "是 Word 文件就把后缀改成 .docx；是压缩包就先解压"
        )
    if suffix == ".docx" and not content.startswith(b"PK"):
        raise UnreadableError("后缀是 .docx，内容却不是 Word 文件", _SAVE_AS_DOCX)
