"""Augmentations as a configuration names them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Literal, Protocol, TypeVar

import torch
from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import Tensor

from latentedit.errors import UsageError
from latentedit_training.augment.ada import apply_ada
from latentedit_training.augment.ada_draws import ADA_PRESETS, draw_ada
from latentedit_training.augment.controller import AdaController
from latentedit_training.augment.diffaugment import Policy, apply_diffaugment, draw_diffaugment
from latentedit_training.draws import Draws
from latentedit_training.strictness import STRICT


class Augment(Protocol):
    """What a discriminator's images go through."""

    def memory(self) -> Mapping[str, Tensor]:
        """What it remembers at the beginning."""
        ...

    def apply(self, image: Tensor, draws: Draws, purpose: str, memory: Mapping[str, Tensor]) -> Tensor:
        """Images ``[N, C, H, W]``, augmented differently for each purpose."""
        ...

    def next_memory(self, memory: Mapping[str, Tensor], real_sign: Tensor, images: int) -> Mapping[str, Tensor]:
        """What it remembers after ``images`` more real images, the mean sign of whose logits is ``real_sign``."""
        ...


@dataclass(frozen=True, config=STRICT)
class DiffAugment:
    """The same few transformations of every image (Zhao et al., 2020).

    Attributes:
        policy: which, in this order.
    """

    name: Literal["diffaugment"] = "diffaugment"
    policy: tuple[Policy, ...] = ("color", "translation", "cutout")

    def build(self) -> Augment:
        return _DiffAugmented(self)


@dataclass(frozen=True, config=STRICT)
class AdaAugment:
    """Many transformations, each of some images only (Karras et al., 2020).

    Attributes:
        preset: which transformations; see :data:`latentedit_training.augment.ada_draws.ADA_PRESETS`.
        p: how likely each is; the adaptive one begins with it.
        adaptive: how it changes; None for never.
    """

    name: Literal["ada"] = "ada"
    preset: Literal["blit", "color", "bg", "bgc", "bgcf", "bgcfnc"] = "bgc"
    p: Annotated[float, Field(ge=0, le=1)] = 0.0
    adaptive: AdaController | None = AdaController()

    def build(self) -> Augment:
        return _Ada(self)


AnyAugment = Annotated[DiffAugment | AdaAugment, Field(discriminator="name")]


class _DiffAugmented:
    def __init__(self, config: DiffAugment) -> None:
        self.config = config

    def memory(self) -> Mapping[str, Tensor]:
        return {}

    def apply(self, image: Tensor, draws: Draws, purpose: str, memory: Mapping[str, Tensor]) -> Tensor:
        return _by_batches(
            image,
            draws,
            purpose,
            draw_diffaugment,
            lambda some, drawn, places: apply_diffaugment(some, drawn.shard(places), self.config.policy),
        )

    def next_memory(self, memory: Mapping[str, Tensor], real_sign: Tensor, images: int) -> Mapping[str, Tensor]:
        return {}


class _Ada:
    """Its memory is the controller's, under names of its own."""

    def __init__(self, config: AdaAugment) -> None:
        self.config = config

    def memory(self) -> Mapping[str, Tensor]:
        controller = self.config.adaptive
        return _named(controller.start(self.config.p)) if controller else {}

    def apply(self, image: Tensor, draws: Draws, purpose: str, memory: Mapping[str, Tensor]) -> Tensor:
        p = float(memory["augment.p"]) if self.config.adaptive else self.config.p
        transformations = ADA_PRESETS[self.config.preset]
        return _by_batches(
            image,
            draws,
            purpose,
            lambda n, generator: draw_ada(transformations, p, n, generator),
            lambda some, drawn, places: apply_ada(some, drawn.shard(places)),
        )

    def next_memory(self, memory: Mapping[str, Tensor], real_sign: Tensor, images: int) -> Mapping[str, Tensor]:
        controller = self.config.adaptive
        if controller is None:
            return {}
        state = {name: memory[f"augment.{name}"] for name in controller.start()}
        return _named(controller.after_batch(state, real_sign, images))


def _named(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {f"augment.{name}": value for name, value in state.items()}


_D = TypeVar("_D")


def _by_batches(
    image: Tensor,
    draws: Draws,
    purpose: str,
    draw: Callable[[int, torch.Generator], _D],
    apply: Callable[[Tensor, _D, slice], Tensor],
) -> Tensor:
    """Images of one batch or of several, one after the other, of each of which this process has a part: drawn for is the batch of all processes.

    Raises:
        UsageError: the images are no whole number of parts.
    """
    places = slice(draws.start, draws.stop)
    part = draws.stop - draws.start
    if len(image) % part:
        raise UsageError(f"{len(image)} images are no batches of {part}.", hint="Augment whole batches.")
    generator = draws.generator(purpose)
    return torch.cat([apply(some, draw(draws.batch_size, generator), places) for some in torch.split(image, part)])
