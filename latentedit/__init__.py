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
    from latentedit.edits import (
        Compositing,
        DirectionEdit,
        DragEdit,
        EditMask,
        EditState,
        FaceEdits,
        MixEdit,
        MoveEdit,
        PutEdit,
        RemoveEdit,
        ResetFace,
        SetAmount,
        SetCompositing,
        SetDrag,
        SetEnabled,
        SetMask,
        SetMix,
        SetNoiseMode,
        SetTruncation,
        SetVariation,
        Together,
        VariationEdit,
    )
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
    "Compositing": "latentedit.edits",
    "Direction": "latentedit.directions",
    "DirectionEdit": "latentedit.edits",
    "DragConfig": "latentedit.dragging",
    "DragEdit": "latentedit.edits",
    "DragStep": "latentedit.dragging",
    "EditMask": "latentedit.edits",
    "EditState": "latentedit.edits",
    "Face": "latentedit.faces",
    "FaceEdits": "latentedit.edits",
    "Generator": "latentedit.generators",
    "LatentEditError": "latentedit.errors",
    "MixEdit": "latentedit.edits",
    "MoveEdit": "latentedit.edits",
    "Photo": "latentedit.images",
    "ProjectionConfig": "latentedit.projection",
    "ProjectionStep": "latentedit.projection",
    "PutEdit": "latentedit.edits",
    "RemoveEdit": "latentedit.edits",
    "ResetFace": "latentedit.edits",
    "Session": "latentedit.session",
    "SetAmount": "latentedit.edits",
    "SetCompositing": "latentedit.edits",
    "SetDrag": "latentedit.edits",
    "SetEnabled": "latentedit.edits",
    "SetMask": "latentedit.edits",
    "SetMix": "latentedit.edits",
    "SetNoiseMode": "latentedit.edits",
    "SetTruncation": "latentedit.edits",
    "SetVariation": "latentedit.edits",
    "Together": "latentedit.edits",
    "Translator": "latentedit.translators",
    "VariationEdit": "latentedit.edits",
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
    "Compositing",
    "Direction",
    "DirectionEdit",
    "DragConfig",
    "DragEdit",
    "DragStep",
    "EditMask",
    "EditState",
    "Face",
    "FaceEdits",
    "Generator",
    "LatentEditError",
    "MixEdit",
    "MoveEdit",
    "Photo",
    "ProjectionConfig",
    "ProjectionStep",
    "PutEdit",
    "RemoveEdit",
    "ResetFace",
    "Session",
    "SetAmount",
    "SetCompositing",
    "SetDrag",
    "SetEnabled",
    "SetMask",
    "SetMix",
    "SetNoiseMode",
    "SetTruncation",
    "SetVariation",
    "Together",
    "Translator",
    "VariationEdit",
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
