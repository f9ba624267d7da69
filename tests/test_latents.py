import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from latentedit import latents
from latentedit.errors import UsageError

NUM_WS, W_DIM = 6, 5
MOBILE = (4, *(8 << block for block in range(7) for _ in range(3)))
AMOUNTS = st.floats(-3, 3, width=32)
LAYER_SETS = st.none() | st.sets(st.integers(0, NUM_WS - 1), max_size=NUM_WS)


def tensors(*shape: int) -> st.SearchStrategy[Tensor]:
    """Random numbers of several magnitudes, zero among them."""

    def draw(seed: int, scale: float) -> Tensor:
        return torch.randn(shape, generator=torch.Generator().manual_seed(seed)) * scale

    return st.builds(draw, st.integers(0, 2**31), st.sampled_from([1.0, 0.0, 1e-3, 30.0]))


W_PLUS = st.integers(1, 3).flatmap(lambda n: tensors(n, NUM_WS, W_DIM))
ONE = tensors(1, NUM_WS, W_DIM)


@given(W_PLUS, ONE, LAYER_SETS)
def test_mixing_by_nothing_changes_nothing(a: Tensor, b: Tensor, layers: set[int] | None) -> None:
    assert torch.equal(latents.mix(a, b, layers, 0.0), a)
    assert torch.equal(latents.mix(a, b, [], 1.0), a)


@given(W_PLUS, ONE)
def test_mixing_every_layer_fully_gives_the_source(a: Tensor, b: Tensor) -> None:
    assert torch.equal(latents.mix(a, b, range(NUM_WS), 1.0), b.expand_as(a))
    assert torch.equal(latents.mix(a, b), b.expand_as(a))


@given(W_PLUS, ONE, LAYER_SETS, AMOUNTS)
def test_mixing_touches_only_its_layers_and_its_result(a: Tensor, b: Tensor, layers: set[int] | None, amount: float) -> None:
    before = a.clone()
    mixed = latents.mix(a, b, layers, amount)
    kept = sorted(set(range(NUM_WS)) - (set(range(NUM_WS)) if layers is None else layers))
    changed = sorted(set(range(NUM_WS)) - set(kept))
    assert torch.equal(mixed[:, kept], a[:, kept])
    torch.testing.assert_close(mixed[:, changed], (a + amount * (b - a))[:, changed], rtol=1e-5, atol=1e-3)
    assert torch.equal(a, before)


@given(W_PLUS, ONE)
def test_mixing_layer_by_layer_is_mixing_at_once(a: Tensor, b: Tensor) -> None:
    step_by_step = a
    for layer in (4, 1, 3):
        step_by_step = latents.mix(step_by_step, b, [layer])
    assert torch.equal(step_by_step, latents.mix(a, b, [1, 3, 4]))


@given(W_PLUS, tensors(W_DIM) | tensors(NUM_WS, W_DIM), LAYER_SETS)
def test_moving_by_zero_changes_nothing(w: Tensor, direction: Tensor, layers: set[int] | None) -> None:
    assert torch.equal(latents.move(w, direction, 0.0, layers), w)
    assert torch.equal(latents.move(w, direction, 1.0, []), w)


@given(W_PLUS, tensors(NUM_WS, W_DIM), tensors(NUM_WS, W_DIM), AMOUNTS, AMOUNTS)
def test_moves_add_up_in_any_order(w: Tensor, first: Tensor, second: Tensor, a: float, b: float) -> None:
    one_way = latents.move(latents.move(w, first, a), second, b)
    other_way = latents.move(latents.move(w, second, b), first, a)
    torch.testing.assert_close(one_way, other_way, rtol=1e-5, atol=1e-3)
    torch.testing.assert_close(one_way, w + a * first + b * second, rtol=1e-5, atol=1e-3)


@given(W_PLUS, tensors(W_DIM), st.sets(st.integers(0, NUM_WS - 1)), AMOUNTS)
def test_moving_layers_separately_is_moving_all(w: Tensor, d: Tensor, layers: set[int], amount: float) -> None:
    rest = set(range(NUM_WS)) - layers
    assert torch.equal(latents.move(latents.move(w, d, amount, layers), d, amount, rest), latents.move(w, d, amount))


def test_each_latent_can_have_its_own_amount() -> None:
    w, direction = torch.zeros(3, NUM_WS, W_DIM), torch.ones(W_DIM)
    moved = latents.move(w, direction, torch.tensor([0.0, 1.0, -2.0]), [2])
    assert moved[:, 2, 0].tolist() == [0.0, 1.0, -2.0]
    assert moved[:, 3].abs().max() == 0


@given(W_PLUS, tensors(W_DIM), st.none() | st.integers(0, NUM_WS))
def test_truncation_is_nothing_at_one_and_the_average_at_zero(w: Tensor, w_avg: Tensor, cutoff: int | None) -> None:
    assert torch.equal(latents.truncate(w, w_avg, 1.0, cutoff), w)
    end = NUM_WS if cutoff is None else cutoff
    truncated = latents.truncate(w, w_avg, 0.0, cutoff)
    assert torch.equal(truncated[:, :end], w_avg.expand_as(w)[:, :end])
    assert torch.equal(truncated[:, end:], w[:, end:])


@given(W_PLUS, tensors(W_DIM), st.floats(0, 1, width=32))
def test_truncation_scales_the_distance_from_the_average(w: Tensor, w_avg: Tensor, psi: float) -> None:
    truncated = latents.truncate(w, w_avg, psi)
    torch.testing.assert_close(truncated - w_avg, psi * (w - w_avg), rtol=1e-4, atol=1e-3)


@given(ONE, ONE, st.floats(0, 1, width=32))
def test_interpolation_begins_and_ends_where_it_should(a: Tensor, b: Tensor, t: float) -> None:
    assert torch.equal(latents.lerp(a, b, 0.0), a)
    assert torch.equal(latents.lerp(a, b, 1.0), b)
    torch.testing.assert_close(latents.slerp(a, b, 0.0), a, rtol=1e-5, atol=1e-4)
    torch.testing.assert_close(latents.slerp(a, b, 1.0), b, rtol=1e-5, atol=1e-4)
    torch.testing.assert_close(latents.slerp(a, a, t), a, rtol=1e-5, atol=1e-4)
    torch.testing.assert_close(latents.slerp(a, b, t), latents.slerp(b, a, 1 - t), rtol=1e-3, atol=2e-2)


def test_slerp_turns_at_constant_speed_with_linear_length() -> None:
    a, b = torch.tensor([2.0, 0.0]), torch.tensor([0.0, 4.0])
    for t in (0.25, 0.5, 0.75):
        x, y = latents.slerp(a, b, t).tolist()
        assert math.atan2(y, x) == pytest.approx(t * math.pi / 2, abs=1e-6)
        assert math.hypot(x, y) == pytest.approx(2 + 2 * t, abs=1e-6)


def test_slerp_about_a_centre_is_slerp_moved_there() -> None:
    a, b, centre = torch.randn(3, 7, 8, generator=torch.Generator().manual_seed(0)).unbind(0)
    torch.testing.assert_close(
        latents.slerp(a + centre, b + centre, 0.3, centre),
        latents.slerp(a, b, 0.3) + centre,
        rtol=1e-4,
        atol=1e-5,
    )


def test_slerp_between_opposites_is_the_straight_line() -> None:
    a = torch.tensor([1.0, 0.0])
    assert latents.slerp(a, -a, 0.25).tolist() == [0.5, 0.0]


def test_stylegan2_directions_map_to_mobilestylegan_by_role() -> None:
    expected = [0, *(2 * block + role for block in range(7) for role in (1, 2, 3))]
    assert latents.map_layers(latents.stylegan2_resolutions(18), MOBILE) == tuple(expected)


def test_mobilestylegan_latents_map_back_to_stylegan2_by_role() -> None:
    back = latents.map_layers(MOBILE, latents.stylegan2_resolutions(16))
    assert back == (0, 1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 16, 17, 19, 20, 21)


def test_smaller_stylegan2_takes_the_first_layers_of_a_larger() -> None:
    mapped = latents.map_layers(latents.stylegan2_resolutions(18), latents.stylegan2_resolutions(14))
    assert mapped == tuple(range(14))


RESOLUTIONS = st.lists(st.integers(1, 5), min_size=1, max_size=9).map(
    lambda counts: tuple(4 << block for block, count in enumerate(counts) for _ in range(count))
)


@given(RESOLUTIONS)
def test_a_generator_maps_to_itself_unchanged(resolutions: tuple[int, ...]) -> None:
    assert latents.map_layers(resolutions, resolutions) == tuple(range(len(resolutions)))


@given(RESOLUTIONS, RESOLUTIONS)
def test_any_two_generators_map_and_coarse_stays_before_fine(source: tuple[int, ...], target: tuple[int, ...]) -> None:
    mapped = latents.map_layers(source, target)
    assert len(mapped) == len(target)
    assert all(0 <= index < len(source) for index in mapped)
    for before, after in zip(range(len(target)), range(1, len(target)), strict=False):
        if target[before] < target[after]:
            assert source[mapped[before]] <= 2 * source[mapped[after]]


@given(tensors(18, 3))
def test_a_mapped_direction_holds_rows_of_the_original(direction: Tensor) -> None:
    mapped = latents.direction_for(direction, MOBILE)
    assert mapped.shape == (22, 3)
    assert torch.equal(mapped[0], direction[0])
    assert torch.equal(mapped[4:7], direction[[3, 4, 5]])


def test_a_direction_for_all_layers_needs_no_mapping() -> None:
    direction = torch.arange(3.0)
    assert torch.equal(latents.direction_for(direction, MOBILE), direction)
    assert torch.equal(latents.direction_for(direction[None], MOBILE), direction)


def test_a_layer_range_follows_its_roles() -> None:
    source = latents.stylegan2_resolutions(18)
    assert latents.map_layer_range(range(4), source, MOBILE) == (0, 1, 2, 3, 4)
    assert latents.map_layer_range(range(18), source, MOBILE) == tuple(range(22))


def test_bands_of_known_generators() -> None:
    assert latents.bands(latents.stylegan2_resolutions(18)) == {
        "coarse": (0, 1, 2),
        "middle": (3, 4, 5, 6),
        "fine": tuple(range(7, 18)),
    }
    assert latents.bands(MOBILE)["middle"] == (4, 5, 6, 7, 8, 9)


@given(RESOLUTIONS)
def test_bands_hold_every_layer_once(resolutions: tuple[int, ...]) -> None:
    named = latents.bands(resolutions)
    assert sorted(named["coarse"] + named["middle"] + named["fine"]) == list(range(len(resolutions)))


def test_a_band_is_asked_for_by_name() -> None:
    resolutions = latents.stylegan2_resolutions(18)
    assert latents.band_layers(resolutions, "middle") == (3, 4, 5, 6)
    with pytest.raises(UsageError, match="no band"):
        latents.band_layers(resolutions, "low")  # type: ignore[arg-type]


@pytest.mark.parametrize("num_ws", [-2, 0, 2, 3, 17])
def test_no_stylegan2_has_so_many_styles(num_ws: int) -> None:
    with pytest.raises(UsageError):
        latents.stylegan2_resolutions(num_ws)


@settings(max_examples=20)
@given(st.integers(NUM_WS, 50) | st.integers(-50, -1))
def test_layers_that_do_not_exist_are_refused(layer: int) -> None:
    w = torch.zeros(1, NUM_WS, W_DIM)
    with pytest.raises(UsageError, match="does not exist"):
        latents.mix(w, w, [layer])
    with pytest.raises(UsageError, match="does not exist"):
        latents.move(w, w[0], 1.0, [layer])


def test_what_does_not_fit_is_refused() -> None:
    w = torch.zeros(1, NUM_WS, W_DIM)
    with pytest.raises(UsageError):
        latents.mix(w, torch.zeros(1, NUM_WS + 1, W_DIM))
    with pytest.raises(UsageError):
        latents.move(w, torch.zeros(W_DIM + 1), 1.0)
    with pytest.raises(UsageError):
        latents.truncate(w, torch.zeros(W_DIM), 0.5, cutoff=NUM_WS + 1)
    with pytest.raises(UsageError):
        latents.direction_for(torch.zeros(17, W_DIM), MOBILE)
    with pytest.raises(UsageError):
        latents.direction_for(torch.zeros(18, W_DIM), MOBILE, source_resolutions=(4, 8))
    with pytest.raises(UsageError):
        latents.direction_for(torch.zeros(1, 18, W_DIM), MOBILE)
    with pytest.raises(UsageError):
        latents.map_layers((), MOBILE)


@given(ONE, st.lists(st.tuples(ONE, st.floats(0, 5)), min_size=1, max_size=4), st.floats(0.01, 5))
def test_crossbreeding_is_the_weighted_mean_in_any_order(
    own: Tensor, parents: list[tuple[Tensor, float]], own_weight: float
) -> None:
    weights = [weight for _, weight in parents]
    bred = own
    for (parent, _), amount in zip(parents, latents.crossbreed_amounts(own_weight, weights), strict=True):
        bred = latents.mix(bred, parent, None, amount)
    total = own_weight + sum(weights)
    expected = (own_weight * own + sum(weight * parent for parent, weight in parents)) / total
    assert torch.allclose(bred, expected, atol=1e-4, rtol=1e-4)


def test_crossbreeding_needs_weights() -> None:
    assert latents.crossbreed_amounts(0, [0, 2, 2]) == [0, 1, 0.5]
    for own, weights in ((0, [0]), (-1, [2]), (1, [math.nan]), (math.inf, [1])):
        with pytest.raises(UsageError):
            latents.crossbreed_amounts(own, weights)


@given(st.lists(st.floats(0, 5), max_size=6))
def test_the_weights_of_a_crossbreeding_are_read_from_its_amounts(weights: list[float]) -> None:
    assert latents.crossbreed_weights(latents.crossbreed_amounts(1.0, weights)) == pytest.approx(weights, abs=1e-9)


@pytest.mark.parametrize("amount", [-0.1, 1.0, math.nan])
def test_amounts_that_leave_nothing_of_a_latent_have_no_weights(amount: float) -> None:
    with pytest.raises(UsageError):
        latents.crossbreed_weights([0.5, amount])


@given(ONE, ONE, tensors(W_DIM), st.lists(st.floats(0, 2), min_size=NUM_WS, max_size=NUM_WS))
def test_a_variation_moves_each_layer_by_its_strength(w: Tensor, other: Tensor, w_avg: Tensor, strengths: list[float]) -> None:
    varied = latents.vary(w, other, w_avg, strengths)
    for layer, strength in enumerate(strengths):
        assert torch.allclose(varied[:, layer], w[:, layer] + strength * (other[:, layer] - w_avg), atol=1e-4)
    with pytest.raises(UsageError):
        latents.vary(w, other, w_avg, strengths[1:])
