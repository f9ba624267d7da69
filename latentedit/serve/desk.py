"""What a server works on: one engine, the documents that are open, and where their files lie."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from latentedit.errors import UsageError
from latentedit.serve.protocol import Message

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from latentedit.assets import AssetStore
    from latentedit.engine import Engine
    from latentedit.serve.params import Params
    from latentedit.serve.private_folder import PrivateFolder
    from latentedit.session import Session
    from latentedit.side_process import SideProcess

Steps = Generator[Message | None, None, Message]
"""Long work: yields the facts of an event, or None, and returns the result. To cancel it is to close it."""

_PREVIEWS_KEPT = 8
"""A host may still read the one before the newest."""


@dataclass(eq=False)
class OpenDocument:
    """A picture that is being edited.

    Attributes:
        session: its faces and edits.
        origin: where in the host's image its upper left pixel lies.
        canvas: the size of that image, (width, height).
        selection: [H, W] where results may show, 255 where they may; None for everywhere.
        moving: what the newest edit set, while a slider is still held.
    """

    session: Session
    origin: tuple[int, int]
    canvas: tuple[int, int]
    selection: NDArray[np.uint8] | None = None
    moving: Any = None
    previews: deque[Path] = field(default_factory=deque)
    files: list[Path] = field(default_factory=list)


class Desk:
    """All of it; used by one thread."""

    def __init__(self, folder: PrivateFolder, engine: Engine, store: AssetStore, side: SideProcess) -> None:
        """
        Args:
            folder: where files go that the client reads.
            engine: draws.
            store: the weights; fetches nothing but what the client asks for.
            side: where faces are looked for.
        """
        self.folder, self.engine, self.store, self.side = folder, engine, store, side
        self._documents: dict[str, OpenDocument] = {}
        self._numbers = itertools.count(1)

    def add(self, document: OpenDocument) -> str:
        """Keep a document; returns its name."""
        name = f"document-{next(self._numbers)}"
        self._documents[name] = document
        return name

    def document(self, params: Params) -> OpenDocument:
        """The document that a request is about.

        Raises:
            UsageError: it names none, or one that is not open.
        """
        name = params.text("document")
        if name not in self._documents:
            raise UsageError(f"There is no document {name!r}.", hint="It was closed, or never opened.")
        return self._documents[name]

    def close(self, name: str) -> None:
        """Forget a document, and remove its files."""
        document = self._documents.pop(name, None)
        for path in (*document.previews, *document.files) if document is not None else ():
            self.folder.remove(path)

    def new_file(self, document: OpenDocument, name: str) -> Path:
        """Where a file of a document may be written; it lies there until the document is closed."""
        path = self.folder.new_file(name)
        document.files.append(path)
        return path

    def new_preview(self, document: OpenDocument, name: str) -> Path:
        """As :meth:`new_file`, until a few others have followed."""
        path = self.folder.new_file(name)
        document.previews.append(path)
        while len(document.previews) > _PREVIEWS_KEPT:
            self.folder.remove(document.previews.popleft())
        return path
