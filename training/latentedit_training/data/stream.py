"""Batches for the loop, from a set of images."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from latentedit_training.data.base import ImageSet
from latentedit_training.data.label_vectors import label_vectors
from latentedit_training.data.sampling import Order
from latentedit_training.draws import seed_for
from latentedit_training.games.base import Batch


class ImageStream:
    """Images in a seeded order, from any position on.

    Args:
        images: what is learnt.
        places: which of them; None for all.
        batch_size: of all processes.
        flip: mirror each image or not, at random.
        with_labels: whether batches tell labels.
        seed: of order and mirroring.
        workers: processes that read ahead.
        device: where batches are wanted.
    """

    def __init__(
        self,
        images: ImageSet,
        *,
        places: Sequence[int] | None,
        batch_size: int,
        flip: bool,
        with_labels: bool,
        seed: int,
        workers: int,
        device: torch.device,
    ) -> None:
        self.images, self.places = images, places
        self.batch_size, self.flip, self.seed = batch_size, flip, seed
        self.labels = images.labels if with_labels else None
        self.workers, self.device = workers, device
        self.order = Order(len(images) if places is None else len(places), seed)
        self.position = 0
        self._ahead: Iterator[Tensor] | None = None
        self._ahead_key: tuple[int, int, int] | None = None

    def next_batch(self, start: int, stop: int) -> Batch:
        """Images ``start`` to ``stop`` of the next batch of ``batch_size``, and go on by one batch."""
        position = self.position
        indices = self._indices(position, start, stop)
        image_uint8 = self._read_ahead(position, start, stop) if self.workers else self.images.read(indices)
        self.position = position + self.batch_size
        image = image_uint8.to(self.device).float() / 127.5 - 1
        if self.flip:
            drawn = torch.rand(self.batch_size, generator=torch.Generator().manual_seed(seed_for(self.seed, "flip", position)))
            mirrored = (drawn[start:stop] < 0.5).to(self.device).view(-1, 1, 1, 1)
            image = torch.where(mirrored, image.flip(-1), image)
        return Batch(image, None if self.labels is None else label_vectors(self.labels, indices).to(self.device))

    def _indices(self, position: int, start: int, stop: int) -> list[int]:
        taken = self.order.take(position + start, stop - start)
        return taken if self.places is None else [self.places[index] for index in taken]

    def _read_ahead(self, position: int, start: int, stop: int) -> Tensor:
        key = (position, start, stop)
        if self._ahead is None or self._ahead_key != key:
            batches = _Indices(self, *key)
            self._ahead = iter(
                DataLoader(_Reading(self.images), batch_sampler=batches, num_workers=self.workers, collate_fn=_same)
            )
        self._ahead_key = (position + self.batch_size, start, stop)
        return next(self._ahead)


class _Indices:
    """The places of one part of all batches to come."""

    def __init__(self, stream: ImageStream, position: int, start: int, stop: int) -> None:
        self.stream, self.position, self.start, self.stop = stream, position, start, stop

    def __iter__(self) -> Iterator[list[int]]:
        position = self.position
        while True:
            yield self.stream._indices(position, self.start, self.stop)
            position += self.stream.batch_size


class _Reading(Dataset[Tensor]):
    """Images as torch's loader wants them: a whole batch at once."""

    def __init__(self, images: ImageSet) -> None:
        self.images = images

    def __getitems__(self, indices: list[int]) -> Tensor:
        return self.images.read(indices)


def _same(batch: Any) -> Any:
    return batch
