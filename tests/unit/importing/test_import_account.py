"""Nothing is lost and nothing is added, whatever the text."""

from __future__ import annotations

from collections import Counter

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nianbao.importing.account import Account, account_for
from nianbao.importing.draft import Draft
from nianbao.importing.draft_yaml import write_draft
from nianbao.importing.recognise import Recognised, recognise_report
from nianbao.importing.review import review_draft
from nianbao.importing.sense import add_concerns, check_sense
from nianbao.importing.source_text import Origin, SourceParagraph, SourceText
from nianbao.model import Report
from nianbao.text.display import narrow_digits
from nianbao.text.odd_characters import is_unseen

PIECES = st.sampled_from(
    [
        "一、", "二、", "（一）", "（二）", "1.", "2、", "①", "一是", "二是", "首先，", "其次，", "01", "PART.02",
        "第一部分", "——", "【", "】",
        "2023年", "上半年", "工作总结", "存在问题：", "下一步打算",
        "强化学习", "办班30余期，", "培训2万余人次。", "每人300元，", "共*名", "XX区",
        "“", "”", "《", "（", "）", "。", "；", "，", "：", "、", ".", "\n", "\n\n", "　　", " ", "\t",
        "##paidbegin##", ">", "小编", "目录", "——",
        "100%", "：30", "…", "\u200b", "\ufeff", "\u2028", "\ufffd", "😀", "'", '"', "#", "- ", "|",
        "{", "}", "\ufe0f", "\u3164", "\ue000", "５２", "&nbsp;", "<br>", "<<",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=80))


def make(text: str) -> tuple[SourceText, Recognised, Account]:
    source = SourceText("样.txt", "0" * 64, tuple(SourceParagraph(line) for line in text.split("\n")))
    recognised = recognise_report(source, indicators={}, period="2023")
    return source, recognised, account_for(source, recognised)


def visible(text: str) -> Counter[str]:
    return Counter(c for c in narrow_digits(text) if not c.isspace() and c.isprintable() and not is_unseen(c))


def published(draft: Draft) -> Counter[str]:
    """Count the characters of a draft's text, those made up for a missing title left out."""
    counts: Counter[str] = Counter()
    for passage in draft.list_passages():
        if len(passage.at):
            counts += visible(passage.text)
    return counts


@settings(max_examples=250, deadline=None)
@given(TEXTS)
@example("一、学习。\n一是读书。二是看报。\n存在问题：少。")
@example("标题\n\n一、\n（一）\n01\n")
def test_every_character_is_accounted_for(text: str) -> None:
    source, recognised, account = make(text)
    apart: Counter[str] = Counter()
    for passage in (*recognised.marks, *recognised.signature, *(noise.passage for noise in recognised.noise)):
        apart += visible(passage.text)
    for leftover in account.unplaced:
        apart += visible(leftover.text)
    assert published(recognised.draft) + apart == visible(source.text)
    counted = account.placed + account.marks + account.signature + account.blanks
    assert counted + account.noise_characters + account.unplaced_characters == account.total == len(source.text)


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_any_text_becomes_a_report_the_same_twice(text: str) -> None:
    drafts = []
    for _ in range(2):
        _, recognised, account = make(text)
        draft = add_concerns(recognised.draft, check_sense(recognised.draft))
        review = review_draft(draft, unplaced=account.unplaced, characters=account.total)
        drafts.append(write_draft(draft, account, review))
    assert drafts[0] == drafts[1]
    data = yaml.safe_load(drafts[0])
    report = Report.model_validate(data)
    assert report.review == review.entries
    assert report.title == recognised.draft.title.text
    assert [item.text for item in report.items] == [item.text for item in recognised.draft.items]
    assert len({item.id for item in report.items}) == len(report.items)
    for item in report.items:
        for figure in item.figures:
            assert item.text.count(figure.quote) == 1
            assert figure.quantity is not None


def test_what_has_no_place_is_listed_with_its_line() -> None:
    source, recognised, _ = make("标题\n一、学习\n读书。\n看报。")
    kept = recognised.draft.parts[0].lead
    lost = Recognised(
        Draft("2023", recognised.draft.kind, recognised.draft.title, "", None, "", "0" * 64, (), ()),
        recognised.noise,
        recognised.marks,
        recognised.signature,
    )
    assert kept
    assert [(piece.line, piece.text) for piece in account_for(source, lost).unplaced] == [
        (2, "学习"), (3, "读书。"), (4, "看报。"),
    ]  # fmt: skip


def test_the_account_names_noise_by_line_and_reason() -> None:
    _, _, account = make("临溪县妇联2023年工作总结\n一、学习\n读书12场。##paidbegin##\n\n扫码关注我们\n")
    assert [(piece.line, piece.reason, piece.text) for piece in account.noise] == [
        (3, "付费墙标记", "##paidbegin##"), (5, "网页上文章以外的文字", "扫码关注我们"),
    ]  # fmt: skip


def test_rows_of_a_table_are_placed() -> None:
    paragraphs = (
        SourceParagraph("妇联2023年工作总结"),
        SourceParagraph("一、学习"),
        SourceParagraph("读书\t12场", Origin.TABLE),
    )
    source = SourceText("表.docx", "0" * 64, paragraphs)
    recognised = recognise_report(source, indicators={})
    assert account_for(source, recognised).unplaced == ()
    assert [item.text for item in recognised.draft.items] == ["读书 12场"]
