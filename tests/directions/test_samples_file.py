"""Scored samples survive in a file, and a damaged or foreign one is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file

from latentedit.directions.samples_file import SamplesOrigin, load_samples, save_samples
from latentedit.directions.sampling import ScoredSample, score_samples
from latentedit.errors import InputError, LatentEditError, UsageError
from latentedit.generators.toy import ToyGenerator
from tests.directions.planted import Brightness

ORIGIN = SamplesOrigin("a" * 64, 3, 1.0)


def written(folder: Path, toy: ToyGenerator) -> tuple[Path, list[ScoredSample]]:
    samples = list(score_samples(toy, [Brightness()], count=4, seed=3))
    samples[2].scores.pop("redness")
    path = folder / "samples.safetensors"
    save_samples(path, samples, ["brightness", "redness", "smile"], ORIGIN)
    return path, samples


def test_samples_come_back_as_they_were(tmp_path: Path, toy: ToyGenerator) -> None:
    path, samples = written(tmp_path, toy)
    back, attributes = load_samples(path, ["smile", "redness"], ORIGIN)
    assert attributes == ["brightness", "redness", "smile"]
    for a, b in zip(samples, back, strict=True):
        assert torch.equal(a.w, b.w) and a.number == b.number and b.scores == pytest.approx(a.scores, rel=1e-6)


@pytest.mark.parametrize(
    "other", [SamplesOrigin("b" * 64, 3, 1.0), SamplesOrigin("a" * 64, 4, 1.0), SamplesOrigin("a" * 64, 3, 0.7)]
)
def test_samples_of_something_else_are_refused(other: SamplesOrigin, tmp_path: Path, toy: ToyGenerator) -> None:
    path, _ = written(tmp_path, toy)
    with pytest.raises(UsageError, match="another generator or seed"):
        load_samples(path, ["brightness"], other)


def test_attributes_that_were_not_looked_for_are_told(tmp_path: Path, toy: ToyGenerator) -> None:
    path, _ = written(tmp_path, toy)
    with pytest.raises(UsageError, match="not scored for glasses"):
        load_samples(path, ["brightness", "glasses"], ORIGIN)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1), byte=st.integers(0, 255), cut=st.floats(0, 1))
def test_a_damaged_file_is_refused_or_read(tmp_path: Path, toy: ToyGenerator, place: float, byte: int, cut: float) -> None:
    path, _ = written(tmp_path, toy)
    data = bytearray(path.read_bytes())
    data[int(place * (len(data) - 1))] = byte
    path.write_bytes(data[: int(cut * len(data)) + 1])
    try:
        back, _ = load_samples(path, ["brightness"], ORIGIN)
    except LatentEditError as error:
        assert isinstance(error, InputError | UsageError) and error.hint
    else:
        assert all(sample.w.isfinite().all() for sample in back)


def test_other_files_hold_no_samples(tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    save_file({"w": np.zeros((2, 4), dtype=np.float32)}, path)
    with pytest.raises(InputError, match="no samples"):
        load_samples(path, [], ORIGIN)
    (tmp_path / "text.safetensors").write_text("text")
    with pytest.raises(InputError, match="no samples"):
        load_samples(tmp_path / "text.safetensors", [], ORIGIN)
