"""Open your own photograph, and its faces become sliders.

The public names are loaded when they are first used, so that ``import latentedit`` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from latentedit.assets import AssetStore
    from latentedit.directions import Direction, load_direction
    from latentedit.dragging import DragConfig, DragStep, drag
    from latentedit.edits import EditState
    from latentedit.errors import LatentEditError
    from latentedit.faces import Face, find_faces
    from latentedit.generators import Generator, load_generator
    from latentedit.images import Photo, open_photo
    from latentedit.perceptual import load_lpips
    from latentedit.projection import ProjectionConfig, ProjectionStep, project
    from latentedit.session import Session
    from latentedit.translators import Translator, load_translator

_HOMES = {
    "AssetStore": "latentedit.assets",
    "Direction": "latentedit.directions",
    "DragConfig": "latentedit.dragging",
    "DragStep": "latentedit.dragging",
    "EditState": "latentedit.edits",
    "Face": "latentedit.faces",
    "Generator": "latentedit.generators",
    "LatentEditError": "latentedit.errors",
    "Photo": "latentedit.images",
    "ProjectionConfig": "latentedit.projection",
    "ProjectionStep": "latentedit.projection",
    "Session": "latentedit.session",
    "Translator": "latentedit.translators",
    "drag": "latentedit.dragging",
    "find_faces": "latentedit.faces",
    "load_direction": "latentedit.directions",
    "load_generator": "latentedit.generators",
    "load_lpips": "latentedit.perceptual",
    "load_translator": "latentedit.translators",
    "open_photo": "latentedit.images",
    "project": "latentedit.projection",
}

__all__ = [
    "AssetStore",
    "Direction",
    "DragConfig",
    "DragStep",
    "EditState",
    "Face",
    "Generator",
    "LatentEditError",
    "Photo",
    "ProjectionConfig",
    "ProjectionStep",
    "Session",
    "Translator",
    "__version__",
    "drag",
    "find_faces",
    "load_direction",
    "load_generator",
    "load_lpips",
    "load_translator",
    "open_photo",
    "project",
]


def __getattr__(name: str) -> Any:
    """Import the module that a public name lives in (PEP 562)."""
    try:
        home = _HOMES[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    return getattr(importlib.import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
