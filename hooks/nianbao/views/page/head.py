"""What a page says of itself to search engines, chat programs and public-site registers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NamedTuple

COLUMN_TYPE = "工作报告"


class ShareImages(NamedTuple):
    """Site paths of what a shared link shows: a picture where there is room, a thumbnail elsewhere.

    "" stands for the site's own share image.
    """

    large: str = ""
    thumbnail: str = ""


SITE_IMAGES = ShareImages()


@dataclass(frozen=True, slots=True)
class HeadView:
    """The page's own part of <head>. `article_*` follow the public-site meta profile; "" is left out."""

    title: str
    description: str
    site_path: str
    column_name: str
    article_title: str = ""
    published_at: str = ""  # YYYY-MM-DD HH:MM, as the profile asks
    published_on: str = ""  # YYYY-MM-DD
    content_source: str = ""
    column_type: str = ""
    has_address: bool = True  # False for a page without one of its own, such as 404.html
    images: ShareImages = SITE_IMAGES
    structured: tuple[tuple[str, object], ...] = ()  # JSON-LD, without @context and url

    def structured_json(self, url: str) -> str:
        """Return JSON-LD that is safe inside <script>; "" when there is none. `url` "" is left out."""
        if not self.structured:
            return ""
        data = {"@context": "https://schema.org", **dict(self.structured), **({"url": url} if url else {})}
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def shorten(text: str, limit: int) -> str:
    """Return `text` in one line, cut after a clause within `limit` characters where it is longer."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    stop = max(cut.rfind(mark) for mark in "。；，、")
    return (cut[:stop] if stop > limit // 2 else cut) + "…"
