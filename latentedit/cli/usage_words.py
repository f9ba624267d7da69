"""What is wrong with a command line, in a person's words: typer's own are those of whatever checks its values, which changed with its versions."""

from __future__ import annotations

import re

_NUMBER = r"(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)"
_WANTED = (
    (rf"is not in the range {_NUMBER}<=x<={_NUMBER}\.?", "a number from {} to {}"),
    (rf"is not in the range x>={_NUMBER}\.?", "{} or more"),
    (rf"is not in the range x<={_NUMBER}\.?", "{} or less"),
    (rf"greater than or equal to {_NUMBER}", "{} or more"),
    (rf"less than or equal to {_NUMBER}", "{} or less"),
    (r"(?:is not a|a) valid integer\b", "a whole number"),
    (r"(?:is not a|a) valid (?:number|float)\b", "a number"),
)


def usage_words(error: Exception) -> str:
    """The message of one of typer's errors; of a number that cannot be, what the option takes."""
    whole = str(getattr(error, "format_message", error.__str__)())
    names = getattr(getattr(error, "param", None), "opts", None)
    wanted = wanted_number(str(getattr(error, "message", "")))
    return f"{names[-1]} must be {wanted}." if names and wanted else whole


def wanted_number(message: str) -> str | None:
    """``"Input should be less than or equal to 0.5"`` -> ``"0.5 or less"``; None for what is not about a number."""
    for pattern, words in _WANTED:
        found = re.search(pattern, message)
        if found:
            return words.format(*(f"{float(number):g}" if float(number) < 1e6 else number for number in found.groups()))
    return None
