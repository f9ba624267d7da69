"""StyleGAN as interfacegan (and HiGAN after it) stores it: a bare state, which is genforce's but for names and where the kernel's axes are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from latentedit.checkpoints.stored_array import loaded
from latentedit.errors import CheckpointError
from latentedit.generators.formats.found import FoundGenerator, Source
from latentedit.generators.formats.genforce_stylegan1 import read_genforce_stylegan1

PROGRAM = "interfacegan"
_MARKS = ("synthesis.layer0.first_layer", "synthesis.layer0.epilogue.bias", "mapping.dense0.linear.weight")
_NAMES = (
    ("first_layer", "const"),
    ("epilogue.style_mod.dense.linear.", "style."),
    ("epilogue.style_mod.dense.wscale.", "style."),
    ("epilogue.", ""),
    (".conv.weight", ".weight"),
    (".linear.", "."),
    (".wscale.", "."),
)
"""What is here, and what it is called by genforce; in this order."""
_FUSED = re.compile(r"synthesis\.layer(\d{1,3})\.weight")


def read_interfacegan(source: Source) -> FoundGenerator | None:
    """The generator; None when the file is of another program.

    Raises:
        CheckpointError: it is damaged.
    """
    tree = source.tree
    if not isinstance(tree, Mapping) or not all(mark in tree for mark in _MARKS):
        return None
    arrays: dict[str, Any] = {}
    fused = set()
    for name, array in tree.items():
        if layer := _FUSED.fullmatch(str(name)):
            # Layers that upsample and convolve in one step hold their kernels as TensorFlow does, [3, 3, in, out].
            fused.add(int(layer[1]))
            kernel = loaded(array)
            array = kernel.transpose(3, 2, 0, 1) if isinstance(kernel, np.ndarray) and kernel.ndim == 4 else kernel
        renamed = _renamed(str(name))
        if renamed in arrays:
            raise CheckpointError(f"The checkpoint holds {renamed[:80]} twice.", hint="It is damaged.")
        arrays[renamed] = array
    return read_genforce_stylegan1(arrays, PROGRAM, fused)


def _renamed(name: str) -> str:
    for own, other in _NAMES:
        name = name.replace(own, other)
    return name
