"""Compiled templates, kept between builds: apart for each set of options, since those change what a template says."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from importlib.metadata import version
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

_DIGEST_BYTES = 16
_FOLDER = "templates"


def keep_compiled(env: jinja2.Environment, cache_dir: Path) -> None:
    """Let the environment keep its compiled templates under `cache_dir`, apart from those of other options."""
    options = "\n".join(
        repr(part)
        for part in (
            version("jinja2"), env.trim_blocks, env.lstrip_blocks, env.keep_trailing_newline, env.newline_sequence,
            env.autoescape if isinstance(env.autoescape, bool) else "by name", env.line_statement_prefix,
            env.line_comment_prefix, env.block_start_string, env.variable_start_string, env.comment_start_string,
            env.optimized, sorted(env.extensions), env.undefined.__name__, env.is_async,
        )
    )  # fmt: skip
    name = hashlib.blake2b(options.encode(), digest_size=8).hexdigest()
    env.bytecode_cache = _CheckedCache(cache_dir / _FOLDER / name)


def prune_compiled(cache_dir: Path, *, before: float) -> None:
    """Remove what no build has used since `before`, in seconds of the epoch: other versions', and templates gone."""
    for folder in (cache_dir / _FOLDER).glob("*"):
        with contextlib.suppress(OSError):  # another build may be pruning, too
            if folder.is_symlink() or not folder.is_dir():
                folder.unlink()
                continue
            for path in folder.iterdir():
                if path.is_file() and path.stat().st_mtime < before:
                    path.unlink()
            if not any(folder.iterdir()):
                folder.rmdir()


class _CheckedCache(jinja2.BytecodeCache):
    """A file a template, led by the digest of the rest: a damaged one would end the interpreter."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket from its file, where that is whole."""
        path = self._folder / bucket.key
        try:
            content = path.read_bytes() if path.is_file() else b""  # a named pipe would hold the build up for ever
        except OSError:
            return
        if _digest(content[_DIGEST_BYTES:]) == content[:_DIGEST_BYTES]:
            bucket.bytecode_from_string(content[_DIGEST_BYTES:])
            with contextlib.suppress(OSError):
                os.utime(self._folder / bucket.key)  # it is in use: `prune_compiled` goes by this

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the bucket beside its file and rename it; what stands in the way is removed.

        What cannot be kept is compiled again by the next build.
        """
        content = bucket.bytecode_to_string()
        path = self._folder / bucket.key
        beside = self._folder / f"{bucket.key}.{os.getpid()}"
        with contextlib.suppress(OSError):
            if self._folder.is_symlink() or self._folder.is_file():
                self._folder.unlink(missing_ok=True)
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                beside.write_bytes(_digest(content) + content)
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)  # where the disk is full


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST_BYTES).digest()
