"""`nianbao build`: the site, as `mkdocs build --strict` makes it, on one machine or several."""

from __future__ import annotations

import os
import subprocess
import sys

import click

from nianbao.cli.project import find_root


@click.command("build", help="生成网站，与 mkdocs build --strict 相同；可以在几台机器上一起生成。")
@click.option("--cluster", metavar="地址", help="Dask 调度程序的地址，如 tcp://10.0.0.1:8786。")
def build_command(cluster: str | None) -> None:
    """Run MkDocs in the project's folder and exit as it does."""
    environment = {**os.environ, **({"NIANBAO_CLUSTER": cluster} if cluster else {})}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    sys.exit(subprocess.run(command, cwd=find_root(), env=environment, check=False).returncode)
