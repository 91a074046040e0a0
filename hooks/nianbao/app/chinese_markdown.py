"""The words that Markdown's extensions put into a page by themselves, in Chinese."""

from __future__ import annotations

from collections.abc import MutableMapping, MutableSequence
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

# Material's types and their other names (https://squidfunk.github.io/mkdocs-material/reference/admonitions/).
_TITLES = {
    title: chinese
    for chinese, titles in (
        ("说明", "Note"), ("摘要", "Abstract Summary Tldr"), ("信息", "Info"), ("待办", "Todo"), ("提示", "Tip Hint"),
        ("重要", "Important"), ("成功", "Success"), ("完成", "Check Done"), ("问题", "Question"), ("帮助", "Help"),
        ("常见问题", "Faq"), ("警告", "Warning"), ("注意", "Caution Attention"), ("失败", "Failure Fail"),
        ("缺少", "Missing"), ("危险", "Danger"), ("错误", "Error"), ("缺陷", "Bug"), ("示例", "Example"),
        ("片段", "Snippet"), ("引用", "Quote Cite"),
    )
    for title in titles.split()
}  # fmt: skip


def speak_chinese(extensions: MutableSequence[str], extension_settings: MutableMapping[str, Any]) -> None:
    """Let pages have Chinese words where none are set; the arguments are MkDocs's lists of extensions and options."""
    extensions.append(__name__)
    for name, option, words in (
        ("toc", "permalink_title", "本节的链接"),
        ("footnotes", "BACKLINK_TITLE", "回到正文里的注 {}"),
    ):
        extension_settings.setdefault(name, {}).setdefault(option, words)


class _ChineseTitles(Treeprocessor):
    def run(self, root: Element) -> None:
        """Replace the titles that boxes have from their types."""
        for box in root.iter():
            title = box.find("*")
            if title is None or (title.tag != "summary" and title.get("class") != "admonition-title"):
                continue
            if title.text in _TITLES and title.text.lower() in box.get("class", "").split():
                title.text = _TITLES[title.text]


class _ChineseExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Look at a page once its boxes are made."""
        md.treeprocessors.register(_ChineseTitles(md), "nianbao-titles", 0)


def makeExtension(**options: Any) -> Extension:  # noqa: N802 - Markdown's name
    """Return the extension; Markdown asks the module for it."""
    return _ChineseExtension(**options)
