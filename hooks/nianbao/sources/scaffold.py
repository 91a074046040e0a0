"""A new report's file, with what to write where: to be filled in, so that a check lists what is still empty."""

from __future__ import annotations

import os
from pathlib import Path

from nianbao.errors import DataError, DataErrors
from nianbao.model import District, Kind, Period, parse_period
from nianbao.sources.files import name_file
from nianbao.sources.layout import DISTRICTS_FILE
from nianbao.sources.near_miss import find_near_miss
from nianbao.sources.report_checks import is_topic
from nianbao.sources.store import find_district, locate_entry, read_districts
from nianbao.sources.whole_file import write_whole

_KIND_NAMES = {Kind.ANNUAL: "年度报告", Kind.INTERIM: "阶段报告", Kind.THEMATIC: "专题报告"}
_TEMPLATE = """\
# yaml-language-server: $schema=../schema/report.schema.json
# {district_name} {period_name} {kind_name}
# “#”后面是说明，写完可以删去。写好后运行 nianbao check data/{slug}/{stem}.yml，没填的和填错的都会列出来。
# 冒号后面空一格；缩进只用空格；内容里有半角冒号、以 * & ! % @ 开头时，整段加引号：'…'
schema: 1
period: {period}
kind: {kind}  # annual 年度、interim 半年或季度、thematic 专题
title:  # 必填：报告的标题
# publisher: 发布单位；原文没有就不写
# published_on: 2024-01-31  # 发布日期；原文没有就不写
# lead: 导语，一两句话

parts:
  - role: results  # 成绩
    title: {period_name}工作
    sections:
      - title:  # 一级小标题，如 思想引领；可以没有
        items:
          - id: item-1  # 代号：小写字母、数字、连字符，本报告里不重复；发布后不再改
            title:  # 小标题；可以没有
            text:  # 必填：正文，一段话
            # 正文里的数，一个一行；quote 从正文原样抄下，含数和单位。
            # id 是这个数的代号，说明数的是什么，本条里不重复，不写数字本身；它用在网址里，数更正以后，链接仍然有效。
            # 发布以前写好，发布后不再改；可以不写，不写就用 quote 作网址，数一改，网址也变。
            # 要与往年、与别处比较的数，再写上 indicator（data/indicators.yml 里的代号）。
            figures: []
            #  - {{id: members, quote: 5270名, label: 参加学习的团员, indicator: members-in-education}}
            # 表格：每行的格数与表头相同；有半角逗号的数加引号。表格里的数写上 cell: [行, 列]，从 1 数起，表头不算。
            # table:
            #   caption: 帮扶资金支出情况表
            #   unit: 万元
            #   header: [项目, 本年, 上年]
            #   rows:
            #     - [送温暖慰问, 132.75, 118.00]
            # 照片与本文件放在一起；没有 alt（照片里是什么）或 consent（谁同意公开）就不发布。
            # photo: {{file: {stem}-1.jpg, alt: 志愿者在社区教老人用手机, credit: 张三摄, consent: 本人同意}}
            # fulfils: {earlier}#plan-1  # 兑现了往期报告里的哪一条安排；没有就不写

  - role: problems  # 不足；没有就删去这一部分
    title: 存在的不足
    sections:
      - items:
          - id: gap-1
            text:  # 必填

  - role: plan  # 安排；没有就删去这一部分
    title: {next_name}安排
    sections:
      - items:
          - id: plan-1  # 以后的报告用 fulfils: {stem}#plan-1 说明兑现了它
            text:  # 必填

# 大字显示的数，写作 条目代号/数的代号，没有代号的写 条目代号/quote；不写就自动挑选
# highlights: [item-1/members]
"""


def scaffold_report(district: District, period: Period, *, topic: str | None = None) -> str:
    """Return the text of a new report. It is regular YAML, but what must be filled in is empty, and a check says so."""
    kind = _kind_of(period, topic)
    return _TEMPLATE.format(
        district_name=district.name,
        slug=district.slug,
        period=period,
        period_name=period.name,
        kind=kind,
        kind_name=_KIND_NAMES[kind],
        stem=_stem_of(period, topic),
        earlier=period.year - 1,
        next_name="下一步" if period.span else f"{period.year + 1}年",
    )


def new_report(data_dir: Path, name: str, period_text: str, *, root: Path, topic: str | None = None) -> Path:
    """Write a new report's file and return its path. `name` is a district's slug or name; `topic` makes the report
    thematic: 2022-reform.yml.

    Nothing is ever overwritten. Raises: DataErrors, also when the file is there already.
    """
    period = _read_period(period_text)
    if topic is not None and not is_topic(topic):
        raise _refusal("", f"“{topic}”不能作专题的代号", "以小写字母开头，只用小写字母、数字和连字符，如 reform")
    district = _find_district(data_dir, name, root)
    path = data_dir / district.slug / f"{_stem_of(period, topic)}.yml"
    text = scaffold_report(district, period, topic=topic)
    path.parent.mkdir(exist_ok=True)
    try:
        # A link, unlike a rename, fails where the name is taken.
        write_whole(path, text.encode(), place=os.link)
    except FileExistsError:
        file = name_file(path, root=root)
        raise _refusal(file, "已经有这份报告了，没有动它", "直接修改它；要另写一份专题报告，就加上专题的代号") from None
    return path


def _kind_of(period: Period, topic: str | None) -> Kind:
    if topic is not None:
        return Kind.THEMATIC
    return Kind.INTERIM if period.span else Kind.ANNUAL


def _stem_of(period: Period, topic: str | None) -> str:
    return f"{period}-{topic}" if topic is not None else str(period)


def _read_period(text: str) -> Period:
    try:
        return parse_period(text)
    except ValueError:
        raise _refusal(
            "", f"“{text}”不是报告的时段", "写成 2023（全年）、2024-H1（上半年）或 2024-Q3（第三季度）"
        ) from None


def _find_district(data_dir: Path, name: str, root: Path) -> District:
    districts, errors = read_districts(data_dir, root=root)
    if errors:
        raise DataErrors(errors)
    if district := find_district(districts, name):
        return district
    near = find_near_miss(name, districts)
    if near is None:
        raise _refusal("", f"没有“{name}”这个地区", "先在 data/districts.yml 里添上它")
    place = locate_entry(data_dir / DISTRICTS_FILE, "slug", near, root=root)
    raise _refusal("", f"没有“{name}”这个地区", f"是否指 {near}（{place}）")


def _refusal(file: str, problem: str, fix: str) -> DataErrors:
    return DataErrors([DataError(file, 0, "", problem, fix)])
