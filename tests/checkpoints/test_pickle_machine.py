"""Pickles are data: what they describe is built, what they ask for is not done, and neither costs more than their bytes."""

from __future__ import annotations

import io
import os
import pickle
import pickletools
import struct
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from latentedit.checkpoints.budget import Budget
from latentedit.checkpoints.numpy_pickle import numpy_names
from latentedit.checkpoints.pickle_machine import Names, finish, run_pickle
from latentedit.errors import CheckpointError

KEYS = st.text(max_size=5) | st.integers(-(2**31), 2**31)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()
TREES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=20)

OLD_BYTES: Names = {key: call for key, call in numpy_names(Budget(1 << 20)).items() if key[0] in ("_codecs", "__builtin__")}
"""How Python 3 writes bytes for Python 2."""


def run(data: bytes, names: Names | None = None) -> Any:
    return run_pickle(data, names=names or {}, budget=Budget(0))[0]


@given(TREES, st.integers(0, 5))
def test_data_is_built_as_pickle_builds_it(tree: Any, protocol: int) -> None:
    data = pickle.dumps(tree, protocol)
    value, end = run_pickle(b"before" + data + b"behind", len(b"before"), names=OLD_BYTES, budget=Budget(0))
    assert finish(value) == tree
    assert end == len(b"before" + data)


@given(st.tuples(LEAVES, st.tuples(LEAVES, LEAVES, LEAVES, LEAVES), st.tuples()))
def test_tuples_become_lists_when_all_is_finished(tree: tuple[Any, ...]) -> None:
    value = run(pickle.dumps(tree, 4), {})
    assert value == tree
    assert finish(value) == [tree[0], list(tree[1]), []]


class Calls:
    """A pickle of it calls something."""

    def __init__(self, called: Callable[..., Any], *arguments: Any) -> None:
        self.what = called, arguments

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self.what


@pytest.mark.parametrize("protocol", range(6))
@pytest.mark.parametrize(
    "called",
    [
        Calls(os.system, "touch WAS_RUN"),
        Calls(subprocess.check_output, ["touch", "WAS_RUN"]),
        Calls(eval, "open('WAS_RUN', 'w')"),
    ],
    ids=["os.system", "subprocess", "eval"],
)
def test_nothing_is_run(called: Calls, protocol: int, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for tree in (called, {"a": [called]}, (called, called)):
        with pytest.raises(CheckpointError, match="nothing of it was run") as caught:
            run(pickle.dumps(tree, protocol))
        assert caught.value.hint and "\n" not in str(caught.value)
    assert not list(tmp_path.iterdir())


P2 = b"\x80\x02"
HOSTILE = {
    "a call of a text": P2 + b"X\x01\x00\x00\x00x)R.",
    "a call of what is only named": P2 + b"ctorch\nFloatStorage\nK\x01\x85R.",
    "a bytearray of two gigabytes": P2 + b"cbuiltins\nbytearray\nJ\xff\xff\xff\x7f\x85R.",
    "a bytearray that is not there": b"\x80\x05\x96" + struct.pack("<Q", 2**40) + b".",
    "bytes that are not there": b"\x80\x04\x8e" + struct.pack("<Q", 2**40) + b".",
    "text that is not there": P2 + b"X\xff\xff\xff\x7fx.",
    "a number that is not there": P2 + b"\x8b\xff\xff\xff\x7f\x01.",
    "attributes of a number": P2 + b"K\x01}b.",
    "an extension": P2 + b"\x82\x01.",
    "a class by its old name": P2 + b"(ios\nsystem\n.",
    "objects outside itself": P2 + b"X\x01\x00\x00\x00xQ.",
    "a name over two lines": b"\x80\x04\x8c\x03o\ns\x8c\x06sys\ntem\x93.",
    "a key of nested tuples": P2 + b"}" + b"K\x01" + b"\x85" * 100_000 + b"K\x01s.",
    "a key as large as a hash": P2 + b"}\x8a\x09" + (2**70).to_bytes(9, "little") + b"K\x01s.",
    "a call with many arguments": P2 + b"ctorch\nFloatStorage\n(" + b"N" * 100 + b"tR.",
    "too many instructions": P2 + b"N" * 600_000 + b".",
    "no value": P2 + b".",
    "a mark": P2 + b"(.",
    "two values": P2 + b"NN.",
    "no end": P2 + b"N",
    "a memory that is empty": P2 + b"h\x01.",
    "a list that is none": P2 + b"K\x01K\x02a.",
    "a dictionary that is none": P2 + b"]K\x01K\x02s.",
    "half an entry": P2 + b"}(K\x01u.",
    "a tuple of too much": P2 + b"K\x01\x87.",
    "an unknown instruction": P2 + b"\xff.",
    "nothing": b"",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_data_is_refused(data: bytes) -> None:
    with pytest.raises(CheckpointError) as caught:
        run(data, {("torch", "FloatStorage"): None})
    assert "\n" not in str(caught.value)


def test_a_large_number_of_a_memory_costs_nothing() -> None:
    """Python's own machine makes a table of that many entries."""
    assert run(P2 + b"Nr" + struct.pack("<I", 2**32 - 1) + b".") is None


def test_depth_and_cycles_have_an_end() -> None:
    cycle: list[Any] = []
    cycle.append(cycle)
    for endless in (cycle, {"a": cycle}):
        with pytest.raises(CheckpointError, match="levels deep"):
            finish(run(pickle.dumps(endless, 4)))
    deep = P2 + b"]" * 100_000 + b"a" * 99_999 + b"."
    with pytest.raises(CheckpointError, match="levels deep"):
        finish(run(deep))


def test_what_is_shared_stays_shared() -> None:
    """Thirty lists, each holding the one before twice, are a thousand million leaves when they are told one by one."""
    tree: list[Any] = ["leaf"]
    for _ in range(30):
        tree = [tree, tree]
    built = finish(run(pickle.dumps(tree, 4)))
    assert built[0] is built[1]


@given(st.data())
def test_every_damaged_pickle_gives_a_value_or_the_one_error(data: st.DataObject) -> None:
    sound = pickle.dumps(data.draw(TREES), data.draw(st.integers(0, 5)))
    broken = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        finish(run(bytes(broken), OLD_BYTES))
    except CheckpointError as error:
        assert "\n" not in str(error)


def test_every_instruction_is_done_or_meant_to_be_refused() -> None:
    from latentedit.checkpoints import pickle_machine as machine

    assert {opcode.name for opcode in machine._KNOWN.values()} == machine._DONE  # a name that is misspelt would be done never
    assert {opcode.name for opcode in pickletools.opcodes} - machine._DONE == {"NEXT_BUFFER", "READONLY_BUFFER"}


def test_pickles_follow_each_other() -> None:
    stream = io.BytesIO()
    for value in (1, "two", [3]):
        pickle.dump(value, stream, 2)
    at, found = 0, []
    for _ in range(3):
        value, at = run_pickle(stream.getvalue(), at, names={}, budget=Budget(0))
        found.append(value)
    assert found == [1, "two", [3]] and at == len(stream.getvalue())
