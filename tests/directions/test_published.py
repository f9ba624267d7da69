"""The field's own files, as they are, on the generator that ships."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from latentedit.assets import AssetStore
from latentedit.directions import load_direction
from latentedit.directions.loading import find_direction
from latentedit.directions.readers import read_directions
from latentedit.generators import Generator, generator_entries, load_generator
from latentedit.images import to_uint8

SPEC = generator_entries()["mobilestylegan-ffhq"].spec()
FACES = 12


@pytest.mark.parametrize(
    ("name", "shape"),
    [("age.pt", (512,)), ("smile.pt", (512,)), ("rotation.pt", (512,)), ("pose.pt", (22, 512)), ("ffhq_pca.pt:3", (512,))],
)
def test_they_fit(name: str, shape: tuple[int, ...], shared_data: Path) -> None:
    direction = find_direction(shared_data / "directions" / name, SPEC)
    assert direction.vector.shape == shape and direction.vector.isfinite().all()
    assert direction.provenance and direction.unit
    assert direction.apply(torch.zeros(1, SPEC.num_ws, SPEC.w_dim), 1.0).shape == (1, SPEC.num_ws, SPEC.w_dim)


def test_they_hold_what_torch_reads(shared_data: Path) -> None:
    folder, load = shared_data / "directions", torch.load  # noqa: TID251  # what is compared with
    for name in ("age", "smile", "rotation", "pose"):
        (found,) = read_directions(folder / f"{name}.pt")
        reference = load(folder / f"{name}.pt", map_location="cpu", weights_only=True)
        assert torch.equal(found.direction.vector, reference[0])
    reference = load(folder / "ffhq_pca.pt", map_location="cpu", weights_only=True)
    found = read_directions(folder / "ffhq_pca.pt")
    vectors = torch.stack([known.direction.vector for known in found])
    torch.testing.assert_close(vectors, reference["comp"][:, 0] * reference["std"][:, None])


@pytest.fixture(scope="module")
def generator(fetched: AssetStore) -> Generator:
    return load_generator("mobilestylegan-ffhq", store=fetched)


@pytest.mark.slow
@pytest.mark.assets
@pytest.mark.parametrize(("name", "score"), [("smile.pt", "smile"), ("rotation.pt", "yaw"), ("pose.pt", "yaw")])
def test_they_do_what_they_say(name: str, score: str, shared_data: Path, generator: Generator, fetched: AssetStore) -> None:
    """On random faces, from an amount of -3 to 3, the landmarks tell that it changed, the same way on nine of ten."""
    from latentedit.directions.scorers import LandmarkScorer

    scorer = LandmarkScorer(fetched.path("dlib-68-landmarks", "shape_predictor_68_face_landmarks.dat"))
    direction = load_direction(shared_data / "directions" / name, generator)
    random = torch.Generator().manual_seed(0)
    changes = []
    for _ in range(FACES):
        w_plus = generator.mapping(torch.randn(1, generator.z_dim, generator=random), truncation_psi=0.7)
        low, high = (scorer.score(to_uint8(generator.preview(direction.apply(w_plus, amount)))) for amount in (-3.0, 3.0))
        if score in low and score in high:
            changes.append(high[score] - low[score])
    assert len(changes) > FACES / 2
    risen = sum(change > 0 for change in changes) / len(changes)
    assert risen >= 0.9 if score == "smile" else max(risen, 1 - risen) >= 0.9


@pytest.mark.slow
@pytest.mark.assets
def test_principal_components_change_the_face_the_less_the_later_they_come(shared_data: Path, generator: Generator) -> None:
    random = torch.Generator().manual_seed(0)
    w_plus = generator.mapping(torch.randn(1, generator.z_dim, generator=random), truncation_psi=0.7)
    before = generator.preview(w_plus)

    def change(number: int) -> float:
        direction = load_direction(shared_data / "directions" / f"ffhq_pca.pt:{number}", generator)
        return float((generator.preview(direction.apply(w_plus, 2.0)) - before).square().mean())

    assert min(change(number) for number in (1, 2, 3)) > max(change(number) for number in (78, 79, 80)) > 0
