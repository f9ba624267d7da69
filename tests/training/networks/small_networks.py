"""Each registered network in a small form, for tests that go through all of them."""

from __future__ import annotations

from dataclasses import dataclass

from latentedit_training.networks import registry
from latentedit_training.networks.base import DiscriminatorConfig, GeneratorConfig, ImageShape

IMAGE = ImageShape(3, 32, 32)
C_DIM = 3


GENERATORS: dict[str, type[GeneratorConfig]] = {config().name: config for config in registry.GENERATORS}
DISCRIMINATORS: dict[str, type[DiscriminatorConfig]] = {
    config().name: config for config in (*registry.DISCRIMINATORS, *registry.AUTOENCODERS)
}


@dataclass(frozen=True)
class Options:
    generator: dict[str, object]
    discriminator: dict[str, object]


SMALL = {
    "sngan-standard": Options({"z_dim": 8, "width": 4}, {"width": 4}),
    "sngan-residual": Options({"z_dim": 8, "widths": (8, 8, 8, 4)}, {"widths": (4, 8, 8, 8)}),
    "sagan": Options({"z_dim": 8, "width": 4, "attention_px": (16,)}, {"width": 4, "attention_px": (16,)}),
    "began": Options({"z_dim": 8, "width": 4, "skips": True}, {"embedding": 8, "width": 4, "skips": True}),
    "srresnet": Options({"z_dim": 8, "width": 4, "blocks": 2}, {"widths": (4, 4, 8, 8)}),
    "progan": Options(
        {"z_dim": 8, "channel_base": 64, "channel_max": 8, "output": "tanh"}, {"channel_base": 64, "channel_max": 8}
    ),
    "biggan": Options({"z_dim": 8, "width": 2, "shared_dim": 4, "attention_px": (16,)}, {"width": 2, "attention_px": (16,)}),
    "stylegan2": Options(
        {"z_dim": 8, "w_dim": 8, "mapping_layers": 2, "channel_base": 128, "channel_max": 8},
        {"channel_base": 128, "channel_max": 8},
    ),
    "biggan-deep": Options({"z_dim": 8, "width": 4, "shared_dim": 4, "attention_px": (16,)}, {"width": 4, "attention_px": (16,)}),
}
"""A network that is not listed is tested as it is by default."""


def small_generator(name: str) -> GeneratorConfig:
    return GENERATORS[name](**(SMALL[name].generator if name in SMALL else {}))


def small_discriminator(name: str, **more: object) -> DiscriminatorConfig:
    return DISCRIMINATORS[name](**(SMALL[name].discriminator if name in SMALL else {}), **more)


def takes_conditioning(name: str) -> bool:
    return hasattr(DISCRIMINATORS[name](), "conditioning")
