"""What a direction was measured to do, as JSON in our own file of directions."""

from __future__ import annotations

from typing import Any

from latentedit.checked_json import Node
from latentedit.directions.direction import Measured

MAX_SCORES = 1000
MAX_FACES = 10**9


def measured_to_json(measured: Measured) -> dict[str, Any]:
    """An object that :func:`measured_from_json` reads."""
    return {
        "faces": measured.faces,
        "attribute": measured.attribute,
        "rises": measured.rises,
        "changes": dict(measured.changes),
        "identity": measured.identity,
    }


def measured_from_json(node: Node) -> Measured:
    """What :func:`measured_to_json` wrote; other entries are left to newer versions.

    Raises:
        ProjectFileError: a value is missing or out of range.
    """
    entries = node.mapping(100)
    for needed in ("faces", "attribute", "rises", "changes", "identity"):
        if needed not in entries:
            raise node.fail(f"lacks {needed!r}")
    rises, identity = entries["rises"].or_none(), entries["identity"].or_none()
    return Measured(
        entries["faces"].integer(0, MAX_FACES),
        entries["attribute"].text(),
        None if rises is None else rises.number(0, 1),
        {name: change.number() for name, change in entries["changes"].mapping(MAX_SCORES).items()},
        None if identity is None else identity.number(0),
    )
