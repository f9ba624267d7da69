"""What the list of undos says: the commands' labels, in words a person understands."""

from __future__ import annotations

import itertools
import re

from PyQt6.QtCore import QCoreApplication

from latentedit.edits import History
from latentedit_gui.panels.layers_words import (
    capital,
    mode_words,
    noise_words,
    percent_words,
    plain_name,
    source_words,
)
from latentedit_gui.panels.region_words import region_title
from latentedit_gui.widgets.amount_number import amount_words

translate = QCoreApplication.translate

_COMPOSITING = re.compile(r"Compositing: (\w+)(?: on (\S+))?")
_NOISE = re.compile(r"Noise: (\w+)")
_TRUNCATION = re.compile(r"Truncation (\S+)")
_CROSS = re.compile(r"Cross with (.+)")
_WHOLE_EDIT = re.compile(r"(Show|Hide|Remove|Move) (.+)")
_NUMBER = r"[+-]?\d[\d.]*(?:e[+-]?\d+)?"
_EDIT = re.compile(
    rf"(?:(?P<kind>mix|variation) )?(?P<name>.+?)(?: (?P<amount>{_NUMBER}(?:/{_NUMBER})*))?"
    r"(?: layers (?P<layers>[\d,-]+))?(?: (?P<where>everywhere|(?:on|off) \S+))?",
    re.IGNORECASE,
)


def label_words(label: str) -> str:
    """A command's label as a person would say it, in the window's language: ``mix seed:7 0.5 on hair`` -> ``Mix with random face 7, 50% (Hair)``."""
    if label == "Reset face":
        return translate("HistoryPanel", "Reset face")
    if found := _COMPOSITING.fullmatch(label):
        place = "" if found[2] is None else f" ({region_title(found[2])})"
        return f"{mode_words().get(found[1], found[1])}{place}"
    if found := _NOISE.fullmatch(label):
        return translate("HistoryPanel", "Noise: {}").format(noise_words().get(found[1], found[1]))
    if found := _TRUNCATION.fullmatch(label):
        return translate("HistoryPanel", "Own features: {}").format(_percent(found[1]))
    if found := _CROSS.fullmatch(label):
        return translate("HistoryPanel", "Blend with {}").format(", ".join(map(_parent_words, found[1].split(", "))))
    if found := _WHOLE_EDIT.fullmatch(label):
        return _verb(found[1]).format(_name_words(found[2]))
    found = _EDIT.fullmatch(label)
    return label if found is None else capital(_edit_words(found))


def faces_of_entries(history: History) -> list[int | None]:
    """For each undo and redo, oldest first, which face it is of; None where that does not matter, or it is of several."""
    states = [*(entry.state for entry in history.past), history.present, *(entry.state for entry in reversed(history.future))]
    found: list[int | None] = []
    for before, after in itertools.pairwise(states):
        changed = [index for index, (a, b) in enumerate(zip(before.faces, after.faces, strict=False)) if a is not b and a != b]
        found.append(changed[0] if len(changed) == 1 and len(after.faces) > 1 else None)
    return found


def _edit_words(found: re.Match[str]) -> str:
    kind, name, amount = (found["kind"] or "").lower(), found["name"], found["amount"]
    if kind == "variation":
        title = translate("LayersPanel", "Variation {}").format(name)
    elif kind == "mix":
        title = translate("LayersPanel", "Mix with {}").format(source_words(name))
    else:
        title = _name_words(name)
    if amount and (kind or name.startswith("drag:")):
        title += translate("HistoryPanel", ", {}").format(" / ".join(map(_percent, amount.split("/"))))
    elif amount:
        title += f" {amount[0] if amount[0] == '+' else ''}{_number(amount)}"
    limits = [translate("LayersPanel", "layers {}").format(found["layers"])] if found["layers"] else []
    if found["where"]:
        limits.append(_place_words(found["where"]))
    return f"{title} ({', '.join(limits)})" if limits else title


def _place_words(where: str) -> str:
    how, _, region = where.partition(" ")
    place = region_title(region or "square")
    return translate("LayersPanel", "all but {}").format(place) if how == "off" else place


def _parent_words(parent: str) -> str:
    name, _, weight = parent.rpartition(" ")
    return f"{source_words(name)} {weight}" if name else parent


def _verb(verb: str) -> str:
    return {
        "Show": translate("HistoryPanel", "Show {}"),
        "Hide": translate("HistoryPanel", "Hide {}"),
        "Remove": translate("HistoryPanel", "Remove {}"),
        "Move": translate("HistoryPanel", "Move {}"),
    }[verb]


def _name_words(name: str) -> str:
    """What a direction, a drag or the source of a mix is called."""
    kind, colon, rest = name.partition(":")
    if kind == "drag" and colon:
        return translate("HistoryPanel", "drag {}").format(rest)
    if kind in ("seed", "face", "latent") and colon:
        return source_words(name)
    return plain_name(name)


def _number(number: str) -> str:
    try:
        return amount_words(float(number))
    except ValueError:
        return number


def _percent(number: str) -> str:
    try:
        return percent_words(float(number))
    except ValueError:
        return number
