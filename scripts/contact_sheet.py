"""Put pictures side by side with their names: python scripts/contact_sheet.py [--px 384] OUT PICTURE..."""

from __future__ import annotations

import argparse
from pathlib import Path

from PIL import Image, ImageDraw

LABEL_PX = 22


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("pictures", type=Path, nargs="+")
    parser.add_argument("--px", type=int, default=384, help="longest side of a picture")
    arguments = parser.parse_args()
    shown = [thumbnail(path, arguments.px) for path in arguments.pictures]
    sheet = Image.new("RGB", (arguments.px * len(shown), LABEL_PX + max(picture.height for picture in shown)), "white")
    draw = ImageDraw.Draw(sheet)
    for i, (path, picture) in enumerate(zip(arguments.pictures, shown, strict=True)):
        sheet.paste(picture, (i * arguments.px, LABEL_PX))
        draw.text((i * arguments.px + 4, 5), path.stem, fill="black")
    sheet.save(arguments.out, quality=90)


def thumbnail(path: Path, px: int) -> Image.Image:
    """The picture as RGB, its longest side ``px`` or less."""
    with Image.open(path) as picture:
        small = picture.convert("RGB")
        small.thumbnail((px, px))
    return small


if __name__ == "__main__":
    main()
