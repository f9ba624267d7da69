"""Checkpoints of MobileStyleGAN.pytorch, against its formulas written out sample by sample, with nothing folded into anything."""

from __future__ import annotations

import itertools
import math
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from latentedit.errors import CheckpointError
from latentedit.generators.architectures import build
from latentedit.generators.base import Generator
from latentedit.generators.card import Card
from latentedit.generators.mobilestylegan import MobileStyleGAN
from latentedit.generators.opening import read_generator

W, DEPTH = 12, 3
SMALL = (16, 8, 12, 4)
"""Channels at 4, 8, 16, 32 px: images of 64 px."""


def checkpoint(channels: tuple[int, ...] = SMALL) -> dict[str, Tensor]:
    """A state_dict in the program's naming, with random numbers, and some of the other networks that its files hold."""
    random = torch.Generator().manual_seed(0)

    def normal(*shape: int) -> Tensor:
        return torch.randn(shape, generator=random)

    def modulation(place: str, width: int) -> dict[str, Tensor]:
        return {
            f"{place}.modulation.weight": normal(width, W) / math.sqrt(W),
            f"{place}.modulation.bias": 1 + 0.1 * normal(width),
        }

    def styled(place: str, inputs: int, outputs: int, kernels: dict[str, Tensor]) -> dict[str, Tensor]:
        return {
            **{f"{place}.conv.{name}": kernel for name, kernel in kernels.items()},
            **modulation(f"{place}.conv", inputs),
            f"{place}.conv.style_inv": normal(1, 1, inputs, 1, 1),
            f"{place}.noise.weight": normal(1),
            f"{place}.bias": normal(1, outputs, 1, 1),
        }

    def separable(place: str, inputs: int, outputs: int) -> dict[str, Tensor]:
        kernels = {"weight_dw": normal(inputs, 1, 3, 3), "weight_permute": normal(outputs, inputs, 1, 1)}
        return styled(place, inputs, outputs, kernels)

    def image(place: str, width: int) -> dict[str, Tensor]:
        bias = normal(1, 12, 1, 1)
        return {f"{place}.conv.weight": normal(12, width, 1, 1), f"{place}.bias": bias, **modulation(f"{place}.conv", width)}

    first = channels[0]
    student = {"input.input": normal(1, first, 4, 4), "device_info": torch.zeros(1)}
    student |= styled("conv1", first, first, {"weight": normal(first, first, 3, 3)}) | image("to_img1", first)
    for i, (inputs, outputs) in enumerate(itertools.pairwise(channels)):
        block = f"layers.{i}"
        student |= modulation(f"{block}.up", inputs) | {f"{block}.up.idwt.g0_col": normal(1, 1, 2, 1)}
        student |= separable(f"{block}.conv1", inputs // 4, outputs) | separable(f"{block}.conv2", outputs, outputs)
        student |= image(f"{block}.to_img", outputs)
    mapping: dict[str, Tensor] = {}
    for layer in range(1, DEPTH + 1):
        mapping |= {f"layers.{layer}.weight": 100 * normal(W, W), f"layers.{layer}.bias": normal(W)}
    return {
        **{f"mapping_net.{name}": value for name, value in mapping.items()},
        **{f"student.{name}": value for name, value in student.items()},
        "synthesis_net.input.input": normal(1, 4, 4, 4),
        "loss.gan_loss.D.0.weight": normal(3),
        "style_mean": normal(1, 3 * len(channels) - 1, W),
    }


def opened(folder: Path, tensors: dict[str, Tensor]) -> MobileStyleGAN:
    torch.save({"state_dict": tensors, "epoch": 3, "pytorch-lightning_version": "1.0.2"}, folder / "last.ckpt")
    generator = build(read_generator(folder / "last.ckpt"), Card("tiny", "face", "hash"))
    assert isinstance(generator, MobileStyleGAN)
    return generator


class Written:
    """The program's formulas, on its own tensors."""

    def __init__(self, tensors: dict[str, Tensor]) -> None:
        self.tensors = tensors

    def w(self, z: Tensor) -> Tensor:
        x = z / (z.square().mean(dim=1, keepdim=True) + 1e-8).sqrt()
        for layer in range(1, DEPTH + 1):
            weight, bias = (self.tensors[f"mapping_net.layers.{layer}.{kind}"] for kind in ("weight", "bias"))
            x = F.leaky_relu(x @ (weight * 0.01 / math.sqrt(W)).T + bias * 0.01, 0.2) * math.sqrt(2)
        return x

    def __call__(self, w_plus: Tensor, noise: list[Tensor], *, image_of_block: int) -> Tensor:
        """One sample, ``w_plus`` [num_ws, W]; ``noise`` of unit strength. The image that a block's to-image layer makes."""
        t = self.tensors
        x = self.styled(t["student.input.input"], w_plus[0], noise[0], "conv1", t["student.conv1.conv.weight"])
        for i in range(image_of_block + 1):
            here, styles = f"layers.{i}", w_plus[3 * i + 1 : 3 * i + 4]
            x = self.haar(x * self.style(styles[0], f"{here}.up"))
            for conv, w, grain in zip(("conv1", "conv2"), styles, noise[2 * i + 1 :], strict=False):
                depthwise, pointwise = (t[f"student.{here}.{conv}.conv.{kind}"] for kind in ("weight_dw", "weight_permute"))
                x = self.styled(x, w, grain, f"{here}.{conv}", pointwise * depthwise.transpose(0, 1))
        kernel = t[f"student.{here}.to_img.conv.weight"]
        scaled = x * self.style(styles[2], f"{here}.to_img.conv") / math.sqrt(kernel.shape[1])
        return self.haar(F.conv2d(scaled, kernel) + t[f"student.{here}.to_img.bias"])

    def style(self, w: Tensor, place: str) -> Tensor:
        weight, bias = (self.tensors[f"student.{place}.modulation.{kind}"] for kind in ("weight", "bias"))
        return (weight @ w + bias)[None, :, None, None]

    def styled(self, x: Tensor, w: Tensor, noise: Tensor, place: str, kernel: Tensor) -> Tensor:
        scale = 1 / math.sqrt(kernel[0].numel())
        y = F.conv2d(x * scale * self.style(w, f"{place}.conv"), kernel, padding=1)
        inverse = self.tensors[f"student.{place}.conv.style_inv"][0]
        y = y / ((scale * inverse * kernel).square().sum(dim=(1, 2, 3)) + 1e-8).sqrt()[None, :, None, None]
        y = y + self.tensors[f"student.{place}.noise.weight"] * noise
        return F.leaky_relu(y + self.tensors[f"student.{place}.bias"], 0.2)

    def haar(self, x: Tensor) -> Tensor:
        """Averages first; of details, the three of one channel stand together."""
        count = x.shape[1] // 4
        signs = torch.tensor([[[1.0, 1], [1, 1]], [[1, 1], [-1, -1]], [[1, -1], [1, -1]], [[1, -1], [-1, 1]]])
        channels = []
        for c in range(count):
            picked = x[:, [c, *(count + 3 * c + k for k in range(3))]]
            channels.append(F.conv_transpose2d(picked, signs[:, None] / 2, stride=2))
        return torch.cat(channels, dim=1)


def strengths(tensors: dict[str, Tensor], blocks: int) -> list[float]:
    places = ["conv1", *(f"layers.{i}.{conv}" for i in range(blocks) for conv in ("conv1", "conv2"))]
    return [float(tensors[f"student.{place}.noise.weight"]) for place in places]


@pytest.mark.parametrize(("channels", "block"), [(SMALL, 2), ((8, 8, 8, 8, 4, 4, 4), 5)])
def test_it_draws_what_the_formulas_say(tmp_path: Path, channels: tuple[int, ...], block: int) -> None:
    tensors = checkpoint(channels)
    generator, written = opened(tmp_path, tensors), Written(tensors)
    z = torch.randn(2, W, generator=torch.Generator().manual_seed(1))
    torch.testing.assert_close(generator.mapping(z)[:, 0], written.w(z), atol=2e-5, rtol=0)
    random = torch.Generator().manual_seed(2)
    w_plus = torch.randn(2, generator.num_ws, W, generator=random)
    unit = [torch.randn(1, 1, *shape, generator=random) for shape in generator.spec.noise_shapes]
    noise = [grain * strength for grain, strength in zip(unit, strengths(tensors, block + 1), strict=True)]
    expected = torch.cat([written(w, unit, image_of_block=block) for w in w_plus])
    torch.testing.assert_close(
        generator.synthesis(w_plus, noise=noise), expected, atol=1e-4 * float(expected.abs().max()), rtol=0
    )


def test_a_generator_like_any_other(tmp_path: Path) -> None:
    tensors = checkpoint()
    generator = opened(tmp_path, tensors)
    spec = generator.spec
    assert isinstance(generator, Generator)
    assert (spec.num_ws, spec.img_resolution, spec.feature_resolutions) == (10, 64, (8, 16, 32))
    assert spec.layer_resolutions == (4, 8, 8, 8, 16, 16, 16, 32, 32, 32) and spec.preview_num_ws is None
    w_plus = torch.randn(1, 10, W, generator=torch.Generator().manual_seed(3))
    assert torch.equal(generator.preview(w_plus), generator.synthesis(w_plus))
    assert generator.features(w_plus, 16).shape == (1, 12, 16, 16)
    assert [tuple(noise.shape[2:]) for noise in generator.noise_buffers()] == list(spec.noise_shapes)
    for noise, strength in zip(generator.noise_buffers(), strengths(tensors, 3), strict=True):
        assert float(generator.noise_scale(noise)) == pytest.approx(abs(strength), rel=1e-5)
    assert set(generator.tunable_parameters()) <= dict(generator.named_parameters()).keys()
    assert max(index for index, _ in generator.modulation_weights()) == 9


def test_the_preview_is_the_to_image_layers_at_128_px(tmp_path: Path) -> None:
    channels = (8, 8, 8, 8, 4, 4, 4)
    tensors = checkpoint(channels)
    generator = opened(tmp_path, tensors)
    spec = generator.spec
    assert (spec.img_resolution, spec.preview_resolution, spec.preview_num_ws, spec.num_ws) == (512, 256, 16, 19)
    w_plus = torch.randn(1, 19, W, generator=torch.Generator().manual_seed(4))
    unit = [n / s for n, s in zip(generator.noise_buffers(), strengths(tensors, 6), strict=True)]
    expected = Written(tensors)(w_plus[0], unit, image_of_block=4)
    torch.testing.assert_close(generator.preview(w_plus), expected, atol=1e-4 * float(expected.abs().max()), rtol=0)


@pytest.mark.parametrize("zipped", [True, False])
def test_lightnings_classes_are_only_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zipped: bool) -> None:
    module = ModuleType("pytorch_lightning.callbacks.model_checkpoint")
    callback = type("ModelCheckpoint", (), {"__module__": module.__name__})
    vars(module)["ModelCheckpoint"] = callback
    for name in ("pytorch_lightning", "pytorch_lightning.callbacks"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    contents: dict[str, Any] = {
        "epoch": 1,
        "callbacks": {callback: {"best_model_score": torch.tensor(1.0), "best_model_path": ""}},
    }
    contents |= {
        "optimizer_states": [{"state": {0: {"step": 1, "exp_avg": torch.zeros(2)}}, "param_groups": [{"betas": (0.9, 0.99)}]}]
    }
    contents["state_dict"] = checkpoint()
    torch.save(contents, tmp_path / "last.ckpt", _use_new_zipfile_serialization=zipped)
    monkeypatch.undo()
    assert read_generator(tmp_path / "last.ckpt").program == "MobileStyleGAN.pytorch"


Damage = Callable[[dict[str, Tensor]], dict[str, Tensor]]


def without(part: str) -> Damage:
    return lambda tensors: {name: tensor for name, tensor in tensors.items() if part not in name}


def with_other(name: str, *shape: int) -> Damage:
    return lambda tensors: {**tensors, name: torch.ones(shape)}


DAMAGES: dict[str, tuple[Damage, str]] = {
    "no mapping network": (without("mapping_net."), "without its mapping network"),
    "another variant": (without("up.modulation"), "later variant"),
    "not square": (with_other("student.input.input", 1, 16, 4, 2), "not square"),
    "a flat constant": (with_other("student.input.input", 16), "wrong shape"),
    "other channels": (with_other("student.layers.0.conv2.bias", 1, 6, 1, 1), "multiple of four"),
    "no blocks": (without("student.layers"), "0 blocks"),
    "too many blocks": (lambda t: t | {f"student.layers.{i}.conv1.bias": torch.zeros(1) for i in range(3, 20)}, "20 blocks"),
    "a kernel too few": (without("layers.1.conv1.conv.weight_dw"), "lacks student.layers.1.conv1.conv.weight_dw"),
    "kernels of different layers": (with_other("student.layers.1.conv1.conv.weight_dw", 5, 1, 3, 3), "do not fit together"),
    "a flat kernel": (with_other("student.conv1.conv.weight", 16), "does not fit its demodulation"),
    "larger kernels": (with_other("student.layers.1.conv1.conv.weight_dw", 2, 1, 5, 5), "do not fit"),
    "many strengths": (with_other("student.conv1.noise.weight", 16), "more than one strength"),
    "a flat mapping": (with_other("mapping_net.layers.2.weight", 12), "mapping network is damaged"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_does_not_fit_is_refused(tmp_path: Path, damage: str) -> None:
    change, problem = DAMAGES[damage]
    with pytest.raises(CheckpointError, match=problem):
        opened(tmp_path, change(checkpoint()))


NOT_DRAWN = ("device_info", "to_img1", "idwt", "layers.0.to_img", "layers.1.to_img", "synthesis_net.", "loss.", "style_mean")
"""Of a checkpoint of three blocks: what has no part in the image."""


def test_every_tensor_of_it_counts(tmp_path: Path) -> None:
    whole = checkpoint()
    for name in whole:
        without_it = {other: tensor for other, tensor in whole.items() if other != name}
        if any(part in name for part in NOT_DRAWN):
            opened(tmp_path, without_it)
            continue
        for tensors in (without_it, {**whole, f"{name.rpartition('.')[0]}.attention": torch.ones(3)}):
            with pytest.raises(CheckpointError):
                opened(tmp_path, tensors)
