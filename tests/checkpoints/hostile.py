"""What a hostile file is: its bytes, and what must come of reading it.

What wants to run code makes the file ``CANARY`` in the working folder. The files are in hostile_calls.py (what calls, names or makes something),
hostile_work.py (what takes memory or time, or makes no sense) and hostile_files.py (the same in zip files, old files of torch and so on).
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from checkpoints.assembler import P2, STOP, call, name

CANARY = "CANARY"
TOUCH = f"touch {CANARY}"
CODE = f"open('{CANARY}', 'w').close()"
REFUSED, READ = object(), object()


@dataclass(frozen=True)
class Hostile:
    """A file, and what must come of reading it.

    Attributes:
        says: a part of the error's message; where something is named, its module and name.
        runs: whether Python's own machine makes the canary of it.
        holds: what it holds, where the trick is harmless to who does it rightly, arrays as lists; or READ, where that is too much to compare.
    """

    data: bytes
    says: str = ""
    runs: bool = False
    holds: Any = REFUSED


class Calls:
    """A pickle of it calls something when Python reads it."""

    def __init__(self, called: Callable[..., Any], *arguments: Any) -> None:
        self.what = called, arguments

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self.what


def dumped(tree: Any, says: str, protocol: int = 4) -> Hostile:
    """Written by :mod:`pickle`, and run by it."""
    return Hostile(pickle.dumps(tree, protocol), says, runs=True)


def runs(instructions: bytes, says: str, start: bytes = P2) -> Hostile:
    """Put together by hand, and run by :mod:`pickle`."""
    return Hostile(start + instructions + STOP, says, runs=True)


def refused(instructions: bytes, says: str = "", start: bytes = P2) -> Hostile:
    return Hostile(start + instructions + STOP, says)


def harmless(instructions: bytes, holds: Any, start: bytes = P2) -> Hostile:
    return Hostile(start + instructions + STOP, holds=holds)


def calls(module: str, attribute: str, *arguments: bytes) -> Hostile:
    """A call of what another library, or another version of Python, may have."""
    return refused(call(name(module, attribute), *arguments), f"{module}.{attribute}")
