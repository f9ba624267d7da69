"""Files of arrays of any kind that the field uses, told apart by what is in them, never by their names, and never run."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from latentedit.checkpoints.allowed_names import allowed_names
from latentedit.checkpoints.beginnings import HEAD, KINDS, PICKLE_STARTS, TAIL, is_old_pickle, require_arrays
from latentedit.checkpoints.budget import Budget
from latentedit.checkpoints.byte_stream import ByteStream
from latentedit.checkpoints.numpy_file import NPY_START, array_from_npy, arrays_from_npz, is_npz
from latentedit.checkpoints.pickle_machine import finish, run_pickle
from latentedit.checkpoints.safetensors_file import arrays_from_safetensors, is_safetensors
from latentedit.checkpoints.torch_file import LEGACY_START, is_torch_zip, tree_from_legacy_torch, tree_from_torch_zip
from latentedit.checkpoints.torch_tar import is_tar, tree_from_torch_tar
from latentedit.checkpoints.zip_members import START as ZIP_START
from latentedit.checkpoints.zip_members import ZipMembers
from latentedit.errors import CheckpointError

_UNPACKED, _ROOM = 4, 64 << 20
"""Files unpack to so many times their size, and so much more: weights hardly compress, and programs do not even try."""
Pick = Callable[[Any], Any]
_INCOMPLETE = ("damaged", "truncated", "incomplete", "lacks", "readable zip")


@dataclass(frozen=True)
class Contents:
    """What a file holds.

    Attributes:
        tree: a numpy array, or dictionaries and lists of arrays, texts, numbers and None.
        texts: the texts that a safetensors file has beside its arrays.
    """

    tree: Any
    texts: Mapping[str, str] = field(default_factory=dict)


def read_contents(path: Path, max_bytes: int, pick: Pick = lambda tree: tree) -> Contents:
    """Read a file of arrays into memory.

    Args:
        max_bytes: how large the file may be, and how large what it unpacks to, which is bounded by the file's own size as well.
        pick: what of a pickle's tree is wanted; numbers in the rest are not copied. It meets dictionaries, tuples, lists, and what is not to
            be looked into (see :func:`latentedit.checkpoints.pickle_machine.finish`).

    Raises:
        CheckpointError: it cannot be read, is too large, damaged, none of the kinds that are known, or asks for more than data.
    """
    with _opened(path, max_bytes) as stream:
        return _contents(stream, _budget(stream, max_bytes), pick, stored=False)


@contextmanager
def stored_contents(path: Path, max_bytes: int, pick: Pick = lambda tree: tree) -> Iterator[Contents]:
    """As :func:`read_contents`, but large arrays of torch's and safetensors' files stay in the file, which is open within the ``with``, as
    :class:`~latentedit.checkpoints.stored_array.StoredArray`.

    Raises:
        CheckpointError: as :func:`read_contents`, also where an array is read within.
    """
    with _opened(path, max_bytes) as stream:
        yield _contents(stream, _budget(stream, max_bytes), pick, stored=True)


@contextmanager
def _opened(path: Path, max_bytes: int) -> Iterator[ByteStream]:
    """An open file, once its size and its first bytes say that it may be one of arrays."""
    try:
        if not path.is_file():
            raise CheckpointError("It is a folder." if path.is_dir() else "It is not a file.")
        with ByteStream.of_path(path) as stream:
            if stream.size > max_bytes:
                raise CheckpointError(f"It is larger than {max_bytes >> 20} MiB.")
            before = os.fstat(stream.fileno())
            require_arrays(stream.at(0, min(HEAD, stream.size)), _tail(stream), stream.size)
            yield stream
            after = os.fstat(stream.fileno())
            if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
                raise CheckpointError("It changes while it is read.", hint="Wait until it is written.")
    except CheckpointError as error:
        if not error.hint and any(word in str(error) for word in _INCOMPLETE):
            error.hint = "Is the file whole? Its download may be incomplete."
        raise
    except OSError as error:
        raise CheckpointError(f"It cannot be read: {error.strerror}.", hint="Check its permissions.") from error
    except MemoryError as error:
        raise CheckpointError("There is not enough memory to read it.", hint="Close other programs.") from error


def _budget(stream: ByteStream, max_bytes: int) -> Budget:
    return Budget(min(max_bytes, _UNPACKED * stream.size + _ROOM))


def _tail(stream: ByteStream) -> bytes:
    count = min(TAIL, stream.size)
    return stream.at(stream.size - count, count)


def contents_of(data: bytes, budget: Budget, pick: Pick = lambda tree: tree) -> Contents:
    """As :func:`read_contents`, of a file that is in memory already; what it unpacks to is paid for from ``budget``."""
    return _contents(ByteStream(io.BytesIO(data)), budget, pick, stored=False)


def _contents(stream: ByteStream, budget: Budget, pick: Pick, *, stored: bool) -> Contents:
    head, tail = stream.at(0, min(HEAD, stream.size)), _tail(stream)

    def finished(tree: Any) -> Contents:
        return Contents(finish(pick(tree), stored=stored))

    if head.startswith(NPY_START):
        return Contents(array_from_npy(stream.whole(), budget))
    if head.startswith(ZIP_START):
        members = ZipMembers(stream, budget)
        if is_torch_zip(members.names):
            return finished(tree_from_torch_zip(members, allowed_names(budget), budget))
        if is_npz(members.names):
            return Contents(arrays_from_npz(members, budget))
        raise CheckpointError("It is a zip file, but not of arrays.", hint=KINDS)
    # Before pickles: the length of a header may look like the beginning of one, the rest of it never does.
    if is_safetensors(head, stream.size):
        return Contents(*arrays_from_safetensors(stream, stored=stored))
    if head.startswith(LEGACY_START):
        return finished(tree_from_legacy_torch(stream.whole(), allowed_names(budget), budget))
    if head.startswith(PICKLE_STARTS) or is_old_pickle(head, tail):
        return finished(run_pickle(stream, names=allowed_names(budget), budget=budget)[0])
    if is_tar(head):
        return finished(tree_from_torch_tar(stream.whole(), allowed_names(budget), budget))
    raise CheckpointError("It is empty." if not head else "It is no file of arrays.", hint=KINDS)
