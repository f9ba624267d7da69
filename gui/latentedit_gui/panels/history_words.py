"""What the list of undos says: the commands' labels, in words a person understands."""

from __future__ import annotations

import itertools
import re

from PyQt6.QtCore import QCoreApplication

from latentedit.edits import History
from latentedit_gui.panels.layers_words import mode_words, noise_words, plain_name, region_title, region_titles, source_words

translate = QCoreApplication.translate


_NAMES = re.compile(r"\b(seed|face|drag|latent):(\S*)")
_COMPOSITING = re.compile(r"Compositing: (\w+)(?: on (\S+))?")
_NOISE = re.compile(r"Noise: (\w+)")
_LIMITED = re.compile(r"(\w+) on (\w+)")
_MIX = re.compile(r"Mix (\S+) (-?[\d.]+)")


def label_words(label: str) -> str:
    """A command's label without the names that only the program needs: ``Mix seed:7 0.5`` -> ``Mix with random face 7, 50%``."""
    if found := _COMPOSITING.fullmatch(label):
        place = "" if found[2] is None else f" ({region_title(found[2])})"
        return f"{mode_words().get(found[1], found[1])}{place}"
    if found := _NOISE.fullmatch(label):
        return translate("HistoryPanel", "Noise: {}").format(noise_words().get(found[1], found[1]))
    if found := _MIX.fullmatch(label):
        return translate("HistoryPanel", "Mix with {0}, {1}").format(source_words(found[1]), f"{float(found[2]):.0%}")
    if (found := _LIMITED.fullmatch(label)) and found[2] in region_titles():
        return f"{plain_name(found[1])} ({region_title(found[2])})"
    words = _NAMES.sub(_named, label.replace("_", " "))
    return words[:1].upper() + words[1:]


def faces_of_entries(history: History) -> list[int | None]:
    """For each undo and redo, oldest first, which face it is of; None where that does not matter, or it is of several."""
    states = [*(entry.state for entry in history.past), history.present, *(entry.state for entry in reversed(history.future))]
    found: list[int | None] = []
    for before, after in itertools.pairwise(states):
        changed = [index for index, (a, b) in enumerate(zip(before.faces, after.faces, strict=False)) if a is not b and a != b]
        found.append(changed[0] if len(changed) == 1 and len(after.faces) > 1 else None)
    return found


def _named(found: re.Match[str]) -> str:
    kind, name = found[1], found[2]
    if kind == "seed":
        return translate("HistoryPanel", "seed {}").format(name)
    if kind == "drag":
        return translate("HistoryPanel", "drag {}").format(name)
    if kind == "face" and name.isdecimal():
        return translate("HistoryPanel", "face {}").format(int(name) + 1)
    return name
