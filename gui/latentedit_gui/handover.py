"""Another language: the window makes way for one that speaks it, which goes on with what was open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from latentedit.session import Session
    from latentedit_gui.main_window import MainWindow


@dataclass(frozen=True, eq=False)
class Handover:
    """What one window leaves to the next: nothing of it has to be saved meanwhile.

    Attributes:
        session: the photograph with its faces, edits and their history; None when none was open.
        face: the one that was meant.
        generator: what new photographs are drawn with.
    """

    session: Session | None
    face: int
    generator: str


def hand_over(window: MainWindow) -> Handover | None:
    """Close a window without asking about what is not saved.

    Returns:
        what the next one is to take over; None, and the window stays, when a person wants what is at work in it to go on.
    """
    if not window.files.may_stop_work():
        return None
    document = window.document
    left = Handover(document.session, document.face, window.opener.generator)
    document.open(None)
    window.close()
    return left


def take_over(window: MainWindow, left: Handover) -> None:
    """Go on with what another window left."""
    session = left.session
    if session is None:
        return

    def shown() -> None:
        window.opener.read.disconnect(shown)
        window.document.select(left.face)
        window.autosave.keep()

    window.opener.read.connect(shown)  # behind what shows it
    window.opener.open_session(session)
