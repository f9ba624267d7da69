"""A checkpoint is read, looked at, and kept under a name."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from latentedit.errors import CheckpointError, UnknownResolutionError, UsageError
from latentedit.generators.architectures import build
from latentedit.generators.importing import ReadCheckpoint, export, keep, read_checkpoint
from latentedit.generators.library import GeneratorLibrary
from latentedit.generators.native_file import write_native

from .tiny import CARD, TINY, random_weights


@pytest.fixture
def library(tmp_path: Path) -> GeneratorLibrary:
    return GeneratorLibrary(tmp_path / "models")


@pytest.fixture
def checkpoint(tmp_path: Path) -> ReadCheckpoint:
    found = random_weights(TINY["stylegan2"](), 0)
    path = tmp_path / "some.safetensors"
    write_native(path, build(found, CARD), found.config, CARD)
    return read_checkpoint(path)


def test_what_was_read_is_kept_with_what_a_person_says(checkpoint: ReadCheckpoint, library: GeneratorLibrary) -> None:
    keep(checkpoint, "mine", domain="image", licence="CC0", library=library)
    spec = library.spec("mine")
    assert (spec.domain, spec.licence, spec.weights_hash) == ("image", "CC0", checkpoint.card.weights_hash)
    again = read_checkpoint(library.paths()["mine"])
    latent = torch.zeros(1, again.generator.num_ws, again.generator.w_dim)
    assert torch.equal(again.generator.synthesis(latent), checkpoint.generator.synthesis(latent))


@pytest.mark.parametrize("name", ["toy", "mobilestylegan-ffhq", "../up", "", "taken"])
def test_names_that_mean_something_else_are_refused(checkpoint: ReadCheckpoint, library: GeneratorLibrary, name: str) -> None:
    keep(checkpoint, "taken", library=library)
    with pytest.raises(UsageError):
        keep(checkpoint, name, library=library)
    assert list(library.paths()) == ["taken"]


def test_a_file_that_does_not_tell_its_size_says_what_it_may_be(shared_data: Path) -> None:
    path = shared_data / "checkpoints" / "rosinality_sg1_train.model"
    with pytest.raises(UnknownResolutionError) as told:
        read_checkpoint(path)
    assert isinstance(told.value, CheckpointError) and path.name in str(told.value) and told.value.hint
    assert read_checkpoint(path, told.value.choices[0]).generator.img_resolution == told.value.choices[0]


def test_what_is_exported_can_be_imported_elsewhere(
    checkpoint: ReadCheckpoint, library: GeneratorLibrary, tmp_path: Path
) -> None:
    keep(checkpoint, "mine", licence="CC0", library=library)
    export("mine", tmp_path / "given.safetensors", library=library)
    again = read_checkpoint(tmp_path / "given.safetensors")
    assert (again.card.licence, again.card.weights_hash) == ("CC0", checkpoint.card.weights_hash)
    for name, output in (("other", tmp_path / "b.safetensors"), ("mine", library.paths()["mine"])):
        with pytest.raises(UsageError):
            export(name, output, library=library)
    assert library.spec("mine").licence == "CC0"
