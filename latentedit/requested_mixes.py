"""Mixes as people write them, ``SOURCE:LAYERS[:AMOUNT]``: what they say, the latents that they name, and doing them to faces."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from latentedit.edits.edit import MAX_MIX, in_range
from latentedit.errors import UsageError
from latentedit.face_choice import split_face

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from latentedit.generators import GeneratorSpec
    from latentedit.session import Session

_LAYERS = re.compile(r"all|coarse|middle|fine|\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*", re.ASCII)
_NUMBERED = re.compile(r"((?:seed|face):\d{1,19}):(.*)", re.ASCII)
HINT = "Write SOURCE:LAYERS or SOURCE:LAYERS:AMOUNT, for example --mix seed:7:fine, --mix other.ledit:0-7:0.5, or other.ledit#1 for its face 1."


@dataclass(frozen=True)
class Mix:
    """What one ``--mix`` asks for; ``layers`` are still text, since the generator decides what a band is."""

    source: str
    layers: str
    amount: float


def parse_mix(text: str) -> Mix:
    """``"seed:7:fine:0.5"`` -> ``Mix("seed:7", "fine", 0.5)``. A source may itself hold colons.

    Raises:
        UsageError: it is no mix, or its amount is out of range.
    """
    numbered = _NUMBERED.fullmatch(text)
    source, parts = (numbered[1], numbered[2].split(":")) if numbered else ("", text.split(":"))
    amount = 1.0
    if len(parts) > (1 if numbered else 2) and _LAYERS.fullmatch(parts[-2]) and (number := _number(parts[-1])) is not None:
        amount, parts = number, parts[:-1]
    layers = parts.pop()
    source = source or ":".join(parts)
    if (numbered and parts) or source in ("", "seed", "face") or not _LAYERS.fullmatch(layers):
        raise UsageError(f"{text} is no mix.", hint=HINT)
    in_range("The amount of a mix", amount, -MAX_MIX, MAX_MIX)
    return Mix(source, layers, amount)


def layers_of(text: str, layer_resolutions: Sequence[int]) -> tuple[int, ...] | None:
    """``"coarse"``, ``"0-3,7"`` -> layers of a generator; None for all.

    Raises:
        UsageError: a layer does not exist, a range is empty, or the band is in a small generator.
    """
    from latentedit.latents import bands

    if not _LAYERS.fullmatch(text):
        raise UsageError(f"{text} names no layers.", hint="Write all, coarse, middle, fine, or numbers such as 0-3,7.")
    if text == "all":
        return None
    band = {str(name): layers for name, layers in bands(layer_resolutions).items()}.get(text)
    if band is not None:
        if not band:
            raise UsageError(f"This generator has no {text} layers.", hint=f"It has layers 0 to {len(layer_resolutions) - 1}.")
        return band
    layers: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        low, high = int(first), int(last or first)
        if not low <= high < len(layer_resolutions):
            raise UsageError(f"{part} names no layers.", hint=f"This generator has layers 0 to {len(layer_resolutions) - 1}.")
        layers += range(low, high + 1)
    return tuple(layers)


def apply_mixes(session: Session, indices: Sequence[int], mixes: Sequence[Mix]) -> None:
    """Mix each face with what is named.

    Raises:
        UsageError, ProjectFileError, CheckpointError: a source or a layer does not exist, or does not fit.
    """
    from latentedit.edits import MixEdit, SetMix
    from latentedit.requested_edits import switch_on

    for mix in mixes:
        source = source_of(session, mix.source)
        layers = layers_of(mix.layers, session.generator.spec.layer_resolutions)
        for index in indices:
            session.do(SetMix(index, source, mix.amount, layers))
            switch_on(session, index, MixEdit(source, layers=layers).key)


def require_source(name: str, spec: GeneratorSpec) -> None:
    """Fail when what ``--mix`` names can be no source for a photograph, before there is a session.

    Raises:
        UsageError: it is neither a seed nor a face nor a file, or a project without that face, projected.
        ProjectFileError, CheckpointError: the project cannot be read, or was made with another generator.
    """
    from latentedit.edits.edit import face_of, seed_of

    if seed_of(name) is not None or face_of(name) is not None:
        return
    from latentedit.project_file import GeneratorIdentity, load_project
    from latentedit.session_latents import latent_of_project

    path, face = _project_of(name)
    latent_of_project(load_project(path), path, GeneratorIdentity.of(spec), face)


def source_of(session: Session, name: str) -> str:
    """The source under which edits refer to what ``--mix`` names: a seed, a face of the photograph, or a face of a project (its first projected one,
    or ``FILE#N``).

    Raises:
        UsageError, ProjectFileError, CheckpointError: it is none of these, or does not fit.
    """
    from latentedit.edits.edit import face_of, seed_of
    from latentedit.session_latents import PREFIX

    if seed_of(name) is not None:
        return name
    index = face_of(name)
    if index is not None:
        session.face(index).projected()
        return name
    if name.startswith(PREFIX) and name in session.own_directions:  # a source of this project
        return name
    return session.add_latent(*_project_of(name))


def require_faces(session: Session, indices: Sequence[int], mixes: Sequence[Mix]) -> None:
    """Fail before the work where a mix names a face that will not be projected.

    Raises:
        NoFaceError: there is no such face.
        UsageError: it is neither projected nor among those that are edited.
    """
    from latentedit.edits.edit import face_of

    for mix in mixes:
        index = face_of(mix.source)
        if index is not None and session.face(index).latents is None and index not in indices:
            raise UsageError(f"Face {index} is not projected.", hint="Edit it as well: --face all.")


def _project_of(name: str) -> tuple[Path, int | None]:
    """The file that a mix names, and which of its faces.

    Raises:
        UsageError: there is no such file.
    """
    path, face = split_face(name)
    if path is None:
        raise UsageError(f"There is nothing named {name} to mix with.", hint=HINT)
    return path, face


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
