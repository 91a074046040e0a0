"""Calls in a process of its own, with limits: what a document does to its reader is not done to the program."""

from __future__ import annotations

import contextlib
import os
import pickle
import pkgutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from nianbao.importing.source_text import UnreadableError

SAVE_AS_NEW = "用 Word 或 WPS 打开它，另存为一个新的 .docx，再导入"
# The child is given where modules are before it imports one; no folder that the user happens to stand in is among them.
_BEGIN = """import pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
from nianbao.importing.confined import serve
serve()"""
_OUT_OF_MEMORY, _OUTPUT_TOO_LARGE = 70, 71


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a call may take, how much memory it may address, how much it may write."""

    seconds: int = 20
    memory_bytes: int = 1 << 30
    output_bytes: int = 100_000_000


DOCUMENT_LIMITS = Limits()


def call_confined(target: str, *arguments: object, limits: Limits = DOCUMENT_LIMITS, **named: object) -> object:
    """Return what the function at `target`, module:name, returns in a process of its own.

    Raises: UnreadableError, the function's own or for what goes past the limits, dies or fails in another way.
    """
    with tempfile.TemporaryFile() as output:
        status = _run((target, arguments, named, limits), output)
        if status == 0:
            output.seek(0)
            # The child has our rights; its answer is no less to be trusted than the child is.
            with contextlib.suppress(EOFError, pickle.UnpicklingError):
                is_read, answer = pickle.load(output)
                if is_read:
                    return answer
                raise UnreadableError(*answer)
    if status == _OUT_OF_MEMORY:
        raise UnreadableError(f"读它要的内存超过 {limits.memory_bytes >> 20} MB，停下了", SAVE_AS_NEW)
    if status == _OUTPUT_TOO_LARGE:
        raise UnreadableError(f"读出来的内容超过 {limits.output_bytes // 1_000_000} MB，不像一份报告", SAVE_AS_NEW)
    raise UnreadableError("读到一半，读文件的程序停了，文件多半已损坏", SAVE_AS_NEW)


def run_confined(command: Sequence[str], *, limits: Limits) -> int:
    """Return the exit status of a program that runs with limits. Raises: UnreadableError when it takes too long."""
    with tempfile.TemporaryFile() as output:
        return _run((f"{__name__}:become", (tuple(command),), {}, limits), output)


def become(command: tuple[str, ...]) -> None:
    """Let a program take this process's place, with its limits. Raises: OSError."""
    if sys.platform == "win32":  # where the caller would not wait for what takes its place
        os._exit(subprocess.call(command))
    os.execv(command[0], command)


def serve() -> None:
    """Do what stands on the standard input, as `_run` sends it, and write the answer to the standard output."""
    target, arguments, named, limits = pickle.load(sys.stdin.buffer)
    _set_limits(limits)
    # What a library prints is no answer.
    with os.fdopen(os.dup(1), "wb") as answers, open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - no path
        os.dup2(nowhere.fileno(), 1)
        try:
            answer: tuple[bool, object] = (True, pkgutil.resolve_name(target)(*arguments, **named))
        except UnreadableError as refusal:
            answer = (False, (refusal.problem, refusal.fix))
        except MemoryError:
            os._exit(_OUT_OF_MEMORY)
        except Exception as failure:
            answer = (False, (f"文件不合规范，读不了（{type(failure).__name__}）", SAVE_AS_NEW))
        try:
            pickle.dump(answer, answers, protocol=pickle.HIGHEST_PROTOCOL)
            answers.flush()
        except MemoryError:
            os._exit(_OUT_OF_MEMORY)
        except OSError:
            os._exit(_OUTPUT_TOO_LARGE)


def _run(call: tuple[object, ...], output: BinaryIO) -> int:
    limits = call[-1]
    assert isinstance(limits, Limits)
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", _BEGIN],
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.communicate(pickle.dumps(sys.path) + pickle.dumps(call), timeout=limits.seconds)
    except subprocess.TimeoutExpired:
        raise UnreadableError(f"读了 {limits.seconds} 秒还没有读完，停下了", SAVE_AS_NEW) from None
    finally:
        _end(process)
    return process.returncode


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process that still runs, with those that it started."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _set_limits(limits: Limits) -> None:
    """Limit this process where the system can; elsewhere its parent's patience alone does."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not everywhere

    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, limits.output_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(
            ValueError, OSError
        ):  # macOS knows no limit of addresses, and others may be lower still
            resource.setrlimit(kind, (most, most))
