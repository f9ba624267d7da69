"""Scored samples in a file, so that drawing them can be continued, and other directions found from them.

Safetensors: ``w`` [N, w_dim], ``scores`` [N, K] (not-a-number where an attribute could not be measured), and in the metadata ``samples``, a JSON
object of the attributes and of what the samples were drawn from.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from latentedit.atomic_file import replacing
from latentedit.checked_json import Node, parse_json
from latentedit.checkpoints.foreign import read_contents
from latentedit.directions.sampling import ScoredSample
from latentedit.errors import CheckpointError, InputError, ProjectFileError, UsageError
from latentedit.generators.base import GeneratorSpec

MAX_BYTES = 1 << 30
MAX_ATTRIBUTES = 1000
_KEY = "samples"
_HINT = "Name another file, or delete it and draw the samples again."


@dataclass(frozen=True)
class SamplesOrigin:
    """What samples were drawn from; two sets of the same origin begin alike."""

    weights_hash: str
    seed: int
    truncation_psi: float

    @classmethod
    def of(cls, spec: GeneratorSpec, seed: int, truncation_psi: float = 1.0) -> SamplesOrigin:
        return cls(spec.weights_hash, seed, truncation_psi)


def save_samples(path: Path, samples: Sequence[ScoredSample], attributes: Sequence[str], origin: SamplesOrigin) -> None:
    """Write the samples (at least one), atomically.

    Args:
        attributes: all that were looked for, also those that no sample has.

    Raises:
        StorageError: the file cannot be written.
    """
    from safetensors.numpy import save

    w = np.stack([sample.w.numpy() for sample in samples])
    scores = np.array([[sample.scores.get(name, math.nan) for name in attributes] for sample in samples], dtype=np.float32)
    data = save({"w": w, "scores": scores}, {_KEY: json.dumps({**asdict(origin), "attributes": list(attributes)})})
    with replacing(path) as file:
        file.write(data)


def load_samples(path: Path, attributes: Sequence[str], origin: SamplesOrigin) -> tuple[list[ScoredSample], list[str]]:
    """The samples that :func:`save_samples` wrote, and all attributes that they were scored for.

    Args:
        attributes: those that are needed.

    Raises:
        InputError: it cannot be read, or is damaged.
        UsageError: the samples were drawn from something else, or an attribute was not looked for.
    """
    try:
        contents = read_contents(path, MAX_BYTES)
        known, drawn_from = _read_about(contents.texts.get(_KEY, ""))
        w, scores = _arrays(contents.tree, len(known))
    except CheckpointError as error:
        raise InputError(f"{path.name} holds no samples: {error}", hint=_HINT) from error
    except ProjectFileError as error:  # of the checked JSON, which project files are made of
        raise InputError(f"{path.name} is damaged: {str(error).partition(': ')[2]}", hint=_HINT) from error
    if drawn_from != origin:
        raise UsageError(f"The samples in {path.name} are of another generator or seed.", hint=_HINT)
    missing = sorted(set(attributes) - set(known))
    if missing:
        raise UsageError(f"The samples in {path.name} were not scored for {missing[0]}.", hint=_HINT)
    import torch

    samples = [
        ScoredSample(
            i + 1,
            len(w),
            torch.from_numpy(w[i].copy()),
            {n: float(v) for n, v in zip(known, row, strict=True) if math.isfinite(v)},
        )
        for i, row in enumerate(scores)
    ]
    return samples, known


def _read_about(text: str) -> tuple[list[str], SamplesOrigin]:
    if not text:
        raise CheckpointError("It is another kind of file.")
    about: dict[str, Node] = parse_json(text.encode("utf-8", "surrogatepass"), _KEY).fields(
        ("weights_hash", "seed", "truncation_psi", "attributes")
    )
    origin = SamplesOrigin(about["weights_hash"].text(), about["seed"].integer(0, 2**63 - 1), about["truncation_psi"].number())
    return [name.text() for name in about["attributes"].items(MAX_ATTRIBUTES)], origin


def _arrays(tree: Any, count: int) -> tuple[np.ndarray, np.ndarray]:
    w, scores = (_table(tree.get(name) if isinstance(tree, dict) else None) for name in ("w", "scores"))
    if len(w) != len(scores) or scores.shape[1] != count or not np.isfinite(w).all():
        raise CheckpointError("Its arrays are damaged.")
    return w, scores


def _table(array: Any) -> np.ndarray:
    if not (isinstance(array, np.ndarray) and array.dtype == np.float32 and array.ndim == 2):
        raise CheckpointError("Its arrays are damaged.")
    return array
