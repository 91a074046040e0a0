"""The command and its subcommands. A new one is one file here and one line in COMMANDS."""

from __future__ import annotations

import click

from nianbao.cli.check_command import check_command
from nianbao.cli.import_command import import_command
from nianbao.cli.new_command import new_command
from nianbao.cli.schema_command import schema_command

COMMANDS: tuple[click.Command, ...] = (check_command, import_command, new_command, schema_command)


@click.group(help="年报：检查、新建、导入工作报告。网站用 make site 生成。", no_args_is_help=True)
@click.version_option(package_name="nianbao", message="nianbao %(version)s", help="显示版本号。")
def main() -> None:
    """Dispatch to a subcommand."""


for _command in COMMANDS:
    main.add_command(_command)
