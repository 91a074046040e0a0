"""How a figure is called: its id first, its quote as well."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from nianbao.model import Figure
from nianbao.model.fragments import figure_fragments, figure_names


def figure(quote: str, figure_id: str | None = None) -> Figure:
    return Figure(id=figure_id, quote=quote, label="团员")


def test_a_figure_with_an_id_answers_to_its_quote_as_well() -> None:
    assert figure_fragments("study", figure("5270名")) == ("study-5270名",)
    assert figure_fragments("study", figure("5270名", "members")) == ("study-members", "study-5270名")
    assert figure_names("study", figure("5270名")) == ("study/5270名",)
    assert figure_names("study", figure("5270名", "members")) == ("study/members", "study/5270名")


def test_a_corrected_number_keeps_the_lasting_fragment() -> None:
    before, after = figure("5270名", "members"), figure("5271名", "members")
    assert figure_fragments("study", before)[0] == figure_fragments("study", after)[0]


def test_no_fragment_comes_twice() -> None:
    assert figure_fragments("run", figure("a-5km", "a-5km")) == ("run-a-5km",)


@given(st.text("5名 \t\u3000\xa0%*", min_size=1).filter(str.strip))
def test_there_is_no_white_space_in_a_fragment(quote: str) -> None:
    (fragment,) = figure_fragments("study", figure(quote))
    assert not re.search(r"\s", fragment)
    assert fragment.startswith("study-")
