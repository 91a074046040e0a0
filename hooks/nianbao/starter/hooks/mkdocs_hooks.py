"""The MkDocs events of nianbao: wiring only. Every name here that begins with on_ is an event."""

import gc

# A build makes much and drops little: at its usual pace the collector takes a third of the time of a small build.
gc.set_threshold(100_000, 20, 20)

from nianbao.mkdocs_adapter import MkDocsAdapter  # noqa: E402

# MkDocs loads this module once a process: `serve` goes on with the same adapter.
_adapter = MkDocsAdapter()

on_startup = _adapter.on_startup
on_config = _adapter.on_config
on_files = _adapter.on_files
on_nav = _adapter.on_nav
on_env = _adapter.on_env
on_page_context = _adapter.on_page_context
on_template_context = _adapter.on_template_context
on_post_build = _adapter.on_post_build
on_build_error = _adapter.on_build_error
on_serve = _adapter.on_serve
