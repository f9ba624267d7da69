"""One photograph or project of a batch, from reading to the written result, as an iterator of steps."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Generator as Steps
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from latentedit.atomic_file import is_about_the_disk, same_file
from latentedit.batch.config import BatchConfig
from latentedit.batch.inputs import BatchItem
from latentedit.batch.manifest import Record
from latentedit.batch.workbench import Workbench
from latentedit.errors import InputError, LatentEditError, ProjectFileError, ResourceError, StorageError, UsageError
from latentedit.face_crop import write_crop
from latentedit.kept_projection import forget_progress, project_kept
from latentedit.requested_crosses import apply_crosses
from latentedit.requested_edits import apply_edits, beyond_range
from latentedit.requested_masks import PaintedMasks, apply_masking
from latentedit.requested_mixes import apply_mixes, require_faces
from latentedit.requested_variations import apply_variations
from latentedit.session import Session
from latentedit.session_report import face_figures, measured
from latentedit.writing_notes import notes_on

if TYPE_CHECKING:
    from latentedit.project_file import Project

Phase = Literal["unchanged", "started", "reading", "finding faces", "projecting", "measuring", "drawing", "writing", "ended"]
REPORT_KEY = "batch_projection"
"""Under this name a kept project's faces remember the settings of their projection."""


@dataclass(frozen=True)
class Job:
    """What is to be done with one item.

    Attributes:
        number: its place among all items.
        item: what is read.
        config: what is done to it.
        result, project: the files to be written; the project only if ``config.keep_projects``, but read also if it is there.
        output_names: the same two as paths below the output folder, for the record.
        progress: beside which projections under way are kept.
        settings, projection: hashes of all settings, and of those that projections depend on.
    """

    number: int
    item: BatchItem
    config: BatchConfig
    result: Path
    project: Path
    output_names: tuple[str, str]
    progress: Path
    settings: str
    projection: str

    def started(self) -> Record:
        """What the manifest holds while it is under way."""
        return Record(self.item.name, "started", str(self.item.path), self.settings)


@dataclass(frozen=True)
class JobStep:
    """How far a job is.

    Attributes:
        number: the job's.
        phase: what is being done; a job's first step is ``started``, its last ``ended``.
        step, num_steps: how far the phase is, where it has steps.
        share: what of the phase's time that is, in [0, 1]: later steps of a projection take longer.
        face, num_faces: which of the item's faces to be edited it is about, from 0, where the phase takes one after the other.
        record: what became of it, in the last step.
        stop: why the other jobs would fail as well, in the last step.
    """

    number: int
    phase: Phase
    step: int = 0
    num_steps: int = 0
    share: float = 0.0
    face: int = 0
    num_faces: int = 0
    record: Record | None = None
    stop: ResourceError | None = None


def attempt(job: Job, bench: Workbench) -> Steps[JobStep, None, None]:
    """Do a job; whatever goes wrong with this photograph alone is told in the last step's record.

    Yields:
        steps, the last of them with the record.
    """
    began = time.monotonic()
    try:
        record = yield from _perform(job, bench)
    except LatentEditError as error:
        record = replace(job.started(), status="failed", sha256=_hash(job.item.path), error=str(error), hint=error.hint)
        stop = error if isinstance(error, ResourceError) and _concerns_all(error) else None
    except Exception as error:
        record = failed_by_a_bug(job, f"{type(error).__name__}: {error}")
        stop = None
    else:
        stop = None
    seconds = round(time.monotonic() - began, 2)
    yield JobStep(job.number, "ended", record=replace(record, seconds=seconds), stop=stop)


def failed_by_a_bug(job: Job, error: str) -> Record:
    """The record of a job that failed by a mistake of the program's."""
    hint = "This is a bug. Run `latentedit edit` on this file with --debug, and report what it prints."
    started = job.started()
    return replace(started, status="failed", sha256=_hash(job.item.path), error=error, hint=hint, bug=True)


def _perform(job: Job, bench: Workbench) -> Steps[JobStep, None, Record]:
    """The work itself; returns the record.

    Raises:
        LatentEditError: it failed.
    """
    from latentedit.images import write_edited

    config = job.config
    yield JobStep(job.number, "reading")
    if job.item.problem:
        raise InputError(job.item.problem, hint="Change its permissions.")
    if same_file(job.result, job.item.path):
        raise UsageError(f"The result {job.result} would overwrite the photograph.", hint="Name another folder with -o.")
    sha256 = _hash(job.item.path)
    bench.engine.tell_resolution(config.generator, config.resolution)
    session = Session.open(job.item.path, engine=bench.engine, generator=config.generator)
    is_project = session.path is not None
    if not (is_project or config.projects_photographs):
        return _taken_over(job, session, sha256)
    if not is_project:
        session = _projected_before(job, session) or session
    if not session.faces:
        from latentedit.faces import framed

        yield JobStep(job.number, "finding faces")
        session.set_faces([framed(session.photo)] if session.takes_squares else bench.find_faces(session.photo))
    indices, left_out = _chosen(session, config.face, projected_only=is_project)
    masks = _checked_masks(session, indices, config)
    require_faces(session, indices, config.all_mixes())
    for place, index in enumerate(indices):
        known = session.face(index)
        if known.latents is None or not (is_project or known.report.get(REPORT_KEY) == job.projection):
            for step in _project(job, session, index, bench):
                yield replace(step, face=place, num_faces=len(indices))
    yield JobStep(job.number, "drawing")
    names = apply_edits(session, indices, config.edits, config.mode, masks)
    notes = tuple(beyond_range(session, config.edits, names))
    apply_mixes(session, indices, config.mixes)
    apply_crosses(session, indices, config.parents)
    apply_variations(session, indices, config.variations, masks)
    apply_masking(session, indices, config.masking, masks)
    patches = [] if config.crop else session.scene.patches()
    yield JobStep(job.number, "writing")
    if config.keep_projects:
        session.save(job.project)
    if config.crop:
        write_crop(session.scene, indices[0], job.result, mark_ai=config.mark_ai)
        notes += notes_on(job.result, mark_ai=config.mark_ai)
    elif write_edited(session.photo, patches, job.result, mark_ai=config.mark_ai, call=bench.engine.call):
        notes += notes_on(job.result, session.photo, mark_ai=config.mark_ai)
    forget_progress(job.progress)
    output, project = job.output_names
    faces = tuple(_without(face_figures(session, index), "quad") for index in indices)
    record = replace(job.started(), status="done", sha256=sha256, output=output, faces=faces, left_out=left_out, notes=notes)
    return replace(record, project=project) if config.keep_projects else record


def _taken_over(job: Job, session: Session, sha256: str) -> Record:
    """The record of a photograph to which nothing is to be done: its faces are not even looked for, the result is its own bytes, or the same picture in
    another kind of file."""
    session.export(job.result)
    return replace(job.started(), status="done", sha256=sha256, output=job.output_names[0])


def _projected_before(job: Job, session: Session) -> Session | None:
    """A session on the kept project of an earlier run, without its edits, if it is of this very photograph."""
    from latentedit.project_file import load_project
    from latentedit.unedited import unedited

    try:
        project: Project = load_project(job.project)
    except ProjectFileError:  # none there, or damaged: the photograph is projected again
        return None
    if project.photo_data != session.photo.data or not project.faces:
        return None
    again = Session.from_project(unedited(project), engine=session.engine, generator=job.config.generator)
    marks = {face.report.get(REPORT_KEY) for face in again.faces if face.latents is not None}
    return again if marks <= {job.projection} else None


def _chosen(session: Session, which: str, *, projected_only: bool) -> tuple[list[int], int]:
    """The faces to be edited, by index, and how many of all were left out as too small to be projected.

    Raises:
        NoFaceError, UsageError: there is no such face, or a project has none that is projected.
        FaceTooSmallError: all are too small.
    """
    from latentedit.errors import FaceTooSmallError
    from latentedit.faces import require_projectable, select_faces

    indices = [face.index for face in select_faces([known.face for known in session.faces], which)]
    if projected_only:
        indices = [index for index in indices if session.face(index).latents is not None]
        if not indices:
            hint = f"Project it first: latentedit project PHOTO --face {which}."
            raise UsageError(f"{session.photo.name} holds no projected face.", hint=hint)
        return indices, 0
    if which != "all" or session.generator.spec.domain != "face":
        return indices, 0
    large = []
    for index in indices:
        try:
            require_projectable(session.face(index).face)
        except FaceTooSmallError:
            if index == indices[0]:  # the largest
                raise
        else:
            large.append(index)
    return large, len(indices) - len(large)


def _checked_masks(session: Session, indices: list[int], config: BatchConfig) -> PaintedMasks:
    """The painted masks, once it is known that they fit: before the projections.

    Raises:
        PhotoError, UsageError: one does not.
    """
    masks = PaintedMasks(session)
    for region in config.edit_regions():
        masks.require_for_edits(indices, region)
    masks.require_for_photo(indices, config.masking)
    return masks


def _project(job: Job, session: Session, index: int, bench: Workbench) -> Iterator[JobStep]:
    from latentedit.projection import preset_config
    from latentedit.projection.pace import Pace

    config = job.config
    pace = Pace(preset_config(config.preset, config.steps))
    draws_photographs = session.generator.spec.domain != "toy"
    judges = bench.judges if draws_photographs else None
    for step in project_kept(
        session,
        index,
        job.progress,
        preset=config.preset,
        steps=config.steps,
        seed=config.seed,
        store=bench.store,
        distance=judges.lpips_alex if judges else None,
        detail=judges.lpips_vgg if judges else None,
    ):
        yield JobStep(job.number, "projecting", step.step, step.num_steps, pace.share(step))
    session.add_to_report(index, {REPORT_KEY: job.projection})
    if judges is not None:
        yield JobStep(job.number, "measuring")
        measured(session, index, judges)


def _concerns_all(error: ResourceError) -> bool:
    """Whether what is missing is not about this photograph: every other one needs it as well."""
    return is_about_the_disk(error) if isinstance(error, StorageError) else True


def _hash(path: Path) -> str:
    """sha256 of a file, empty when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _without(figures: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in figures.items() if key != name}
