"""Older and other office files (.doc, .wps, .rtf, .odt): LibreOffice makes .docx of them, and this is read."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from nianbao.importing.confined import Limits, call_confined, run_confined
from nianbao.importing.refusals import SAVE_AS_DOCX
from nianbao.importing.source_text import SourceText, UnreadableError

_LIMITS = Limits(seconds=60, memory_bytes=2 << 30)
_MADE_LIMIT_BYTES = 40_000_000
_INSTALL = (
    "装上 LibreOffice（Debian、Ubuntu：sudo apt install libreoffice-writer；Windows、macOS：zh-cn.libreoffice.org）"
    f"再导入；或者{SAVE_AS_DOCX}"
)
# Where it is installed when it is not on the path.
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
# A document of strangers runs no macro and fetches nothing.
_SECURITY = (("MacroSecurityLevel", "3"), ("DisableMacrosExecution", "true"), ("BlockUntrustedRefererLinks", "true"))
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        f'<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for name, value in _SECURITY
    )
    + "</oor:items>\n"
)


def read_office(content: bytes, *, name: str, sha256: str) -> SourceText:
    """Return an office file's paragraphs, through LibreOffice. Raises: UnreadableError, also where there is none."""
    answer = call_confined("nianbao.importing.docx:read_docx", convert_to_docx(content), name=name, sha256=sha256)
    assert isinstance(answer, SourceText)
    return answer


def find_office() -> str:
    """Return the path of LibreOffice's program; empty where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), "")


def convert_to_docx(content: bytes) -> bytes:
    """Return an office file as a Word document. Raises: UnreadableError."""
    made = _made_ahead.get(content) or _convert([content], limits=_LIMITS)[0]
    if not made:
        raise UnreadableError("LibreOffice 打不开它，可能有密码，或已损坏", SAVE_AS_DOCX)
    if len(made) > _MADE_LIMIT_BYTES:
        raise UnreadableError(f"转成 .docx 以后有 {len(made) / 1_000_000:.0f} MB，不像一份报告", SAVE_AS_DOCX)
    return made


def convert_ahead(contents: Sequence[bytes]) -> None:
    """Convert office files that are read next, all in one start of LibreOffice: it takes longer to start than to read.

    What fails here is tried again by itself when it is read.
    """
    _made_ahead.clear()
    with contextlib.suppress(UnreadableError):
        _made_ahead.update(zip(contents, _convert(contents, limits=_LIMITS), strict=True))


_made_ahead: dict[bytes, bytes] = {}


def _convert(contents: Sequence[bytes], *, limits: Limits) -> list[bytes]:
    """Return office files as Word documents; empty for one that LibreOffice does not open. Raises: UnreadableError."""
    program = find_office()
    if not program:
        raise UnreadableError("读这种文件要用 LibreOffice，这台电脑没有装", _INSTALL)
    with tempfile.TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True) as folder:
        source_paths = [Path(folder) / f"{place}{_name_suffix(content)}" for place, content in enumerate(contents)]
        for source_path, content in zip(source_paths, contents, strict=True):
            source_path.write_bytes(content)
        made_folder = Path(folder) / "made"
        command = [
            os.path.realpath(program), f"-env:UserInstallation={_make_profile().as_uri()}", "--headless", "--norestore",
            "--nologo", "--nolockcheck", "--convert-to", "docx", "--outdir", str(made_folder), *map(str, source_paths),
        ]  # fmt: skip
        try:
            run_confined(command, limits=limits)
        except UnreadableError:
            _make_profile.cache_clear()  # what was ended midway may have left it locked
            raise
        made_paths = [made_folder / f"{place}.docx" for place in range(len(contents))]
        return [path.read_bytes() if path.is_file() else b"" for path in made_paths]


def _name_suffix(content: bytes) -> str:
    return ".rtf" if content.startswith(b"{") else ".odt" if content.startswith(b"PK") else ".doc"


class _Profile:
    """LibreOffice's settings for this process, apart from the user's own; gone with it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True)
        settings_path = Path(self._folder.name) / "user/registrymodifications.xcu"
        settings_path.parent.mkdir()
        settings_path.write_text(_SETTINGS, encoding="utf-8")

    def as_uri(self) -> str:
        return Path(self._folder.name).as_uri()


@cache
def _make_profile() -> _Profile:
    return _Profile()
