"""What mkdocs.yml can set: it acts on the pages of both kinds, or the build says that it does not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml

from nianbao.app.chinese_markdown import speak_chinese
from nianbao.app.unsupported_settings import FEATURES, find_unsupported
from tests.site_building import ROOT, build_site, make_material_project, make_project, run_mkdocs

REPORT, COMPONENTS = "dongli/2023/index.html", "components/index.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(make_material_project(tmp_path_factory.mktemp("settings") / "p"))


@pytest.mark.parametrize("name", [REPORT, COMPONENTS, "index.html", "404.html"])
@pytest.mark.parametrize(
    "wanted",
    [
        'href="https://www.gov.cn/"', "<summary>指南</summary>", "assets/own.css", "assets/own.js", "assets/logo.svg",
        '<meta name="own" content="head">', "报告征求意见", '版权所有 &copy; <a href="about/">', "源文件在这里",
        '<meta name="author" content="某某团委">', 'title="微信"', "__palette_2",
    ],
)  # fmt: skip
def test_a_setting_acts_on_every_page(name: str, wanted: str, site: Path) -> None:
    html = (site / name).read_text(encoding="utf-8").replace('<summary class="active">', "<summary>")
    assert wanted in html


def test_what_is_of_markdown_pages_alone(site: Path) -> None:
    html = (site / COMPONENTS).read_text(encoding="utf-8")
    assert 'rel="edit"' in html
    assert "<small>往前</small>" in html
    assert "md-tag" in html, "the files and pages of plugins"
    assert (site / "search" / "search_index.json").is_file()
    assert (site / "assets" / "javascripts" / "lunr" / "wordcut.js").is_file()


def test_no_word_of_the_extensions_is_english(site: Path) -> None:
    html = (site / COMPONENTS).read_text(encoding="utf-8")
    assert '<p class="admonition-title">警告</p>' in html, "the type is the title"
    assert '<p class="admonition-title">说明</p>' in html
    for name in (COMPONENTS, "index.html", "guide/write/index.html"):
        page = (site / name).read_text(encoding="utf-8")
        assert not re.search('Warning|Permanent link|Jump back|Table of contents|alt="logo"', page)


BOXES = {
    "!!! caution\n    x": '<div class="admonition caution">\n<p class="admonition-title">注意</p>',
    "??? tip\n    x": '<details class="tip">\n<summary>提示</summary>',
    '!!! danger "Danger zone"\n    x': '<p class="admonition-title">Danger zone</p>',
    '!!! note ""\n    Note': '<div class="admonition note">\n<p>Note</p>',
    "!!! quote inline end\n    x": '<p class="admonition-title">引用</p>',
    "!!! own\n    x": '<p class="admonition-title">Own</p>',
}


@pytest.mark.parametrize(("text", "html"), BOXES.items())
def test_a_box_without_a_title_has_a_chinese_one(text: str, html: str) -> None:
    extensions: list[str] = ["admonition", "pymdownx.details"]
    speak_chinese(extensions, {})
    assert html in markdown.markdown(text, extensions=extensions)


def test_report_pages_stay_light(site: Path) -> None:
    html = (site / REPORT).read_text(encoding="utf-8")
    assert "assets/javascripts/bundle" not in html
    assert "assets/stylesheets/main" not in html


UNSUPPORTED: dict[str, dict[str, Any]] = {
    "theme.font": {"theme": {"font": {"text": "Roboto"}}},
    "theme.language": {"theme": {"language": "en"}},
    "theme.direction": {"theme": {"direction": "rtl"}},
    "theme.palette.primary": {"theme": {"palette": {"primary": "teal"}}},
    "theme.palette.accent": {"theme": {"palette": [{"accent": "pink"}]}},
    **{
        f"theme.icon.{name}": {"theme": {"icon": {name: "material/menu"}}}
        for name in ("menu", "repo", "previous", "next")
    },
    "use_directory_urls": {"use_directory_urls": False},
    **{f"theme.features: {name}": {"theme": {"features": [name]}} for name in FEATURES},
    "extra.alternate": {"extra": {"alternate": [{"name": "English", "link": "/en/", "lang": "en"}]}},
    "extra.version": {"extra": {"version": {"provider": "mike"}}},
    "extra.consent": {"extra": {"consent": {"title": "同意", "description": "……"}}},
    "extra.analytics.provider: google": {"extra": {"analytics": {"provider": "google", "property": "G-1"}}},
    "plugins: social": {"plugins": ["social"]},
    "plugins: offline": {"plugins": {"offline": {}}},
    "extra_css: https://cdn.test/a.css": {"extra_css": ["https://cdn.test/a.css"]},
    "extra_javascript: //cdn.test/a.js": {"extra_javascript": [{"path": "//cdn.test/a.js"}]},
    "theme.logo: https://cdn.test/a.png": {"theme": {"logo": "https://cdn.test/a.png"}},
    "markdown_extensions: mermaid": {
        "markdown_extensions": [{"pymdownx.superfences": {"custom_fences": [{"name": "mermaid", "class": "mermaid"}]}}]
    },
}


@pytest.mark.parametrize("key", UNSUPPORTED)
def test_what_cannot_act_is_named_and_what_to_do(key: str) -> None:
    (sentence,) = find_unsupported(UNSUPPORTED[key])
    assert sentence.startswith(f"mkdocs.yml: {key}")
    assert "\n  改法：" in sentence


@pytest.mark.parametrize("name", ["copyright.html", "source.html"])
def test_a_template_that_no_page_uses_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / "partials").mkdir()
    (tmp_path / "partials" / name).write_text("", encoding="utf-8")
    (sentence,) = find_unsupported({}, overrides=tmp_path)
    assert sentence.startswith(f"overrides/partials/{name}: 在这里不起作用")


def test_what_acts_is_not_named() -> None:
    settings = yaml.load((ROOT / "tests/sites/material/mkdocs.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    settings["theme"]["font"] = False
    assert find_unsupported(settings) == ()
    assert find_unsupported({"theme": "material", "plugins": None, "extra": None}) == ()


def test_a_setting_that_cannot_act_is_a_warning_and_an_error_under_strict(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "p", data_dir=ROOT / "tests/sites/basic/data")
    path = folder / "mkdocs.yml"
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    settings["theme"]["features"] = ["navigation.instant", "navigation.top"]
    settings["extra"]["analytics"] = {"provider": "google", "property": "G-1"}
    path.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    done = run_mkdocs(folder, "build")
    assert done.returncode == 0, done.stderr
    assert "theme.features: navigation.instant: 在这里不起作用" in done.stderr
    about = (folder / "site" / "about" / "index.html").read_text(encoding="utf-8")
    assert "googletagmanager" not in about
    assert '"navigation.instant"' not in about
    assert '"navigation.top"' in about
    assert run_mkdocs(folder, "build", "--strict").returncode != 0


def test_a_template_that_extends_material_s_base_is_told(tmp_path: Path) -> None:
    folder = make_material_project(tmp_path / "p")
    (folder / "overrides" / "main.html").write_text(
        '{% extends "base.html" %}{% block extrahead %}<meta name="own">{% endblock %}', encoding="utf-8"
    )
    done = run_mkdocs(folder, "build")
    assert done.returncode == 0, done.stderr
    assert (
        'overrides/main.html: 里面的改动到不了报告页\n  改法：第一行写 {% extends "nianbao/base.html" %}' in done.stderr
    )
    assert '<meta name="own">' in (folder / "site" / COMPONENTS).read_text(encoding="utf-8")
    assert "site-header" in (folder / "site" / REPORT).read_text(encoding="utf-8")


def test_another_theme_is_refused(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "p", data_dir=ROOT / "tests/sites/basic/data")
    path = folder / "mkdocs.yml"
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    settings["theme"] = "readthedocs"
    settings["nav"] = None
    path.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    done = run_mkdocs(folder, "build")
    assert done.returncode != 0
    assert "mkdocs.yml: theme: 用不了 readthedocs\n  改法：写 name: material" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_directory_urls_and_without_a_folder_of_its_own(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "p", data_dir=ROOT / "tests/sites/basic/data")
    path = folder / "mkdocs.yml"
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    settings["use_directory_urls"] = False
    settings["theme"].pop("custom_dir")
    path.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    done = run_mkdocs(folder, "build")
    assert "use_directory_urls: 在这里不起作用" in done.stderr
    assert 'href="../../about.html"' in (folder / "site" / REPORT).read_text(encoding="utf-8")
