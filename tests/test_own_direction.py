import numpy as np
import pytest
import torch

from latentedit.directions import Direction
from latentedit.errors import DirectionError
from latentedit.own_direction import OwnDirection

VECTOR = torch.randn(8, 16, generator=torch.Generator().manual_seed(0))


def test_a_direction_becomes_ordinary_memory_and_a_direction_again() -> None:
    made = Direction("grin", VECTOR, (3, 1, 3), (-1.0, 2.0), "grins", "grin.npy", "CC0", region="mouth")
    own = OwnDirection.of(made)
    again = own.direction
    assert torch.equal(again.vector, VECTOR)
    assert again.layers == (1, 3)
    assert (again.name, again.default_range, again.effect, again.provenance, again.licence, again.region) == (
        "grin",
        (-1.0, 2.0),
        "grins",
        "grin.npy",
        "CC0",
        "mouth",
    )
    w_plus = torch.zeros(2, 8, 16)
    assert torch.equal(own.apply(w_plus, 2.0), made.apply(w_plus, 2.0))
    assert torch.equal(own.apply(w_plus, 2.0, (5,)), made.apply(w_plus, 2.0, (5,)))


def test_other_precisions_become_float32() -> None:
    for vector in (VECTOR.double(), VECTOR.half(), VECTOR.bfloat16(), VECTOR.clone().requires_grad_()):
        own = OwnDirection.of(Direction("grin", vector))
        assert own.vector.dtype == np.float32
        assert torch.equal(torch.tensor(own.vector), vector.detach().float())


def test_it_cannot_be_changed_from_outside() -> None:
    vector = VECTOR.clone()
    own = OwnDirection.of(Direction("grin", vector))
    vector.zero_()
    assert own.vector.all()
    own.direction.vector.zero_()
    assert own.vector.all()
    with pytest.raises(ValueError, match="read-only"):
        own.vector[0] = 1


def test_it_draws_as_another_when_vector_and_layers_are_the_same() -> None:
    own = OwnDirection.of(Direction("grin", VECTOR, (1, 3)))
    for same in (Direction("smile", VECTOR, (3, 1)), Direction("grin", VECTOR, (1, 3), (0.0, 1.0), "x", "y", "z")):
        assert own.draws_as(same)
        assert own.draws_as(OwnDirection.of(same))
    for other in (Direction("grin", VECTOR), Direction("grin", VECTOR + 1e-6, (1, 3)), Direction("grin", VECTOR[0], (1, 3))):
        assert not own.draws_as(other)
        assert not own.draws_as(OwnDirection.of(other))
    assert not own.draws_as(None)


def test_it_fits_generators_of_its_shape() -> None:
    each, one = OwnDirection.of(Direction("a", VECTOR)), OwnDirection.of(Direction("b", VECTOR[0], (7,)))
    assert each.fits(8, 16) and one.fits(8, 16) and one.fits(9, 16)
    assert not each.fits(9, 16) and not each.fits(8, 15) and not each.fits(16, 8)
    assert not one.fits(8, 15) and not one.fits(7, 16)


@pytest.mark.parametrize(
    "direction",
    [
        Direction("", VECTOR),
        Direction("x" * 201, VECTOR),
        Direction("a\nb", VECTOR),
        Direction("a\udcff", VECTOR),
        Direction("grin", VECTOR[None]),
        Direction("grin", VECTOR[:0]),
        Direction("grin", torch.tensor(1.0)),
        Direction("grin", VECTOR * float("inf")),
        Direction("grin", VECTOR.double() * 1e300),
        Direction("grin", VECTOR, ()),
        Direction("grin", VECTOR, (-1,)),
        Direction("grin", VECTOR, default_range=(1.0, 1.0)),
        Direction("grin", VECTOR, default_range=(0.0, float("inf"))),
        Direction("grin", VECTOR, default_range=(float("nan"), 1.0)),
        Direction("grin", VECTOR, licence="x" * 4001),
    ],
)
def test_what_a_file_could_not_hold_is_refused(direction: Direction) -> None:
    with pytest.raises(DirectionError) as caught:
        OwnDirection.of(direction)
    assert caught.value.hint and "\n" not in str(caught.value)


def test_undecodable_bytes_of_a_file_name_are_replaced() -> None:
    own = OwnDirection.of(Direction("grin", VECTOR, provenance="grin.\udcff"))
    assert own.provenance == "grin.?"


def test_a_region_that_there_is_not_is_told() -> None:
    with pytest.raises(DirectionError, match="no region"):
        OwnDirection.of(Direction("grin", VECTOR, region="elbow"))
