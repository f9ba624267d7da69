"""StyleGAN of rosinality/style-based-gan-pytorch.

A file holds the layers for all resolutions up to 1024 px, trained or not: up to which it was trained only the user can tell. There is one noise map for
each resolution, none is stored, and no average latent either: maps are made here, the same each time, and the average is measured.
"""

from __future__ import annotations

import torch
from torch import Tensor

from latentedit.checkpoints.stored_array import loaded
from latentedit.errors import UnknownResolutionError
from latentedit.generators.config_check import require_blocks
from latentedit.generators.formats.account import Account, count_of
from latentedit.generators.formats.found import Arrays, FoundGenerator, Source, linear, separable_taps, take
from latentedit.generators.formats.grouping import tensors_with
from latentedit.generators.formats.stylegan1_parts import Block, Layer, blocks_tensors, scaled, upsampling
from latentedit.generators.formats.stylegan2_parts import own_noise
from latentedit.generators.mapping_network import MappingConfig
from latentedit.generators.stylegan1 import StyleGAN1Config

PROGRAM = "rosinality/style-based-gan-pytorch"
_MARKS = ("generator.progression.0.conv1.input", "generator.to_rgb.0.conv.weight_orig", "style.1.linear.weight_orig")
_HARMLESS = r".*\.weight_flip"
"""A filter that gradients are filtered by."""
_EPS = 1e-5
"""Of its instance normalisation."""


def read_rosinality_stylegan1(source: Source) -> FoundGenerator | None:
    """The averaged generator; None when the file is of another program.

    Raises:
        CheckpointError: it is damaged.
        UnknownResolutionError: it was not told how large its images are.
    """
    state = tensors_with(source.tree, _MARKS)
    if state is None:
        return None
    arrays = Account(state)
    tensors: dict[str, Tensor] = {}
    features: list[int] = []
    # Behind the pixel norm, number 0, linear layers and activations alternate.
    for number in range(1, count_of(arrays, "style.{}."), 2):
        name = f"style.{number}.linear"
        weight = scaled(take(arrays, f"{name}.weight_orig"))
        tensors |= linear(f"mapping_network.layers.{len(features)}", weight, take(arrays, f"{name}.bias"))
        features.append(len(weight))
    z_dim = tensors["mapping_network.layers.0.weight"].shape[1]
    count = _blocks(source.img_resolution, _stored_blocks(arrays))
    require_blocks(count)
    blocks = [_block(arrays, index) for index in range(count)]
    tensors |= blocks_tensors(blocks)
    tensors["const"] = take(arrays, _MARKS[0])
    taps = blocks[-1].layers[0].taps
    config = StyleGAN1Config(
        mapping=MappingConfig(z_dim, 0, features[-1], tuple(features), normalisation="joint", gain=1.0),
        channels=tuple(block.channels for block in blocks),
        img_channels=len(take(arrays, "generator.to_rgb.0.conv.bias")),
        noise_maps=1,
        blurred_bias=True,
        taps=0 if taps is None else len(taps),
        eps=_EPS,
    )
    finer = [rf"generator\.(progression|to_rgb)\.{index}\..*" for index in range(count, _stored_blocks(arrays))]
    arrays.close(PROGRAM, "|".join([_HARMLESS, *finer]))
    return FoundGenerator(config, tensors, PROGRAM, beside=f"img_resolution={config.img_resolution}")


def _stored_blocks(arrays: Arrays) -> int:
    return max(count_of(arrays, "generator.to_rgb.{}."), count_of(arrays, "generator.progression.{}."))


def _blocks(img_resolution: int | None, stored: int) -> int:
    """How many blocks make an image of this size."""
    known = [4 << index for index in range(1, stored)]
    if img_resolution in known:
        return known.index(img_resolution) + 2
    told = "it does not tell" if img_resolution is None else f"it has none of {img_resolution}"
    raise UnknownResolutionError(
        f"A checkpoint of {PROGRAM} holds layers for images of {', '.join(map(str, known))} pixels; {told}.",
        hint="Give the size that it was trained for: --resolution N with any command that takes it, or img_resolution=N in Python.",
        choices=tuple(known),
    )


def _block(arrays: Arrays, index: int) -> Block:
    name = f"generator.progression.{index}"
    to_image = f"generator.to_rgb.{index}.conv"
    return Block(
        layers=(_first(arrays, name, index), _layer(arrays, name, 2, f"{name}.conv2.conv")),
        noise=[own_noise(index, 4 << index)],
        to_image=(scaled(take(arrays, f"{to_image}.weight_orig")), take(arrays, f"{to_image}.bias")),
    )


def _first(arrays: Arrays, name: str, index: int) -> Layer:
    """The layer that upsamples, or stands behind the constant."""
    if index == 0:
        return _layer(arrays, name, 1)
    if f"{name}.conv1.0.weight" in arrays:
        stored = take(arrays, f"{name}.conv1.0.weight").transpose(0, 1)
        # The four shifts of this kernel are averaged.
        return _layer(arrays, name, 1, f"{name}.conv1.0", upsampling(scaled(stored) / 4, fused=True), f"{name}.conv1.1.weight")
    convolution = f"{name}.conv1.1.conv"
    weight = upsampling(scaled(take(arrays, f"{convolution}.weight_orig")), fused=False)
    return _layer(arrays, name, 1, convolution, weight, f"{name}.conv1.2.weight")


def _layer(arrays: Arrays, name: str, number: int, convolution: str = "", weight: Tensor | None = None, blur: str = "") -> Layer:
    """
    Args:
        convolution: name of the convolution; none behind the constant, where there is no bias either.
        weight: its kernel, when it is not as stored.
        blur: name of the filter behind it.
    """
    noise_strength = scaled(take(arrays, f"{name}.noise{number}.weight_orig")).reshape(-1)
    style = f"{name}.adain{number}.style.linear"
    if convolution and weight is None:
        weight = scaled(take(arrays, f"{convolution}.weight_orig"))
    return Layer(
        bias=take(arrays, f"{convolution}.bias") if convolution else torch.zeros(len(noise_strength)),
        weight=weight,
        noise_strength=noise_strength,
        style=(scaled(take(arrays, f"{style}.weight_orig")), take(arrays, f"{style}.bias")),
        taps=separable_taps(loaded(arrays[blur])[0, 0]) if blur in arrays else None,
    )
