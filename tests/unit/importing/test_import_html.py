"""Saved web pages: a WeChat article, any other article, and what is around them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.import_documents import write

from nianbao.app.import_documents import import_document
from nianbao.importing.doubts import Doubt, Weight
from nianbao.importing.html import read_html
from nianbao.importing.source_text import Origin, UnreadableError

WECHAT = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>x</title>
<script>var a = "</p>";</script></head><body>
<h1 id="activity-name">
  青山区妇联2023年工作总结
</h1><div><span>原创</span><a id="js_name">青山女声</a><em id="publish_time">2024-01-18 10:20</em></div>
<div id="js_content" style="visibility: hidden;"><section><p><span>2023年，区妇联</span><span>与姐妹同行。</span></p>
<section><section>01</section><section><strong>巾帼建功</strong></section></section>
<p>举办手工培训<span>18期</span>，培训960人。</p><p><img data-src="https://example.invalid/1.png"></p>
<section>02</section><section>家庭文明</section><p>评出最美家庭120户。</p><ol start="3"><li>读书会30场。</li></ol>
<table><tr><td>项目</td><td>数量</td></tr><tr><td>讲座</td><td>26节</td></tr></table></section></div>
<div>阅读 1234 赞 在看</div></body></html>"""

PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>东湖区工会</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/a">政务公开</a></div>
<div class="main"><h1>东湖区工会2023年工作总结</h1><div class="info">发布时间：2024-01-03 来源：东湖区总工会</div>
<div class="content"><p>　　2023年，区总工会紧紧依靠职工，把一件件小事办妥帖，有了新的进展，现总结如下，请批评指正。</p>
<p>　　一、建会工作</p>
<p>　　全年新建工会组织66家，发展会员5400人，覆盖货运、快递、外卖等行业，知道工会的职工多了起来。</p>
<p>　　二、服务工作</p>
<p>　　慰问职工1200人，举办职工书画、棋类、球类等活动25场，参与职工达到8000人次，大家都说好。</p></div></div>
<div class="footer">版权所有 东湖区总工会</div></body></html>"""


def test_a_wechat_article_is_read_from_its_content(tmp_path: Path) -> None:
    draft = import_document(write(tmp_path, "文章.html", WECHAT), indicators={}).draft
    assert (draft.title.text, draft.period, str(draft.published_on)) == (
        "青山区妇联2023年工作总结",
        "2023",
        "2024-01-18",
    )
    assert [passage.text for passage in draft.lead] == ["2023年，区妇联与姐妹同行。"]
    assert [(item.title.text, item.text) for item in draft.items] == [
        ("巾帼建功", "举办手工培训18期，培训960人。"),
        ("", "评出最美家庭120户。"),
        ("", "读书会30场。"),
    ]
    note = "网页里有 1 张图片，没有保存；图里若有字或数，请照原文补上。补上了吗？"
    assert Doubt(note, weight=Weight.FACT) in draft.notes


def test_what_a_page_says_around_its_article_is_set_apart(tmp_path: Path) -> None:
    account = import_document(write(tmp_path, "文章.html", WECHAT), indicators={}).account
    assert [piece.text for piece in account.noise] == ["原创", "青山女声", "2024-01-18 10:20", "阅读 1234 赞 在看"]
    assert account.unplaced == ()


def test_any_other_page_gives_its_article(tmp_path: Path) -> None:
    imported = import_document(write(tmp_path, "网页.htm", PAGE.encode("gb18030")), indicators={})
    assert imported.draft.title.text == "东湖区工会2023年工作总结"
    assert str(imported.draft.published_on) == "2024-01-03"
    assert [item.title.text for item in imported.draft.items] == ["建会工作", "服务工作"]
    assert {piece.reason for piece in imported.account.noise} == {"网页里文章以外的部分"}
    assert imported.account.unplaced == ()


def test_markup_tells_headings_lists_and_tables() -> None:
    source = read_html(
        WECHAT.replace("<section>02</section>", "<h2>其二</h2>").encode(), name="x.html", sha256="0" * 64
    )
    paragraphs = [p for p in source.paragraphs if not p.aside]
    assert [p.text for p in paragraphs if p.level] == ["其二"]
    assert [(p.text, p.number) for p in paragraphs if p.number] == [("读书会30场。", "3.")]
    assert [p.text for p in paragraphs if p.origin is Origin.TABLE] == ["项目\t数量", "讲座\t26节"]


@pytest.mark.parametrize(
    "content", [b"<html></html>", b"<html><body><script>1</script><img src='a.png'></body></html>"]
)
def test_a_page_without_text_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableError, match="没有文字"):
        read_html(content, name="x.html", sha256="0" * 64)


def test_a_page_nested_too_deep_is_refused_not_cut() -> None:
    deep = ("<div>" * 5000 + "<p>办班九期。</p>" + "</div>" * 5000 + "<p>完了。</p>").encode()
    with pytest.raises(UnreadableError, match="网页太深"):
        read_html(deep, name="x.html", sha256="0" * 64)
