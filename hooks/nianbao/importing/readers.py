"""What documents can be imported. A new format is one file in importing/ and one line in READERS."""

from __future__ import annotations

import contextlib
import hashlib
import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from nianbao.importing.confined import call_confined
from nianbao.importing.office import convert_ahead
from nianbao.importing.pasted_tables import number_tables
from nianbao.importing.refusals import SAVE_AS_DOCX, explain_refusal, is_locked
from nianbao.importing.source_text import CHARACTER_LIMIT, SourceText, UnreadableError

# How every ZIP file begins, and so every document that is one (.docx): their suffix tells them apart.
ZIP = b"PK\x03\x04"
# How every older office file begins.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class ReadSource(Protocol):
    """Reads a document's bytes. Raises: UnreadableError."""

    def __call__(self, content: bytes, *, name: str, sha256: str) -> SourceText: ...


@dataclass(frozen=True, slots=True)
class Reader:
    """How files with some suffixes are read: by the function at `target`, module:name, loaded when it is needed.

    `magic` is how such a file begins; a reader without it reads text, and gets no file that begins like another kind.
    `mark` is what only files of its kind hold, of all that begin so.
    It runs in a process of its own, unless `is_safe` says that it hands no bytes of the document to a library.
    """

    suffixes: tuple[str, ...]
    target: str
    magic: bytes = b""
    is_safe: bool = False
    mark: bytes = b""

    def load(self) -> ReadSource:
        """Return the function that reads."""
        read: ReadSource = pkgutil.resolve_name(self.target)
        return read


_OFFICE = "nianbao.importing.office:read_office"
READERS: tuple[Reader, ...] = (
    Reader((".txt", ".text"), "nianbao.importing.text:read_plain_text", is_safe=True),
    Reader((".md", ".markdown"), "nianbao.importing.markdown:read_markdown", is_safe=True),
    Reader((".docx",), "nianbao.importing.docx:read_docx", ZIP, mark=b"word/"),
    Reader((".html", ".htm"), "nianbao.importing.html:read_html"),
    Reader((".pdf",), "nianbao.importing.pdf:read_pdf", b"%PDF"),
    # LibreOffice reads these in a process of its own, and so is what it made of them.
    Reader((".doc", ".wps", ".dot", ".wpt"), _OFFICE, OLE, is_safe=True),
    Reader((".rtf",), _OFFICE, b"{\\rtf", is_safe=True),
    Reader((".odt",), _OFFICE, ZIP, is_safe=True, mark=b"opendocument.text"),
)


def list_suffixes() -> str:
    """Return the suffixes of what can be imported, in the order of READERS."""
    return " ".join(suffix for reader in READERS for suffix in reader.suffixes)


def read_source(content: bytes, *, name: str) -> SourceText:
    """Return a document's text; `name` is its file's, with the suffix. Raises: UnreadableError."""
    reader = _choose_reader(content, name=name)
    sha256 = hashlib.sha256(content).hexdigest()
    if reader.is_safe:
        source = reader.load()(content, name=name, sha256=sha256)
    else:
        answer = call_confined(reader.target, content, name=name, sha256=sha256)
        assert isinstance(answer, SourceText)
        source = answer
    source = number_tables(source)
    count = sum(len(paragraph.text.strip()) for paragraph in source.paragraphs if not paragraph.aside)
    if not count:
        raise UnreadableError("文件里没有文字", "打开文件看看有没有文字，保存后再导入")
    if count > CHARACTER_LIMIT:
        raise UnreadableError(f"正文有 {count} 字，不像一份报告", "确认文件没有选错；一份报告一个文件，再导入")
    return source


def prepare_sources(documents: Sequence[tuple[str, bytes]]) -> None:
    """Do together what takes long for each of some documents that are read next, given by their names and contents."""
    contents = []
    for name, content in documents:
        with contextlib.suppress(UnreadableError):
            if _choose_reader(content, name=name).target == _OFFICE:
                contents.append(content)
    if len(contents) > 1:
        convert_ahead(contents)


def _choose_reader(content: bytes, *, name: str) -> Reader:
    """Return the reader for a suffix, if the content begins as it should: a suffix is easily changed, and often was."""
    _, dot, ending = name.rpartition(".")
    suffix = f"{dot}{ending}".lower() if dot else ""
    named = [reader for reader in READERS if suffix in reader.suffixes]
    fitting = [reader for reader in READERS if reader.magic and content.startswith(reader.magic)]
    # .doc is often .rtf or .docx by another name, and .docx the .doc that it was: what is surely a kind is read so.
    sure = [reader for reader in fitting if (reader.mark or reader.magic != ZIP) and reader.mark in content]
    if any(reader.magic for reader in named) and not is_locked(content):
        for reader in (*(r for r in sure if r in named), *sure, *(r for r in fitting if r in named)):
            return reader
    refusal = explain_refusal(content, suffix, is_read=bool(named)) or _explain_suffix(content, suffix)
    if refusal:
        raise UnreadableError(*refusal)
    for reader in named:
        if not reader.magic:
            return reader
    if named:
        raise UnreadableError(f"后缀是 {suffix}，内容却不是这种文件", SAVE_AS_DOCX)
    raise UnreadableError(f"不认识“{suffix or name}”这种文件", f"能导入的有：{list_suffixes()}；别的格式请另存为 .docx")


def _explain_suffix(content: bytes, suffix: str) -> tuple[str, str] | None:
    """Return what to say of a file that begins as those of a reader do, and has another suffix; None of any other."""
    alike = [s for reader in READERS if reader.magic and content.startswith(reader.magic) for s in reader.suffixes]
    if not alike:
        return None
    names = "、".join(alike)
    packed = content.startswith(ZIP)
    return (
        f"这是{'压缩包或' if packed else ''} {names} 文件，后缀却是“{suffix}”",
        f"是文档就把后缀改成 {names}，再导入" + ("；是压缩包就先解压" if packed else ""),
    )
