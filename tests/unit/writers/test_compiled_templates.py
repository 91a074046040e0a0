"""Compiled templates: kept, apart for each set of options, believed only when they are whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import jinja2
import pytest

from nianbao.writers.compiled_templates import keep_compiled, prune_compiled

_SOURCE = "{% if True %}\n  a\n{% endif %}\n"


def _open(templates: Path, cache: Path, **options: bool) -> jinja2.Environment:
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(templates), autoescape=True, **options)  # type: ignore[arg-type]
    keep_compiled(env, cache)
    return env


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "t.html").write_text(_SOURCE, encoding="utf-8")
    return folder


def _files(cache: Path) -> list[Path]:
    return sorted(path for path in cache.rglob("*") if path.is_file())


def test_two_environments_with_other_options_share_nothing(templates: Path, tmp_path: Path) -> None:
    plain = [_open(templates, tmp_path / "c").get_template("t.html").render() for _ in range(2)]
    trimmed = [
        _open(templates, tmp_path / "c", trim_blocks=True, lstrip_blocks=True).get_template("t.html").render()
        for _ in range(2)
    ]
    assert plain == ["\n  a\n"] * 2
    assert trimmed == ["  a\n"] * 2
    assert len(_files(tmp_path / "c")) == 2


def test_a_damaged_one_is_compiled_anew(templates: Path, tmp_path: Path) -> None:
    _open(templates, tmp_path / "c").get_template("t.html")
    (path,) = _files(tmp_path / "c")
    whole = path.read_bytes()
    for damaged in (b"", whole[:-9], whole[:40] + b"\x00\xff" + whole[42:]):
        path.write_bytes(damaged)
        assert _open(templates, tmp_path / "c").get_template("t.html").render() == "\n  a\n"
        assert path.read_bytes() == whole
    if hasattr(os, "mkfifo"):
        path.unlink()
        os.mkfifo(path)  # would hold a reader up for ever
        assert _open(templates, tmp_path / "c").get_template("t.html").render() == "\n  a\n"
        assert path.read_bytes() == whole


def test_an_edited_one_is_compiled_anew(templates: Path, tmp_path: Path) -> None:
    _open(templates, tmp_path / "c").get_template("t.html")
    (templates / "t.html").write_text("b", encoding="utf-8")
    assert _open(templates, tmp_path / "c").get_template("t.html").render() == "b"


def test_what_is_not_used_is_pruned(templates: Path, tmp_path: Path) -> None:
    _open(templates, tmp_path / "c").get_template("t.html")
    (path,) = _files(tmp_path / "c")
    prune_compiled(tmp_path / "c", before=path.stat().st_mtime - 1)
    assert path.exists()
    prune_compiled(tmp_path / "c", before=path.stat().st_mtime + 1)
    assert not path.exists()
    assert not path.parent.exists()


def test_many_processes_may_begin_at_once(templates: Path, tmp_path: Path) -> None:
    code = (
        "import sys, jinja2, pathlib\n"
        "from nianbao.writers.compiled_templates import keep_compiled\n"
        "env = jinja2.Environment(loader=jinja2.FileSystemLoader(sys.argv[1]), autoescape=True)\n"
        "keep_compiled(env, pathlib.Path(sys.argv[2]))\n"
        "sys.stdin.read(1)\n"
        "env.get_template('t.html').render()\n"
    )
    for attempt in range(3):
        command = [sys.executable, "-c", code, str(templates), str(tmp_path / f"c{attempt}")]
        started = [subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(6)]
        for process in started:
            assert process.stdin
            process.stdin.write(b"x")
            process.stdin.flush()
        assert [process.communicate()[1] for process in started] == [b""] * 6
        assert len(_files(tmp_path / f"c{attempt}")) == 1
