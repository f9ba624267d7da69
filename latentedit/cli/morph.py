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
from latentedit.edits import EditMask
from latentedit.errors import CheckpointError, UsageError
from latentedit.face_choice import projected_face, split_face
from latentedit.requested_edits import known_direction, parse_assignment

if TYPE_CHECKING:
    from latentedit.generators import Generator
    from latentedit.morph import Frame, Station
    from latentedit.session import Session

MAX_FRAMES = 10_000
DEFAULT_SIZE = 512


def morph_command(
    projects: Annotated[
        list[Path],
        typer.Argument(
            metavar="PROJECT...",
            help="Two .ledit projects or more, one with --sweep: the first projected face of each, or of FILE.ledit#N face N.",
            readable=False,
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="An .mp4, .gif or .webp.")],
    frames: Annotated[int, typer.Option(help="How many frames in all.", min=2, max=MAX_FRAMES)] = 60,
    fps: Annotated[float, typer.Option(help="Frames a second.")] = 30.0,
    size: Annotated[
        int | None,
        typer.Option(
            help=f"Side of the frames in pixels, even for .mp4; {DEFAULT_SIZE}, or the generator's where that is less. With --whole the longer "
            "side; the photograph's own."
        ),
    ] = None,
    path: Annotated[str, typer.Option(help="spline: no corners at the faces; slerp: arcs around the average.")] = "spline",
    loop: Annotated[bool, typer.Option("--loop", help="Come back to the first face.")] = False,
    sweep: Annotated[
        str | None, typer.Option(help="NAME=FROM:TO, along a direction of one project: yaw=-3:3 is a turntable.")
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="With --sweep: every frame is the whole edited photograph, not the face alone.")
    ] = False,
    device: DeviceOption = "auto",
    no_mark: NoMarkFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Draw a film through the edited faces of projects."""
    from latentedit.animation import require_animation, write_animation
    from latentedit.image_io import xmp

    require_folder(output)
    require_animation(output, frames=frames, size=1 if whole else size or DEFAULT_SIZE, fps=fps)
    _require_fitting(output, size, path, sweep, whole=whole)
    chosen = [_path_and_face(project) for project in projects]
    for project, _ in chosen:
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
        sessions = [Session.open(project, engine=engine) for project, _ in chosen]
        for session in sessions:
            require_photograph_spared(output, session)
        faces = [
            projected_face(session.faces, face, project.name) for session, (project, face) in zip(sessions, chosen, strict=True)
        ]
        if whole and sweep is not None:
            pictures = whole_frames(sessions[0], faces[0], sweep, output, frames=frames, fps=fps, size=size, loop=loop)
        else:
            pictures = face_frames(sessions, faces, sweep, frames=frames, size=size, path=path, loop=loop)
        source_type = xmp.EDITED if whole else xmp.GENERATED
        write_animation(output, watched(pictures), fps=fps, mark_ai=not no_mark, source_type=source_type)
    if as_json:
        print_json({"projects": [str(project) for project in projects], "output": str(output), "frames": frames, "fps": fps})
    else:
        tell(f"wrote {output}")


def _path_and_face(named: Path) -> tuple[Path, int | None]:
    path, face = split_face(str(named))
    return (named, None) if path is None else (path, face)


def _require_fitting(output: Path, size: int | None, path: str, sweep: str | None, *, whole: bool) -> None:
    """Fail where options do not go together, or the kind of film cannot have that size.

    Raises:
        UsageError: they do not, or it cannot.
    """
    from latentedit.animation import needs_even_sides

    if whole and sweep is None:
        raise UsageError("--whole is for films along a direction.", hint="Name one: --sweep yaw=-3:3.")
    if whole and path != "spline":
        raise UsageError("--path is for films of faces alone.", hint="Leave out --path, or --whole.")
    if size is not None and size % 2 and needs_even_sides(output):
        raise UsageError(
            f"An {output.suffix} film has an even number of pixels each way, not {size}.",
            hint=f"Give --size {size - 1} or {size + 1}.",
        )


def face_frames(
    sessions: list[Session], faces: list[int], sweep: str | None, *, frames: int, size: int | None, path: str, loop: bool
) -> Iterator[Frame]:
    """Faces alone, from one to the other or along a direction.

    Raises:
        CheckpointError: the sessions have different generators.
        UsageError, DirectionError: there is no such direction or kind of path.
    """
    from latentedit.morph import film

    generator = common_generator(sessions)
    if sweep is not None:
        stations = swept(sessions[0], faces[0], *parse_sweep(sweep))
    else:
        stations = [station(session, face) for session, face in zip(sessions, faces, strict=True)]
    side = size or min(DEFAULT_SIZE, generator.img_resolution)
    return film(generator, stations, frames=frames, size=side, kind=cast(Any, path), loop=loop)


def whole_frames(
    session: Session, face: int, sweep: str, output: Path, *, frames: int, fps: float, size: int | None, loop: bool
) -> Iterator[Frame]:
    """The whole photograph while one face goes along a direction.

    Raises:
        UsageError, DirectionError: there is no such direction, or so many frames of that size do not fit the kind of film.
    """
    from latentedit.animation import needs_even_sides, require_animation
    from latentedit.photo_film import frame_size, photo_film

    wanted = frame_size(session.photo.size, size, even=needs_even_sides(output))
    require_animation(output, frames=frames, size=wanted, fps=fps)
    name, first, last = parse_sweep(sweep)
    direction, region = known_direction(session, name)
    usual = EditMask(region) if region and session.face(face).regions.known else None
    return photo_film(session, face, direction, (first, last), frames=frames, size=wanted, loop=loop, usual=usual)


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


def station(session: Session, index: int) -> Station:
    """A projected face of a session with its edits; masks do not apply, since a film is drawn from latents alone.

    Raises:
        UsageError: it is not projected.
    """
    import torch

    from latentedit.morph import Station

    latents = session.face(index).projected()
    delta = {name: torch.tensor(array) for name, array in latents.weight_delta.items()}
    noise = session.engine.drawn_with(session.generator, latents)[1]
    if session.state.face(index).noise_mode == "none":
        noise = [torch.zeros_like(part) for part in session.generator.noise_buffers()]
    return Station(session.edited_latent(index), delta, noise)


def swept(session: Session, index: int, name: str, first: float, last: float) -> list[Station]:
    """The ends of a face's way along a direction.

    Raises:
        UsageError, DirectionError: it is not projected, or there is no such direction.
    """
    from latentedit.directions import load_direction

    here = station(session, index)
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
    try:
        low, high = (parse_assignment(f"{name}={amount}") for amount in (first, last))
    except UsageError as error:
        raise UsageError(f"{text} is no sweep: {error}", hint="Write NAME=FROM:TO, for example --sweep yaw=-3:3.") from error
    if low.region is not None or high.region is not None:
        raise UsageError("A film shows the whole face.", hint="Leave the region out: --sweep yaw=-3:3.")
    return name, low.amount, high.amount
