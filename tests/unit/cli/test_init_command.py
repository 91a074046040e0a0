"""`nianbao init`: what it asks, what it refuses, and that it writes all or nothing."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from nianbao.app import new_site
from nianbao.app.new_site import read_answer
from nianbao.cli import main
from nianbao.errors import DataError
from nianbao.pipeline.options import read_settings

_GIVEN = ("--district-name", "云台", "--district", "yuntai")


def init(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["init", *arguments])


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def list_all(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_it_asks_and_asks_again_where_an_answer_cannot_be(here: Path) -> None:
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [Path(sys.executable).with_name("nianbao"), "init", "site"],
        cwd=here, stdin=follower, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    os.write(leader, "云台年报\n\nyuntai\nhttps://nianbao.invalid\n云台\n云台\nArchive\narchive\nyuntai\n".encode())
    said = process.communicate(timeout=60)[0].decode()
    os.close(leader)
    os.close(follower)
    assert process.returncode == 0, said
    assert "网站名称 [年报]：" in said
    assert "主办单位，写在页脚（没有就直接回车）：" in said
    assert "错误：“yuntai”不是网站的网址。写成 https://" in said
    assert "错误：“Archive”不能作代号。" in said
    assert "错误：“archive”是网站自己要用的网址。换一个" in said
    settings = read_settings(here / "site")
    assert (settings["site_name"], settings["site_url"]) == ("云台年报", "https://nianbao.invalid/")
    assert "publisher" not in settings["extra"]["nianbao"]


def test_without_a_terminal_it_does_not_ask(here: Path) -> None:
    done = init("site")
    assert done.exit_code == 2
    assert "少写了 --district-name、--district\n  改法：" in done.output
    assert list_all(here) == []
    assert init("site", *_GIVEN).exit_code == 0
    assert read_settings(here / "site")["site_name"] == "年报"


@pytest.mark.parametrize(
    "text", ["是", "#年报", "a: b", "'\"", "@@url@@", "{x}", "*年报*", "- 1", "2024", "null", "\\"]
)
def test_any_name_is_read_back_as_it_was_given(here: Path, text: str) -> None:
    assert init("site", "--name", text, "--publisher", text, *_GIVEN[2:], "--district-name", text).exit_code == 0
    settings = read_settings(here / "site")
    (district,) = yaml.safe_load((here / "site" / "data" / "districts.yml").read_text(encoding="utf-8"))
    assert settings["site_name"] == settings["extra"]["nianbao"]["publisher"] == district["name"] == text
    assert init("--help").exit_code == 0


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", ""), ("name", "x" * 121), ("name", "a\nb"), ("name", "a\u202eb"), ("publisher", "x" * 121),
        ("url", "nianbao.cn"), ("url", "ftp://a.cn/"), ("url", "https://"), ("url", "https://a b/"),
        ("url", "https://a.cn/?x"), ("url", "https://u@a.cn/"), ("url", "https://[a/"), ("url", "https://a:99999/"),
        ("district_name", ""), ("district_name", "字" * 21), ("district", "西固"), ("district", "Xigu"),
        ("district", "1a"), ("district", "data"), ("district", "about"), ("district", "x" * 65),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told(field: str, text: str) -> None:
    with pytest.raises(DataError) as told:
        read_answer(field, text)
    assert told.value.problem
    assert told.value.fix


def test_a_mistaken_option_is_named(here: Path) -> None:
    done = init("site", "--district-name", "云台", "--district", "云台")
    assert done.exit_code != 0
    assert isinstance(done.exception, SystemExit)
    assert "--district" in done.output
    assert list_all(here) == []


def test_nothing_is_overwritten(here: Path) -> None:
    (here / "site").mkdir()
    (here / "site" / "mkdocs.yml").write_text("mine", encoding="utf-8")
    done = init("site", *_GIVEN)
    assert done.exit_code == 1
    assert "site: 文件夹里已经有 mkdocs.yml，没有动它们\n  改法：" in done.output
    assert list_all(here) == ["site", "site/mkdocs.yml"]
    assert (here / "site" / "mkdocs.yml").read_text(encoding="utf-8") == "mine"

    (here / "file").write_text("mine", encoding="utf-8")
    assert "file: 是一个文件，不是文件夹\n  改法：" in init("file", *_GIVEN).output
    (here / "gone").symlink_to(here / "nowhere")
    assert "gone: 是一个断了的链接\n  改法：" in init("gone", *_GIVEN).output


def test_the_current_folder_will_do_with_what_git_and_python_have_there(here: Path) -> None:
    (here / ".git").mkdir()
    (here / ".venv").mkdir()
    done = init(".", *_GIVEN)
    assert done.exit_code == 0, done.output
    assert "cd " not in done.output
    assert (here / "mkdocs.yml").is_file()
    assert not [name for name in list_all(here) if name.startswith(".nianbao")]


def test_the_guide_names_the_district_as_it_is_typed(here: Path) -> None:
    assert (
        init("site", "--name", "_a-b_ {: #x} (1.0)", "--district-name", "西亭", "--district", "xi-ting").exit_code == 0
    )
    guide = (here / "site" / "README.md").read_text(encoding="utf-8")
    assert "`nianbao new xi-ting 2024`，打开 `data/xi-ting/2024.yml`" in guide
    assert guide.startswith("# \\_a-b\\_ \\{: \\#x\\} (1.0)\n")


@pytest.mark.skipif(not shutil.which("setpriv"), reason="要用 setpriv：apt install util-linux")
@pytest.mark.parametrize("name", ["locked", "locked/below", "locked/below/deep"])
def test_where_nothing_may_be_written_is_told_before_anything_is_asked(here: Path, name: str) -> None:
    (here / "locked").mkdir(mode=0o555)
    # Without its capabilities, for which no folder is locked, also where the tests run as root.
    powerless = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*powerless, Path(sys.executable).with_name("nianbao"), "init", name],
        cwd=here, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith(f"{name}: ")
    assert "locked 不让写\n  改法：" in done.stderr
    assert list_all(here) == ["locked"]


@pytest.mark.parametrize("is_there", [True, False])
def test_a_disk_that_fails_midway_leaves_nothing(
    here: Path, monkeypatch: pytest.MonkeyPatch, *, is_there: bool
) -> None:
    def fail(_folder: Path) -> None:
        raise OSError(28, "No space left on device", "schema")

    monkeypatch.setattr(new_site, "write_schemas", fail)
    if is_there:
        (here / "site").mkdir()
    done = init("site", *_GIVEN)
    assert isinstance(done.exception, OSError)
    assert done.exception.filename == "site"
    assert list_all(here) == (["site"] if is_there else [])


def test_a_place_where_nothing_can_be_written_is_told_in_chinese() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("nianbao"), "init", "/proc/nianbao", *_GIVEN],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("/proc/nianbao: 没有")
    assert "\n  改法：" in done.stderr
    assert "Traceback" not in done.stderr
