"""Work that is killed at random moments; used by the scripts beside this file, each of which runs as a process of its own."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

TEMPORARY = ".latentedit-*.tmp"


def in_child(work: Callable[[], None]) -> int:
    """Fork a process that does the work and ends; returns its number. The parent must not have computed anything with threads before."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def undisturbed(work: Callable[[], None]) -> float:
    """Let the work be done in a child; returns the seconds that it took."""
    began = time.monotonic()
    _, status = os.waitpid(in_child(work), 0)
    assert status == 0, "the work failed"
    return time.monotonic() - began


def killed(work: Callable[[], None], after_s: float) -> bool:
    """Begin the work in a child and kill it without warning; whether it was not done by then."""
    child = in_child(work)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0, "the work failed"
    return False


def temporary_files(folder: Path) -> list[Path]:
    """What writers have left behind, anywhere below a folder."""
    return list(folder.rglob(TEMPORARY))


@dataclass(frozen=True)
class Arguments:
    """Of every script: where to work, how often to kill, and the seed of the moments."""

    folder: Path
    kills: int
    random: Random

    @classmethod
    def parse(cls) -> Arguments:
        folder, kills, seed = sys.argv[1:]
        return cls(Path(folder), int(kills), Random(int(seed)))
