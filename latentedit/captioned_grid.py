"""Pictures in a grid, each under its caption."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Picture = NDArray[np.uint8]
CAPTION_PX = 18
MARGIN_PX = 3
CUT_OFF = "..."


def captioned_grid(cells: Sequence[tuple[str, Picture]], columns: int) -> Picture:
    """Pictures [S, S, 3] of one size, row by row, black captions on white above them: [H, W, 3].

    Args:
        cells: captions and pictures, at least one; a caption that is wider than its picture is cut off.
        columns: how many stand side by side.
    """
    side = len(cells[0][1])
    rows = -(-len(cells) // columns)
    sheet = Image.new("RGB", (columns * side, rows * (side + CAPTION_PX)), "white")
    draw, font = ImageDraw.Draw(sheet), caption_font()
    for number, (caption, picture) in enumerate(cells):
        row, column = divmod(number, columns)
        left, top = column * side, row * (side + CAPTION_PX)
        shown = caption
        while shown and draw.textlength(_cut(shown, caption), font) > side - 2 * MARGIN_PX:
            shown = shown[:-1]
        draw.text((left + MARGIN_PX, top + MARGIN_PX), _cut(shown, caption), fill="black", font=font)
        sheet.paste(Image.fromarray(picture), (left, top + CAPTION_PX))
    return np.asarray(sheet)


def caption_font() -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    """What captions are written with."""
    return ImageFont.load_default(CAPTION_PX - 2 * MARGIN_PX)


def _cut(shown: str, caption: str) -> str:
    return shown if shown == caption else shown + CUT_OFF
