"""The architectures that checkpoints are opened as: adding one here is what makes its files known everywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch

from latentedit.errors import CheckpointError
from latentedit.generators.base import GeneratorSpec
from latentedit.generators.card import Card
from latentedit.generators.config_check import check_config
from latentedit.generators.formats.found import FoundGenerator
from latentedit.generators.lucidrains import Lucidrains, LucidrainsConfig, lucidrains_spec
from latentedit.generators.mobilestylegan import MobileStyleGAN, MobileStyleGANConfig, mobilestylegan_spec
from latentedit.generators.module import GeneratorModule, w_statistics
from latentedit.generators.stylegan1 import StyleGAN1, StyleGAN1Config, stylegan1_spec
from latentedit.generators.stylegan2 import StyleGAN2, StyleGAN2Config, stylegan2_spec
from latentedit.generators.stylegan3 import StyleGAN3, StyleGAN3Config, stylegan3_spec


@dataclass(frozen=True)
class Architecture:
    """One way to make images from latents.

    Attributes:
        name: as in :attr:`GeneratorSpec.architecture`.
        config: the dataclass that says all about a network but its weights.
        spec: all facts about a network, of its configuration and its card.
        module: the network of a spec and a configuration, without weights.
    """

    name: str
    config: type
    spec: Callable[[Any, Card], GeneratorSpec]
    module: Callable[[GeneratorSpec, Any], GeneratorModule]


_ALL = (
    Architecture("stylegan1", StyleGAN1Config, stylegan1_spec, StyleGAN1),
    Architecture("stylegan2", StyleGAN2Config, stylegan2_spec, StyleGAN2),
    Architecture("stylegan3", StyleGAN3Config, stylegan3_spec, StyleGAN3),
    Architecture("lucidrains", LucidrainsConfig, lucidrains_spec, Lucidrains),
    Architecture("mobilestylegan", MobileStyleGANConfig, mobilestylegan_spec, MobileStyleGAN),
)
ARCHITECTURES = {entry.name: entry for entry in _ALL}


def architecture_of(config: object) -> Architecture:
    """The architecture whose configuration this is."""
    return next(entry for entry in ARCHITECTURES.values() if type(config) is entry.config)


def spec_of(config: object, card: Card) -> GeneratorSpec:
    """All facts about a generator.

    Raises:
        CheckpointError: nothing can be drawn by its configuration.
    """
    check_config(config)
    return architecture_of(config).spec(config, card)


def build(found: FoundGenerator, card: Card) -> GeneratorModule:
    """The network with its weights, frozen, in evaluation mode, and arranged for drawing.

    Raises:
        CheckpointError: as :func:`assemble`.
    """
    generator = assemble(found, card)
    generator.arrange_memory()
    return generator


def assemble(found: FoundGenerator, card: Card) -> GeneratorModule:
    """As :func:`build`, with the very tensors that were found, not arranged yet; what is not in the file about its average latent is measured.

    Raises:
        CheckpointError: a tensor is missing, superfluous or of the wrong shape.
    """
    architecture = architecture_of(found.config)
    spec = spec_of(found.config, card)
    # "meta" allocates nothing: every tensor is taken from the file.
    with torch.device("meta"):
        generator = architecture.module(spec, found.config)
    tensors = {"w_avg": torch.zeros(spec.w_dim), "w_std": torch.zeros(()), **found.tensors}
    try:
        generator.load_state_dict(tensors, strict=True, assign=True)
    except RuntimeError as error:
        raise CheckpointError(
            f"The weights do not fit together: {str(error).splitlines()[-1].strip()}", hint="Is the checkpoint whole?"
        ) from error
    generator.eval().requires_grad_(False)
    if not all(bool(torch.isfinite(tensor).all()) for tensor in generator.state_dict().values()):
        raise CheckpointError("The checkpoint holds numbers that are not finite.", hint="Was its training cut off by an error?")
    if "w_std" not in found.tensors:
        mean, deviation = w_statistics(generator)
        generator.w_std.copy_(deviation)
        if "w_avg" not in found.tensors:
            generator.w_avg.copy_(mean)
    return generator
