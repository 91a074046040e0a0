from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from nianbao.editions.runs import Run, RunKind, show_line
from nianbao.writers.inline import write_runs
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
