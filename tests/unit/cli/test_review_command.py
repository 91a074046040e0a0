"""`nianbao review`: each answer is written at once, nothing else of the file is touched, and nothing is lost."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nianbao.cli.main import main
from nianbao.sources.store import read_report_file

TEXT = """\
# 头
schema: 1
period: 2023
kind: annual
title: 一年   # 标题的注释

review:  # 请核对
  - place: title
    question: 还有一个标题，用哪一个？
    chose: 一年
    source: 一年回看
  # 这一条要紧
  - {place: 'parts[0].sections[0].items[0].figures[0].label', question: 说的是什么？, chose: 团员}
  - place: parts[0].role
    question: 是成绩吗？
    chose: 成绩
  - place: parts[0].sections[0].items[2]
    question: 写的是 2032 年。原文就是这样吗？
    source: 2032年办班7期。

parts:
  - role: results
    title: 做的事
    sections:
      - items:
          - id: a
            text: 发展5名团员，来了6名青年。
            figures:
              - {id: n1, quote: 5名, label: 团员, value: 5, unit: 名}   # 尾
              - {id: n2, quote: 6名, label: 青年, value: 6, unit: 名}

          - id: b
            text: 第二条。
          # 第三条的注释
          - id: c
            text: |-
              2032年办班7期。

              大家都来。
            figures:
              - {id: n1, quote: 办班7期, label: 办班, value: 7, unit: 期}
"""
TITLE = "  - place: title\n    question: 还有一个标题，用哪一个？\n    chose: 一年\n    source: 一年回看\n"
LABEL = "  - {place: 'parts[0].sections[0].items[0].figures[0].label', question: 说的是什么？, chose: 团员}\n"
ROLE = "  - place: parts[0].role\n    question: 是成绩吗？\n    chose: 成绩\n"
YEAR = (
    "  - place: parts[0].sections[0].items[2]\n    question: 写的是 2032 年。原文就是这样吗？\n"
    "    source: 2032年办班7期。\n"
)
HEAD = "review:  # 请核对\n"
REMARK = "  # 这一条要紧\n"


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    path = tmp_path / "data/xigu/2023.yml"
    path.parent.mkdir(parents=True)
    (tmp_path / "data/districts.yml").write_text("- {slug: xigu, name: 西固}\n", encoding="utf-8")
    (tmp_path / "data/indicators.yml").write_text("[]\n", encoding="utf-8")
    path.write_bytes(TEXT.encode())
    monkeypatch.chdir(tmp_path)
    return path


def review(report: Path, *answers: str) -> Result:
    return CliRunner().invoke(main, ["review", str(report)], input="".join(f"{answer}\n" for answer in answers))


def without(*pieces: str, of: str = TEXT) -> str:
    for piece in pieces:
        assert of.count(piece) == 1, piece
        of = of.replace(piece, "")
    return of


def test_all_kept_leaves_the_report_and_no_review(report: Path) -> None:
    done = review(report, "", "1", "保留", "1")
    assert done.exit_code == 0, done.output
    assert report.read_bytes().decode() == without(HEAD, TITLE, REMARK, LABEL, ROLE, YEAR)
    assert (
        "1/4  报告的标题（data/xigu/2023.yml:5）\n  还有一个标题，用哪一个？\n  原文：一年回看\n  现在：一年\n"
        in done.output
    )
    assert "4/4  2032年办班7期。" in done.output
    assert "全部核对完了，data/xigu/2023.yml 可以发布" in done.output
    assert (report.parent / "2023.yml.bak").read_bytes().decode() == TEXT
    assert sorted(path.name for path in report.parent.iterdir()) == ["2023.yml", "2023.yml.bak"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_change_is_written_at_its_place(report: Path, mark: bytes, newline: str) -> None:
    report.write_bytes(mark + TEXT.replace("\n", newline).encode())
    done = review(report, "2", "一年：回看 # 全", "2", "新团员", "0")
    assert done.exit_code == 1
    expected = (
        without(TITLE, LABEL)
        .replace("title: 一年 ", "title: '一年：回看 # 全' ")
        .replace("label: 团员", "label: 新团员")
    )
    assert report.read_bytes() == mark + expected.replace("\n", newline).encode()
    assert "停在这里，答过的都写好了。还有 2 处请核对" in done.output


def test_a_role_is_written_in_words(report: Path) -> None:
    review(report, "4", "4", "2", "不足", "0")
    assert report.read_bytes().decode() == without(ROLE).replace("role: results", "role: problems")


def test_some_words_of_a_long_text_change_and_its_lines_stay(report: Path) -> None:
    done = review(report, "4", "4", "4", "2", "1", "2032年", "2023年", "1")
    assert report.read_bytes().decode() == without(YEAR).replace("              2032年", "              2023年"), (
        done.output
    )


def test_a_number_that_changes_changes_its_figure(report: Path) -> None:
    review(report, "4", "4", "4", "2", "1", "办班7期", "办班8期", "1")
    changed = without(YEAR).replace("2032年办班7期", "2032年办班8期")
    assert report.read_bytes().decode() == changed.replace(
        "quote: 办班7期, label: 办班, value: 7, unit: 期", "quote: 办班8期, label: 办班"
    )


def test_what_would_be_a_mistake_is_told_and_not_written(report: Path) -> None:
    done = review(report, "4", "4", "2", "成果", "不", "0")
    assert "没有写进去，这样会有错" in done.output
    assert "不能是“成果”" in done.output
    assert report.read_bytes().decode() == TEXT
    assert not (report.parent / "2023.yml.bak").exists()
    assert review(report, "4", "4", "2", "成果", "是", "0").exit_code == 1
    assert "role: 成果" in report.read_text(encoding="utf-8")


def test_a_dropped_figure_goes_with_its_entry(report: Path) -> None:
    done = review(report, "4", "3", "是", "0")
    figure = "              - {id: n1, quote: 5名, label: 团员, value: 5, unit: 名}   # 尾\n"
    assert "把“5名”整个删去吗？" in done.output
    assert report.read_bytes().decode() == without(LABEL, figure)


def test_after_a_drop_the_places_of_others_follow(report: Path) -> None:
    moved = YEAR.replace("items[2]", "items[1]").replace("写的是 2032 年。原文就是这样吗？", "是这一条吗？")
    text = TEXT.replace(ROLE, moved)
    report.write_bytes(text.encode())
    item = "          - id: b\n            text: 第二条。\n"
    review(report, "4", "4", "3", "是", "0")
    assert report.read_bytes().decode() == without(moved, item, of=text).replace("items[2]", "items[1]")


def test_the_only_figure_goes_with_its_list(report: Path) -> None:
    text = TEXT.replace("items[0].figures[0].label", "items[2].figures[0]")
    report.write_bytes(text.encode())
    review(report, "4", "3", "是", "0")
    figures = "            figures:\n              - {id: n1, quote: 办班7期, label: 办班, value: 7, unit: 期}\n"
    label = LABEL.replace("items[0].figures[0].label", "items[2].figures[0]")
    assert report.read_bytes().decode() == without(label, figures, of=text)


def test_no_part_is_dropped_for_its_title_and_no_is_no(report: Path) -> None:
    done = review(report, "4", "4", "3", "4", "3", "不", "0")
    assert "没有“3”，请写 1、2、4、0 里的一个" in done.output
    assert report.read_bytes().decode() == TEXT


def test_what_is_missing_is_filled_in(report: Path) -> None:
    asked = "  - place: period\n    question: 哪一年？\n"
    report.write_bytes(TEXT.replace("period: 2023\n", "").replace(TITLE, asked).encode())
    done = review(report, "2", "2023", "0")
    assert "2 填写" in done.output
    assert "1 保留" not in done.output.split("2/4")[0]
    assert report.read_bytes().decode() == without(TITLE).replace("period: 2023\n", "period: '2023'\n")


def test_a_place_that_is_gone_is_settled_by_itself(report: Path) -> None:
    report.write_bytes(TEXT.replace("items[2]", "items[7]").encode())
    done = review(report, "4", "4", "4")
    assert "这个地方已经没有了" in done.output
    assert report.read_bytes().decode() == without(YEAR)


def test_the_end_of_the_input_loses_nothing(report: Path) -> None:
    done = review(report, "1")
    assert done.exit_code == 1
    assert "停在这里，答过的都写好了。还有 3 处请核对：nianbao review data/xigu/2023.yml" in done.output
    assert report.read_bytes().decode() == without(TITLE)


def test_what_is_saved_meanwhile_is_not_overwritten(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edited = TEXT.replace("第二条。", "改了。")
    answers = iter(["1", "1", "0"])

    def answer(*_arguments: object, **_options: object) -> str:
        if report.read_bytes() == TEXT.encode():
            report.write_bytes(edited.encode())
        return next(answers)

    monkeypatch.setattr("click.prompt", answer)
    done = CliRunner().invoke(main, ["review", str(report)])
    assert "文件在别处改过了" in done.output
    assert report.read_bytes().decode() == without(TITLE, of=edited)


def test_a_report_is_called_by_its_name_and_what_cannot_be_is_told(report: Path) -> None:
    assert "还有 4 处请核对" in CliRunner().invoke(main, ["review", "xigu/2023"], input="0\n").output
    done = CliRunner().invoke(main, ["review", "data/xigu/2022.yml"])
    assert done.exit_code == 1
    assert done.stderr.startswith("data/xigu/2022.yml: 没有这个文件\n  改法：")
    report.write_text("a: [", encoding="utf-8")
    done = review(report)
    assert done.exit_code == 1
    assert done.stderr.startswith("data/xigu/2023.yml:1: ")
    report.write_bytes(without(HEAD, TITLE, REMARK, LABEL, ROLE, YEAR).encode())
    done = review(report)
    assert (done.exit_code, done.output) == (0, "data/xigu/2023.yml 没有要核对的地方。\n")


def test_ctrl_c_in_a_terminal_keeps_what_was_answered(report: Path) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "nianbao", "review", "data/xigu/2023.yml"],
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, close_fds=True,
    )  # fmt: skip
    os.close(theirs)
    printed = b""

    def wait_for(words: str) -> None:
        nonlocal printed
        end = time.monotonic() + 60
        while words.encode() not in printed:
            assert time.monotonic() < end, printed.decode()
            printed += os.read(ours, 4096)

    wait_for("0 退出")
    os.write(ours, b"1\n")
    wait_for("2/4")
    os.kill(process.pid, signal.SIGINT)
    wait_for("还有 3 处请核对")
    assert process.wait(timeout=60) == 1
    os.close(ours)
    assert b"Traceback" not in printed
    assert report.read_bytes().decode() == without(TITLE)
    assert len(read_report_file(report, root=report.parents[2]).doubts) == 3
