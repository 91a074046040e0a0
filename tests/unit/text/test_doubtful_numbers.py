"""Why a number is none, said of those that are torn or rough and of no others."""

import pytest

from nianbao.text.doubtful_numbers import Doubt, find_doubt, find_run_start
from nianbao.text.numerals import find_quantities


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("1,2345人", Doubt.TORN), ("3 . 5万", Doubt.TORN), ("12 345人", Doubt.TORN), ("1，2345人", Doubt.TORN),
        ("三、四名", Doubt.ROUGH), ("十五、六名", Doubt.ROUGH), ("3、4名", Doubt.ROUGH), ("第15次", None),
        ("12355", None), ("三农", None), ("", None),
    ],
)  # fmt: skip
def test_a_doubt_is_named(text: str, doubt: Doubt | None) -> None:
    assert find_quantities(text) == ()
    assert find_doubt(text) is doubt


@pytest.mark.parametrize(
    ("text", "run"),
    [("去了，1,2345人", "1,2345人"), ("共3. 5万人", "3. 5万人"), ("选派三、四名", "三、四名"), ("5名", "5名")],
)
def test_the_run_before_a_number_is_found(text: str, run: str) -> None:
    assert text[find_run_start(text, len(text) - 2) :] == run
