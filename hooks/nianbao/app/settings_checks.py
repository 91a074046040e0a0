"""What is wrong with mkdocs.yml, found without MkDocs: it says so in English, or not at all, and of the wrong line."""

from __future__ import annotations

import importlib.util
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from nianbao.app.unsupported_settings import list_named, list_paths
from nianbao.errors import DataError, DataErrors
from nianbao.pipeline.options import read_settings
from nianbao.sources.files import decode_text, read_content
from nianbao.sources.near_miss import find_near_miss
from nianbao.sources.yaml_mistakes import trace_yaml

SETTINGS_FILE = "mkdocs.yml"
_CHECK_PATH = "检查路径有没有写错"
# Of Material's: these add no file that a setting could name.
_FILELESS_PLUGINS = frozenset({"search", "tags", "meta", "group", "info"})


def check_settings(root: Path) -> tuple[DataError, ...]:
    """Return what MkDocs could not start with: broken YAML, or a name that nothing has. Without mkdocs.yml: nothing."""
    path = root / SETTINGS_FILE
    if not path.exists():
        return ()
    try:
        text = decode_text(read_content(path, file=SETTINGS_FILE), file=SETTINGS_FILE)
    except DataErrors as failure:
        return failure.errors
    errors = trace_yaml(text, file=SETTINGS_FILE, is_plain=False).errors
    return errors or tuple(_find_wrong_names(root, read_settings(root)))


def check_named_files(root: Path) -> tuple[DataError, ...]:
    """Return which files of docs/ mkdocs.yml names that are not there; nothing where a plugin could make them."""
    settings = read_settings(root)
    plugins = {name.removeprefix("material/") for name, _ in list_named(settings.get("plugins"))}
    if plugins - _FILELESS_PLUGINS:
        return ()
    folders = [
        root / str(settings.get("docs_dir") or "docs"),
        root / str(_theme_of(settings).get("custom_dir") or "docs"),
    ]

    def has_file(name: str) -> bool:
        return any((folder / name).is_file() for folder in folders)

    missing = [name for name in _list_nav(settings.get("nav")) if not has_file(name)]
    return (
        *find_missing_files(root, settings, has_file=has_file),
        *(
            DataError(SETTINGS_FILE, find_text(root / SETTINGS_FILE, name), "nav", *explain_nav(name))
            for name in missing
        ),
    )


def find_missing_files(
    root: Path, settings: Mapping[str, Any], *, has_file: Callable[[str], bool]
) -> Iterator[DataError]:
    """Yield a mistake for each picture, style, script and page of the footer that is named and is not there."""
    theme, extra = _theme_of(settings), settings.get("extra")
    own = extra.get("nianbao") if isinstance(extra, Mapping) else None
    own = own if isinstance(own, Mapping) else {}
    places: dict[str, object] = {
        "theme.logo": [theme.get("logo")],
        "theme.favicon": [theme.get("favicon")],
        "extra_css": settings.get("extra_css"),
        "extra_javascript": settings.get("extra_javascript"),
        "extra.nianbao.footer_pages": own.get("footer_pages"),
        "extra.nianbao.share_image": [own.get("share_image")],
    }
    for key, entries in places.items():
        for name in list_paths(entries):
            parts = urlsplit(name)
            if not parts.scheme and not parts.netloc and not name.startswith("/") and not has_file(parts.path):
                line = find_text(root / SETTINGS_FILE, name, after=f"{key.rpartition('.')[2]}:")
                yield DataError(SETTINGS_FILE, line, key, f"docs/ 里没有 {name}", _CHECK_PATH)


def explain_nav(name: str) -> tuple[str, str]:
    """Return what is wrong with a page that the navigation names and that is not there, and what to do."""
    if "：" in name:
        return f"“{name}”里用了全角冒号“：”", "改成半角冒号加空格，如 - 关于: about.md"
    return f"docs/ 里没有 {name}", _CHECK_PATH


def find_text(path: Path, text: str, *, after: str = "") -> int:
    """Return the first line of a file, from 1, that has a text outside of comments; 0 where there is none.

    `after`: where such a text is in the line, or in one above.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return 0
    is_after = False
    for number, line in enumerate(lines, start=1):
        is_after = is_after or after in line
        if is_after and text in line and line.lstrip()[:1] != "#":
            return number
    return 0


def _find_wrong_names(root: Path, settings: Mapping[str, Any]) -> Iterator[DataError]:
    def explain(key: str, name: str, problem: str, fix: str) -> DataError:
        return DataError(SETTINGS_FILE, find_text(root / SETTINGS_FILE, name), key, problem, fix)

    theme = _theme_of(settings)
    for key, name in (("docs_dir", settings.get("docs_dir")), ("theme.custom_dir", theme.get("custom_dir"))):
        if isinstance(name, str) and not (root / name).is_dir():
            yield explain(key, name, f"没有文件夹 {name}", _CHECK_PATH)
    for name in list_paths(settings.get("hooks")):
        if not (root / name).is_file():
            yield explain("hooks", name, f"没有文件 {name}", _CHECK_PATH)
    extensions = entry_points(group="markdown.extensions").names | {
        f"pymdownx.{module.name}" for module in pkgutil.iter_modules(_folders_of("pymdownx"))
    }
    for name, _ in list_named(settings.get("markdown_extensions")):
        if name not in extensions and not _can_import(name.partition(":")[0], root):
            yield explain("markdown_extensions", name, f"没有“{name}”这个 Markdown 扩展", _suggest(name, extensions))
    plugins = entry_points(group="mkdocs.plugins").names
    for name, _ in list_named(settings.get("plugins")):
        if not {name.removeprefix("/"), f"material/{name}"} & plugins:
            options = {plugin.removeprefix("material/") for plugin in plugins}
            yield explain("plugins", name, f"没有“{name}”这个插件", _suggest(name, options))
    material = [Path(folder) / "templates" for folder in _folders_of("material")]
    folders = [root / str(theme.get("custom_dir") or "overrides"), *material]
    for name in _list_icons({"theme": theme, "extra": settings.get("extra")}):
        if not any((folder / ".icons" / f"{name}.svg").is_file() for folder in folders):
            fix = "名字在 https://squidfunk.github.io/mkdocs-material/reference/icons-emojis/ 查，如 material/account"
            yield explain("icon", name, f"没有图标 {name}", fix)


def _suggest(name: str, options: Iterable[str]) -> str:
    near = find_near_miss(name, options)
    return f"是否指 {near}" if near else "检查名字有没有写错；没有装的，先用 pip 装上"


def _can_import(name: str, root: Path) -> bool:
    top = name.partition(".")[0]
    if (root / top).is_dir() or (root / f"{top}.py").is_file():  # MkDocs started there finds it
        return True
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def _folders_of(package: str) -> list[str]:
    spec = importlib.util.find_spec(package)
    return list((spec and spec.submodule_search_locations) or ())


def _theme_of(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    theme = settings.get("theme")
    return theme if isinstance(theme, Mapping) else {}


def _list_icons(value: object, *, is_icon: bool = False) -> Iterator[str]:
    """Yield the names of icons: what stands at, or within, a key `icon`."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _list_icons(inner, is_icon=is_icon or key == "icon")
    elif isinstance(value, list):
        for inner in value:
            yield from _list_icons(inner, is_icon=is_icon)
    elif is_icon and isinstance(value, str):
        yield value


def _list_nav(nav: object) -> Iterator[str]:
    if isinstance(nav, list):
        for entry in nav:
            yield from _list_nav(entry)
    elif isinstance(nav, Mapping):
        for entry in nav.values():
            yield from _list_nav(entry)
    elif isinstance(nav, str) and not urlsplit(nav).scheme and not nav.startswith("/"):
        yield nav
