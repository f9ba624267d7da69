"""Sets of polygons, to learn a manifold that is known (Lucic et al., 2018, section 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch

from latentedit.errors import UsageError
from latentedit_training.data.drawn_set import PART_IMAGES, DrawingStep, Example, SetContents, draw_set, versions_of
from latentedit_training.data.faces import require_numbers
from latentedit_training.data.png import encode_png
from latentedit_training.draws import seed_for
from latentedit_training.metrics.polygons import MOST_CORNERS, SIDE, polygon_images


def draw_polygons(*, path: Path, count: int, corners: int, seed: int, resume: bool = False) -> Iterator[DrawingStep]:
    """Draw convex polygons into a zip of grey images of 28 px.

    Args:
        path: where the zip goes.
        count: images.
        corners: of each polygon: 3 to 6.
        seed: of the corners.
        resume: go on with what an interrupted drawing has left.

    Raises:
        UsageError: as :func:`~latentedit_training.data.drawn_set.draw_set`; or no such count, corners or seed.
        StorageError: the zip cannot be written.
    """
    require_numbers(count, SIDE, seed)
    if not 3 <= corners <= MOST_CORNERS:
        raise UsageError(f"Polygons of {corners} corners are not drawn.", hint=f"Name a number from 3 to {MOST_CORNERS}.")

    @lru_cache(maxsize=1)
    def part(number: int) -> torch.Tensor:
        return polygon_images(PART_IMAGES, seed=seed_for(seed, "polygons", number), corners=corners)

    def draw(number: int) -> Example:
        image_uint8 = part(number // PART_IMAGES)[number % PART_IMAGES]
        return Example(encode_png(image_uint8.permute(1, 2, 0).numpy()), None)

    def sum_up(_: Sequence[Any]) -> SetContents:
        return SetContents((), (), {})

    plan = {
        "kind": "polygons",
        "count": count,
        "size": SIDE,
        "seed": seed,
        "corners": corners,
        "licence": "CC0-1.0",
        "versions": versions_of("torch", "pillow"),
    }
    return draw_set(path, plan, draw, sum_up, resume=resume)
