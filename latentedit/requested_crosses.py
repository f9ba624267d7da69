"""Crossbreeding as people write it, ``SOURCE[:WEIGHT]``: what it says, and doing it to faces."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from latentedit.edits import Command, MixEdit, PutEdit, RemoveEdit, Together
from latentedit.edits.edit import finite_number, in_range
from latentedit.errors import UsageError
from latentedit.requested_mixes import Mix, source_of

if TYPE_CHECKING:
    from collections.abc import Container, Hashable, Mapping, Sequence

    from latentedit.edits import FaceEdits
    from latentedit.session import Session

MAX_WEIGHT = 1000.0
MAX_LABEL = 200
_NUMBERED = re.compile(r"((?:seed|face):\d{1,19})(?::(.*))?", re.ASCII)
HINT = "Write SOURCE or SOURCE:WEIGHT, for example --cross other.ledit, --cross seed:7:0.5."


@dataclass(frozen=True)
class Parent:
    """What one ``--cross`` asks for: another face, and its weight in the mean in which the face itself has 1."""

    source: str
    weight: float = 1.0

    def as_mix(self) -> Mix:
        """A mix with the same source."""
        return Mix(self.source, "all", 1.0)


def parse_parent(text: str) -> Parent:
    """``"seed:7:0.5"`` -> ``Parent("seed:7", 0.5)``, ``"other.ledit"`` -> ``Parent("other.ledit", 1.0)``. A source may itself hold colons.

    Raises:
        UsageError: it is none, or its weight is out of range.
    """
    numbered = _NUMBERED.fullmatch(text)
    source, weight = (numbered[1], numbered[2]) if numbered else _split(text)
    if source in ("", "seed", "face"):
        raise UsageError(f"{text} is nobody to cross with.", hint=HINT)
    number = 1.0 if weight is None else finite_number(weight)
    if number is None:
        raise UsageError(f"{text} is nobody to cross with.", hint=HINT)
    return Parent(source, in_range("The weight of a parent", number, 0.0, MAX_WEIGHT))


def apply_crosses(session: Session, indices: Sequence[int], parents: Sequence[Parent]) -> list[str]:
    """Make each face the weighted mean of what it is by then and the parents, as one command: mixes of all layers on top of its stack.

    A mix of all layers with one of the parents is replaced, so that the same cross again gives the same face.

    Returns:
        the sources by which edits refer to the parents.

    Raises:
        UsageError, ProjectFileError, CheckpointError: a source does not exist, or does not fit.
    """
    if not parents:
        return []
    weights: dict[str, float] = {}
    sources = [source_of(session, parent.source) for parent in parents]
    for source, parent in zip(sources, parents, strict=True):
        weights[source] = weights.get(source, 0.0) + parent.weight
    for index in indices:
        session.do(cross_command(index, session.state.face(index), weights))
    return sources


def cross_command(face: int, edits: FaceEdits, weights: Mapping[str, float], merge_key: Hashable | None = None) -> Together:
    """What makes a face the weighted mean of what it is by then, with weight 1, and of others, by the sources under which edits refer to them.

    Args:
        edits: the face's, by now.

    Raises:
        UsageError: a weight is negative or not finite.
    """
    from latentedit.latents import crossbreed_amounts

    amounts = dict(zip(weights, crossbreed_amounts(1.0, list(weights.values())), strict=True))
    label = f"Cross with {', '.join(f'{source} {weight:g}' for source, weight in weights.items())}"
    before = whole_mixes(edits, amounts)
    commands: list[Command] = [RemoveEdit(face, edit.key) for edit in before]
    left = replace(edits, edits=tuple(edit for edit in edits.edits if edit not in before))
    mixes = [MixEdit(source, amount) for source, amount in amounts.items()]
    commands += [PutEdit(face, replace(mix, instance=left.free_instance(mix.key))) for mix in mixes]
    return Together(label[:MAX_LABEL], tuple(commands), merge_key)


def weights_of(edits: FaceEdits, sources: Sequence[str]) -> dict[str, float]:
    """The weights with which a face is crossed with these sources, as :func:`cross_command` set them; 0 for those that it is not crossed with.

    Where nothing is left of the face itself, or less than nothing, the weight is the largest there is.
    """
    from latentedit.latents import crossbreed_weights

    mixes = [mix for mix in whole_mixes(edits, sources) if mix.enabled]
    least = 1.0 / (1.0 + MAX_WEIGHT)
    weights = crossbreed_weights([min(max(mix.amount, 0.0), 1.0 - least) for mix in mixes])
    found = dict.fromkeys(sources, 0.0)
    for mix, weight in zip(mixes, weights, strict=True):
        found[mix.source] = min(found[mix.source] + weight, MAX_WEIGHT)
    return found


def whole_mixes(edits: FaceEdits, sources: Container[str]) -> list[MixEdit]:
    """The mixes of all layers, confined to nothing, with any of the sources."""
    return [
        edit
        for edit in edits.edits
        if isinstance(edit, MixEdit) and edit.source in sources and edit.layers is None and edit.mask is None
    ]


def _split(text: str) -> tuple[str, str | None]:
    """The source and the weight; a colon before anything but a number is the source's own."""
    source, colon, weight = text.rpartition(":")
    return (source, weight) if colon and finite_number(weight) is not None else (text, None)
