"""Our PNG files as other programs read them."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from nianbao.writers.cards.png import encode_png

_PALETTE = bytes(value for index in range(64) for value in (index * 4, 255 - index, index))


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from([2, 16, 17, 64]), st.randoms(use_true_random=False))
def test_pixels_and_palette_come_back(width: int, height: int, colours: int, random) -> None:  # type: ignore[no-untyped-def]
    pixels = bytes(random.randrange(colours) for _ in range(width * height))
    image = Image.frombytes("P", (width, height), pixels)
    image.putpalette(_PALETTE[: colours * 3])
    with Image.open(io.BytesIO(encode_png(image))) as read:
        assert (read.mode, read.size) == ("P", (width, height))
        assert read.tobytes() == pixels
        assert read.convert("RGB").tobytes() == image.convert("RGB").tobytes()


def test_a_changed_byte_is_seen() -> None:
    image = Image.new("P", (40, 40), 3)
    image.putpalette(_PALETTE)
    content = bytearray(encode_png(image))
    content[-20] ^= 1
    with pytest.raises((SyntaxError, OSError)), Image.open(io.BytesIO(bytes(content))) as broken:
        broken.verify()
