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
    """Become MkDocs in the project's folder: who ends this process ends the build."""
    os.chdir(find_root())
    if cluster is not None:
        os.environ["NIANBAO_CLUSTER"] = cluster
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    if sys.platform == "win32":  # where a program cannot become another
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(sys.executable, command)
