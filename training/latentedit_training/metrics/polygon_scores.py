"""Precision, recall and F1 of a generator of polygons, measured on their manifold (Lucic et al., 2018, section 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from latentedit.errors import UsageError
from latentedit_training.metrics.polygons import (
    DELTA,
    SIDE,
    distance_to_generator,
    distance_to_polygons,
    polygon_images,
    precision_recall_f1,
)

_AT_ONCE = 128


@dataclass(frozen=True)
class PolygonScores:
    """How a generator and the manifold of polygons lie to each other.

    Attributes:
        precision: share of generated images within ``delta`` of the manifold.
        recall: share of test images within ``delta`` of the generator's images.
        f1: their harmonic mean.
        count: of generated and of test images.
        delta: Euclidean, over pixels in 0 to 1.
    """

    precision: float
    recall: float
    f1: float
    count: int
    delta: float


@dataclass(frozen=True)
class PolygonStep:
    """How far a measurement is: images of both kinds whose distance is known, and the scores with the last step."""

    done: int
    total: int
    scores: PolygonScores | None = None


def score_polygons(
    draw: Callable[[Tensor], Tensor],
    *,
    z_dim: int,
    device: torch.device,
    seed: int,
    corners: int = 3,
    count: int = 1024,
    restarts: int = 4,
    steps: int = 200,
    lr: float = 0.05,
    delta: float = DELTA,
) -> Iterator[PolygonStep]:
    """Measure a generator. All distances are upper bounds, which descents find: precision and recall are lower ones.

    Args:
        draw: normal latents ``[N, z_dim]`` to images ``[N, 1, 28, 28]`` in [-1, 1], as networks make them; it can be differentiated by the latents.
        z_dim: size of the latents.
        device: of the latents.
        seed: of latents, test images and starts; test images come of another stream than a set of the same seed.
        corners: of the polygons.
        count: of generated images, and of test images; 1024 in the paper.
        restarts: descents for each image.
        steps: of each descent through the generator.
        lr: of these.
        delta: how near counts; 0.75 in the paper.

    Raises:
        UsageError: the images have another shape.
    """
    random = torch.Generator().manual_seed(seed)
    test_seed, search_seed = torch.randint(1 << 62, (2,), generator=random).tolist()
    test = polygon_images(count, seed=test_seed, corners=corners).float() / 255

    def grey(z: Tensor) -> Tensor:
        return (draw(z) + 1) / 2

    of_fake: list[Tensor] = []
    of_real: list[Tensor] = []
    done = 0
    for size in _sizes(count):
        with torch.no_grad():
            image = grey(torch.randn(size, z_dim, generator=random).to(device))
        if image.shape[1:] != (1, SIDE, SIDE):
            raise UsageError(
                f"Polygons are grey pictures of {SIDE} pixels; these are {list(image.shape[1:])}.",
                hint="Measure a generator of such.",
            )
        of_fake.append(distance_to_polygons(image, seed=search_seed + done, corners=corners).cpu())
        done += size
        yield PolygonStep(done, 2 * count)
    for part in torch.split(test, _AT_ONCE):
        starts = torch.randn(restarts, len(part), z_dim, generator=random).to(device)
        of_real.append(distance_to_generator(grey, starts, part.to(device), steps=steps, lr=lr).cpu())
        done += len(part)
        if done < 2 * count:
            yield PolygonStep(done, 2 * count)
    scores = PolygonScores(*precision_recall_f1(torch.cat(of_fake), torch.cat(of_real), delta=delta), count, delta)
    yield PolygonStep(done, 2 * count, scores)


def _sizes(count: int) -> Iterator[int]:
    return (min(_AT_ONCE, count - start) for start in range(0, count, _AT_ONCE))
