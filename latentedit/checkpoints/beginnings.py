"""What a file is by its first bytes, so that what is none of ours is told before it is read into memory."""

from __future__ import annotations

from latentedit.checkpoints.numpy_file import NPY_START
from latentedit.checkpoints.safetensors_file import is_safetensors
from latentedit.checkpoints.torch_file import LEGACY_START
from latentedit.checkpoints.torch_tar import is_tar
from latentedit.checkpoints.zip_members import START as ZIP_START
from latentedit.errors import CheckpointError

HEAD, TAIL = 512, 16
"""How many bytes tell it."""
KINDS = "Arrays are read from .npy, .npz, .pt, .pkl and .safetensors."
PICKLE_STARTS = tuple(b"\x80" + bytes([protocol]) for protocol in (2, 3, 4, 5))
_OLD_PICKLE_STARTS = (b"(", b"]", b"}", b"c")
"""Protocols 0 and 1 have no mark of their own; what is worth reading begins with a list, a dictionary, a tuple or a name."""
_OTHERS = (
    (b"version https://git-lfs", "It is a pointer of git-lfs, not the file that it stands for.", "Fetch the file: git lfs pull."),
    (b"\x1f\x8b", "It is packed by gzip.", "Unpack it first: gunzip FILE."),
)
_PAGES = (b"<!doctype html", b"<html")


def is_old_pickle(head: bytes, tail: bytes) -> bool:
    """Whether a file that begins and ends so may be a pickle of protocol 0 or 1."""
    return head.startswith(_OLD_PICKLE_STARTS) and tail.rstrip(b"\n").endswith(b".")


def require_arrays(head: bytes, tail: bytes, size: int) -> None:
    """
    Args:
        head: the first :data:`HEAD` bytes, or all.
        tail: the last :data:`TAIL` bytes, or all.
        size: of the whole file.

    Raises:
        CheckpointError: a file that begins so is of no kind that is read.
    """
    if not head:
        raise CheckpointError("It is empty.", hint="Its download may have failed: fetch it again.")
    if head.lstrip().lower().startswith(_PAGES):
        raise CheckpointError(
            "It is a page of a web site, not a file of arrays.", hint="Download the file itself, not the page that shows it."
        )
    for start, told, hint in _OTHERS:
        if head.startswith(start):
            raise CheckpointError(told, hint=hint)
    known = (NPY_START, ZIP_START, LEGACY_START, *PICKLE_STARTS)
    if not (head.startswith(known) or is_safetensors(head, size) or is_tar(head) or is_old_pickle(head, tail)):
        raise CheckpointError("It is no file of arrays.", hint=KINDS)
