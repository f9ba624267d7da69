"""What a session knows about one face."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from latentedit.face_latents import FaceLatents
    from latentedit.faces import Face


@dataclass(frozen=True, eq=False)
class SessionFace:
    """A face of the photograph with what is known about it.

    Attributes:
        face: where it is.
        latents: what its projection found; None before.
        report: how the projection went, JSON values.
    """

    face: Face
    latents: FaceLatents | None = None
    report: Mapping[str, Any] = field(default_factory=dict)
