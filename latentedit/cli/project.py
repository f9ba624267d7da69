"""``latentedit project``: a photograph's faces into the latent space."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from latentedit.cli.console import print_json, tell
from latentedit.cli.options import (
    DeviceOption,
    JsonFlag,
    PresetOption,
    ResolutionOption,
    SeedOption,
    SquareOption,
    chosen_faces,
    is_project,
    parse_square,
    refuse_folder,
    require_different,
    require_folder,
    require_picture,
    require_project,
)
from latentedit.cli.projecting import engine_for, opened, run_projection
from latentedit.cli.store import open_store
from latentedit.defaults import DEFAULT_GENERATOR
from latentedit.errors import ProjectFileError, UsageError
from latentedit.kept_projection import forget_progress
from latentedit.session_report import measured

if TYPE_CHECKING:
    from latentedit.session import Session


def project_command(
    photo: Annotated[Path, typer.Argument(metavar="PHOTO", help="The photograph, or a project that holds it.", readable=False)],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The project; beside the photograph by default.")] = None,
    face: Annotated[str, typer.Option(help="largest, all, or a number from 0.")] = "largest",
    preset: PresetOption = "balanced",
    method: Annotated[str, typer.Option(help="auto, stylegan2 or image2stylegan.")] = "auto",
    space: Annotated[str, typer.Option(help="w or w_plus.")] = "w_plus",
    generator: Annotated[str | None, typer.Option(help=f"Which generator; {DEFAULT_GENERATOR}, or the project's own.")] = None,
    resolution: ResolutionOption = None,
    square: SquareOption = None,
    steps: Annotated[int | None, typer.Option(help="So many steps, instead of the preset's.")] = None,
    seed: SeedOption = 0,
    device: DeviceOption = "auto",
    preview: Annotated[Path | None, typer.Option(help="Write photograph and reconstruction side by side.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write the figures as JSON.")] = None,
    keep_edits: Annotated[
        bool, typer.Option("--keep-edits", help="Project again in the project that is there, with its edits and its other faces.")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Replace a project that is there, and lose its edits.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Find the latents that draw a photograph's faces, and write a .ledit project.

    A project that is there already and has edits is not replaced, unless --keep-edits or --replace say what becomes of them.
    """
    refuse_folder(photo)
    target = output or photo.with_suffix(".ledit")
    for path in (target, preview, report):
        if path is not None:
            require_folder(path)
    if preview is not None:
        require_picture(preview)
    require_project(target)
    if output is None and is_project(photo):
        raise UsageError(
            f"{photo.name} is named as a project.", hint="To project its photograph again, name another file with -o."
        )
    if is_project(photo) and (generator is not None or resolution is not None):
        raise UsageError(
            "A project keeps the generator that it was made with.",
            hint="Leave --generator and --resolution out, or project the photograph.",
        )
    frame = parse_square(square)
    if keep_edits and (replace or frame is not None or is_project(photo)):
        raise _kept_in_vain(replace=replace, square=frame is not None)
    require_different({"photograph": photo, "project": target, "preview": preview, "report": report})
    goes_on = _goes_on(photo, target, generator, resolution) if keep_edits else False
    if not (goes_on or replace):
        _require_no_edits(target)
    with open_store() as store:
        from latentedit.report import Judges

        name = generator or DEFAULT_GENERATOR
        engine = engine_for(name, resolution, device, store)
        session = opened(target if goes_on else photo, name, engine, store, frame)
        indices = chosen_faces(session, face)
        judges = Judges.load(store, session.generator.device)
        faces = []
        for index in indices:
            run_projection(session, index, target, preset=preset, method=method, space=space, steps=steps, seed=seed, store=store)
            faces.append(measured(session, index, judges))
        session.save(target)
        forget_progress(target)
        document = {
            "photo": str(photo),
            "generator": session.generator.spec.name,
            "preset": preset,
            "device": str(session.generator.device),
            "seed": seed,
            "output": str(target),
            "faces": faces,
        }
        if preview is not None:
            write_preview(session, faces, preview)
    if report is not None:
        import json

        from latentedit.atomic_file import replacing

        with replacing(report) as file:
            file.write(json.dumps(document, indent=2).encode())
    if as_json:
        print_json(document)
    else:
        for figures in faces:
            alike = f"identity {figures['identity_distance']:.2f}, " if "identity_distance" in figures else ""
            summary = f"LPIPS {figures['lpips_alex']:.3f}, {alike}{figures['seconds']:.0f} s"
            tell(f"face {figures['index']}: {summary}")
        tell(f"wrote {target}")


def _kept_in_vain(*, replace: bool, square: bool) -> UsageError:
    """The error for ``--keep-edits`` where it can mean nothing."""
    if replace:
        return UsageError("--keep-edits and --replace exclude each other.", hint="Choose one of them.")
    if square:
        return UsageError("Edits belong to the squares that they were made on.", hint="Leave --square or --keep-edits out.")
    return UsageError("--keep-edits is for photographs.", hint="Leave it out: a project that is projected again keeps its edits.")


def _goes_on(photo: Path, target: Path, generator: str | None, resolution: int | None) -> bool:
    """Whether there is a project to go on with; it is of this very photograph, and its generator is the one that is asked for.

    Raises:
        UsageError: it is not.
        ProjectFileError, PhotoError: the project or the photograph cannot be read.
    """
    from latentedit.images import open_photo
    from latentedit.project_file import load_project

    if not target.exists():
        return False
    project = load_project(target)
    if project.photo_data != open_photo(photo).data:
        raise UsageError(f"{target.name} holds another photograph.", hint="Name another file with -o, or give --replace.")
    made_with = project.generator
    if made_with is not None and generator is not None and made_with.name not in (generator, str(Path(generator).resolve())):
        raise UsageError(
            f"{target.name} was made with the generator {made_with.name}.", hint="Leave --generator out, or give --replace."
        )
    if made_with is not None and resolution not in (None, made_with.img_resolution):
        raise UsageError(
            f"{target.name} was made with images of {made_with.img_resolution} pixels.",
            hint="Leave --resolution out, or give --replace.",
        )
    return True


def _require_no_edits(target: Path) -> None:
    """Fail before the work when edits would be lost.

    Raises:
        UsageError: there is a project with edits, or something that cannot be read as one.
    """
    from latentedit.project_file import load_project
    from latentedit.unedited import has_edits

    if not target.exists():
        return
    try:
        edited = has_edits(load_project(target))
    except ProjectFileError as error:
        raise UsageError(
            f"{target} is there, and may hold edits: {error}", hint="Name another file with -o, or give --replace."
        ) from error
    if edited:
        raise UsageError(
            f"{target} is there, and has edits.", hint="Give --keep-edits or --replace, or name another file with -o."
        )


def write_preview(session: Session, faces: list[dict[str, object]], path: Path) -> None:
    """Each projected face's photograph beside its reconstruction, one row a face."""
    import numpy as np

    from latentedit.images import save_image, to_uint8

    size = session.generator.img_resolution
    rows = []
    for figures in faces:
        index = cast(int, figures["index"])
        photograph = to_uint8(session.face(index).face.crop(size))
        rows.append(np.concatenate([photograph, np.asarray(session.render_face(index))], axis=1))
    save_image(path, np.concatenate(rows, axis=0), mark_ai=True)
