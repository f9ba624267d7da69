"""A project without what was done to its faces: the photograph and its projections alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from latentedit.edits import EditState, History

if TYPE_CHECKING:
    from latentedit.project_file import Project


def unedited(project: Project) -> Project:
    """The project without edits, history, own directions and painted masks."""
    return replace(project, history=History(EditState.for_faces(len(project.faces))), directions=(), brushes=())


def has_edits(project: Project) -> bool:
    """Whether anything was ever done to its faces, also if it was undone."""
    return project.history != History(EditState.for_faces(len(project.faces)))
