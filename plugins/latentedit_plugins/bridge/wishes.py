"""What scripts ask for as texts, read and checked before anything is started: a mistake in them is told at once, not after minutes."""

import math
import re
from pathlib import Path
from typing import List, Optional, Tuple

from .bridge import Trouble

PRESETS = ("fast", "balanced", "best")
_LAYERS = re.compile(r"all|coarse|middle|fine|\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*", re.ASCII)
_NUMBERED = re.compile(r"((?:seed|face):\d{1,19}):(.*)", re.ASCII)
_OF_PROJECT = re.compile(r"(.*\.ledit)(#\d{1,4})?", re.ASCII | re.IGNORECASE)
_MIX_HINT = "For example seed:7:fine:0.5."


def edits_of(text: Optional[str]) -> List[str]:
    """``"smile=2; age=-1"`` as the texts of single edits; none for nothing, which hosts may also tell as None.

    Raises:
        Trouble: one has no amount.
    """
    edits = [part.strip() for part in (text or "").split(";") if part.strip()]
    for edit in edits:
        name, _, rest = edit.partition("=")
        if not name or _number(re.split("[:@]", rest, maxsplit=1)[0]) is None:
            raise Trouble("usage", f"{edit} is no edit.", "For example smile=2;age=-1.")
    return edits


def mix_of(text: Optional[str]) -> Optional[Tuple[str, str, float]]:
    """``"seed:7:fine:0.5"`` as a source, layers and an amount, which may be left out; None for nothing.

    Raises:
        Trouble: it is no mix, or names a file that is not there.
    """
    text = (text or "").strip()
    if not text:
        return None
    numbered = _NUMBERED.fullmatch(text)
    source, parts = (numbered.group(1), numbered.group(2).split(":")) if numbered else ("", text.split(":"))
    amount = 1.0
    if len(parts) > (1 if numbered else 2) and _LAYERS.fullmatch(parts[-2]):
        told = _number(parts.pop())
        if told is None:
            raise Trouble("usage", f"{text} is no mix: its amount is no number.", _MIX_HINT)
        amount = told
    layers = parts.pop()
    source = source or ":".join(parts)
    if source in ("", "seed", "face") or (numbered and parts) or not _LAYERS.fullmatch(layers):
        raise Trouble("usage", f"{text} is no mix.", _MIX_HINT)
    if not numbered:
        project = _OF_PROJECT.fullmatch(source)
        if not Path(project.group(1) if project else source).is_file():
            raise Trouble("usage", f"There is no {source} to mix with.", _MIX_HINT)
    return source, layers, amount


def preset_of(text: Optional[str]) -> str:
    """A preset's name; the usual one for nothing.

    Raises:
        Trouble: there is none of that name.
    """
    if not text:
        return "balanced"
    if text not in PRESETS:
        raise Trouble("usage", f"There is no preset {text}.", "There are {}.".format(", ".join(PRESETS)))
    return text


def project_path_of(text: Optional[str]) -> str:
    """Where a project is to be written.

    Raises:
        Trouble: it is no project's name, or its folder is not there.
    """
    if not text or not text.lower().endswith(".ledit"):
        raise Trouble("usage", "Give a path that ends in .ledit.")
    if not Path(text).absolute().parent.is_dir():
        raise Trouble("usage", f"There is no folder {Path(text).absolute().parent}.", "Make it first, or give another path.")
    return text


def network_of(text: Optional[str]) -> str:
    """The file of a network.

    Raises:
        Trouble: there is none.
    """
    if not text:
        raise Trouble("usage", "Give the file of a network.")
    if not Path(text).is_file():
        raise Trouble("usage", f"There is no file {text}.", "Give the file of a network.")
    return text


def _number(text: str) -> Optional[float]:
    """A finite number; None for anything else."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
