"""Keep large blocks of memory instead of giving them back to the system after every operation.

glibc serves allocations above 32 MiB by mapping fresh pages and unmaps them when they are freed. Drawing a 1024-px face allocates dozens of
64-MiB feature maps, and the page faults cost more than the arithmetic: on two cores a drawing took 0.65 s, and 0.24 s once freed blocks
stay in the heap; forward and backward 1.9 s against 0.53 s (docs/results/projection.md).
"""

from __future__ import annotations

import ctypes
import platform

_M_TRIM_THRESHOLD = -1
_M_TOP_PAD = -2
_M_MMAP_MAX = -4


def keep_large_blocks() -> bool:
    """Tell the C library to serve large blocks from the heap and to keep the heap when they are freed.

    Affects the whole process; meant for programs whose work is drawing (the command line, the window, a benchmark), and called by
    :func:`latentedit.generators.load_generator` for the CPU. Returns whether the C library understood (only glibc does).
    """
    if platform.libc_ver()[0] != "glibc":
        return False
    libc = ctypes.CDLL(None)
    keep = 2**31 - 1
    accepted = [
        libc.mallopt(_M_MMAP_MAX, 0),
        libc.mallopt(_M_TRIM_THRESHOLD, keep),
        libc.mallopt(_M_TOP_PAD, 64 << 20),
    ]
    return all(accepted)
