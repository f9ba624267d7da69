"""The hash of a generator tells what it draws, not only what file it came from."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from generators.test_vectors import BESIDE
from generators.tiny import CARD, random_weights, stylegan2_config, tiny
from latentedit.checkpoints.safetensors_file import texts_of_safetensors
from latentedit.engine import Engine
from latentedit.errors import CheckpointError
from latentedit.generators import load_generator
from latentedit.generators.architectures import build
from latentedit.generators.config_json import to_json
from latentedit.generators.library import GeneratorLibrary
from latentedit.generators.native_file import write_native
from latentedit.generators.opening import open_generator
from latentedit.project_file import GeneratorIdentity


def vector(name: str) -> Path:
    if not (BESIDE / name).exists():
        pytest.skip("needs the shared data")
    return BESIDE / name


def test_a_resolution_that_is_told_is_part_of_it() -> None:
    path = vector("rosinality_sg1_running.model")
    small, large = (open_generator(path, px)[0].spec for px in (16, 32))
    assert small.weights_hash != large.weights_hash and small.former_hash == large.former_hash != ""


def test_a_configuration_beside_the_file_is_part_of_it(tmp_path: Path) -> None:
    path = vector("lucidrains_attn_rgba_noconst_32.pt")
    with_it = open_generator(path)[0].spec
    shutil.copy(path, tmp_path / "model_1.pt")
    without = open_generator(tmp_path / "model_1.pt")[0].spec
    assert with_it.weights_hash != without.weights_hash
    assert without.former_hash == "" and with_it.former_hash == without.weights_hash  # as it was before


@pytest.mark.parametrize("change", ["weights", "configuration", "nothing"])
def test_changed_files_are_other_generators(tmp_path: Path, change: str) -> None:
    path = tmp_path / "g.safetensors"
    write_native(path, tiny("stylegan2"), stylegan2_config(), CARD)
    tensors, texts = load_file(path), texts_of_safetensors(path)
    if change == "weights":
        tensors["blocks.0.const"] = tensors["blocks.0.const"] * -1
    if change == "configuration":
        texts["config"] = to_json(stylegan2_config(conv_clamp=0.5))
    save_file(tensors, path, texts)
    spec = load_generator(path).spec
    assert (spec.weights_hash == CARD.weights_hash) == (change == "nothing")
    assert ("was changed" in spec.origin) == (change != "nothing")
    assert open_generator(path)[1].content == ("verified" if change == "nothing" else "changed")


def test_files_of_earlier_versions_keep_their_hash(tmp_path: Path) -> None:
    path = tmp_path / "g.safetensors"
    write_native(path, tiny("stylegan2"), stylegan2_config(), CARD)
    texts = texts_of_safetensors(path)
    del texts["content_sha256"]
    save_file(load_file(path), path, texts)
    generator, found, card = open_generator(path)
    assert generator.spec.weights_hash == CARD.weights_hash
    assert found.content == "not verified" and generator.spec.origin == f"{CARD.origin}; not verified" and found.notes
    # What is made of it has a checksum, and says still that nobody knows.
    write_native(path, generator, found.config, card)
    again, found, card = open_generator(path)
    assert found.content == "verified" and card.origin == again.spec.origin == f"{CARD.origin}; not verified"


def test_a_project_finds_the_generator_that_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though another has the same hash, and by the hash that earlier versions gave it."""
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path))
    library = GeneratorLibrary.default()
    former = "ab" * 32
    for name, channels in (("a", (12, 12, 10)), ("b", (12, 12, 10, 8))):
        found = random_weights(stylegan2_config(channels=channels))
        card = replace(CARD, weights_hash=f"{name}0" * 32, former_hash=former)
        library.add(name, build(found, card), found, card)
    engine = Engine("cpu")
    identity = replace(GeneratorIdentity.of(library.spec("b")), name="gone", weights_hash=former)
    assert engine.spec_of(identity).name == "b"
    assert engine.spec_of(replace(identity, weights_hash="b0" * 32)).name == "b"
    with pytest.raises(CheckpointError, match="not there"):
        engine.spec_of(replace(identity, num_ws=9))
    assert torch.is_tensor(engine.generator_of(identity).w_avg)
