"""What documents can be imported. A new format is one file in importing/ and one line in READERS."""

from __future__ import annotations

import hashlib
import pkgutil
from dataclasses import dataclass
from typing import Protocol

from nianbao.importing.pasted_tables import number_tables
from nianbao.importing.refusals import SAVE_AS_DOCX, explain_refusal
from nianbao.importing.source_text import CHARACTER_LIMIT, SourceText, UnreadableError

# How every ZIP file begins, and so every document that is one (.docx): their suffix tells them apart.
ZIP = b"PK\x03\x04"


class ReadSource(Protocol):
    """Reads a document's bytes. Raises: UnreadableError."""

    def __call__(self, content: bytes, *, name: str, sha256: str) -> SourceText: ...


@dataclass(frozen=True, slots=True)
class Reader:
    """How files with some suffixes are read: by the function at `target`, module:name, loaded when it is needed.

    `magic` is how such a file begins; a reader without it reads text, and gets no file that begins like another kind.
    """

    suffixes: tuple[str, ...]
    target: str
    magic: bytes = b""

    def load(self) -> ReadSource:
        """Return the function that reads."""
        read: ReadSource = pkgutil.resolve_name(self.target)
        return read


READERS: tuple[Reader, ...] = (
    Reader((".txt", ".text"), "nianbao.importing.text:read_plain_text"),
    Reader((".md", ".markdown"), "nianbao.importing.markdown:read_markdown"),
    Reader((".docx",), "nianbao.importing.docx:read_docx", ZIP),
    Reader((".html", ".htm"), "nianbao.importing.html:read_html"),
)


def list_suffixes() -> str:
    """Return the suffixes of what can be imported, in the order of READERS."""
    return " ".join(suffix for reader in READERS for suffix in reader.suffixes)


def read_source(content: bytes, *, name: str) -> SourceText:
    """Return a document's text; `name` is its file's, with the suffix. Raises: UnreadableError."""
    _, dot, ending = name.rpartition(".")
    read = _choose_reader(content, suffix=f"{dot}{ending}".lower() if dot else "", name=name).load()
    source = number_tables(read(content, name=name, sha256=hashlib.sha256(content).hexdigest()))
    count = sum(len(paragraph.text.strip()) for paragraph in source.paragraphs if not paragraph.aside)
    if not count:
        raise UnreadableError("文件里没有文字", "打开文件看看有没有文字，保存后再导入")
    if count > CHARACTER_LIMIT:
        raise UnreadableError(f"正文有 {count} 字，不像一份报告", "确认文件没有选错；一份报告一个文件，再导入")
    return source


def _choose_reader(content: bytes, *, suffix: str, name: str) -> Reader:
    """Return the reader for a suffix, if the content begins as it should: a suffix is easily changed, and often was."""
    named = [reader for reader in READERS if suffix in reader.suffixes]
    for reader in named:
        if reader.magic and content.startswith(reader.magic):
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
