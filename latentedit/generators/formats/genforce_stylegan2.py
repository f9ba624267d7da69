"""StyleGAN2 of genforce's programs (sefa, idinvert, genforce): the layout of their converted TensorFlow networks."""

from __future__ import annotations

from torch import Tensor

from latentedit.errors import CheckpointError
from latentedit.generators.formats.account import Account, all_or_none, count_of
from latentedit.generators.formats.found import Arrays, FoundGenerator, separable_taps, take
from latentedit.generators.formats.stylegan2_parts import Affine, Convolution, ToImage, mapping_layer
from latentedit.generators.mapping_network import MappingConfig
from latentedit.generators.stylegan2 import StyleGAN2Config

PROGRAM = "genforce"
MARK = "synthesis.early_layer.const"
"""What tells StyleGAN2 from the same programs' StyleGAN1."""


def read_genforce_stylegan2(arrays: Arrays) -> FoundGenerator:
    """
    Raises:
        CheckpointError: a tensor is missing or damaged.
    """
    account = Account(arrays)
    found = _found(account)
    account.close(PROGRAM)
    return found


def _found(arrays: Arrays) -> FoundGenerator:
    tensors: dict[str, Tensor] = {}
    features = []
    for number in range(count_of(arrays, "mapping.dense{}.")):
        weight = take(arrays, f"mapping.dense{number}.weight")
        tensors |= mapping_layer(number, weight, take(arrays, f"mapping.dense{number}.bias"))
        features.append(len(weight))
    z_dim = take(arrays, "mapping.dense0.weight").shape[1]
    w_dim = features[-1]
    if "truncation.w_avg" in arrays:
        tensors["w_avg"] = take(arrays, "truncation.w_avg").reshape(-1, w_dim)[0].clone()
    blocks = max((count_of(arrays, "synthesis.layer{}.") + 1) // 2, count_of(arrays, "synthesis.output{}."))
    taps = _taps(arrays, blocks)
    is_skip = any(
        name.startswith("synthesis.output") and not name.startswith(f"synthesis.output{blocks - 1}.") for name in arrays
    )
    channels = []
    for index in range(blocks):
        target = f"blocks.{index}"
        if index == 0:
            tensors[f"{target}.const"] = take(arrays, MARK)
        else:
            tensors |= _convolution(arrays, 2 * index - 1, up=True).tensors(f"{target}.conv0")
            tensors[f"{target}.conv0.taps"] = taps
            if is_skip:
                tensors[f"{target}.taps"] = taps
        convolution = _convolution(arrays, 2 * index)
        tensors |= convolution.tensors(f"{target}.conv1")
        channels.append(len(convolution.weight))
        if is_skip or index == blocks - 1:
            name = f"synthesis.output{index}"
            to_image = ToImage(take(arrays, f"{name}.weight"), take(arrays, f"{name}.bias"), _affine(arrays, name))
            tensors |= to_image.tensors(f"{target}.to_image")
    config = StyleGAN2Config(
        mapping=MappingConfig(z_dim=z_dim, c_dim=0, w_dim=w_dim, features=tuple(features)),
        channels=tuple(channels),
        img_channels=len(take(arrays, f"synthesis.output{blocks - 1}.weight")),
        architecture="skip" if is_skip else "orig",
        taps=len(taps),
    )
    return FoundGenerator(config, tensors, PROGRAM)


def _taps(arrays: Arrays, blocks: int) -> Tensor:
    """The filter of all that upsamples.

    Raises:
        CheckpointError: one of them is missing, or is another.
    """
    taps = separable_taps(take(arrays, "synthesis.upsample.kernel")[0, 0].numpy())
    names = [f"synthesis.layer{2 * index + 1}.filter.kernel" for index in range(blocks - 1)]
    stored = [separable_taps(take(arrays, name)[0, 0].numpy()) for name in names] if all_or_none(arrays, names) else []
    if not all(each.shape == taps.shape and each.allclose(taps, atol=1e-6) for each in stored):
        raise CheckpointError("The checkpoint's layers upsample by different filters.", hint="Such generators are not read.")
    return taps


def _convolution(arrays: Arrays, number: int, *, up: bool = False) -> Convolution:
    """``up``: kernels that upsample are stored as in TensorFlow, mirrored."""
    name = f"synthesis.layer{number}"
    weight = take(arrays, f"{name}.weight")
    return Convolution(
        weight=weight.flip((2, 3)) if up else weight,
        bias=take(arrays, f"{name}.bias"),
        affine=_affine(arrays, name),
        noise_strength=take(arrays, f"{name}.noise_strength"),
        noise=take(arrays, f"{name}.noise"),
        up=up,
    )


def _affine(arrays: Arrays, name: str) -> Affine:
    return Affine(take(arrays, f"{name}.style.weight"), take(arrays, f"{name}.style.bias") + 1)
