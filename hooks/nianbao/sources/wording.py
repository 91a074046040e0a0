"""How messages speak of what somebody wrote."""

from __future__ import annotations

_LONGEST_SHOWN = 40


def show_value(value: object) -> str:
    """Return what somebody wrote, in quotation marks, and shortened when it is long."""
    text = str(value)
    return f"“{text[:_LONGEST_SHOWN]}……”" if len(text) > _LONGEST_SHOWN else f"“{text}”"


def name_value(value: object) -> str:
    """Return what somebody wrote where another type was due, in their words."""
    if value is None:
        return "空的"
    if isinstance(value, bool):
        return f"“{str(value).lower()}”（真假值）"
    if isinstance(value, dict):
        return "一组“名称: 内容”"
    if isinstance(value, list):
        return "列表"
    return show_value(value)
