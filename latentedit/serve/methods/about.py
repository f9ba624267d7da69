"""What there is to work with, and fetching what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from latentedit.defaults import DEFAULT_GENERATOR
from latentedit.serve.desk import Desk, Steps
from latentedit.serve.params import Params
from latentedit.serve.protocol import Message

if TYPE_CHECKING:
    from latentedit.assets.downloads import Download
    from latentedit.directions import Direction


def capabilities(desk: Desk, params: Params) -> Message:
    """Generators, directions of one of them, presets, regions, and weights that are missing."""
    from latentedit.assets.downloads import downloads
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
        "missing": [_download(download) for download in downloads(desk.store)],
    }


def _direction(direction: Direction) -> dict[str, Any]:
    low, high = direction.default_range
    return {"name": direction.name, "effect": direction.effect, "least": low, "most": high, "region": direction.region}


def _download(download: Download) -> dict[str, Any]:
    return {
        "names": [asset.name for asset in download.assets],
        "purpose": "; ".join(asset.purpose for asset in download.assets),
        "megabytes": round(download.size_bytes / 1e6, 1),
        "licence": "; ".join(dict.fromkeys(asset.licence for asset in download.assets)),
        "restrictions": "; ".join(dict.fromkeys(asset.restrictions for asset in download.assets if asset.restrictions)),
    }


def fetch(desk: Desk, params: Params) -> Steps:
    """Download what is missing, which a person has agreed to."""
    from latentedit.assets import AssetStore
    from latentedit.assets.downloads import fetch

    params.require_all_used()
    online = AssetStore(desk.store.root)

    def steps() -> Steps:
        for step in fetch(online):
            yield {"name": step.asset, "preparing": step.preparing, "done": step.done_bytes, "total": step.total_bytes}
        return {}

    return steps()
