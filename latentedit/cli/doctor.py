"""``latentedit doctor``: what this machine has, in one page that can be pasted into a report."""

from __future__ import annotations

import importlib.metadata
import platform
import sys

from latentedit import __version__
from latentedit.assets import CATALOGUE
from latentedit.cli.console import print_json, print_table
from latentedit.cli.options import JsonFlag
from latentedit.cli.store import open_store

_PACKAGES = ("torch", "numpy", "pillow", "dlib-bin", "safetensors", "unearth", "onnxruntime", "openvino")


def doctor_command(as_json: JsonFlag = False) -> None:
    """Versions, devices and weights."""
    import torch

    with open_store() as store:
        weights = {name: store.status(name) for name in CATALOGUE}
        folder = str(store.root)
    facts = {
        "latentedit": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "executable": sys.executable,
        "threads": torch.get_num_threads(),
        "cuda": torch.cuda.get_device_name(0) if torch.cuda.is_available() else None,
        "mps": torch.backends.mps.is_available(),
        "packages": {name: _version(name) for name in _PACKAGES},
        "weights_folder": folder,
        "weights": weights,
    }
    if as_json:
        print_json(facts)
        return
    rows: list[tuple[str, object]] = []
    for key, value in facts.items():
        rows += [(f"{key}: {k}", v) for k, v in value.items()] if isinstance(value, dict) else [(key, value)]
    print_table("latentedit doctor", ("", ""), rows)


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None
