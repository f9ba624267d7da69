"""Cartoon avatars with labels that are exactly true, as what is drawn was chosen by its name: for conditional networks, and their judges.

"Exactly" is of what was drawn: a hat may lie over the hair whose length is labelled.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from latentedit.errors import ResourceError, UsageError
from latentedit_training.data.avatar_style import AvatarStyle, load_style
from latentedit_training.data.drawn_set import DrawingStep, Example, SetContents, draw_set, versions_of
from latentedit_training.data.faces import require_numbers
from latentedit_training.data.png import encode_png
from latentedit_training.data.sampling import seed_of

DEFAULT_STYLE = "pixel-art"
PRESENCE = 0.3
"""How often a part is there that may be missing. The styles' own chances, often one in twenty, leave too few examples to learn from."""
_BACKGROUND = "ffffff"
_PACKAGES = ("dicebear-core", "dicebear-styles", "resvg-py", "pillow")


def draw_avatars(
    *,
    path: Path,
    count: int,
    size: int,
    seed: int,
    style: str = DEFAULT_STYLE,
    presence: float = PRESENCE,
    resume: bool = False,
) -> Iterator[DrawingStep]:
    """Draw avatars into a zip of ``count`` images of ``size`` px; labels are 0 or 1 for each of the style's attributes.

    Args:
        path: where the zip goes; parts lie in a folder beside it until it is done.
        style: one of :data:`~latentedit_training.data.avatar_style.STYLES`.
        presence: chance in 0 to 1 of each part that may be missing.
        resume: go on with what an earlier run has left.

    Raises:
        UsageError: as :func:`~latentedit_training.data.drawn_set.draw_set`; or no such count, size, seed, style or presence.
        ResourceError: the packages are not installed.
        StorageError: the zip cannot be written.
    """
    require_numbers(count, size, seed)
    if not 0 <= presence <= 1:
        raise UsageError(f"{presence:g} is no chance.", hint="Give a number from 0 to 1.")
    known = load_style(style)
    require_rasteriser()

    def draw(number: int) -> Example:
        svg, chosen = drawing(known, seeded(known, seed_of(seed, number), presence))
        return Example(encode_png(rasterised(svg, size)), attributes_of(known, svg, chosen))

    def sum_up(facts: Sequence[Any]) -> SetContents:
        held = [set(each) for each in facts]
        return SetContents(known.attributes, [[int(name in each) for name in known.attributes] for each in held], {})

    plan = {
        "kind": "avatars",
        "count": count,
        "size": size,
        "seed": seed,
        "style": style,
        "presence": presence,
        "licence": known.licence,
        "credit": known.credit,
        "versions": versions_of(*_PACKAGES),
    }
    return draw_set(path, plan, draw, sum_up, resume=resume)


def seeded(style: AvatarStyle, seed: int, presence: float = PRESENCE) -> dict[str, Any]:
    """DiceBear's options for the avatar of a seed."""
    chances = {f"{part.name}Probability": 100 * presence for part in style.parts if part.optional}
    return {"seed": str(seed), **chances}


def drawing(style: AvatarStyle, options: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """An avatar as SVG on white, and what DiceBear chose for it."""
    avatar = importlib.import_module("dicebear").Avatar(style.drawn_by, {"backgroundColor": [_BACKGROUND], **options})
    chosen: dict[str, Any] = avatar.to_json()["options"]
    return avatar.to_string(), chosen


def attributes_of(style: AvatarStyle, svg: str, chosen: Mapping[str, Any]) -> list[str]:
    """The attributes that an avatar has: parts that are there, their variants, and the colours that are in the drawing."""
    held = set()
    for part in style.parts:
        variant = chosen.get(f"{part.name}Variant")
        if variant is not None:
            held |= {part.name, f"{part.name}={part.variants[variant]}"}
    for name in style.colours:
        # Chosen colours may not be seen: that of glasses which are not there is chosen where others must differ from it.
        values = [str(value).removeprefix("#").lower() for value in chosen.get(f"{name}Color", ())]
        held |= {f"{name}_colour={value}" for value in values if f"#{value}" in svg.lower()}
    return [attribute for attribute in style.attributes if attribute in held]


def rasterised(svg: str, size: int) -> NDArray[np.uint8]:
    """An SVG as a picture [size, size, 3] over white.

    Raises:
        ResourceError: the rasteriser is not installed.
    """
    png = require_rasteriser().svg_to_bytes(svg_string=svg, width=size, height=size, skip_system_fonts=True)
    with Image.open(io.BytesIO(bytes(png))) as image:
        rgba = image.convert("RGBA")
    flat = Image.alpha_composite(Image.new("RGBA", rgba.size, f"#{_BACKGROUND}"), rgba)
    return np.array(flat.convert("RGB"))


def require_rasteriser() -> Any:
    """The module that draws SVG.

    Raises:
        ResourceError: it is not installed.
    """
    try:
        return importlib.import_module("resvg_py")
    except ImportError as error:
        raise ResourceError("Drawing avatars needs resvg-py.", hint="Install it: pip install 'latentedit[avatars]'.") from error
