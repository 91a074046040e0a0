"""What is known of the site as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from nianbao.errors import DataError, add_fix
from nianbao.pipeline.assets import StaticAsset
from nianbao.pipeline.options import Options
from nianbao.views.page.site import FooterPage, SiteView

_EXAMPLE_HOSTS = ("example", "example.org", "example.com", "example.net")


def read_address(text: str) -> str:
    """Return the address of a site with '/' at its end. Raises: DataError, without a place, for what is none."""
    try:
        parts = urlsplit(text)
        is_sound = parts.scheme in {"https", "http"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_sound = False
    if not is_sound or len(text) > 120 or re.search(r"[\s<>\"'?#@\\]", text):
        raise DataError("", 0, "", f"“{text}”不是网站的网址", "写成 https://nianbao.example.cn/ 这样，不带 ? 和 #")
    return f"{text.rstrip('/')}/"


def warn_of_example(url: str) -> str:
    """Return what to tell, in Chinese, of an address that RFC 2606 keeps for examples; '' of any other."""
    host = urlsplit(url).hostname or ""
    if not any(host == name or host.endswith(f".{name}") for name in _EXAMPLE_HOSTS):
        return ""
    problem = f"网址 {url} 只是示例，二维码和分享链接都会指向它"
    return add_fix(problem, "发布前把 mkdocs.yml 里的 site_url 改成网站的最终网址，结尾带斜杠")


def make_site_view(
    options: Options,
    *,
    name: str,
    url: str,
    assets: Sequence[StaticAsset],
    pages: Mapping[str, tuple[str, str]],
) -> SiteView:
    """Return what every page knows. `pages` gives each Markdown file's title and site path."""
    paths = {asset.name: asset.site_path for asset in assets}
    return SiteView(
        name=name,
        url=url if not url or url.endswith("/") else f"{url}/",
        domain=options.site_domain or urlsplit(url).hostname or "",
        publisher=options.publisher or "",
        contact=options.contact or "",
        icp=options.icp or "",
        police=options.police or "",
        site_id_code=options.site_id_code or "",
        style_path=paths["style.css"],
        script_path=paths["script.js"],
        icon_path=paths["icon.svg"],
        document_style_path=paths["document.css"],
        frame_script_path=paths["frame.js"],
        share_image_path=options.share_image or "",
        footer_pages=tuple(
            FooterPage(pages[source][0], pages[source][1]) for source in options.footer_pages if source in pages
        ),
    )
