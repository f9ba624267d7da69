"""StyleGAN as genforce's programs store it: the numbers of the TensorFlow networks that it was converted from, under names of its own.

Such files hold tensors and nothing else: options that no shape tells are taken to be the original program's defaults.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from torch import Tensor

from latentedit.checkpoints.stored_array import loaded
from latentedit.generators.formats.account import Account, count_of
from latentedit.generators.formats.found import Arrays, FoundGenerator, linear, separable_taps, take
from latentedit.generators.formats.stylegan1_parts import (
    FUSED_PX,
    MAPPING_RATE,
    Block,
    Layer,
    blocks_tensors,
    filled,
    from_one,
    grown,
    scaled,
    upsampling,
)
from latentedit.generators.mapping_network import MappingConfig
from latentedit.generators.stylegan1 import StyleGAN1Config

PROGRAM = "genforce"
_MARKS = ("synthesis.layer0.const", "synthesis.layer0.apply_noise.weight", "mapping.dense0.weight")


def is_stylegan1(arrays: Arrays) -> bool:
    return all(mark in arrays for mark in _MARKS)


def read_genforce_stylegan1(arrays: Arrays, program: str = PROGRAM, fused: Collection[int] | None = None) -> FoundGenerator:
    """
    Args:
        fused: numbers of the layers that upsample and convolve in one step; None for all from :data:`FUSED_PX` on.

    Raises:
        CheckpointError: a tensor is missing or damaged.
    """
    account = Account(arrays)
    found = _found(account, program, fused)
    account.close(program)
    return found


def _found(arrays: Arrays, program: str, fused: Collection[int] | None) -> FoundGenerator:
    mapping_config, tensors = _mapping(arrays)
    blocks = []
    count = max(count_of(arrays, "synthesis.output{}."), (count_of(arrays, "synthesis.layer{}.") + 1) // 2)
    for index in range(count):
        numbers = 2 * index, 2 * index + 1
        is_fused = (4 << index) >= FUSED_PX if fused is None else numbers[0] in fused
        blocks.append(
            Block(
                layers=(_layer(arrays, numbers[0], up=index > 0, fused=is_fused), _layer(arrays, numbers[1])),
                noise=[take(arrays, f"synthesis.layer{number}.apply_noise.noise") for number in numbers],
                to_image=_to_image(arrays, f"synthesis.output{index}"),
            )
        )
    tensors |= blocks_tensors(blocks)
    tensors["const"] = take(arrays, "synthesis.layer0.const")
    lod = float(take(arrays, "synthesis.lod").reshape(-1)[0]) if "synthesis.lod" in arrays else 0.0
    up = blocks[1].layers[0].taps if len(blocks) > 1 else None
    config = StyleGAN1Config(
        mapping=mapping_config,
        channels=tuple(block.channels for block in blocks),
        img_channels=len(take(arrays, "synthesis.output0.bias")),
        lod=grown(lod, len(blocks)),
        taps=0 if up is None else len(up),
    )
    return FoundGenerator(config, tensors, program)


def _mapping(arrays: Arrays) -> tuple[MappingConfig, dict[str, Tensor]]:
    tensors: dict[str, Tensor] = {}
    features = []
    for number in range(count_of(arrays, "mapping.dense{}.")):
        name = f"mapping.dense{number}"
        weight, bias = scaled(take(arrays, f"{name}.weight")) * MAPPING_RATE, take(arrays, f"{name}.bias") * MAPPING_RATE
        tensors |= linear(f"mapping_network.layers.{number}", weight, bias)
        features.append(len(weight))
    w_dim = features[-1]
    if "truncation.w_avg" in arrays:
        # Some store one row per layer, all alike.
        tensors["w_avg"] = take(arrays, "truncation.w_avg").reshape(-1)[:w_dim].clone()
    embed_features = c_dim = 0
    if "mapping.label_weight" in arrays:
        embed = filled(take(arrays, "mapping.label_weight")).T.contiguous()
        embed_features, c_dim = embed.shape
        tensors["mapping_network.embed.weight"] = embed
    config = MappingConfig(
        z_dim=take(arrays, "mapping.dense0.weight").shape[1] - embed_features,
        c_dim=c_dim,
        w_dim=w_dim,
        features=tuple(features),
        embed_features=embed_features,
        embed_bias=False,
        normalisation="joint",
        gain=1.0,
    )
    return config, tensors


def _layer(arrays: Arrays, number: int, *, up: bool = False, fused: bool = False) -> Layer:
    name = f"synthesis.layer{number}"
    weight = scaled(take(arrays, f"{name}.weight")) if number else None
    taps = None
    if up and weight is not None:
        weight = upsampling(weight, fused=fused)
        taps = separable_taps(_filter(loaded(arrays[f"{name}.blur.kernel"]))) if f"{name}.blur.kernel" in arrays else None
    return Layer(
        bias=take(arrays, f"{name}.bias").reshape(-1),
        weight=weight,
        noise_strength=take(arrays, f"{name}.apply_noise.weight").reshape(-1),
        style=(scaled(take(arrays, f"{name}.style.weight"), 1.0), from_one(take(arrays, f"{name}.style.bias"))),
        taps=taps,
    )


def _filter(kernel: Any) -> Any:
    """The one filter of all channels."""
    return kernel[0, 0] if getattr(kernel, "ndim", 0) == 4 and len(kernel) else kernel


def _to_image(arrays: Arrays, name: str) -> tuple[Tensor, Tensor]:
    return scaled(take(arrays, f"{name}.weight"), 1.0), take(arrays, f"{name}.bias")
