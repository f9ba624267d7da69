"""A style of cartoon avatars: its parts, its colours, and which labels they give.

The styles are DiceBear's (packages ``dicebear-core``, ``dicebear-styles``), drawn by designers who each chose a licence. Only styles of faces
whose licence is a known free one are used.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from latentedit.errors import ResourceError, UsageError

STYLES = (
    "pixel-art",
    "lorelei",
    "notionists",
    "open-peeps",
    "adventurer",
    "big-ears",
    "big-smile",
    "croodles",
    "dylan",
    "micah",
    "miniavs",
    "personas",
    "toon-head",
)
"""Those of faces; the first four are CC0 1.0, the others CC BY 4.0, which asks to name the artist."""
LICENCES = ("CC0 1.0", "CC BY 4.0")
"""Not the "free for personal and commercial use" of some styles: that says nothing of what is made from them."""


@dataclass(frozen=True)
class Part:
    """A part of an avatar.

    Attributes:
        name: ``hair``, ``glasses``...
        variants: each by its name, with the group that it counts to in labels: ``long01`` and ``long02`` are ``long``, where there are several
            such groups; else each is its own.
        optional: whether it may be missing.
    """

    name: str
    variants: Mapping[str, str]
    optional: bool

    @property
    def attributes(self) -> tuple[str, ...]:
        """The names of its labels: itself, where it may be missing, and its groups, where there are several."""
        groups = dict.fromkeys(self.variants.values())
        return ((self.name,) if self.optional else ()) + (
            tuple(f"{self.name}={group}" for group in groups) if len(groups) > 1 else ()
        )


@dataclass(frozen=True)
class AvatarStyle:
    """A style as labels see it, and as DiceBear draws it.

    Attributes:
        parts: those that differ between avatars.
        colours: the values, ``rrggbb``, of each colour that has several.
        licence: its name.
        credit: who made what it was made from, in the words that the licence asks for.
        drawn_by: DiceBear's own object.
    """

    name: str
    parts: tuple[Part, ...]
    colours: Mapping[str, tuple[str, ...]]
    licence: str
    credit: str
    drawn_by: Any

    @property
    def attributes(self) -> tuple[str, ...]:
        """The names of all labels."""
        of_colours = (f"{name}_colour={value}" for name, values in self.colours.items() for value in values)
        return (*(attribute for part in self.parts for attribute in part.attributes), *of_colours)


def load_style(name: str) -> AvatarStyle:
    """A style by its name.

    Raises:
        UsageError: there is no such style, or its licence is none of :data:`LICENCES`.
        ResourceError: the packages are not installed.
    """
    if name not in STYLES:
        raise UsageError(f"There is no style {name}.", hint=f"Choose one of: {', '.join(STYLES)}.")
    try:
        dicebear = importlib.import_module("dicebear")
        text = resources.files("dicebear_styles").joinpath(f"{name}.json").read_text("utf-8")
    except ImportError as error:
        raise ResourceError("Drawing avatars needs DiceBear.", hint="Install it: pip install 'latentedit[avatars]'.") from error
    definition = json.loads(text)
    licence = definition["meta"]["license"]
    if licence["name"] not in LICENCES:
        raise UsageError(f"The style {name} is under {licence['name']}.", hint=f"Those of {' and '.join(LICENCES)} are used.")
    parts = (_part(each, about) for each, about in definition["components"].items() if "extends" not in about)
    colours = {each: _hexes(about["values"]) for each, about in definition["colors"].items() if each != "background"}
    return AvatarStyle(
        name,
        tuple(part for part in parts if part.attributes),
        {each: values for each, values in colours.items() if len(values) > 1},
        licence["name"],
        licence["text"],
        dicebear.Style(definition),
    )


def grouped(variants: list[str]) -> dict[str, str]:
    """Each variant with its group: its name without the number at its end, where that makes several groups, else the name."""
    groups = {variant: re.sub(r"[0-9]+$", "", variant) or variant for variant in variants}
    return groups if len(set(groups.values())) > 1 else {variant: variant for variant in variants}


def _part(name: str, about: Mapping[str, Any]) -> Part:
    return Part(name, grouped(sorted(about["variants"])), about.get("probability", 100) < 100)


def _hexes(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.removeprefix("#").lower() for value in values))
