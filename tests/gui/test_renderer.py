from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from latentedit.edits import Compositing, SetAmount, SetCompositing, SetMix
from latentedit.session import Session
from latentedit_gui.document import Document
from latentedit_gui.pixels import rgb_of
from latentedit_gui.renderer import LOOK_PX, Renderer
from latentedit_gui.worker import Worker


@pytest.fixture
def renderer(qtbot: QtBot, opened: Document, worker: Worker) -> Iterator[Renderer]:
    renderer = Renderer(opened, worker)
    renderer.set_rest_ms(1)
    yield renderer


def put_together(session: Session, parts: Any) -> Any:
    whole = session.photo.rgb_uint8.copy()
    for (left, top, right, bottom), picture in parts:
        whole[top:bottom, left:right] = rgb_of(picture.images[0])
    return whole


def test_a_change_is_seen_at_once_and_then_as_the_session_renders_it(qtbot: QtBot, renderer: Renderer, opened: Document) -> None:
    session = opened.session
    assert session is not None
    with qtbot.waitSignals([renderer.previewed, renderer.composited], order="strict") as told:
        opened.do(SetMix(0, "seed:5"))
    (face, rgba, quad), (parts,) = (event.args for event in told.all_signals_and_args)
    assert face == 0 and rgba.shape == (LOOK_PX, LOOK_PX, 4) and np.array_equal(quad, session.face(0).face.quad)
    assert (put_together(session, parts) == session.render_uint8()).all()


def test_undo_leaves_no_parts(qtbot: QtBot, renderer: Renderer, opened: Document) -> None:
    with qtbot.waitSignal(renderer.composited):
        opened.do(SetMix(0, "seed:5"))
    with qtbot.waitSignal(renderer.composited) as told:
        opened.undo()
    assert told.args == [[]]


def test_faces_keep_what_was_drawn_of_them(qtbot: QtBot, renderer: Renderer, opened: Document) -> None:
    session = opened.session
    assert session is not None
    with qtbot.waitSignal(renderer.composited):
        opened.do(SetMix(1, "seed:5"))
    with qtbot.waitSignal(renderer.composited) as told:
        opened.do(SetMix(0, "seed:6"))
    assert told.args is not None
    assert (put_together(session, told.args[0]) == session.render_uint8()).all()


def test_a_stream_of_changes_is_drawn_as_the_last_of_them(qtbot: QtBot, renderer: Renderer, opened: Document) -> None:
    session = opened.session
    assert session is not None
    looks: list[Any] = []
    renderer.previewed.connect(lambda face, rgba, quad: looks.append(rgba))
    renderer.set_rest_ms(50)
    with qtbot.waitSignal(renderer.composited) as told:
        for amount in np.linspace(0.1, 2, 40):
            opened.do(SetAmount(0, "smile", float(amount)))
    assert told.args is not None
    assert (put_together(session, told.args[0]) == session.render_uint8()).all()
    assert 1 <= len(looks) < 40, "stale ones are dropped"
    assert (looks[-1] == session.scene.preview(0, LOOK_PX)).all()


def test_what_cannot_be_drawn_is_told(qtbot: QtBot, renderer: Renderer, opened: Document) -> None:
    with qtbot.waitSignal(renderer.failed) as told:
        opened.do(SetAmount(0, "no such direction", 1.0))
    assert told.args is not None and "no such direction" in str(told.args[0])


def test_a_mode_that_replaces_shows_without_edits(qtbot: QtBot, renderer: Renderer, opened: Document) -> None:
    session = opened.session
    assert session is not None
    with qtbot.waitSignal(renderer.composited) as told:
        opened.do(SetCompositing(0, Compositing("replace")))
    assert told.args is not None and told.args[0]
    assert (put_together(session, told.args[0]) == session.render_uint8()).all()


def test_no_look_at_what_is_closed(qtbot: QtBot, renderer: Renderer, opened: Document) -> None:
    looks: list[int] = []
    renderer.previewed.connect(lambda face, rgba, quad: looks.append(face))
    opened.do(SetMix(0, "seed:5"))
    opened.open(None)
    assert not renderer.drawing
    qtbot.wait(150)
    assert not looks
