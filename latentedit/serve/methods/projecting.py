"""Learning a face, with what it looks like meanwhile."""

from __future__ import annotations

import time

from latentedit.serve.desk import Desk, Steps
from latentedit.serve.params import Params


def project(desk: Desk, params: Params) -> Steps:
    """Find a face's latent; told step by step, and a picture of it now and then."""
    from latentedit.projection import preset_config
    from latentedit.projection.config import PRESETS

    document, face = desk.document(params), params.integer("face", 0)
    preset, seed = params.choice("preset", tuple(PRESETS), "balanced"), params.integer("seed", 0)
    steps_wanted = params.integer("steps", 0, most=100_000) or None
    look_every_s = params.number("preview_every_s", 1.0)
    params.require_all_used()
    session = document.session
    session.face(face)  # whoever names none is told at once
    config = preset_config(preset, steps_wanted)

    def steps() -> Steps:
        from latentedit.images import to_uint8
        from latentedit.projection.pace import Pace
        from latentedit.serve.pictures import write_raw

        yield None
        pace, looked_at = Pace(config), 0.0
        for step in session.project(face, preset=preset, steps=steps_wanted, seed=seed, store=desk.store):
            facts = {
                "step": step.step,
                "steps": step.num_steps,
                "phase": step.phase,
                "seconds": round(step.seconds, 2),
                "seconds_left": round(pace.seconds_left(step), 1),
            }
            if look_every_s > 0 and time.monotonic() - looked_at >= look_every_s:
                drawn = to_uint8(step.image)
                path = desk.new_preview(document, "learning.rgb")
                write_raw(path, drawn)
                facts["preview"] = {"path": str(path), "width": drawn.shape[1], "height": drawn.shape[0], "channels": "RGB"}
                looked_at = time.monotonic()
            yield facts
        return {"face": face}

    return steps()
