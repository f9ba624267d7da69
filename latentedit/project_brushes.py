"""What users painted, in a project file: which masks a file needs, and how they stand in it (see ``docs/ledit-format.md``).

Reading trusts nothing. This module needs numpy but not torch.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from PIL import Image

from latentedit.brush import MAX_BRUSH_PX, MAX_BRUSHES, Brush, can_be_called
from latentedit.checked_json import Node
from latentedit.edits import History
from latentedit.edits.edit import BRUSH, MAX_NAME
from latentedit.errors import PhotoError, UsageError
from latentedit.image_io import header
from latentedit.project_archive import BRUSHES_FOLDER, ArchiveReader, Member, brush_member, damaged

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def brush_names(history: History) -> frozenset[str]:
    """The painted regions that the edits name, now or on the way back and forth."""
    states = (history.present, *(entry.state for entry in (*history.past, *history.future)))
    names = {region for state in states for face in state.faces for region in face.regions}
    return frozenset(name for name in names if name.startswith(BRUSH))


def named_brushes(brushes: Iterable[Brush], history: History) -> tuple[Brush, ...]:
    """Those that the edits name, now or on the way back and forth; by name, ascending.

    Raises:
        ValueError: one is missing.
    """
    known = {brush.region: brush for brush in brushes}
    names = sorted(brush_names(history))
    if missing := set(names) - known.keys():
        raise ValueError(f"edits name {min(missing)}, which was not painted")
    return tuple(known[name] for name in names)


def with_brush(brushes: Mapping[str, Brush], new: Brush, history: History) -> Mapping[str, Brush]:
    """A session's painted masks with one more, which keeps the name that it had if the new one has none. When there is no room, those go that neither edits nor their history name.

    Raises:
        UsageError: edits and their history name too many.
    """
    if len(brushes) >= MAX_BRUSHES and new.region not in brushes:
        named = brush_names(history)
        brushes = {name: brush for name, brush in brushes.items() if name in named}
        if len(brushes) >= MAX_BRUSHES:
            raise UsageError(f"A project takes at most {MAX_BRUSHES} painted masks.", hint="Save and reopen it, or undo some.")
    known = brushes.get(new.region)
    return {**brushes, new.region: new if known is None or new.called else known}


def brushes_to_json(brushes: Sequence[Brush]) -> list[str]:
    """What the manifest says about them: their hashes."""
    return [brush.region.removeprefix(BRUSH) for brush in brushes]


def mask_names_to_json(brushes: Sequence[Brush]) -> dict[str, str]:
    """What the manifest says about their names, by their hashes; empty where none has one."""
    return {brush.region.removeprefix(BRUSH): brush.called for brush in brushes if brush.called}


def brush_members(brushes: Sequence[Brush]) -> list[Member]:
    """Their pictures, as grey PNG files of 8 bits."""
    return [Member(brush_member(brush.region.removeprefix(BRUSH)), _to_png(brush)) for brush in brushes]


def read_brushes(node: Node | None, names: Node | None, history: History, archive: ArchiveReader) -> tuple[Brush, ...]:
    """Read what :func:`brushes_to_json`, :func:`mask_names_to_json` and :func:`brush_members` wrote; those that nothing names are left behind.

    Args:
        node, names: the manifest's entries, if it has them.
        history: the edits, with the way back and forth.

    Raises:
        ProjectFileError: none or a hash twice, a picture is missing, damaged, of another kind, not what its hash says, or not in the
            manifest.
    """
    hashes = [] if node is None else [item.text(64) for item in node.items(MAX_BRUSHES)]
    if node is not None and not 0 < len(set(hashes)) == len(hashes):
        raise node.fail("is empty or has a mask twice")
    called = _read_names(names, hashes)
    brushes = tuple(_read_brush(name, archive.read(brush_member(name)), called.get(name, "")) for name in hashes)
    members = {brush_member(name) for name in hashes}
    if unnamed := [name for name in archive.names if name.startswith(BRUSHES_FOLDER) and name not in members]:
        raise damaged(f"it has an unexpected member {min(unnamed)!r}")
    if missing := brush_names(history) - {brush.region for brush in brushes}:
        raise damaged(f"the mask {min(missing)} that its edits name is missing")
    return named_brushes(brushes, history)


def _read_names(node: Node | None, hashes: Sequence[str]) -> dict[str, str]:
    """The names of masks by their hashes."""
    if node is None:
        return {}
    called = {name: entry.text(MAX_NAME) for name, entry in node.mapping(MAX_BRUSHES).items()}
    if not called or not called.keys() <= set(hashes):
        raise node.fail("is empty or names a mask that is not there")
    if wrong := [name for name in called.values() if not can_be_called(name)]:
        raise node.fail(f"calls a mask {wrong[0]!r}")
    return called


def _read_brush(name: str, data: bytes, called: str) -> Brush:
    where = brush_member(name)
    # Size, depth and kind stand in every PNG at the same place; looked at before the decoder is.
    if len(data) < 29 or not data.startswith(_PNG_SIGNATURE):
        raise damaged(f"{where} is no PNG file")
    width, height, bits, colour_type, _, _, interlaced = struct.unpack_from(">IIBBBBB", data, 16)
    if width != height or width > MAX_BRUSH_PX or (bits, colour_type, interlaced) != (8, 0, 0):
        raise damaged(f"{where} is not a grey square of at most {MAX_BRUSH_PX} pixels")
    try:
        image = header.open_lazily(data, "PNG", where)
        with header.reading(where):
            brush = Brush(np.asarray(image), called)
    except (PhotoError, UsageError) as error:
        raise damaged(f"{where} cannot be read") from error
    if brush.region != BRUSH + name:
        raise damaged(f"{where} is not what its name says")
    return brush


def _to_png(brush: Brush) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(brush.pixels).save(buffer, "PNG")
    return buffer.getvalue()
