from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from nianbao.editions.runs import Run, RunKind, show_line
from nianbao.writers.inline import hold_cells, write_label, write_runs, write_title
from nianbao.writers.pages import HEAD_MARK, MAIN_MARK, cut_shell


@given(st.text(max_size=60))
def test_every_text_is_escaped_and_none_is_lost(text: str) -> None:
    html = write_runs((Run(RunKind.TEXT, text),))
    plain = str(html).replace('<span class="nb">', "").replace("</span>", "")
    assert plain == str(escape(text))


def test_the_last_characters_hold_together() -> None:
    assert write_runs(show_line("活动已经办完。")) == '活动已经<span class="nb">办完。</span>'


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("青年近40000次", '青年<span class="nb">近40000次</span>'),
        ("有9400+ 人次", '有<span class="nb">9400+ 人次</span>'),
        ("占>30%以上", '占<span class="nb">&gt;30%以上</span>'),
        ("“党建+”", '“党<span class="nb">建+</span>”'),
        ("一起学5G、3·15", '一起学5G、<span class="nb">3·15</span>'),
        ("<b>12&", "&lt;b&gt;12&amp;"),
    ],
)
def test_a_number_holds_together_with_its_unit(text: str, written: str) -> None:
    assert str(write_runs((Run(RunKind.TEXT, text), Run(RunKind.WITHHELD, "*")))).startswith(written)


@pytest.mark.parametrize("number", ["9400余人次", "2024年12月28日", "近40000次"])
def test_the_last_characters_do_not_begin_inside_a_number(number: str) -> None:
    assert f'<span class="nb">{number}。</span>' in write_runs(show_line(f"活动办了{number}。"))


def test_a_shell_has_each_mark_once() -> None:
    shell = cut_shell(f"a{HEAD_MARK}b{MAIN_MARK}c")
    assert (shell.before, shell.between, shell.after) == ("a", "b", "c")
    with pytest.raises(ValueError, match="各出现一次"):
        cut_shell(f"a{HEAD_MARK}b")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("参加“青年之家”活动", '参加<span class="name">“青年之家”</span>活动'),
        (
            "“党建+”“团建”。",
            '<span class="name">“党<span class="nb">建+</span>”</span><span class="name">“团建”。</span>',
        ),
        ("A<B", "A&lt;B"),
    ],
)
def test_a_label_s_names_hold_together_with_the_marks_after_them(text: str, html: str) -> None:
    assert write_label(text) == html


def test_a_title_s_name_is_not_cut_for_its_last_characters() -> None:
    assert write_title(show_line("青春“奋进新征程”")) == '青春<span class="name">“奋进新征程”</span>'
    assert write_title(show_line("青春奋进新征程")) == write_runs(show_line("青春奋进新征程"))


def test_numbers_of_a_table_s_cells_hold_together() -> None:
    html = "<p>9400余人次</p><td>9400余人次、<b>30</b>多项</td><th>超800小时</th><td><code>2</code></td>"
    held = hold_cells(html)
    assert "<p>9400余人次</p>" in held
    assert '<th><span class="nb">超800小时</span></th>' in held
