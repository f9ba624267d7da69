"""A picture through a network."""

from __future__ import annotations

from latentedit.serve.desk import Desk, Steps
from latentedit.serve.params import Params


def translate(desk: Desk, params: Params) -> Steps:
    """The edited picture, or one face's square of it, through the network of a file."""
    document, network = desk.document(params), params.path("network")
    whole = params.choice("area", ("photograph", "face"), "photograph") == "photograph"
    face = params.integer("face", 0)
    params.require_all_used()
    scene = document.session.scene

    def steps() -> Steps:
        from latentedit.images import apply_patches
        from latentedit.serve.pictures import write_png
        from latentedit.translating import translate_pixels

        yield None
        source = apply_patches(scene.photo, scene.patches()) if whole else scene.face(face).square(512)
        for result in translate_pixels(network, source, desk.engine.device):
            if result is None:
                yield None
        path = desk.new_file(document, "translated.png")
        write_png(path, result)
        return {"path": str(path), "width": result.shape[1], "height": result.shape[0]}

    return steps()
