"""Files of torch 0.1: each gives what torch itself reads from it."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest
import torch

from checkpoints.assembler import a_dict, a_list, a_tuple, call, name, number, text
from checkpoints.tar_files import ADDRESS, outside, storage, tensor, torch_tar
from latentedit.checkpoints.foreign import read_contents
from latentedit.errors import CheckpointError

FLOATS = np.random.default_rng(0).standard_normal(24).astype(np.float32)
WHOLE = np.arange(6)
A, B, VIEW, ROOT, PART = (ADDRESS + 64 * index for index in range(5))


def old_state_dict() -> bytes:
    """An ordered dictionary of tensors: whole, transposed, a part of a storage, of another kind, a number of none dimensions."""
    pairs = {"plain": A, "transposed": A + 1, "behind": A + 2, "whole": B + 1, "part": PART + 1}
    tree = call(name("collections", "OrderedDict"), a_list(*(a_tuple(text(key), outside(place)) for key, place in pairs.items())))
    tensors = [
        tensor(A, ROOT, [2, 3, 4], [12, 4, 1]),
        tensor(A + 1, ROOT, [4, 6], [1, 4]),
        tensor(A + 2, ROOT, [2], [3], 17),
        tensor(B + 1, B, [6], [1], kind="LongTensor"),
        tensor(PART + 1, PART, [2, 2], [2, 1]),
    ]
    storages = storage(ROOT, FLOATS) + storage(B, WHOLE, "LongStorage")
    views = a_list(a_tuple(number(PART), number(ROOT), number(5), number(4)))
    return torch_tar(
        a_dict((text("model"), tree), (text("epoch"), number(3))), storages, b"".join(tensors), counts=(2, 5), views=views
    )


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of tarfile, in torch
def test_what_torch_reads_is_read(tmp_path: Path) -> None:
    path = tmp_path / "old.pt"
    path.write_bytes(old_state_dict())
    reference = torch.load(path, weights_only=False)  # noqa: TID251  # which needs it for these files, and this one is made above
    found = read_contents(path, 2**20).tree
    assert isinstance(reference["model"], OrderedDict) and found["epoch"] == reference["epoch"] == 3
    assert list(found["model"]) == list(reference["model"])
    for key, value in reference["model"].items():
        assert found["model"][key].dtype == value.numpy().dtype
        assert np.array_equal(found["model"][key], value.numpy())


def test_every_truncation_gives_the_same_or_an_error(tmp_path: Path) -> None:
    """What is behind the last part is filling."""
    path, data = tmp_path / "old.pt", old_state_dict()
    path.write_bytes(data)
    whole = read_contents(path, 2**20).tree
    outcomes = set()
    for length in range(0, len(data), 97):
        path.write_bytes(data[:length])
        try:
            found = read_contents(path, 2**20).tree
        except CheckpointError:
            outcomes.add("refused")
        else:
            assert all(np.array_equal(found["model"][key], whole["model"][key]) for key in whole["model"])
            outcomes.add("read")
    assert outcomes == {"refused", "read"}
