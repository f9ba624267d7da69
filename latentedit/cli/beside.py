"""The project that lies beside a photograph, named as ``latentedit project`` names it: latents that need not be found again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from latentedit.cli.console import tell
from latentedit.defaults import PROJECT_SUFFIX
from latentedit.errors import ProjectFileError, StorageError

if TYPE_CHECKING:
    from latentedit.engine import Engine
    from latentedit.project_file import ProjectFace
    from latentedit.session import Session


def project_beside(photo: Path) -> Path:
    """Where the project of a photograph lies, or will."""
    return photo.with_suffix(PROJECT_SUFFIX)


def opened_beside(photo: Path, generator: str, engine: Engine, *, preset: str | None, seed: int | None) -> Session | None:
    """A session on the project beside a photograph, without its edits; None when there is none of these very bytes, with this generator, and with faces
    that were found in it (not squares that were chosen).

    Faces that were projected with another preset or seed than is asked for are as if they were not projected.
    """
    from latentedit.project_file import GeneratorIdentity, load_project
    from latentedit.session import Session
    from latentedit.unedited import unedited

    try:
        project = load_project(project_beside(photo))
        same = project.photo_data == photo.read_bytes()
    except (ProjectFileError, OSError):  # there is none, or nothing to be had from it
        return None
    if not (same and project.faces and all(face.landmarks is not None for face in project.faces)):
        return None
    if project.generator != GeneratorIdentity.of(engine.spec(generator)):
        return None
    faces = tuple(_if_so_made(face, preset, seed) for face in project.faces)
    return Session.from_project(unedited(replace(project, faces=faces)), engine=engine, generator=generator)


def keep_beside(session: Session, photo: Path) -> Path | None:
    """Write the projections of a session, without edits, beside the photograph, and say so; only where nothing lies there.

    Returns:
        where; None when they are not kept, which is said as well.
    """
    from latentedit.project_file import save_project
    from latentedit.unedited import unedited

    path = project_beside(photo)
    if path.exists() or path.is_symlink():
        tell(f"the projection is not kept, since there is a {path.name} already: -o NAME.ledit keeps it")
        return None
    try:
        save_project(path, unedited(session.to_project()))
    except StorageError as error:
        tell(f"the projection is not kept: {error}")
        return None
    tell(f"kept the projection in {path}, for the next edit of {photo.name}")
    return path


def _if_so_made(face: ProjectFace, preset: str | None, seed: int | None) -> ProjectFace:
    wanted = {"preset": preset, "seed": seed}
    other = any(value is not None and face.report.get(name) != value for name, value in wanted.items())
    return replace(face, latents=None, report={}) if other else face
