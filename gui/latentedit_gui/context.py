"""What every panel of a window is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from latentedit.engine import Engine
from latentedit_gui.document import Document
from latentedit_gui.renderer import Renderer
from latentedit_gui.worker import Worker

if TYPE_CHECKING:
    from latentedit_gui.canvas import Canvas, Tool
    from latentedit_gui.settings import Settings


@dataclass(frozen=True, eq=False)
class Context:
    """The parts of one window that its panels work with.

    Attributes:
        document: what is open.
        worker: where long work goes.
        renderer: draws what the document's edits make.
        canvas: shows it.
        engine: loaded generators, shared by all sessions of the window.
        settings: what is remembered between starts.
        show_error: tells a person of an error, without waiting.
        open_path: opens a photograph or project, asking about unsaved changes.
        project_face: projects the face with this index.
        set_tool: takes a tool of the canvas in hand.
    """

    document: Document
    worker: Worker
    renderer: Renderer
    canvas: Canvas
    engine: Engine
    settings: Settings
    show_error: Callable[[Exception], None]
    open_path: Callable[[Path], None]
    project_face: Callable[[int], None]
    set_tool: Callable[[Tool], None]
