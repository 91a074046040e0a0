"""Paragraphs that a short sentence leads: two and more that end a heading's text are its items."""

import pytest

from nianbao.importing.figures import count_figures
from nianbao.importing.led_paragraphs import find_led_paragraphs
from nianbao.importing.source_text import Passage

INTRO = "这一年，协会在各方支持下，做了几件让居民看得见、摸得着的实事。"
LED = "阵地建设有新意。改造旧仓库作活动室，邀请居民自己动手布置。"
ALSO_LED = "邻里互助：楼栋里的手艺人轮流摆摊，修伞配钥匙都不收钱。"


def find(paragraphs: list[str]) -> int:
    passages = [Passage(text, range(len(text))) for text in paragraphs]
    return find_led_paragraphs(passages, start=0, count_figures=count_figures)


@pytest.mark.parametrize(
    ("paragraphs", "first"),
    [
        ([LED, ALSO_LED], 0),
        ([INTRO, LED, ALSO_LED], 1),
        ([INTRO, LED], 2),
        ([LED, ALSO_LED, INTRO], 3),
        ([LED, "共办班12期。改造旧仓库作活动室，邀请居民自己动手布置。"], 2),
        ([LED, "现将情况汇报如下：改造旧仓库作活动室，邀请居民自己动手布置。"], 2),
        ([LED, "阵地建设有新意。改造仓库。"], 2),
        ([], 0),
    ],
)
def test_all_paragraphs_from_the_first_led_one_are_led(paragraphs: list[str], first: int) -> None:
    assert find(paragraphs) == first
