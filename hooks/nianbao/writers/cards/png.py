"""Palette images as PNG (ISO/IEC 15948), packed by libdeflate: smaller than zlib's in half the time, and the same
bytes on every machine."""

from __future__ import annotations

import struct

import deflate
from PIL import Image

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DEPTH_BITS, _PALETTE_COLOURS = 8, 3
_LEVEL = 6


def encode_png(image: Image.Image) -> bytes:
    """Return an image of mode P as a PNG file of 8 bits a pixel, its lines unfiltered: what they hold are indexes."""
    width, height = image.size
    # The first byte of a line is its filter; a column of zeros says: none.
    lines = Image.new("P", (width + 1, height))
    lines.paste(image, (1, 0))
    header = struct.pack(">IIBBBBB", width, height, _DEPTH_BITS, _PALETTE_COLOURS, 0, 0, 0)
    palette = bytes(image.getpalette() or ())
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", header),
            _chunk(b"PLTE", palette),
            _chunk(b"IDAT", bytes(deflate.zlib_compress(lines.tobytes(), _LEVEL))),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", deflate.crc32(name + content))
