"""Files of translators: what is in them is found out, whatever they are called, and what is no translator is told."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

import latentedit
from latentedit.errors import CheckpointError, LatentEditError, UsageError
from latentedit.translators import TranslatorConfig
from translators.networks import ANIMEGAN, RESNETS, UNETS, called, pictures, random_network

State = dict[str, Tensor]
RESNET = TranslatorConfig("resnet", base_channels=2, blocks=2)
BATCH_RESNET = TranslatorConfig("resnet", base_channels=2, blocks=2, norm="batch")
BATCH_UNET = TranslatorConfig("unet", base_channels=2, halvings=5, norm="batch")


def saved(tmp_path: Path, tree: Any, **how: bool) -> Path:
    path = tmp_path / "any name"
    torch.save(tree, path, **how)
    return path


def state_of(config: Any) -> State:
    return dict(random_network(config).state_dict())


@pytest.mark.parametrize("family", ["cyclegan", "pix2pix"])
def test_published_code_draws_the_same(family: str, shared_data: Path) -> None:
    facts_of = {path: json.loads(path.read_text()) for path in sorted((shared_data / "checkpoints").glob(f"{family}_*.json"))}
    assert len(facts_of) >= 3
    for path, facts in facts_of.items():
        with np.load(path.with_name(facts["arrays"])) as file:  # noqa: TID251  # what is compared with
            arrays = {name: torch.from_numpy(file[name]) for name in file.files}
        file, tolerance = path.with_name(facts["checkpoint"]), facts["suggested_tolerance_max_abs"]["images"] / 10
        assert facts["mode"] == "eval"
        translator = latentedit.load_translator(file)
        torch.testing.assert_close(translator(arrays["input"]), arrays["output"], atol=tolerance, rtol=0)
        if "output_trainmode" in arrays:
            translator = latentedit.load_translator(file, batch_statistics="image")
            torch.testing.assert_close(translator(arrays["input"][:1]), arrays["output_trainmode"], atol=tolerance, rtol=0)


@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "legacy"])
@pytest.mark.parametrize("config", [*RESNETS, *UNETS, ANIMEGAN], ids=called)
def test_a_network_is_found_again_in_its_file(config: Any, zipped: bool, tmp_path: Path) -> None:
    network = random_network(config)
    translator = latentedit.load_translator(saved(tmp_path, network.state_dict(), _use_new_zipfile_serialization=zipped))
    image = pictures(network.in_channels, 33, 40)
    with torch.no_grad():
        assert torch.equal(translator(image), network(image))
    assert isinstance(translator, type(network))
    # Without tensors, there is nothing that dropout could be told by.
    tells = not isinstance(config, TranslatorConfig) or config.blocks > 0
    assert translator.config == config or not tells


def test_a_u_net_s_dropout_is_not_in_its_file(tmp_path: Path) -> None:
    config = TranslatorConfig("unet", base_channels=2, halvings=6, dropout=True)
    network = random_network(config)
    image = pictures(3, 64, 64)
    translator = latentedit.load_translator(saved(tmp_path, network.state_dict()))
    with torch.no_grad():
        assert torch.equal(translator(image), network(image))


def test_it_is_frozen_and_chance_is_left_alone(tmp_path: Path) -> None:
    path = saved(tmp_path, state_of(BATCH_UNET))
    torch.manual_seed(5)
    expected = torch.rand(1)
    torch.manual_seed(5)
    translator = latentedit.load_translator(str(path), "cpu")
    assert torch.equal(torch.rand(1), expected)
    assert isinstance(translator, latentedit.Translator) and not translator.training
    assert all(not parameter.requires_grad and parameter.device.type == "cpu" for parameter in translator.parameters())
    assert translator(pictures(3, 32, 32)).requires_grad is False


def in_safetensors(path: Path, state: State) -> None:
    save_file({name: tensor.contiguous() for name, tensor in state.items()}, path)


def in_float64(path: Path, state: State) -> None:
    torch.save({name: tensor.double() if tensor.is_floating_point() else tensor for name, tensor in state.items()}, path)


def through_data_parallel(path: Path, state: State) -> None:
    torch.save({f"module.{name}": tensor for name, tensor in state.items()}, path)


def compiled_in_data_parallel(path: Path, state: State) -> None:
    torch.save({f"_orig_mod.module.{name}": tensor for name, tensor in state.items()}, path)


def before_counters(path: Path, state: State) -> None:
    torch.save({name: tensor for name, tensor in state.items() if not name.endswith("num_batches_tracked")}, path)


def channels_last(path: Path, state: State) -> None:
    last = {name: tensor.to(memory_format=torch.channels_last) if tensor.ndim == 4 else tensor for name, tensor in state.items()}
    torch.save(last, path)


WAYS = (in_safetensors, in_float64, through_data_parallel, compiled_in_data_parallel, before_counters, channels_last)


@pytest.mark.parametrize("config", [RESNET, BATCH_RESNET, BATCH_UNET], ids=called)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_other_ways_to_write_the_same(way: Callable[[Path, State], None], config: TranslatorConfig, tmp_path: Path) -> None:
    network = random_network(config)
    way(tmp_path / "file", dict(network.state_dict()))
    translator = latentedit.load_translator(tmp_path / "file")
    image = pictures(3, 32, 32)
    with torch.no_grad():
        torch.testing.assert_close(translator(image), network(image), atol=1e-6, rtol=0)


@pytest.mark.parametrize("config", [RESNET, TranslatorConfig("unet", base_channels=2, halvings=5, bias=False)], ids=called)
def test_statistics_that_instance_norm_once_kept_are_not_used(config: TranslatorConfig, tmp_path: Path) -> None:
    network = random_network(config)
    state = dict(network.state_dict())
    for name, layer in network.named_modules():
        if isinstance(layer, nn.InstanceNorm2d):
            state[f"{name}.running_mean"] = torch.full([layer.num_features], torch.nan)  # nobody looks
            state[f"{name}.running_var"] = torch.full([layer.num_features], 7.0)
            state[f"{name}.num_batches_tracked"] = torch.tensor(1)
    translator = latentedit.load_translator(saved(tmp_path, state))
    image = pictures(3, 32, 32)
    with torch.no_grad():
        assert torch.equal(translator(image), network(image))
    assert translator.config == config


def test_batch_statistics_are_chosen(tmp_path: Path) -> None:
    network = random_network(BATCH_RESNET)
    path = saved(tmp_path, network.state_dict())
    image = pictures(3, 32, 32, count=1)
    with torch.no_grad():
        assert torch.equal(latentedit.load_translator(path, batch_statistics="stored")(image), network(image))
        of_the_image = latentedit.load_translator(path, batch_statistics="image")(image)
        assert (of_the_image - network(image)).abs().max() > 0.1
        torch.testing.assert_close(of_the_image, network.train()(image), atol=1e-5, rtol=0)
    with pytest.raises(UsageError, match="none"):
        latentedit.load_translator(path, batch_statistics="none")  # type: ignore[arg-type]
    with pytest.raises(LatentEditError):
        latentedit.load_translator(path, "abacus")


def patch_discriminator(norm: type[nn.Module]) -> nn.Module:
    """PatchGAN, as the reference saves it."""

    def conv(taken: int, given: int, stride: int) -> nn.Module:
        return nn.Conv2d(taken, given, 4, stride, 1)

    layers = [conv(6, 4, 2), nn.LeakyReLU(), conv(4, 8, 2), norm(8), nn.LeakyReLU(), conv(8, 16, 1), norm(16), nn.LeakyReLU()]
    return nn.ModuleDict({"model": nn.Sequential(*layers, conv(16, 1, 1))})


def pixel_discriminator() -> nn.Module:
    layers = [nn.Conv2d(6, 4, 1), nn.LeakyReLU(), nn.Conv2d(4, 8, 1), nn.BatchNorm2d(8), nn.LeakyReLU(), nn.Conv2d(8, 1, 1)]
    return nn.ModuleDict({"net": nn.Sequential(*layers)})


@pytest.mark.parametrize("wrapper", ["", "module."])
@pytest.mark.parametrize(
    "judge",
    [patch_discriminator(nn.BatchNorm2d), patch_discriminator(nn.InstanceNorm2d), pixel_discriminator()],
    ids=["batch", "instance", "pixel"],
)
def test_a_discriminator_is_told_as_such(judge: nn.Module, wrapper: str, tmp_path: Path) -> None:
    path = saved(tmp_path, {wrapper + name: tensor for name, tensor in judge.state_dict().items()})
    with pytest.raises(CheckpointError, match="discriminator") as caught:
        latentedit.load_translator(path)
    assert "latest_net_G" in caught.value.hint


def without(name: str, config: Any = RESNET) -> State:
    return {key: tensor for key, tensor in state_of(config).items() if key != name}


def with_tensor(name: str, tensor: Tensor, config: Any = RESNET) -> State:
    return {**state_of(config), name: tensor}


def very_deep() -> State:
    state = state_of(TranslatorConfig("unet", base_channels=1, halvings=5))
    for level in range(20):
        state["model.model.1.model." + "3.model." * level + "1.weight"] = torch.zeros(1, 1, 4, 4)
    return state


OTHERS: dict[str, Any] = {
    "a tensor": torch.zeros(3, 3),
    "a list": [torch.zeros(3)],
    "nothing": {},
    "a number": {"model.1.weight": 3},
    "a wrapper": {"G": state_of(RESNET)},
    "keys that are numbers": {1: torch.zeros(3)},
    "truth values": {name: tensor > 0 for name, tensor in state_of(RESNET).items()},
    "a linear layer": nn.Linear(3, 4).state_dict(),
    "a generator of latents": {"style.1.weight": torch.zeros(8, 8), "input.input": torch.zeros(1, 8, 4, 4)},
    "a resnet without its last": without("model.19.weight"),
    "a resnet without a bias": without("model.10.conv_block.1.bias"),
    "a resnet without a second convolution": without("model.11.conv_block.5.weight"),
    "a u-net without its last": without("model.model.3.weight", BATCH_UNET),
    "a u-net without statistics": {name: t for name, t in state_of(BATCH_UNET).items() if not name.endswith("running_var")},
    "another last": with_tensor("model.19.weight", torch.zeros(3)),
    "one more": with_tensor("model.30.weight", torch.zeros(3, 2, 7, 7)),
    "one with a strange name": with_tensor("model.\n\x1b[2J", torch.zeros(3, 2)),
    "another shape": with_tensor("model.4.weight", torch.zeros(4, 3, 3, 3)),
    "no colours": with_tensor("model.1.weight", torch.zeros(2, 0, 7, 7)),
    "many channels": with_tensor("model.1.weight", torch.zeros(5000, 1, 7, 7)),
    "not a number": with_tensor("model.4.weight", torch.full((4, 2, 3, 3), torch.nan)),
    "more than float32 holds": with_tensor("model.4.weight", torch.full((4, 2, 3, 3), 1e300, dtype=torch.float64)),
    "a very deep u-net": very_deep(),
    "an animegan without a norm": without("block_c.2.layers.3.weight", ANIMEGAN),
}


@pytest.mark.parametrize("tree", OTHERS.values(), ids=OTHERS)
def test_what_is_no_translator_is_told(tree: Any, tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(CheckpointError) as caught:
        latentedit.load_translator(saved(tmp_path, tree))
    told = str(caught.value)
    assert caught.value.exit_code == 3 and caught.value.hint
    assert told.startswith("any name holds no translator") and told.isprintable()
    assert time.monotonic() - started < 20


def test_what_is_no_file_of_tensors_is_told(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello")
    (tmp_path / "empty").write_bytes(b"")
    for name in ("text", "empty", "missing", "."):
        with pytest.raises(CheckpointError, match="holds no translator") as caught:
            latentedit.load_translator(tmp_path / name)
        assert caught.value.hint


class Runs:
    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, ("WAS_RUN",)


def test_a_file_is_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CheckpointError, match="nothing of it was run"):
        latentedit.load_translator(saved(tmp_path, {"model.1.weight": Runs()}))
    assert not Path("WAS_RUN").exists()
