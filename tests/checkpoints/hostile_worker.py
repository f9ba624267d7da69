"""Read files one after another, and tell in a line of JSON for each what came of it, what it cost, and what it left behind.

    python -m checkpoints.hostile_worker FOLDER FIRST SECONDS MIB

The process dies of a file that takes longer; addresses beyond MIB more than it had are refused to it. Who started it starts the next one behind that
file.
"""

from __future__ import annotations

import itertools
import json
import resource
import signal
import sys
import time
import warnings
from pathlib import Path
from types import NoneType
from typing import Any

import numpy as np
from fuzz.limits import own_address_space, peak_address_space

from latentedit.checkpoints.foreign import read_contents, stored_contents
from latentedit.checkpoints.stored_array import loaded
from latentedit.errors import CheckpointError

MAX_BYTES = 2 << 30
_SHOWN, _FEW = 500, 10


def main(folder: Path, first: int, seconds: float, mib: int) -> None:
    warnings.simplefilter("error")
    before = own_address_space()
    resource.setrlimit(resource.RLIMIT_AS, (before + mib * 2**20, resource.RLIM_INFINITY))
    for path in sorted(folder.iterdir())[first:]:
        signal.setitimer(signal.ITIMER_PROF, seconds)  # of processor time; nobody handles the signal, so it ends the process
        start = time.process_time()
        told = outcome(path)
        told["seconds"] = time.process_time() - start
        signal.setitimer(signal.ITIMER_PROF, 0)
        told["mib"] = (peak_address_space() - before) >> 20
        told["made"] = [entry.name for entry in Path.cwd().iterdir()]
        print(json.dumps({"file": path.name, **told}), flush=True)


def outcome(path: Path) -> dict[str, Any]:
    try:
        tree = read_contents(path, MAX_BYTES).tree
        with stored_contents(path, MAX_BYTES) as contents:
            assert shown(all_loaded(contents.tree)) == shown(tree), "it is another tree when its arrays stay in the file"
    except CheckpointError as error:
        beyond = isinstance(error.__cause__, MemoryError | RecursionError)
        return {"error": f"{error.__cause__!r}" if beyond else "", "says": str(error), "code": error.exit_code}
    except BaseException as error:  # a panic of a library in Rust is no Exception
        return {"error": f"{type(error).__name__}: {error}"[:_SHOWN]}
    return {"holds": shown(tree)}


def all_loaded(tree: Any) -> Any:
    """A tree whose arrays are read, on few levels: it may be shared in itself without end."""
    if isinstance(tree, dict):
        return {key: loaded(value) for key, value in tree.items()}
    return loaded(tree)


def shown(tree: Any, levels: int = 6) -> Any:
    """The beginning of a tree, which may be too large to write out."""
    if isinstance(tree, np.ndarray):
        return tree[:_FEW].tolist()
    if isinstance(tree, dict | list) and not levels:
        return "..."
    if isinstance(tree, dict):
        return {key: shown(value, levels - 1) for key, value in itertools.islice(tree.items(), _FEW)}
    if isinstance(tree, list):
        return [shown(value, levels - 1) for value in tree[:_FEW]]
    return tree[:_SHOWN] if isinstance(tree, str) else tree if isinstance(tree, float | NoneType) else int(tree)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
