"""Requests that answer with pictures, or write files that stay."""

from __future__ import annotations

from typing import Any

import numpy as np

from latentedit.serve.desk import Desk, Result, wanted_format
from latentedit.serve.params import Params
from latentedit.serve.photo_methods import Steps
from latentedit.serve.pictures import edited_samples, photo_of

QUALITIES = ("preview", "final")
SIDE_PX = 256


def render(desk: Desk, params: Params) -> Result:
    """``render``: a face's square seen quickly, or the whole photograph."""
    number = desk.number(params)
    session, format_ = desk.documents[number], wanted_format(params)
    if params.choice("quality", QUALITIES) == "final":
        samples, profile = edited_samples(session.scene)
        return {"stale": False, "picture": desk.picture(number, samples, format_, profile).facts()}
    face = params.whole("face", 0)
    seen = session.scene.preview(face, params.whole("side", SIDE_PX, low=16, high=1024))
    picture = desk.picture(number, seen, format_).facts()
    return {"stale": False, "face": face, "picture": picture, "quad": session.face(face).face.quad.tolist()}


def layers(desk: Desk, params: Params) -> Result:
    """``layers``: what each face's edits change, and where."""
    from latentedit.layers import layered

    number, format_ = desk.number(params), wanted_format(params)
    each_edit = params.flag("each_edit", default=False)
    picture = layered(desk.documents[number].scene, each_edit=each_edit)
    profile = picture.carried.icc
    told = []
    for layer in picture.layers:
        facts: dict[str, Any] = {"name": layer.name, "face": layer.face, "left": layer.left, "top": layer.top}
        facts |= {"opacity": 1.0, "blend": "normal", "visible": layer.visible}
        colours = desk.picture(number, layer.samples[..., :3], format_, profile)
        mask = desk.picture(number, layer.samples[..., 3:], format_)
        told.append({**facts, "picture": colours.facts(), "mask": mask.facts()})
    path = None
    if profile is not None:
        path = desk.folder.new(number, ".icc")
        path.write_bytes(profile)
    height, width = picture.photograph.shape[:2]
    return {"width": width, "height": height, "profile": None if path is None else str(path), "layers": told}


def translate(desk: Desk, params: Params) -> Steps:
    """``translate``: a picture through an image-to-image network."""
    from latentedit.translating import translate_pixels

    number, format_ = desk.number(params) if "document" in params else 0, wanted_format(params)
    photo = desk.documents[number].photo if number else photo_of(params)
    steps = translate_pixels(params.path("model"), photo.rgb_uint8, desk.engine.device)
    next(steps)  # the network is loaded
    yield None
    drawn = next(steps)
    return {"picture": desk.picture(number, np.asarray(drawn), format_).facts()}


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
