"""What a writer makes: bytes and the place in the site where they stand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artefact:
    """One file of the site: `site_path` is relative to the site's root, '/'-separated, without a leading '/'."""

    site_path: str
    content: bytes
