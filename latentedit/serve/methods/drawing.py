"""Pictures of the edits: small ones at once, and the layers that a painting program takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from latentedit.serve.desk import Desk, OpenDocument, Steps
from latentedit.serve.params import Params

if TYPE_CHECKING:
    from latentedit.layers import LayeredPhoto

MAX_SIDE = 1024


def render(desk: Desk, params: Params) -> Steps:
    """A face's square after its edits, small and quick."""
    document, face = desk.document(params), params.integer("face", 0)
    side, edited = params.integer("side", 256, least=16, most=MAX_SIDE), params.flag("edited", True)
    params.require_all_used()
    scene = document.session.scene
    if edited:
        scene.face(face).projected()

    def steps() -> Steps:
        from latentedit.serve.pictures import write_raw

        yield None
        pixels = scene.preview(face, side)[..., :3] if edited else scene.face(face).square(side)
        path = desk.new_preview(document, "preview.rgb")
        write_raw(path, pixels)
        return {"path": str(path), "width": side, "height": side, "channels": "RGB"}

    return steps()


def layers(desk: Desk, params: Params) -> Steps:
    """The edits as layers with masks, at the picture's own size and depth."""
    document, kind = desk.document(params), params.choice("format", ("png", "kra", "ora"), "png")
    each_edit, mark_ai = params.flag("each_edit"), params.flag("mark_ai", True)
    params.require_all_used()
    scene = document.session.scene

    def steps() -> Steps:
        from latentedit.krita_file import write_krita
        from latentedit.layers import layered
        from latentedit.openraster import write_openraster

        yield None
        picture = within_selection(layered(scene, each_edit=each_edit), document)
        yield None
        if kind == "png":
            return {"layers": _as_png(desk, document, picture)}
        path = desk.new_file(document, f"layers.{kind}")
        if kind == "kra":
            write_krita(path, picture, photograph=False, origin=document.origin, canvas=document.canvas, mark_ai=mark_ai)
        else:
            write_openraster(path, picture, mark_ai=mark_ai)
        return {"path": str(path), "layers": [_told(document, picture, number) for number in range(len(picture.layers))]}

    return steps()


def within_selection(picture: LayeredPhoto, document: OpenDocument) -> LayeredPhoto:
    """The layers only where the selection lets them show."""
    if document.selection is None:
        return picture
    kept = []
    for layer in picture.layers:
        height, width = layer.samples.shape[:2]
        share = document.selection[layer.top : layer.top + height, layer.left : layer.left + width].astype(np.float32) / 255
        if not share.any():
            continue
        samples = layer.samples.copy()
        samples[..., 3] = np.rint(samples[..., 3] * share).astype(samples.dtype)
        kept.append(replace(layer, samples=samples))
    return replace(picture, layers=tuple(kept))


def _told(document: OpenDocument, picture: LayeredPhoto, number: int) -> dict[str, Any]:
    layer = picture.layers[number]
    height, width = layer.samples.shape[:2]
    left, top = layer.left + document.origin[0], layer.top + document.origin[1]
    place = {"left": left, "top": top, "width": width, "height": height}
    return {"name": layer.name, "face": layer.face, **place, "visible": layer.visible, "opacity": 1.0, "blend": "normal"}


def _as_png(desk: Desk, document: OpenDocument, picture: LayeredPhoto) -> list[dict[str, Any]]:
    """Each layer as two files: its colours without opacity, in the picture's colour space, and its mask."""
    from latentedit.layers import colours_and_mask
    from latentedit.serve.pictures import write_png

    told = []
    for number, layer in enumerate(picture.layers):
        colours, mask = colours_and_mask(layer, picture)
        files = {}
        for name, samples, icc in (("colours", colours, picture.carried.icc), ("mask", mask[..., None], None)):
            path = desk.new_file(document, f"{name}.png")
            write_png(path, samples, icc)
            files[name] = str(path)
        told.append({**_told(document, picture, number), **files})
    return told
