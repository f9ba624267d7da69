"""What is done with each damaged file: it is read in every way that the program would, and whatever is accepted must be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal

import numpy as np
import torch
from projects import assert_same

from fuzz.mutations import mutated
from fuzz.seeds import SENTINEL
from latentedit.directions.loading import fit
from latentedit.directions.readers import read_directions
from latentedit.engine import Engine
from latentedit.errors import LatentEditError
from latentedit.generators.toy import toy_spec
from latentedit.project_file import load_project, save_project
from latentedit.session import Session

Outcome = Literal["accepted", "refused"]
MAX_FITTED = 20


@dataclass(frozen=True)
class Fuzzer:
    """Damaged files by their numbers; the same for the same seed and the same sound files."""

    sound: dict[str, bytes]
    seed: int

    def file(self, number: int) -> tuple[str, bytes]:
        """The name of the sound file, and the damaged one."""
        random = Random(f"{self.seed} {number}")
        names: Sequence[str] = list(self.sound)
        name = names[number % len(names)]
        return name, mutated(self.sound[name], random, list(self.sound.values()))


def try_file(path: Path, engine: Engine) -> Outcome:
    """Read a file as directions and as a project, and use what comes of it.

    Raises:
        AssertionError: something of the file was run, or something was accepted that is not right.
        Exception: any but a :class:`LatentEditError` is a finding.
    """
    outcomes = {_try(read, path, engine) for read in (_as_directions, _as_project)}
    assert not Path(SENTINEL).exists(), "a file was run"
    return "accepted" if "accepted" in outcomes else "refused"


def _try(read: object, path: Path, engine: Engine) -> Outcome:
    assert callable(read)
    try:
        read(path, engine)
    except LatentEditError as error:
        assert str(error) and "\n" not in str(error), "an error is one line"
        assert error.exit_code in (2, 3, 4), "an error has a code of the contract"
        return "refused"
    return "accepted"


def _as_directions(path: Path, engine: Engine) -> None:
    found = read_directions(path)
    assert found
    for known in found:
        vector = known.direction.vector
        assert vector.dtype == torch.float32 and vector.ndim in (1, 2) and vector.isfinite().all()
        assert known.direction.name and known.direction.name.isprintable() and "\n" not in known.direction.provenance
    spec = toy_spec()
    for known in found[:MAX_FITTED]:
        fitted = fit(known, spec, path.name)
        moved = fitted.apply(torch.zeros(1, spec.num_ws, spec.w_dim), 1.0)
        assert moved.shape == (1, spec.num_ws, spec.w_dim)


def _as_project(path: Path, engine: Engine) -> None:
    project = load_project(path)
    again = path.with_name("again.ledit")
    save_project(again, project)
    assert_same(load_project(again), project)
    session = Session.from_project(project, engine=engine)
    picture = np.asarray(session.render())
    assert picture.ndim == 3
