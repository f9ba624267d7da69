"""Arrays that stay in their file: the same numbers, less memory, and no surprise when the file changes."""

from __future__ import annotations

import io
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save as save_safetensors

from latentedit.checkpoints.byte_stream import ByteStream
from latentedit.checkpoints.foreign import read_contents, stored_contents
from latentedit.checkpoints.stored_array import LARGE_BYTES, StoredArray, loaded
from latentedit.errors import CheckpointError

MIB = 2**20
LARGE = torch.arange(LARGE_BYTES // 2, dtype=torch.float32).reshape(64, -1)
TENSORS = {
    "large": LARGE,
    "bfloat16": LARGE.bfloat16(),
    "float16": (LARGE / 64).half(),
    "small": LARGE[:1, :5].clone(),
    "none": LARGE[:0].clone(),
}


def torch_bytes(value: Any) -> bytes:
    stream = io.BytesIO()
    torch.save(value, stream)
    return stream.getvalue()


WRITTEN: dict[str, Callable[[dict[str, torch.Tensor]], bytes]] = {"torch": torch_bytes, "safetensors": save_safetensors}


@pytest.mark.parametrize("kind", WRITTEN)
def test_what_stays_in_the_file_is_what_was_saved(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(WRITTEN[kind](TENSORS))
    at_once = read_contents(path, 100 * MIB).tree
    with stored_contents(path, 100 * MIB) as contents:
        tree = contents.tree
        assert {name for name, value in tree.items() if isinstance(value, StoredArray)} == {"large", "bfloat16", "float16"}
        for name, tensor in TENSORS.items():
            assert tuple(tree[name].shape) == tuple(tensor.shape)
            for array in (loaded(tree[name]), loaded(tree[name]), at_once[name]):
                assert np.array_equal(array, tensor.float().numpy())


def test_parts_of_a_tensor_are_read_with_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(torch_bytes({"turned": LARGE.T, "rows": LARGE[3:9], "all": LARGE}))
    with stored_contents(path, 100 * MIB) as contents:
        for name, tensor in {"turned": LARGE.T, "rows": LARGE[3:9], "all": LARGE}.items():
            assert np.array_equal(loaded(contents.tree[name]), tensor.numpy())


@pytest.mark.parametrize("kind", WRITTEN)
def test_no_more_is_in_memory_than_one_of_them(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(WRITTEN[kind]({f"{number}": torch.full((MIB // 2,), float(number)) for number in range(20)}))
    tracemalloc.start()
    try:
        with stored_contents(path, 100 * MIB) as contents:
            sums = [float(loaded(array)[0]) for array in contents.tree.values()]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sorted(sums) == list(range(20)) and peak < 8 * MIB


@pytest.mark.parametrize("kind", WRITTEN)
@pytest.mark.parametrize("change", ["cut", "grown", "written again"])
def test_a_file_that_changes_meanwhile_is_told(kind: str, change: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    data = WRITTEN[kind](TENSORS)
    path.write_bytes(data)
    with pytest.raises(CheckpointError), stored_contents(path, 100 * MIB) as contents:
        if change == "cut":
            os.truncate(path, len(data) // 2)
        elif change == "grown":
            path.write_bytes(data + b"more")
        else:
            path.write_bytes(bytes(len(data)))
            os.utime(path, ns=(0, 0))
        for array in contents.tree.values():
            loaded(array)


@pytest.mark.parametrize("size", [0, 1, 5, 4096])
def test_a_stream_gives_what_there_is_and_takes_no_more(size: int) -> None:
    data = bytes(range(256)) * 16
    stream = ByteStream(io.BytesIO(data[:size]))
    assert stream.whole() == data[:size] and stream.read(2**62) == b""
    stream.seek(size // 2)
    assert stream.read(2**62) == data[size // 2 : size] == stream.at(size // 2, size - size // 2)
    with pytest.raises(CheckpointError, match="truncated"):
        stream.at(size // 2, size + 1)


@pytest.mark.parametrize("piece", [2, 3, 4, 7, 100])
def test_occurrences_are_counted_across_pieces(piece: int) -> None:
    data = b"xPK\1\2PKPK\1\2\1PK\1\2"
    assert ByteStream(io.BytesIO(data)).count(b"PK\1\2", piece) == 3


SAFETENSORS_DAMAGE = {
    "a name twice": b'{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
    "one over another": b'{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
    "a gap": b'{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[3,4]}}',
    "less than all": b'{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}',
    "more than all": b'{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}',
    "another size": b'{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}',
    "a negative size": b'{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,-4]}}',
    "truth for a size": b'{"a":{"dtype":"F32","shape":[true],"data_offsets":[0,4]}}',
    "a fraction": b'{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}',
    "very many dimensions": b'{"a":{"dtype":"F32","shape":[' + b"1," * 99_999 + b'1],"data_offsets":[0,4]}}',
    "huge sizes": b'{"a":{"dtype":"F32","shape":[' + b"9" * 4000 + b'],"data_offsets":[0,4]}}',
    "no kind": b'{"a":{"dtype":"\\n\\n","shape":[1],"data_offsets":[0,4]}}',
    "more than is told of tensors": b'{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}',
    "texts that are none": b'{"__metadata__":{"a":1},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
    "no object": b"{}[]",
    "no text": b'{"\xff\xfe":1}',
}


@pytest.mark.parametrize("header", SAFETENSORS_DAMAGE.values(), ids=SAFETENSORS_DAMAGE.keys())
def test_damaged_headers_of_safetensors_are_told(header: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(len(header).to_bytes(8, "little") + header + bytes(4))
    with pytest.raises(CheckpointError) as caught:
        read_contents(path, MIB)
    assert str(caught.value).isprintable() and len(str(caught.value)) < 200
