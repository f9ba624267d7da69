"""Images in files, decoded when they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from latentedit.images import Photo
from latentedit_training.data.base import Labels
from latentedit_training.data.fitting import Fit, fitted
from latentedit_training.networks.base import ImageShape


class ImageFiles(Protocol):
    """Encoded images by number: files of a folder, or members of an archive."""

    @property
    def where(self) -> str:
        """What to call all of them in a message."""
        ...

    @property
    def names(self) -> Sequence[str]:
        """The images' names in their order, with ``/`` between folders."""
        ...

    def read_bytes(self, index: int, limit: int | None = None) -> bytes:
        """The bytes of an image's file, or at most the first ``limit``.

        Raises:
            InputError: it has vanished, may not be read, or is damaged.
        """
        ...


@dataclass(frozen=True, eq=False)
class EncodedImages:
    """An :class:`~latentedit_training.data.base.ImageSet` of files.

    What is read is what a viewer shows: upright, in sRGB, 8 bits, transparent parts over white.
    """

    files: ImageFiles
    shape: ImageShape
    labels: Labels | None = None
    fit: Fit = "crop"

    def __len__(self) -> int:
        return len(self.files.names)

    def read(self, indices: Sequence[int]) -> Tensor:
        """The images ``[N, C, H, W]`` uint8 at these places.

        Raises:
            InputError: a file has vanished or is damaged.
        """
        result = torch.empty(len(indices), self.shape.channels, self.shape.height, self.shape.width, dtype=torch.uint8)
        for i, index in enumerate(indices):
            photo = Photo.from_bytes(self.files.read_bytes(index), self.files.names[index])
            result[i] = torch.from_numpy(fitted(photo.rgb_uint8, self.shape, self.fit))
        return result
