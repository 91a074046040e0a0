"""What the pack tells: chosen from the edition, and nothing invented."""

from __future__ import annotations

import time
from typing import Any

import pytest
from tests.card_fixtures import edit_item, edit_report, make_pack, make_pack_of, make_report, read_editions, read_packs

from nianbao.editions.runs import cut_paragraph, read_text
from nianbao.facts.salience import pick_most_telling
from nianbao.model import Report
from nianbao.views.card.cards import (
    Card,
    CardKind,
    CoverView,
    ItemCardView,
    ListView,
    NumberCardView,
    OverviewView,
    SquareView,
)
from nianbao.views.card.pack import CardPack
from nianbao.views.card.sentences import cut_sentence, read_first_clause


def list_cards(pack: CardPack, view: type) -> list[Card]:
    return [picture.card for picture in pack.pictures if isinstance(picture.card.view, view)]


def test_one_card_an_item_with_its_section() -> None:
    pack, edition = read_packs()["xigu/2023"], read_editions()["xigu/2023"]
    told = [item_id for card in list_cards(pack, ItemCardView) for item_id in card.item_ids]
    assert list(dict.fromkeys(told)) == [item.id for part in edition.parts for item in part.items]
    first = list_cards(pack, ItemCardView)[0].view
    assert isinstance(first, ItemCardView)
    assert (first.mark, first.heading, first.number) == ("一", "思想引领有新进展", "01")
    assert isinstance(pack.pictures[0].card.view, CoverView)


def test_short_problems_share_a_card_and_long_ones_have_their_own() -> None:
    def count(name: str) -> tuple[int, int]:
        views = [picture.card.view for picture in read_packs()[name].cards]
        problems = [view for view in views if getattr(view, "role", "") == "problems"]
        lists = [view for view in problems if isinstance(view, ListView) and view.place == 1]
        return len(lists), sum(isinstance(view, ItemCardView) for view in problems)

    assert count("yangling/2023") == (1, 0)
    assert count("liuzhou-district/2024-H1") == (0, 3)


def test_a_figure_with_its_item_s_card_to_itself_has_no_second_one() -> None:
    for pack in read_packs().values():
        views = [picture.card.view for picture in pack.cards]
        strong = {view.strong.fragment for view in views if isinstance(view, ItemCardView) and view.strong}
        assert not strong & {view.figure.fragment for view in views if isinstance(view, NumberCardView)}


def test_a_number_stands_in_the_sentence_of_its_card() -> None:
    for pack in read_packs().values():
        for card in list_cards(pack, NumberCardView):
            assert isinstance(card.view, NumberCardView)
            assert card.view.figure.text in read_text(card.view.sentence)


def test_no_withheld_figure_is_shown_large() -> None:
    for card in list_cards(read_packs()["withheld-b/2022-reform"], ItemCardView):
        assert isinstance(card.view, ItemCardView)
        shown = [*card.view.figures, card.view.strong]
        assert not any(figure and figure.number.withheld for figure in shown)


@pytest.mark.parametrize("name", sorted(read_packs()))
def test_nine_squares_that_differ(name: str) -> None:
    squares = [picture.card for picture in read_packs()[name].pictures if picture.kind is CardKind.SQUARE]
    assert len(squares) == 9
    assert isinstance(squares[0].view, CoverView)
    titles = [square.title for square in squares if isinstance(square.view, SquareView)]
    assert len(set(titles)) == len(titles)


def test_overviews_number_their_rows() -> None:
    views = [card.view for card in list_cards(make_pack("normal"), OverviewView)]
    plan = next(view for view in views if isinstance(view, OverviewView) and view.role == "plan")
    assert [row.number for row in plan.rows] == ["01", "02", "03", "04"]


def test_figures_are_picked_by_salience_and_kept_in_order() -> None:
    card = next(card for card in list_cards(make_pack("normal"), ItemCardView) if card.item_ids == ("many",))
    assert isinstance(card.view, ItemCardView)
    assert [figure.text for figure in pick_most_telling(card.view.figures, 2)] == ["5270名", "137.05万元"]


def test_a_sentence_is_cut_with_its_figures() -> None:
    items = [item for part in read_editions()["xigu/2023"].parts for item in part.items]
    paragraph = next(item.paragraphs[0] for item in items if item.id == "care")
    figure = next(run.figure for run in paragraph if run.figure and run.text == "30期")
    assert read_text(cut_sentence(paragraph, figure)).startswith("寒暑假办")
    assert read_text(cut_paragraph(paragraph, 2, 6)) == read_text(paragraph)[2:6]


def _lengthen_section_lead(content: dict[str, Any]) -> None:
    content["parts"][0]["sections"][0]["lead"] = "这一节开头的话变长了。" * 60


def _lengthen_problems_lead(content: dict[str, Any]) -> None:
    content["parts"][1]["lead"] = "不足这一部分开头的话变长了。" * 30


_BASE = edit_report(make_report("normal"), lambda content: content["parts"][1].update(lead="有几处。"))
_MORE_FIGURES = {
    "text": "覆盖了123456789人次，又有99887766名。",
    "figures": [{"quote": "123456789人次", "label": "覆盖的人次"}, {"quote": "99887766名", "label": "另一些人"}],
}


@pytest.mark.parametrize(
    ("edited", "new"),
    [
        (edit_item(_BASE, "plain", text="另外写了很长的一段话。" * 60), {"07b", "07c"}),
        (edit_report(_BASE, _lengthen_section_lead), {"04b", "04c", "04d"}),
        (edit_report(_BASE, _lengthen_problems_lead), {"08d", "08e"}),
        (edit_item(_BASE, "strong", **_MORE_FIGURES), {"12"}),
    ],
    ids=["an item's text", "a section's lead", "the lead of the problems", "another figure"],
)
def test_an_edit_of_wording_or_figures_moves_no_address(edited: Report, new: set[str]) -> None:
    before, after = ({picture.number: picture.card for picture in make_pack_of(each).cards} for each in (_BASE, edited))
    assert after.keys() - before.keys() == new
    for number, card in before.items():
        if card.kind is not CardKind.NUMBER:
            there = after[number]
            assert (there.kind, there.title) == (card.kind, card.title)
            if card.kind is not CardKind.LIST:
                assert there.item_ids == card.item_ids


def test_an_edited_item_changes_its_own_cards_alone() -> None:
    report = make_report("normal")
    before, after = (
        {picture.name: picture.key for picture in make_pack_of(each).pictures}
        for each in (report, edit_item(report, "plain", text="另外写了一段话，里面没有数字。"))
    )
    assert before.keys() == after.keys()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"07-item", "04-section", "long-1"}, "its own, and those that quote it"


def test_names_sort_in_the_order_of_the_cards() -> None:
    names = [picture.name for picture in make_pack("extreme").cards]
    assert names == sorted(names)


def test_a_name_holds_a_digest_of_what_is_drawn() -> None:
    first = make_pack("normal").pictures[0]
    assert first.image_path == f"mouqu/2023/cards/01-cover-{first.key[:12]}.png"
    assert first.page_path == "mouqu/2023/cards/01/"
    assert "137.05" in first.card.alt


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


def test_a_part_that_becomes_a_list_moves_nothing_after_it() -> None:
    def lengthen(content: dict[str, Any]) -> None:
        for item in content["parts"][1]["sections"][0]["items"]:
            item["text"] = "这一条写得长了一些，" * 12 + "完。"

    short, long = (
        {picture.number: picture.card for picture in make_pack_of(report).cards}
        for report in (_BASE, edit_report(_BASE, lengthen))
    )
    assert isinstance(short["08"].view, ListView)
    assert {number for number in long if number.startswith("08")} >= {"08", "08b", "08c", "08d", "08e"}
    others = [number for number in short if not number.startswith("08")]
    assert [short[number].title for number in others] == [long[number].title for number in others]


def test_what_no_picture_shows_renames_no_picture() -> None:
    def tag(content: dict[str, Any]) -> None:
        for part in content["parts"]:
            for section in part["sections"]:
                for item in section["items"]:
                    for place, figure in enumerate(item.get("figures", ())):
                        figure["id"] = f"n{place}"

    before, after = ([p.image_path for p in make_pack_of(r).pictures] for r in (_BASE, edit_report(_BASE, tag)))
    assert before == after
    relabelled = edit_report(
        _BASE, lambda content: content["parts"][0]["sections"][0]["items"][0]["figures"][0].update(label="另一个说法")
    )
    assert [p.image_path for p in make_pack_of(relabelled).pictures] != before


def test_a_title_that_leaves_no_room_does_not_part_a_text_into_crumbs() -> None:
    pack = make_pack_of(edit_item(_BASE, "plain", title="很长的标题" * 24, text="正文也有一些话。" * 40))
    assert len([picture for picture in pack.cards if picture.card.item_ids == ("plain",)]) <= 4


def test_long_titles_do_not_part_a_short_list_into_crumbs() -> None:
    """Under 120 characters above and 120 before each item, the plan was cut into a card for each character."""
    title = "很长的标题" * 24

    def lengthen(content: dict[str, Any]) -> None:
        plan = content["parts"][-1]
        plan["title"] = title
        for item in plan["sections"][0]["items"]:
            item.update(title=title, text="把这件事办好，把那件事也办好。" * 4)

    assert len(make_pack_of(edit_report(_BASE, lengthen)).pictures) < len(make_pack_of(_BASE).pictures) + 10


def test_a_very_long_text_is_shared_out_at_once() -> None:
    report = edit_item(_BASE, "plain", text="\n".join("一二三四五六七八九十" * 1000))
    started = time.perf_counter()
    cards = [picture.card for picture in make_pack_of(report).cards if picture.card.item_ids == ("plain",)]
    assert time.perf_counter() - started < 15
    told = "".join(read_text(paragraph) for card in cards for paragraph in card.view.paragraphs)
    assert told == "一二三四五六七八九十" * 1000
