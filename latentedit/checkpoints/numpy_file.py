"""Files of numpy: ``.npy``, one array, and ``.npz``, a zip file of them.

``np.load`` makes the array that the header promises before it looks whether the numbers are there; here they must be.
"""

from __future__ import annotations

import math
import re
from typing import Any

from latentedit.checkpoints.budget import Budget
from latentedit.checkpoints.flat_arrays import MAX_DIMENSIONS, flat_array, shaped
from latentedit.checkpoints.numpy_pickle import arrays_from_pickle
from latentedit.checkpoints.zip_members import ZipMembers
from latentedit.errors import CheckpointError

NPY_START = b"\x93NUMPY"
_SUFFIX = ".npy"
_LENGTH_BYTES = {1: 2, 2: 4, 3: 4}  # of the header's length, by version
_HEADER = re.compile(
    rb"\s*\{\s*'descr':\s*'([<>|=]?)([a-zA-Z]\d*)',\s*'fortran_order':\s*(True|False),\s*'shape':\s*\(((?:\d{1,20}L?, ?)*(?:\d{1,20}L?)?)\),?\s*\}\s*"
)


def is_npz(names: tuple[str, ...]) -> bool:
    """Whether a zip file with these members is one of ``np.savez``."""
    return bool(names) and all(name.endswith(_SUFFIX) for name in names)


def array_from_npy(data: bytes, budget: Budget) -> Any:
    """The array of an ``.npy`` file; of an array of objects, the list of them, or the only one, when they are arrays, dictionaries and so on.

    Raises:
        CheckpointError: it is damaged, or holds anything else than numbers and such objects.
    """
    version = data[len(NPY_START)] if len(data) > len(NPY_START) + 1 else 0
    length_bytes = _LENGTH_BYTES.get(version, 0)
    start = len(NPY_START) + 2 + length_bytes
    if not length_bytes or len(data) < start:
        raise CheckpointError("It is a damaged .npy file, or of a version that is not read.")
    behind = start + int.from_bytes(data[start - length_bytes : start], "little")
    found = _HEADER.fullmatch(data[start:behind]) if behind <= min(len(data), start + 2**16) else None
    if found is None:
        raise CheckpointError("It is an .npy file with a damaged header, or of a kind of numbers that is not read.")
    order, code, fortran, sizes = (group.decode("ascii") for group in found.groups())
    if code == "O":
        return arrays_from_pickle(data, budget, behind)
    shape = [int(size) for size in re.findall(r"\d+", sizes)]
    if len(shape) > MAX_DIMENSIONS:  # before they are multiplied
        raise CheckpointError(f"It holds an array of {len(shape)} dimensions.")
    flat = flat_array(memoryview(data)[behind:], order + code, math.prod(shape))
    return shaped(flat, shape, "F" if fortran == "True" else "C")


def arrays_from_npz(members: ZipMembers, budget: Budget) -> dict[str, Any]:
    """The arrays of an ``.npz`` file by name, each as :func:`array_from_npy` gives it.

    Raises:
        CheckpointError: one of them is damaged, or they are too large together.
    """
    arrays = {}
    for name in members.names:
        data = members.read(name)
        if not data.startswith(NPY_START):
            raise CheckpointError(f"{name[:60]!r} in the zip file is no array.")
        arrays[name.removesuffix(_SUFFIX)] = array_from_npy(data, budget)
    return arrays
