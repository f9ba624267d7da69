"""A batch norm over all processes: torch's own in one process, and in two as in one."""

from __future__ import annotations

from multiprocessing import get_context
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from latentedit_training.layers import batch_norm
from latentedit_training.layers.batch_norm import BatchNorm
from training.layers.two_processes import SPLIT, normalise_half


def batch() -> Tensor:
    return torch.randn(8, 3, 5, 4, generator=torch.Generator().manual_seed(0)) * 2 + 100


@pytest.mark.parametrize("exchanged", [False, True], ids=["fast", "as_with_others"])
def test_is_torchs_in_one_process(monkeypatch: pytest.MonkeyPatch, exchanged: bool) -> None:
    """Also the way that several processes go, where the sum over all processes is one's own."""
    monkeypatch.setattr(batch_norm, "_several_processes", lambda: exchanged)
    monkeypatch.setattr(batch_norm, "_summed", lambda x: x)
    ours, torchs = BatchNorm(3), nn.BatchNorm2d(3)
    nn.init.normal_(ours.weight)
    torchs.load_state_dict(ours.state_dict())
    inputs = [batch().requires_grad_(), batch().requires_grad_()]
    results = [norm(x) for norm, x in zip((ours, torchs), inputs, strict=True)]
    torch.testing.assert_close(*results, atol=1e-4, rtol=1e-4)
    for result in results:
        (result.square() * torch.linspace(0, 1, 8)[:, None, None, None]).sum().backward()
    torch.testing.assert_close(inputs[0].grad, inputs[1].grad, atol=1e-4, rtol=1e-3)
    torch.testing.assert_close(ours.weight.grad, torchs.weight.grad, atol=1e-3, rtol=1e-4)
    torch.testing.assert_close(ours.state_dict(), torchs.state_dict())
    torch.testing.assert_close(ours.eval()(batch()), torchs.eval()(batch()))


def test_refuses_a_single_value() -> None:
    with pytest.raises(ValueError, match="more than"):
        BatchNorm(3)(torch.randn(1, 3, 1, 1))


@pytest.mark.slow
def test_two_processes_are_as_one(tmp_path: Path) -> None:
    random = torch.Generator().manual_seed(1)
    x, factor = batch(), torch.randn(8, 3, 5, 4, generator=random)
    weight, bias = torch.randn(3, generator=random), torch.randn(3, generator=random)
    save_file({"x": x, "factor": factor, "weight": weight, "bias": bias}, tmp_path / "batch.safetensors")
    context = get_context("spawn")
    processes = [context.Process(target=normalise_half, args=(rank, str(tmp_path))) for rank in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [0, 0]
    halves = [load_file(tmp_path / f"{rank}.safetensors") for rank in range(2)]

    whole = nn.BatchNorm2d(3)
    with torch.no_grad():
        whole.weight.copy_(weight)
        whole.bias.copy_(bias)
    x.requires_grad_()
    y = whole(x)
    (gradient,) = torch.autograd.grad((y.square() * factor).sum(), x, create_graph=True)
    (second,) = torch.autograd.grad(gradient.square().sum(), x, retain_graph=True)
    (y * factor).sum().backward()
    for name, expected in (("y", y), ("x", x.grad), ("second", second)):
        assert len(halves[0][name]) == SPLIT
        torch.testing.assert_close(torch.cat([half[name] for half in halves]), expected.detach(), atol=1e-3, rtol=1e-3)
    for name, expected in (("weight", whole.weight.grad), ("bias", whole.bias.grad)):
        torch.testing.assert_close(halves[0][name] + halves[1][name], expected, atol=1e-3, rtol=1e-3)
    for half in halves:
        torch.testing.assert_close(half["mean"], whole.running_mean)
        torch.testing.assert_close(half["var"], whole.running_var)
