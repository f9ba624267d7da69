"""What can be asked for, by name."""

from __future__ import annotations

from latentedit.serve.methods import about, drawing, editing, opening, projecting, translating
from latentedit.serve.server import Method, Urgency

METHODS: dict[str, Method] = {
    "capabilities": Method(about.capabilities),
    "fetch": Method(about.fetch, Urgency.TASK),
    "open": Method(opening.open_picture),
    "faces": Method(opening.faces),
    "select": Method(opening.select),
    "save": Method(opening.save),
    "export": Method(opening.export),
    "close": Method(opening.close),
    "project": Method(projecting.project, Urgency.TASK),
    "set": Method(editing.set_edits),
    "change": Method(editing.change),
    "state": Method(editing.state),
    "render": Method(drawing.render, Urgency.PREVIEW, newest_only=True),
    "layers": Method(drawing.layers),
    "translate": Method(translating.translate, Urgency.TASK),
}

__all__ = ["METHODS"]
