"""Projecting faces as the commands do it: with a bar, and kept as it goes so that a stopped one continues."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from latentedit.cli.console import errors, step_bar

if TYPE_CHECKING:
    from latentedit.assets import AssetStore
    from latentedit.session import Session

SAVE_EVERY_S = 10.0


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


def saved_progress(target: Path, index: int) -> Path:
    """Where a face's projection is kept until all are done, beside the project that they will become."""
    return target.with_name(f".{target.name}.{index}.progress")


def forget_progress(target: Path) -> None:
    """Remove what :func:`run_projection` has kept for ``target``, which is written."""
    pattern = re.compile(rf"\.{re.escape(target.name)}\.\d+\.progress")
    for path in target.parent.iterdir():
        if pattern.fullmatch(path.name):
            path.unlink(missing_ok=True)


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
    """Project one face with a progress bar. What is done is kept beside the project every few seconds and shortly before the end, and
    taken up again by the next call with the same settings: also a face that was done when another was not."""
    import time

    from latentedit.projection import preset_config
    from latentedit.projection.saved import fingerprint, load_state, save_state

    config = preset_config(preset, steps)
    generator = session.generator
    picture = session.face(index).face.crop(generator.img_resolution)
    mark = fingerprint(generator.spec, picture, config, method=method, space=space, seed=seed, steps=steps)
    path = saved_progress(target, index)
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
            if time.monotonic() - saved_at > SAVE_EVERY_S or step.step == step.num_steps - 1:
                save_state(path, step.snapshot(), mark)
                saved_at = time.monotonic()
