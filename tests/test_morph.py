"""Paths through latents, and the films drawn along them."""

from __future__ import annotations

import errno
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from torch import Tensor

from latentedit.animation import FPS_LIMITS, require_animation, write_animation
from latentedit.atomic_file import storage_error
from latentedit.errors import StorageError, UsageError
from latentedit.generators.toy import ToyGenerator
from latentedit.images import to_uint8
from latentedit.morph import PathKind, Station, film, point_on_path, positions

KINDS: list[PathKind] = ["spline", "slerp"]
CENTRE = torch.zeros(4)


def points(count: int, seed: int) -> list[Tensor]:
    return list(torch.randn(count, 1, 3, 4, generator=torch.Generator().manual_seed(seed)))


@given(st.integers(2, 5), st.integers(0, 100), st.sampled_from(KINDS), st.booleans())
def test_the_path_passes_its_stations_without_a_jump(count: int, seed: int, kind: PathKind, loop: bool) -> None:
    given_points = points(count, seed)
    for k, point in enumerate(given_points):
        there = point_on_path(given_points, float(k), kind, loop=loop, centre=CENTRE)
        assert torch.allclose(there, point, atol=1e-5)
    for k in range(1, count):
        before, after = (point_on_path(given_points, k + d, kind, loop=loop, centre=CENTRE) for d in (-1e-4, 1e-4 if loop else 0))
        assert torch.allclose(before, after, atol=0.01)


def test_a_spline_has_no_corners() -> None:
    given_points = points(4, 0)
    here = {d: point_on_path(given_points, 1 + d, "spline", loop=False, centre=CENTRE) for d in (-1e-3, 0.0, 1e-3)}
    assert torch.allclose(here[0.0] - here[-1e-3], here[1e-3] - here[0.0], atol=1e-4)


@given(st.integers(2, 6), st.integers(2, 50))
def test_frames_begin_and_end_at_the_stations(stations: int, frames: int) -> None:
    straight, loop = (positions(stations, frames, loop=loop) for loop in (False, True))
    assert len(straight) == len(loop) == frames
    assert straight[0] == loop[0] == 0
    assert straight[-1] == stations - 1
    assert stations - loop[-1] == pytest.approx(loop[1])


@pytest.fixture
def stations(toy: ToyGenerator) -> list[Station]:
    random = torch.Generator().manual_seed(0)
    name = toy.tunable_parameters()[0]
    deltas = [0.3 * torch.randn(toy.get_parameter(name).shape, generator=random) for _ in range(2)]
    own = [torch.randn(part.shape, generator=random) for part in toy.noise_buffers()]
    latents = [toy.mapping(torch.randn(1, toy.z_dim, generator=random)) for _ in deltas]
    return [Station(latents[0], {name: deltas[0]}), Station(latents[1], {name: deltas[1]}, own)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_film_begins_and_ends_with_its_faces(toy: ToyGenerator, stations: list[Station], kind: PathKind) -> None:
    from latentedit.generators.delta import apply_delta

    frames = list(film(toy, stations, frames=5, size=32, kind=kind))
    assert [frame.number for frame in frames] == [1, 2, 3, 4, 5] and frames[0].total == 5
    for frame, station in ((frames[0], stations[0]), (frames[-1], stations[1])):
        face = to_uint8(apply_delta(toy, station.weight_delta).synthesis(station.w_plus, noise=station.noise))
        assert np.abs(frame.rgb_uint8.astype(int) - face).max() <= 1
    assert next(film(toy, stations, frames=5, size=16)).rgb_uint8.shape == (16, 16, 3)


def test_wrong_films(toy: ToyGenerator, stations: list[Station]) -> None:
    for wrong in ({"frames": 1, "size": 32}, {"frames": 5, "size": 33}, {"frames": 5, "size": 32, "kind": "straight"}):
        with pytest.raises(UsageError):
            next(film(toy, stations, **wrong))  # type: ignore[arg-type]
    with pytest.raises(UsageError):
        next(film(toy, stations[:1], frames=5, size=32))


def test_a_film_through_what_cannot_be_drawn_is_told(toy: ToyGenerator, stations: list[Station]) -> None:
    far = replace(stations[1], w_plus=torch.full_like(stations[1].w_plus, torch.inf))
    with pytest.raises(UsageError, match="too far"):
        list(film(toy, [stations[0], far], frames=3, size=32))


def pictures(count: int) -> list[np.ndarray]:
    return [np.full((34, 51, 3), 20 * i, np.uint8) for i in range(count)]


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_animations_have_their_frames_and_say_what_they_are(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"film{suffix}"
    write_animation(path, iter(pictures(7)), fps=25)
    with Image.open(path) as picture:
        assert picture.n_frames == 7 and picture.size == (51, 34) and picture.info["loop"] == 0
        picture.seek(3)
        assert np.abs(np.asarray(picture.convert("RGB")).astype(int) - 60).max() < 12
    assert b"trainedAlgorithmicMedia" in path.read_bytes()


def test_a_video_has_its_frames_and_says_what_it_is(tmp_path: Path) -> None:
    av = pytest.importorskip("av")
    path = tmp_path / "film.mp4"
    write_animation(path, iter(pictures(7)), fps=12.5)
    with av.open(path) as container:
        assert "trainedAlgorithmicMedia" in container.metadata["comment"]
        assert float(container.streams.video[0].average_rate) == 12.5
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert len(frames) == 7 and frames[0].shape == (34, 50, 3)
    assert np.abs(frames[5].astype(int) - 100).max() < 16


@pytest.mark.parametrize("name", ["film.avi", "film", "film.png"])
def test_other_names_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        write_animation(tmp_path / name, iter(pictures(2)), fps=25)


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".mp4"])
@pytest.mark.parametrize("fps", [0, -1, 1e6, float("nan")])
def test_wrong_speeds_and_no_frames_leave_nothing(tmp_path: Path, suffix: str, fps: float) -> None:
    for frames, speed in ((pictures(2), fps), ([], 25)):
        with pytest.raises(UsageError):
            write_animation(tmp_path / f"film{suffix}", iter(frames), fps=speed)
    assert not any(tmp_path.iterdir())


def test_films_that_would_not_fit_are_refused_before_they_are_drawn() -> None:
    for name in ("film.gif", "film.webp"):
        require_animation(Path(name), frames=300, size=512)
        with pytest.raises(UsageError, match="too many"):
            require_animation(Path(name), frames=2000, size=1024)
    for name, fps in (("film.gif", 60), ("film.gif", 0.001), ("film.webp", 1e-5), ("film.mp4", 1e-4), ("film.mp4", 0)):
        with pytest.raises(UsageError, match="frames a second"):
            require_animation(Path(name), fps=fps)
    with pytest.raises(UsageError, match="too long"):
        require_animation(Path("film.webp"), frames=10_000, size=1, fps=0.001)


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".mp4"])
def test_every_speed_that_is_let_through_can_be_written(tmp_path: Path, suffix: str) -> None:
    if suffix == ".mp4":
        pytest.importorskip("av")
    for fps in FPS_LIMITS[suffix]:
        write_animation(tmp_path / f"film{suffix}", iter(pictures(3)), fps=fps)


def test_a_film_that_stands_still_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="stands still"):
        write_animation(tmp_path / "film.gif", iter(pictures(1) * 3), fps=0.0016)


def test_a_full_disk_is_told_as_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("av")

    class Full(io.BytesIO):
        def write(self, data: Any, /) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    @contextmanager
    def replacing(path: Path) -> Iterator[io.BytesIO]:
        try:
            yield Full()
        except OSError as error:
            raise storage_error(path, error) from error

    monkeypatch.setattr("latentedit.animation.replacing", replacing)
    with pytest.raises(StorageError, match="no room"):
        write_animation(tmp_path / "film.mp4", iter(pictures(7)), fps=25)
