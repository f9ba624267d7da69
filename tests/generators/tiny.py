"""Small generators of every architecture with random weights, for tests that run over all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch

from latentedit.generators.architectures import architecture_of, build, spec_of
from latentedit.generators.card import Card
from latentedit.generators.formats.found import FoundGenerator
from latentedit.generators.lucidrains import LucidrainsConfig
from latentedit.generators.mapping_network import MappingConfig
from latentedit.generators.mobilestylegan import MobileStyleGANConfig
from latentedit.generators.module import GeneratorModule
from latentedit.generators.stylegan1 import StyleGAN1Config
from latentedit.generators.stylegan2 import StyleGAN2Config
from latentedit.generators.stylegan3 import StyleGAN3Config
from latentedit.generators.stylegan3_layout import Design, layout, untrained

CARD = Card("tiny", "image", "0" * 64, origin="tests", licence="none")
TAPS = {3: torch.tensor([1.0, 2, 1]) / 4, 4: torch.tensor([1.0, 3, 3, 1]) / 8}


def random_weights(config: Any, seed: int = 0) -> FoundGenerator:
    """Weights of about unit gain for a configuration; filters as they should be."""
    if isinstance(config, StyleGAN3Config):  # whose filters are designed together with its layers
        return untrained(STYLEGAN3, config.mapping)
    random = torch.Generator().manual_seed(seed)
    with torch.device("meta"):
        shapes = architecture_of(config).module(spec_of(config, CARD), config).state_dict()
    tensors = {}
    for name, shape in shapes.items():
        if name in ("w_avg", "w_std"):
            continue
        value = torch.randn(shape.shape, generator=random)
        if name.endswith("taps"):
            value = TAPS[len(value)].clone()
        elif value.ndim > 1 and not name.endswith(("noise", "const")):
            value /= value[0].numel() ** 0.5
        elif name.endswith("affine.bias"):
            value = 1 + 0.1 * value
        elif value.ndim <= 1:
            value *= 0.2
        tensors[name] = value
    return FoundGenerator(config, tensors, "tests")


STYLEGAN3 = Design(32, channel_base=256, channel_max=16, num_layers=6)
MAPPING = MappingConfig(z_dim=12, c_dim=0, w_dim=16, features=(20, 16))


def stylegan2_config(**changes: Any) -> StyleGAN2Config:
    return StyleGAN2Config(**{"mapping": MAPPING, "channels": (12, 12, 10, 8), **changes})


def unit_mapping() -> MappingConfig:
    return MappingConfig(z_dim=16, c_dim=0, w_dim=16, features=(16, 16), normalisation="unit", gain=1.0)


def conditional_mapping() -> MappingConfig:
    return MappingConfig(z_dim=12, c_dim=3, w_dim=16, features=(16,), embed_features=8)


TINY: Mapping[str, Callable[[], Any]] = {
    "stylegan2": stylegan2_config,
    "stylegan2 resnet": lambda: stylegan2_config(architecture="resnet", conv_clamp=2.0),
    "stylegan2 orig": lambda: stylegan2_config(architecture="orig"),
    "stylegan2 swish": lambda: stylegan2_config(activation="swish"),
    "stylegan2 with classes": lambda: stylegan2_config(mapping=conditional_mapping()),
    "stylegan2 grey": lambda: stylegan2_config(img_channels=1),
    "stylegan1": lambda: StyleGAN1Config(MAPPING, (12, 12, 10, 8)),
    "stylegan1 rosinality": lambda: StyleGAN1Config(MAPPING, (12, 12, 10, 8), noise_maps=1, blurred_bias=True, eps=1e-5),
    "stylegan3": lambda: layout(STYLEGAN3, MAPPING)[0],
    "lucidrains": lambda: LucidrainsConfig(unit_mapping(), (12, 12, 10, 8)),
    "lucidrains see-through": lambda: LucidrainsConfig(
        unit_mapping(), (12, 12, 10, 8), img_channels=4, has_const=False, attention=(1,)
    ),
    "mobilestylegan": lambda: MobileStyleGANConfig((12, 12, 8), w_dim=16, mapping_layers=2, preview="none"),
}
"""A configuration of every architecture and of what is unusual in it."""


def tiny(name: str, seed: int = 0) -> GeneratorModule:
    """The generator of this entry of :data:`TINY`."""
    return build(random_weights(TINY[name](), seed), CARD)
