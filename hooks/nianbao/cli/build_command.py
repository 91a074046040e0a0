"""`nianbao build`: the site, as `mkdocs build --strict` makes it, on one machine or several."""

from __future__ import annotations

import logging
import os
import sys
from importlib.metadata import entry_points

import click

from nianbao.cli.project import find_root
from nianbao.errors import format_errors


@click.command("build", help="生成网站，放进 site/；可以在几台机器上一起生成。")
@click.option("--cluster", metavar="地址", help="Dask 调度程序的地址，如 tcp://10.0.0.1:8786。")
def build_command(cluster: str | None) -> None:
    """Run MkDocs in the project's folder and exit as it does."""
    if cluster is not None:
        os.environ["NIANBAO_CLUSTER"] = cluster
    run_mkdocs("build", "--strict")


def run_mkdocs(*arguments: str) -> None:
    """Run `mkdocs` in the project's folder; what it could not start with is told before, in Chinese."""
    # Not above: the Tab key does not wait for it.
    from nianbao.app.mkdocs_words import Interpreter  # noqa: PLC0415
    from nianbao.app.settings_checks import check_settings  # noqa: PLC0415

    root = find_root()
    if errors := check_settings(root):
        click.echo(format_errors(errors), err=True)
        sys.exit(1)
    os.chdir(root)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    sys.path.insert(0, str(root))  # as `python -m mkdocs` has it: an extension may stand beside mkdocs.yml
    # Until the hook is loaded, which then interprets all that MkDocs says.
    interpreter = Interpreter()
    logging.getLogger("mkdocs.config").addFilter(interpreter)
    (mkdocs,) = entry_points(group="console_scripts", name="mkdocs")
    try:
        mkdocs.load().main(arguments, prog_name="mkdocs", standalone_mode=False)
    except click.ClickException as failure:
        click.echo(f"\n{interpreter.translate(failure.message)}", err=True)
        sys.exit(failure.exit_code)
