"""Paragraphs as runs: every character kept, figures where their quote stands."""

from tests.unit.editions.test_numbers import fact

from nianbao.editions.runs import RunKind, show_figure, show_paragraphs


def test_runs_keep_every_character_and_place_figures_by_their_quote() -> None:
    text = "有6名团干部、6名青联委员和**区的*名志愿者参加。\n\n第二段，完。"
    figures = tuple(map(show_figure, (fact("6名青联委员"), fact("*名"))))
    first, second = show_paragraphs(text, figures)
    assert "".join(run.text for run in first) + "\n\n" + "".join(run.text for run in second) == text
    assert [(run.kind, run.text) for run in first if run.kind is not RunKind.TEXT] == [
        (RunKind.FIGURE, "6名"), (RunKind.WITHHELD, "**"), (RunKind.FIGURE, "*名"),
    ]  # fmt: skip
    before = "".join(run.text for run in first[: [run.kind for run in first].index(RunKind.FIGURE)])
    assert before == "有6名团干部、", "the second 6名 is meant, not the first"


def test_a_figure_that_is_not_in_the_text_is_left_out() -> None:
    (paragraph,) = show_paragraphs("没有数字。", (show_figure(fact("6名")),))
    assert [run.kind for run in paragraph] == [RunKind.TEXT]
