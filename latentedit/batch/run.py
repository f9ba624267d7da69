"""A batch from beginning to end, as an iterator of steps."""

from __future__ import annotations

import hashlib
from collections.abc import Generator as Steps
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from latentedit.batch.checking import require_settings
from latentedit.batch.config import BatchConfig, projection_settings, settings_hash, settings_of
from latentedit.batch.folder import WORK_NAME, forget_work, make_folders, occupied, remove_empty, tidy
from latentedit.batch.inputs import BatchItem, refuse_overwriting, require_some_there
from latentedit.batch.job import Job, JobStep, Phase
from latentedit.batch.manifest import MANIFEST_NAME, ManifestWriter, Record, read_manifest
from latentedit.batch.naming import assign_places
from latentedit.errors import InputError, UsageError
from latentedit.project_file import app_version

if TYPE_CHECKING:
    from latentedit.engine import Engine


class BatchEngine(Protocol):
    """Where the work is done."""

    @property
    def engine(self) -> Engine:
        """Knows the generators, in this process: settings are checked by it."""
        ...

    def run(self, jobs: Iterable[Job]) -> Steps[JobStep, None, None]:
        """Do the jobs, each asked for when there is room for it. A job's first step, ``started``, comes before anything is written for it,
        its last has its record. To cancel, close the iterator."""
        ...


@dataclass(frozen=True)
class BatchStep:
    """How far one item of a batch is; items may take turns.

    Attributes:
        number: the item's place among all, from 0.
        num_items: how many there are.
        item: the photograph or project.
        phase: what is being done to it; ``unchanged`` when an earlier run has done it, else ``ended`` in its last step.
        step, num_steps: how far the phase is, where it has steps.
        share: what of the phase's time that is, in [0, 1]: later steps of a projection take longer.
        face, num_faces: which of the item's faces to be edited it is about, from 0, where the phase takes one after the other.
        record: what became of it, in its last step.
    """

    number: int
    num_items: int
    item: BatchItem
    phase: Phase
    step: int = 0
    num_steps: int = 0
    share: float = 0.0
    face: int = 0
    num_faces: int = 0
    record: Record | None = None


def run_batch(
    config: BatchConfig, items: Sequence[BatchItem], output: Path, engine: BatchEngine, *, resume: bool = False
) -> Iterator[BatchStep]:
    """Edit many photographs, each into a file of its own below ``output``.

    A photograph that fails stops none of the others. To cancel, stop iterating (and close the iterator): what is done is kept, and a
    later call with ``resume`` goes on, also after a kill, in the middle of a projection.

    Args:
        config: what is done to each.
        items: as :func:`~latentedit.batch.inputs.find_items` gives them.
        output: a folder that is new, or empty, or with ``resume`` that of the same items' batch.
        engine: where the work is done.
        resume: do again only what is missing, failed, or was made with other settings or of other bytes.

    Raises:
        InputError: there are no items, none of them is there, or the manifest in the folder is damaged.
        UsageError: the settings fit no photograph, or the folder holds something else.
        StorageError: the folder cannot be written, or another batch is at work in it.
        ResourceError: something is missing without which all would fail; what is done is kept.
    """
    if not items:
        raise InputError("There is no photograph to work on.", hint="Name photographs, .ledit projects, or folders of them.")
    require_some_there(items)
    output = output.absolute()
    if not (config.changes_photographs or config.keep_projects or any(item.is_project for item in items)):
        raise UsageError("Nothing is to be done to the photographs.", hint="Say what: --set smile=2; or --keep-projects.")
    engine.engine.tell_resolution(config.generator, config.resolution)
    spec = engine.engine.spec(config.generator)
    settings, projection = settings_of(config, spec), projection_settings(config, spec)
    require_settings(config, items, engine.engine)
    if config.projects_photographs and not all(item.is_project for item in items):
        engine.engine.generator(config.generator)  # weights that are not there are told before the folder is made
    places = assign_places(items, config)
    refuse_overwriting(items, (output / name for place in places for name in (place.result, place.project)))
    mark, projection_mark = settings_hash(settings), settings_hash(projection)
    work = output / WORK_NAME
    jobs = [
        Job(
            number,
            item,
            config,
            result=output / place.result,
            project=output / place.project,
            output_names=(place.result, place.project),
            progress=work / _short(item.name),
            settings=mark,
            projection=projection_mark,
        )
        for number, (item, place) in enumerate(zip(items, places, strict=True))
    ]
    with occupied(output, resume=resume):
        records = read_manifest(output / MANIFEST_NAME)
        header = {"settings_hash": mark, **settings}
        with ManifestWriter(output / MANIFEST_NAME, header, app_version(), records.values()) as manifest:
            left = []
            for job in jobs:
                record = records.get(job.item.name)
                if record is not None and _is_unchanged(job, record):
                    yield BatchStep(job.number, len(items), job.item, "unchanged", record=record)
                else:
                    left.append(job)
            tidy(output, _progress_wanted(records.values(), left))
            new_folders = make_folders(output, [job.output_names[0] for job in left])
            try:
                yield from _run(left, items, engine, manifest, records)
            finally:
                remove_empty(new_folders)
        if all(record.status == "done" for record in records.values()):
            forget_work(output)


def _run(
    jobs: Sequence[Job], items: Sequence[BatchItem], engine: BatchEngine, manifest: ManifestWriter, records: dict[str, Record]
) -> Iterator[BatchStep]:
    by_number = {job.number: job for job in jobs}
    with closing(engine.run(jobs)) as steps:
        for step in steps:
            job = by_number[step.number]
            record = job.started() if step.phase == "started" else step.record
            if record is not None:
                manifest.add(record)
                records[job.item.name] = record
            yield BatchStep(
                step.number,
                len(items),
                job.item,
                step.phase,
                step=step.step,
                num_steps=step.num_steps,
                share=step.share,
                face=step.face,
                num_faces=step.num_faces,
                record=step.record,
            )
            if step.stop is not None:
                raise step.stop


def _is_unchanged(job: Job, record: Record) -> bool:
    """Whether an earlier run has done this job, and nothing that it depends on is otherwise now."""
    if record.status != "done" or record.settings != job.settings or record.output != job.output_names[0]:
        return False
    if not job.result.is_file():
        return False
    if job.config.keep_projects and (record.project != job.output_names[1] or not job.project.is_file()):
        return False
    try:
        with job.item.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == record.sha256
    except OSError:
        return False


def _progress_wanted(records: Iterable[Record], left: Iterable[Job]) -> set[str]:
    """The projections under way that somebody may go on with: of what this run does, and of what other runs have not done."""
    undone = {_short(record.item) for record in records if record.status != "done"}
    return undone | {job.progress.name for job in left}


def _short(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
