"""What a line is: a request that came, an answer or an event that goes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from latentedit.errors import Cancelled, InputError, LatentEditError, NoFaceError, ResourceError, UsageError

PROTOCOL = 1
"""Raised when a client of the version before would be misled."""
MAX_LINE = 4 * 2**20
"""Bytes of a request: pictures travel as files."""

Message = dict[str, Any]


class ProtocolError(LatentEditError):
    """A line is no request."""

    exit_code = 2


@dataclass(frozen=True)
class Request:
    """One line of a client.

    Attributes:
        id: the client's own number for it.
        method: what is asked for.
        params: how.
    """

    id: int
    method: str
    params: Message = field(default_factory=dict)


def parse_request(line: bytes) -> Request:
    """Read a line.

    Raises:
        ProtocolError: it is no request.
    """
    try:
        value = json.loads(line.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ProtocolError(f"A line is no JSON: {str(error)[:200]}.", hint="Send one JSON object a line.") from error
    if not isinstance(value, dict):
        raise ProtocolError("A line is no JSON object.", hint='Send {"id": 1, "method": "...", "params": {}}.')
    number, method, params = value.get("id"), value.get("method"), value.get("params", {})
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 2**53:
        raise ProtocolError("A request has no id.", hint="Give a whole number, another one for every request.")
    if not isinstance(method, str) or not isinstance(params, dict):
        raise NumberedError(number, "A request needs a method, which is text, and its params, which are an object.")
    return Request(number, method, params)


class NumberedError(ProtocolError):
    """A line is no request, but has a number that an answer can name.

    Attributes:
        id: that number.
    """

    def __init__(self, number: int, message: str) -> None:
        super().__init__(message, hint='Send {"id": 1, "method": "...", "params": {}}.')
        self.id = number


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number in JSON")


def answer(number: int, result: Message) -> Message:
    """What became of a request."""
    return {"id": number, "result": result}


def failure(number: int | None, error: BaseException) -> Message:
    """What is wrong with a request; of a line without a number, too."""
    told = {"kind": kind_of(error), "message": str(error) or type(error).__name__, "hint": getattr(error, "hint", "")}
    return {"id": number, "error": told}


def event(number: int, name: str, **facts: Any) -> Message:
    """What happens meanwhile."""
    return {"id": number, "event": name, **facts}


def kind_of(error: BaseException) -> str:
    """An error's kind in one word, as the command line's exit statuses tell them apart."""
    if isinstance(error, ProtocolError):
        return "protocol"
    if isinstance(error, Cancelled):
        return "cancelled"
    if isinstance(error, NoFaceError):
        return "no-face"
    if isinstance(error, UsageError):
        return "usage"
    if isinstance(error, InputError):
        return "input"
    if isinstance(error, ResourceError):
        return "resource"
    return "bug"
