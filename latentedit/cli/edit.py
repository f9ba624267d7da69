"""``latentedit edit``: change a face and write the photograph."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from latentedit.cli.console import errors, print_json
from latentedit.cli.masking import MASK_HELP, PaintedMasks, apply_masking, parse_masking
from latentedit.cli.mixing import Mix, layers_of, parse_mix, source_of
from latentedit.cli.options import (
    Assignment,
    DeviceOption,
    JsonFlag,
    NoMarkFlag,
    PresetOption,
    SeedOption,
    chosen_faces,
    is_project,
    parse_assignment,
    refuse_folder,
    require_different,
    require_folder,
    require_picture,
)
from latentedit.cli.projecting import forget_progress, opened, run_projection
from latentedit.cli.store import open_store
from latentedit.defaults import DEFAULT_GENERATOR
from latentedit.edits import CompositingMode, Region
from latentedit.edits.edit import MAX_FEATHER
from latentedit.errors import UsageError

if TYPE_CHECKING:
    from latentedit.session import Session

MODES = get_args(CompositingMode)
SET_HELP = f"NAME=AMOUNT or FILE=AMOUNT, as often as you like; NAME=AMOUNT@REGION only there: {', '.join(get_args(Region))}, or a mask's FILE as for --mask."


def edit_command(
    source: Annotated[
        Path, typer.Argument(metavar="INPUT", help="A .ledit project, or a photograph (projected first).", readable=False)
    ],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="A picture, or a .ledit project.")] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", help=SET_HELP)] = None,
    mixes: Annotated[
        list[str] | None,
        typer.Option(
            "--mix",
            help="SOURCE:LAYERS[:AMOUNT]. SOURCE: seed:N, face:N, or a .ledit; LAYERS: all, coarse, middle, fine, or numbers as 0-3,7.",
        ),
    ] = None,
    face: Annotated[str, typer.Option(help="largest, all, or a number from 0.")] = "all",
    mode: Annotated[
        str | None,
        typer.Option(
            help="residual: add what changed; seamless: the drawing in the colours around it; replace: the drawing itself. The project's own, or residual."
        ),
    ] = None,
    mask: Annotated[str | None, typer.Option("--mask", help=MASK_HELP)] = None,
    invert_mask: Annotated[bool, typer.Option("--invert-mask", help="Everything but that.")] = False,
    feather: Annotated[
        float | None, typer.Option(help="Softness of the mask's edge, a share of the face's square.", min=0, max=MAX_FEATHER)
    ] = None,
    crop: Annotated[bool, typer.Option("--crop", help="Write the face alone at the generator's size.")] = False,
    preset: PresetOption = "balanced",
    seed: SeedOption = 0,
    device: DeviceOption = "auto",
    generator: Annotated[str | None, typer.Option(help=f"Which generator, for a photograph; {DEFAULT_GENERATOR}.")] = None,
    no_mark: NoMarkFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Change faces along directions, for example --set smile=2 --set age=-3."""
    refuse_folder(source)
    target = output or source.with_name(f"{source.stem}-edited.png")
    require_folder(target)
    if not is_project(target):
        require_picture(target)
    elif crop:
        raise UsageError("A project has no --crop.", hint="Name a picture with -o.")
    require_different({"input": source, "result": target})
    if is_project(source) and generator is not None:
        raise UsageError("A project keeps the generator that it was made with.", hint="Leave --generator out.")
    if mode is not None and mode not in MODES:
        raise UsageError(f"There is no mode {mode}.", hint=f"Choose {', '.join(MODES[:-1])} or {MODES[-1]}.")
    edits = [parse_assignment(text) for text in settings or ()]
    masking = parse_masking(mask, invert_mask, feather)
    parsed_mixes = [parse_mix(text) for text in mixes or ()]
    with open_store() as store:
        from latentedit.projection import preset_config

        session = opened(source, generator or DEFAULT_GENERATOR, device, store)
        preset_config(preset)  # refuses an unknown one before the work, and where a project needs none
        indices = [i for i in chosen_faces(session, face) if _is_projected(session, i) or not is_project(source)]
        if not indices:
            raise UsageError(f"{source.name} holds no projected face.", hint="Project it first: latentedit project PHOTO.")
        if crop and len(indices) > 1:
            raise UsageError(f"--crop writes one face, and there are {len(indices)}.", hint="Choose one: --face largest.")
        for index in indices:
            if not _is_projected(session, index):
                run_projection(
                    session, index, target, preset=preset, method="auto", space="w_plus", steps=None, seed=seed, store=store
                )
        masks = PaintedMasks(session)
        names = apply_edits(session, indices, edits, cast("CompositingMode | None", mode), masks)
        apply_mixes(session, indices, parsed_mixes)
        apply_masking(session, indices, masking, masks)
        write(session, indices, target, crop=crop, mark_ai=not no_mark)
        forget_progress(target)
    if is_project(target):
        tell_new_names([wanted.name for wanted in edits], names)
    drawn_by = session.state.face(indices[0]).compositing.mode
    if as_json:
        print_json(
            {
                "input": str(source),
                "output": str(target),
                "faces": indices,
                "edits": {wanted.name: wanted.amount for wanted in edits},
                "mixes": mixes or [],
                "mode": drawn_by,
                "mask": mask,
            }
        )
    else:
        errors.print(f"wrote {target}", markup=False, highlight=False)


def apply_edits(
    session: Session, indices: list[int], edits: list[Assignment], mode: CompositingMode | None, masks: PaintedMasks
) -> list[str]:
    """Do the edits on each face as commands. Names that are files are read as directions first.

    Returns:
        the names under which the session knows the edits' directions.

    Raises:
        UsageError, DirectionError: a direction is unknown or does not fit.
        PhotoError: a mask's file cannot be read, or is not of the photograph's size.
    """
    from latentedit.edits import EditMask, SetAmount, SetCompositing, SetMask

    names = [direction_name(session, wanted.name) for wanted in edits]
    for index in indices:
        for name, wanted in zip(names, edits, strict=True):
            session.do(SetAmount(index, name, wanted.amount))
            mask = None if wanted.region is None else EditMask(masks.region(index, wanted.region))
            session.do(SetMask(index, ("direction", name, None), mask))
        if mode is not None:
            compositing = session.state.face(index).compositing
            session.do(SetCompositing(index, replace(compositing, mode=mode)))
    return names


def apply_mixes(session: Session, indices: list[int], mixes: list[Mix]) -> None:
    """Mix each face with what is named.

    Raises:
        UsageError, ProjectFileError, CheckpointError: a source or a layer does not exist, or does not fit.
    """
    from latentedit.edits import SetMix

    for mix in mixes:
        source = source_of(session, mix.source)
        layers = layers_of(mix.layers, session.generator.spec.layer_resolutions)
        for index in indices:
            session.do(SetMix(index, source, mix.amount, layers))


def direction_name(session: Session, name_or_path: str) -> str:
    """The name under which edits refer to a direction: one that the project has already, one that ships, or a file's.

    Raises:
        UsageError, DirectionError: it is unknown or does not fit.
    """
    from latentedit.directions import load_direction

    if name_or_path in session.own_directions:
        return name_or_path
    return session.add_direction(load_direction(name_or_path, session.generator))


def tell_new_names(given: list[str], names: list[str]) -> None:
    """Say which directions have another name in the project than one would think, for the next edit of it."""
    for name_or_path, name in dict.fromkeys(zip(given, names, strict=True)):
        if name not in (name_or_path, Path(name_or_path).stem):
            errors.print(f"{name_or_path} is called {name} in the project", markup=False, highlight=False, soft_wrap=True)


def write(session: Session, indices: list[int], target: Path, *, crop: bool, mark_ai: bool) -> None:
    """The project, the photograph, or the first face alone."""
    if is_project(target):
        session.save(target)
    elif not crop:
        session.export(target, mark_ai=mark_ai)
    else:
        import numpy as np

        from latentedit.alignment import crop_quad
        from latentedit.images import save_image

        index = indices[0]
        if session.state.face(index).compositing.mode == "replace":
            picture = np.asarray(session.render_face(index))
        else:
            whole = np.asarray(session.render())
            picture = crop_quad(whole, session.face(index).face.quad, session.generator.img_resolution)
        save_image(target, picture, mark_ai=mark_ai)


def _is_projected(session: Session, index: int) -> bool:
    return session.face(index).latents is not None
