"""What people write for any MkDocs site does here what it does there: titles, names, exclusions, hooks, links."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.site_building import ROOT, build_site, make_project, run_mkdocs

REPORT, NOTES = "dongli/2023/index.html", "notes/index.html"


def _make(folder: Path, *, files: dict[str, str] | None = None, theme: Any = None, **settings: Any) -> Path:
    """Make a project with a home page, notes.md and `files`; a setting that is None is not written."""
    make_project(folder, data_dir=ROOT / "tests/sites/basic/data", site_url="https://nianbao.test/sub/")
    path = folder / "mkdocs.yml"
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    for name in ("nav", "not_in_nav", "exclude_docs", "docs_dir", "watch"):
        written.pop(name)
    shutil.copy(ROOT / "hooks" / "mkdocs_hooks.py", folder / "nianbao_hooks.py")
    written["hooks"] = ["nianbao_hooks.py"]
    written["theme"] = theme or {"name": "material", "custom_dir": "overrides", "language": "zh", "font": False}
    written["extra"]["nianbao"] = {"cards": False, **settings.pop("nianbao", {})}
    written |= settings
    written = {name: value for name, value in written.items() if value is not None}
    path.write_text(yaml.safe_dump(written, allow_unicode=True, sort_keys=False), encoding="utf-8")
    texts = {
        "docs/index.md": "---\ntemplate: home.html\n---\n# 年报\n",
        "docs/notes.md": "# 说明\n",
        "overrides/main.html": '{% extends "nianbao/base.html" %}\n',
        **(files or {}),
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _read(site: Path, name: str) -> str:
    return (site / name).read_text(encoding="utf-8")


def test_what_is_excluded_of_docs_is_of_docs(tmp_path: Path) -> None:
    site = build_site(
        _make(
            tmp_path / "p",
            files={"docs/old.css": "", "docs/draft.js": ""},
            exclude_docs="*.css\n*.json\n",
            draft_docs="*.js\n",
        )
    )
    styles = {path.name.split(".")[0] for path in site.rglob("*.css")}
    assert styles >= {"style", "document", "main", "palette"}
    assert "old" not in styles
    scripts = {path.name.split(".")[0] for path in site.rglob("*.js")}
    assert scripts >= {"script", "frame", "bundle"}
    assert "draft" not in scripts
    assert (site / "data/schema/report.schema.json").is_file()


def test_a_page_with_a_chinese_name_is_in_the_sitemap_by_its_address(tmp_path: Path) -> None:
    site = build_site(_make(tmp_path / "p", files={"docs/怎样 读.md": "# 读\n"}))
    address = "https://nianbao.test/sub/%E6%80%8E%E6%A0%B7%20%E8%AF%BB/"
    assert f"<loc>{address}</loc>" in _read(site, "sitemap.xml")
    assert f'<link rel="canonical" href="{address}">' in _read(site, "怎样 读/index.html")


def test_titles_are_escaped_once(tmp_path: Path) -> None:
    nav = [{"首页": "index.md"}, "notes.md", {"问 & 答 <1>": "answers.md"}, {"A & B": ["named.md"]}]
    files = {
        "docs/notes.md": "# R&D `<b>` 说明\n",
        "docs/answers.md": "# 别的\n",
        "docs/named.md": "---\ntitle: 甲 & 乙\n---\n\n正文\n",
    }
    project = _make(tmp_path / "p", files=files, nav=nav, nianbao={"footer_pages": ["notes.md"]})
    site = build_site(project)
    pages = {name: _read(site, f"{name}/index.html") for name in ("notes", "answers", "named", "dongli/2023")}
    for html in pages.values():
        assert "&amp;amp;" not in html
        assert "&amp;lt;" not in html
        assert html.count(">R&amp;D &lt;b&gt; 说明</a>") >= 2, "menu and footer"
        assert ">问 &amp; 答 &lt;1&gt;</a>" in html
    assert "<title>R&amp;D &lt;b&gt; 说明 · 年报</title>" in pages["notes"]
    assert '<meta property="og:title" content="R&amp;D &lt;b&gt; 说明">' in pages["notes"]
    assert "<title>问 &amp; 答 &lt;1&gt; · 年报</title>" in pages["answers"]
    assert "<title>甲 &amp; 乙 · 年报</title>" in pages["named"]


def test_what_a_later_hook_sets_is_heard(tmp_path: Path) -> None:
    hook = (
        "def on_config(config):\n"
        "    config.site_url = 'https://late.test/'\n"
        "    config.theme['features'].append('navigation.instant')\n"
        "    config.theme['favicon'] = 'own.svg'\n"
        "    config.extra['version'] = {'provider': 'mike'}\n"
    )
    files = {"late.py": hook, "docs/own.svg": "<svg/>"}
    project = _make(tmp_path / "p", files=files, hooks=["nianbao_hooks.py", "late.py"])
    done = run_mkdocs(project, "build")
    assert done.returncode == 0, done.stderr
    assert "theme.features: navigation.instant: 在这里不起作用" in done.stderr
    assert "extra.version: 在这里不起作用" in done.stderr
    assert "<loc>https://late.test/dongli/2023/</loc>" in _read(project / "site", "sitemap.xml")
    for name in (REPORT, NOTES):
        html = _read(project / "site", name)
        assert '<link rel="canonical" href="https://late.test/' in html
        assert 'own.svg"' in html


def test_a_theme_without_a_language_is_chinese(tmp_path: Path) -> None:
    for name, theme in (("a", "material"), ("b", {"name": "material", "custom_dir": "overrides"})):
        site = build_site(_make(tmp_path / name, theme=theme, plugins=["search"]))
        assert '<html lang="zh"' in _read(site, NOTES)
        assert r"\u3001" in _read(site, "search/search_index.json")


def test_a_page_has_its_own_author_and_links_to_the_feed(tmp_path: Path) -> None:
    files = {"docs/notes.md": "---\nauthor: 某人\n---\n# 说明\n", "docs/others.md": "# 其他\n"}
    files["rss.py"] = "def on_config(config):\n    config.plugins['rss'] = object()\n"
    hooks = ["rss.py", "nianbao_hooks.py"]
    site = build_site(_make(tmp_path / "p", files=files, site_author="某团委", hooks=hooks))
    for name, root in ((NOTES, "../"), (REPORT, "../../")):
        rss = f'<link rel="alternate" type="application/rss+xml" title="RSS" href="{root}feed_rss_created.xml">'
        assert rss in _read(site, name)
    authors = {name: _read(site, name).partition('name="author" content="')[2][:4] for name in (NOTES, REPORT)}
    assert authors == {NOTES: '某人">', REPORT: '某团委"'}
    assert _read(site, NOTES).count('name="author"') == 1


@pytest.mark.parametrize("url", ["https://测试.cn/路 径/", "https://a.test/?a=1", "https://a.test/#a"])
def test_an_address_that_init_refuses_is_refused(url: str, tmp_path: Path) -> None:
    done = run_mkdocs(_make(tmp_path / "p", site_url=url), "build")
    assert done.returncode != 0
    assert f"mkdocs.yml:2: site_url: “{url}”不是网站的网址\n  改法：写成 https://" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("main.html", '{% extends "nianbao/base.html" %}\n{% if %}\n', "main.html:2: 模板写错了："),
        (
            "main.html",
            '{% extends "nianbao/base.html" %}\n{% block extrahead %}\n{{ no.such }}\n{% endblock %}',
            "main.html:3: 模板里用了没有的名字：'no' is undefined",
        ),
        (
            "main.html",
            '{% extends "nianbao/document.html" if page else "nianbao/base.html" %}\n'
            "{% block content %}{{ 1 / 0 }}{% endblock %}",
            "main.html:2: 模板运行出错：division by zero",
        ),
        ("main.html", '{% extends "no-such.html" %}', "main.html:1: 没有这个模板：no-such.html"),
        ("nianbao/report.html", "\n{{ 1 / 0 }}", "nianbao/report.html:2: 模板运行出错：division by zero"),
        ("nianbao/report.html", "{{ no_such }}", "nianbao/report.html:1: 模板里用了没有的名字：'no_such' is undefined"),
        ("nianbao/head.html", "\n\n{% if %}", "nianbao/head.html:3: 模板写错了："),
        ("main.html", "{# 本站 #}", "main.html: 文件不是 UTF-8 编码"),
        ("nianbao/report.html", "{# 本站 #}", "nianbao/report.html: 文件不是 UTF-8 编码"),
    ],
)
def test_a_mistake_in_a_template_is_told_by_its_place(name: str, text: str, told: str, tmp_path: Path) -> None:
    project = _make(tmp_path / "p", files={f"overrides/{name}": text})
    if "UTF-8" in told:
        (project / "overrides" / name).write_bytes(text.encode("gbk"))
    done = run_mkdocs(project, "build")
    assert done.returncode != 0
    assert f"overrides/{told}" in done.stderr
    assert "\n  改法：" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / "site").exists()


def test_reports_can_be_searched_for(tmp_path: Path) -> None:
    site = build_site(_make(tmp_path / "p", plugins=None))
    entries = json.loads(_read(site, "search/search_index.json"))["docs"]
    texts = {entry["location"]: entry for entry in entries}
    assert set(texts) >= {"", "notes/", "2023/", "dongli/", "dongli/2023/", "dongli/2023/#opening", "archive/"}
    assert not any("/cards/" in location for location in texts)
    assert "\u200b国庆\u200b" in texts["dongli/2023/#opening"]["text"], "a word that is found by itself"
    assert "首页" not in texts["dongli/2023/"]["text"], "the menu is no text"
    assert '<a href="../../notes/?q=">搜索</a>' in _read(site, REPORT)
    assert '<a href="notes/?q=">搜索</a>' in _read(site, "index.html")
    assert "?q=" not in _read(site, NOTES)


def test_search_without_a_page_to_search_in_is_named(tmp_path: Path) -> None:
    project = _make(tmp_path / "p", plugins=["search"])
    (project / "docs" / "notes.md").unlink()
    done = run_mkdocs(project, "build")
    assert "mkdocs.yml: plugins: search: 在这里不起作用" in done.stderr
    assert "?q=" not in _read(project / "site", REPORT)


HOOK = """
from pathlib import Path

def on_post_page(output, page, config):
    return output

def on_post_build(config):
    for path in Path(config.site_dir).rglob("*.html"):
        path.write_text(path.read_text(encoding="utf-8").replace("</body>", "<i>own</i></body>"), encoding="utf-8")
    (Path(config.site_dir) / "data" / "figures.csv").unlink()
"""


def test_hooks_have_the_whole_site_and_half_of_an_event_is_named(tmp_path: Path) -> None:
    project = _make(tmp_path / "p", files={"own.py": HOOK}, hooks=["own.py", "nianbao_hooks.py"])
    for _ in range(2):  # the second from the cache
        done = run_mkdocs(project, "build")
        assert done.returncode == 0, done.stderr
        assert "mkdocs.yml: own.py: 只处理 Markdown 页面" in done.stderr
        assert "\n  改法：要改每一页的，写在 on_post_build 里" in done.stderr
        pages = list((project / "site").rglob("*.html"))
        assert len(pages) > 12
        assert all(page.read_text(encoding="utf-8").count("<i>own</i>") == 1 for page in pages)
        assert not (project / "site" / "data" / "figures.csv").exists()
        assert "缓存" not in done.stderr, "nothing of the cache was touched"
    assert run_mkdocs(project, "build", "--strict").returncode != 0


def test_a_report_stands_in_the_menu_and_is_linked_to(tmp_path: Path) -> None:
    nav = ["notes.md", {"年报": [{"东篱年报": "dongli/2023/"}, "dongli", "2023/", "dongli/2022-reading/"]}]
    text = (
        "# 说明\n\n[年报](../dongli/2023/)\n[开门](../dongli/2023/#opening)\n"
        "[地区](../dongli) [表](../data/figures.csv)\n[数据](../dongli/2023/report.json) [去年](../../dongli/2022/)\n\n"
        "```\n[不是](../dongli/1999/)\n```\n`[x](../2000/)`\n"
    )
    files = {"docs/guide/a.md": text}
    validation = {"links": {"unrecognized_links": "info"}}
    project = _make(tmp_path / "p", files=files, nav=nav, not_in_nav="/index.md\n/guide/", validation=validation)
    site = build_site(project)
    html = _read(site, "guide/a/index.html")
    for path in ("dongli/2023/", "dongli/2023/#opening", "dongli/", "data/figures.csv", "dongli/2023/report.json"):
        assert f'href="../../{path}"' in html
    for root, name in (("../../", REPORT), ("../", NOTES)):
        menu = _read(site, name)
        assert f'<a href="{root}dongli/2023/">东篱年报</a>' in menu
        assert f'<a href="{root}dongli/">东篱</a>' in menu
        assert f'<a href="{root}2023/">2023年</a>' in menu
        assert f'<a href="{root}dongli/2022-reading/">东篱 2022-reading</a>' in menu
    assert (site / "dongli/2023/index.html").stat().st_size > 1000, "no placeholder in its place"


def test_a_report_that_is_not_there_is_named_in_the_menu(tmp_path: Path) -> None:
    project = _make(tmp_path / "p", nav=["index.md", "notes.md", {"年报": "dongli/2032/"}])
    done = run_mkdocs(project, "build")
    assert done.returncode != 0
    assert re.search(r"mkdocs\.yml:\d+: nav: 没有 dongli/2032/ 这一页\n  改法：是否指 dongli/2023/；", done.stderr), (
        done.stderr
    )
    assert "not found in the documentation" not in done.stderr


def test_a_link_to_a_report_that_is_not_there_is_named_by_file_and_line(tmp_path: Path) -> None:
    text = (
        "---\nauthor: 某人\n---\n# 说明\n\n看[年报](dongli/2032/)、[一条](dongli/2023/#no-such)、[全部](archive/)。\n"
    )
    project = _make(tmp_path / "p", files={"docs/notes.md": text})
    done = run_mkdocs(project, "build")
    assert done.returncode == 0, done.stderr
    assert "docs/notes.md:6: 没有 dongli/2032/ 这一页\n  改法：是否指 dongli/2023/；" in done.stderr
    assert "docs/notes.md:6: dongli/2023/ 里没有 #no-such" in done.stderr
    assert "archive" not in done.stderr
    assert run_mkdocs(project, "build", "--strict").returncode != 0


def test_what_is_left_out_is_neither_in_the_menu_nor_linked_to(tmp_path: Path) -> None:
    given: dict[str, Any] = {"nianbao": {"leave_out": ["report.json"]}}
    nav = ["index.md", "notes.md", {"数据": "dongli/2023/report.json"}]
    done = run_mkdocs(_make(tmp_path / "menu", nav=nav, **given), "build")
    assert done.returncode != 0
    assert re.search(r"mkdocs\.yml:\d+: nav: 没有 dongli/2023/report\.json 这一页\n", done.stderr), done.stderr
    files = {"docs/notes.md": "# 说明\n\n[数据](dongli/2023/report.json)\n"}
    done = run_mkdocs(_make(tmp_path / "link", files=files, **given), "build")
    assert done.returncode == 0
    assert "docs/notes.md:3: 没有 dongli/2023/report.json 这一页" in done.stderr


def test_a_draft_is_neither_searched_nor_in_the_menu_nor_linked_to(tmp_path: Path) -> None:
    def make(name: str, **settings: Any) -> Path:
        project = _make(tmp_path / name, **settings)
        report = project / "data/dongli/2023.yml"
        review = "\nreview:\n  - place: title\n    question: 标题对吗？\n"
        report.write_text(report.read_text(encoding="utf-8") + review, encoding="utf-8")
        return project

    files = {"docs/notes.md": "# 说明\n\n看[年报](dongli/2023/)。\n"}
    project = make("link", files=files, plugins=["search"])
    done = run_mkdocs(project, "build")
    assert done.returncode == 0, done.stderr
    assert "docs/notes.md:3: 没有 dongli/2023/ 这一页\n  改法：报告还是草稿，就先逐条核对" in done.stderr
    entries = json.loads(_read(project / "site", "search/search_index.json"))["docs"]
    found = {entry["location"].partition("#")[0] for entry in entries}
    assert "dongli/2022-reading/" in found
    assert "dongli/2023/" not in found

    done = run_mkdocs(make("menu", nav=["index.md", "notes.md", {"年报": "dongli/2023/"}]), "build")
    assert done.returncode != 0
    assert re.search(r"mkdocs\.yml:\d+: nav: 没有 dongli/2023 这一页\n  改法：报告还是草稿", done.stderr), done.stderr
    assert "Traceback" not in done.stderr
