"""What a process takes of the machine, as Linux tells it."""

from __future__ import annotations

import os
import resource
from pathlib import Path


def resident_mib() -> int:
    """Memory that this process takes now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") >> 20


def peak_mib() -> int:
    """The most memory that this process has taken."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def own_address_space() -> int:
    """Addresses that this process has, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def peak_address_space() -> int:
    """The most addresses that this process has had, in bytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmPeak:")[2].split()[0]) << 10
