"""What a page says around a report is set apart, and the same words amid the report are its own."""

from __future__ import annotations

import pytest

from nianbao.importing.imported import Imported, import_content

_TITLE = "桃源县妇联2023年工作总结"
_BODY = """　　2023年，桃源县妇联在县委的正确领导下，围绕中心、服务大局，各项工作取得新成效。
　　一、加强思想引领
　　开展宣讲120场，覆盖妇女3200人次。
　　二、服务妇女发展
　　举办培训班8期，培训妇女460名。
"""

ABOVE = (
    "您现在的位置： 首页 -> 工作动态 -> 正文",
    "【字体：大 中 小】  【打印】【关闭】",
    "来源：区委宣传部 | 时间：2024-01-02 | 点击：123",
    "2024-01-12 10:23:45",
    "2024年01月12日 10:23",
    "发布日期：2024-01-12",
    "信息来源：县妇联    发布时间：2024-01-12 10:00",
    "阅读次数：123",
    "编辑：张三",
    "分享到：",
    "作者：办公室",
    "责任编辑：李四",
    "字号： 大 中 小",
    "浏览量：1234",
    "登录 | 注册 | 手机版",
    "设为首页 加入收藏 联系我们",
    "无障碍浏览 进入关怀版",
    "今天是2024年1月12日 星期五",
    "欢迎您访问桃源县政府网！",
    "热门搜索：公积金 社保 医保",
    "关键词：工作总结",
    "文号： 无",
    "公开目录：工作总结",
    "索引号 000014349/2024-00012",
    "分享： 微信 微博",
    "点击上方“青春桃源”关注我们",
    "本文字数：2345，阅读约需6分钟",
    "听全文 约8分钟",
    "桃源县妇女联合会网站",
    "妇联要闻 | 基层动态 | 维权之窗 | 家庭建设",
    "稿件来源：桃源县妇联办公室",
    "文章点击数：【 321 】",
    "A- A A+",
    "小 中 大",
    "打印 收藏 分享 举报",
    "用微信扫描二维码 分享至好友和朋友圈",
    "桃源发布 2024-01-15 17:30 湖南",
    "听全文",
    "字数：3456",
    "浏览：567 次",
    "文件编号：TYFL-2024-001",
    "下载文档",
    "收藏 (12)",
    "VIP免费",
    "上传于 2024-01-12",
    "文档贡献者",
    "桃源资讯网 > 总结 > 正文",
)
BELOW = (
    "扫一扫在手机打开当前页",
    "附件下载：",
    "【关闭窗口】",
    "版权所有：桃源县妇联 湘ICP备12345678号",
    "地址：桃源县渊明路1号 邮编：415700",
    "联系电话：0736-6622222",
    "友情链接",
    "网站访问量：123456",
    "技术支持：某某科技有限公司",
    "Copyright © 2024 All Rights Reserved",
    "建议使用IE9以上浏览器，分辨率1024*768",
    "上一条：没有了",
    "下一条：桃源县妇联2024年工作要点",
    "相关新闻",
    "热点推荐",
    "打赏支持",
    "赞(12)",
    "举报",
    "下载Word文档到电脑，方便收藏和打印",
    "推荐度：",
    "点击下载文档",
    "文档为doc格式",
    "【2023年妇联工作总结】相关文章：",
    "责任编辑：张三 审核：李四",
    "编辑：王五 来源：桃源县妇联",
    "审核：赵六",
    "- END -",
    "点赞 在看 分享",
    "阅读 1234",
    "精选留言",
    "写留言",
    "微信扫一扫 关注该公众号",
    "继续滑动看下一个",
    "轻触阅读原文",
    "向上滑动看下一个",
    "桃源女声",
    "赞 分享 在看 写留言",
    "你可能还喜欢",
    "本文来自网络，如有侵权请联系删除",
    "更多精彩内容，请关注桃源女声公众号",
    "（来源：桃源县妇联）",
    "（供稿：办公室）",
    "撰稿：张三",
    "[责任编辑：李四]",
    "初审：张三 复审：李四 终审：王五",
    "主办单位：桃源县妇女联合会",
    "您是第12345位访客",
    "返回顶部",
    "打印本页 关闭窗口",
    "分享让更多人看到",
    "网友评论",
    "0条评论",
    "请先登录后发表评论",
)
AMID = (
    "（二）办好“青春桃源”微信公众号",
    "办好“青春桃源”官方微信",
    "“为身边典型点赞”活动",
    "公众号阅读数 12000次",
    "服务 维权 组织",
    "推荐",
    "官方微博发布信息320条",
    "网站访问量达12万次",
    "开展“扫码入会”活动",
    "微信扫码建会1200人",
    "收藏红色故事120个",
    "下载学习强国客户端320人",
    "关注留守儿童86名",
    "线上直播12场",
    "分享会12场",
    "（三）新闻宣传 工作动态",
    "专题片《巾帼》",
    "全体动员齐上阵",
    "点击率超10万",
    "欢迎青年来访",
)


def take(text: str) -> Imported:
    return import_content(text.encode(), name="x.txt", indicators={})


def read_published(imported: Imported) -> str:
    return "".join("".join(passage.text for passage in imported.draft.list_passages()).split())


@pytest.mark.parametrize("line", ABOVE)
def test_a_line_of_a_page_above_a_report_is_set_apart(line: str) -> None:
    for text in (f"{line}\n{_TITLE}\n{_BODY}", f"{_TITLE}\n{line}\n{_BODY}"):
        imported = take(text)
        assert imported.draft.title.text == _TITLE
        assert "".join(line.split()) not in read_published(imported)


@pytest.mark.parametrize("line", BELOW)
def test_a_line_of_a_page_below_a_report_is_set_apart(line: str) -> None:
    imported = take(f"{_TITLE}\n{_BODY}{line}\n")
    assert "".join(line.split()) not in read_published(imported)


@pytest.mark.parametrize("line", AMID)
def test_the_same_words_amid_a_report_are_its_own(line: str) -> None:
    """No text of staff is lost because a page might have said it."""
    imported = take(
        f"{_TITLE}\n{_BODY}　　{line}\n　　组织活动9场，参与妇女320人。\n　　三、存在问题\n　　工作方式不够新。\n"
    )
    assert imported.account.noise == ()
