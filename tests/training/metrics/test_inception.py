"""FID's Inception network: that it is the published one, and that its file is read with care. The weights are not to be had from an index."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from latentedit.errors import CheckpointError
from latentedit_training.metrics.extractors.inception import Inception, InceptionExtractor, Mixed, Step, checked_arrays


def rand(*shape: int, seed: int = 0) -> Tensor:
    return torch.rand(*shape, generator=torch.Generator().manual_seed(seed))


def small() -> nn.Module:
    """Something with arrays of the same kinds."""
    torch.manual_seed(0)
    return nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2))


def test_arrays_of_both_kinds_of_files_are_read(tmp_path: Path) -> None:
    wanted = small().state_dict()
    save_file({**wanted, "more": torch.ones(2)}, tmp_path / "a.safetensors")
    torch.save(wanted, tmp_path / "b.pth")
    without = {name: array for name, array in wanted.items() if not name.endswith("num_batches_tracked")}
    torch.save(without, tmp_path / "c.pth", _use_new_zipfile_serialization=False)
    for name in ("a.safetensors", "b.pth", "c.pth"):
        found = checked_arrays(tmp_path / name, wanted)
        assert found.keys() == without.keys() and all(torch.equal(found[key], without[key]) for key in found)


@pytest.mark.parametrize("damage", ["missing", "shape", "nan", "text", "no names"])
def test_another_file_is_refused(damage: str, tmp_path: Path) -> None:
    wanted = small().state_dict()
    held: object = dict(wanted)
    assert isinstance(held, dict)
    path = tmp_path / "other.pth"
    if damage == "missing":
        del held["0.bias"]
    elif damage == "shape":
        held["0.bias"] = torch.zeros(3)
    elif damage == "nan":
        held["0.bias"] = torch.tensor([0.0, torch.nan])
    elif damage == "text":
        held["0.bias"] = "two"
    torch.save(held, path)
    if damage == "no names":
        np.save(tmp_path / "other.npy", np.zeros(3))
        path = tmp_path / "other.npy"
    with pytest.raises(CheckpointError, match="not FID's Inception") as told:
        checked_arrays(path, wanted)
    assert told.value.hint and (damage == "no names" or "0.bias" in str(told.value))


def test_average_pools_do_not_count_their_padding() -> None:
    """TensorFlow's way: of an image of ones the mean is 1 at the border, too, where torchvision's network has less."""
    mixed = Mixed(1, ((Step("branch1x1", 1),),), "average", 1)
    seen: list[Tensor] = []
    mixed.branch_pool.register_forward_pre_hook(lambda module, arguments: seen.append(arguments[0]))
    mixed(torch.ones(2, 1, 5, 5))
    assert torch.equal(seen[0], torch.ones(2, 1, 5, 5))
    network = {name: module.pool for name, module in Inception().named_children() if isinstance(module, Mixed)}
    assert network["Mixed_7c"] == "maximum" and network["Mixed_7b"] == "average", "the last block alone pools by maximum"


def test_inception_has_the_published_arrays() -> None:
    """94 convolutions with batch normalisation, one linear layer; 23,851,784 weights with 1,008 classes."""
    network = Inception()
    convolutions = [m for m in network.modules() if isinstance(m, torch.nn.Conv2d)]
    assert len(convolutions) == 94
    weights = sum(p.numel() for p in network.parameters())
    assert weights == 21_785_568 + 2048 * 1008 + 1008
    names = set(network.state_dict())
    assert {"Conv2d_1a_3x3.bn.running_var", "Mixed_6e.branch7x7dbl_5.conv.weight", "Mixed_7c.branch3x3dbl_3b.bn.bias"} <= names


@pytest.mark.slow
def test_inception_reads_its_file_and_refuses_others(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = Inception().eval()
    save_file(network.state_dict(), tmp_path / "inception.safetensors")
    extractor = InceptionExtractor(tmp_path / "inception.safetensors", device=torch.device("cpu"))
    image = 2 * rand(1, 1, 40, 50) - 1
    features = extractor(image)
    assert features.pool.shape == (1, 2048) and features.logits is not None and features.logits.shape == (1, 1008)
    large = torch.nn.functional.interpolate(image.expand(-1, 3, -1, -1), (299, 299), mode="bilinear")
    with torch.no_grad():
        torch.testing.assert_close(features.pool, network(large).pool)
    torch.save(network.half().state_dict(), tmp_path / "inception.pth")
    same = InceptionExtractor(tmp_path / "inception.pth", device=torch.device("cpu"))(image)
    torch.testing.assert_close(same.pool, features.pool, rtol=2e-2, atol=2e-2)
    torch.testing.assert_close(features.logits, features.pool @ network.fc.weight.float().T, rtol=1e-2, atol=1e-2)
