"""`nianbao serve`: a preview that shows what is saved."""

from __future__ import annotations

import click

from nianbao.cli.build_command import run_mkdocs


@click.command("serve", help="边改边看：保存以后，浏览器里的网页自己更新。按 Ctrl+C 结束。")
@click.option("--port", type=click.IntRange(1, 65535), help="端口，默认 8000；占用了就用后面的一个。")
def serve_command(port: int | None) -> None:
    """Run MkDocs's server in the project's folder."""
    run_mkdocs("serve", "--livereload", *(["--dev-addr", f"127.0.0.1:{port}"] if port else []))
