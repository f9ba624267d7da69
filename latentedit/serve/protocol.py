"""The lines of the protocol: how they are read, checked and written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from latentedit.errors import LatentEditError

PROTOCOL = 1
"""Rises when something that docs/serve.md calls settled changes."""
MAX_LINE_BYTES = 2**20
MAX_ID = 2**53 - 1
"""What every JSON library holds exactly."""
KINDS: Mapping[int, str] = {2: "usage", 3: "input", 4: "missing", 130: "cancelled"}
"""What the exit statuses of the command line are called here."""
BUG = "bug"
_READ_BYTES = 2**16
_HINT = "See docs/serve.md of latentedit."


class ProtocolError(LatentEditError):
    """A line is no request.

    Attributes:
        request: the id of the request that it was to be, where that can be read.
    """

    def __init__(self, message: str, *, hint: str = _HINT, request: int | None = None) -> None:
        super().__init__(message, hint=hint)
        self.request = request


@dataclass(frozen=True)
class Request:
    """What a client asks for.

    Attributes:
        id: the client's number for it.
        method: what to do.
        params: with what; not looked at yet.
    """

    id: int
    method: str
    params: dict[str, Any]


def lines(read: Callable[[int], bytes]) -> Iterator[bytes | None]:
    """Cut a stream of bytes into lines, without their ends; None in place of one that is too long.

    Args:
        read: returns up to so many bytes, none at the end.
    """
    rest, skipping = b"", False
    while chunk := read(_READ_BYTES):
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield None if skipping or len(line) > MAX_LINE_BYTES else line
            skipping = False
        if len(rest) > MAX_LINE_BYTES:
            rest, skipping = b"", True
    if skipping or rest:
        yield None if skipping else rest


def parse_request(line: bytes | None) -> Request:
    """Read a line as :func:`lines` gives it.

    Raises:
        ProtocolError: it is no request.
    """
    if line is None:
        raise ProtocolError(f"The line is longer than {MAX_LINE_BYTES} bytes.")
    try:
        value = json.loads(line.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("The line is no JSON in UTF-8.") from error
    if not isinstance(value, dict):
        raise ProtocolError("The line is no JSON object.")
    number: Any = value.get("id")
    if not is_whole(number) or not 0 <= number <= MAX_ID:
        raise ProtocolError("The request has no id that is a whole number from 0.")
    if unknown := sorted(set(value) - {"id", "method", "params"}):
        raise ProtocolError(f"The request has an unknown member {unknown[0][:40]!r}.", request=number)
    method, params = value.get("method"), value.get("params", {})
    if not isinstance(method, str):
        raise ProtocolError("The request names no method.", request=number)
    if not isinstance(params, dict):
        raise ProtocolError("The request's params are no object.", request=number)
    return Request(number, method, params)


def is_whole(value: object) -> TypeGuard[int]:
    """Whether a JSON value is a whole number; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool)


def encode(message: Mapping[str, Any]) -> bytes:
    """A message as a line.

    Raises:
        ValueError: a number in it is not finite.
    """
    return json.dumps(message, allow_nan=False, separators=(",", ":")).encode("ascii") + b"\n"


def refusal(request: int | None, error: BaseException) -> dict[str, Any]:
    """The answer to a request that cannot be done."""
    return {"id": request, "error": described(error)}


def described(error: BaseException) -> dict[str, str]:
    """An error as the protocol tells it, of the same kinds as the exit statuses of the command line."""
    if isinstance(error, ProtocolError):
        return {"kind": "protocol", "message": str(error), "hint": error.hint}
    if isinstance(error, LatentEditError):
        return {"kind": KINDS.get(error.exit_code, BUG), "message": str(error), "hint": error.hint}
    if isinstance(error, MemoryError):
        return {
            "kind": "missing",
            "message": "There is not enough memory.",
            "hint": "Close other programs, or use a smaller photograph.",
        }
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return {"kind": "missing", "message": f"{where}{error.strerror or error}.", "hint": ""}
    return {"kind": BUG, "message": f"{type(error).__name__}: {error}", "hint": "This is a bug. Report what standard error says."}


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number of JSON")
