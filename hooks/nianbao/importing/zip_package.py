"""Documents that are ZIP files, opened only when they are what a report could be."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from nianbao.importing.confined import SAVE_AS_NEW
from nianbao.importing.source_text import UnreadableError

UNPACKED_LIMIT_BYTES = 100_000_000
_TEXT_LIMIT_BYTES = _MEMBER_LIMIT_BYTES = 40_000_000
_MEMBERS_LIMIT = 5_000
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_PACKED_RATIO = 150
_RATIO_FROM_BYTES = 10_000_000
BROKEN = ("文件已损坏，打不开", SAVE_AS_NEW)
ENTITIES = ("文件里有外部实体声明，为安全起见不读", SAVE_AS_NEW)


@contextmanager
def open_package(content: bytes) -> Iterator[zipfile.ZipFile]:
    """Give a ZIP file whose members may be read within a `with`; one that lacks a member, or is damaged, is broken.

    Raises: UnreadableError, also for what unpacks to more than a report, is locked, or holds XML with entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_members(package)
            yield package
    except (
        zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError, KeyError, ValueError,
        etree.XMLSyntaxError,
    ) as failure:  # fmt: skip
        raise UnreadableError(*BROKEN) from failure


def parse_xml(content: bytes) -> etree._Element:
    """Return the root of a member's XML. Raises: UnreadableError when it declares a type; etree.XMLSyntaxError."""
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    refuse_entities(root)
    return root


def refuse_entities(root: etree._Element) -> None:
    """Refuse XML that declares a document type, in whatever encoding. Raises: UnreadableError."""
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError(*ENTITIES)


def _check_members(package: zipfile.ZipFile) -> None:
    members = package.infolist()
    if len(members) > _MEMBERS_LIMIT:
        raise UnreadableError(f"文件里有 {len(members)} 个部件，不像一份报告", SAVE_AS_NEW)
    unpacked = sum(member.file_size for member in members)
    largest = max((member.file_size for member in members), default=0)
    packed = max(1, sum(member.compress_size for member in members))
    if (
        unpacked > UNPACKED_LIMIT_BYTES
        or largest > _MEMBER_LIMIT_BYTES
        or (unpacked > _RATIO_FROM_BYTES and unpacked / packed > _PACKED_RATIO)
    ):
        raise _too_much(unpacked)
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableError("文件有密码", "用 Word 打开，取消密码，另存为 .docx，再导入")
    texts = [member for member in members if _is_text(package, member)]
    if sum(member.file_size for member in texts) > _TEXT_LIMIT_BYTES:
        raise _too_much(unpacked)
    for member in texts:
        if _DECLARATION.search(package.read(member)):
            raise UnreadableError(*ENTITIES)


def _is_text(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Return whether a member may be XML, whatever its name: a document says itself which member is its text."""
    with package.open(member) as stream:
        head = stream.read(64)
    return head.lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"<") or head.startswith((b"\xff\xfe", b"\xfe\xff"))


def _too_much(unpacked: int) -> UnreadableError:
    return UnreadableError(
        f"解压后有 {unpacked / 1_000_000:.0f} MB，不像一份报告（可能是压缩炸弹）", f"确认文件来源可靠，{SAVE_AS_NEW}"
    )
