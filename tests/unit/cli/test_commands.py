from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.site_building import ROOT

from nianbao.cli import main


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "tests" / "sites" / "basic" / "data", tmp_path / "data")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def break_kind(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("kind: annual", "kind: anual"), encoding="utf-8")


def test_check_is_quiet_about_sound_data(project: Path) -> None:
    done = CliRunner().invoke(main, ["check"])
    assert done.exit_code == 0
    assert "7 份报告" in done.output


def test_check_tells_all_mistakes_or_those_of_the_files_named(project: Path) -> None:
    break_kind(project / "data" / "dongli" / "2023.yml")
    break_kind(project / "data" / "xiting" / "2023.yml")
    done = CliRunner().invoke(main, ["check"])
    assert done.exit_code == 1
    assert "data/dongli/2023.yml" in done.output
    assert "data/xiting/2023.yml" in done.output
    assert "annual" in done.output

    done = CliRunner().invoke(main, ["check", "data/xiting"])
    assert done.exit_code == 1
    assert "dongli" not in done.output
    assert CliRunner().invoke(main, ["check", "data/dongli/2022.yml"]).exit_code == 0


def test_check_from_a_folder_below_names_files_from_the_root(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_kind(project / "data" / "dongli" / "2023.yml")
    monkeypatch.chdir(project / "data" / "dongli")
    done = CliRunner().invoke(main, ["check", "2023.yml"])
    assert done.exit_code == 1
    assert "data/dongli/2023.yml:" in done.output


def test_check_of_a_file_that_is_not_there_fails(project: Path) -> None:
    done = CliRunner().invoke(main, ["check", "data/nowhere.yml"])
    assert done.exit_code == 1
    assert "没有这个文件" in done.output


def test_check_gives_json(project: Path) -> None:
    break_kind(project / "data" / "dongli" / "2023.yml")
    done = CliRunner().invoke(main, ["check", "--format", "json"])
    assert done.exit_code == 1
    (error,) = json.loads(done.output)
    assert set(error) == {"file", "line", "key", "problem", "fix"}
    assert CliRunner().invoke(main, ["check", "--format", "json", "data/xiting"]).output.strip() == "[]"


def test_new_writes_once_and_never_again(project: Path) -> None:
    done = CliRunner().invoke(main, ["new", "xiting", "2024"])
    assert done.exit_code == 0
    path = project / "data" / "xiting" / "2024.yml"
    assert "#" in path.read_text(encoding="utf-8")
    path.write_text("mine", encoding="utf-8")
    again = CliRunner().invoke(main, ["new", "xiting", "2024"])
    assert again.exit_code == 1
    assert "Traceback" not in again.output
    assert path.read_text(encoding="utf-8") == "mine"


def test_new_names_a_thematic_report_by_its_topic(project: Path) -> None:
    assert CliRunner().invoke(main, ["new", "xiting", "2024", "--topic", "reform"]).exit_code == 0
    assert "kind: thematic" in (project / "data" / "xiting" / "2024-reform.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [["nowhere", "2024"], ["xiting", "24"], ["xiting", "2024-H3"]])
def test_new_refuses_what_cannot_be(project: Path, arguments: list[str]) -> None:
    before = sorted(path.name for path in project.rglob("*"))
    done = CliRunner().invoke(main, ["new", *arguments])
    assert done.exit_code == 1
    assert "改法：" in done.output
    assert sorted(path.name for path in project.rglob("*")) == before


def test_a_district_is_known_by_its_name_too(project: Path) -> None:
    done = CliRunner().invoke(main, ["new", "东篱", "2030"])
    assert "写好了 data/dongli/2030.yml" in done.output
    (project / "a.txt").write_text("2031年工作总结\n\n一、学习\n\n办了6场。\n", encoding="utf-8")
    assert CliRunner().invoke(main, ["import", "a.txt", "--district", "东篱"]).exit_code == 0
    assert (project / "data" / "dongli" / "2031.yml").is_file()
    refused = CliRunner().invoke(main, ["import", "a.txt", "--district", "西篱"])
    assert refused.exit_code == 2
    assert "没有“西篱”这个地区" in refused.output


def test_schema_writes_what_is_published(project: Path) -> None:
    done = CliRunner().invoke(main, ["schema", "--out", str(project / "out")])
    assert done.exit_code == 0
    for name in ("report", "districts", "indicators"):
        file = f"{name}.schema.json"
        assert (project / "out" / file).read_bytes() == (ROOT / "data" / "schema" / file).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (["schema", "--out", "out"], "out/report.schema.json"),
        (["cards", "xiting/2023", "--only", "cover", "--out", "out"], "out/xiting/2023/01-cover.png"),
        (["new", "xiting", "2024"], "data/xiting/2024.yml"),
    ],
)
def test_what_does_not_fit_on_the_disk_is_named_and_leaves_nothing(
    project: Path, arguments: list[str], file: str
) -> None:
    before = [path for path in project.rglob("*") if path.is_file()]
    done = subprocess.run(
        [sys.executable, "-m", "nianbao", *arguments], capture_output=True, text=True, check=False, cwd=project,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)),
    )  # fmt: skip
    assert done.returncode == 1
    assert f"{file}: 文件超过了允许的大小\n  改法：" in done.stderr, done.stderr
    assert [path for path in project.rglob("*") if path.is_file()] == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chek"], ("没有“chek”这个命令", "是否指 check")),
        (["check", "--fromat", "json"], ("没有 --fromat 这个选项", "--format")),
        (["check", "--format", "xml"], ("--format", "可写：text、json")),
        (["new", "xiting"], ("少写了 时段", "nianbao new -h")),
        (["import", "a.txt"], ("少写了 --district", "nianbao import -h")),
    ],
)
def test_a_wrong_command_line_is_told_in_chinese(arguments: list[str], words: tuple[str, ...]) -> None:
    done = run_nianbao(*arguments)
    assert done.returncode == 2
    assert all(word in done.stderr for word in words), done.stderr
    assert "Error" not in done.stderr


def test_help_and_version_end_well() -> None:
    assert run_nianbao("--help").returncode == 0
    assert "nianbao" in run_nianbao("--version").stdout
    assert run_nianbao().returncode == 2


def run_nianbao(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nianbao", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)
