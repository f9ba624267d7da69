"""Documents keep their faces until they are closed, in a Krita that gives new objects every time."""

from __future__ import annotations

import importlib
import sys
import types
from collections.abc import Iterator
from typing import Any

import pytest


class Given:
    """What Krita gives for a document: equal to others of the same, and no key of a dictionary."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, document: str) -> None:
        self.document = document

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Given) and self.document == other.document


class App:
    """Krita, with documents that are open, and one that it says is active."""

    def __init__(self) -> None:
        self.open, self.active = ["one", "two"], "one"

    def documents(self) -> list[Given]:
        return [Given(each) for each in self.open]

    def activeDocument(self) -> Given:
        return Given(self.active)


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> App:
    app = App()
    krita = types.ModuleType("krita")
    krita.Krita = types.SimpleNamespace(instance=lambda: app)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "krita", krita)
    return app


@pytest.fixture
def module(app: App) -> Iterator[Any]:
    yield importlib.import_module("latentedit_plugins.krita.documents")
    del sys.modules["latentedit_plugins.krita.documents"]


def test_a_document_keeps_its_number_until_it_is_closed(app: App, module: Any) -> None:
    documents = module.Documents()
    one, two = documents.number(Given("one")), documents.number(Given("two"))
    assert len({one, two, module.NONE}) == 3
    app.open = ["two", "three"]
    assert documents.number(Given("one")) == module.NONE and documents.number(None) == module.NONE
    assert documents.number(Given("two")) == two
    assert one not in documents.open_numbers() and two in documents.open_numbers()
    app.open = ["one"]
    assert documents.number(Given("one")) not in (one, two), "what is opened again has no faces"


def test_a_document_that_is_closed_is_not_the_active_one(app: App, module: Any) -> None:
    assert module.active_document() == Given("one")
    app.open = ["two"]
    assert module.active_document() is None
