"""Requests that answer with pictures, or write files that stay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from latentedit.krita_file import Place, write_krita
from latentedit.serve.desk import Desk, Result, wanted_format
from latentedit.serve.params import Params
from latentedit.serve.photo_methods import Steps
from latentedit.serve.pictures import FORMATS, MAX_SIDE, edited_samples, opacity_and_depth, photo_of, selection_mask, share_of
from latentedit.serve.protocol import ProtocolError

if TYPE_CHECKING:
    from latentedit.image_io.colour import Samples
    from latentedit.layers import LayeredPhoto

KRITA = "kra"
QUALITIES = ("preview", "final")
SIDE_PX = 256


def render(desk: Desk, params: Params) -> Result:
    """``render``: a face's square seen quickly, or the whole photograph."""
    number = desk.number(params)
    session, format_ = desk.documents[number], wanted_format(params)
    if params.choice("quality", QUALITIES) == "final":
        samples, profile = edited_samples(session.scene)
        return {"stale": False, "picture": desk.picture(number, samples, format_, profile).facts()}
    face, side = params.whole("face", 0), params.whole("side", SIDE_PX, low=16, high=1024)
    known = session.face(face)
    if known.latents is None:  # nothing can be drawn yet: the photograph as it is
        square = known.square(side)
        seen = np.dstack([square, np.zeros_like(square[..., 0])])
    else:
        seen = session.scene.preview(face, side)
    picture = desk.picture(number, seen, format_).facts()
    return {"stale": False, "face": face, "picture": picture, "quad": session.face(face).face.quad.tolist()}


def layers(desk: Desk, params: Params) -> Result:
    """``layers``: what each face's edits change, and where."""
    from latentedit.layers import colours_and_mask, layered

    number, format_ = desk.number(params), params.choice("format", (*FORMATS, KRITA), "png")
    each_edit = params.flag("each_edit", default=False)
    origin = tuple(params.box("origin", 2)) if "origin" in params else (0, 0)
    session = desk.documents[number]
    canvas = _canvas(params)
    # What is not there cannot be edited: a layer that is laid over the photograph would show it there all the same.
    share = share_of(selection_mask(params, session.photo.size), opacity_and_depth(session.photo)[0])
    picture = layered(session.scene, each_edit=each_edit)
    if share is not None:
        picture = within(picture, share)
    profile = picture.carried.icc
    height, width = picture.photograph.shape[:2]
    if format_ == KRITA:
        target = desk.folder.new(number, ".kra")
        write_krita(target, picture, photograph=False, place=Place((origin[0], origin[1]), canvas or (width, height)))
        return {"width": width, "height": height, "path": str(target), "names": [layer.name for layer in picture.layers]}
    told = []
    for layer in picture.layers:
        place = {"left": layer.left + origin[0], "top": layer.top + origin[1]}
        facts: dict[str, Any] = {"name": layer.name, "face": layer.face, **place}
        facts |= {"opacity": 1.0, "blend": "normal", "visible": layer.visible}
        colours, mask = colours_and_mask(layer, picture)
        seen = desk.picture(number, colours, format_, profile).facts()
        told.append({**facts, "picture": seen, "mask": desk.picture(number, mask[..., None], format_).facts()})
    path = None
    if profile is not None:
        path = desk.folder.new(number, ".icc")
        path.write_bytes(profile)
    return {"width": width, "height": height, "profile": None if path is None else str(path), "layers": told}


def _canvas(params: Params) -> tuple[int, int] | None:
    if "canvas" not in params:
        return None
    width, height = params.box("canvas", 2)
    if not (1 <= width <= MAX_SIDE and 1 <= height <= MAX_SIDE):
        raise ProtocolError(f"The parameter canvas is not a width and a height from 1 to {MAX_SIDE}.")
    return width, height


def within(picture: LayeredPhoto, share: NDArray[np.float32]) -> LayeredPhoto:
    """The layers where a share [H, W] in [0, 1] lets them show; those that it hides are left out."""
    kept = []
    for layer in picture.layers:
        height, width = layer.samples.shape[:2]
        seen = share[layer.top : layer.top + height, layer.left : layer.left + width]
        samples = layer.samples.copy()
        samples[..., 3] = np.rint(samples[..., 3] * seen).astype(samples.dtype)
        if samples[..., 3].any():
            kept.append(replace(layer, samples=samples))
    return replace(picture, layers=tuple(kept))


def translate(desk: Desk, params: Params) -> Steps:
    """``translate``: a picture through an image-to-image network, in its own depth; where it is not selected or not there, the result is not either."""
    from latentedit.images import to_uint8
    from latentedit.translating import sixteen_bits, translate_image

    if "document" in params and ("path" in params or "pixels" in params):
        raise ProtocolError("A picture is translated or a document, not both.")
    number, format_ = desk.number(params) if "document" in params else 0, wanted_format(params)
    photo = desk.documents[number].photo if number else photo_of(params)
    opacity, depth = opacity_and_depth(photo)
    share = share_of(selection_mask(params, photo.size), opacity)
    steps = translate_image(params.path("model"), photo.rgb_uint8, desk.engine.device)
    next(steps)  # the network is loaded
    yield None
    drawn = next(steps)
    assert drawn is not None
    samples: Samples = to_uint8(drawn) if depth == 8 else sixteen_bits(drawn)
    if share is not None:
        samples = np.dstack([samples, np.rint(share * np.iinfo(samples.dtype).max).astype(samples.dtype)])
    return {"picture": desk.picture(number, samples, format_).facts()}


def save(desk: Desk, params: Params) -> Result:
    """``save``: the project."""
    session = desk.session(params)
    return {"path": str(session.save(params.path("path") if "path" in params else None))}


def export(desk: Desk, params: Params) -> Result:
    """``export``: the photograph, one face, or layers as a file."""
    from latentedit.exporting import export_scene

    session, path = desk.session(params), params.path("path")
    face = params.whole("face") if "face" in params else None
    changed = export_scene(session.scene, path, face=face, each_edit=params.flag("each_edit", default=False))
    return {"path": str(path), "changed": changed}
