"""What all benchmarks share: timing two things in turn, and telling the outcome as a table or as JSON."""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import torch


@dataclass(frozen=True)
class Row:
    """One comparison. ``ratio`` is ours/peer: below 1 we are faster. ``note`` says what a reader must know to judge it, ``best_ms`` how quick
    our quickest run was."""

    case: str
    ours_ms: float
    peer: str
    peer_ms: float
    ratio: float
    note: str = ""
    best_ms: float | None = None


def compare(
    case: str, ours: Callable[[], object], peer: str, theirs: Callable[[], object], *, repeats: int, note: str = ""
) -> Row:
    """Run both in turn, so that a noisy machine disturbs both alike; medians after one untimed run of each."""
    ours(), theirs()
    pairs = [(_milliseconds(ours), _milliseconds(theirs)) for _ in range(repeats)]
    ours_ms, peer_ms = (statistics.median(times) for times in zip(*pairs, strict=True))
    # The median of the pairs' ratios is steadier than the ratio of the medians when the machine's speed drifts.
    ratio = statistics.median(a / b for a, b in pairs)
    best_ms = min(ours for ours, _ in pairs)
    return Row(case, round(ours_ms, 2), peer, round(peer_ms, 2), round(ratio, 3), note, round(best_ms, 2))


def arguments(description: str | None) -> argparse.ArgumentParser:
    """The options of every benchmark."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--device", default="cpu")
    return parser


def tell(name: str, rows: list[Row], *, device: str, packages: tuple[str, ...], as_json: bool) -> None:
    """Print the rows with the device and the versions that they were measured with."""
    document = {
        "benchmark": name,
        "device": device_words(device),
        "versions": {package: _version(package) for package in ("latentedit", "torch", *packages)},
        "rows": [asdict(row) for row in rows],
    }
    if as_json:
        print(json.dumps(document, indent=2))
        return
    print(f"{name} on {document['device']}; {', '.join(f'{k} {v}' for k, v in document['versions'].items())}")  # type: ignore[attr-defined]
    print(f"{'case':<38}{'ours ms':>12}{'best':>10}{'peer ms':>12}{'ratio':>9}  peer")
    for row in rows:
        print(
            f"{row.case:<38}{row.ours_ms:>12.1f}{'' if row.best_ms is None else f'{row.best_ms:.1f}':>10}"
            f"{row.peer_ms:>12.1f}{row.ratio:>9.3f}  {row.peer}" + (f" ({row.note})" if row.note else "")
        )


def device_words(device: str) -> str:
    """The processor or graphics card, and how many threads torch uses."""
    if device.startswith("cuda"):
        return torch.cuda.get_device_name(device)
    return f"{_processor()}, {torch.get_num_threads()} threads"


def _processor() -> str:
    try:
        with Path("/proc/cpuinfo").open() as file:
            return next(line.split(":")[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _milliseconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    return (time.perf_counter() - started) * 1000


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
