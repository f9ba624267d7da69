"""Generators of genforce's programs (sefa, and the library of that name): which of their kinds a file holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from latentedit.generators.formats import genforce_stylegan2
from latentedit.generators.formats.found import Arrays, FoundGenerator, Source
from latentedit.generators.formats.genforce_stylegan1 import is_stylegan1, read_genforce_stylegan1


def read_genforce(source: Source) -> FoundGenerator | None:
    """The averaged generator; None when the file is of another program.

    Raises:
        CheckpointError: it is damaged.
    """
    arrays = _state(source.tree)
    if arrays is None:
        return None
    if is_stylegan1(arrays):
        return read_genforce_stylegan1(arrays)
    if genforce_stylegan2.MARK in arrays:
        return genforce_stylegan2.read_genforce_stylegan2(arrays)
    return None


def _state(tree: Any) -> Arrays | None:
    """The generator's tensors by name: in a file of its own, beside the one that is trained, or in a run's file among others (``models``)."""
    if not isinstance(tree, Mapping):
        return None
    group = tree.get("models", tree)
    if not isinstance(group, Mapping):
        return None
    for key in ("generator_smooth", "generator"):
        if isinstance(group.get(key), Mapping):
            return group[key]
    return tree
