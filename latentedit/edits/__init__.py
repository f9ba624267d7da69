"""What has been done to the faces of a photograph: frozen state, commands that change it, and undo.

Neither torch nor Qt is imported here: a state is numbers, names and tuples. It is hashable (the key of the
render cache), JSON (part of the project file) and comparable (undo stores it whole).
"""

from latentedit.edits.commands import (
    Command,
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
)
from latentedit.edits.edit import DirectionEdit, DragEdit, Edit, EditKey, EditMask, MixEdit, Point, Region, VariationEdit
from latentedit.edits.history import History, HistoryEntry
from latentedit.edits.serialise import history_from_json, history_to_json, state_from_json, state_to_json
from latentedit.edits.state import (
    Compositing,
    CompositingMode,
    EditState,
    FaceEdits,
    NoiseMode,
)

__all__ = [
    "Command",
    "Compositing",
    "CompositingMode",
    "DirectionEdit",
    "DragEdit",
    "Edit",
    "EditKey",
    "EditMask",
    "EditState",
    "FaceEdits",
    "History",
    "HistoryEntry",
    "MixEdit",
    "MoveEdit",
    "NoiseMode",
    "Point",
    "PutEdit",
    "Region",
    "RemoveEdit",
    "ResetFace",
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
    "VariationEdit",
    "history_from_json",
    "history_to_json",
    "state_from_json",
    "state_to_json",
]
