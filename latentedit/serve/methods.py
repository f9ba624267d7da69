"""The methods of the protocol: what each is called, what it takes, and how urgent it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from latentedit.defaults import DEFAULT_GENERATOR
from latentedit.edits import Region
from latentedit.serve import edit_methods, photo_methods, picture_methods
from latentedit.serve.desk import Desk, Result
from latentedit.serve.jobs import Urgency
from latentedit.serve.params import Params
from latentedit.serve.photo_methods import Steps
from latentedit.serve.protocol import Request

if TYPE_CHECKING:
    from latentedit.assets.downloads import Download


@dataclass(frozen=True)
class Method:
    """A method.

    Attributes:
        run: does it: returns the answer, or an iterator of events that returns it.
        params: the names of its parameters.
        urgency: of its requests.
    """

    run: Callable[[Desk, Params], Result | Steps]
    params: frozenset[str]
    urgency: Urgency


def capabilities(desk: Desk, params: Params) -> Result:
    """``capabilities``: what there is to choose from."""
    import torch

    from latentedit.assets import AssetStore
    from latentedit.assets.downloads import NEEDED, downloads
    from latentedit.directions import DirectionLibrary, default_directions
    from latentedit.generators import generator_entries
    from latentedit.projection.config import PRESETS

    name = params.text("generator", desk.generator)
    spec = desk.engine.spec(name)
    shipped = default_directions(spec)
    own = {key: value for key, value in DirectionLibrary.default().all(spec).items() if key not in shipped}
    directions = [
        {
            "name": d.name,
            "label": d.name.replace("_", " "),
            "effect": d.effect,
            "group": group,
            "range": list(d.default_range),
            "region": d.region or None,
        }
        for group, found in (("shipped", shipped), ("own", own))
        for d in found.values()
    ]
    devices = [kind for kind, there in _devices(torch).items() if there]
    generators = []
    for entry in generator_entries().values():
        facts = entry.spec()
        generators.append({"name": entry.name, "summary": entry.summary, "pixels": facts.img_resolution, "domain": facts.domain})
    choices = {"presets": list(PRESETS), "translators": [], "regions": list(get_args(Region)), "modes": list(edit_methods.MODES)}
    # Pictures of other things than faces are taken whole: nothing looks for them.
    needed = [each for each in NEEDED if each != DEFAULT_GENERATOR or name == DEFAULT_GENERATOR] if spec.domain != "image" else []
    store = desk.engine.store or AssetStore.default(offline=True)
    missing = [download_facts(download) for download in downloads(store, needed)]
    told = {"generators": generators, "generator": name, "directions": directions, **choices, "devices": devices}
    return {**told, "missing": missing}


def download_facts(download: Download) -> Result:
    """Weights that are to be downloaded, as the protocol tells it."""
    return {
        "names": [asset.name for asset in download.assets],
        "purpose": "; ".join(asset.purpose for asset in download.assets),
        "bytes": download.size_bytes,
        "licence": "; ".join(dict.fromkeys(asset.licence for asset in download.assets)),
        "restrictions": "; ".join(dict.fromkeys(asset.restrictions for asset in download.assets if asset.restrictions)),
    }


def fetch(desk: Desk, params: Params) -> Steps:
    """``fetch``: the weights that are missing, which a person has agreed to."""
    from latentedit.assets import AssetStore
    from latentedit.assets.downloads import fetch

    root = (desk.engine.store or AssetStore.default()).root
    for step in fetch(AssetStore(root)):
        yield {"event": "progress", "phase": step.asset, "step": step.done_bytes, "steps": step.total_bytes}
    return {}


def _devices(torch: Any) -> dict[str, bool]:
    return {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}


def close(desk: Desk, params: Params) -> Result:
    """``close``: a document and all that waits for it."""
    number = desk.number(params)
    del desk.documents[number]
    desk.folder.forget(number)
    return {}


def _method(run: Callable[[Desk, Params], Result | Steps], urgency: Urgency, params: str = "") -> Method:
    return Method(run, frozenset(params.split()), urgency)


_QUICK, _LONG = Urgency.QUICK, Urgency.LONG
METHODS: Mapping[str, Method] = {
    "capabilities": _method(capabilities, _QUICK, "generator"),
    "fetch": _method(fetch, _LONG),
    "open": _method(photo_methods.open_document, _LONG, "path pixels generator"),
    "faces": _method(photo_methods.faces, _LONG, "document frame selection again"),
    "project": _method(photo_methods.project, _LONG, "document face preset seed steps preview_every"),
    "set": _method(edit_methods.set_edits, _QUICK, "document face edits mode seal"),
    "mix": _method(
        photo_methods.mix, _LONG, "document face source layers amount path pixels preset seed steps frame preview_every"
    ),
    "vary": _method(edit_methods.vary, _QUICK, "document face seed coarse middle fine region"),
    "change": _method(edit_methods.change, _QUICK, "document face remove off on move"),
    "edits": _method(edit_methods.edits, _QUICK, "document"),
    "undo": _method(edit_methods.undo, _QUICK, "document count"),
    "redo": _method(edit_methods.redo, _QUICK, "document count"),
    "reset": _method(edit_methods.reset, _QUICK, "document face"),
    "render": _method(picture_methods.render, _LONG, "document face quality side format"),
    "layers": _method(picture_methods.layers, _LONG, "document each_edit format selection origin canvas"),
    "translate": _method(picture_methods.translate, _LONG, "document path pixels model format selection"),
    "save": _method(picture_methods.save, _LONG, "document path"),
    "export": _method(picture_methods.export, _LONG, "document path face each_edit"),
    "close": _method(close, _QUICK, "document"),
}


def is_preview(request: Request) -> bool:
    """Whether a request is one for a preview, which only the newest of its face is wanted of."""
    return request.method == "render" and request.params.get("quality") == "preview"
