"""Reading files: size, kind, encoding, unseen characters, links."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nianbao.errors import DataErrors
from nianbao.sources.files import SIZE_LIMIT_BYTES, decode_text, explain_link_outside, name_file, read_content

TEXT = "schema: 1\ntitle: 青年工作的一年，写给每一个人\n"


def refusal(content: bytes) -> str:
    with pytest.raises(DataErrors) as caught:
        decode_text(content, file="data/x/2023.yml")
    return str(caught.value)


def test_utf8_with_or_without_its_mark() -> None:
    assert decode_text(TEXT.encode(), file="f") == TEXT
    assert decode_text(TEXT.encode("utf-8-sig"), file="f") == TEXT


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "gb2312"])
def test_gbk_is_named_with_its_line(encoding: str) -> None:
    assert refusal(TEXT.encode(encoding)).startswith(
        "data/x/2023.yml:2: 编码是 GBK（GB18030），不是 UTF-8\n  改法：VS Code"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_named(encoding: str) -> None:
    assert refusal(TEXT.encode(encoding)).startswith("data/x/2023.yml: 编码是 UTF-16，不是 UTF-8\n  改法：VS Code")


def test_a_broken_byte_in_utf8_is_not_taken_for_gbk() -> None:
    content = (TEXT * 3).encode()
    broken = content[:-5] + content[-4:]
    assert refusal(broken).startswith("data/x/2023.yml:6: 这一行有读不出的字节")


@pytest.mark.parametrize("character", ["\u200b", "\u2028", "\x85", "\u202e", "\u2066", "\ufeff", "\xad"])
def test_unseen_characters_are_refused_on_each_line(character: str) -> None:
    message = refusal(f"a: {character}\nb: 1\nc: {character}{character}\n".encode())
    code = f"U+{ord(character):04X}"
    assert message.count(code) == 2
    assert f"data/x/2023.yml:1: 有看不见的字符 {code}" in message
    assert f"data/x/2023.yml:3: 有看不见的字符 {code}" in message


def test_the_limit_holds_for_content_and_for_files(tmp_path: Path) -> None:
    assert "超过 2 MB" in refusal(b"#" * (SIZE_LIMIT_BYTES + 1))
    path = tmp_path / "a.yml"
    path.write_bytes(b"#" * SIZE_LIMIT_BYTES)
    assert len(read_content(path, file="f")) == SIZE_LIMIT_BYTES
    path.write_bytes(b"#" * (SIZE_LIMIT_BYTES + 1))
    with pytest.raises(DataErrors, match="超过 2 MB"):
        read_content(path, file="f")


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    with pytest.raises(DataErrors, match="没有这个文件"):
        read_content(tmp_path / "none.yml", file="f")
    with pytest.raises(DataErrors, match=r"不是普通文件|是目录"):
        read_content(tmp_path, file="f")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of POSIX systems")
def test_a_named_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yml")
    with pytest.raises(DataErrors, match="不是普通文件"):
        read_content(tmp_path / "pipe.yml", file="f")


def test_an_unreadable_file_is_one_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    # Not by the file's mode, since root reads everything.
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(DataErrors, match="没有读取权限"):
        read_content(tmp_path / "a.yml", file="f")


def test_links_inside_the_data_folder_are_followed(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    inside = data_dir / "a.yml"
    inside.write_text("a: 1\n")
    outside = tmp_path / "b.yml"
    outside.write_text("b: 1\n")
    for name, target in {"in.yml": inside, "out.yml": outside, "broken.yml": tmp_path / "c.yml"}.items():
        (data_dir / name).symlink_to(target)
    loop = data_dir / "loop.yml"
    loop.symlink_to(loop)

    def explain(name: str) -> str | None:
        error = explain_link_outside(data_dir / name, data_dir=data_dir, file=name)
        return error.problem if error else None

    assert explain("a.yml") is None
    assert explain("in.yml") is None
    assert explain("out.yml") == "是指向 data/ 之外的链接，不会被读取"
    assert explain("broken.yml") == explain("loop.yml") == "是一个断了的链接"


def test_files_are_named_from_the_root(tmp_path: Path) -> None:
    assert name_file(tmp_path / "data/x/2023.yml", root=tmp_path) == "data/x/2023.yml"
    assert name_file(Path("/elsewhere/2023.yml"), root=tmp_path) == "/elsewhere/2023.yml"
