"""Five colour schemes. Every text colour has at least 4.5:1 on its ground."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by what they are for, #rrggbb. `cover` is the covers' ground, `wash` that of plans."""

    name: str
    slug: str
    cover: str
    cover_ink: str
    cover_soft: str
    cover_line: str
    cover_number: str
    paper: str
    wash: str
    ink: str
    soft: str
    line: str
    flag: str
    flag_ink: str

    def colour(self, role: str) -> tuple[int, int, int]:
        """Return the RGB of one of the colours. Raises: AttributeError when there is none of that name."""
        value: str = getattr(self, role)
        return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


THEMES: tuple[Theme, ...] = (
    Theme(
        "团红", "red", "#c8161d", "#ffffff", "#ffe3d8", "#e25a5f", "#ffffff",
        "#fffcf7", "#fbf1e9", "#1b1a19", "#5f5a55", "#e9e2d8", "#c8161d", "#8e0c12",
    ),
    Theme(
        "素纸", "paper", "#f5eee2", "#1b1a19", "#5f5a55", "#d8cdbc", "#c8161d",
        "#fffdf9", "#f7f2e9", "#1b1a19", "#5f5a55", "#e6dfd3", "#c8161d", "#8e0c12",
    ),
    Theme(
        "青绿", "green", "#0f5f55", "#ffffff", "#d9efe6", "#3f877c", "#ffffff",
        "#fbfdf9", "#ebf4ee", "#16201d", "#4f5d58", "#dbe5df", "#0e7163", "#0a4f46",
    ),
    Theme(
        "靛蓝", "blue", "#1c3d78", "#ffffff", "#dde7f8", "#4d6aa0", "#ffffff",
        "#fbfcfe", "#ecf1f9", "#161b26", "#505869", "#dce2ed", "#2152a3", "#163a78",
    ),
    Theme(
        "麦金", "gold", "#edbf57", "#2a1c06", "#5b430c", "#cb9a35", "#8a1a0d",
        "#fffdf5", "#fbf1d8", "#241b0c", "#62573f", "#eadfc3", "#a85408", "#7d3a05",
    ),
)  # fmt: skip
_HUES = {"red": 358, "green": 170, "blue": 217, "gold": 37}
_NEAR_HUE = 32
_GREY = 0.18


def find_theme(name: str) -> Theme | None:
    """Return the theme called `name`, in Chinese or by its slug."""
    return next((theme for theme in THEMES if name in (theme.name, theme.slug)), None)


def choose_theme(accent: str) -> Theme:
    """Return the theme whose colour is nearest to a district's `accent`, #rrggbb; 素纸 where none is near."""
    red, green, blue = (int(accent[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    away = {slug: abs((hue * 360 - target + 180) % 360 - 180) for slug, target in _HUES.items()}
    nearest = min(away, key=lambda slug: away[slug])
    slug = nearest if saturation >= _GREY and away[nearest] <= _NEAR_HUE else "paper"
    return next(theme for theme in THEMES if theme.slug == slug)
