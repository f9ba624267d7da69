"""Augmentations as a configuration names them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass
from torch import Tensor

from latentedit_training.draws import Draws


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


@dataclass(frozen=True, config=ConfigDict(extra="forbid", strict=True))
class NoAugment:
    """Images as they are."""

    name: Literal["none"] = "none"

    def build(self) -> Augment | None:
        return None


AnyAugment = NoAugment
