"""How lists call the edits of a stack, and which edit a name means."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from latentedit.edits.edit import DirectionEdit, Edit, MixEdit, VariationEdit, region_words
from latentedit.errors import UsageError

MaskNames = Mapping[str, str]
"""What people call painted regions, by the names that edits have for them."""


def layers_words(layers: Sequence[int]) -> str:
    """``(0, 1, 2, 3, 7)`` -> ``"0-3,7"``."""
    runs: list[list[int]] = []
    for layer in layers:
        if runs and layer == runs[-1][-1] + 1:
            runs[-1].append(layer)
        else:
            runs.append([layer])
    return ",".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def layers_of_edit(edit: Edit) -> tuple[int, ...] | None:
    """The layers that an edit is limited to; None for none, as of variations, which have a strength for each band."""
    return None if isinstance(edit, VariationEdit) else edit.layers


def edit_words(edit: Edit, mask_names: MaskNames | None = None) -> str:
    """What an edit does: ``smile +2 on mouth``, ``mix seed:7 0.5 layers 0-3``."""
    if isinstance(edit, DirectionEdit):
        amount = f" {edit.amount:+g}"
    elif isinstance(edit, VariationEdit):
        amount = f" {edit.coarse:g}/{edit.middle:g}/{edit.fine:g}"
    else:
        amount = f" {edit.amount:g}" if isinstance(edit, MixEdit) or edit.amount != 1 else ""
    layers = layers_of_edit(edit)
    where = "" if layers is None else f" layers {layers_words(layers)}"
    place = "" if edit.mask is None else f" {'off' if edit.mask.inverted else 'on'} {region_words(edit.mask.region, mask_names)}"
    return f"{edit.label}{amount}{where}{place}"


def edit_names(edits: Sequence[Edit], mask_names: MaskNames | None = None) -> tuple[str, ...]:
    """A name for each edit of a stack, no two alike: ``smile``, ``smile:0-3@mouth``, ``smile@not-hair``, ``smile@left.png``; ``smile@brush#2`` for a second
    on a painted region that people have no name for."""
    names: list[str] = []
    for edit in edits:
        name = f"{edit.label}{_limits(edit)}{_place(edit, mask_names)}"
        numbered = (f"{name}#{number}" for number in itertools.count(2))
        names.append(next(free for free in (name, *itertools.islice(numbered, len(edits))) if free not in names))
    return tuple(names)


def find_named(edits: Sequence[Edit], text: str, whose: str = "The face", mask_names: MaskNames | None = None) -> Edit:
    """The edit of a stack that is meant by its name (:func:`edit_names`), or by as much of it as no other edit shares: without its layers, without
    its region. ``@square`` says that it has none.

    Args:
        whose: begins the error.

    Raises:
        UsageError: there is none, or several are meant.
    """
    found = named_by(edits, text, mask_names)
    names = edit_names(edits, mask_names)
    if len(found) == 1:
        return found[0]
    if found:
        meant = [name for name, edit in zip(names, edits, strict=True) if edit in found]
        raise UsageError(f"{whose} has {len(found)} edits called {text}.", hint=f"Name one of them: {'; '.join(meant)}.")
    raise UsageError(f"{whose} has no edit {text}.", hint=f"Its edits: {'; '.join(names)}." if names else "It has no edits.")


def named_by(edits: Sequence[Edit], text: str, mask_names: MaskNames | None = None) -> list[Edit]:
    """All edits of a stack that a text may mean, as :func:`find_named`; the one alone whose whole name it is."""
    names = edit_names(edits, mask_names)
    return [edits[names.index(text)]] if text in names else [edit for edit in edits if text in _shorter_names(edit, mask_names)]


def _limits(edit: Edit) -> str:
    layers = layers_of_edit(edit)
    return "" if layers is None else f":{layers_words(layers)}"


def _place(edit: Edit, mask_names: MaskNames | None = None) -> str:
    return "" if edit.mask is None else f"@{'not-' if edit.mask.inverted else ''}{region_words(edit.mask.region, mask_names)}"


def _shorter_names(edit: Edit, mask_names: MaskNames | None) -> set[str]:
    """Everything that may mean an edit where no other is meant by it."""
    places = {"", _place(edit), _place(edit, mask_names)}
    if edit.mask is None:
        places.add("@square")
    elif not edit.mask.inverted:
        places.add(f"@{edit.mask.region}")  # a painted one by its hash
    return {f"{edit.label}{limits}{place}" for limits in ("", _limits(edit)) for place in places}
