"""Whether a stored file is still the one that was stored: the sha256 of all of it.

The whole file is hashed, once in every process that uses it. To note on the disk that a file was right at a certain size, time
and inode, and to hash it again only when those change, would be quicker, and would find what was cut off or written over. But
bits that decay on the disk change none of them, and they are what makes a face slightly another without anybody noticing.

The price, measured with hash_file on 2 cores of an AMD EPYC, the files in the page cache, in November 2026: 1.5 GB/s with the
processor's SHA instructions, which is 27 ms for the generator, 64 ms for the landmarks and 0.15 s for all that a projection
loads; 0.4 GB/s without them (OPENSSL_ia32cap=:~0x20000000), which is 100 ms, 290 ms and 0.6 s. Importing torch takes 1.5 s,
dlib reads those landmarks in 0.7 s, and a projection takes a minute.

Within a process a file is hashed again only when it has changed, since projecting and measuring load the same weights often.
"""

from __future__ import annotations

import hashlib
import time
from functools import lru_cache
from pathlib import Path

TICK_NS = 2_000_000_000  # FAT counts a file's times in steps of two seconds, the others in steps of milliseconds or less


def is_intact(path: Path, sha256: str) -> bool:
    """Whether ``path`` is a file with this sha256; what cannot be read (a failing disk, no permission) is not."""
    try:
        now = path.stat()
        age_ns = time.time_ns() - max(now.st_mtime_ns, now.st_ctime_ns)
        if age_ns < TICK_NS:  # it may change once more without its times showing it
            return hash_file(path) == sha256
        return _hash_unless_changed(path, now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino) == sha256
    except OSError:
        return False


def hash_file(path: Path) -> str:
    """sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def forget_hashes() -> None:
    """Make :func:`is_intact` read every file again, changed or not."""
    _hash_unless_changed.cache_clear()


@lru_cache(maxsize=256)
def _hash_unless_changed(path: Path, *stamp: int) -> str:
    """The numbers of ``stamp`` are part of what the result is remembered by, and nothing else."""
    return hash_file(path)
