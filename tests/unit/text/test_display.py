"""What a source withheld, and zeros that only look like it."""

import pytest

from nianbao.text.display import find_withheld


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
