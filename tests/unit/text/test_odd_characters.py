"""Characters that no text may hold, and those that all may."""

from __future__ import annotations

import unicodedata

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from nianbao.text.odd_characters import describe_refused, find_refused, is_plain
from nianbao.writers.cards.font_files import find_font_paths

# Invisible, blank or turning characters of every sort, as they were found to pass between two digits.
_REFUSED = (
    "\u2062\ufe0f\u034f\u3164\U000e0041\u2800\uffa0\u061c\u115f\u1160\u17b4\u180e\u2061\u2064\u206a\ufff9\ufffc"
    "\U000e0001\U000e0100\ue000\U0001d173\u0378\u200b\u200d\u202e\u2066\ufeff\xad\x85\u2028\u2003\u200a\u1680\ufffd"
    "\U00016fe4\U0001d159\U00013441\uffff\U0010fffd\x07\x7f\ud800"
)
# Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties, whole.
_IGNORABLE = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip


@pytest.mark.parametrize("character", _REFUSED, ids=lambda character: f"{ord(character):04X}")
def test_what_nobody_sees_is_refused(character: str) -> None:
    assert find_refused(f"52{character}70名") == (character,)
    problem, fix = describe_refused(character)
    assert f"U+{ord(character):04X}" in problem or character == "\ufffd"
    assert fix


def test_every_ignorable_character_is_refused() -> None:
    for first, last in _IGNORABLE:
        missed = [f"{code:04X}" for code in range(first, last + 1) if not find_refused(chr(code))]
        assert not missed


@pytest.mark.parametrize(
    "text", ["全年学习13次。\n\t覆盖５２７０名。", "①→㎡℃é·\u3000\xa0", "𠮷𬭊\U000323af", "🎉", "བོད་ཡིག", "a\u0301"]
)
def test_what_is_seen_is_taken(text: str) -> None:
    assert find_refused(text) == ()


def test_marks_piled_on_one_letter_are_refused() -> None:
    pile = "\u0301" * 300
    assert find_refused(f"学{pile}习") == (pile,)
    assert describe_refused(pile)[0] == "一个字上叠了 300 个附加符号"


def test_a_plain_text_has_nothing_that_is_refused_and_is_in_the_fonts_of_the_cards() -> None:
    plain = [chr(code) for code in range(0x11000) if is_plain(chr(code))]
    assert len(plain) > 20_000
    assert find_refused("".join(plain)) == ()
    assert not [character for character in plain if unicodedata.category(character)[0] == "M"]
    for path in find_font_paths()[:2]:
        covered = TTFont(path, lazy=True).getBestCmap()
        assert [c for c in plain if ord(c) not in covered and not c.isspace()] == []
