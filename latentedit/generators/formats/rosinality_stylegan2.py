"""StyleGAN2 of rosinality/stylegan2-pytorch, whose layout pSp, e4e and many others have taken over (as ``decoder``).

Its ``args`` and optimisers are left alone. The average latent is stored only by some of these programs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from torch import Tensor

from latentedit.checkpoints.stored_array import is_array
from latentedit.errors import CheckpointError
from latentedit.generators.config_check import require_blocks
from latentedit.generators.formats.account import Account, all_or_none, count_of
from latentedit.generators.formats.found import Arrays, FoundGenerator, Source, separable_taps, take, tensor
from latentedit.generators.formats.grouping import tensors_with
from latentedit.generators.formats.stylegan2_parts import Affine, Convolution, ToImage, mapping_layer, own_noise
from latentedit.generators.mapping_network import MappingConfig
from latentedit.generators.stylegan2 import StyleGAN2Config

PROGRAM = "rosinality/stylegan2-pytorch"
_MARKS = ("input.input", "conv1.conv.modulation.weight", "to_rgb1.conv.weight")
_HARMLESS = r"latent_avg"
_DEFAULT_FILTER = np.outer([1.0, 3, 3, 1], [1.0, 3, 3, 1])


def read_rosinality_stylegan2(source: Source) -> FoundGenerator | None:
    """The averaged generator; None when the file is of another program.

    Raises:
        CheckpointError: it is damaged.
    """
    tree = source.tree
    if not isinstance(tree, Mapping):
        return None
    arrays = tensors_with(tree, _MARKS)
    return None if arrays is None else _read(arrays, tree.get("latent_avg"))


def _read(arrays: Arrays, latent_avg: Any) -> FoundGenerator:
    account = Account(arrays)
    found = _found(account, latent_avg)
    account.close(PROGRAM, _HARMLESS)
    return found


def _found(arrays: Arrays, latent_avg: Any) -> FoundGenerator:
    tensors: dict[str, Tensor] = {}
    if is_array(latent_avg):
        # pSp stores one row per layer, all alike.
        tensors["w_avg"] = tensor(latent_avg).reshape(-1, latent_avg.shape[-1])[0].clone()
    features = []
    for number in range(count_of(arrays, "style.{}.") - 1):  # number 0 is the pixel norm, which has no weights
        weight = take(arrays, f"style.{number + 1}.weight")
        tensors |= mapping_layer(number, weight, take(arrays, f"style.{number + 1}.bias"))
        features.append(len(weight))
    if not features:
        raise CheckpointError("The checkpoint lacks the mapping network.", hint="Is it whole?")
    w_dim = features[-1]
    blocks = 1 + max(count_of(arrays, "to_rgbs.{}."), (count_of(arrays, "convs.{}.") + 1) // 2)
    require_blocks(blocks)
    taps = _taps(arrays, blocks)
    # The first versions of the program stored none.
    has_noise = all_or_none(arrays, (f"noises.noise_{number}" for number in range(2 * blocks - 1)))
    channels = []
    for index in range(blocks):
        target, resolution = f"blocks.{index}", 4 << index
        names = ("conv1",) if index == 0 else (f"convs.{2 * index - 2}", f"convs.{2 * index - 1}")
        for own, name in zip(("conv1",) if index == 0 else ("conv0", "conv1"), names, strict=True):
            number = 0 if index == 0 else 2 * index - 1 + (own == "conv1")
            convolution = _convolution(arrays, name, number, None if has_noise else resolution)
            tensors |= convolution.tensors(f"{target}.{own}")
        channels.append(len(convolution.weight))
        image = "to_rgb1" if index == 0 else f"to_rgbs.{index - 1}"
        to_image = ToImage(take(arrays, f"{image}.conv.weight")[0], take(arrays, f"{image}.bias"), _affine(arrays, image))
        tensors |= to_image.tensors(f"{target}.to_image")
        if index == 0:
            tensors[f"{target}.const"] = take(arrays, "input.input")
        else:
            tensors |= {f"{target}.conv0.taps": taps, f"{target}.taps": taps}
    config = StyleGAN2Config(
        mapping=MappingConfig(z_dim=w_dim, c_dim=0, w_dim=w_dim, features=tuple(features)),
        channels=tuple(channels),
        img_channels=len(to_image.weight),
        taps=len(taps),
    )
    return FoundGenerator(config, tensors, PROGRAM)


def _taps(arrays: Arrays, blocks: int) -> Tensor:
    """The filter of all that upsamples; the program's own where none is stored.

    Raises:
        CheckpointError: one of them is missing, or is another.
    """
    taps = separable_taps(arrays.get("to_rgbs.0.upsample.kernel", _DEFAULT_FILTER))
    for pattern in ("to_rgbs.{}.upsample.kernel", "convs.{}.conv.blur.kernel"):
        step = 2 if pattern.startswith("convs") else 1
        names = [pattern.format(step * index) for index in range(blocks - 1)]
        stored = [separable_taps(arrays[name]) for name in names] if all_or_none(arrays, names) else []
        if not all(each.shape == taps.shape and np.allclose(each, taps, atol=1e-6) for each in stored):
            raise CheckpointError("The checkpoint's layers upsample by different filters.", hint="Such generators are not read.")
    return taps


def _convolution(arrays: Arrays, name: str, number: int, resolution: int | None) -> Convolution:
    """``resolution``: of the noise that is made for it, where none is stored."""
    return Convolution(
        weight=take(arrays, f"{name}.conv.weight")[0],
        bias=take(arrays, f"{name}.activate.bias"),
        affine=_affine(arrays, name),
        noise_strength=take(arrays, f"{name}.noise.weight"),
        noise=take(arrays, f"noises.noise_{number}") if resolution is None else own_noise(number, resolution),
        up=number % 2 == 1,
    )


def _affine(arrays: Arrays, name: str) -> Affine:
    return Affine(take(arrays, f"{name}.conv.modulation.weight"), take(arrays, f"{name}.conv.modulation.bias"))
