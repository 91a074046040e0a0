"""Reading what people saved: regular files of a sane size, in one encoding, from inside data/."""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path

from nianbao.errors import DataError, DataErrors
from nianbao.text.odd_characters import describe_refused, find_refused

SIZE_LIMIT_BYTES = 2_000_000
_SAVE_AS_UTF8 = "VS Code：点右下角的编码名 → 通过编码保存 → UTF-8；记事本：文件 → 另存为 → 编码选 UTF-8"
# Past this many a file is an accident, and nobody reads on.
_MOST_CHARACTER_MISTAKES = 50
_SHOWN_BEFORE = 8


def name_file(path: Path, *, root: Path) -> str:
    """Return a file's name in messages: relative to the project's root where it is inside, with slashes."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def explain_link_outside(path: Path, *, data_dir: Path, file: str) -> DataError | None:
    """Return the mistake when a path is a symbolic link that leads out of data/ or nowhere; None when all is well."""
    if not path.is_symlink():
        return None
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return DataError(file, 0, "", "是一个断了的链接", "换成文件本身")
    if target.is_relative_to(data_dir.resolve()):
        return None
    return DataError(file, 0, "", "是指向 data/ 之外的链接，不会被读取", "换成文件本身")


def read_content(path: Path, *, file: str) -> bytes:
    """Return a regular file's bytes, never reading more than the limit. Raises: DataErrors."""
    try:
        # Without O_NONBLOCK, opening a named pipe would wait for its writer for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as failure:
        raise _refusal(file, *_explain_failure(failure)) from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise _refusal(file, "不是普通文件", "换成普通的 YAML 文件，或删去")
        if status.st_size > SIZE_LIMIT_BYTES:
            raise _too_large(file, status.st_size)
        # Asked for the limit at once, the system would hand out megabytes for each file.
        content = os.read(descriptor, status.st_size + 1)
        if len(content) > status.st_size:  # it grew meanwhile
            content += os.read(descriptor, SIZE_LIMIT_BYTES + 1 - len(content))
        return content
    except OSError as failure:
        raise _refusal(file, *_explain_failure(failure)) from None
    finally:
        os.close(descriptor)


def decode_text(content: bytes, *, file: str) -> str:
    """Return a file's bytes as text: UTF-8, with or without a byte order mark. Raises: DataErrors."""
    if len(content) > SIZE_LIMIT_BYTES:
        raise _too_large(file, len(content))
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _is_bare_utf16(content):
        raise _refusal(file, "编码是 UTF-16，不是 UTF-8", _SAVE_AS_UTF8)
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as failure:
        raise _explain_encoding(content, file, failure) from None
    refused = find_refused(text)
    if refused:
        raise DataErrors(islice(_explain_characters(text, refused, file), _MOST_CHARACTER_MISTAKES))
    return text


def _explain_characters(text: str, refused: Collection[str], file: str) -> Iterator[DataError]:
    """Yield a mistake for each line and each of the characters that stands there."""
    pattern = re.compile("|".join(map(re.escape, refused)))
    for number, line in enumerate(text.split("\n"), start=1):
        first = {found[0]: found.start() for found in reversed(list(pattern.finditer(line)))}
        for character, at in first.items():
            problem, fix = describe_refused(character)
            before = line[max(0, at - _SHOWN_BEFORE) : at].strip()
            yield DataError(file, number, "", f"{problem}{f'，在“{before}”后面' if before else ''}", fix)


def _is_bare_utf16(content: bytes) -> bool:
    """Tell UTF-16 without a byte order mark by the zeros beside the ASCII of the first keys."""
    head = content[:64]
    return len(head) >= 8 and max(head[::2].count(0), head[1::2].count(0)) > len(head) // 4


def _explain_encoding(content: bytes, file: str, failure: UnicodeDecodeError) -> DataErrors:
    line = content.count(b"\n", 0, failure.start) + 1
    if _is_gbk(content):
        return DataErrors([DataError(file, line, "", "编码是 GBK（GB18030），不是 UTF-8", _SAVE_AS_UTF8)])
    fix = "从备份恢复这一行，或重新输入；整个文件都是乱码，就按原来的编码打开，再存成 UTF-8"
    return DataErrors([DataError(file, line, "", "这一行有读不出的字节，不是 UTF-8", fix)])


def _is_gbk(content: bytes) -> bool:
    """Tell GBK from UTF-8 with a few broken bytes, which would decode as GBK too, into nonsense."""
    broken = content.decode("utf-8", "replace")
    if broken.count("\ufffd") * 10 < sum(character > "\x7f" for character in broken):
        return False
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _explain_failure(failure: OSError) -> tuple[str, str]:
    if isinstance(failure, FileNotFoundError):
        return "没有这个文件", "新建它，或从备份恢复"
    if isinstance(failure, PermissionError):
        return "没有读取权限", "在文件属性里给自己读取权限"
    if isinstance(failure, IsADirectoryError):
        return "是目录，不是文件", "换成文件"
    return f"读不了这个文件（{failure.strerror}）", "检查磁盘或网络盘"


def _too_large(file: str, size_bytes: int) -> DataErrors:
    limit = SIZE_LIMIT_BYTES // 1_000_000
    problem = f"文件有 {size_bytes / 1_000_000:.1f} MB，超过 {limit} MB，没有读取"
    return _refusal(file, problem, "一份报告只有几万字节：检查是否放错了文件；图片不放在 YAML 里")


def _refusal(file: str, problem: str, fix: str) -> DataErrors:
    return DataErrors([DataError(file, 0, "", problem, fix)])
