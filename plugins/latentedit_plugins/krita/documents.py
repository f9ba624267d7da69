"""Which of Krita's open documents is which: its objects in Python are new ones every time, and a document's root changes when it is flattened."""

from typing import Any, Dict, List

from krita import Krita

NONE = 0
"""The number of no document, or of one that is closed."""


class Documents:
    """Numbers for documents, which they keep until they are closed, whatever is done to them; nothing is written into them."""

    def __init__(self) -> None:
        self._held: Dict[int, Any] = {}
        self._newest = NONE

    def number(self, document: Any) -> int:
        """Of a document; NONE for one that is closed."""
        if document is None:
            return NONE
        for each in Krita.instance().documents():
            if each == document:
                return self._number_of_open(each)
        return NONE

    def open_numbers(self) -> List[int]:
        """Of all that are open."""
        numbers = [self._number_of_open(each) for each in Krita.instance().documents()]
        self._held = {number: self._held[number] for number in numbers}
        return numbers

    def _number_of_open(self, document: Any) -> int:
        """What is held came from Krita's own list: those objects do not keep the document, so it can be closed."""
        for number, held in self._held.items():
            if held == document:
                return number
        self._newest += 1
        self._held[self._newest] = document
        return self._newest


def active_document() -> Any:
    """The document that a person sees; None where none is open. Krita goes on naming the last one when it is closed."""
    app = Krita.instance()
    document = app.activeDocument()
    return document if document is not None and any(each == document for each in app.documents()) else None
