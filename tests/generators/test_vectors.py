"""Foreign checkpoints are opened as what they are, and draw what the programs that wrote them draw."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import torch

from generators.vectors import Vector, images_of, latents_of, vector_names
from latentedit.generators.architectures import build
from latentedit.generators.card import Card
from latentedit.generators.opening import read_generator

SHARED = Path(os.environ.get("LATENTEDIT_SHARED_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
BESIDE = SHARED / "checkpoints"
NAMES = vector_names(BESIDE)


def opened(vector: Vector) -> torch.nn.Module:
    resolution = vector.arrays["image"].shape[-1]
    return build(read_generator(vector.checkpoint, resolution), Card(vector.name, "image", "hash"))


@pytest.mark.parametrize("name", NAMES)
def test_latents_and_images_are_those_of_the_program_that_wrote_it(name: str) -> None:
    vector = Vector.load(BESIDE, name)
    generator = opened(vector)
    for key, value in latents_of(generator, vector).items():
        assert value.shape == vector.arrays[key].shape
        torch.testing.assert_close(
            value, vector.arrays[key], atol=vector.tolerance("latents"), rtol=0, msg=lambda m, k=key: f"{k}: {m}"
        )
    for key, value in images_of(generator, vector).items():
        assert value.shape == vector.arrays[key].shape
        torch.testing.assert_close(
            value, vector.arrays[key], atol=vector.tolerance("images"), rtol=0, msg=lambda m, k=key: f"{k}: {m}"
        )


def test_there_are_vectors_where_there_is_shared_data(shared_data: Path) -> None:
    assert len(NAMES) >= 5 or not (shared_data / "checkpoints").exists()
