"""What a command line got wrong, told in Chinese."""

from __future__ import annotations

from collections.abc import Iterable

import click

from nianbao.errors import add_fix
from nianbao.sources.near_miss import find_near_miss


class WrongValueError(click.BadParameter):
    """A value that cannot be; `name` is its option or argument, `fix` what to write."""

    def __init__(self, name: str, problem: str, fix: str) -> None:
        super().__init__(problem, param_hint=name)
        self.fix = fix


def explain_usage(failure: click.ClickException) -> str:
    """Return a mistake of the command line with what to do about it. click's words are Chinese already."""
    context = failure.ctx if isinstance(failure, click.UsageError) else None
    return add_fix(
        _explain(failure), _advise(failure) or f"运行 {context.command_path if context else 'nianbao'} -h 看用法"
    )


def _explain(failure: click.ClickException) -> str:
    if isinstance(failure, click.MissingParameter):
        return f"少写了 {_name(failure)}"
    if isinstance(failure, click.BadParameter):
        return f"{_name(failure)} 写得不对：{failure.message}"
    if isinstance(failure, click.FileError):
        return failure.format_message()
    return failure.message


def _advise(failure: click.ClickException) -> str:
    if isinstance(failure, WrongValueError):
        return failure.fix
    if isinstance(failure, click.NoSuchOption) and failure.possibilities:
        return f"是否指 {failure.possibilities[0]}"
    if isinstance(failure, click.BadParameter) and isinstance(getattr(failure.param, "type", None), click.Choice):
        return f"可写：{'、'.join(map(str, failure.param.type.choices))}"  # type: ignore[union-attr]
    if isinstance(failure, click.NoSuchCommand) and failure.ctx and isinstance(failure.ctx.command, click.Group):
        names = failure.ctx.command.list_commands(failure.ctx)
        near = find_near_miss(failure.command_name, names)
        return f"是否指 {near}" if near else f"可用的命令：{'、'.join(names)}"
    return ""


def _name(failure: click.BadParameter) -> str:
    parameter, hint = failure.param, failure.param_hint
    if hint:
        return hint if isinstance(hint, str) else "、".join(hint)
    if parameter is None:
        return "参数"
    names: Iterable[str] = parameter.opts if isinstance(parameter, click.Option) else [parameter.human_readable_name]
    return "、".join(names)
