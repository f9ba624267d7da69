"""Projections that survive a kill: what is done is kept in a file every few seconds, and taken up again."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from latentedit.assets import AssetStore
    from latentedit.face_latents import Space
    from latentedit.perceptual.base import Distance
    from latentedit.projection import ProjectionStep
    from latentedit.projection.config import Method
    from latentedit.session import Session

SAVE_EVERY_S = 10.0


def saved_progress(target: Path, index: int) -> Path:
    """Where a face's projection is kept until all are done, beside the file that they will become."""
    return target.with_name(f".{target.name}.{index}.progress")


def forget_progress(target: Path) -> None:
    """Remove what :func:`project_kept` has kept for ``target``, which is written."""
    pattern = re.compile(rf"\.{re.escape(target.name)}\.\d+\.progress")
    for path in target.parent.iterdir():
        if pattern.fullmatch(path.name):
            path.unlink(missing_ok=True)


def project_kept(
    session: Session,
    index: int,
    target: Path,
    *,
    preset: str,
    method: Method = "auto",
    space: Space = "w_plus",
    steps: int | None = None,
    seed: int = 0,
    store: AssetStore | None = None,
    distance: Distance | None = None,
    detail: Distance | None = None,
) -> Iterator[ProjectionStep]:
    """Project one face, the arguments being those of :meth:`~latentedit.session.Session.project`.

    What is done is kept beside ``target`` every few seconds and shortly before the end, and taken up again by the next call with the same
    settings, whose first step is then a later one: also a face that was done when another was not.

    Raises:
        StorageError: the progress cannot be kept.
        NoFaceError, FaceTooSmallError, UsageError, AssetError: as for :meth:`~latentedit.session.Session.project`.
    """
    from latentedit.projection import preset_config
    from latentedit.projection.saved import fingerprint, load_state, save_state

    config = preset_config(preset, steps)
    generator = session.generator
    picture = session.face(index).face.crop(generator.img_resolution)
    mark = fingerprint(generator.spec, picture, config, method=method, space=space, seed=seed, steps=steps)
    path = saved_progress(target, index)
    saved_at = time.monotonic()
    for step in session.project(
        index,
        preset=preset,
        method=method,
        space=space,
        steps=steps,
        seed=seed,
        store=store,
        resume=load_state(path, mark),
        distance=distance,
        detail=detail,
    ):
        yield step
        if time.monotonic() - saved_at > SAVE_EVERY_S or step.step == step.num_steps - 1:
            save_state(path, step.snapshot(), mark)
            saved_at = time.monotonic()
