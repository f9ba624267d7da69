"""Put pictures side by side with their names: python scripts/contact_sheet.py OUT.png PICTURE..."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw

CELL_PX = 384
LABEL_PX = 22


def main() -> None:
    out, *paths = (Path(name) for name in sys.argv[1:])
    sheet = Image.new("RGB", (CELL_PX * len(paths), CELL_PX + LABEL_PX), "white")
    draw = ImageDraw.Draw(sheet)
    for i, path in enumerate(paths):
        with Image.open(path) as picture:
            shown = picture.convert("RGB")
            shown.thumbnail((CELL_PX, CELL_PX))
        sheet.paste(shown, (i * CELL_PX, LABEL_PX))
        draw.text((i * CELL_PX + 4, 5), path.stem, fill="black")
    sheet.save(out)


if __name__ == "__main__":
    main()
