from __future__ import annotations

import numpy as np
import pytest
import torch

from latentedit.directions import default_directions
from latentedit.directions.interfacegan import boundary, orthogonal_to
from latentedit.directions.sampling import score_samples, table
from latentedit.directions.scorers.landmarks import geometry
from latentedit.directions.sefa import factorise
from latentedit.errors import InputError
from latentedit.generators import generator_entries
from latentedit.generators.toy import ToyGenerator


class Brightness:
    """Scores the mean of the picture."""

    names = ("brightness",)

    def score(self, rgb_uint8: np.ndarray) -> dict[str, float]:
        return {"brightness": float(rgb_uint8.mean())}


def test_boundary_finds_a_known_direction() -> None:
    g = torch.Generator().manual_seed(0)
    w = torch.randn(2000, 16, generator=g)
    truth = torch.nn.functional.normalize(torch.randn(16, generator=g), dim=0)
    scores = w @ truth + 0.1 * torch.randn(2000, generator=g)
    scores[::7] = float("nan")
    found = boundary(w, scores)
    assert float(found.norm()) == pytest.approx(1.0, abs=1e-5) and float(found @ truth) > 0.98
    with pytest.raises(InputError, match="samples"):
        boundary(w[:30], scores[:30])


def test_orthogonal_to() -> None:
    a, b, c = torch.randn(3, 12, generator=torch.Generator().manual_seed(1))
    rest = orthogonal_to(a, [b, c])
    assert abs(float(rest @ b)) < 1e-5 and abs(float(rest @ c)) < 1e-5 and float(rest @ a) > 0


def test_factorise_finds_what_moves_the_styles_most() -> None:
    weight = torch.eye(6) * torch.tensor([1.0, 1, 1, 1, 1, 1])
    weight[:, 1] = weight[:, 0]  # two latent dimensions that act as one
    directions, values = factorise([weight], 2)
    expected = torch.tensor([1.0, 1, 0, 0, 0, 0]) / 2**0.5
    assert torch.allclose(directions[0], expected, atol=1e-5) and values[0] > values[1]
    assert torch.allclose(directions @ directions.T, torch.eye(2), atol=1e-5)


def test_discovery_on_the_toy_generator(toy: ToyGenerator) -> None:
    samples = list(score_samples(toy, [Brightness()], count=300, seed=0))
    direction = boundary(*table(samples, "brightness"))
    assert samples[-1].number == samples[-1].total == 300
    w_plus = toy.mapping(torch.randn(16, toy.z_dim, generator=torch.Generator().manual_seed(9)))
    change = toy.synthesis(w_plus + 2 * direction).mean(dim=(1, 2, 3)) - toy.synthesis(w_plus - 2 * direction).mean(dim=(1, 2, 3))
    assert (change > 0).float().mean() >= 0.9


def test_geometry_does_not_depend_on_size_place_or_tilt() -> None:
    points = np.random.default_rng(0).normal(size=(68, 2)) * 30 + 100
    points[36:42, 0] -= 60
    points[42:48, 0] += 60
    points[8], points[1], points[15] = (100, 300), (-50, 150), (250, 150)  # the chin below, the jaw at both sides
    angle = 0.3
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    measures = geometry(points)
    del measures["roll"]
    for name, value in measures.items():
        assert geometry(points @ turn.T * 2.5 + 17)[name] == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize("name", generator_entries())
def test_shipped_directions_fit_their_generator(name: str) -> None:
    spec = generator_entries()[name].spec()
    for direction in default_directions(spec).values():
        assert direction.vector.shape[-1] == spec.w_dim and direction.vector.isfinite().all()
        assert direction.licence and direction.provenance and direction.effect
        assert direction.layers is None or all(0 <= layer < spec.num_ws for layer in direction.layers)


def test_the_needed_directions_ship() -> None:
    shipped = default_directions(generator_entries()["mobilestylegan-ffhq"].spec())
    assert {"smile", "age", "gender", "yaw", "pitch", "mouth_open", "eyes_open"} <= shipped.keys()


def test_directions_of_colours_are_confined_to_what_they_name() -> None:
    shipped = default_directions(generator_entries()["mobilestylegan-ffhq"].spec())
    named = {name: name.partition("_")[0] for name in ("hair_lightness", "hair_redness", "skin_warmth", "skin_redness")}
    assert {name: shipped[name].region for name in named} == named
    assert not shipped["smile"].region and not shipped["age"].region


def test_no_direction_ships_for_what_goes_on_beyond_the_square() -> None:
    shipped = default_directions(generator_entries()["mobilestylegan-ffhq"].spec())
    assert not [name for name in shipped if "background" in name]


def test_shipped_colours_change_believably() -> None:
    shipped = default_directions(generator_entries()["mobilestylegan-ffhq"].spec())
    for name in ("lip_redness", "hair_redness", "skin_lightness", "skin_warmth", "skin_redness"):
        measured = shipped[name].measured
        assert measured is not None and 2.0 < measured.changes[name] <= 3.0
        assert shipped[name].default_range == (-3.0, 3.0)
