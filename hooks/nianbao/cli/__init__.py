"""The command `nianbao`: what is not a build."""

from nianbao.cli.main import main, run

__all__ = ["main", "run"]
