"""Checkpoints as people have them: legitimate, and not quite as the program writes them. They open as what they are, or are refused in a line."""

from __future__ import annotations

import argparse
import collections
import pickle
import resource
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from latentedit.cli.app import run
from latentedit.errors import CheckpointError
from latentedit.generators.formats.nvidia import PickledModule, read_mapping
from latentedit.generators.opening import open_generator

State = dict[str, torch.Tensor]
OTHER = "other"
WIDTH = 8


def rosinality_state(seed: int = 0, blocks: int = 3) -> State:
    """The tensors of a StyleGAN2 in rosinality's layout, of small layers, without noise maps."""
    random = torch.Generator().manual_seed(seed)
    state: State = {"input.input": torch.randn(1, WIDTH, 4, 4, generator=random)}

    def convolution(name: str, size: int = 3, *, to_image: bool = False) -> None:
        count = 3 if to_image else WIDTH
        state[f"{name}.conv.weight"] = torch.randn(1, count, WIDTH, size, size, generator=random)
        state[f"{name}.conv.modulation.weight"] = torch.randn(WIDTH, WIDTH, generator=random)
        state[f"{name}.conv.modulation.bias"] = torch.ones(WIDTH)
        state[f"{name}.bias" if to_image else f"{name}.activate.bias"] = torch.zeros((1, 3, 1, 1) if to_image else WIDTH)
        if not to_image:
            state[f"{name}.noise.weight"] = torch.zeros(1)

    for number in (1, 2):
        state |= {
            f"style.{number}.weight": torch.randn(WIDTH, WIDTH, generator=random),
            f"style.{number}.bias": torch.zeros(WIDTH),
        }
    for name in ("conv1", *(f"convs.{index}" for index in range(2 * blocks - 2))):
        convolution(name)
    for name in ("to_rgb1", *(f"to_rgbs.{index}" for index in range(blocks - 1))):
        convolution(name, 1, to_image=True)
    return state


RIGHT, WRONG = rosinality_state(0), rosinality_state(1)


def named(prefix: str, state: State) -> State:
    return {f"{prefix}{name}": tensor for name, tensor in state.items()}


def on_cuda(value: Any, path: Path) -> None:
    """As torch writes tensors that lie on a GPU."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(torch.serialization, "location_tag", lambda _: "cuda:0")
        torch.save(value, path)


def pickled(value: Any, path: Path) -> None:
    path.write_bytes(pickle.dumps(value))


def legacy(value: Any, path: Path) -> None:
    torch.save(value, path, _use_new_zipfile_serialization=False)


RESUMED = {
    "args": argparse.Namespace(size=16, path="x", device=torch.device("cuda")),
    "d": {"convs.0.0.weight": torch.zeros(3, 3)},
    "g_optim": {"state": {0: {"step": 1, "exp_avg": torch.zeros(3)}}, "param_groups": [{"lr": 0.002, "betas": (0.0, 0.99)}]},
    "iter": 5,
    "ada_aug_p": torch.tensor(0.1),
    "rng": torch.zeros(16, dtype=torch.uint8),
    "step": np.int64(3),
    "mean_path_length": np.float64(1.0),
}
ODD: dict[str, tuple[Any, Callable[[Any, Path], object]]] = {
    "on a GPU": ({"g_ema": RIGHT}, on_cuda),
    "before torch 1.6": ({"g_ema": RIGHT}, legacy),
    "pickled by Python": ({"g_ema": RIGHT}, pickled),
    "arrays of numpy": ({"g_ema": {name: tensor.numpy() for name, tensor in RIGHT.items()}}, pickled),
    "safetensors": (RIGHT, save_file),
    "safetensors with a prefix": (named("g_ema.", RIGHT), save_file),
    "float64": ({"g_ema": {name: tensor.double() for name, tensor in RIGHT.items()}}, torch.save),
    "a state_dict alone": (collections.OrderedDict(RIGHT), torch.save),
    "parameters": ({name: torch.nn.Parameter(tensor) for name, tensor in RIGHT.items()}, torch.save),
    "DataParallel": ({"g_ema": named("module.", RIGHT)}, torch.save),
    "compiled": ({"g_ema": named("module._orig_mod.", RIGHT)}, torch.save),
    "resumed": ({**RESUMED, "g": WRONG, "g_ema": RIGHT}, torch.save),
    "with keys of a camera": ({"g_ema": RIGHT, "camera": {"fov": 12.0}, "renderer": named("mlp.", WRONG)}, torch.save),
    "within a model": ({"model": {"g": WRONG, "g_ema": RIGHT}, "step": 2}, torch.save),
    "lightning": ({"state_dict": {**named("generator.", WRONG), **named("generator_ema.", RIGHT)}, "epoch": 3}, torch.save),
    "an encoder beside it": ({"state_dict": {**named("decoder.", RIGHT), "encoder.x": torch.zeros(3)}}, torch.save),
    "a mean latent": ({"g_ema": {**RIGHT, "latent_avg": torch.zeros(WIDTH)}}, torch.save),
    **{
        f"{averaged} beside {trained}": ({trained: WRONG, averaged: RIGHT}, torch.save)
        for trained, averaged in (
            ("generator", "generator_ema"),
            ("params", "params_ema"),
            ("netG", "netG_ema"),
            ("model", "ema"),
            ("g", "g_avg"),
            ("gen", "shadow"),
        )
    },
}


@pytest.mark.parametrize("name", ODD)
def test_it_is_opened_as_what_it_is(name: str, tmp_path: Path) -> None:
    value, save = ODD[name]
    save(value, tmp_path / "odd")
    torch.save(RIGHT, tmp_path / "plain")
    odd, plain = open_generator(tmp_path / "odd")[0], open_generator(tmp_path / "plain")[0]
    for key, tensor in plain.state_dict().items():
        assert key.startswith("w_") or torch.equal(odd.state_dict()[key], tensor), key


@pytest.mark.parametrize("kind", [torch.float16, torch.bfloat16])
def test_halves_are_read_as_they_are(kind: torch.dtype, tmp_path: Path) -> None:
    torch.save({"g_ema": {name: tensor.to(kind) for name, tensor in RIGHT.items()}}, tmp_path / "odd")
    torch.save({name: tensor.to(kind).float() for name, tensor in RIGHT.items()}, tmp_path / "plain")
    odd, plain = open_generator(tmp_path / "odd")[0], open_generator(tmp_path / "plain")[0]
    assert all(torch.equal(a, b) for a, b in zip(odd.state_dict().values(), plain.state_dict().values(), strict=True))


def whole_module(path: Path) -> None:
    """A network of a class that is not here, as ``torch.save(g_ema)`` writes it."""
    with pytest.MonkeyPatch.context() as patched:
        module = types.ModuleType("model")
        patched.setitem(sys.modules, "model", module)
        module.Generator = type("Generator", (torch.nn.Linear,), {"__module__": "model"})  # type: ignore[attr-defined]
        torch.save(module.Generator(2, 2), path)


NVIDIA_STATE = {"mapping.fc0.weight": torch.zeros(4, 4), "synthesis.b4.const": torch.zeros(4, 4, 4)}
REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "several": (lambda path: torch.save({"a": RIGHT, "b": WRONG}, path), "several generators, a and b"),
    "several averaged": (lambda path: torch.save({"a_ema": RIGHT, "b_ema": WRONG}, path), "several generators, a_ema and b_ema"),
    "more layers": (lambda path: torch.save({"g_ema": {**RIGHT, "renderer.beta": torch.ones(1)}}, path), "renderer.beta"),
    "a whole network": (whole_module, "model.Generator"),
    "the tensors of NVIDIA's": (lambda path: torch.save(NVIDIA_STATE, path), "take the .pkl"),
    "the tensors of NVIDIA's, named": (lambda path: torch.save({"G_ema": NVIDIA_STATE}, path), "take the .pkl"),
    "a layer less": (lambda path: torch.save({k: v for k, v in RIGHT.items() if k != "convs.2.conv.weight"}, path), "convs.2"),
    "a list": (lambda path: torch.save([RIGHT], path), "no generator"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_a_line(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))
    write, says = REFUSED[name]
    write(tmp_path / "odd")
    assert run(["models", "import", str(tmp_path / "odd"), "--name", "mine"]) == 3
    told = capsys.readouterr().err
    assert says in told.replace("\n", " ") and told.startswith("error: ") and "hint: " in told


def test_only_the_trained_copy_is_told_as_such(tmp_path: Path) -> None:
    for name in ("g", "generator", "G"):
        torch.save({name: RIGHT}, tmp_path / "odd")
        assert any("averaged" in note for note in open_generator(tmp_path / "odd")[1].notes)


@pytest.mark.skipif(sys.platform != "linux", reason="what reading costs is asked of Linux")
@pytest.mark.parametrize("blocks", [13, 20, 200])
def test_a_small_file_of_very_many_blocks_takes_no_memory(blocks: int, tmp_path: Path) -> None:
    """It stores no noise, and what is made for it doubles with each block."""
    torch.save({"g_ema": rosinality_state(blocks=blocks)}, tmp_path / "odd")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(CheckpointError, match=f"{blocks} blocks"):
        open_generator(tmp_path / "odd")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 << 10


def test_one_tensor_under_very_many_names_is_not_copied_without_end(tmp_path: Path) -> None:
    state = rosinality_state()
    shared = torch.zeros(2**20 + 1)[1:].reshape(1024, 1024)
    for number in range(1, 999):
        state |= {f"style.{number}.weight": shared, f"style.{number}.bias": torch.zeros(1)}
    torch.save({"g_ema": state}, tmp_path / "odd")
    with pytest.raises(CheckpointError, match="very many names"):
        open_generator(tmp_path / "odd")


def test_networks_within_networks_are_told_once_each() -> None:
    module: dict[str, Any] = {"_parameters": {"p": 1}, "_modules": {}}
    for _ in range(30):  # a thousand million places
        module = {"_parameters": {}, "_modules": {"a": module, "b": module}}
    assert list(PickledModule(module).tensors()) == ["a." * 30 + "p"]


def test_a_mapping_network_of_very_many_layers_is_refused() -> None:
    layer = {"_parameters": {"weight": np.zeros((2, 2)), "bias": np.zeros(2)}, "_modules": {}, "weight_gain": 1.0}
    with pytest.raises(CheckpointError, match="500 layers"):
        read_mapping(PickledModule({"_modules": {f"fc{number}": layer for number in range(500)}}))
