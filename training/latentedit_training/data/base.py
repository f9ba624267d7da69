"""What the loop expects of images to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from torch import Tensor

from latentedit_training.networks.base import ImageShape


@dataclass(frozen=True)
class Labels:
    """What is known of each image.

    Attributes:
        kind: ``class``: each image is of one of the names; ``attributes``: each name holds to a degree in 0 to 1, independently.
        names: of the classes or attributes.
        values: ``[N]`` int64 class numbers, or ``[N, len(names)]`` float32.
    """

    kind: Literal["class", "attributes"]
    names: tuple[str, ...]
    values: Tensor


class ImageSet(Protocol):
    """Images of one shape, in a fixed order, read when they are asked for."""

    @property
    def shape(self) -> ImageShape: ...

    @property
    def labels(self) -> Labels | None: ...

    def __len__(self) -> int: ...

    def read(self, indices: Sequence[int]) -> Tensor:
        """The images ``[N, C, H, W]`` uint8 at these places.

        Raises:
            InputError: a file has vanished or is damaged.
        """
        ...
