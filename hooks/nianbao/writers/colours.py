"""A district's colour where it stands on dark paper."""

from __future__ import annotations

import colorsys
from functools import lru_cache

_DARK_PAPER = "#171412"  # --paper in frame.css
# What --dark-flag has there: more than the 3:1 that WCAG asks of marks, since numbers beside them are as light.
_LEAST_CONTRAST = 6.0
_STEP = 0.01


@lru_cache(maxsize=256)
def brighten(colour: str) -> str:
    """Return the colour of the same hue, #rrggbb, that is light enough to be seen on dark paper."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_read(colour))
    shown = colour
    while measure_contrast(shown, _DARK_PAPER) < _LEAST_CONTRAST:
        lightness = min(1.0, lightness + _STEP)
        channels = colorsys.hls_to_rgb(hue, lightness, saturation)
        shown = "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
    return shown


def measure_contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_measure_luminance(one), _measure_luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _measure_luminance(colour: str) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _read(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _read(colour: str) -> tuple[float, float, float]:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255
