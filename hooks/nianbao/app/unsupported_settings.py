"""What of MkDocs's and Material's settings cannot act here, and why: the one list. All others do what they say.

What would load from another host is among them: readers are on phones in China, and no page of a site may wait for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nianbao.errors import add_fix

_OWN_COLOURS = "颜色写在 extra_css 的样式里，如 :root { --flag: #0b7a4b; }，每一页都会用它"
_WITHOUT_RELOADING = "报告页是轻页面，没有 Material 的脚本，换页都要重新打开"
_NO_OTHER_HOST = "网站不从别的主机载入东西：读者那里可能打不开"
_DELETE = "删去它"
FEATURES: Mapping[str, tuple[str, str]] = {
    "navigation.instant": (_WITHOUT_RELOADING, _DELETE),
    "navigation.instant.prefetch": (_WITHOUT_RELOADING, _DELETE),
    "navigation.instant.preview": (_WITHOUT_RELOADING, _DELETE),
    "navigation.instant.progress": (_WITHOUT_RELOADING, _DELETE),
    "navigation.tabs.sticky": ("页头不会固定在屏幕上", "改用 navigation.tabs，或者删去它"),
    "header.autohide": ("页头本来就随页面滚走", _DELETE),
}
_EXTRA: Mapping[str, tuple[str, str]] = {
    "alternate": ("网站只有中文，没有选语言的地方", _DELETE),
    "version": ("网站没有选版本的地方，往年的报告都在“全部报告”里", _DELETE),
    "consent": ("只有 Markdown 页面会询问读者，报告页不问", "删去它；统计代码请用不需要同意的那种"),
}
_PLUGINS: Mapping[str, tuple[str, str]] = {
    "social": ("分享时的图由 extra.nianbao.share_image 和报告的卡片决定，而且它要从 Google 下载字体", _DELETE),
    "offline": ("报告页的链接以 / 结尾，离线打开不了", _DELETE),
    "mike": ("网站没有选版本的地方", _DELETE),
}
_ICONS: Mapping[str, tuple[str, str]] = {
    "menu": ("手机上的菜单写的是“菜单”", _DELETE),
    "repo": ("repo_url 在页脚，写的是字", _DELETE),
    "previous": ("前后页的链接写的是字", _DELETE),
    "next": ("前后页的链接写的是字", _DELETE),
    "alternate": ("网站只有中文，没有选语言的地方", _DELETE),
}
# Templates of Material that this theme's header and footer do without.
_PARTIALS: Mapping[str, tuple[str, str]] = {
    "copyright.html": ("页脚不用它", "版权写在 mkdocs.yml 的 copyright 里，别的改 overrides/nianbao/footer.html"),
    "source.html": ("页脚不用它", "源文件的链接由 repo_url 和 repo_name 定，别的改 overrides/nianbao/footer.html"),
    "alternate.html": ("网站只有中文，没有选语言的地方", _DELETE),
}


def find_unsupported(settings: Mapping[str, Any], *, overrides: Path | None = None) -> tuple[str, ...]:
    """Return a sentence for each setting that cannot act, in Chinese.

    `settings` is mkdocs.yml without MkDocs's defaults, `overrides` the folder of the site's own templates.
    """
    partials = (
        (f"overrides/partials/{name}", *told)
        for name, told in _PARTIALS.items()
        if overrides and (overrides / "partials" / name).is_file()
    )
    return tuple(
        explain_unsupported(key, why, fix)
        for key, why, fix in (
            *((f"mkdocs.yml: {key}", why, fix) for key, why, fix in _in_settings(settings)),
            *partials,
        )
    )


def explain_unsupported(key: str, why: str, fix: str) -> str:
    """Return the sentence for a setting that cannot act."""
    return add_fix(f"{key}: 在这里不起作用：{why}", fix)


def _in_settings(settings: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if settings.get("use_directory_urls") is False:
        yield "use_directory_urls", "报告页的网址发布后不变，都以 / 结尾，如 xigu/2023/", "写 use_directory_urls: true"
    yield from _in_theme(settings.get("theme"))
    yield from _in_extra(settings.get("extra"))
    yield from _in_plugins(settings.get("plugins"))
    yield from _from_other_hosts(settings)


def find_half_acting(plugins: Mapping[str, object]) -> tuple[str, ...]:
    """Return a sentence for each plugin or hook that changes pages one by one: it is given some of them."""
    fix = "要改每一页的，写在 on_post_build 里：那时整个网站都在 config.site_dir；插件就换一个这样做的，或者删去它"
    return tuple(
        add_fix(f"mkdocs.yml: {name}: 只处理 Markdown 页面：报告页不经过 on_post_page", fix)
        for name, plugin in plugins.items()
        if hasattr(plugin, "on_post_page") and name.removeprefix("material/") not in _PLUGINS
    )


def draws_mermaid(settings: Mapping[str, Any]) -> bool:
    """Tell whether diagrams are asked for with no script of the site's own that draws them: Material would load one."""
    is_asked = any("mermaid" in str(options) for name, options in _list_named(settings.get("markdown_extensions")))
    return is_asked and not any("mermaid" in path for path in _list_paths(settings.get("extra_javascript")))


def _in_theme(theme: object) -> Iterator[tuple[str, str, str]]:
    if not isinstance(theme, Mapping):
        return
    if theme.get("font"):
        yield "theme.font", _NO_OTHER_HOST, "写 font: false；字体在 extra_css 里用 --sans 和 --serif 设"
    if theme.get("language", "zh") not in ("zh", "zh-Hans", "zh-CN"):
        yield "theme.language", "报告页的文字都是中文", "写 language: zh"
    if theme.get("direction", "ltr") != "ltr":
        yield "theme.direction", "报告页从左往右排", _DELETE
    palette = theme.get("palette")
    for entry in palette if isinstance(palette, list) else [palette]:
        for key in ("primary", "accent"):
            if isinstance(entry, Mapping) and entry.get(key, "custom") != "custom":
                yield f"theme.palette.{key}", f"大字和链接的颜色要在纸色上看得清，{entry[key]} 不一定", _OWN_COLOURS
    icons = theme.get("icon")
    for name in icons if isinstance(icons, Mapping) else ():
        if name in _ICONS:
            yield f"theme.icon.{name}", *_ICONS[name]
    for name in theme.get("features") or ():
        if name in FEATURES:
            yield f"theme.features: {name}", *FEATURES[name]


def _in_extra(extra: object) -> Iterator[tuple[str, str, str]]:
    if not isinstance(extra, Mapping):
        return
    for key, (why, fix) in _EXTRA.items():
        if extra.get(key):
            yield f"extra.{key}", why, fix
    analytics = extra.get("analytics")
    if isinstance(analytics, Mapping) and analytics.get("provider") == "google":
        yield "extra.analytics.provider: google", _NO_OTHER_HOST, "改用自己的统计，见 Material 的 custom 写法"


def _in_plugins(plugins: object) -> Iterator[tuple[str, str, str]]:
    for name, _ in _list_named(plugins):
        known = _PLUGINS.get(name.removeprefix("material/"))
        if known:
            yield f"plugins: {name}", *known


def _from_other_hosts(settings: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    fix = "下载到 docs/ 里，写它在 docs/ 里的路径"
    extra, theme = settings.get("extra"), settings.get("theme")
    places = {
        "extra_css": settings.get("extra_css"),
        "extra_javascript": settings.get("extra_javascript"),
        "extra.polyfills": extra.get("polyfills") if isinstance(extra, Mapping) else None,
        "theme.logo": [theme.get("logo")] if isinstance(theme, Mapping) else None,
        "theme.favicon": [theme.get("favicon")] if isinstance(theme, Mapping) else None,
    }
    for key, entries in places.items():
        for path in _list_paths(entries):
            if path.startswith(("http://", "https://", "//")):
                yield f"{key}: {path}", _NO_OTHER_HOST, fix
    if draws_mermaid(settings):
        why = f"Material 要从 unpkg.com 载入画图的程序；{_NO_OTHER_HOST}"
        yield "markdown_extensions: mermaid", why, "把 mermaid.min.js 放进 docs/，写进 extra_javascript"


def _list_named(entries: object) -> Iterator[tuple[str, object]]:
    """Yield name and options of what MkDocs takes as a list of names and mappings, or as one mapping."""
    if isinstance(entries, Mapping):
        yield from ((str(name), options) for name, options in entries.items())
    elif isinstance(entries, list):
        for entry in entries:
            yield from _list_named(entry) if isinstance(entry, Mapping) else [(str(entry), None)]


def _list_paths(entries: object) -> Iterator[str]:
    for entry in entries if isinstance(entries, list) else []:
        path = entry.get("path") if isinstance(entry, Mapping) else entry
        if isinstance(path, str):
            yield path
