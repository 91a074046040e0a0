"""The MkDocs events of nianbao: wiring only. Every name here that begins with on_ is an event."""

from nianbao.mkdocs_adapter import (
    on_config,
    on_env,
    on_files,
    on_nav,
    on_page_context,
    on_post_build,
    on_startup,
    on_template_context,
)

__all__ = [
    "on_config",
    "on_env",
    "on_files",
    "on_nav",
    "on_page_context",
    "on_post_build",
    "on_startup",
    "on_template_context",
]
