"""The command and its subcommands. A new one is one file here and one line in COMMANDS."""

from __future__ import annotations

import importlib
import sys

import click

from nianbao.cli.usage import explain_usage

# Named, not imported: `nianbao check` does not wait for the libraries that read Word files.
COMMANDS = {
    "cards": "nianbao.cli.cards_command:cards_command",
    "check": "nianbao.cli.check_command:check_command",
    "import": "nianbao.cli.import_command:import_command",
    "new": "nianbao.cli.new_command:new_command",
    "schema": "nianbao.cli.schema_command:schema_command",
}


class _Subcommands(click.Group):
    """A group that loads a subcommand when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Subcommands, help="年报：检查、新建、导入工作报告。网站用 make site 生成。", no_args_is_help=True)
@click.version_option(package_name="nianbao", message="nianbao %(version)s", help="显示版本号。")
def main() -> None:
    """Dispatch to a subcommand."""


def run() -> None:
    """Run the command line as click does, but tell what is wrong with it in Chinese."""
    try:
        sys.exit(main.main(standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as failure:
        failure.show()
        sys.exit(failure.exit_code)
    except click.UsageError as failure:
        click.echo(explain_usage(failure), err=True)
        sys.exit(failure.exit_code)
    except click.Abort:
        click.echo("已中断，没有写完的文件不会留下。", err=True)
        sys.exit(130)
