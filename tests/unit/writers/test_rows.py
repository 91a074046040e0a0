"""Rows that are written in Python say what the macros say that the home page is made with."""

import jinja2

from nianbao.editions.numbers import ShownNumber
from nianbao.theme import THEME_DIR
from nianbao.views.page.common import KeyFigureView, ReportRowView
from nianbao.writers.pages import add_filters
from nianbao.writers.rows import write_report_rows

_NUMBERS = (
    ShownNumber("近4万", "人 & 次", "接近", "40000", withheld=False),
    ShownNumber("近三分之二", "", "接近", "", withheld=False),
    ShownNumber("未公布", "", "来源“隐去”了", "", withheld=True),
)
_KEYS = tuple(
    KeyFigureView(number, "<团员>", link) for number in _NUMBERS for link in ("#study-近4万人", "xigu/2023/#a")
)
_ROWS = (
    ReportRowView("xigu/2023/", "2023", "", "annual", "年度报告", "西固", '青春"献礼"', _KEYS, is_draft=True),
    ReportRowView("xigu/2024-h1/", "2024", "上半年", "interim", "上半年报告", "西固", "半年", (), is_draft=False),
)


def test_a_row_is_the_macro_s() -> None:
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(THEME_DIR), autoescape=True, undefined=jinja2.StrictUndefined
    )
    add_filters(env)
    macro = getattr(env.get_template("nianbao/macros.html").module, "report_row")  # noqa: B009 - for mypy
    for row in _ROWS:
        assert _squeeze(write_report_rows([row], "../", "h3")) == _squeeze(macro(row, "../", "h3"))


def test_a_district_s_rows_are_called_by_their_time() -> None:
    year, half = str(write_report_rows(_ROWS, "../", "h3", by_district=False)).split("</li>\n<li class=")
    assert '<h3><a href="../xigu/2023/"><span class="year">2023</span></a></h3>' in year
    assert '<h3><a href="../xigu/2024-h1/"><span class="year">2024</span> 上半年</a></h3>' in half


def _squeeze(html: str) -> str:
    return str(html).replace("\n", "")
