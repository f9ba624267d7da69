"""Requests about photographs, their faces and projections."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

from latentedit.serve.desk import Desk, Result
from latentedit.serve.edit_methods import mix_named
from latentedit.serve.params import Params, finite
from latentedit.serve.pictures import photo_of, selected, selection_mask
from latentedit.serve.protocol import ProtocolError

if TYPE_CHECKING:
    from latentedit.faces import Frame
    from latentedit.projection import ProjectionStep
    from latentedit.session import Session
    from latentedit.session_face import SessionFace

Steps = Generator[dict[str, Any] | None, None, Result]
"""Events of a request, or None for a step without one; returns the answer."""
PREVIEW_EVERY = 10
_KEPT_PREVIEWS = 2


def open_document(desk: Desk, params: Params) -> Result:
    """``open``: a photograph or a project."""
    from latentedit.defaults import PROJECT_SUFFIX
    from latentedit.project_archive import is_zip
    from latentedit.session import Session

    generator = params.text("generator", desk.generator)
    if "generator" in params:
        desk.engine.spec(generator)  # what is none is refused now, not when a face is projected
    path = params.path("path") if "path" in params and "pixels" not in params else None
    project = path is not None and (path.suffix.lower() == PROJECT_SUFFIX or is_zip(path))
    if path is not None and project:
        session = Session.open(path, engine=desk.engine, generator=generator)
    else:
        session = Session(photo_of(params), engine=desk.engine, generator=generator)
    width, height = session.photo.size
    told = {"name": session.photo.name, "width": width, "height": height, "generator": session.generator_name}
    faces = [face_facts(face) for face in session.faces]
    return {"document": desk.add(session), **told, "faces": faces, "project": project}


def face_facts(known: SessionFace) -> dict[str, Any]:
    """A face as the protocol tells it."""
    from latentedit.outlines import face_outline

    face = known.face
    outline = None if face.landmarks is None else face_outline(face.landmarks).tolist()
    told = {"index": face.index, "box": [int(edge) for edge in face.box], "quad": face.quad.tolist()}
    return {**told, "outline": outline, "projected": known.latents is not None}


def faces(desk: Desk, params: Params) -> Result:
    """``faces``: found, or known already."""
    session = desk.session(params)
    frame = _frame(params)
    chosen = _selection(session, params)
    if frame is not None or params.flag("again", default=False) or not session.faces:
        session.find_faces(store=desk.engine.store, frame=frame)
    return {"faces": [face_facts(known) for known in session.faces if chosen(known)]}


def project(desk: Desk, params: Params) -> Steps:
    """``project``: the latent of a face."""
    number = desk.number(params)
    return (yield from _projected(desk, desk.documents[number], number, params.whole("face", 0), params))


def mix(desk: Desk, params: Params) -> Steps:
    """``mix``: with what is named, or with the face of another photograph, which is projected first."""
    from latentedit.session import Session

    number = desk.number(params)
    session = desk.documents[number]
    if "source" in params:
        if "path" in params or "pixels" in params:
            raise ProtocolError("A mix is with a source or with a picture, not both.")
        return mix_named(desk, params, params.text("source"))
    other = Session(photo_of(params), engine=desk.engine, generator=session.generator)
    yield None
    other.find_faces(store=desk.engine.store, frame=_frame(params))
    yield from _projected(desk, other, number, 0, params)
    stored = other.save(desk.folder.new(number, ".ledit"))
    try:
        return mix_named(desk, params, str(stored))
    finally:
        stored.unlink(missing_ok=True)


def _projected(desk: Desk, session: Session, owner: int, face: int, params: Params) -> Steps:
    from latentedit.projection import preset_config
    from latentedit.projection.pace import Pace

    preset, seed = params.text("preset", "balanced"), params.whole("seed", 0, high=2**63 - 1)
    steps = params.whole("steps", low=1, high=100_000) if "steps" in params else None
    every = params.whole("preview_every", PREVIEW_EVERY)
    pace = Pace(preset_config(preset, steps))
    shown: list[Any] = []
    step: ProjectionStep | None = None
    for step in _closing(session.project(face, preset=preset, seed=seed, steps=steps, store=desk.engine.store)):
        event = {"event": "progress", "phase": step.phase, "step": step.step, "steps": step.num_steps}
        event["seconds_left"] = round(pace.seconds_left(step), 2)
        event["preview"] = None
        if every and (step.step % every == 0 or step.step == step.num_steps):
            picture = _look(desk, owner, step)
            shown.append(picture.path)
            event["preview"] = picture.facts()
        for old in shown[:-_KEPT_PREVIEWS]:
            old.unlink(missing_ok=True)
        shown = shown[-_KEPT_PREVIEWS:]
        yield event
    if step is None:
        return {"face": face, "steps": 0, "seconds": 0.0, "loss": None}
    return {"face": face, "steps": step.num_steps, "seconds": step.seconds, "loss": finite(step.loss)}


def _closing(steps: Iterator[ProjectionStep]) -> Iterator[ProjectionStep]:
    """The steps; they are left at once when this is, not whenever garbage is collected."""
    try:
        yield from steps
    finally:
        close = getattr(steps, "close", None)
        if close is not None:
            close()


def _look(desk: Desk, owner: int, step: ProjectionStep) -> Any:
    from latentedit.images import to_uint8

    return desk.picture(owner, to_uint8(step.image), "png")


def _frame(params: Params) -> Frame | None:
    from latentedit.faces import Frame

    return Frame(*params.box("frame", 3)) if "frame" in params else None


def _selection(session: Session, params: Params) -> Any:
    """Tells whether a face is in what the host has selected: whether its middle is."""
    mask = selection_mask(params, session.photo.size)
    return lambda known: mask is None or selected(mask, *known.face.quad.mean(axis=0))
