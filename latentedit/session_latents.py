"""Latents that a session's mixes name: of other photographs, and of the session's own other faces.

Both are kept as own directions, the way from the origin to the latent: so they travel in the project, and the engine needs to know
only one kind of named vector.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from latentedit.edits.edit import MAX_NAME
from latentedit.errors import CheckpointError
from latentedit.face_choice import projected_face
from latentedit.own_direction import OwnDirection

if TYPE_CHECKING:
    from latentedit.face_latents import FaceLatents
    from latentedit.project_file import GeneratorIdentity, Project
    from latentedit.session_face import SessionFace

PREFIX = "latent:"
EFFECT = "a latent to mix with"


def named_latent(name: str, latents: FaceLatents, provenance: str) -> OwnDirection:
    """A latent under the name ``latent:NAME`` (shortened to what a name may be, unprintable characters replaced)."""
    plain = "".join(character if character.isprintable() else "_" for character in name)
    return OwnDirection((PREFIX + plain)[:MAX_NAME], latents.w_plus[0], effect=EFFECT, provenance=provenance)


def face_sources(faces: Sequence[SessionFace]) -> dict[str, OwnDirection]:
    """The session's own projected faces by the names that mixes have for them: ``face:0``..."""
    return {
        f"face:{index}": OwnDirection(f"face:{index}", face.latents.w_plus[0], effect=EFFECT)
        for index, face in enumerate(faces)
        if face.latents is not None
    }


def latent_of_project(project: Project, path: Path, identity: GeneratorIdentity, face: int | None = None) -> OwnDirection:
    """A face of another project, the first that is projected if none is chosen.

    Raises:
        UsageError: it has none, or not that one.
        CheckpointError: it was projected with other weights.
    """
    found = project.faces[projected_face(project.faces, face, path.name)].latents
    assert found is not None and project.generator is not None  # what is projected has a generator
    if project.generator.weights_hash != identity.weights_hash:
        raise CheckpointError(
            f"{path.name} was made with the generator {project.generator.name}, this project with {identity.name}.",
            hint="Project both photographs with the same generator.",
        )
    chosen = "" if face is None else f"#{face}"
    return named_latent(path.stem + chosen, found, path.name + chosen)
