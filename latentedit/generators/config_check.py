"""What configurations of networks must be to be drawn with. A file may claim anything; what is drawn later believes what has passed here."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from latentedit.errors import CheckpointError
from latentedit.generators.activations import ACTIVATIONS
from latentedit.generators.lucidrains import LucidrainsConfig
from latentedit.generators.mapping_network import MappingConfig
from latentedit.generators.mobilestylegan import MobileStyleGANConfig
from latentedit.generators.stylegan1 import StyleGAN1Config
from latentedit.generators.stylegan2 import StyleGAN2Config
from latentedit.generators.stylegan3 import StyleGAN3Config, check_layers

IMG_CHANNELS = (1, 3, 4)
"""Grey; red, green and blue; these with opacity."""
MAX_BLOCKS = 12  # 8192 px
MAX_TAPS = 64
MAX_MAPPING_LAYERS = 64


def require_blocks(count: int) -> None:
    """Refuse more blocks of doubling resolution than are drawn, before anything is made in their size.

    Raises:
        CheckpointError: there are more than :data:`MAX_BLOCKS`.
    """
    if count > MAX_BLOCKS:
        raise CheckpointError(
            f"The network has {count} blocks; those of images up to {4 << (MAX_BLOCKS - 1)} pixels are read.",
            hint="The file is damaged.",
        )


def require_layers(count: int) -> None:
    """Refuse more layers of a mapping network than are read, before each is copied: a file may name one tensor many times.

    Raises:
        CheckpointError: there are more than :data:`MAX_MAPPING_LAYERS`.
    """
    if count > MAX_MAPPING_LAYERS:
        raise CheckpointError(
            f"The mapping network has {count} layers; up to {MAX_MAPPING_LAYERS} are read.", hint="The file is damaged."
        )


def check_config(config: Any) -> None:
    """
    Raises:
        CheckpointError: nothing can be drawn by the configuration.
    """
    if not isinstance(config, MobileStyleGANConfig):
        _check_mapping(config.mapping)
        if config.img_channels not in IMG_CHANNELS:
            raise CheckpointError(
                f"The network draws images of {config.img_channels} channels; those of {', '.join(map(str, IMG_CHANNELS))} are read.",
                hint="Networks that draw wavelets or feature maps (SWAGAN and others) are not read.",
            )
    if isinstance(config, StyleGAN3Config):
        check_layers(config)
        _require(config.image_clamp is None or config.image_clamp > 0, "image_clamp")
        for layer in config.layers:
            _require(layer.activation.clamp is None or layer.activation.clamp > 0, "clamp")
        return
    _require(1 <= len(config.channels) <= MAX_BLOCKS and min(config.channels) > 0, "channels")
    if isinstance(config, StyleGAN1Config):
        _check_stylegan1(config)
    elif isinstance(config, StyleGAN2Config):
        _require(config.activation in ACTIVATIONS, "activation")
        _require(1 <= config.taps <= MAX_TAPS, "taps")
        _require(config.conv_clamp is None or config.conv_clamp > 0, "conv_clamp")
    elif isinstance(config, LucidrainsConfig):
        _require(_ascend((-1, *config.attention, len(config.channels))), "attention")
        _require(config.mapping.c_dim == 0, "c_dim")
    elif isinstance(config, MobileStyleGANConfig):
        _require(config.w_dim > 0, "w_dim")
        _require(1 <= config.mapping_layers <= MAX_MAPPING_LAYERS, "mapping_layers")
        _require(len(config.channels) > 1 and not any(count % 4 for count in config.channels[:-1]), "channels")


def _check_mapping(mapping: MappingConfig) -> None:
    _require(mapping.z_dim > 0, "z_dim")
    _require(1 <= len(mapping.features) <= MAX_MAPPING_LAYERS and min(mapping.features) > 0, "features")
    _require(mapping.features[-1] == mapping.w_dim, "w_dim")
    _require(mapping.c_dim >= 0 and mapping.embed_features >= 0, "c_dim")
    _require((mapping.c_dim > 0) == (mapping.embed_features > 0), "c_dim")
    _require(mapping.activation in ACTIVATIONS, "activation")
    _require(mapping.gain > 0, "gain")


def _check_stylegan1(config: StyleGAN1Config) -> None:
    _require(0 <= config.lod <= len(config.channels) - 1 and (config.grows or config.lod == 0), "lod")
    _require(config.noise_maps in (0, 1, 2), "noise_maps")
    _require(0 <= config.taps <= MAX_TAPS, "taps")
    _require(config.activation in ACTIVATIONS and ACTIVATIONS[config.activation].slope is not None, "activation")
    _require(0 < config.eps <= 1, "eps")
    _require(config.use_styles or not config.const_input, "use_styles")  # it would draw one picture only


def _ascend(numbers: Sequence[int]) -> bool:
    return all(a < b for a, b in itertools.pairwise(numbers))


def _require(fits: bool, name: str) -> None:
    if not fits:
        raise CheckpointError(
            f"The network's configuration makes no sense: its {name} cannot be drawn with.", hint="The file is damaged."
        )
