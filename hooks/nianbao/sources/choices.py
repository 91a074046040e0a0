"""What the values of the model's closed lists mean, for messages and for the schema."""

from __future__ import annotations

from collections.abc import Mapping

# By the name of the field that takes them.
CHOICES: Mapping[str, Mapping[str, str]] = {
    "kind": {"annual": "年度", "interim": "半年或季度", "thematic": "专题"},
    "role": {"results": "成绩", "problems": "不足", "plan": "安排"},
    "qualifier": {
        "exact": "正好",
        "more-than": "余、多、逾",
        "at-least": "以上",
        "nearly": "近",
        "about": "约",
        "less-than": "不足、不到",
        "at-most": "以内",
    },
    "aggregate": {"sum": "各地可以相加", "none": "不可相加，如比率"},
    "schema": {"1": "现在的格式"},
}


def list_choices(field: str) -> str:
    """Return a field's values and their meanings in one line."""
    return "、".join(f"{value}（{meaning}）" for value, meaning in CHOICES[field].items())
