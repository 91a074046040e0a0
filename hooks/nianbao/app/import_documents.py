"""A document of staff becomes the draft of a report on disk."""

from __future__ import annotations

import contextlib
import difflib
import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao.app.replace_file import read_old, replace_file
from nianbao.editions.review import show_entries
from nianbao.errors import DataError
from nianbao.importing.imported import Imported, import_content
from nianbao.importing.readers import prepare_sources
from nianbao.importing.source_text import UnreadableError
from nianbao.model import Indicator, Kind
from nianbao.sources.files import SIZE_LIMIT_BYTES
from nianbao.sources.store import read_report

DOCUMENT_LIMIT_BYTES = 40_000_000


@dataclass(frozen=True, slots=True)
class Placed:
    """What was written: the report, its pictures, and the copies of the files that stood there before."""

    path: Path
    picture_paths: tuple[Path, ...]
    backup_paths: tuple[Path, ...]


def import_document(
    path: Path, *, indicators: Mapping[str, Indicator], period: str = "", kind: Kind | None = None
) -> Imported:
    """Return a document as a draft. Raises: UnreadableError."""
    content = _read_document(path)
    try:
        imported = import_content(content, name=show_name(path.name), indicators=indicators, period=period, kind=kind)
    except UnreadableError:
        raise
    except Exception as failure:  # a slip of ours is not to stop the other documents
        raise UnreadableError(
            f"认到一半，程序出了错（{type(failure).__name__}）",
            "请把这份文件交给维护程序的人；急用就把文字存成 .txt 再导入",
        ) from failure
    if len(imported.yaml.encode()) > SIZE_LIMIT_BYTES:
        raise UnreadableError("生成的草稿太大，不像一份报告", "确认文件没有选错；一份报告一个文件，再导入")
    return imported


def prepare_documents(paths: Sequence[Path]) -> None:
    """Do together what takes long for each of some documents that are imported next."""
    documents = []
    for path in paths:
        with contextlib.suppress(UnreadableError, OSError):
            documents.append((path.name, _read_document(path)))
    prepare_sources(documents)


def show_name(name: str) -> str:
    """Return a file's name as text: one in GBK, as old archives unpack to, is read so; what is no text is �."""
    raw = os.fsencode(name)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", "replace")
    return "".join(character if character.isprintable() or character == "\u3000" else "�" for character in text)


def place_draft(imported: Imported, folder: Path, *, is_forced: bool) -> Placed:
    """Write a draft and its pictures into a district's folder; the whole file or nothing.

    Every file that is replaced stays as NAME.bak, or .bak2 …; one is replaced only when `is_forced`, and no link is
    followed. Raises: UnreadableError when it is not, or the period is not known.
    """
    if not imported.stem:
        raise UnreadableError(
            "看不出是哪一年的报告", "加上 --period，如 --period 2023（全年）、--period 2023-H1（上半年）"
        )
    path = folder / f"{imported.stem}.yml"
    contents = {folder / f"{imported.stem}-{picture.name}": picture.content for picture in imported.pictures}
    contents[path] = imported.yaml.encode()
    _make_folder(folder)
    old = {written_path: read_old(written_path) for written_path in contents}
    for written_path in (path, *contents):
        is_other = old[written_path] is not None and (
            written_path == path or old[written_path] != contents[written_path]
        )
        if is_other and not is_forced:
            raise UnreadableError(
                f"{written_path} 已经有了，没有动它", "看看会改什么：加 --diff；确定要换：加 --force（旧文件留作备份）"
            )
    backup_paths = [replace_file(written_path, content) for written_path, content in contents.items()]
    return Placed(path, tuple(contents)[:-1], tuple(backup_path for backup_path in backup_paths if backup_path))


def list_questions(imported: Imported, path: Path, *, root: Path) -> tuple[tuple[str, str], ...]:
    """Return what a person is asked of a draft that stands, or is to stand, at `path`: where, in words, and what."""
    report, _ = read_report(path, root=root, raw=imported.yaml.encode())
    if report is None:
        return tuple((entry.place, entry.question) for entry in imported.review)
    return tuple((entry.where, entry.question) for entry in show_entries(report))


def check_draft_file(
    imported: Imported, path: Path, *, root: Path, indicators: Mapping[str, Indicator]
) -> tuple[DataError, ...]:
    """Return what `nianbao check` has to say of a draft that stands, or is to stand, at `path`."""
    _, errors = read_report(path, root=root, raw=imported.yaml.encode(), indicators=indicators)
    return errors


def diff_draft(imported: Imported, folder: Path) -> str:
    """Return what placing the draft would change, as a unified diff; empty when nothing would."""
    path = folder / f"{imported.stem or 'period'}.yml"
    old = (read_old(path) or b"").decode("utf-8", "replace")
    return "".join(
        difflib.unified_diff(
            old.splitlines(keepends=True),
            imported.yaml.splitlines(keepends=True),
            f"{path}（现在）",
            f"{path}（导入后）",
        )
    )


def _make_folder(folder: Path) -> None:
    """Make a district's folder, and refuse a link in its place: what it leads to is not ours."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(parents=True)
    if folder.is_symlink() or not folder.is_dir():
        raise UnreadableError(f"{folder} 不是文件夹，而是链接或文件", "换成真的文件夹，再导入；链接指向的地方不会写")


def _read_document(path: Path) -> bytes:
    try:
        # Without O_NONBLOCK, opening a named pipe would wait for its writer for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as failure:
        problem = "没有这个文件" if isinstance(failure, FileNotFoundError) else f"打不开：{failure.strerror}"
        raise UnreadableError(problem, "检查文件名对不对、文件是否正被别的程序占用") from failure
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("不是普通文件", "选一份文档，不要选文件夹")
        if status.st_size > DOCUMENT_LIMIT_BYTES:
            raise UnreadableError(
                f"文件有 {status.st_size / 1_000_000:.0f} MB，不像一份报告",
                "确认文件没有选错；Word 里图片太大就先压缩图片",
            )
        return file.read(DOCUMENT_LIMIT_BYTES + 1)
