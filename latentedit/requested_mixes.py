"""Mixes as people write them, ``SOURCE:LAYERS[:AMOUNT]``: what they say, the latents that they name, and doing them to faces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from latentedit.edits.edit import MAX_MIX, finite_number, in_range
from latentedit.errors import UsageError
from latentedit.face_choice import split_face
from latentedit.requested_layers import LAYERS, LAYERS_HINT, layers_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from latentedit.generators import GeneratorSpec
    from latentedit.session import Session

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
    if len(parts) > (1 if numbered else 2) and LAYERS.fullmatch(parts[-2]) and (number := finite_number(parts[-1])) is not None:
        amount, parts = number, parts[:-1]
    layers = parts.pop()
    source = source or ":".join(parts)
    if layers == "" or source in ("", "seed", "face"):
        raise UsageError(f"{text} is no mix.", hint=HINT)
    unread = [*parts, layers] if numbered else [layers]
    if not LAYERS.fullmatch(unread[0]):
        raise UsageError(f"{text} is no mix: {unread[0]} names no layers.", hint=LAYERS_HINT)
    if len(unread) > 1:
        raise UsageError(f"{text} is no mix: {':'.join(unread[1:])} is no amount.", hint=HINT)
    in_range("The amount of a mix", amount, -MAX_MIX, MAX_MIX)
    return Mix(source, layers, amount)


def apply_mixes(session: Session, indices: Sequence[int], mixes: Sequence[Mix]) -> list[str]:
    """Mix each face with what is named, and switch the mix on.

    Returns:
        the sources by which edits refer to what is named.

    Raises:
        UsageError, ProjectFileError, CheckpointError: a source or a layer does not exist, or does not fit, or several mixes may be meant.
    """
    from latentedit.edits import MixEdit, PutEdit
    from latentedit.requested_place import placed

    sources = [source_of(session, mix.source) for mix in mixes]
    for source, mix in zip(sources, mixes, strict=True):
        layers = layers_of(mix.layers, session.generator.spec.layer_resolutions)
        for index in indices:
            new = MixEdit(source, mix.amount, layers)
            session.do(PutEdit(index, placed(session.state.face(index), new, None, f"Face {index}")))
    return sources


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
            raise UsageError(
                f"Face {index} is not projected.", hint=f"Edit it as well: --face all; or project it with --face {index}."
            )


def _project_of(name: str) -> tuple[Path, int | None]:
    """The file that a mix names, and which of its faces.

    Raises:
        UsageError: there is no such file.
    """
    path, face = split_face(name)
    if path is None:
        raise UsageError(f"There is nothing named {name} to mix with.", hint=HINT)
    return path, face
