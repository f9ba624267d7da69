"""Put pictures side by side with their names, marked as drawn by a model: contact_sheet.py [--px 384] [--columns 3] OUT PICTURE..."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from latentedit.images import save_image

LABEL_PX = 22


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("pictures", type=Path, nargs="+")
    parser.add_argument("--px", type=int, default=384, help="longest side of a picture")
    parser.add_argument("--columns", type=int, default=3)
    arguments = parser.parse_args()
    shown = [thumbnail(path, arguments.px) for path in arguments.pictures]
    columns = min(arguments.columns, len(shown))
    row_px = LABEL_PX + max(picture.height for picture in shown)
    sheet = Image.new("RGB", (arguments.px * columns, row_px * -(-len(shown) // columns)), "white")
    draw = ImageDraw.Draw(sheet)
    for i, (path, picture) in enumerate(zip(arguments.pictures, shown, strict=True)):
        row, column = divmod(i, columns)
        sheet.paste(picture, (column * arguments.px, row * row_px + LABEL_PX))
        draw.text((column * arguments.px + 4, row * row_px + 5), path.stem, fill="black")
    save_image(arguments.out, np.asarray(sheet), mark_ai=True)


def thumbnail(path: Path, px: int) -> Image.Image:
    """The picture as RGB, its longest side ``px`` or less."""
    with Image.open(path) as picture:
        small = picture.convert("RGB")
        small.thumbnail((px, px))
    return small


if __name__ == "__main__":
    main()
