"""The figures of a session's projected face, as ``--report`` gives them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from latentedit.report import Judges
    from latentedit.session import Session


def measured(session: Session, index: int, judges: Judges) -> dict[str, Any]:
    """Measure one projected face, remember the quality in the session, and give the face's figures.

    Raises:
        NoFaceError, UsageError: there is no such face, or it is not projected.
    """
    from latentedit.report import measure_quality

    known = session.face(index)
    generator = session.generator
    drawn = session.engine.render_face(generator, known.projected())
    photograph = known.face.crop(generator.img_resolution).to(drawn)
    quality = asdict(measure_quality(photograph, drawn, judges, is_face=known.face.landmarks is not None))
    session.add_to_report(index, quality)
    return face_figures(session, index)


def face_figures(session: Session, index: int) -> dict[str, Any]:
    """Where a projected face is, how it was projected, and its quality as far as that was measured; JSON values.

    Raises:
        NoFaceError: there is no such face.
    """
    known = session.face(index)
    facts: Mapping[str, Any] = known.report
    rounded = {"seconds": 2, "lpips_alex": 4, "lpips_vgg": 4, "psnr_db": 4, "identity_distance": 4}
    return {
        "index": index,
        "box": [int(n) for n in known.face.box],
        "quad": [[float(x), float(y)] for x, y in known.face.quad],
        **{name: facts[name] for name, kind in (("space", str), ("steps", int)) if isinstance(facts.get(name), kind)},
        **{name: round(facts[name], places) for name, places in rounded.items() if _is_number(facts.get(name))},
    }


def _is_number(value: object) -> bool:
    """A project's file may hold any JSON there."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < math.inf
