"""The sitemap (sitemaps.org 0.9)."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote
from xml.sax.saxutils import escape

from nianbao.artefact import Artefact
from nianbao.editions.addresses import SITEMAP


def write_sitemap(site_url: str, pages: Iterable[str]) -> Artefact:
    """Return the sitemap of pages, by their folders, sorted; `site_url` ends with '/'."""
    lines = "\n".join(f"<url><loc>{escape(site_url + quote(page))}</loc></url>" for page in sorted(set(pages)))
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}\n</urlset>\n'
    )
    return Artefact(SITEMAP, text.encode(), listed=False)
