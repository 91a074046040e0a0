"""Which quantities of an item are its figures, what they are quoted as, and which only say what is meant."""

from __future__ import annotations

import pytest

from nianbao.importing.figures import FigureFinder, list_reportable


def _list(text: str) -> list[str]:
    return [text[quantity.start : quantity.end] for quantity in list_reportable(text)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("村集体经济收入50万元以上的村达6个", ["6个"]),
        ("其中50万元以上的5个，关口村首次突破百万元大关", ["5个", "突破百万元"]),
        ("推动100人以上企业集体协商建制率98%", ["98%"]),
        ("发动党员100人以上，募捐5000元以上", ["100人以上", "5000元以上"]),
        ("组织1000人以上参加健步走", ["1000人以上"]),
        ("建成500亩以上产业基地3个、千万元以上项目2个", ["3个", "2个"]),
        ("年收入超过50万元的家庭农场12家", ["12家"]),
        ("考核以96.5分位列全市第一，满意度测评98.5分", ["98.5分"]),
        ("600分以上127人", ["127人"]),
        ("办结219条，其余7条正在推进；在全市20个县区中排名第5，位列165个乡镇中第四位", ["219条"]),
        ("连续奋战72小时，转移群众340人", ["340人"]),
        ("累计志愿服务2000小时，时长达20小时", ["2000小时", "20小时"]),
        ("工人文化宫全年免费开放310天，优良天数达347天，为期5天", ["310天", "347天"]),
        ("审批时限由30个工作日压缩为3个工作日，5个工作日内办结", ["30个工作日", "3个工作日"]),
        ("吸引72个代表队，评选5个先锋岗，突破3项关键技术，整治3个突出问题", ["72个", "5个", "3项", "3个"]),
        ("建成3个化粪池、2个心理咨询室、5个度假村，实现四个全面、3个坚持、4个度", ["3个", "2个", "5个"]),
    ],
)
def test_what_reports_something_is_a_figure(text: str, figures: list[str]) -> None:
    assert _list(text) == figures


def test_a_quote_holds_the_words_that_say_its_unit() -> None:
    figures = FigureFinder({}).find("校友会捐资11.2万设立奖学金，短视频点赞1.7万。培训农民3 150人次，捐书300册。")
    assert [(figure.quote, figure.quantity.unit, int(figure.quantity.value or 0)) for figure in figures] == [
        ("校友会捐资11.2万", "元", 112_000),
        ("短视频点赞1.7万", "", 17_000),
        ("农民3 150人次", "人次", 3_150),
        ("300册", "册", 300),
    ]
