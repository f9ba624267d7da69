"""Where in a file a network's tensors are: programs put them under many names, beside other networks, in wrappers of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from latentedit.checkpoints.pickle_instructions import shown
from latentedit.errors import CheckpointError
from latentedit.generators.formats.found import Arrays

_LEVELS = 3
"""How many dictionaries deep it is looked for."""
_AVERAGED = re.compile(r"(?<![a-z])(ema|avg|average|averaged|running|smooth|smoothed|shadow)(?![a-z])")
_SHOWN = 40


def tensors_with(tree: Any, marks: tuple[str, ...]) -> Arrays | None:
    """The tensors of the one network that has all of ``marks`` among its names, by their names in it.

    It may lie in dictionaries, and its names may have a prefix (``module.``, ``decoder.``, ``_orig_mod.``, ``net.g_ema.``). Of several networks, the
    averaged one is taken, which their names tell.

    Returns:
        None where there is none.

    Raises:
        CheckpointError: there are several, and nothing tells which one is meant.
    """
    found = {
        f"{place}{prefix}": (group, prefix) for place, group in _groups(tree, "", set()) for prefix in _prefixes(group, marks)
    }
    chosen = {place: one for place, one in found.items() if _AVERAGED.search(place.lower())} or found
    if len(chosen) > 1:
        names = " and ".join(shown(place.rstrip("./")[:_SHOWN]) or "one without a name" for place in list(chosen)[:2])
        raise CheckpointError(
            f"The file holds several generators, {names}, and nothing tells which one is meant.",
            hint="Save the averaged one alone: torch.save({'g_ema': ...}).",
        )
    for group, prefix in chosen.values():
        return {str(name).removeprefix(prefix): array for name, array in group.items() if str(name).startswith(prefix)}
    return None


def _groups(tree: Any, place: str, seen: set[int]) -> Iterator[tuple[str, Mapping[Any, Any]]]:
    """All dictionaries, each once, with where they are."""
    if not isinstance(tree, Mapping) or id(tree) in seen or place.count("/") > _LEVELS:
        return
    seen.add(id(tree))
    yield place, tree
    for name, value in tree.items():
        yield from _groups(value, f"{place}{name}/", seen)


def _prefixes(group: Mapping[Any, Any], marks: tuple[str, ...]) -> Iterator[str]:
    """What stands before the names of each network with ``marks``."""
    first = marks[0]
    for name in group:
        if isinstance(name, str) and name.endswith(first):
            prefix = name.removesuffix(first)
            if (not prefix or prefix.endswith(".")) and all(f"{prefix}{mark}" in group for mark in marks):
                yield prefix
