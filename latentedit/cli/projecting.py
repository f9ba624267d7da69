"""Projecting faces as the commands do it, with a bar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from latentedit.cli.console import step_bar, tell
from latentedit.cli.options import require_file
from latentedit.kept_projection import project_kept

if TYPE_CHECKING:
    from latentedit.assets import AssetStore
    from latentedit.engine import Engine
    from latentedit.faces import Frame
    from latentedit.session import Session


def engine_for(generator: str, resolution: int | None, device: str, store: AssetStore) -> Engine:
    """What draws, and knows how large the images of ``generator`` are, where its file does not tell.

    Raises:
        UsageError: it is known by name, and needs no resolution; or there is no such device.
        DeviceError: the device is not there.
    """
    from latentedit.engine import Engine
    from latentedit.generators import resolve_device

    engine = Engine(str(resolve_device(device)), store=store)
    if resolution is not None:
        require_file(generator)
    engine.tell_resolution(generator, resolution)
    return engine


def opened(photo: Path, generator: str, engine: Engine, store: AssetStore, frame: Frame | None = None) -> Session:
    """A session on a photograph with its faces found, or with the square that was asked for in their place."""
    from latentedit.session import Session

    session = Session.open(photo, engine=engine, generator=generator)
    if frame is not None or not session.faces:
        session.find_faces(store=store, frame=frame)
    return session


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
    """Project one face with a progress bar, as :func:`~latentedit.kept_projection.project_kept` does."""
    with step_bar() as bar:
        task = bar.add_task(f"projecting face {index}", total=None)
        steps_taken = project_kept(
            session,
            index,
            target,
            preset=preset,
            method=cast(Any, method),
            space=cast(Any, space),
            steps=steps,
            seed=seed,
            store=store,
        )
        for number, step in enumerate(steps_taken, 1):
            if number == 1 and step.step > 1:
                tell("continuing where the last run stopped")
            bar.update(task, total=step.num_steps, completed=step.step)
