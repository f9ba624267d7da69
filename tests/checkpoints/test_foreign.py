"""Files of arrays: each kind gives what its own library gives, and a damaged or hostile file gives one clear error, cheaply."""

from __future__ import annotations

import io
import os
import pickle
import struct
import tracemalloc
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from safetensors.torch import save as save_safetensors

from latentedit.checkpoints.budget import Budget
from latentedit.checkpoints.foreign import read_contents
from latentedit.errors import CheckpointError

MIB = 2**20
BASE = torch.randn(18, 512, generator=torch.Generator().manual_seed(0))
TENSORS: dict[str, Any] = {
    "plain": BASE,
    "transposed": BASE.T,
    "strided": BASE[3:9:2, ::3],
    "expanded": BASE[0].expand(18, 512),
    "float16": BASE.half(),
    "bfloat16": BASE.bfloat16(),
    "float64": BASE.double(),
    "whole": (BASE * 9).int(),
    "truth": BASE > 0,
    "empty": BASE[:0],
    "one number": torch.tensor(3.0),
    "parameter": torch.nn.Parameter(BASE[0]),
    "shared": [BASE[0], BASE[1], BASE],
    "dictionary": {"mean": BASE[0], "comp": BASE[:, None], "name": "x", "nothing": None, "count": 3, "deep": {"a": (BASE[1],)}},
    "ordered": OrderedDict(b=BASE[0], a=BASE[1]),
    "state_dict": torch.nn.Linear(3, 4).state_dict(),
    "array": {"a": BASE.numpy()},
}


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "file"
    path.write_bytes(data)
    return path


def read(path: Path) -> Any:
    return read_contents(path, 64 * MIB).tree


def torch_bytes(tree: Any, *, zipped: bool = True) -> bytes:
    stream = io.BytesIO()
    torch.save(tree, stream, _use_new_zipfile_serialization=zipped)
    return stream.getvalue()


def npy_bytes(array: Any) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


def rezipped(data: bytes, compression: int = zipfile.ZIP_STORED, **changes: bytes | None) -> bytes:
    """A zip file with members changed by the ends of their names (``data_pkl`` for ``data.pkl``), or taken out."""
    ends = {name.replace("_", "."): content for name, content in changes.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", compression) as new:
        for info in old.infolist():
            content = ends.get(info.filename.rpartition("/")[2], old.read(info))
            if content is not None:
                new.writestr(info.filename, content)
    return stream.getvalue()


def assert_equal(found: Any, tree: Any) -> None:
    if isinstance(tree, dict):
        assert list(found) == list(tree)
        for key in tree:
            assert_equal(found[key], tree[key])
    elif isinstance(tree, list | tuple):
        assert isinstance(found, list) and len(found) == len(tree)
        for one, other in zip(found, tree, strict=True):
            assert_equal(one, other)
    elif isinstance(tree, torch.Tensor):
        tensor = tree.detach()
        assert_equal(found, (tensor.float() if tensor.dtype == torch.bfloat16 else tensor).numpy())
    elif isinstance(tree, np.ndarray):
        assert found.dtype == tree.dtype and found.shape == tree.shape and found.tobytes() == tree.tobytes()
    else:
        assert found == tree


@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "legacy"])
@pytest.mark.parametrize("name", TENSORS)
def test_torch_files_hold_what_was_saved(name: str, zipped: bool, tmp_path: Path) -> None:
    assert_equal(read(written(tmp_path, torch_bytes(TENSORS[name], zipped=zipped))), TENSORS[name])


REAL = hnp.arrays(
    hnp.floating_dtypes(endianness="?")
    | hnp.integer_dtypes(endianness="?")
    | hnp.unsigned_integer_dtypes(endianness="?")
    | hnp.boolean_dtypes(),
    hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5),
)


@given(REAL, st.booleans())
def test_npy_files_hold_what_was_saved(array: np.ndarray[Any, Any], fortran: bool) -> None:
    from latentedit.checkpoints.numpy_file import array_from_npy

    array = np.asfortranarray(array) if fortran else array
    assert_equal(array_from_npy(npy_bytes(array), Budget(0)), array)


@settings(max_examples=40)
@given(st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), REAL, min_size=1, max_size=4), st.booleans())
def test_npz_files_hold_what_was_saved(arrays: dict[str, np.ndarray[Any, Any]], compressed: bool) -> None:
    from latentedit.checkpoints.byte_stream import ByteStream
    from latentedit.checkpoints.numpy_file import arrays_from_npz
    from latentedit.checkpoints.zip_members import ZipMembers

    stream = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(stream, allow_pickle=False, **arrays)
    assert_equal(arrays_from_npz(ZipMembers(ByteStream(stream), Budget(MIB)), Budget(0)), arrays)


@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_all_versions_of_npy(version: tuple[int, int], tmp_path: Path) -> None:
    stream = io.BytesIO()
    np.lib.format.write_array(stream, BASE.numpy(), version=version)
    assert_equal(read(written(tmp_path, stream.getvalue())), BASE)


def test_a_header_as_python_2_wrote_it(tmp_path: Path) -> None:
    header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (1L, 3L), }\n"
    data = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + np.arange(3, dtype="<f4").tobytes()
    assert_equal(read(written(tmp_path, data)), np.arange(3, dtype="<f4")[None])


def test_a_dictionary_in_an_npy(tmp_path: Path) -> None:
    tree = {"boundary": BASE.numpy()[None], "meta_data": {"manipulate_layers": "0-3"}}
    assert_equal(read(written(tmp_path, npy_bytes(tree))), tree)
    assert_equal(read(written(tmp_path, npy_bytes(np.array([tree, tree], dtype=object)))), [tree, tree])


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_pickles_of_arrays(protocol: int, tmp_path: Path) -> None:
    tree = {"a": np.asfortranarray(BASE.numpy()), "b": [np.arange(3, dtype=">f8")]}
    assert_equal(read(written(tmp_path, pickle.dumps(tree, protocol))), tree)


def test_an_array_as_python_2_pickled_it(tmp_path: Path) -> None:
    values = np.arange(3, dtype="<f4")
    state = b"(K\x01K\x03\x85cnumpy\ndtype\n(U\x02f4K\x00K\x01tR(K\x03U\x01<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89U\x0c"
    data = (
        b"\x80\x02cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\nK\x00\x85U\x01btR" + state + values.tobytes() + b"tb."
    )
    assert_equal(read(written(tmp_path, data)), values)


def test_safetensors(tmp_path: Path) -> None:
    tensors = {
        name: BASE[0].to(kind)
        for name, kind in (("a", torch.float32), ("b", torch.bfloat16), ("c", torch.float16), ("d", torch.int64))
    }
    contents = read_contents(written(tmp_path, save_safetensors({**tensors, "e": BASE[:0]}, {"about": "them"})), MIB)
    assert {**tensors, "e": BASE[:0]}.keys() == contents.tree.keys() and contents.texts == {"about": "them"}
    for name, tensor in {**tensors, "e": BASE[:0]}.items():
        assert_equal(contents.tree[name], tensor)


@pytest.mark.parametrize("length", [0x280, 0x380, 0x480, 0x580])
def test_safetensors_that_begin_like_a_pickle(length: int, tmp_path: Path) -> None:
    data = next(
        data
        for pad in range(length)
        if struct.unpack("<Q", (data := save_safetensors({"a": BASE}, {"about": "x" * pad}))[:8])[0] == length
    )
    assert data.startswith(b"\x80")
    assert_equal(read(written(tmp_path, data)), {"a": BASE})


GOOD_ZIP = torch_bytes(BASE[:1])
GOOD_NPY = npy_bytes(BASE.numpy()[:1])


def npy_with(header: str, data: bytes = bytes(2048), version: int = 1) -> bytes:
    length = struct.pack("<H" if version == 1 else "<I", len(header))
    return b"\x93NUMPY" + bytes([version, 0]) + length + header.encode() + data


def npy_of(descr: str, shape: str) -> bytes:
    return npy_with(f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}\n")


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return stream.getvalue()


def with_count(count: int) -> bytes:
    """A torch file whose storage and tensor are said to be ``count`` long; 512 numbers are there."""
    data_pkl = zipfile.ZipFile(io.BytesIO(GOOD_ZIP)).read("archive/data.pkl")
    return rezipped(GOOD_ZIP, data_pkl=data_pkl.replace(b"M\x00\x02", b"J" + struct.pack("<i", count)))


def expanded(rows: int) -> bytes:
    return torch_bytes(torch.ones(512).expand(rows, 512))


P2 = b"\x80\x02"


class Runs:
    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, ("touch WAS_RUN",)


def torch_script() -> bytes:
    return rezipped(GOOD_ZIP, version=b"3\n").replace(b"archive/version", b"archive/code/xx")


def pickle_of_copies() -> bytes:
    """A text of a megabyte that is made bytes a thousand times."""
    text = b"X" + struct.pack("<I", MIB) + bytes(MIB) + b"q\x00X\x06\x00\x00\x00latin1q\x01"
    return P2 + text + b"](" + b"c_codecs\nencode\nh\x00h\x01\x86R" * 1000 + b"e."


def copies_of(name: bytes, entry: bytes) -> bytes:
    """A torch file that copies one long list again and again by a call."""
    one = b"]q\x00(" + entry * 50_000 + b"e"
    return rezipped(GOOD_ZIP, data_pkl=P2 + one + b"](" + (b"c" + name + b"\nh\x00\x85R") * 50_000 + b"e\x86.")


def long_reference() -> bytes:
    """A torch file that refers to one storage again and again, by a long tuple."""
    reference = b"(X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x000NM\x00\x02" + b"N" * 100_000 + b"tq\x00Q"
    return rezipped(GOOD_ZIP, data_pkl=P2 + b"](" + reference + b"h\x00Q" * 100_000 + b"e.")


HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "text": b"hello",
    "npy: cut header": GOOD_NPY[:20],
    "npy: cut numbers": GOOD_NPY[:-1],
    "npy: version 9": npy_with("{}", version=9),
    "npy: absurd shape": npy_of("'<f4'", "(1000000000, 1000000000)"),
    "npy: shape beyond 64 bits": npy_of("'<f4'", f"({2**64}, {2**64}, 0)"),
    "npy: digits without end": npy_of("'<f4'", f"({'9' * 300},)"),
    "npy: nine dimensions": npy_of("'<f4'", "(1, 1, 1, 1, 1, 1, 1, 1, 1)"),
    "npy: negative": npy_of("'<f4'", "(-1, 512)"),
    "npy: complex": npy_bytes(np.ones(4, complex)),
    "npy: long double": npy_of("'<f16'", "(2,)"),
    "npy: fields": npy_of("[('a', '<f4')]", "(512,)"),
    "npy: text": npy_bytes(np.array(["a", "b"])),
    "npy: code": npy_of("__import__('os').system('touch WAS_RUN')", "(1,)"),
    "npy: nested without end": npy_with("(" * 60_000),
    "npy: an object": npy_bytes(np.array([Runs()], dtype=object)),
    "npy: an object in a dictionary": npy_bytes({"boundary": Runs()}),
    "npz: a bomb": zipped(
        a_npy=npy_with("{'descr': '<f4', 'fortran_order': False, 'shape': (20000000,), }\n", bytes(80_000_000))
    ),
    "npz: no array": zipped(a_npy=b"no array"),
    "npz: many bombs": zipped(**{f"a{i}_npy": npy_bytes(np.zeros(3 * MIB, np.float32)) for i in range(8)}),
    "zip: of a text": zipped(a_txt=b"a"),
    "zip: of nothing": zipped(),
    "zip: cut": GOOD_ZIP[:-100],
    "zip: lzma": rezipped(GOOD_ZIP, zipfile.ZIP_LZMA),
    "torch: a storage is missing": rezipped(GOOD_ZIP, **{"0": None}),
    "torch: a storage is too short": rezipped(GOOD_ZIP, **{"0": bytes(2044)}),
    "torch: more numbers than there are": with_count(100_000_000),
    "torch: a bomb": rezipped(GOOD_ZIP, zipfile.ZIP_DEFLATED, **{"0": bytes(100 * MIB)}),
    "torch: expanded without end": expanded(2**20),
    "torch: two programs": rezipped(GOOD_ZIP).replace(b"archive/version", b"archiv/data.pkl"),
    "torch: TorchScript": torch_script(),
    "torch: runs": rezipped(GOOD_ZIP, data_pkl=pickle.dumps({"a": Runs()}, 2)),
    "torch: copies of a dictionary": copies_of(b"collections\nOrderedDict", b"X\x01\x00\x00\x00aN\x86"),
    "torch: copies of a size": copies_of(b"torch\nSize", b"K\x01"),
    "torch: a long reference": long_reference(),
    "torch: complex": torch_bytes(torch.ones(3, dtype=torch.complex64)),
    "torch: sparse": torch_bytes(torch.ones(3).to_sparse()),
    "legacy: runs": torch_bytes(1, zipped=False).partition(b"\x80\x02K\x01.")[0] + pickle.dumps(Runs(), 2),
    "legacy: cut": torch_bytes(BASE[:1], zipped=False)[:-1],
    "legacy: cut before the numbers": torch_bytes(BASE[:1], zipped=False)[:-2056],
    "pickle: runs": pickle.dumps({"a": Runs()}),
    "pickle: one text as many arrays": pickle_of_copies(),
    "pickle: an array without values": b"\x80\x02cnumpy.core.multiarray\n_reconstruct\n)R.",
    "safetensors: cut": save_safetensors({"a": BASE})[:-1],
    "safetensors: offsets": save_safetensors({"a": BASE}).replace(b"[18,512]", b"[18,513]"),
    "safetensors: header beyond the file": struct.pack("<Q", 2**40) + b"{}",
    "safetensors: a long header": struct.pack("<Q", 9 * MIB) + b"{" + b" " * (9 * MIB - 2) + b"}",
    "safetensors: nested without end": struct.pack("<Q", 50_000) + b"{" + b'"a":[' * 9_999 + b" " * 4,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_cannot_be_read_is_told_in_a_line(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = written(tmp_path, data)
    tracemalloc.start()
    try:
        with pytest.raises(CheckpointError) as caught:
            read(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "\n" not in str(caught.value)
    assert peak < 100 * MIB + 20 * len(data)
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "missing", tmp_path / "pipe"):
        with pytest.raises(CheckpointError, match=r"not a file|a folder"):
            read(path)
    written(tmp_path, bytes(3 * MIB))
    with pytest.raises(CheckpointError, match="larger than 2 MiB"):
        read_contents(tmp_path / "file", 2 * MIB)


@pytest.mark.parametrize("data", [GOOD_ZIP, GOOD_NPY, torch_bytes(BASE[:1], zipped=False), save_safetensors({"a": BASE[:1]})])
def test_every_truncation_is_refused(data: bytes, tmp_path: Path) -> None:
    for length in range(0, len(data), 211):
        with pytest.raises(CheckpointError):
            read(written(tmp_path, data[:length]))
