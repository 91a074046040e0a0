"""What a command line got wrong, told in Chinese."""

from __future__ import annotations

from collections.abc import Iterable

import click

from nianbao.sources.near_miss import find_near_miss


def explain_usage(failure: click.UsageError) -> str:
    """Return a mistake of the command line with what to do about it; click's own words where it is none we know."""
    command = failure.ctx.command_path if failure.ctx else "nianbao"
    return f"{_explain(failure)}\n  Fix: {_advise(failure) or f'运行 {command} --help 看用法'}"


def _explain(failure: click.UsageError) -> str:
    if isinstance(failure, click.NoSuchOption):
        return f"没有 {failure.option_name} 这个选项"
    if isinstance(failure, click.MissingParameter):
        return f"少写了 {_name(failure.param)}"
    if isinstance(failure, click.BadParameter):
        return f"{_name(failure.param)} 写得不对：{failure.message}"
    unknown = _unknown_command(failure)
    return f"没有“{unknown}”这个命令" if unknown else failure.message


def _advise(failure: click.UsageError) -> str:
    if isinstance(failure, click.NoSuchOption) and failure.possibilities:
        return f"是否指 {failure.possibilities[0]}"
    if isinstance(failure, click.BadParameter) and isinstance(getattr(failure.param, "type", None), click.Choice):
        return f"可写：{'、'.join(map(str, failure.param.type.choices))}"  # type: ignore[union-attr]
    unknown = _unknown_command(failure)
    if unknown and failure.ctx and isinstance(failure.ctx.command, click.Group):
        names = failure.ctx.command.list_commands(failure.ctx)
        near = find_near_miss(unknown, names)
        return f"是否指 {near}" if near else f"可用的命令：{'、'.join(names)}"
    return ""


def _unknown_command(failure: click.UsageError) -> str:
    start = "No such command "
    return failure.message.removeprefix(start).strip("'. ") if failure.message.startswith(start) else ""


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "参数"
    names: Iterable[str] = parameter.opts if isinstance(parameter, click.Option) else [parameter.human_readable_name]
    return "、".join(names)
