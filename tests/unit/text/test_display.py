"""Source text as it is shown: punctuation, what a source withheld, and zeros that only look like it."""

import pytest

from nianbao.text.display import find_withheld, widen_punctuation


@pytest.mark.parametrize(
    ("text", "masks"),
    [
        ("某〇〇局和某○○镇", ["〇〇", "○○"]),
        ("二〇〇三年、二〇二三年、二○○三年", []),
        ("一〇五名、三〇〇名、二〇〇〇年", []),
        ("九〇后、〇〇后", []),
        ("□□街道、■■■", ["□□", "■■■"]),
        ("第一□□小学", ["□□"]),
    ],
)
def test_a_circle_beside_numerals_is_a_zero(text: str, masks: list[str]) -> None:
    assert [text[start:end] for start, end in find_withheld(text)] == masks


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("2023年,在区委", "2023年，在区委"),
        ("外出(来)务工;你好!", "外出（来）务工；你好！"),
        ("比例3:1,时间10:30", "比例3:1,时间10:30"),
        ("A,B(c)", "A,B(c)"),
        ("抓好(团建),服务", "抓好（团建），服务"),
        ("“引号”,后面", "“引号”，后面"),
    ],
)
def test_punctuation_between_chinese_is_shown_full_width(source: str, shown: str) -> None:
    assert widen_punctuation(source) == shown
    assert len(shown) == len(source)


@pytest.mark.parametrize(
    ("text", "masks"),
    [
        ("党的XX大和**区、×××", ["XX", "**", "×××"]),
        ("XXL码、2×3、A*B", ["*"]),
        ("普通文字 X 光", []),
        ("*名和＊＊人", ["*", "＊＊"]),
    ],
)
def test_placeholders_are_found(text: str, masks: list[str]) -> None:
    assert [text[start:end] for start, end in find_withheld(text)] == masks
