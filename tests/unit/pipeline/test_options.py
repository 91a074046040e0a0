"""Options: what is wrong is told with its line, and with what the option takes."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from nianbao.errors import DataErrors
from nianbao.pipeline.option_mistakes import find_line
from nianbao.pipeline.options import Options, read_options


@pytest.mark.parametrize(
    ("written", "line", "key", "said"),
    [
        ("{cache_dir: }", 4, "extra.nianbao.cache_dir", "这里要写一行文字；不写就是 .cache/nianbao"),
        ("\n    cache_dir: 5", 5, "extra.nianbao.cache_dir", "写得不对：5"),
        ("\n    cards: false\n    cache_dir: []", 6, "extra.nianbao.cache_dir", "写得不对：[]"),
        ("\n    workers: many", 5, "extra.nianbao.workers", "这里要写0 到 256 的整数；不写就是 0"),
        ("\n    cards: perhaps", 5, "extra.nianbao.cards", "这里要写true 或 false；不写就是 true"),
        ("\n    leave_out: report.json", 5, "extra.nianbao.leave_out", "这里要写一个列表"),
        ("\n    footer_pages:\n      - a.md\n      - [b.md]", 7, "extra.nianbao.footer_pages.1", "这里要写一行文字"),
        ("\n    publishr: x", 5, "extra.nianbao.publishr", "是否指 publisher"),
        (" []", 4, "extra.nianbao", "该是一项一行的“名称: 内容”，写的却是 []"),
        (" text", 4, "extra.nianbao", "该是一项一行的“名称: 内容”"),
    ],
)
def test_a_mistake_has_its_line_and_what_may_be_written(
    tmp_path: Path, written: str, line: int, key: str, said: str
) -> None:
    settings = tmp_path / "mkdocs.yml"
    settings.write_text(f"site_name: x\nhooks: !ENV [A, b]\nextra:\n  nianbao: {written}\n", encoding="utf-8")
    raw = yaml.safe_load(settings.read_text(encoding="utf-8").replace("!ENV ", ""))["extra"]["nianbao"]
    with pytest.raises(DataErrors) as failure:
        read_options(raw, settings=settings)
    (error,) = failure.value.errors
    assert (error.file, error.line, error.key) == ("mkdocs.yml", line, key)
    assert said in f"{error.problem}\n{error.fix}"


def test_no_options_are_the_defaults() -> None:
    assert read_options(None) == Options()
    assert read_options({"contact": 12345}).contact == "12345", "a number where text is wanted, as people write them"


def test_what_is_not_written_has_the_line_of_what_would_hold_it(tmp_path: Path) -> None:
    settings = tmp_path / "mkdocs.yml"
    settings.write_text("extra:\n  nianbao:\n    cards: false\n", encoding="utf-8")
    assert find_line(settings, ("extra", "nianbao", "cache_dir")) == 2
    assert find_line(settings, ("site_dir",)) == 0
    assert find_line(tmp_path / "nowhere.yml", ("site_dir",)) == 0
