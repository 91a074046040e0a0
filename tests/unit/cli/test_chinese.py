"""The command line speaks Chinese, whatever is asked or mistaken; the Tab key knows commands, districts and reports."""

from __future__ import annotations

import gettext
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from tests.site_building import ROOT

from nianbao.cli.main import COMMANDS, main
from nianbao.cli.project import read_site_url

# Names that Chinese text keeps: of formats, commands and files.
_NAMES = set(
    "nianbao Ctrl make site data YAML JSON Schema Word PDF VS Code ZIP DISTRICT annual interim thematic Dask mkdocs "
    "build strict tcp".split()
)
NIANBAO = Path(sys.executable).with_name("nianbao")


def run_nianbao(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [NIANBAO, *arguments],
        cwd=cwd, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
    )  # fmt: skip


def list_english(text: str, *, allowed: set[str]) -> list[str]:
    """Return the words of ASCII letters that are no option, no file, no name."""
    text = re.sub(r"--?[a-z][a-z-]*|\S*[./]\S*|2023-[HQ]\d", " ", text)
    return [word for word in re.findall(r"[A-Za-z]{2,}", text) if word not in _NAMES | allowed]


def words_of(command: click.Command) -> set[str]:
    """The words that are values of a command's own: choices, and what its help lists after Chinese names."""
    words = {str(choice) for parameter in command.params for choice in getattr(parameter.type, "choices", ())}
    for parameter in command.params:
        for listed in re.findall(r"(?<=[\u4e00-\u9fff] )[a-z]+", getattr(parameter, "help", None) or ""):
            words.add(listed)
    return words


def every_command() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        yield name, command


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_is_chinese_on_all_levels(flag: str) -> None:
    for name, command in [("", main), *every_command()]:
        done = run_nianbao(*name.split(), flag, COLUMNS="200")
        assert done.returncode == 0
        assert done.stdout.startswith(f"用法：nianbao {name}".strip())
        assert "\n选项：\n" in done.stdout
        assert not list_english(done.stdout, allowed=words_of(command) | set(COMMANDS)), name


def test_columns_of_help_stand_straight() -> None:
    lines = run_nianbao("import", "-h", COLUMNS="200").stdout.split("\n选项：\n")[1].splitlines()
    starts = {
        sum(2 if ord(character) > 0x2E80 else 1 for character in found[0])
        for line in lines
        if (found := re.match(r"  \S+(?:, \S+)?(?: \S+)? {2,}", line))
    }
    assert len(starts) == 1


def test_every_mistake_of_every_command_is_told_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name, command in every_command():
        asked: list[list[str]] = [["--nope"], ["-z"], ["--help=1"], ["a", "b", "c", "d"]]
        if any(parameter.required for parameter in command.params):
            asked.append([])
        for option in (parameter for parameter in command.params if isinstance(parameter, click.Option)):
            asked.append([f"{option.opts[0]}=x"] if option.is_flag else [option.opts[0]])
            if isinstance(option.type, click.Choice):
                asked.append([option.opts[0], "zzz"])
            if isinstance(option.type, click.Path) and not option.type.file_okay:
                asked.append([option.opts[0], "file"])
        for arguments in asked:
            done = run_nianbao(name, *arguments, cwd=tmp_path)
            output = done.stdout + done.stderr
            if arguments == ["a", "b", "c", "d"] and any(parameter.nargs == -1 for parameter in command.params):
                continue
            assert done.returncode == 2, (name, arguments, output)
            assert "\n  改法：" in output
            assert not list_english(output, allowed={"zzz", "file", *COMMANDS, *words_of(command)}), (
                name,
                arguments,
                output,
            )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["chek"], "没有“chek”这个命令\n  改法：是否指 check\n"),
        (["new", "xigu", "2024", "a", "b"], "多写了 a b\n  改法：运行 nianbao new -h 看用法\n"),
        (["check", "--format"], "--format 后面要写一个值\n"),
        (["cards", "--out", "mkdocs.yml"], "--out 写得不对：mkdocs.yml 是文件，这里要写文件夹\n"),
        (["cards", "--out", "x", "xigu"], "没有这份报告：xigu\n  改法：现有：xigu/2023\n"),
        (["cards", "--out", "x", "xigu/2099"], "没有这份报告：xigu/2099\n  改法：现有：xigu/2023\n"),
        (["cards", "--out", "x", "--theme", "紫"], "没有“紫”\n  改法：可选：团红、素纸、青绿、靛蓝、麦金\n"),
        (["cards", "--out", "x", "--only", "cove"], "没有“cove”\n  改法：可选：封面 cover、"),
        (
            ["import", "a", "--district", "A"],
            "--district 写得不对：没有“A”这个地区\n  改法：写地区的代号，如 xigu",
        ),
        (["schema", "--out", "mkdocs.yml/x"], "mkdocs.yml/x: 路径里有一段不是文件夹\n  改法："),
    ],
)
def test_what_is_said(arguments: list[str], told: str) -> None:
    done = run_nianbao(*arguments)
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode in {1, 2}


def test_other_libraries_hear_no_chinese() -> None:
    assert gettext.gettext("Options") == "Options"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "sites" / "basic" / "data", tmp_path / "data")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    return tmp_path


# A real bash: click's own script is loaded, and the function that it registers is asked as the Tab key asks it.
_PRESS_TAB = """
set -e
eval "$(_NIANBAO_COMPLETE=bash_source nianbao)"
COMP_WORDS=($1) COMP_CWORD=$2 COMP_TYPE=9
[ "$3" = empty ] && COMP_WORDS+=("")
_nianbao_completion nianbao
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("nianbao c", ["cards", "check"]),
        ("nianbao cards --th", ["--theme"]),
        ("nianbao cards x", ["xiting/2022", "xiting/2023"]),
        ("nianbao cards --theme 靛", ["靛蓝"]),
        ("nianbao cards --only cover,it", ["cover,item"]),
        ("nianbao new ", ["dongli", "xiting"]),
        ("nianbao import a.docx --district d", ["dongli"]),
        ("nianbao check --format ", ["text", "json"]),
    ],
)
def test_the_tab_key_in_a_real_bash(project: Path, line: str, offered: list[str]) -> None:
    words = line.split()
    count = len(words) if line.endswith(" ") else len(words) - 1
    done = subprocess.run(
        ["bash", "-c", _PRESS_TAB, "bash", line.strip(), str(count), "empty" if line.endswith(" ") else "word"],
        cwd=project, capture_output=True, text=True, check=False,
        env={**os.environ, "PATH": f"{NIANBAO.parent}:{os.environ['PATH']}"},
    )  # fmt: skip
    assert done.stdout.split() == offered, done.stderr


def test_the_tab_key_loads_nothing_that_draws_or_reads(project: Path) -> None:
    environment = {"_NIANBAO_COMPLETE": "bash_complete", "COMP_WORDS": "nianbao cards x", "COMP_CWORD": "2"}
    started = time.perf_counter()
    done = run_nianbao(cwd=project, PYTHONPROFILEIMPORTTIME="1", **environment)
    assert time.perf_counter() - started < 5
    assert "plain,xiting/2023" in done.stdout
    assert "nianbao.cli.completion" in done.stderr
    for heavy in ("PIL", "lxml", "fontTools", "mkdocs", "nianbao.app"):
        assert not re.search(rf"\| +{heavy}\b", done.stderr), heavy


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("site_url: !ENV [NOWHERE_SET, 'https://a.invalid/b']\n", "https://a.invalid/b/"),
        ("x: !!python/name:material.x.y ''\nsite_url: 'https://a.invalid'  # note\n", "https://a.invalid/"),
        ("# site_url: https://no.invalid\nextra:\n  site_url: https://no.invalid\n", ""),
        ("site_url: >-\n  https://a.invalid/\n", "https://a.invalid/"),
        ("- list\n", ""),
    ],
)
def test_the_address_is_read_as_mkdocs_reads_it(tmp_path: Path, settings: str, told: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    assert read_site_url(tmp_path) == told


def test_settings_that_are_no_yaml_are_told(project: Path) -> None:
    (project / "mkdocs.yml").write_text("site_name: x\nsite_url: [\n", encoding="utf-8")
    done = run_nianbao("cards", "--out", "x", cwd=project)
    assert done.returncode == 1
    assert re.match(r"mkdocs\.yml:\d: YAML 写得不对\n  改法：", done.stderr)
