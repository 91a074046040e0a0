"""Where the fonts are that cards are drawn with: two pinned packages, then others for rare characters.

Apart from what opens them, since a build that draws nothing new needs their digests alone.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from nianbao.errors import DataError, DataErrors

_SANS = ("justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf")
_SERIF = ("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf")
# Rare characters that the two lack, by other regions' shapes: better than no name at all.
_MORE = (
    ("justmytype_intl_cjk", "fonts/ofl/notosansjp/NotoSansJP[wght].ttf"),
    ("justmytype_intl_cjk", "fonts/ofl/notosanstc/NotoSansTC[wght].ttf"),
    ("justmytype_intl_cjk", "fonts/ofl/notosanskr/NotoSansKR[wght].ttf"),
)
# Debian's fonts-noto-cjk and fonts-hanazono (extensions B to F). Used for characters that nothing above has.
_OF_MACHINE = (
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/truetype/hanazono/HanaMinA.ttf"),
    Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"),
)


@cache
def find_font_paths() -> tuple[Path, ...]:
    """Return the font files: sans, serif, then those for rare characters. Raises: DataErrors when the pinned ones are
    not installed."""
    pinned = [_locate(package, name) for package, name in (_SANS, _SERIF)]
    if missing := [package for path, (package, _) in zip(pinned, (_SANS, _SERIF), strict=True) if path is None]:
        raise DataErrors(
            DataError("", 0, "", f"没有装字体包 {name}，画不了卡片", f"运行 pip install {name.replace('_', '-')}")
            for name in missing
        )
    more = [_locate(package, name) for package, name in _MORE]
    return tuple(path for path in (*pinned, *more, *_OF_MACHINE) if path is not None and path.is_file())


def _locate(package: str, name: str) -> Path | None:
    """The file in an installed package, which is not imported: its code is of no use here."""
    spec = importlib.util.find_spec(package)
    places = spec.submodule_search_locations if spec else None
    path = Path(places[0]) / name if places else None
    return path if path is not None and path.is_file() else None
