"""Two sets compared as a whole: what is measured, of how many images, and what is left out."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest
import torch
from torch import Tensor

from latentedit.errors import UsageError
from latentedit_training.data.arrays import ArrayImages
from latentedit_training.metrics.extractors.base import Features
from latentedit_training.metrics.frechet import frechet_distance, moments
from latentedit_training.metrics.gathered import Gathered, Needs
from latentedit_training.metrics.inception_score import inception_score
from latentedit_training.metrics.measuring import Images, MeasureStep, measure
from latentedit_training.metrics.neighbours import neighbourhood
from latentedit_training.metrics.report import MetricReport


class Corners:
    """Features of an image: the pixels of its first corner; classes, where wanted, from the first channel."""

    name, resizer, device = "corners", "none", torch.device("cpu")

    def __init__(self, *, classes: bool = True) -> None:
        self.classes = classes

    def __call__(self, image: Tensor) -> Features:
        pool = image[:, :, :2, :2].flatten(1)
        return Features(pool, 3 * pool[:, :4] if self.classes else None)


def pictures(count: int, *, seed: int, side: int = 14, darkest: int = 0) -> Tensor:
    random = torch.Generator().manual_seed(seed)
    return torch.randint(darkest, 256, (count, 3, side, side), dtype=torch.uint8, generator=random)


REAL, FAKE = pictures(60, seed=0), pictures(40, seed=1, darkest=90)


def report(real: Images = ArrayImages(REAL), fake: Images = ArrayImages(FAKE), **wanted: object) -> MetricReport:  # noqa: B008
    arguments: dict[str, object] = {"extractor": Corners(), "seed": 0, **wanted}
    *_, last = measure(real, fake, **arguments)  # type: ignore[arg-type]
    assert last.report is not None
    return last.report


def test_all_figures_are_those_of_the_features() -> None:
    found = report()
    real, fake = (Corners()(images.float() / 127.5 - 1).pool for images in (REAL, FAKE))
    assert found.value("fid") == pytest.approx(frechet_distance(moments(real), moments(fake)), rel=1e-6)
    near = neighbourhood(real, fake)
    assert (found.value("precision"), found.value("coverage")) == pytest.approx((near.precision, near.coverage))
    names = [figure.name for figure in found.figures]
    assert names == ["fid", "kid", "is", "precision", "recall", "density", "coverage", "f8", "f1/8", "ms-ssim"]
    assert not found.left_out


def test_every_figure_says_what_it_depends_on() -> None:
    told = {figure.name: figure for figure in report().figures}
    assert {(figure.extractor, figure.resizer) for name, figure in told.items() if name != "ms-ssim"} == {("corners", "none")}
    counts = {name: (figure.n_real, figure.n_fake) for name, figure in told.items()}
    assert (counts["fid"], counts["is"], counts["f8"], counts["ms-ssim"]) == ((60, 40), (0, 40), (40, 40), (0, 40))
    few = report(n_real=10, n_fake=12)
    assert [(f.n_real, f.n_fake, f.note) for f in few.figures if f.name == "fid"] == [
        (10, 12, "fewer images than features: biased upwards")
    ]


def test_the_seed_chooses_the_images() -> None:
    one, again, other = (report(n_real=20, n_fake=20, seed=seed).value("fid") for seed in (0, 0, 1))
    assert one == again != other


def test_batches_are_measured_as_the_set_that_they_are_of() -> None:
    whole = report(metrics=("fid", "pr"))
    batches = report(REAL.split(17), iter(FAKE.split(9)), n_real=60, n_fake=40, metrics=("fid", "pr"))
    for figure, expected in zip(batches.figures, whole.figures, strict=True):
        assert figure.value == pytest.approx(expected.value, rel=1e-6)
    cut = report(fake=FAKE.split(9), n_fake=25, metrics=("fid",))
    assert cut.figures[0].n_fake == 25
    short = report(fake=FAKE.split(9), n_fake=1000, metrics=("fid",))
    assert short.figures[0].n_fake == 40, "what came counts, not what was announced"


def test_steps_come_before_the_report_and_count_to_the_end() -> None:
    steps: list[MeasureStep] = list(
        measure(ArrayImages(REAL), ArrayImages(FAKE), extractor=Corners(), metrics=("fid", "kid"), seed=0, batch_size=25)
    )
    assert [(step.doing, step.done) for step in steps] == [
        ("real", 25),
        ("real", 50),
        ("real", 60),
        ("fake", 85),
        ("fake", 100),
        ("fid", 101),
        ("kid", 102),
    ]
    assert {step.total for step in steps} == {102}
    assert [step.report is not None for step in steps] == 6 * [False] + [True]
    with pytest.raises(KeyError):
        report(metrics=("fid",)).value("kid")


def test_what_cannot_be_had_is_left_out_and_told() -> None:
    tiny = ArrayImages(pictures(8, seed=2, side=6))
    found = report(tiny, tiny, extractor=Corners(classes=False), metrics=("is", "ms-ssim", "fid"))
    assert [entry.metric for entry in found.left_out] == ["is", "ms-ssim"]
    assert "classes" in found.left_out[0].why and "11 pixels" in found.left_out[1].why
    assert [figure.name for figure in found.figures] == ["fid"]
    few = report(fake=ArrayImages(FAKE[:9]), metrics=("is", "fid"))
    assert "10" in few.left_out[0].why, "an Inception Score has ten parts"


@pytest.mark.parametrize(
    ("real", "fake", "wanted", "words"),
    [
        (ArrayImages(REAL), ArrayImages(FAKE), {"metrics": ("fid", "fud")}, "fud"),
        (ArrayImages(REAL), ArrayImages(FAKE), {"metrics": ()}, "No metric"),
        (ArrayImages(REAL[:4]), ArrayImages(FAKE), {}, "five|5"),
        (ArrayImages(REAL), ArrayImages(FAKE), {"n_fake": 3}, "5"),
        (ArrayImages(REAL), FAKE.split(9), {}, "without an end"),
        (ArrayImages(REAL), FAKE[:4].split(2), {"n_fake": 40}, "5"),
    ],
)
def test_wrong_requests_are_told(real: Images, fake: Images, wanted: dict[str, object], words: str) -> None:
    with pytest.raises(UsageError, match=words) as told:
        report(real, fake, **wanted)
    assert told.value.hint


def test_only_what_figures_need_is_kept() -> None:
    gathered = Gathered(Needs(moments=True))
    for batch in REAL.split(20):
        gathered.add(batch, Corners()(batch.float()))
    assert gathered.count == gathered.moments().count == 60
    with pytest.raises(ValueError, match="features"):
        gathered.features()
    with pytest.raises(ValueError, match="moments"):
        Gathered(Needs()).moments()


def test_few_large_images_are_kept_for_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    def kept(batches: Iterable[Tensor]) -> int:
        gathered = Gathered(Needs(images=True))
        for batch in batches:
            gathered.add(batch, Corners()(batch.float()))
        return len(gathered.images())

    assert kept(REAL.split(7)) == 60
    monkeypatch.setattr("latentedit_training.metrics.gathered._MOST_BYTES", 10 * REAL[0].numel())
    assert kept(REAL.split(7)) == 10
    monkeypatch.setattr("latentedit_training.metrics.gathered._MOST_BYTES", 1)
    assert kept(REAL.split(7)) == 2, "a pair at least"


def test_the_inception_score_is_that_of_the_generated_images() -> None:
    logits = Corners()(FAKE.float() / 127.5 - 1).logits
    assert logits is not None
    order = torch.randperm(40, generator=torch.Generator().manual_seed(0))
    assert report(metrics=("is",)).value("is") == pytest.approx(inception_score(logits[order]).mean, rel=1e-6)


def test_a_report_can_be_written() -> None:
    document = json.loads(json.dumps(report(metrics=("fid", "is"), extractor=Corners(classes=False)).to_json(), allow_nan=False))
    (figure,) = document["figures"]
    assert figure["name"] == "fid" and figure["n_real"] == 60 and figure["extractor"] == "corners"
    assert document["seed"] == 0 and document["left_out"] == [{"metric": "is", "why": "the extractor knows no classes"}]
