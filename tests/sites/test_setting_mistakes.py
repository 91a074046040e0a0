"""A mistake in mkdocs.yml, or a link to nowhere, is told in Chinese: the place, what is wrong, what to do."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from nianbao.app.new_site import SiteAnswers, make_site


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mistakes") / "site"
    make_site(folder, SiteAnswers("云台年报", "", "https://nianbao.invalid/", "云台", "yuntai"))
    return folder


class Changed:
    """A site with one place of one file changed, and put back after the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.originals: dict[Path, str] = {}

    def change(self, old: str, new: str, *, name: str = "mkdocs.yml") -> int:
        """Change a place that must be there; return the line, from 1, on which the new text begins."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        self.originals.setdefault(path, text)
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def run(self, *arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert "Traceback" not in done.stderr + done.stdout
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def site(fresh: Path) -> object:
    changed = Changed(fresh)
    yield changed
    for path, text in changed.originals.items():
        path.write_text(text, encoding="utf-8")


# What MkDocs could not start with, or tells of another line. {0} is the line of the change.
BEFORE_MKDOCS = {
    "a full-width colon": (
        "site_name:",
        "site_name：",
        "mkdocs.yml:{0}: “site_name”后面用了全角冒号“：”\n  改法：改成“site_name: ”，半角冒号后空一格",
    ),
    "one further in": (
        "# publisher: 主办单位",
        "publisher：某某",
        "mkdocs.yml:{0}: “publisher”后面用了全角冒号“：”\n  改法：",
    ),
    "an indent": ("  custom_dir", "   custom_dir", "mkdocs.yml:{0}: 缩进与上文对不齐\n  改法："),
    "a tab": ("  font: false", "\tfont: false", "mkdocs.yml:{0}: 缩进用了制表符（Tab）\n  改法："),
    "a key twice": ("docs_dir: docs\n", "docs_dir: docs\nsite_url: x\n", "site_url: “site_url”写了两次，前一次在第 "),
    "an extension": (
        "- footnotes",
        "- footnote",
        "mkdocs.yml:{0}: markdown_extensions: 没有“footnote”这个 Markdown 扩展\n  改法：是否指 footnotes",
    ),
    "a plugin": (
        "plugins: []",
        "plugins: [serch]",
        "mkdocs.yml:{0}: plugins: 没有“serch”这个插件\n  改法：是否指 search",
    ),
    "an icon": ("font: false", "icon: {logo: material/nope}", "mkdocs.yml:{0}: icon: 没有图标 material/nope\n  改法："),
    "a hook": ("mkdocs_hooks.py", "mkdocs_hook.py", "mkdocs.yml:{0}: hooks: 没有文件 hooks/mkdocs_hook.py\n  改法："),
    "a folder": (
        "custom_dir: overrides",
        "custom_dir: nope",
        "mkdocs.yml:{0}: theme.custom_dir: 没有文件夹 nope\n  改法：",
    ),
}
# What the check and the build each find, the build from MkDocs where a plugin may make files.
NAMED_FILES = {
    "nav": ("关于: about.md", "关于: abot.md", "mkdocs.yml:{0}: nav: docs/ 里没有 abot.md\n  改法："),
    "a colon in nav": (
        "关于: about.md",
        "关于：about.md",
        "mkdocs.yml:{0}: nav: “关于：about.md”里用了全角冒号“：”\n  改法：",
    ),
    "extra_css": (
        "- assets/own.css",
        "- assets/on.css",
        "mkdocs.yml:{0}: extra_css: docs/ 里没有 assets/on.css\n  改法：",
    ),
    "extra_javascript": (
        "plugins: []",
        "extra_javascript: [{path: a.js}]",
        "mkdocs.yml:{0}: extra_javascript: docs/ 里没有 a.js\n  改法：",
    ),
    "logo": ("font: false", "logo: assets/a.svg", "mkdocs.yml:{0}: theme.logo: docs/ 里没有 assets/a.svg\n  改法："),
    "favicon": ("font: false", "favicon: a.png", "mkdocs.yml:{0}: theme.favicon: docs/ 里没有 a.png\n  改法："),
    "footer_pages": (
        "      - about.md",
        "      - index.html",
        "mkdocs.yml:{0}: extra.nianbao.footer_pages: docs/ 里没有 index.html\n  改法：",
    ),
}


@pytest.mark.parametrize(("old", "new", "message"), BEFORE_MKDOCS.values(), ids=BEFORE_MKDOCS)
@pytest.mark.parametrize("command", ["check", "build"])
def test_what_mkdocs_cannot_start_with(command: str, old: str, new: str, message: str, site: Changed) -> None:
    line = site.change(old, new)
    code, said = site.run("nianbao", command)
    assert code == 1
    assert message.format(line) in said
    assert said.endswith("共 1 处需要改。\n")


@pytest.mark.parametrize(
    ("command", "name"),
    [*(("check", name) for name in NAMED_FILES), *(("build", name) for name in ("nav", "logo", "extra_css"))],
)
def test_a_file_that_is_named_and_is_not_there(command: str, name: str, site: Changed) -> None:
    old, new, message = NAMED_FILES[name]
    line = site.change(old, new)
    code, said = site.run("nianbao", command)
    assert code == 1
    assert message.format(line) in said


def test_a_missing_logo_is_a_warning_where_warnings_are_no_errors(site: Changed) -> None:
    line = site.change("font: false", "logo: assets/a.svg")
    code, said = site.run("mkdocs", "build")
    assert code == 0
    assert f"WARNING -  mkdocs.yml:{line}: theme.logo: docs/ 里没有 assets/a.svg" in said


SAID_BY_MKDOCS = {
    "unknown": ("docs_dir: docs", "docs_dirr: docs", "mkdocs.yml:{0}: docs_dirr: 没有这个设置\n  改法："),
    "no boolean": (
        "directory_urls: true",
        "directory_urls: x",
        "mkdocs.yml:{0}: use_directory_urls: 写得不对\n  改法：写 true",
    ),
    "theme": ("name: material", "name: materia", "mkdocs.yml:{0}: theme: 没有主题 materia\n  改法：写 name: material"),
    "address": ("site_url: https://nianbao.invalid/", "site_url: abc", "mkdocs.yml:{0}: site_url: 不是网址\n  改法："),
    "option": (
        "permalink: false",
        "permalnk: 1",
        "mkdocs.yml:{0}: markdown_extensions: 扩展 toc 没有 permalnk 这一项\n  改法：",
    ),
}


@pytest.mark.parametrize(("old", "new", "message"), SAID_BY_MKDOCS.values(), ids=SAID_BY_MKDOCS)
def test_what_mkdocs_finds_in_its_settings(old: str, new: str, message: str, site: Changed) -> None:
    line = site.change(old, new)
    code, said = site.run("nianbao", "build")
    assert code == 1
    assert message.format(line) in said
    assert said.endswith("\n没有生成。\n")


def test_links_to_nowhere_are_told_with_their_lines(site: Changed) -> None:
    links = "[a](nope.md)\n\n[b](#no) [c](index.md#no) [d](/abs) [e](files/x) [f](index)\n\n![g](a.png)\n"
    line = site.change("## 引用与核对", f"{links}\n## 引用与核对", name="docs/about.md")
    code, said = site.run("nianbao", "build")
    assert code == 1
    for message in (
        f"WARNING -  docs/about.md:{line}: 链接 nope.md 指向的文件不在 docs/ 里\n  改法：",
        f"WARNING -  docs/about.md:{line + 2}: 链接 #no：这一页没有这个标题\n  改法：",
        f"WARNING -  docs/about.md:{line + 2}: 链接 index.md#no：docs/index.md 里没有这个标题\n  改法：",
        f"INFO    -  docs/about.md:{line + 2}: 链接 /abs 以 / 开头，",
        f"INFO    -  docs/about.md:{line + 2}: 链接 files/x 不是 docs/ 里的文件，",
        "链接 index 不是 docs/ 里的文件，照原样留着\n  改法：是否指 index.md\n",
        f"WARNING -  docs/about.md:{line + 4}: 链接 a.png 指向的文件不在 docs/ 里\n  改法：",
    ):
        assert message in said
    assert said.endswith(
        "有警告，网站没有换上去：原来的没有动。\n  改法：照上面的 WARNING 一处一处改好，再运行一次\n\n没有生成。\n"
    )


def test_a_page_s_template_that_is_not_there(site: Changed) -> None:
    site.change("title: 关于", "title: 关于\ntemplate: hom.html", name="docs/about.md")
    code, said = site.run("nianbao", "build")
    assert code == 1
    assert "docs/about.md: 没有模板 hom.html\n  改法：" in said
    assert "search path" not in said


def test_a_build_says_nothing_in_english(site: Changed) -> None:
    code, said = site.run("nianbao", "build")
    assert code == 0
    assert not re.search("[a-z]{3,} [a-z]{2,}", re.sub("INFO|https?://\\S+", "", said)), said


def test_a_taken_port_is_told_and_another_one_used(site: Changed) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        preview = subprocess.Popen(
            [sys.executable, "-m", "nianbao", "serve", "--port", str(port)],
            cwd=site.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert preview.stdout is not None
        said = ""
        try:
            for line in preview.stdout:
                said += line
                if found := re.search(r"预览在 http://127\.0\.0\.1:(\d+)/", line):
                    with socket.create_connection(("127.0.0.1", int(found[1])), timeout=10):
                        break
        finally:
            preview.terminate()
            said += preview.communicate(timeout=60)[0]
    assert f"端口 {port} 有别的程序在用，预览改用 {found and found[1]}" in said
    assert "Traceback" not in said
