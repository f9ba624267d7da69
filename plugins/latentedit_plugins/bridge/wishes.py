"""What scripts ask for as texts, read and checked before anything is started: a mistake in them is told at once, not after minutes."""

import math
import re
from pathlib import Path
from typing import Callable, List, Optional, Tuple

from .bridge import Trouble
from .pipes import MAX_SENT, encoded

PRESETS = ("fast", "balanced", "best")
_LAYERS = re.compile(r"all|coarse|middle|fine|\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*", re.ASCII)
_NUMBERED = re.compile(r"((?:seed|face):\d{1,19}):(.*)", re.ASCII)
_OF_PROJECT = re.compile(r"(.*\.ledit)(#\d{1,4})?", re.ASCII | re.IGNORECASE)
_MIX_HINT = "For example seed:7:fine:0.5."
MAX_AMOUNT, MAX_MIX, MAX_SEED = 1000.0, 2.0, 2**63 - 1
"""What the program takes; it would say so itself, but only once a face is learnt."""
MAX_EDITS = 1000
_READABLE = 100
_BESIDE_BYTES = 1000
"""What else stands in the line in which a wish is sent."""


def edits_of(text: Optional[str]) -> List[str]:
    """``"smile=2; age=-1"`` as the texts of single edits; none for nothing, which hosts may also tell as None.

    Raises:
        Trouble: one has no amount, or one that is out of range, or layers that can be none; or there are too many.
    """
    edits = [part.strip() for part in (text or "").split(";") if part.strip()]
    if len(edits) > MAX_EDITS:
        raise Trouble("usage", f"These are too many edits: {len(edits)}.", f"A face holds {MAX_EDITS} at most.")
    if not _can_be_sent(edits):
        raise Trouble("usage", "The edits are too long.", "For example smile=2;age=-1.")
    for edit in edits:
        name, _, rest = edit.partition("=")
        told, colon, layers = rest.partition("@")[0].partition(":")
        amount = _number(told)
        if not name or amount is None:
            raise Trouble("usage", f"{_short(edit)} is no edit.", "For example smile=2;age=-1.")
        _require_range(f"The amount of {_short(name)}", amount, MAX_AMOUNT)
        if colon and (layers == "all" or not _can_be_layers(layers)):
            raise Trouble("usage", f"{_short(edit)} is no edit: {_short(layers)} names no layers.", "For example smile=2:0-7.")
    return edits


def mix_of(text: Optional[str]) -> Optional[Tuple[str, str, float]]:
    """``"seed:7:fine:0.5"`` as a source, layers and an amount, which may be left out; None for nothing.

    Raises:
        Trouble: it is no mix, or its amount is out of range, or it names a file that is not there.
    """
    text = (text or "").strip()
    if not text:
        return None
    if not _can_be_sent([text]):
        raise Trouble("usage", f"{_short(text)} is no mix: it is too long.", _MIX_HINT)
    numbered = _NUMBERED.fullmatch(text)
    source, parts = (numbered.group(1), numbered.group(2).split(":")) if numbered else ("", text.split(":"))
    amount = 1.0
    if len(parts) > (1 if numbered else 2) and _LAYERS.fullmatch(parts[-2]):
        told = _number(parts.pop())
        if told is None:
            raise Trouble("usage", f"{_short(text)} is no mix: its amount is no number.", _MIX_HINT)
        _require_range("The amount of a mix", told, MAX_MIX)
        amount = told
    layers = parts.pop()
    source = source or ":".join(parts)
    if source in ("", "seed", "face") or (numbered and parts) or not _LAYERS.fullmatch(layers):
        raise Trouble("usage", f"{_short(text)} is no mix.", _MIX_HINT)
    if not _can_be_layers(layers):
        raise Trouble("usage", f"{_short(text)} is no mix: {_short(layers)} names no layers.", "Ranges go up: 2-9.")
    if numbered:
        if int(source.partition(":")[2]) > MAX_SEED:
            raise Trouble("usage", f"{text} is no mix: its number is too large.", _MIX_HINT)
    else:
        project = _OF_PROJECT.fullmatch(source)
        if not _is(Path.is_file, Path(project.group(1) if project else source)):
            raise Trouble("usage", f"There is no {_short(source)} to mix with.", _MIX_HINT)
    return source, layers, amount


def preset_of(text: Optional[str]) -> str:
    """A preset's name; the usual one for nothing.

    Raises:
        Trouble: there is none of that name.
    """
    if not text:
        return "balanced"
    if text not in PRESETS:
        raise Trouble("usage", f"There is no preset {_short(text)}.", "There are {}.".format(", ".join(PRESETS)))
    return text


def project_path_of(text: Optional[str]) -> str:
    """Where a project is to be written.

    Raises:
        Trouble: it is no project's name, or one of a folder, or its folder is not there.
    """
    if not text or not text.lower().endswith(".ledit"):
        raise Trouble("usage", "Give a path that ends in .ledit.")
    path = Path(text).absolute()
    if not _is(Path.is_dir, path.parent):
        raise Trouble("usage", f"There is no folder {_short(str(path.parent))}.", "Make it first, or give another path.")
    if _is(Path.is_dir, path):
        raise Trouble("usage", f"{text} is a folder.", "Give the name of a file in it.")
    return text


def network_of(text: Optional[str]) -> str:
    """The file of a network.

    Raises:
        Trouble: there is none.
    """
    if not text:
        raise Trouble("usage", "Give the file of a network.")
    if not _is(Path.is_file, Path(text)):
        raise Trouble("usage", f"There is no file {_short(text)}.", "Give the file of a network.")
    return text


def _can_be_layers(text: str) -> bool:
    """Whether layers of some generator may be meant: what is no band are numbers and ranges that go up."""
    if not _LAYERS.fullmatch(text):
        return False
    ranges = [part.split("-") for part in text.split(",") if "-" in part]
    return all(int(first) <= int(last) for first, last in ranges)


def _can_be_sent(texts: List[str]) -> bool:
    """Whether they fit into a line that the program takes."""
    try:
        return len(encoded({"texts": texts})) + _BESIDE_BYTES <= MAX_SENT
    except ValueError:
        return False


def _require_range(what: str, amount: float, limit: float) -> None:
    if abs(amount) > limit:
        raise Trouble("usage", f"{what} must be a number from {-limit:g} to {limit:g}, not {amount:g}.")


def _is(kind: Callable[[Path], bool], path: Path) -> bool:
    """Whether there is such a file or folder; there is none of a name that none can have."""
    try:
        return kind(path)
    except (OSError, ValueError):
        return False


def _short(text: str) -> str:
    """As much of it as a person can read in a message."""
    return text if len(text) <= _READABLE else text[:_READABLE] + "…"


def _number(text: str) -> Optional[float]:
    """A finite number; None for anything else."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
