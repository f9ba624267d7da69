"""A run's networks from its folder alone: they draw what the run drew, and can be measured."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from latentedit.errors import InputError, UsageError
from latentedit_training.data.opening import open_images
from latentedit_training.data.polygons import draw_polygons
from latentedit_training.grid import draw_samples, to_uint8
from latentedit_training.metrics.commands import measured
from latentedit_training.reopening import draw_run, generator_of, is_run, reopen
from latentedit_training.run import train_with
from latentedit_training.training import Training
from tests.toy_runs import VARIANTS, toy_config, toy_images

CPU = torch.device("cpu")


def trained(out: Path, *overrides: str, game: str = "adversarial") -> Training:
    training = Training(toy_config(*overrides, game=game), toy_images(), device=CPU)
    for _ in train_with(training, out=out, resume=False):
        pass
    return training


@pytest.mark.parametrize(("game", "overrides"), VARIANTS)
def test_a_run_draws_what_it_drew(game: str, overrides: tuple[str, ...], tmp_path: Path) -> None:
    training = trained(tmp_path / "run", *overrides, game=game)
    again = reopen(tmp_path / "run", device=CPU)
    assert again.step == training.step and again.images_seen == training.images_seen
    if training.drawing_network() is None:
        with pytest.raises(UsageError, match="no generator"):
            generator_of(again)
        return
    if training.labels.c_dim:
        c = torch.eye(2)[torch.arange(3) % 2]
        z = torch.randn(3, training.game.z_dim)
        for network in (generator_of(training), generator_of(again)):
            network.eval()
        torch.testing.assert_close(generator_of(again)(z, c), generator_of(training)(z, c), rtol=0, atol=0)
        return
    drawn = [draw_samples(each, generator_of(each), 5, seed=3) for each in (training, again)]
    torch.testing.assert_close(drawn[0], drawn[1], rtol=0, atol=0)


def test_what_is_no_run_is_told(tmp_path: Path) -> None:
    assert not is_run(tmp_path)
    with pytest.raises(InputError, match="no checkpoint"):
        reopen(tmp_path, device=CPU)


def test_a_run_without_images_cannot_learn(tmp_path: Path) -> None:
    trained(tmp_path / "run")
    again = reopen(tmp_path / "run", device=CPU)
    with pytest.raises(InputError, match="no images"):
        again.images.read([0])


def test_samples_are_a_set_with_the_labels_that_they_were_told(tmp_path: Path) -> None:
    trained(tmp_path / "run", "images.labels=class")
    for _ in draw_run(tmp_path / "run", path=tmp_path / "a.zip", count=70, seed=1, device=CPU):
        pass
    images = open_images(tmp_path / "a.zip")
    assert len(images) == 70 and images.shape.channels == 1
    assert images.labels is not None and images.labels.kind == "class" and images.labels.names == ("dark", "bright")
    assert set(images.labels.values.tolist()) == {0, 1}
    run = reopen(tmp_path / "run", device=CPU)
    z_of_labels = generator_of(run).eval()
    assert z_of_labels is not None
    first = to_uint8(draw_samples(run, generator_of(run), 64, seed=_seed_of_first(1)))
    assert torch.equal(images.read(range(64)), first)


def _seed_of_first(seed: int) -> int:
    from latentedit_training.draws import seed_for

    return seed_for(seed, "drawn", 0)


def test_a_run_is_compared_with_images(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trained(tmp_path / "run")
    for _ in draw_run(tmp_path / "run", path=tmp_path / "a.zip", count=40, seed=7, device=CPU):
        pass
    monkeypatch.setattr("latentedit_training.metrics.commands.extractor_named", lambda name, device: _Pixels())
    by_run, by_zip = (
        [*measured(tmp_path / "a.zip", fake, extractor="x", metrics="fid", device="cpu", seed=7, n_real=None, n_fake=40)][-1]
        for fake in (tmp_path / "run", tmp_path / "a.zip")
    )
    assert by_run.report is not None and by_zip.report is not None
    assert by_run.report.value("fid") == pytest.approx(by_zip.report.value("fid"), abs=1e-6)


class _Pixels:
    name, resizer = "pixels", "none"

    def __call__(self, image: torch.Tensor) -> object:
        from latentedit_training.metrics.extractors.base import Features

        return Features(image.flatten(1)[:, :6].double(), None)


def test_a_generator_is_measured_on_the_manifold_of_triangles(tmp_path: Path) -> None:
    for _ in draw_polygons(path=tmp_path / "triangles.zip", count=60, corners=3, seed=0):
        pass
    images = open_images(tmp_path / "triangles.zip")
    assert images.shape.channels == 1 and images.shape.height == 28 and not torch.equal(*images.read([0, 50]))
    training = Training(toy_config("images.resolution=28"), images, device=CPU)
    for _ in train_with(training, out=tmp_path / "run", resume=False):
        pass
    steps = [
        *measured(tmp_path, tmp_path / "run", extractor="x", metrics="triangles", device="cpu", seed=0, n_real=None, n_fake=2)
    ]
    report = steps[-1].report
    assert report is not None and [figure.name for figure in report.figures] == [
        "triangles precision",
        "triangles recall",
        "triangles f1",
    ]
    assert all(0 <= figure.value <= 1 and figure.n_fake == 2 for figure in report.figures)
    assert all(step.report is None for step in steps[:-1])


@pytest.mark.parametrize(
    ("overrides", "message"), [(("game.prior=uniform",), "normal"), (("images.labels=class",), "told labels")]
)
def test_generators_that_cannot_be_measured_are_told(overrides: tuple[str, ...], message: str, tmp_path: Path) -> None:
    trained(tmp_path / "run", *overrides)
    with pytest.raises(UsageError, match=message):
        list(
            measured(tmp_path, tmp_path / "run", extractor="x", metrics="triangles", device="cpu", seed=0, n_real=None, n_fake=2)
        )


def test_images_have_no_path_length(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="only images"):
        list(measured(tmp_path, tmp_path, extractor="x", metrics="ppl", device="cpu", seed=0, n_real=None, n_fake=None))


def test_a_run_is_measured_at_its_own_resolution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trained(tmp_path / "run")
    monkeypatch.setattr("latentedit_training.metrics.commands.extractor_named", lambda name, device: _Pixels())
    with pytest.raises(UsageError, match="draws 8 pixels"):
        list(
            measured(
                tmp_path,
                tmp_path / "run",
                extractor="x",
                metrics="fid",
                device="cpu",
                seed=0,
                n_real=None,
                n_fake=None,
                resolution=16,
            )
        )
