"""Material for MkDocs under this project's theme: its templates, its files, and what of its settings is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any, Protocol

import jinja2

from nianbao.app.unsupported_settings import FEATURES
from nianbao.errors import DataError, DataErrors
from nianbao.theme import THEME_DIR

_SEARCH_FILES = ("assets/javascripts/lunr/", "assets/javascripts/workers/")


class Theme(Protocol):
    """What is used of MkDocs's theme; its settings are its items."""

    name: str | None
    custom_dir: str | None
    dirs: list[str]
    get_env: Callable[[], jinja2.Environment]

    def get(self, key: str) -> Any:
        """Return a setting, or None."""

    def __setitem__(self, key: str, value: Any) -> None:
        """Change a setting."""


def add_theme(theme: Theme) -> tuple[Path, ...]:
    """Put this project's theme over Material's, and under the site's own folder; return the two, where there are two.

    It is no theme by name that extends Material: plugins of Material are found by `theme: material` alone.
    Raises: DataErrors for any other theme.
    """
    if theme.name != "material":
        raise DataErrors([DataError("mkdocs.yml", 0, "theme", f"用不了 {theme.name}", "写 name: material")])
    own = [] if theme.custom_dir is None else [theme.custom_dir]
    theme.dirs[len(own) : len(own)] = [str(THEME_DIR)]
    return (*map(Path, own), THEME_DIR)


def has_palette(settings: Mapping[str, Any]) -> bool:
    """Tell whether mkdocs.yml, as it is written, has a palette of its own."""
    return bool(_read_theme(settings).get("palette"))


def fit_settings(theme: Theme, extra: MutableMapping[str, Any], settings: Mapping[str, Any], *, icon_path: str) -> None:
    """Change what Material would do otherwise; `settings` is mkdocs.yml as it is written, `icon_path` a site path."""
    theme["features"] = [name for name in theme.get("features") or () if name not in FEATURES]
    theme["font"] = False
    if not has_palette(settings):
        theme["palette"] = {"scheme": "default"}
    if "favicon" not in _read_theme(settings):
        theme["favicon"] = icon_path
    analytics = extra.get("analytics") or {}
    if analytics.get("provider") == "google":
        extra["analytics"] = {key: value for key, value in analytics.items() if key != "provider"}


def escapes(template: str | None) -> bool:
    """Tell whether a template's values are escaped: YAML text reaches this theme's, and Material's escape by hand."""
    return template is not None and (template.startswith("nianbao/") or template in ("home.html", "404.html"))


def choose_files(theme: Theme, *, has_search: bool) -> None:
    """Let MkDocs copy the files of the site's own folder, and those of Material's that pages use.

    To look through all of Material's, 14,522, takes 60 ms.
    """
    make_env = theme.get_env
    material = Path(theme.dirs[-2])
    folders = [(material, material / "assets")]
    if theme.custom_dir:
        folders.append((Path(theme.custom_dir), Path(theme.custom_dir)))
    unused = ("nianbao/", *(() if has_search else _SEARCH_FILES))

    def list_files(filter_func: Callable[[str], bool] = lambda _: True) -> list[str]:
        paths = ((path, root) for root, top in folders for path in top.rglob("*"))
        names = {path.relative_to(root).as_posix() for path, root in paths if path.is_file()}
        return sorted(n for n in names if not n.startswith(unused) and not n.endswith(".map") and filter_func(n))

    def get_env() -> jinja2.Environment:
        env = make_env()
        setattr(env, "list_templates", list_files)  # noqa: B010 - for mypy
        return env

    theme.get_env = get_env


def _read_theme(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    theme = settings.get("theme")
    return theme if isinstance(theme, Mapping) else {}
