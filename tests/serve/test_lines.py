"""Whatever a client sends, it is answered, and the server goes on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from latentedit.serve.methods import METHODS
from latentedit.serve.protocol import MAX_LINE_BYTES, PROTOCOL, lines

from .client import Client

MALFORMED = {
    b"no JSON": None,
    b"[1, 2]": None,
    b'"text"': None,
    b"\xff\xfe{}": None,
    b"{": None,
    b"[" * 100_000: None,
    b"{}": None,
    b'{"id": true, "method": "edits"}': None,
    b'{"id": -1, "method": "edits"}': None,
    b'{"id": 1e99, "method": "edits"}': None,
    b'{"id": 99999999999999999999, "method": "edits"}': None,
    b'{"id": 1, "method": "render", "params": {"side": NaN}}': None,
    b'{"id": 7}': 7,
    b'{"id": 7, "method": 3}': 7,
    b'{"id": 7, "method": "edits", "params": []}': 7,
    b'{"id": 7, "method": "edits", "extra": 1}': 7,
    b'{"id": 7, "method": "edits"}': 7,
    b'{"id": 7, "method": "edits", "params": {"document": "1"}}': 7,
    b'{"id": 7, "method": "edits", "params": {"document": 1.5}}': 7,
    b'{"id": 7, "method": "edits", "params": {"document": [1]}}': 7,
    b'{"id": 7, "method": "edits", "params": {"document": 1, "docment": 1}}': 7,
    b'{"id": 7, "method": "open", "params": {"path": "a\\u0000b"}}': 7,
    b'{"id": 7, "method": "open", "params": {"path": "\\ud800"}}': 7,
    b'{"id": 7, "method": "open", "params": {"path": "a.png", "pixels": {}}}': 7,
    b'{"id": 7, "method": "open", "params": {"pixels": {"path": "a", "width": 0, "height": 1, "channels": "rgb", "depth": 8}}}': 7,
    b'{"id": 7, "method": "open", "params": {"pixels": {"path": "a", "width": 1, "height": 1, "channels": "rgb", "depth": true}}}': 7,
    b'{"id": 7, "method": "shutdown", "params": {"now": true}}': 7,
    b'{"id": 7, "method": "cancel"}': 7,
    b'{"id": 7, "method": "hello", "params": {"protocol": "1"}}': 7,
    b'{"id": 7, "method": "' + b"x" * MAX_LINE_BYTES + b'"}': None,
}


def test_each_malformed_line_is_refused_and_the_server_goes_on(client: Client) -> None:
    for line, number in MALFORMED.items():
        client.write(line + b"\n")
        told = client.receive()
        assert (told["id"], told["error"]["kind"]) == (number, "protocol"), line[:100]
        assert told["error"]["message"] and told["error"]["hint"]
    assert client.ask("capabilities")["generator"] == "toy"


@pytest.mark.parametrize(
    ("method", "params", "kind"),
    [
        ("edits", {"document": 9}, "usage"),
        ("open", {"path": "absent.png"}, "input"),
        ("open", {"path": "."}, "input"),
        ("open", {"path": "smile.npy"}, "input"),
        ("capabilities", {"generator": "absent"}, "usage"),
        ("save", {"document": 1, "path": "absent/folder.ledit"}, "missing"),
        ("save", {"document": 1}, "usage"),
        ("save", {"document": 1, "path": "photo.png"}, "usage"),
        ("export", {"document": 1, "path": "photo.png"}, "usage"),
        ("set", {"document": 1, "edits": ["absent=1"]}, "usage"),
        ("set", {"document": 1, "edits": ["smile.npy=1", "smile"]}, "usage"),
        ("set", {"document": 1, "face": 5, "edits": ["smile.npy=1"]}, "input"),
        ("set", {"document": 1, "edits": [{"name": "smile.npy", "amount": 1e9}]}, "usage"),
        ("mix", {"document": 1, "source": "seed:1", "layers": "90"}, "usage"),
        ("render", {"document": 1, "quality": "preview", "face": 3}, "input"),
        ("project", {"document": 1, "preset": "absent"}, "usage"),
        ("faces", {"document": 1, "frame": [300, 0, 120]}, "usage"),
        ("faces", {"document": 1, "selection": {"mask": "small.png"}}, "input"),
        ("translate", {"path": "photo.png", "model": "smile.npy"}, "input"),
        ("translate", {"path": "photo.png", "document": 1, "model": "smile.npy"}, "protocol"),
        ("mix", {"document": 1, "source": "seed:1", "path": "photo.png", "layers": "all"}, "protocol"),
        ("faces", {"document": 1, "selection": {"mask": "small.png", "box": [0, 0, 9, 9]}}, "protocol"),
        ("layers", {"document": 1, "format": "kra", "canvas": [0, 0]}, "protocol"),
        ("layers", {"document": 1, "format": "kra", "canvas": [-1, -1]}, "protocol"),
        ("open", {"path": "photo.png", "generator": "/etc/passwd"}, "input"),
        ("open", {"path": "photo.png", "generator": "unheard_of"}, "usage"),
        ("change", {"document": 1, "remove": ["absent"]}, "usage"),
    ],
)
def test_what_the_engine_refuses_is_of_the_command_lines_kinds(
    shared: Client, method: str, params: dict[str, Any], kind: str
) -> None:
    before = shared.ask("edits", document=1)
    error = shared.refused(method, **params)
    assert error["kind"] == kind, error
    assert shared.ask("edits", document=1) == before


def test_nothing_is_done_before_hello_or_for_another_protocol(tmp_path: Path) -> None:
    with Client(tmp_path, greet=False) as client:
        assert "hello" in client.refused("capabilities")["message"]
        for spoken, update in ((PROTOCOL + 1, "latentedit:"), (0, "plug-in")):
            error = client.refused("hello", protocol=spoken)
            assert error["kind"] == "protocol" and update in error["hint"]
        assert "hello" in client.refused("capabilities")["message"]
        client.ask("hello", protocol=PROTOCOL)
        assert client.ask("capabilities")["presets"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
NAMES = sorted({name for method in METHODS.values() for name in method.params})
REQUESTS = st.builds(
    lambda number, method, params: json.dumps({"id": number, "method": method, "params": params}).encode(),
    st.integers(0, 9) | JSON,
    st.sampled_from([name for name in METHODS if name not in ("save", "export", "close")]) | st.text(max_size=9),
    st.dictionaries(st.sampled_from(NAMES), JSON, max_size=4)
    | st.dictionaries(st.just("document"), st.just(1), min_size=1)
    | JSON,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(REQUESTS | st.binary(max_size=200), max_size=6))
def test_random_lines_never_end_the_server(shared: Client, sent: list[bytes]) -> None:
    for line in sent:
        shared.write(line.replace(b"\n", b" ") + b"\n")
    told, before = shared.answer(shared.send("edits", document=1))
    assert "result" in told
    kinds = {message["error"]["kind"] for message in before if "error" in message}
    assert "bug" not in kinds, before


@given(st.lists(st.binary(max_size=60)), st.integers(1, 7))
def test_lines_are_cut_wherever_the_stream_is(content: list[bytes], size: int) -> None:
    whole = [line.replace(b"\n", b"") for line in content]
    stream = b"".join(line + b"\n" for line in whole)
    pieces = iter([stream[start : start + size] for start in range(0, len(stream), size)] + [b""])
    assert list(lines(lambda _: next(pieces))) == whole
