"""The instructions of a pickle, one after another.

:mod:`pickletools` decodes them, apart from a few whose decoding it warns of, or that give what nobody can write out again.
"""

from __future__ import annotations

import pickletools
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from latentedit.errors import CheckpointError

_MAX_BITS = 2048
_SHOWN = 200
_UNICODE = frozenset(["UNICODE", "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8"])
_HARMFUL = frozenset(
    [
        "os",
        "posix",
        "nt",
        "subprocess",
        "sys",
        "shutil",
        "socket",
        "importlib",
        "runpy",
        "pty",
        "ctypes",
        "code",
        "codeop",
        "pickle",
        "_pickle",
        "marshal",
        "types",
        "operator",
        "webbrowser",
        "commands",
        "popen2",
        "asyncio",
        "multiprocessing",
        "threading",
        "signal",
        "pdb",
        "bdb",
        "timeit",
        "cProfile",
        "profile",
        "trace",
        "pip",
        "setuptools",
        "distutils",
        "imp",
        "zipimport",
        "io",
        "_io",
        "tempfile",
        "urllib",
        "http",
        "ftplib",
        "smtplib",
        "telnetlib",
        "requests",
        "functools",
        "site",
        "platform",
        "inspect",
        "linecache",
        "venv",
        "ensurepip",
        "pydoc",
        "doctest",
    ]
)
_BUILTINS = ("builtins", "__builtin__")
_HARMFUL_BUILTINS = frozenset(
    [
        "eval",
        "exec",
        "execfile",
        "compile",
        "open",
        "__import__",
        "getattr",
        "setattr",
        "delattr",
        "input",
        "breakpoint",
        "globals",
        "locals",
        "vars",
        "apply",
    ]
)
_ESCAPE = re.compile(rb"\\(x[0-9a-fA-F]{2}|.?)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"\\": b"\\", b"'": b"'", b'"': b'"'}


def unsafe(what: str) -> CheckpointError:
    """The error for a pickle that asks for something that is not data."""
    return CheckpointError(
        f"The file asks for {shown(what)}, which data does not need; nothing of it was run.", hint="Do not trust this file."
    )


def unknown(module: str, name: str) -> CheckpointError:
    """The error for something outside the pickle that it names and that is not known here: harmful, or only unknown."""
    called = f"{module[:60]}.{name[:60]}"
    first = module.partition(".")[0]
    if first in _HARMFUL or (first in _BUILTINS and name.partition(".")[0] in _HARMFUL_BUILTINS):
        return unsafe(called)
    return CheckpointError(
        f"The file holds {shown(called)}, which this reader does not know; nothing of it was run.",
        hint="Save the tensors alone (a state_dict) with the program that wrote it.",
    )


def shown(what: str) -> str:
    """A text from a file, or about it, as a part of one line."""
    return "".join(character if character.isprintable() else "?" for character in what[:_SHOWN])


def instructions(stream: BinaryIO, known: Mapping[str, pickletools.OpcodeInfo]) -> Iterator[tuple[str, Any]]:
    """Names and arguments up to STOP, of those ``known`` by their codes. Others are not decoded either: decoding some of them is work.

    Raises:
        CheckpointError: another instruction.
        ValueError: it is damaged, or has no end.
    """
    while True:
        code = stream.read(1).decode("latin-1")
        if not code:
            raise ValueError("it has no end")
        opcode = known.get(code)
        if opcode is None:
            raise unsafe(f"the instruction {code!a}")
        yield opcode.name, _argument(opcode, stream)
        if opcode.name == "STOP":
            return


def _argument(opcode: pickletools.OpcodeInfo, stream: BinaryIO) -> Any:
    if opcode.arg is None:
        return None
    if opcode.name in ("GLOBAL", "INST"):  # two lines, which pickletools would look for escapes in
        return [_line(stream).decode("ascii"), _line(stream).decode("ascii")]
    if opcode.name == "STRING":  # where pickletools warns of unknown escapes
        return _quoted(_line(stream))
    argument = opcode.arg.reader(stream)
    if isinstance(argument, int) and argument.bit_length() > _MAX_BITS:
        raise ValueError("a number of very many digits, which Python would refuse to show")
    return _writable(argument) if opcode.name in _UNICODE else argument


def _line(stream: BinaryIO) -> bytes:
    line = stream.readline()
    if not line.endswith(b"\n"):
        raise ValueError("it has no end")
    return line[:-1]


def _quoted(line: bytes) -> str:
    """A text as Python 2 showed it, which might be bytes, hence Latin-1."""
    if len(line) < 2 or line[:1] != line[-1:] or line[:1] not in (b"'", b'"'):
        raise ValueError("a text lacks its quotes")

    def meant(found: re.Match[bytes]) -> bytes:
        escape = found[1]
        if len(escape) > 1:
            return bytes([int(escape[1:], 16)])
        if escape not in _ESCAPED:
            raise ValueError("a text has an escape that Python does not write")
        return _ESCAPED[escape]

    return _ESCAPE.sub(meant, line[1:-1]).decode("latin-1")


def _writable(text: str) -> str:
    """The text without halves of pairs of characters, which a pickle may hold and no file can."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text
