"""How reports, kinds and roles are called."""

from __future__ import annotations

from nianbao.facts.summary import ReportSummary
from nianbao.model import Kind, Role

ROLE_TAGS = {Role.RESULTS: "成绩", Role.PROBLEMS: "不足", Role.PLAN: "安排"}
KIND_NAMES = {Kind.ANNUAL: "年度报告", Kind.INTERIM: "阶段报告", Kind.THEMATIC: "专题报告"}


def kind_name(kind: Kind, span_name: str) -> str:
    """Return 年度报告, 上半年报告, 第三季度报告 or 专题报告."""
    return f"{span_name}报告" if kind is Kind.INTERIM else KIND_NAMES[kind]


def short_name(summary: ReportSummary) -> str:
    """Return a report's period with its kind: 2023年, 2024年上半年, 2022年专题."""
    return summary.when.name + ("专题" if summary.kind is Kind.THEMATIC else "")


def sibling_name(summary: ReportSummary) -> str:
    """Return how a report is called among its district's: 2023年, 2024年上半年, 2022年专题“改革”."""
    return short_name(summary) + (f"“{summary.title}”" if summary.kind is Kind.THEMATIC else "")
