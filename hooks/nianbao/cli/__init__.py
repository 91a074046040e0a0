"""The command `nianbao`: what is not a build."""

from nianbao.cli.main import main

__all__ = ["main"]
