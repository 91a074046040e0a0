"""A site of one's own: a folder with all that MkDocs and nianbao need, and no report yet."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from nianbao.errors import DataError
from nianbao.model.base import Line, Slug, Word
from nianbao.pipeline.site import read_address
from nianbao.sources.schema import write_schemas
from nianbao.sources.store import RESERVED_SLUGS
from nianbao.starter import STARTER_DIR
from nianbao.text.odd_characters import describe_refused, find_refused
from nianbao.text.yaml_scalars import quote_scalar

# What may be in the folder already: of git, of the Python that runs this, of the Mac's file manager.
_HARMLESS = frozenset({".git", ".venv", ".DS_Store"})
_MARK = re.compile("@@([a-z_]+)@@")


@dataclass(frozen=True, slots=True)
class SiteAnswers:
    """What a new site is asked for. `publisher` may be empty, `url` ends with '/'."""

    name: str
    publisher: str
    url: str
    district_name: str
    district: str


def read_answer(field: str, text: str) -> str:
    """Return an answer as it goes into the files. `field` is one of SiteAnswers'.

    Raises: DataError, which says what to write.
    """
    text = text.strip()
    for refused in find_refused(text)[:1]:
        raise DataError("", 0, "", *describe_refused(refused))
    if field == "publisher" and not text:
        return ""
    if field == "url":
        return read_address(text)
    if field == "district":
        return _read_slug(text)
    most = 20 if field == "district_name" else 120
    if not _fits(Word if field == "district_name" else Line, text):
        raise DataError("", 0, "", f"有 {len(text)} 字", f"写 1 到 {most} 个字，不换行")
    return text


def check_folder(folder: Path) -> None:
    """Raises: DataError when a site cannot be put there: something is in the way, or nothing may be written."""
    if folder.is_symlink() and not folder.exists():
        raise DataError(str(folder), 0, "", "是一个断了的链接", "换一个文件夹的名字，或者删掉这个链接")
    if folder.exists() and not folder.is_dir():
        raise DataError(str(folder), 0, "", "是一个文件，不是文件夹", "换一个文件夹的名字")
    found = sorted({path.name for path in folder.iterdir()} - _HARMLESS) if folder.exists() else []
    if found:
        listed = "、".join(found[:8]) + (f" 等 {len(found)} 个" if len(found) > 8 else "")
        raise DataError(
            str(folder), 0, "", f"文件夹里已经有 {listed}，没有动它们", "换一个空的文件夹，或者还没有的名字"
        )
    ground = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if ground.is_dir() and not os.access(ground, os.W_OK | os.X_OK):
        raise DataError(str(folder), 0, "", f"{ground} 不让写", "换一个自己能写的地方，或者请管理员给权限")


def make_site(folder: Path, answers: SiteAnswers) -> None:
    """Write a new site into a folder: all of it or nothing, and nothing over what is there.

    Raises: DataError, as check_folder; OSError, which names the folder.
    """
    check_folder(folder)
    # Inside a folder that is there, which may be the current one; beside one that is not.
    staging = (folder if folder.exists() else folder.parent) / f".nianbao-init-{os.getpid()}"
    try:
        staging.mkdir(parents=True)
        try:
            _write_files(staging, answers)
            _put_in_place(staging, folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as failure:
        raise OSError(failure.errno, failure.strerror, str(folder)) from None


def _put_in_place(staging: Path, folder: Path) -> None:
    if not folder.exists():
        staging.rename(folder)
        return
    put = []
    try:
        for path in sorted(staging.iterdir()):
            put.append(path.rename(folder / path.name))
    except OSError:
        for path in put:
            path.rename(staging / path.name)
        raise


def _write_files(folder: Path, answers: SiteAnswers) -> None:
    for source in sorted(STARTER_DIR.rglob("*")):
        name = source.relative_to(STARTER_DIR).as_posix()
        if not source.is_file() or "__pycache__" in name or name == "__init__.py":
            continue
        path = folder / (".gitignore" if name == "gitignore" else name)
        path.parent.mkdir(parents=True, exist_ok=True)
        words = _list_words(answers, quote_scalar if path.suffix == ".yml" else _escape_markdown)
        # At once: an answer may look like a mark.
        text = _MARK.sub(lambda mark: words[mark[1]], source.read_text(encoding="utf-8"))  # noqa: B023
        path.write_text(text, encoding="utf-8", newline="\r\n" if path.suffix == ".cmd" else "\n")
    (folder / "data" / answers.district).mkdir()
    write_schemas(folder / "data" / "schema")


def _list_words(answers: SiteAnswers, quote: Callable[[str], str]) -> dict[str, str]:
    """Return what stands for each mark. `quote` makes a text one of the file's language."""
    publisher = answers.publisher
    return {
        **{field: quote(text) for field, text in asdict(answers).items()},
        "description": quote(
            f"{answers.name}：做了什么、有哪些数字、不足在哪里、下一年打算做什么。每个数字都能回到原句。"
        ),
        "publisher_line": f"publisher: {quote(publisher)}" if publisher else "# publisher: 主办单位",
        "by_publisher": f"主办单位是{quote(publisher)}。" if publisher else "",
        "requirement": _find_requirement(),
    }


def _escape_markdown(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]#])", r"\\\1", html.escape(text, quote=False))


def _read_slug(text: str) -> str:
    if not _fits(Slug, text):
        fix = "以小写字母开头，只用小写字母、数字和连字符，最多 64 个，如 xigu"
        raise DataError("", 0, "", f"“{text}”不能作代号", fix)
    if text in RESERVED_SLUGS or (STARTER_DIR / "docs" / f"{text}.md").is_file():
        raise DataError("", 0, "", f"“{text}”是网站自己要用的网址", "换一个，如 xigu")
    return text


def _fits(kind: Any, text: str) -> bool:
    try:
        TypeAdapter(kind).validate_python(text)
    except ValidationError:
        return False
    return True


def _find_requirement() -> str:
    """Return what pip needs to install this program again, its version or where it came from; above it how to renew."""
    own = distribution("nianbao")
    origin = json.loads(own.read_text("direct_url.json") or "{}")
    if not origin:
        return f"# 升级：改版本号。\nnianbao=={own.version}"
    if "vcs_info" in origin:
        address = f"{origin['vcs_info']['vcs']}+{origin['url']}@{origin['vcs_info']['commit_id']}"
        return f"# 升级：把 @ 后面的提交号换成新的。\nnianbao @ {address}"
    return (
        f"# 这个文件（或文件夹）要留着；换了地方，就改下面的路径。升级：换成新的那个的路径。\nnianbao @ {origin['url']}"
    )
