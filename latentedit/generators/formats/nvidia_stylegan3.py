"""StyleGAN3 in NVIDIA's PyTorch pickles: ``--cfg=stylegan3-t`` and ``stylegan3-r`` of stylegan3."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from latentedit.errors import CheckpointError
from latentedit.generators.filtered_activation import FilteredActivation
from latentedit.generators.formats.account import lacking
from latentedit.generators.formats.found import FoundGenerator
from latentedit.generators.formats.nvidia import PickledModule, read_affine, read_mapping
from latentedit.generators.stylegan3 import (
    InputConfig,
    LayerConfig,
    StyleGAN3Config,
    check_layers,
    unit_kernels,
    upsampling_filter,
)

PROGRAM = "stylegan3"
SLOPE = 0.2


def read_stylegan3(network: PickledModule, training_data: str = "") -> FoundGenerator:
    """
    Raises:
        CheckpointError: something is missing or unknown.
    """
    mapping_config, tensors = read_mapping(network.child("mapping"))
    synthesis = network.child("synthesis")
    *layers, to_image = _layers(synthesis)
    if to_image.has_filters:
        raise CheckpointError("The network's last layer changes the sampling rate.", hint="No such generator is known.")
    scale = synthesis.number("output_scale", 1.0)
    clamp = to_image.module.optional_number("conv_clamp")
    config = StyleGAN3Config(
        mapping=mapping_config,
        input=_input_config(synthesis.child("input")),
        layers=tuple(layer.config() for layer in layers),
        img_channels=len(to_image.weight),
        image_clamp=None if clamp is None else clamp * scale,
    )
    check_layers(config)
    told = [(layer.module.path, size, layer.out_size) for layer, size in zip(layers, config.sizes[1:], strict=True)]
    for path, size, said in told:
        if size != said:
            raise CheckpointError(f"The network's {path}padding leads to {size} samples instead of {said}.")
    tensors |= _input(synthesis.child("input"))
    for number, layer in enumerate(layers):
        tensors |= layer.tensors(f"layers.{number}")
    tensors |= to_image.image_tensors(scale)
    return FoundGenerator(config, tensors, PROGRAM, training_data)


def _layers(synthesis: PickledModule) -> list[_Layer]:
    names = synthesis.attributes.get("layer_names")
    if not isinstance(names, list) or len(names) < 2 or not all(isinstance(name, str) for name in names):
        raise CheckpointError("The network names no layers that draw.")
    return [_Layer(synthesis.child(name)) for name in names]


def _input_config(module: PickledModule) -> InputConfig:
    return InputConfig(
        channels=len(module.tensor("weight")),
        size=_same(module, "size"),
        sampling_rate=module.number("sampling_rate"),
        bandwidth=module.number("bandwidth"),
    )


def _input(module: PickledModule) -> dict[str, Tensor]:
    weight = module.tensor("weight")
    return {
        "transform": module.tensor("transform"),
        "input.weight": weight / math.sqrt(len(weight)),
        "input.freqs": module.tensor("freqs"),
        "input.phases": module.tensor("phases"),
        **read_affine(module, "input"),
    }


@dataclass(frozen=True, eq=False)
class _Layer:
    module: PickledModule

    @property
    def weight(self) -> Tensor:
        return self.module.tensor("weight")

    @property
    def out_size(self) -> int:
        return _same(self.module, "out_size")

    @property
    def has_filters(self) -> bool:
        return self.module.holds("up_filter") or self.module.holds("down_filter")

    def config(self) -> LayerConfig:
        module, weight = self.module, self.weight
        if weight.ndim != 4 or weight.shape[2] != weight.shape[3]:
            raise CheckpointError(f"The network's {module.path}weight is no square kernel.")
        down_filter = self.filter("down_filter")
        return LayerConfig(
            channels=len(weight),
            kernel=weight.shape[2],
            activation=FilteredActivation(
                up=_integer(module, "up_factor"),
                down=_integer(module, "down_factor"),
                padding=_padding(module),
                slope=SLOPE,
                clamp=module.optional_number("conv_clamp"),
            ),
            up_taps=len(self.up_filter()),
            down_taps=len(down_filter),
            radial=down_filter.ndim == 2,
            sampling_rate=_integer(module, "out_sampling_rate"),
            cutoff=module.number("out_cutoff"),
        )

    def tensors(self, target: str) -> dict[str, Tensor]:
        down_filter = self.filter("down_filter")
        return {
            f"{target}.weight": unit_kernels(self.weight),
            f"{target}.bias": self.module.tensor("bias"),
            f"{target}.input_gain": self.input_gain(),
            f"{target}.up_filter": upsampling_filter(self.up_filter(), _integer(self.module, "up_factor")),
            # Files have filters in the order of convolution.
            f"{target}.down_filter": down_filter.flip(tuple(range(down_filter.ndim))),
            **read_affine(self.module, target),
        }

    def image_tensors(self, scale: float) -> dict[str, Tensor]:
        weight = self.weight
        gain = self.input_gain() * scale / math.sqrt(weight[0].numel())
        return {
            "to_image.weight": weight * gain,
            "to_image.bias": self.module.tensor("bias") * scale,
            **read_affine(self.module, "to_image"),
        }

    def input_gain(self) -> Tensor:
        """What brings the layer's input to unit variance, as it was in training."""
        return self.module.tensor("magnitude_ema").reshape(()).rsqrt()

    def up_filter(self) -> Tensor:
        taps = self.filter("up_filter")
        if taps.ndim != 1:
            raise CheckpointError(f"The network's {self.module.path}up_filter has no taps along an axis.")
        return taps

    def filter(self, name: str) -> Tensor:
        """A filter, [T] or [T, T]; where there is none, one that changes nothing."""
        if not self.module.holds(name):
            if _integer(self.module, name.replace("filter", "factor")) != 1:
                raise lacking(f"{self.module.path}{name}")
            return torch.ones(1)
        taps = self.module.tensor(name)
        if not 1 <= taps.ndim <= 2 or len(set(taps.shape)) != 1 or not taps.numel():
            raise CheckpointError(f"The network's {self.module.path}{name} is no filter.")
        return taps


def _padding(module: PickledModule) -> tuple[int, int]:
    """Before and behind, the same along both axes."""
    padding = module.attributes.get("padding")
    values = padding if isinstance(padding, list | tuple) else ()
    if len(values) != 4 or not all(isinstance(value, int) for value in values) or tuple(values[:2]) != tuple(values[2:]):
        raise CheckpointError(f"The network's {module.path}padding is not two numbers for each axis, the same for both.")
    return values[0], values[1]


def _integer(module: PickledModule, name: str) -> int:
    value = module.number(name)
    if value != int(value):
        raise CheckpointError(f"The network's {module.path}{name} is no whole number.")
    return int(value)


def _same(module: PickledModule, name: str) -> int:
    """A size that is the same along both axes."""
    value: Any = module.attributes.get(name)
    sizes = np.asarray(value).reshape(-1)
    if sizes.dtype.kind not in "iu" or not 1 <= len(sizes) <= 2 or sizes.min() != sizes.max():
        raise CheckpointError(f"The network's {module.path}{name} is not the same along both axes.")
    return int(sizes[0])
