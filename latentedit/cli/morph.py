"""``latentedit morph``: a film from face to face, or along a direction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from latentedit.cli.console import print_json, step_bar, tell
from latentedit.cli.options import (
    DeviceOption,
    JsonFlag,
    NoMarkFlag,
    refuse_folder,
    require_different,
    require_folder,
    require_photograph_spared,
    require_spared,
)
from latentedit.cli.store import open_store
from latentedit.errors import CheckpointError, UsageError
from latentedit.requested_edits import parse_assignment

if TYPE_CHECKING:
    from latentedit.generators import Generator
    from latentedit.morph import Frame, Station
    from latentedit.session import Session

MAX_FRAMES = 10_000
DEFAULT_SIZE = 512


def morph_command(
    projects: Annotated[
        list[Path], typer.Argument(metavar="PROJECT...", help="Two .ledit projects or more; one with --sweep.", readable=False)
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="An .mp4, .gif or .webp.")],
    frames: Annotated[int, typer.Option(help="How many frames in all.", min=2, max=MAX_FRAMES)] = 60,
    fps: Annotated[float, typer.Option(help="Frames a second.")] = 30.0,
    size: Annotated[
        int | None, typer.Option(help=f"Side of the frames in pixels; {DEFAULT_SIZE}, or the generator's where that is less.")
    ] = None,
    path: Annotated[str, typer.Option(help="spline: no corners at the faces; slerp: arcs around the average.")] = "spline",
    loop: Annotated[bool, typer.Option("--loop", help="Come back to the first face.")] = False,
    sweep: Annotated[
        str | None, typer.Option(help="NAME=FROM:TO, along a direction of one project: yaw=-3:3 is a turntable.")
    ] = None,
    device: DeviceOption = "auto",
    no_mark: NoMarkFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Draw a film through the edited faces of projects."""
    from latentedit.animation import require_animation, write_animation
    from latentedit.morph import film

    require_folder(output)
    require_animation(output, frames=frames, size=size or DEFAULT_SIZE, fps=fps)
    for project in projects:
        refuse_folder(project)
        require_different({"project": project, "film": output})
    if (sweep is None) == (len(projects) < 2):
        raise UsageError("A film needs two projects, or one and --sweep.", hint="For example: --sweep yaw=-3:3.")
    if sweep is not None:
        require_spared(output, [("direction", parse_sweep(sweep)[0])])
    with open_store() as store:
        from latentedit.engine import Engine
        from latentedit.generators import resolve_device
        from latentedit.session import Session

        engine = Engine(str(resolve_device(device)), store=store)
        sessions = [Session.open(project, engine=engine) for project in projects]
        for session in sessions:
            require_photograph_spared(output, session)
            first_projected(session)
        generator = common_generator(sessions)
        stations = swept(sessions[0], *parse_sweep(sweep)) if sweep is not None else [station(session) for session in sessions]
        side = size or min(DEFAULT_SIZE, generator.img_resolution)
        steps = film(generator, stations, frames=frames, size=side, kind=cast(Any, path), loop=loop)
        write_animation(output, watched(steps), fps=fps, mark_ai=not no_mark)
    if as_json:
        print_json({"projects": [str(project) for project in projects], "output": str(output), "frames": frames, "fps": fps})
    else:
        tell(f"wrote {output}")


def watched(steps: Iterator[Frame]) -> Iterator[Any]:
    """The frames' pixels, with a progress bar."""
    with step_bar() as bar:
        task = bar.add_task("drawing", total=None)
        for frame in steps:
            bar.update(task, total=frame.total, completed=frame.number)
            yield frame.rgb_uint8


def common_generator(sessions: list[Session]) -> Generator:
    """The generator of all sessions.

    Raises:
        CheckpointError: they have different ones.
    """
    generators = [session.generator for session in sessions]
    if len({generator.spec.weights_hash for generator in generators}) > 1:
        raise CheckpointError(
            "The projects were made with different generators.", hint="Project the photographs with the same generator."
        )
    return generators[0]


def station(session: Session) -> Station:
    """The first projected face of a session with its edits; masks do not apply, since a film is drawn from latents alone.

    Raises:
        UsageError: no face is projected.
    """
    import torch

    from latentedit.morph import Station

    index = first_projected(session)
    latents = session.face(index).projected()
    delta = {name: torch.tensor(array) for name, array in latents.weight_delta.items()}
    noise = session.engine.drawn_with(session.generator, latents)[1]
    if session.state.face(index).noise_mode == "none":
        noise = [torch.zeros_like(part) for part in session.generator.noise_buffers()]
    return Station(session.edited_latent(index), delta, noise)


def first_projected(session: Session) -> int:
    """The index of the first face that is projected.

    Raises:
        UsageError: none is.
    """
    for index, face in enumerate(session.faces):
        if face.latents is not None:
            return index
    raise UsageError(f"{session.photo.name} has no projected face.", hint="Project it first: latentedit project PHOTO.")


def swept(session: Session, name: str, first: float, last: float) -> list[Station]:
    """The ends of a way along a direction.

    Raises:
        UsageError, DirectionError: no face is projected, or there is no such direction.
    """
    from latentedit.directions import load_direction

    here = station(session)
    direction = session.own_directions.get(name) or load_direction(name, session.generator)
    return [replace(here, w_plus=direction.apply(here.w_plus, amount)) for amount in (first, last)]


def parse_sweep(text: str) -> tuple[str, float, float]:
    """``"yaw=-3:3"`` -> ``("yaw", -3.0, 3.0)``.

    Raises:
        UsageError: it is none.
    """
    name, sign, amounts = text.rpartition("=")
    first, colon, last = amounts.partition(":")
    if not (sign and colon):
        raise UsageError(f"{text} is no sweep.", hint="Write NAME=FROM:TO, for example --sweep yaw=-3:3.")
    low, high = (parse_assignment(f"{name}={amount}") for amount in (first, last))
    if low.region is not None or high.region is not None:
        raise UsageError("A film shows the whole face.", hint="Leave the region out: --sweep yaw=-3:3.")
    return name, low.amount, high.amount
