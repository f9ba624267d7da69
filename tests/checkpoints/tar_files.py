"""Files as torch wrote them of its first year (0.1), which no torch of today writes; and hostile ones."""

from __future__ import annotations

import io
import pickle
import struct
import tarfile
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checkpoints.assembler import MARK, NONE, P2, STOP, a_list, a_tuple, name, number, text
from checkpoints.hostile import Hostile
from checkpoints.hostile_calls import RUN

ADDRESS = 94_000_000_000_000
"""Keys were addresses."""


def tar(*members: tuple[str, bytes], kind: bytes = tarfile.REGTYPE) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:", format=tarfile.PAX_FORMAT) as archive:
        for path, content in members:
            about = tarfile.TarInfo(path)
            about.size, about.mtime, about.type = (
                len(content),
                1_480_000_000.5,
                kind,
            )  # half a second needs a header of its own, as in old files
            archive.addfile(about, io.BytesIO(content))
    return stream.getvalue()


def torch_tar(
    pickled: bytes, storages: bytes = b"", tensors: bytes = b"", *, counts: tuple[int, int] = (1, 1), views: bytes = a_list()
) -> bytes:
    return tar(
        ("sys_info", pickle.dumps({"protocol_version": 1000, "little_endian": True, "type_sizes": {"int": 4}}, 2)),
        ("pickle", P2 + pickled + STOP),
        ("tensors", P2 + number(counts[1]) + STOP + tensors),
        ("storages", P2 + number(counts[0]) + STOP + storages + P2 + views + STOP),
    )


def storage(key: int, values: NDArray[Any], kind: str = "FloatStorage", count: int | None = None) -> bytes:
    told = P2 + a_tuple(number(key), text("cpu"), name("torch", kind)) + STOP
    return told + struct.pack("<q", values.size if count is None else count) + values.tobytes()


def tensor(
    key: int, storage_key: int, size: Sequence[int], stride: Sequence[int], offset: int = 0, kind: str = "FloatTensor"
) -> bytes:
    told = P2 + a_tuple(number(key), number(storage_key), name("torch", kind)) + STOP
    return told + struct.pack(f"<i4x{2 * len(size) + 1}q", len(size), *size, *stride, offset)


def outside(key: int) -> bytes:
    """How what was saved refers to a tensor or storage."""
    return text(f"{key}") + b"Q"


FOUR = np.arange(1, 5, dtype=np.float32)
STORAGE, TENSOR = storage(ADDRESS, FOUR), tensor(ADDRESS + 1, ADDRESS, [4], [1])
TREE = outside(ADDRESS + 1)
_VIEWS = a_list(*(a_tuple(number(ADDRESS + key + 1), number(ADDRESS + key), number(0), number(4)) for key in range(20_000)))

TARS: dict[str, Hostile] = {
    "tar: a sound one": Hostile(torch_tar(TREE, STORAGE, TENSOR), holds=[1.0, 2.0, 3.0, 4.0]),
    "tar: os.system": Hostile(torch_tar(RUN, STORAGE, TENSOR), "os.system"),
    "tar: os.system among the storages": Hostile(torch_tar(TREE, P2 + RUN + STOP, TENSOR), "os.system"),
    "tar: os.system among the tensors": Hostile(torch_tar(TREE, STORAGE, P2 + RUN + STOP), "os.system"),
    "tar: os.system among the parts": Hostile(torch_tar(TREE, STORAGE, TENSOR, views=RUN), "os.system"),
    "tar: os.system about the system": Hostile(
        tar(("sys_info", P2 + RUN + STOP), *((part, b"") for part in ("pickle", "tensors", "storages"))), "os.system"
    ),
    "tar: a source outside": Hostile(torch_tar(a_tuple(name("argparse", "Namespace"), text("x.py"), text("x")) + b"Q", STORAGE, TENSOR), "outside itself"),
    "tar: nothing outside": Hostile(torch_tar(outside(3), STORAGE, TENSOR)),
    "tar: a place of many digits": Hostile(torch_tar(text("9" * 10_000) + b"Q", STORAGE, TENSOR), "outside itself"),
    "tar: a list outside": Hostile(torch_tar(a_list() + b"Q", STORAGE, TENSOR), "outside itself"),
    "tar: a part that is missing": Hostile(tar(("sys_info", b"N."), ("pickle", b"N.")), "not one of torch"),
    "tar: a part twice": Hostile(tar(("pickle", b"N."), ("pickle", b"N.")), "damaged"),
    "tar: links": Hostile(tar(("pickle", b""), kind=tarfile.SYMTYPE), "damaged"),
    "tar: devices": Hostile(tar(("pickle", b""), kind=tarfile.CHRTYPE), "damaged"),
    "tar: out of its folder": Hostile(torch_tar(TREE, STORAGE, TENSOR) + tar(("../../CANARY", b"x")), holds=[1.0, 2.0, 3.0, 4.0]),
    "tar: a negative size": Hostile((sound := torch_tar(TREE, STORAGE, TENSOR))[:124] + b"\xff" * 12 + sound[136:], "damaged"),
    "tar: 2 GB": Hostile(torch_tar(TREE, storage(ADDRESS, FOUR, count=2**29), TENSOR)),
    "tar: fewer than nothing": Hostile(torch_tar(TREE, storage(ADDRESS, FOUR, count=-4), TENSOR), "damaged"),
    "tar: storages without end": Hostile(torch_tar(TREE, STORAGE, TENSOR, counts=(2**31 - 1, 1))),
    "tar: storages by a fraction": Hostile(torch_tar(TREE, STORAGE, TENSOR, views=text("x")), "list"),
    "tar: a part of a part": Hostile(torch_tar(TREE, STORAGE, TENSOR, views=_VIEWS), "lacks"),
    "tar: a part beyond": Hostile(
        torch_tar(outside(8), STORAGE, tensor(8, 7, [4], [1]), views=a_list(a_tuple(number(7), number(ADDRESS), number(2**39), number(4)))),
        "truncated",
    ),
    "tar: a storage of a tensor": Hostile(torch_tar(outside(ADDRESS), STORAGE, TENSOR), "no tensor"),
    "tar: a storage of another class": Hostile(torch_tar(TREE, P2 + a_tuple(NONE, NONE, NONE) + STOP + bytes(8), TENSOR), "kind"),
    "tar: keys that are lists": Hostile(torch_tar(TREE, P2 + a_tuple(a_list(), NONE, NONE) + STOP + bytes(8), TENSOR)),
    "tar: 2 GB of one number": Hostile(torch_tar(TREE, STORAGE, tensor(ADDRESS + 1, ADDRESS, [2**29], [0])), "unpacks to more"),
    "tar: a negative stride": Hostile(torch_tar(TREE, STORAGE, tensor(ADDRESS + 1, ADDRESS, [4], [-1], 3)), "tensor"),
    "tar: a tensor beyond": Hostile(torch_tar(TREE, STORAGE, tensor(ADDRESS + 1, ADDRESS, [4], [2])), "larger than its storage"),
    "tar: many dimensions": Hostile(torch_tar(TREE, STORAGE, tensor(ADDRESS + 1, ADDRESS, [1] * 40, [1] * 40)), "kind"),
    "tar: dimensions below nothing": Hostile(torch_tar(TREE, STORAGE, TENSOR.replace(struct.pack("<i4x", 1), struct.pack("<i4x", -1))), "kind"),
    **{f"tar: cut at {length}": Hostile(torch_tar(TREE, STORAGE, TENSOR)[:length]) for length in (300, 2000, 4000)},
    "tar: many members": Hostile(tar(*((f"{member}", b"") for member in range(5_000))), "not one of torch"),
    "tar: a mark": Hostile(torch_tar(MARK, STORAGE, TENSOR), "single value"),
}  # fmt: skip
