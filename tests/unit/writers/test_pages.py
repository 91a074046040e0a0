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


def test_a_shell_has_each_mark_once() -> None:
    shell = cut_shell(f"a{HEAD_MARK}b{MAIN_MARK}c")
    assert (shell.before, shell.between, shell.after) == ("a", "b", "c")
    with pytest.raises(ValueError, match="各出现一次"):
        cut_shell(f"a{HEAD_MARK}b")
