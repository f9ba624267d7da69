"""Files of ``torch.save``: the zip ones (torch 1.6 and later), and the older ones, which are pickles in a row."""

from __future__ import annotations

from typing import Any

from latentedit.checkpoints.budget import Budget
from latentedit.checkpoints.pickle_machine import Names, run_pickle
from latentedit.checkpoints.torch_tensors import Storage, same_storage, storage_names, storage_reference
from latentedit.checkpoints.zip_members import ZipMembers
from latentedit.errors import CheckpointError

LEGACY_MAGIC = 0x1950A86A20F9469CFC6C
LEGACY_START = b"\x80\x02\x8a\x0a" + LEGACY_MAGIC.to_bytes(10, "little")
_LEGACY_VERSION = 1001
_PICKLE = "data.pkl"


def is_torch_zip(names: tuple[str, ...]) -> bool:
    """Whether a zip file with these members is one of ``torch.save``, or a TorchScript program."""
    return any(name.rpartition("/")[2] == _PICKLE for name in names)


def tree_from_torch_zip(members: ZipMembers, names: Names, budget: Budget) -> Any:
    """What was saved, not finished yet (see :func:`latentedit.checkpoints.pickle_machine.finish`).

    Raises:
        CheckpointError: it is damaged, too large, a program, or holds what is not read.
    """
    (first, *others) = [name for name in members.names if name.rpartition("/")[2] == _PICKLE]
    folder = first.removesuffix(_PICKLE)
    if others or any(name.startswith((f"{folder}code/", f"{folder}constants.pkl")) for name in members.names):
        raise CheckpointError("It is a TorchScript program, which is not run.", hint="Save its state_dict() with torch.save.")
    order = members.read(f"{folder}byteorder") if f"{folder}byteorder" in members.names else b"little"
    storages: dict[str, Storage] = {}

    def storage(reference: Any) -> Storage:
        kind, key, count = storage_reference(reference)
        if key not in storages:
            member = f"{folder}data/{key}"
            members.check(member)  # so that a wrong name is told now, and nothing is unpacked that nobody asks for
            storages[key] = Storage(kind, count, ">" if order == b"big" else "<", lambda: members.read(member))
        return same_storage(storages[key], kind, count)

    tree, _ = run_pickle(members.read(first), names=names, budget=budget, persistent=storage)
    return tree


def tree_from_legacy_torch(data: bytes, names: Names, budget: Budget) -> Any:
    """As :func:`tree_from_torch_zip`, of a file that begins with :data:`LEGACY_START`: pickles in a row, then the storages."""
    storages: dict[str, Storage] = {}

    def storage(reference: Any) -> Storage:
        kind, key, count = storage_reference(reference)
        return same_storage(storages.setdefault(key, Storage(kind, count, order)), kind, count)

    order = "<"
    _, at = run_pickle(data, names={}, budget=budget)
    version, at = run_pickle(data, at, names={}, budget=budget)
    about, at = run_pickle(data, at, names={}, budget=budget)
    if version != _LEGACY_VERSION or not isinstance(about, dict):
        raise CheckpointError("It was saved by a version of torch that is not read.")
    order = "<" if about.get("little_endian", True) else ">"
    tree, at = run_pickle(data, at, names=names, budget=budget, persistent=storage)
    keys, at = run_pickle(data, at, names={}, budget=budget)
    if not isinstance(keys, list):
        raise CheckpointError("The file's list of storages is damaged.")
    for key in keys:
        if not isinstance(key, str) or key not in storages:
            raise CheckpointError("The file holds a storage that nothing in it uses.")
        at = storages[key].take(data, at)
    return tree


def storage_from_bytes(data: Any, budget: Budget) -> Storage:
    """What stands for ``torch.storage._load_from_bytes``: one storage, saved in the older way, inside another pickle.

    Raises:
        CheckpointError: it is damaged, or anything but a storage.
    """
    if not (isinstance(data, bytes) and data.startswith(LEGACY_START)):
        raise CheckpointError("The file holds a storage of a kind that is not read.")
    storage = tree_from_legacy_torch(data, storage_names(), budget)
    if not isinstance(storage, Storage):
        raise CheckpointError("The file holds something else where a storage should be.")
    return storage
