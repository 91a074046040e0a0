"""`nianbao cards`: pictures into a folder, mistakes in Chinese, nothing half-written."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from click.testing import CliRunner, Result
from PIL import Image

from nianbao.cli import main

_REPORT = """schema: 1
period: 2023
kind: annual
title: 青春同行
parts:
  - role: results
    title: 2023年做成的事
    sections:
      - title: 思想引领
        items:
          - id: study
            title: {title}
            text: 参加学习的青年有5270名。
            figures:
              - {{quote: 5270名, label: 参加学习的青年}}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one report, with an address."""
    (tmp_path / "data" / "mouqu").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: 年报\nsite_url: https://example.org/nianbao\n", encoding="utf-8")
    (tmp_path / "data" / "districts.yml").write_text("- {slug: mouqu, name: 某区}\n", encoding="utf-8")
    (tmp_path / "data" / "indicators.yml").write_text("[]\n", encoding="utf-8")
    _write(tmp_path, "学习有阵地")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(project: Path, title: str) -> None:
    (project / "data" / "mouqu" / "2023.yml").write_text(_REPORT.format(title=title), encoding="utf-8")


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["cards", "--out", "out", *arguments])


def test_the_pack_of_a_report_is_written(project: Path) -> None:
    result = _run("mouqu/2023")
    assert result.exit_code == 0, result.output
    names = sorted(path.name for path in (project / "out" / "mouqu" / "2023").iterdir())
    assert names == ["01-cover.png", "02-item.png", "article.png", "long-1.png", "share.png", "square-1.png"]
    codes = zxingcpp.read_barcodes(Image.open(project / "out/mouqu/2023/02-item.png"))
    assert [code.text for code in codes] == ["https://example.org/nianbao/mouqu/2023/cards/02/"]


def test_only_some_kinds_in_a_theme(project: Path) -> None:
    assert _run("data/mouqu", "--only", "封面, share", "--theme", "靛蓝").exit_code == 0
    folder = project / "out" / "mouqu" / "2023"
    assert sorted(path.name for path in folder.iterdir()) == ["01-cover.png", "share.png"]
    assert Image.open(folder / "share.png").convert("RGB").getpixel((3, 3)) == (0x1C, 0x3D, 0x78)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("mouqu/2024",), "没有这份报告：mouqu/2024"),
        (("--theme", "紫"), "没有“紫”"),
        (("--only", "cove"), "没有“cove”"),
    ],
)
@pytest.mark.usefixtures("project")
def test_what_is_not_there_is_told(arguments: tuple[str, ...], words: str) -> None:
    result = _run(*arguments)
    assert result.exit_code == 2
    assert words in result.output.replace("\n", "")


def test_without_an_address_no_code_is_printed_and_it_is_said(project: Path) -> None:
    (project / "mkdocs.yml").write_text("site_name: 年报\n", encoding="utf-8")
    result = _run()
    assert result.exit_code == 0
    assert "没有写 site_url，图片上不印二维码" in result.output
    assert not zxingcpp.read_barcodes(Image.open(project / "out/mouqu/2023/01-cover.png"))


def test_a_character_without_a_font_is_an_error_with_its_line(project: Path) -> None:
    _write(project, "学习\U00030001")
    result = _run()
    assert result.exit_code == 1
    assert "data/mouqu/2023.yml:12: “\U00030001”（U+30001）在字体里没有" in result.output
    assert "改法：" in result.output
    assert not (project / "out").exists()


def test_a_mistake_in_the_report_is_told_before_anything_is_drawn(project: Path) -> None:
    path = project / "data" / "mouqu" / "2023.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("quote: 5270名", "quote: 527名"), encoding="utf-8")
    result = _run()
    assert result.exit_code == 1
    assert "data/mouqu/2023.yml:15" in result.output
    assert not (project / "out").exists()
