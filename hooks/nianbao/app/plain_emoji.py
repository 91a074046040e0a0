"""Emoji of Markdown pages as letters: Material's and PyMdown's generators would load each picture from another host."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

_EXTENSION = "pymdownx.emoji"


def keep_emoji_local(extension_settings: MutableMapping[str, Any]) -> None:
    """Let emoji that Unicode has be written as letters; icons that Material sets into the page stay.

    `extension_settings` are the options of Markdown extensions by name, as MkDocs keeps them in `mdx_configs`.
    """
    options = extension_settings.get(_EXTENSION)
    if options and (draw := options.get("emoji_generator")):
        options["emoji_generator"] = _write_letters_or(draw)


def _write_letters_or(draw: Callable[..., Any]) -> Callable[..., Any]:
    from pymdownx.emoji import to_alt  # type: ignore[import-untyped]  # noqa: PLC0415 - where a site uses it

    def write(  # noqa: PLR0917 - as PyMdown calls it
        index: str, shortname: str, alias: str, uc: str, alt: str, title: str, category: str, options: Any, md: Any
    ) -> Any:
        one = to_alt if uc else draw
        return one(index, shortname, alias, uc, alt, title, category, options, md)

    return write
