"""Sound files of every kind that is read, and hostile ones; small, so that a mutation is likely to matter."""

from __future__ import annotations

import io
import os
import pickle
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from projects import face, full_project, numbers, project_with_directions, saved
from safetensors.numpy import save as save_tensors

from latentedit.directions import Direction
from latentedit.directions.formats.pack_file import pack_bytes
from latentedit.edits import EditState, History, SetAmount, SetMix, SetVariation
from latentedit.face_latents import FaceLatents
from latentedit.generators.toy import toy_spec
from latentedit.project_file import GeneratorIdentity, Project

WIDTH = 16
SENTINEL = "WAS_RUN"
"""What the hostile files would make, in the working folder."""


class Touches:
    """A pickle of it makes the sentinel when it is run."""

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, (f"touch {SENTINEL}",)


def seeds() -> dict[str, bytes]:
    """All of them by name; what stands before the first dash is the kind."""
    one, rows, many = numbers(1, 1, WIDTH), numbers(2, 8, WIDTH), numbers(3, 5, 1, WIDTH)
    deviations, square = np.arange(5, dtype=np.float32) + 1, numbers(4, WIDTH, WIDTH)
    boundary = {"boundary": rows[None], "meta_data": {"manipulate_layers": "0-3,5"}}
    pca = {"mean": torch.from_numpy(one), "comp": torch.from_numpy(many), "std": torch.from_numpy(deviations)}
    factors = {"ckpt": "550000.pt", "eigvec": torch.from_numpy(square)}
    half = torch.from_numpy(rows).bfloat16()
    directions = [
        Direction("grin", torch.from_numpy(rows), (1, 3), (-2.0, 3.0), "grins", "made up", "CC0", "a tooth"),
        Direction("frown", torch.from_numpy(one[0])),
    ]
    return {
        "npy-vector": npy(one),
        "npy-rows": npy(np.asfortranarray(rows.astype(">f8"))),
        "npy-boundary": npy(boundary),
        "npy-hostile": npy({"boundary": Touches()}),
        "npz-vector": npz(np.savez, direction=one),
        "npz-pca": npz(
            np.savez_compressed, lat_comp=many, lat_stdev=deviations, lat_mean=one, act_comp=many, act_stdev=deviations
        ),
        "pt-vector": pt(torch.from_numpy(one)),
        "pt-pca": pt(pca),
        "pt-factors": pt(factors),
        "pt-half": pt({"a": half, "b": torch.nn.Parameter(half[0].float())}),
        "pt-hostile": pt({"eigvec": Touches()}),
        "pt-legacy-vector": pt(torch.from_numpy(one), zipped=False),
        "pt-legacy-pca": pt(pca, zipped=False),
        "pt-legacy-hostile": pt({"eigvec": Touches()}, zipped=False),
        "pkl-arrays": pickle.dumps({"smile": one, "age": rows}, 4),
        "pkl-old": pickle.dumps({"smile": one, "age": rows}, 2),
        "pkl-hostile": pickle.dumps({"smile": Touches()}),
        "safetensors-plain": save_tensors({"smile": one, "age": rows, "half": rows.astype(np.float16)}),
        "safetensors-pack": pack_bytes(directions, toy_spec()),
        "ledit-full": ledit(full_project()),
        "ledit-directions": ledit(project_with_directions()),
        "ledit-drawn": ledit(drawn_project()),
    }


def npy(array: Any) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


def npz(save: Callable[..., None], **arrays: Any) -> bytes:
    stream = io.BytesIO()
    save(stream, **arrays)
    return stream.getvalue()


def pt(tree: Any, *, zipped: bool = True) -> bytes:
    stream = io.BytesIO()
    torch.save(tree, stream, _use_new_zipfile_serialization=zipped)
    return stream.getvalue()


def ledit(project: Project) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return saved(project, Path(folder)).read_bytes()


def drawn_project() -> Project:
    """One that opens and draws: a photograph, a projected face, and edits of every kind."""
    png = io.BytesIO()
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (80, 80, 3), np.uint8)).save(png, "png")
    history = History(EditState.for_faces(1)).do(SetAmount(0, "grin-2", 2.0)).do(SetMix(0, "seed:7", 0.5, (0, 1)))
    history = history.do(SetVariation(0, 3, 0.5, 0.25, 0.0))
    directions = project_with_directions().directions
    known = face(0, FaceLatents(numbers(0, 1, 8, WIDTH)))
    return Project("photo.png", png.getvalue(), GeneratorIdentity.of(toy_spec()), (known,), history, directions=directions)
