"""QR codes: what segno makes, in less time."""

from __future__ import annotations

import io
import re

import segno
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from nianbao.writers.cards.codes import make_code

_URLS = st.from_regex(
    re.compile(r"https://[a-z0-9.]{4,30}/[a-z0-9/-]{0,40}/cards/[0-9]{2}[a-z]?/", re.ASCII), fullmatch=True
)
_FINDER = re.compile("(?=(?:(?<=0000)1011101|1011101(?=0000)))")


def _weigh(rows: tuple[bytes, ...]) -> int:
    """The penalty of ISO/IEC 18004:2015, 7.8.3, from its table."""
    size = len(rows)
    lines = ["".join(map(str, line)) for line in (*rows, *zip(*rows, strict=True))]
    runs = sum(len(run[0]) - 2 for line in lines for run in re.finditer("0{5,}|1{5,}", line))
    blocks = sum(
        rows[y][x] == rows[y][x + 1] == rows[y + 1][x] == rows[y + 1][x + 1]
        for y in range(size - 1)
        for x in range(size - 1)
    )
    finders = sum(len(_FINDER.findall(f"0000{line}0000")) for line in lines)
    dark_percent = sum(map(sum, rows)) * 100 / size**2
    return runs + 3 * blocks + 40 * finders + 10 * int(abs(dark_percent - 50) / 5)


def _make_all(url: str) -> list[tuple[bytes, ...]]:
    return [tuple(bytes(row) for row in segno.make(url, error="m", micro=False, mask=mask).matrix) for mask in range(8)]


@settings(max_examples=25, deadline=None)
@given(st.lists(_URLS, min_size=1, max_size=3))
def test_it_is_segno_s_code_with_the_mask_of_the_lowest_penalty(urls: list[str]) -> None:
    for url in urls:
        codes = _make_all(url)
        code = make_code(url)
        assert code in codes
        assert _weigh(code) == min(map(_weigh, codes))


def test_addresses_that_differ_in_their_numbers_have_codes_of_their_own() -> None:
    urls = [f"https://example.org/xigu/2023/cards/{number:02d}/" for number in range(1, 40)]
    assert all(make_code(url) in _make_all(url) for url in urls)


def test_an_address_in_chinese_has_a_code() -> None:
    rows = make_code("https://例子.中国/西固/")
    image = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows)).point([255, 0] + [0] * 254)
    large = Image.new("L", (len(rows) * 4 + 40,) * 2, 255)
    large.paste(image.resize((len(rows) * 4,) * 2, Image.Resampling.NEAREST), (20, 20))
    stream = io.BytesIO()
    large.save(stream, "PNG")
    assert [code.text for code in zxingcpp.read_barcodes(Image.open(stream))] == ["https://例子.中国/西固/"]
