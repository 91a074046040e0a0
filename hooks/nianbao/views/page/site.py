"""What every page knows of the site."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page knows of the site. Paths are site paths; "" stands for what is not configured.

    `url` is the final address with a trailing '/'.
    """

    name: str
    url: str
    domain: str
    publisher: str
    contact: str
    icp: str
    police: str
    site_id_code: str
    style_path: str
    script_path: str
    icon_path: str
    document_style_path: str
    frame_script_path: str
    share_image_path: str
    footer_pages: tuple[FooterPage, ...] = ()

    @classmethod
    def empty(cls) -> SiteView:
        """Return what is known where no site is built."""
        return cls("", "", "", "", "", "", "", "", "", "", "", "", "", "")


@dataclass(frozen=True, slots=True)
class FooterPage:
    """A page that the footer links to."""

    title: str
    path: str
