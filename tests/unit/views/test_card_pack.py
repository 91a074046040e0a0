"""What the pack shows: chosen from the report, and nothing invented."""

from __future__ import annotations

import pytest
from tests.card_fixtures import make_pack, read_packs

from nianbao.views.card_figures import cut_sentence, pick_figures, read_first_clause
from nianbao.views.cards import (
    CoverView,
    ItemCardView,
    ListView,
    NumberCardView,
    OverviewView,
    SquareView,
    cut_paragraph,
    read_text,
)


def test_one_card_an_item_with_its_section() -> None:
    pack = read_packs()["xigu/2023"]
    items = [card for card in pack.cards if isinstance(card, ItemCardView)]
    of_report = [item.id for part in pack.report.parts for section in part.sections for item in section.items]
    assert [card.id for card in items] == of_report
    assert (items[0].mark, items[0].heading, items[0].number) == ("一", "思想引领有新进展", "01")
    assert isinstance(pack.cards[0], CoverView)


def test_short_problems_share_a_card_and_long_ones_have_their_own() -> None:
    def count(name: str) -> tuple[int, int]:
        cards = [card for card in read_packs()[name].cards if getattr(card, "role", "") == "problems"]
        return sum(isinstance(c, ListView) for c in cards), sum(isinstance(c, ItemCardView) for c in cards)

    assert count("yangling/2023") == (1, 0)
    assert count("liuzhou-district/2024-H1") == (0, 3)


def test_a_figure_with_its_item_s_card_to_itself_has_no_second_one() -> None:
    for pack in read_packs().values():
        strong = {card.strong.anchor for card in pack.cards if isinstance(card, ItemCardView) and card.strong}
        numbers = {card.figure.anchor for card in pack.cards if isinstance(card, NumberCardView)}
        assert not strong & numbers


def test_a_number_stands_in_the_sentence_of_its_card() -> None:
    for pack in read_packs().values():
        for card in pack.cards:
            if isinstance(card, NumberCardView):
                assert card.figure.text in read_text(card.sentence)


def test_no_withheld_figure_is_shown_large() -> None:
    for card in read_packs()["withheld-b/2022-reform"].cards:
        shown = [*card.figures, card.strong] if isinstance(card, ItemCardView) else []
        assert not any(figure and figure.number.withheld for figure in shown)


@pytest.mark.parametrize("name", sorted(read_packs()))
def test_nine_squares_that_differ(name: str) -> None:
    squares = read_packs()[name].squares
    assert len(squares) == 9
    assert isinstance(squares[0], CoverView)
    titles = [square.title for square in squares if isinstance(square, SquareView)]
    assert len(set(titles)) == len(titles)


def test_overviews_number_their_rows() -> None:
    plan = next(card for card in make_pack("normal").cards if isinstance(card, OverviewView) and card.role == "plan")
    assert [row.number for row in plan.rows] == ["01", "02", "03", "04"]


def test_figures_are_picked_by_weight_and_kept_in_order() -> None:
    item = next(card for card in make_pack("normal").cards if isinstance(card, ItemCardView) and card.id == "many")
    assert [figure.text for figure in pick_figures(item.figures, (), count=2)] == ["5270名", "137.05万元"]


def test_a_sentence_is_cut_with_its_figures() -> None:
    items = [card for card in read_packs()["xigu/2023"].cards if isinstance(card, ItemCardView)]
    paragraph = next(card.paragraphs[0] for card in items if card.id == "care")
    figure = next(run.figure for run in paragraph if run.figure and run.text == "30期")
    assert read_text(cut_sentence(paragraph, figure)).startswith("寒暑假办")
    assert read_text(cut_paragraph(paragraph, 2, 6)) == read_text(paragraph)[2:6]


def test_a_clause_is_not_cut_inside_quotation_marks() -> None:
    assert read_first_clause("成立“青年，志愿者突击队”，品牌项目常态化开展") == "成立“青年，志愿者突击队”"


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("在十字路口，志愿者穿着红马甲，手拿劝导旗。", "在十字路口，志愿者穿着红马甲"),
        ("网络安全周系列活动中，志愿者来到广场。人很多。", "网络安全周系列活动中，志愿者来到广场"),
        ("新的媒体平台加快建设，关注的人多了。", "新的媒体平台加快建设"),
        (f"以做实做深为要求，{'把事情办好办实' * 6}。", "以做实做深为要求"),
    ],
)
def test_a_clause_says_what_was_done_not_only_where(text: str, clause: str) -> None:
    assert read_first_clause(text) == clause
