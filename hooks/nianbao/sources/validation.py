"""What pydantic found wrong with a document, said in Chinese and placed on its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from nianbao.errors import DataError
from nianbao.model import Figure, Item, Part, Photo, Report, ReviewEntry, Revision, Section, Source, Table
from nianbao.model.base import Frozen
from nianbao.model.places import KeyPath, format_place
from nianbao.sources.choices import list_choices
from nianbao.sources.near_miss import find_near_miss
from nianbao.sources.strict_yaml import Document
from nianbao.sources.wording import name_value, show_value
from nianbao.sources.yaml_syntax import explain_wide_colon

_NESTED: Mapping[str, type[Frozen]] = {
    "parts": Part, "sections": Section, "items": Item, "figures": Figure, "source": Source, "revisions": Revision,
    "review": ReviewEntry, "table": Table, "photo": Photo,
}  # fmt: skip
_SHAPES: Mapping[str, str] = {
    "period": "写成 2023（全年）、2024-H1（上半年）、2024-H2（下半年）或 2024-Q3（第三季度）",
    "code": "写六位数字，如 620104",
    "accent": "写成 #rrggbb，小写，如 #c8161d",
    "sha256": "写原文件的 SHA-256：64 位小写的 0–9、a–f",
    "place": "写成 parts[0].sections[1].title 这样，照检查的提示抄；已经核对好，就删去这一条",
    "fulfils": "写成 报告#条目代号，如 2022#p-home",
    "cell": "写成 [行, 列]，如 [5, 2]：从 1 数起，表头不算",
    "file": "写图片的文件名，不带文件夹，如 2023-image-1.jpg；可以是 jpg、png、webp、gif",
}
_MOST_MISTAKES = 100
# What to do where a text or a list is too long; of other fields it is to make it shorter.
_TOO_LONG_TEXTS: Mapping[str, str] = {
    "title": "标题只留一句短话，其余的话放进 lead 或正文",
    "text": "分成几条，每条各写 id 和 text",
    "lead": "开头的话只留几段，其余的分成条目",
    "quote": "只抄数和单位，以及使它只出现一次的几个字",
    "label": "只写这个数说的是什么",
    "name": "写简称",
}
_TOO_LONG_LISTS: Mapping[str, str] = {
    "figures": "只留要展示的数；还要，就把这一条分成几条",
    "items": "分成几节，或把相近的几条合成一条",
    "sections": "把相近的几节合成一节",
    "parts": "成绩、不足、安排各写一个部分",
    "highlights": "只留要大字显示的数",
    "review": "先核对好一些，删去那几条",
    "header": "只留要公布的列，或分成几条，每条一张表",
    "rows": "只留要公布的行和列，或分成几条，每条一张表",
}
_SLUG_SHAPE = "以小写字母开头，只用小写字母、数字和连字符，如 youth-night-school"
_NUMBER_SHAPE = "只写阿拉伯数字，如 5270 或 137.05；一般不写，由 quote 得出"


class _Case(NamedTuple):
    """One complaint of pydantic: where, over what, and of the model of which class."""

    error_type: str
    key_path: KeyPath
    given: Any
    context: Mapping[str, Any]
    message: str
    model: type[Frozen]

    @property
    def name(self) -> str:
        """The innermost field's name."""
        return str(next((step for step in reversed(self.key_path) if isinstance(step, str)), ""))


def explain_validation(
    failure: ValidationError, document: Document, *, model: type[Frozen] = Report, at: KeyPath = ()
) -> tuple[DataError, ...]:
    """Return a failed validation as DataErrors; `model` is what the part of the document `at` a path should be."""
    cases = [
        _Case(detail["type"], detail["loc"], detail["input"], detail.get("ctx", {}), detail["msg"], model)
        for detail in failure.errors(include_url=False)
    ]
    meant = {_suggest_field(case) for case in cases if case.error_type == "extra_forbidden"}
    errors = []
    for case in cases:
        # A misspelt key is one mistake, not also a missing one; nor is a list short because its entries are wrong.
        if (case.error_type == "missing" and case.key_path in meant) or (case.error_type == "too_short" and case.given):
            continue
        problem, fix = _explain(case)
        key_path = (*at, *case.key_path)
        errors.append(DataError(document.file, document.line_of(key_path), format_place(key_path), problem, fix))
        if len(errors) == _MOST_MISTAKES < len(cases):
            problem = f"这里起还有约 {len(cases) - _MOST_MISTAKES} 处错误，没有列出"
            errors.append(DataError(document.file, document.line_of(key_path), "", problem, "先改好前面的"))
            break
    return tuple(errors)


def _explain(case: _Case) -> tuple[str, str]:
    if case.given is None and case.error_type not in ("missing", "extra_forbidden"):
        return _explain_empty(case)
    explain = _EXPLANATIONS.get(case.error_type)
    if explain:
        return explain(case)
    return f"{show_value(case.given)}不合要求（{case.message}）", "参照 data/schema/ 里的说明改"


def _explain_empty(case: _Case) -> tuple[str, str]:
    if not case.key_path:
        return "文件是空的", "填上内容；不需要就删去这个文件"
    field = _field_at(case)
    if field and (field.is_required() or case.name == "text"):
        return "没有内容", f"必填：{field.description}"
    return "没有内容", "写上内容；不需要就删去这一行"


def _explain_missing(case: _Case) -> tuple[str, str]:
    field = _field_at(case)
    return f"缺少 {case.key_path[-1]}", f"补上“{case.key_path[-1]}: …”" + (f"（{field.description}）" if field else "")


def _explain_unknown(case: _Case) -> tuple[str, str]:
    # In braces `quote：6场` is a name with nothing said of it.
    name, colon, _ = str(case.key_path[-1]).partition("：")
    if colon:
        return explain_wide_colon(name)
    suggestion = _suggest_field(case)
    fix = f"是否指 {suggestion[-1]}" if suggestion else f"可用的名称：{_list_fields(case.key_path[:-1], case.model)}"
    return f"这里没有{show_value(case.key_path[-1])}这一项", fix


def _explain_choice(case: _Case) -> tuple[str, str]:
    return f"不能是{show_value(case.given)}", f"可以写：{list_choices(case.name)}"


def _explain_shape(case: _Case) -> tuple[str, str]:
    if case.name in _SHAPES:
        return f"{show_value(case.given)}写法不对", _SHAPES[case.name]
    if "\n" not in str(case.given):
        return f"{show_value(case.given)}不能作代号", _SLUG_SHAPE
    return f"{show_value(case.given)}只能写一行", "去掉换行"


def _explain_length(case: _Case, measure: str, remedies: Mapping[str, str]) -> tuple[str, str]:
    # pydantic measures a text without the space around it.
    count = len(case.given.strip() if isinstance(case.given, str) else case.given)
    most = case.context["max_length"]
    return f"有 {count} {measure}，最多 {most} {measure}", remedies.get(case.name, f"缩短到 {most} {measure}以内")


def _explain_mapping(case: _Case) -> tuple[str, str]:
    problem = f"要写成“名称: 内容”，这里却是{name_value(case.given)}"
    return problem, f"可用的名称：{_list_fields(case.key_path, case.model)}"


_EXPLANATIONS: Mapping[str, Callable[[_Case], tuple[str, str]]] = {
    "missing": _explain_missing,
    "extra_forbidden": _explain_unknown,
    "enum": _explain_choice,
    "literal_error": _explain_choice,
    "string_pattern_mismatch": _explain_shape,
    "string_too_short": _explain_empty,
    "string_too_long": lambda case: _explain_length(case, "字", _TOO_LONG_TEXTS),
    "too_long": lambda case: _explain_length(case, "项", _TOO_LONG_LISTS),
    "string_type": lambda case: (
        f"要写文字，这里却是{name_value(case.given)}",
        "写成一行文字；本来就是文字，就给它加引号",
    ),
    "tuple_type": lambda case: (f"要写成列表，这里却是{name_value(case.given)}", "每项一行，以“- ”开头"),
    "too_short": lambda case: ("一项也没有", f"至少写 {case.context['min_length']} 项"),
    "model_type": _explain_mapping,
    "cell": _explain_shape,
    "day": lambda case: (f"{show_value(case.given)}不是日期", "写成 YYYY-MM-DD，如 2024-01-12；原文没有就不写"),
    "number": lambda case: (f"{name_value(case.given)}不是数", _NUMBER_SHAPE),
    "decimal_parsing": lambda case: (f"{show_value(case.given)}不是数", _NUMBER_SHAPE),
    "decimal_type": lambda case: (f"{name_value(case.given)}不是数", _NUMBER_SHAPE),
    "finite_number": lambda case: (f"{show_value(case.given)}不是数", _NUMBER_SHAPE),
}


def _model_at(key_path: KeyPath, model: type[Frozen]) -> type[Frozen]:
    name = next((step for step in reversed(key_path) if isinstance(step, str)), None)
    return model if name is None else _NESTED.get(name, model)


def _field_at(case: _Case) -> FieldInfo | None:
    fields = _model_at(case.key_path[:-1], case.model).model_fields
    return next((field for name, field in fields.items() if (field.alias or name) == case.key_path[-1]), None)


def _list_fields(key_path: KeyPath, model: type[Frozen]) -> str:
    return "、".join(_field_names(_model_at(key_path, model)))


def _field_names(model: type[Frozen]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _suggest_field(case: _Case) -> KeyPath | None:
    *parent, name = case.key_path
    suggestion = find_near_miss(str(name).partition("：")[0], _field_names(_model_at(tuple(parent), case.model)))
    return (*parent, suggestion) if suggestion else None
