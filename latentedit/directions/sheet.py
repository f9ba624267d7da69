"""Contact sheets: what a person looks at to name a direction, or to sort faces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image, ImageDraw

from latentedit.captioned_grid import CAPTION_PX, MARGIN_PX, Picture, caption_font, captioned_grid
from latentedit.directions.direction import Direction
from latentedit.directions.drawing import draw_preview
from latentedit.generators.base import Generator
from latentedit.generators.prior import random_face

THUMBNAIL_PX = 144
GAP_PX = 8


@dataclass(frozen=True, eq=False)
class LabelledRow:
    """One line of a sheet: groups of pictures [H, W, 3] side by side, the groups a little apart."""

    label: str
    groups: tuple[tuple[Picture, ...], ...]


@torch.no_grad()
def direction_rows(
    generator: Generator, directions: Sequence[Direction], seeds: Sequence[int], *, truncation_psi: float
) -> Iterator[LabelledRow]:
    """A row for each direction: the faces of the seeds at the lower end of its range, as they are, and at the upper end."""
    faces = [random_face(generator, seed, truncation_psi=truncation_psi) for seed in seeds]
    for direction in directions:
        low, high = direction.default_range
        groups = tuple(
            tuple(draw_preview(generator, direction.apply(face, amount), direction.layers) for amount in (low, 0.0, high))
            for face in faces
        )
        yield LabelledRow(f"{direction.name}  {low:g}, 0, {high:g}", groups)


@torch.no_grad()
def seed_pictures(generator: Generator, seeds: Sequence[int], *, truncation_psi: float) -> Iterator[Picture]:
    """The preview [p, p, 3] of each seed."""
    for seed in seeds:
        yield draw_preview(generator, random_face(generator, seed, truncation_psi=truncation_psi), None)


def rows_sheet(rows: Sequence[LabelledRow]) -> Picture:
    """All rows below each other, each under its label."""
    width = max(sum(len(group) * THUMBNAIL_PX + GAP_PX for group in row.groups) for row in rows)
    sheet = Image.new("RGB", (width, len(rows) * (THUMBNAIL_PX + CAPTION_PX)), "white")
    draw = ImageDraw.Draw(sheet)
    for number, row in enumerate(rows):
        top = number * (THUMBNAIL_PX + CAPTION_PX)
        draw.text((MARGIN_PX, top + MARGIN_PX), row.label, fill="black", font=caption_font())
        left = 0
        for group in row.groups:
            for picture in group:
                sheet.paste(_thumbnail(picture), (left, top + CAPTION_PX))
                left += THUMBNAIL_PX
            left += GAP_PX
    return np.asarray(sheet)


def numbered_sheet(pictures: Sequence[Picture], numbers: Sequence[int]) -> Picture:
    """Pictures in a grid as near to a square as can be, each under its number."""
    columns = int(np.ceil(np.sqrt(len(pictures))))
    cells = [(str(number), np.asarray(_thumbnail(picture))) for picture, number in zip(pictures, numbers, strict=True)]
    return captioned_grid(cells, columns)


def _thumbnail(picture: Picture) -> Image.Image:
    smaller = picture.shape[0] > THUMBNAIL_PX
    return Image.fromarray(picture).resize(
        (THUMBNAIL_PX, THUMBNAIL_PX), Image.Resampling.LANCZOS if smaller else Image.Resampling.NEAREST
    )
