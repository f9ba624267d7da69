"""What a server has open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from latentedit.errors import UsageError
from latentedit.serve.params import ALL, Params
from latentedit.serve.pictures import FORMATS, Written, write_picture
from latentedit.serve.private_folder import PrivateFolder

if TYPE_CHECKING:
    from latentedit.engine import Engine
    from latentedit.image_io.colour import Samples
    from latentedit.session import Session


@dataclass(eq=False)
class Desk:
    """All that requests work on, in one thread.

    Attributes:
        engine: draws, for all documents.
        generator: what new documents are drawn with, by name or path.
        folder: where pictures go.
        documents: the sessions by their numbers.
    """

    engine: Engine
    generator: str
    folder: PrivateFolder
    documents: dict[int, Session] = field(default_factory=dict)
    _count: int = 0

    def add(self, session: Session) -> int:
        """Keep a session; returns its number, which no other has or had."""
        self._count += 1
        self.documents[self._count] = session
        return self._count

    def number(self, params: Params) -> int:
        """The document that a request names.

        Raises:
            UsageError: there is none of that number.
        """
        number = params.whole("document")
        if number not in self.documents:
            raise UsageError(f"There is no document {number}.", hint="Open one first; a closed one does not come back.")
        return number

    def session(self, params: Params) -> Session:
        """The session of the document that a request names.

        Raises:
            UsageError: as :meth:`number`.
        """
        return self.documents[self.number(params)]

    def picture(self, owner: int, samples: Samples, format_: str, profile: bytes | None = None) -> Written:
        """Write a picture [H, W, 1, 3 or 4] for a client.

        Raises:
            StorageError: there is no room.
        """
        return write_picture(self.folder.new(owner, f".{format_}"), samples, format_, profile)


def face_indices(session: Session, params: Params) -> list[int]:
    """The faces that a request names: one, or all that are projected.

    Raises:
        NoFaceError: there is no such face.
        UsageError: none is projected.
    """
    if "face" in params and params.raw("face") == ALL:
        known = [index for index, face in enumerate(session.faces) if face.latents is not None]
        if not known:
            raise UsageError("No face is projected yet.", hint="Project one first.")
        return known
    index = params.whole("face", 0)
    session.face(index)
    return [index]


def wanted_format(params: Params) -> str:
    """The format of pictures that a request asks for."""
    return params.choice("format", FORMATS, "png")


Result = dict[str, Any]
"""What a request is answered with."""
