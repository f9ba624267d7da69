"""What there is to work with, and fetching what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from latentedit.defaults import DEFAULT_GENERATOR
from latentedit.serve.desk import Desk, Steps
from latentedit.serve.params import Params
from latentedit.serve.protocol import Message

if TYPE_CHECKING:
    from latentedit.assets import Asset
    from latentedit.directions import Direction

NEEDED = ("mobilestylegan-ffhq", "dlib-68-landmarks", "dlib-cnn-detector", "dlib-face-descriptor", "lpips-alexnet", "lpips-vgg16")
"""What finding, projecting and editing faces takes with the default generator."""


def capabilities(desk: Desk, params: Params) -> Message:
    """Generators, directions of one of them, presets, regions, and weights that are missing."""
    from latentedit.directions import DirectionLibrary, default_directions
    from latentedit.edits import CompositingMode, Region
    from latentedit.generators.registry import generator_entries
    from latentedit.projection import PRESETS

    generator = params.text("generator", DEFAULT_GENERATOR)
    params.require_all_used()
    spec = desk.engine.spec(generator)
    found = {**default_directions(spec), **DirectionLibrary.default().all(spec)}
    return {
        "generator": generator,
        "generators": list(generator_entries()),
        "directions": [_direction(direction) for direction in found.values()],
        "bands": ["coarse", "middle", "fine"],
        "num_ws": spec.num_ws,
        "presets": list(PRESETS),
        "regions": list(get_args(Region)),
        "modes": list(get_args(CompositingMode)),
        "missing": [_asset(desk.store.asset(name)) for name in NEEDED if desk.store.status(name) != "present"],
    }


def _direction(direction: Direction) -> dict[str, Any]:
    low, high = direction.default_range
    return {"name": direction.name, "effect": direction.effect, "least": low, "most": high, "region": direction.region}


def _asset(asset: Asset) -> dict[str, Any]:
    return {
        "name": asset.name,
        "megabytes": round(sum(archive.size_bytes for archive in asset.archives) / 1e6, 1),
        "licence": asset.licence,
    }


def fetch(desk: Desk, params: Params) -> Steps:
    """Download weights, which a person has agreed to."""
    from latentedit.assets import AssetStore

    names = params.texts("names") or NEEDED
    params.require_all_used()
    online = AssetStore(desk.store.root)

    def steps() -> Steps:
        for name in names:
            for progress in online.fetch_steps(name):
                yield {"name": name, "done": progress.done_bytes, "total": progress.total_bytes}
        return {"fetched": list(names)}

    return steps()
