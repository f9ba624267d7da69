"""``latentedit batch``: many photographs, each edited into a file of its own."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast, get_args

import typer
from rich.progress import Progress, TaskID

from latentedit.cli.console import print_json, print_table, printable, step_bar, tell
from latentedit.cli.edit_options import CrossOption, MixOption, ModeOption, SetOption, VaryOption
from latentedit.cli.options import (
    DeviceOption,
    JsonFlag,
    NoMarkFlag,
    PresetOption,
    ResolutionOption,
    SeedOption,
    require_file,
    require_parent,
)
from latentedit.cli.store import open_store
from latentedit.defaults import DEFAULT_GENERATOR
from latentedit.edits import Region
from latentedit.edits.edit import MAX_FEATHER
from latentedit.errors import Cancelled, InputError, ResourceError, UsageError
from latentedit.face_choice import split_face
from latentedit.requested_crosses import parse_parent
from latentedit.requested_edits import Assignment, parse_assignment
from latentedit.requested_masks import MASK_HELP, Masking, parse_masking
from latentedit.requested_mixes import Mix, parse_mix
from latentedit.requested_variations import parse_variation

if TYPE_CHECKING:
    from latentedit.assets import AssetStore
    from latentedit.batch import BatchEngine, BatchStep, Record

ENGINES = ("local", "ray")
MAX_ROWS = 40
"""Longer tables tell only of failures; the manifest has everything."""
BUG_EXIT_CODE = 1


def batch_command(
    inputs: Annotated[
        list[Path], typer.Argument(metavar="INPUTS...", help="Photographs, .ledit projects, and folders of them.", readable=False)
    ],
    folder: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="A new folder for the results.")],
    settings: SetOption = None,
    mixes: MixOption = None,
    crosses: CrossOption = None,
    variations: VaryOption = None,
    face: Annotated[str | None, typer.Option(help="largest, all, or a number from 0; all, with --crop the largest.")] = None,
    mode: ModeOption = None,
    mask: Annotated[str | None, typer.Option("--mask", help=f"{MASK_HELP} A FILE fits photographs of its size.")] = None,
    invert_mask: Annotated[bool, typer.Option("--invert-mask", help="Everything but that.")] = False,
    feather: Annotated[
        float | None, typer.Option(help="Softness of the mask's edge, a share of the face's square.", min=0, max=MAX_FEATHER)
    ] = None,
    crop: Annotated[bool, typer.Option("--crop", help="Write the face alone at the generator's size.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Do again only what is missing, failed, or made otherwise.")] = False,
    recursive: Annotated[bool, typer.Option("-r", "--recursive", help="Look into the folders' folders.")] = False,
    format: Annotated[
        str | None, typer.Option(help="Kind of the results: png, jpg, webp, tif...; the photograph's own by default.")
    ] = None,
    suffix: Annotated[str, typer.Option(help="Added to the results' names: --suffix=-smiling.")] = "",
    keep_projects: Annotated[bool, typer.Option("--keep-projects", help="Write a .ledit beside each result.")] = False,
    preset: PresetOption = "balanced",
    steps: Annotated[int | None, typer.Option(help="So many steps, instead of the preset's.")] = None,
    seed: SeedOption = 0,
    generator: Annotated[str, typer.Option(help="Which generator, for photographs.")] = DEFAULT_GENERATOR,
    resolution: ResolutionOption = None,
    device: DeviceOption = "auto",
    engine: Annotated[
        str, typer.Option(help="local: this process; ray: the workers of a Ray cluster (latentedit[ray]).")
    ] = "local",
    workers: Annotated[int | None, typer.Option(help="How many Ray workers.", min=1)] = None,
    ray_address: Annotated[
        str | None, typer.Option(help="An existing cluster; RAY_ADDRESS, or else one is started on this machine.")
    ] = None,
    no_mark: NoMarkFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Project and edit many photographs; one that fails stops none of the others. There is no --drag: its pixels would be other ones in each."""
    if engine not in ENGINES:
        raise UsageError(f"There is no engine {engine}.", hint=f"Choose {' or '.join(ENGINES)}.")
    if engine == "local" and (workers is not None or ray_address is not None):
        raise UsageError("--workers and --ray-address are of --engine ray.", hint="Add --engine ray.")
    require_parent(folder)
    if resolution is not None:
        require_file(generator)
    edits = tuple(parse_assignment(text) for text in settings or ())
    parsed_mixes = tuple(parse_mix(text) for text in mixes or ())
    masking = parse_masking(mask, invert_mask, feather)
    parents = tuple(parse_parent(text) for text in crosses or ())
    varied = tuple(parse_variation(text) for text in variations or ())
    from latentedit.batch import BatchConfig, find_items, run_batch

    config = BatchConfig(
        edits=tuple(_absolute_edit(edit) for edit in edits),
        mixes=tuple(_absolute_mix(mix) for mix in parsed_mixes),
        mode=cast(Any, mode),
        masking=_absolute_masking(masking),
        face=face or ("largest" if crop else "all"),
        crop=crop,
        generator=_absolute_generator(generator),
        resolution=resolution,
        preset=preset,
        steps=steps,
        seed=seed,
        format=format,
        suffix=suffix,
        mark_ai=not no_mark,
        keep_projects=keep_projects,
        parents=tuple(replace(parent, source=_absolute_source(parent.source)) for parent in parents),
        variations=tuple(wanted._replace(region=_absolute_region(wanted.region)) for wanted in varied),
    )
    items = find_items(inputs, folder, recursive=recursive)
    tally = Tally(len(items))
    stopped: Cancelled | ResourceError | None = None
    with open_store() as store:
        runner = _engine(engine, device, store, workers, ray_address)
        shown = Shown(step_bar())
        try:
            with shown.bar:
                for step in run_batch(config, items, folder, runner, resume=resume):
                    shown.show(step)
                    tally.count(step)
        except KeyboardInterrupt:
            hint = "What is done is kept; the same command with --resume goes on."
            stopped = Cancelled(f"Stopped after {tally.num_done} of {len(items)}.", hint=hint)
        except ResourceError as error:
            if not tally.records:  # nothing was begun: there is nothing to sum up
                raise
            stopped = error
    if as_json:
        print_json(tally.document(folder))
    else:
        tally.print_table()
        tell(f"{tally.summary()}; {folder}")
    tally.tell_notes()
    if stopped is not None:
        raise stopped
    tally.raise_failures()


class Tally:
    """What became of the items, for the table and the document at the end."""

    def __init__(self, num_items: int) -> None:
        self.num_items = num_items
        self.records: dict[int, Record] = {}
        self._unchanged: set[int] = set()
        self._began = time.monotonic()

    def count(self, step: BatchStep) -> None:
        """Take note of a step."""
        if step.record is not None:
            self.records[step.number] = step.record
            if step.phase == "unchanged":
                self._unchanged.add(step.number)

    @property
    def num_done(self) -> int:
        """How many are done, by this run or an earlier one."""
        return sum(record.status == "done" for record in self.records.values())

    def status(self, number: int) -> str:
        """``done``, ``failed``, or ``skipped`` for what an earlier run has done."""
        return "skipped" if number in self._unchanged else self.records[number].status

    def counts(self) -> dict[str, int]:
        """How many items there are of each status, and how many are left."""
        statuses = [self.status(number) for number in self.records]
        named = {status: statuses.count(status) for status in ("done", "skipped", "failed")}
        return {**named, "left": self.num_items - len(self.records)}

    def summary(self) -> str:
        """The counts in a line."""
        told = [f"{count} {status}" for status, count in self.counts().items() if count or status == "done"]
        return f"{', '.join(told)} in {time.monotonic() - self._began:.0f} s"

    def document(self, folder: Path) -> dict[str, Any]:
        """What ``--json`` prints."""
        from latentedit.batch import MANIFEST_NAME

        return {
            "output": str(folder),
            "manifest": str(folder / MANIFEST_NAME),
            **self.counts(),
            "seconds": round(time.monotonic() - self._began, 2),
            "items": [{**record.to_json(), "status": self.status(number)} for number, record in sorted(self.records.items())],
        }

    def print_table(self) -> None:
        """One row an item, only failures where there are many; and why these failed, in lines as long as they need."""
        rows = sorted(self.records.items())
        failed = [(number, record) for number, record in rows if record.status == "failed"]
        if len(rows) > MAX_ROWS:
            rows = failed
        if rows:
            cells = [self._row(number, record) for number, record in rows]
            told = [name for name in cells[0] if any(row[name] for row in cells)]
            print_table("latentedit batch", told, [[row[name] for name in told] for row in cells])
        for _, record in failed:
            typer.echo(f"{printable(record.item)}: {printable(record.error)}")

    def tell_notes(self) -> None:
        """One line for all results of which the same should be known."""
        notes = Counter(note for record in self.records.values() for note in record.notes)
        for note, count in notes.items():
            tell(f"{count} of {self.num_items}: {note}")

    def _row(self, number: int, record: Record) -> dict[str, str]:
        cells: dict[str, object] = {
            "item": record.item,
            "status": self.status(number),
            "faces": len(record.faces) or "",
            "LPIPS": _worst(record.faces, "lpips_alex"),
            "identity": _worst(record.faces, "identity_distance"),
            "seconds": f"{record.seconds:.1f}",
        }
        return {name: str(cell) for name, cell in cells.items()}

    def raise_failures(self) -> None:
        """End with the exit code of what failed.

        Raises:
            InputError: photographs could not be used.
            typer.Exit: some failed by a bug.
        """
        failed = [record for record in self.records.values() if record.status == "failed"]
        if not failed:
            return
        message = f"{len(failed)} of {self.num_items} could not be done."
        hints = list(dict.fromkeys(record.hint for record in failed if record.hint))
        hint = (
            hints[0]
            if len(hints) == 1
            else "See the reasons above; the manifest has them with hints. --resume tries these again."
        )
        error = InputError(message, hint=hint)
        if any(record.bug for record in failed):
            error.exit_code = BUG_EXIT_CODE
        raise error


class Shown:
    """A bar for the whole batch, one for each item that is worked on, and a line for each failure."""

    def __init__(self, bar: Progress) -> None:
        from latentedit.batch import Tempo

        self.bar = bar
        self._whole: TaskID | None = None
        self._items: dict[int, TaskID] = {}
        self._tempo = Tempo()

    def show(self, step: BatchStep) -> None:
        """Show a step."""
        if self._whole is None:
            self._whole = self.bar.add_task("photographs", total=step.num_items)
        self._tempo.count(step)
        if step.record is not None:
            self._end(step, step.record)
            return
        if step.number not in self._items:
            self._items[step.number] = self.bar.add_task("", total=None)
        which = f" face {step.face + 1} of {step.num_faces}" if step.num_faces > 1 else ""
        name = f"{printable(step.item.name)} ({self._tempo.num_ended + 1} of {step.num_items}): {step.phase}{which}"
        self.bar.update(self._items[step.number], description=name, total=step.num_steps or None, completed=step.step)
        self.bar.update(self._whole, completed=self._tempo.fraction * step.num_items)

    def _end(self, step: BatchStep, record: Record) -> None:
        task = self._items.pop(step.number, None)
        if task is not None:
            self.bar.remove_task(task)
        if record.status == "failed":
            tell(f"{record.item}: {record.error}", style="red")
        assert self._whole is not None
        told = f"{self._tempo.num_ended} of {step.num_items} photographs"
        self.bar.update(self._whole, description=told, completed=self._tempo.fraction * step.num_items)


def _engine(name: str, device: str, store: AssetStore, workers: int | None, address: str | None) -> BatchEngine:
    from latentedit.batch import LocalEngine, Workbench

    if name == "local":
        return LocalEngine(Workbench(device, store))
    from latentedit.batch.on_ray import RayEngine

    return RayEngine(device, store, workers=workers, address=address or os.environ.get("RAY_ADDRESS") or None)


def _worst(faces: Sequence[Mapping[str, Any]], figure: str) -> str:
    """The largest of a figure over the faces, as text; empty when it was not measured, or no measuring succeeded."""
    known = [face[figure] for face in faces if face.get(figure) is not None]
    return f"{max(known):.3f}" if known else ""


def _absolute_edit(edit: Assignment) -> Assignment:
    return edit._replace(name=_absolute(edit.name), region=_absolute_region(edit.region))


def _absolute_mix(mix: Mix) -> Mix:
    return Mix(_absolute_source(mix.source), mix.layers, mix.amount)


def _absolute_source(source: str) -> str:
    path, face = split_face(source)
    if path is None:
        return source
    return str(path.absolute()) if face is None else f"{path.absolute()}#{face}"


def _absolute_masking(masking: Masking) -> Masking:
    return masking._replace(region=_absolute_region(masking.region))


def _absolute_generator(name_or_path: str) -> str:
    """A checkpoint by its whole path; a generator's name as it is."""
    from latentedit.generators import generator_entries

    is_file = name_or_path not in generator_entries() and Path(name_or_path).is_file()
    return str(Path(name_or_path).absolute()) if is_file else name_or_path


def _absolute(name: str) -> str:
    """A file's whole path, since workers run in other folders; any other name as it is."""
    from latentedit.directions.loading import split_pick

    path, which = split_pick(name)
    if path is None or not path.suffix:
        return name
    return str(path.absolute()) if which is None else f"{path.absolute()}:{which}"


def _absolute_region(region: str | None) -> str | None:
    """A mask's file by its whole path; a region, also one that a project's painted masks have, by its name."""
    if region is None or region in get_args(Region) or not Path(region).is_file():
        return region
    return str(Path(region).absolute())
