"""``latentedit data``: sets of drawn images with labels, to train and to judge networks with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import typer

from latentedit.cli.console import print_json, step_bar, tell
from latentedit.cli.laboratory import laboratory
from latentedit.cli.options import (
    DeviceOption,
    JsonFlag,
    ResolutionOption,
    SeedOption,
    require_file,
    require_folder,
    require_spared,
)
from latentedit.cli.store import open_store
from latentedit.defaults import DEFAULT_GENERATOR
from latentedit.edits.state import MAX_PSI
from latentedit.errors import Cancelled, UsageError

SUFFIX = ".zip"
ATTRIBUTES = "age,gender,smile,mouth_open,eyes_open,yaw,pitch,roll"
NO_ATTRIBUTES = "none"

app = typer.Typer(help="Draw sets of images with labels, for training.", no_args_is_help=True)
OutputOption = Annotated[Path, typer.Option("-o", "--output", metavar="OUT.zip", help="The zip of images with dataset.json.")]
CountOption = Annotated[int, typer.Option("--count", help="How many images.", min=1)]
SizeOption = Annotated[int, typer.Option("--size", help="Their width and height in pixels.", min=8, max=4096)]
ResumeFlag = Annotated[bool, typer.Option("--resume", help="Go on with what an interrupted run has left.")]


@app.command("faces")
def faces_command(
    output: OutputOption,
    count: CountOption = 1000,
    size: SizeOption = 256,
    seed: SeedOption = 0,
    attributes: Annotated[
        str, typer.Option(help="What is measured, by commas (see: latentedit directions attributes), or none.")
    ] = ATTRIBUTES,
    scorer: Annotated[
        list[str] | None, typer.Option("--scorer", help="Your own: FILE.py:CLASS or MODULE:CLASS. This runs its code.")
    ] = None,
    psi: Annotated[float, typer.Option(help="Truncation: 0 is the average face, 1 the whole variety.")] = 1.0,
    generator: Annotated[str, typer.Option(help="Which generator, by name or file.")] = DEFAULT_GENERATOR,
    resolution: ResolutionOption = None,
    device: DeviceOption = "auto",
    resume: ResumeFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Draw faces from a generator, with their latents and what is measured on them.

    Labels are degrees from 0 to 1: the probability of looking male, and otherwise the share of the set's faces that score less.
    """
    from latentedit.cli.scoring import more_scorers
    from latentedit.directions.scorers import load_scorers
    from latentedit.generators import load_generator, resolve_device

    require_output(output, [("generator", generator)])
    if not abs(psi) <= MAX_PSI:  # nor is NaN
        raise UsageError(f"The truncation psi must be a number from -{MAX_PSI:g} to {MAX_PSI:g}.")
    if resolution is not None:
        require_file(generator)
    wanted = [name.strip() for name in attributes.split(",") if name.strip()] if attributes != NO_ATTRIBUTES else []
    if len(set(wanted)) != len(wanted):
        raise UsageError("An attribute is named twice.")
    drawer = laboratory("data.faces")
    with open_store() as store, ExitStack() as closing:
        scorers = load_scorers(store, wanted, more=more_scorers(scorer, None, closing)) if wanted else []
        G = load_generator(generator, resolve_device(device), resolution, store=store)
        steps = drawer.draw_faces(
            G,
            path=output,
            count=count,
            size=size,
            seed=seed,
            scorers=scorers,
            attributes=wanted,
            truncation_psi=psi,
            resume=resume,
        )
        follow(steps, output)
    tell_result(output, as_json, {"kind": "faces", "generator": generator, "count": count, "size": size, "seed": seed})


@app.command("avatars")
def avatars_command(
    output: OutputOption,
    count: CountOption = 10_000,
    size: SizeOption = 64,
    seed: SeedOption = 0,
    style: Annotated[str, typer.Option(help="Which style; an unknown name tells those that there are.")] = "pixel-art",
    presence: Annotated[
        float, typer.Option(help="Chance of each part that may be missing, such as glasses.", min=0, max=1)
    ] = 0.3,
    resume: ResumeFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Draw cartoon avatars whose labels are exact (DiceBear's styles; latentedit[avatars])."""
    require_output(output)
    drawer = laboratory("data.avatars")
    follow(
        drawer.draw_avatars(path=output, count=count, size=size, seed=seed, style=style, presence=presence, resume=resume), output
    )
    tell_result(output, as_json, {"kind": "avatars", "style": style, "count": count, "size": size, "seed": seed})


@app.command("polygons")
def polygons_command(
    output: OutputOption,
    count: CountOption = 80_000,
    corners: Annotated[int, typer.Option(help="Of each polygon.", min=3, max=6)] = 3,
    seed: SeedOption = 0,
    resume: ResumeFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Draw grey polygons of 28 px, whose manifold is known (Lucic et al., 2018); `metrics --metrics triangles` measures against it."""
    require_output(output)
    drawer = laboratory("data.polygons")
    follow(drawer.draw_polygons(path=output, count=count, corners=corners, seed=seed, resume=resume), output)
    tell_result(output, as_json, {"kind": "polygons", "corners": corners, "count": count, "size": 28, "seed": seed})


@app.command("samples")
def samples_command(
    run: Annotated[
        Path, typer.Argument(metavar="RUN", help="A training run's folder, or one of its checkpoints.", readable=False)
    ],
    output: OutputOption,
    count: CountOption = 1000,
    seed: SeedOption = 0,
    device: DeviceOption = "auto",
    resume: ResumeFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Draw samples of a training run, by its averaged weights where it has any."""
    from latentedit.generators import resolve_device

    require_output(output)
    drawer = laboratory("reopening")
    follow(drawer.draw_run(run, path=output, count=count, seed=seed, device=resolve_device(device), resume=resume), output)
    tell_result(output, as_json, {"kind": "samples", "run": str(run), "count": count, "seed": seed})


def require_output(path: Path, inputs: list[tuple[str, str | Path | None]] | None = None) -> None:
    """Fail before the work when the zip cannot be written.

    Raises:
        UsageError: it is not named as a zip, or would overwrite an input.
        StorageError: its folder is missing.
    """
    if path.suffix.lower() != SUFFIX:
        raise UsageError(f"{path.name} is no name for a set of images.", hint=f"End it with {SUFFIX}.")
    require_folder(path)
    require_spared(path, inputs or ())


def follow(steps: Iterator[Any], output: Path) -> None:
    """Go through a drawing with a progress bar.

    Raises:
        Cancelled: it was interrupted.
    """
    done = total = 0
    try:
        with step_bar() as bar:
            task = bar.add_task("drawing", total=None)
            for step in steps:
                done, total = step.number, step.total
                bar.update(task, total=total, completed=done, description=step.phase)
    except KeyboardInterrupt as error:
        hint = "The same command with --resume goes on."
        raise Cancelled(f"Stopped after {done} of {total or 'the'} images of {output}.", hint=hint) from error


def tell_result(output: Path, as_json: bool, about: dict[str, Any]) -> None:
    """Say what was written."""
    if as_json:
        print_json({"output": str(output), **about})
    else:
        size = f" of {about['size']} px" if "size" in about else ""
        tell(f"wrote {output}: {about['count']} images{size}")
