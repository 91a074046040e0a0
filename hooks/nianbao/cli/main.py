"""The command and its subcommands. A new one is one file here and one line in COMMANDS."""

from __future__ import annotations

import errno
import importlib
import sys

import click
from click.shell_completion import CompletionItem

from nianbao.cli.chinese import speak_chinese
from nianbao.errors import add_fix

speak_chinese()

# Named, not imported: `nianbao check` does not wait for the libraries that read Word files.
COMMANDS = {
    "build": "nianbao.cli.build_command:build_command",
    "cards": "nianbao.cli.cards_command:cards_command",
    "check": "nianbao.cli.check_command:check_command",
    "import": "nianbao.cli.import_command:import_command",
    "init": "nianbao.cli.init_command:init_command",
    "new": "nianbao.cli.new_command:new_command",
    "review": "nianbao.cli.review_command:review_command",
    "schema": "nianbao.cli.schema_command:schema_command",
    "serve": "nianbao.cli.serve_command:serve_command",
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

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Name the subcommands without loading them: a person waits with a finger on the key."""
        names = [CompletionItem(name) for name in COMMANDS if name.startswith(incomplete)]
        return names + click.Command.shell_complete(self, ctx, incomplete)


@click.group(
    cls=_Subcommands,
    help="年报：新建网站，新建、导入、检查工作报告。生成、预览网站。",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="nianbao", message="nianbao %(version)s", help="显示版本号。")
def main() -> None:
    """Dispatch to a subcommand."""


_DISK_FIX = "检查路径有没有写错、有没有权限、磁盘满没满，再运行一次"
_DISK = {
    errno.EACCES: "没有权限",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EEXIST: "已经有同名的文件",
    errno.ENOSPC: "磁盘满了",
    errno.EFBIG: "文件超过了允许的大小",
    errno.EROFS: "磁盘是只读的",
}


def _explain_disk(failure: OSError) -> str:
    return _DISK.get(failure.errno or 0, "读写不了")


def run() -> None:
    """Run the command line as click does, but tell what is wrong with it in Chinese."""
    try:
        sys.exit(main.main(standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as failure:
        failure.show()
        sys.exit(failure.exit_code)
    except click.ClickException as failure:
        from nianbao.cli.usage import explain_usage  # noqa: PLC0415 - not loaded for nothing

        click.echo(explain_usage(failure), err=True)
        sys.exit(failure.exit_code)
    except OSError as failure:
        if failure.errno != errno.EPIPE:  # `nianbao check | head` has seen enough
            click.echo(add_fix(f"{failure.filename or '文件'}: {_explain_disk(failure)}", _DISK_FIX), err=True)
        sys.exit(1)
    except click.Abort:
        click.echo("已中断，没有写完的文件不会留下。", err=True)
        sys.exit(130)
