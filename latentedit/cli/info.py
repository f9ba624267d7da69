"""``latentedit info``: what is in a project or a photograph."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from latentedit.cli.beside import project_beside
from latentedit.cli.console import print_json, printable, tell
from latentedit.cli.edit_facts import edit_lines, face_edit_facts
from latentedit.cli.options import (
    JsonFlag,
    chosen_faces,
    refuse_folder,
    require_different,
    require_folder,
    require_one_face,
    require_photograph_spared,
    require_picture,
)
from latentedit.cli.store import open_store
from latentedit.errors import NoFaceError, UsageError

if TYPE_CHECKING:
    from latentedit.project_file import Project
    from latentedit.session import Session

TOLD_STEPS = 10


def info_command(
    source: Annotated[Path, typer.Argument(metavar="PROJECT.ledit|PHOTO", help="A project, or a photograph.", readable=False)],
    show_regions: Annotated[
        Path | None,
        typer.Option(
            "--show-regions",
            metavar="FILE.png",
            help="Also write a picture of the regions that edits and masks may name (@hair, --mask skin), each tinted over the face.",
        ),
    ] = None,
    face: Annotated[str | None, typer.Option(help="Whose regions: largest, or a number from 0; largest by default.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Tell what is in a project: its photograph, faces, edits by their names, and history; or what faces a photograph has."""
    refuse_folder(source)
    _require_sheet(source, show_regions, face)
    from latentedit.session import Session

    session = Session.open(source)
    if session.path is None:
        with open_store() as store, contextlib.suppress(NoFaceError):  # that there is none is what is told
            session.find_faces(store=store)
    facts = _facts(source, session)
    if show_regions is not None:
        require_photograph_spared(show_regions, session)
        facts["regions"] = _write_regions(session, face or "largest", show_regions)
    if as_json:
        print_json(facts)
        return
    for line in _lines(source, session, facts):
        typer.echo(printable(line))


def _require_sheet(source: Path, sheet: Path | None, face: str | None) -> None:
    """Fail before the work where a sheet of regions could not be written after it.

    Raises:
        UsageError: it would overwrite the input, its suffix names no picture, or a face is chosen for nothing.
        StorageError: its folder is missing.
    """
    if sheet is None:
        if face is not None:
            raise UsageError("--face is for --show-regions, which is not given.", hint="Add --show-regions FILE.png.")
        return
    require_one_face(face or "largest", "--show-regions shows one face.")
    require_folder(sheet)
    require_picture(sheet)
    require_different({"input": source, "picture of the regions": sheet})


def _write_regions(session: Session, face: str, target: Path) -> dict[str, Any]:
    """Write the sheet of a face's regions; what is told of it, as JSON values."""
    from latentedit.images import save_image
    from latentedit.region_sheet import region_sheet

    (index,) = chosen_faces(session, face)
    save_image(target, region_sheet(session.face(index)))
    tell(f"wrote {target}")
    return {"face": index, "output": str(target)}


def _facts(source: Path, session: Session) -> dict[str, Any]:
    """All that is known, as JSON values."""
    project = session.to_project()
    history = session.history
    beside = project_beside(source)
    return {
        "input": str(source),
        "kind": "photograph" if session.path is None else "project",
        "photo": {
            "name": session.photo.name,
            "width": session.photo.width,
            "height": session.photo.height,
            "kind": session.photo.kind,
        },
        "generator": None if project.generator is None else asdict(project.generator),
        "faces": [_face_facts(session, index) for index in range(len(session.faces))],
        "history": {
            "past": [entry.label for entry in history.past],
            "future": [entry.label for entry in reversed(history.future)],
        },
        "directions": [_direction_facts(project, index) for index in range(len(project.directions))],
        "masks": len(project.brushes),
        "project": str(beside) if session.path is None and beside.is_file() else None,
    }


def _face_facts(session: Session, index: int) -> dict[str, Any]:
    from latentedit.session_report import face_figures

    known = session.face(index)
    return {
        **face_figures(session, index),
        "side_px": round(float(known.face.side_px), 1),
        "found": known.face.landmarks is not None,
        "projected": known.latents is not None,
        "space": None if known.latents is None else known.latents.space,
        "too_small": _too_small(session, index),
        **face_edit_facts(session.state.face(index), session.mask_names),
    }


def _too_small(session: Session, index: int) -> bool:
    """Whether a generator of faces would refuse it."""
    from latentedit.errors import FaceTooSmallError
    from latentedit.faces import require_projectable

    try:
        require_projectable(session.face(index).face)
    except FaceTooSmallError:
        return True
    return False


def _direction_facts(project: Project, index: int) -> dict[str, Any]:
    direction = project.directions[index]
    return {"name": direction.name, "effect": direction.effect, "provenance": direction.provenance, "licence": direction.licence}


def _lines(source: Path, session: Session, facts: dict[str, Any]) -> list[str]:
    """The same for people."""
    photo, generator = facts["photo"], facts["generator"]
    lines = [f"photograph: {photo['name']}, {photo['width']} x {photo['height']}, {photo['kind']}"]
    if facts["kind"] == "project":
        lines.insert(0, f"project: {source}")
        lines.append(f"generator: {generator['name'] if generator else 'none yet'}")
    elif facts["project"] is not None:
        lines.append(f"beside it: {facts['project']}")
    if not facts["faces"]:
        lines.append("no face was found")
    for index, face in enumerate(facts["faces"]):
        lines.append(f"face {index}: {_face_words(face)}")
        lines += [f"  {line}" for line in edit_lines(session.state.face(index), session.mask_names)]
    for way, what in (("past", "done"), ("future", "undone")):
        labels = facts["history"][way]
        if labels:
            lines.append(f"{what}: {len(labels)} ({_newest(labels) if way == 'past' else _oldest(labels)})")
    if facts["directions"]:
        lines.append(f"brought along: {', '.join(_direction_words(direction) for direction in facts['directions'])}")
    if facts["masks"]:
        called = ", ".join(sorted(set(session.mask_names.values())))
        lines.append(f"painted masks: {facts['masks']}{f' ({called})' if called else ''}")
    return lines


def _face_words(face: dict[str, Any]) -> str:
    left, top, right, bottom = face["box"]
    told = [f"{right - left} x {bottom - top} px at {left},{top}"]
    if face["projected"]:
        measured = [
            f"{name} {face[key]:.3f}" for name, key in (("LPIPS", "lpips_alex"), ("identity", "identity_distance")) if key in face
        ]
        told.append(", ".join([f"projected in {face['space']}", *measured]))
    else:
        told.append("too small to be projected" if face["found"] and face["too_small"] else "not projected")
    return "; ".join(told)


def _direction_words(direction: dict[str, Any]) -> str:
    provenance = direction["provenance"]
    return direction["name"] + (f" ({provenance})" if provenance and provenance != direction["name"] else "")


def _newest(labels: Sequence[str]) -> str:
    more = "... " if len(labels) > TOLD_STEPS else ""
    return f"{more}{'; '.join(labels[-TOLD_STEPS:])}"


def _oldest(labels: Sequence[str]) -> str:
    return f"{'; '.join(labels[:TOLD_STEPS])}{' ...' if len(labels) > TOLD_STEPS else ''}"
