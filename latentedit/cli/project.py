"""``latentedit project``: a photograph's faces into the latent space."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from latentedit.cli.console import errors, print_json, step_bar
from latentedit.cli.options import DeviceOption, JsonFlag, PresetOption, SeedOption, chosen_faces, measured, require_folder
from latentedit.cli.store import open_store
from latentedit.errors import UsageError
from latentedit.generators.registry import MOBILESTYLEGAN

if TYPE_CHECKING:
    from latentedit.assets import AssetStore
    from latentedit.session import Session

SAVE_EVERY_S = 10.0


def project_command(
    photo: Annotated[Path, typer.Argument(help="The photograph.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The project; beside the photograph by default.")] = None,
    face: Annotated[str, typer.Option(help="largest, all, or a number from 0.")] = "largest",
    preset: PresetOption = "balanced",
    method: Annotated[str, typer.Option(help="auto, stylegan2 or image2stylegan.")] = "auto",
    space: Annotated[str, typer.Option(help="w or w_plus.")] = "w_plus",
    generator: Annotated[str, typer.Option(help="Which generator.")] = MOBILESTYLEGAN,
    steps: Annotated[int | None, typer.Option(help="So many steps, instead of the preset's.")] = None,
    seed: SeedOption = 0,
    device: DeviceOption = "auto",
    preview: Annotated[Path | None, typer.Option(help="Write photograph and reconstruction side by side.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write the figures as JSON.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Find the latents that draw a photograph's faces, and write a .ledit project."""
    target = output or photo.with_suffix(".ledit")
    for path in (target, preview, report):
        if path is not None:
            require_folder(path)
    if target.resolve() == photo.resolve():
        raise UsageError("The project would overwrite its photograph.", hint="Name another file with -o.")
    with open_store() as store:
        session = opened(photo, generator, device, store)
        faces = []
        for index in chosen_faces(session, face):
            run_projection(session, index, target, preset=preset, method=method, space=space, steps=steps, seed=seed, store=store)
            faces.append(measured(session, index, store))
        session.save(target)
        saved_progress(target).unlink(missing_ok=True)
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
            summary = "face {index}: LPIPS {lpips_alex:.3f}, identity {identity_distance:.2f}, {seconds:.0f} s"
            errors.print(summary.format(**figures), highlight=False)
        errors.print(f"wrote {target}", markup=False, highlight=False)


def opened(photo: Path, generator: str, device: str, store: AssetStore) -> Session:
    """A session on a photograph with its faces found."""
    from latentedit.engine import Engine
    from latentedit.generators import resolve_device
    from latentedit.session import Session

    engine = Engine(str(resolve_device(device)), store=store)
    session = Session.open(photo, engine=engine, generator=generator)
    if not session.faces:
        session.find_faces(store=store)
    return session


def saved_progress(target: Path) -> Path:
    """Where an unfinished projection is kept, beside the project that it will become."""
    return target.with_name(f".{target.name}.progress")


def run_projection(
    session: Session,
    index: int,
    target: Path,
    *,
    preset: str,
    method: str,
    space: str,
    steps: int | None,
    seed: int,
    store: AssetStore,
) -> None:
    """Project one face with a progress bar. What is done is kept beside the project every few seconds, and taken up again by the next call
    with the same settings."""
    import time

    from latentedit.projection import preset_config
    from latentedit.projection.saved import fingerprint, load_state, save_state

    config = preset_config(preset, steps)
    generator = session.generator
    picture = session.face(index).face.crop(generator.img_resolution)
    mark = fingerprint(generator.spec, picture, config, method=method, space=space, seed=seed, steps=steps)
    path = saved_progress(target)
    resume = load_state(path, mark)
    if resume is not None:
        errors.print("continuing where the last run stopped")
    saved_at = time.monotonic()
    with step_bar() as bar:
        task = bar.add_task(f"projecting face {index}", total=None)
        for step in session.project(
            index,
            preset=preset,
            method=cast(Any, method),
            space=cast(Any, space),
            steps=steps,
            seed=seed,
            store=store,
            resume=resume,
        ):
            bar.update(task, total=step.num_steps, completed=step.step)
            if time.monotonic() - saved_at > SAVE_EVERY_S:
                save_state(path, step.snapshot(), mark)
                saved_at = time.monotonic()


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
