"""Each method of discovery finds what was planted, step by step."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from latentedit.directions import examples, ganspace, interfacegan, sefa, stylespace
from latentedit.directions.discovery import discovery_methods
from latentedit.directions.discovery_step import DiscoveryStep, Finding
from latentedit.directions.effects import measure_effects
from latentedit.directions.sampling import ScoredSample, score_samples, table
from latentedit.errors import InputError, UsageError
from latentedit.generators.prior import random_face
from latentedit.generators.toy import ToyGenerator
from tests.directions.planted import CHANNEL, LAYER, Brightness, OneChannel

METHODS = discovery_methods()


def last(steps: Any) -> DiscoveryStep:
    *_, step = steps
    return step


def found(steps: Any) -> tuple[Finding, ...]:
    return last(steps).findings


def seeds(toy: ToyGenerator, numbers: Any) -> torch.Tensor:
    return torch.cat([random_face(toy, number) for number in numbers])


def small(name: str, toy: ToyGenerator) -> Any:
    """A configuration that takes moments."""
    configs = {
        "sefa": sefa.SefaConfig(components=3),
        "ganspace": ganspace.GanspaceConfig(count=2500, components=3),
        "interfacegan": interfacegan.InterfaceGanConfig("brightness", count=120, orthogonal_to=("redness",)),
        "stylespace": stylespace.StyleSpaceConfig("brightness", count=220, candidates=4, faces=4),
        "examples": examples.ExamplesConfig(seeds(toy, range(8)), seeds(toy, range(8, 16)), layers=(0, 1)),
    }
    return configs[name]


@pytest.mark.parametrize("name", METHODS)
def test_a_method_yields_steps_and_at_last_directions_that_fit(name: str, toy: ToyGenerator) -> None:
    config = small(name, toy)
    steps = list(METHODS[name].discover(toy, [Brightness()], config, ()))
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert {step.total for step in steps} == {len(steps)} and all(step.phase for step in steps)
    assert not any(step.findings for step in steps[:-1]) and steps[-1].findings
    for finding in steps[-1].findings:
        direction = finding.direction
        assert direction.vector.shape in ((toy.w_dim,), (toy.num_ws, toy.w_dim)) and direction.vector.isfinite().all()
        assert direction.default_range[0] < 0 < direction.default_range[1]
        assert direction.name and direction.effect and direction.provenance and direction.licence and direction.unit
        assert direction.apply(random_face(toy, 0), 1.0).shape == (1, toy.num_ws, toy.w_dim)
    again = found(METHODS[name].discover(toy, [Brightness()], config, ()))
    assert all(
        torch.equal(a.direction.vector, b.direction.vector) and a.measures == b.measures
        for a, b in zip(steps[-1].findings, again, strict=True)
    )


@pytest.mark.parametrize("name", METHODS)
def test_a_methods_options_are_its_configuration(name: str) -> None:
    method = METHODS[name]
    fields = {field.name: field for field in dataclasses.fields(method.config)}
    assert [option.name for option in method.options] == list(fields)
    for option in method.options:
        field = fields[option.name]
        assert option.help and option.required == (
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        )


@pytest.mark.parametrize("name", [name for name, method in METHODS.items() if method.scored])
def test_a_stopped_discovery_continues_where_it_was(name: str, toy: ToyGenerator) -> None:
    config, method = small(name, toy), METHODS[name]
    whole = list(method.discover(toy, [Brightness()], config, ()))
    stopped = itertools.islice(method.discover(toy, [Brightness()], config, ()), 50)
    samples = [step.sample for step in stopped if step.sample is not None]
    rest = list(method.discover(toy, [Brightness()], config, samples))
    assert rest[0].number == len(samples) + 1 and len(samples) + len(rest) == len(whole)
    pairs = list(zip(whole[-1].findings, rest[-1].findings, strict=True))
    assert pairs and all(torch.equal(a.direction.vector, b.direction.vector) for a, b in pairs)


def test_scores_that_never_come_are_told_soon(toy: ToyGenerator) -> None:
    steps = interfacegan.discover(toy, [Brightness()], interfacegan.InterfaceGanConfig("smile", count=10_000))
    with pytest.raises(InputError, match="None of the first 50"):
        list(steps)


@settings(max_examples=30)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=6), st.integers(0, 2**32), st.floats(-1e3, 1e3))
def test_moments_in_batches_are_those_of_all_rows(sizes: list[int], seed: int, offset: float) -> None:
    random = torch.Generator().manual_seed(seed)
    batches = [torch.randn(size, 7, generator=random, dtype=torch.float64) * torch.arange(1, 8) + offset for size in sizes]
    moments = ganspace.Moments.empty(7)
    for batch in batches:
        moments = moments.with_batch(batch)
    rows = torch.cat(batches)
    centred = rows - rows.mean(dim=0)
    assert moments.count == len(rows)
    assert torch.allclose(moments.mean, rows.mean(dim=0), atol=1e-9 * (1 + abs(offset)))
    assert torch.allclose(moments.scatter, centred.T @ centred, rtol=1e-9, atol=1e-6)


def test_components_are_those_of_a_full_decomposition() -> None:
    rows = torch.randn(900, 12, generator=torch.Generator().manual_seed(2), dtype=torch.float64) @ torch.diag(
        torch.arange(12, 0, -1).double()
    )
    moments = ganspace.Moments.empty(12)
    for batch in rows.split(128):
        moments = moments.with_batch(batch)
    components, deviations = moments.components(5)
    _, values, vectors = torch.linalg.svd(rows - rows.mean(dim=0), full_matrices=False)
    assert torch.allclose(deviations, values[:5] / (len(rows) - 1) ** 0.5, rtol=1e-10)
    assert torch.allclose((components * vectors[:5]).sum(dim=1).abs(), torch.ones(5, dtype=torch.float64), atol=1e-9)
    assert torch.allclose(components @ components.T, torch.eye(5, dtype=torch.float64), atol=1e-10)
    assert all(component[component.abs().argmax()] > 0 for component in components)


def test_ganspace_scales_by_the_deviation(toy: ToyGenerator) -> None:
    findings = found(ganspace.discover(toy, ganspace.GanspaceConfig(count=3000, components=toy.w_dim)))
    w = toy.mapping(torch.randn(4000, toy.z_dim, generator=torch.Generator().manual_seed(77)))[:, 0]
    for finding in findings[:4]:
        vector = finding.direction.vector
        assert float((w @ vector / vector.norm()).std()) == pytest.approx(float(vector.norm()), rel=0.05)
    assert sum(finding.measures["share_of_variance"] for finding in findings) == pytest.approx(1.0, abs=1e-6)


def test_sefa_of_a_band_moves_that_band_alone(toy: ToyGenerator) -> None:
    fine, everything = (found(sefa.discover(toy, sefa.SefaConfig(2, layers))) for layers in ((4, 5, 6, 7), None))
    w_plus = random_face(toy, 0)
    moved = fine[0].direction.apply(w_plus, 3.0)
    assert torch.equal(moved[:, :4], w_plus[:, :4]) and not torch.equal(moved[:, 4:], w_plus[:, 4:])
    weights = [weight for layer, weight in toy.modulation_weights() if layer >= 4]
    assert torch.equal(fine[0].direction.vector, sefa.factorise(weights, 1)[0][0])
    assert not torch.allclose(fine[0].direction.vector, everything[0].direction.vector, atol=0.1)
    with pytest.raises(UsageError, match="steer nothing"):
        found(sefa.discover(toy, sefa.SefaConfig(2, (1, 3))))
    with pytest.raises(UsageError, match="1 to 16"):
        found(sefa.discover(toy, sefa.SefaConfig(17)))


def test_labels_of_two_values_all_count() -> None:
    random = torch.Generator().manual_seed(3)
    w = torch.randn(1500, 12, generator=random)
    truth = torch.nn.functional.normalize(torch.randn(12, generator=random), dim=0)
    labels = (w @ truth > 1.3).float()  # one in ten
    labels[::11] = float("nan")
    x, y = interfacegan.extremes(w, labels)
    assert len(x) == int(labels.isfinite().sum()) and int((y > 0).sum()) == int((labels == 1).sum())
    assert float(interfacegan.boundary(w, labels) @ truth) > 0.93
    assert interfacegan.held_out_accuracy(w, labels, seed=0) > 0.9
    noise = (torch.rand(1500, generator=random) > 0.5).float()
    assert interfacegan.held_out_accuracy(w, noise, seed=0) < 0.65


def test_what_is_removed_stays_while_the_attribute_moves(toy: ToyGenerator) -> None:
    config = interfacegan.InterfaceGanConfig("brightness", count=400, orthogonal_to=("redness",))
    plain = found(interfacegan.discover(toy, [Brightness()], dataclasses.replace(config, orthogonal_to=())))
    (finding,) = found(interfacegan.discover(toy, [Brightness()], config))
    other = torch.nn.functional.normalize(torch.arange(float(toy.w_dim)), dim=0)
    removing = dataclasses.replace(config, orthogonal_to=(), removed={"other": other})
    (without,) = found(interfacegan.discover(toy, [Brightness()], removing))
    assert "redness" in finding.direction.provenance and "other" in without.direction.provenance
    assert abs(float(without.direction.vector @ other)) < 1e-5
    assert finding.measures["cosine_to_plain_boundary"] == pytest.approx(
        float(finding.direction.vector @ plain[0].direction.vector), abs=1e-5
    )
    effects = last(measure_effects(toy, [Brightness()], finding.direction, seeds=range(100, 116))).effects
    before = last(measure_effects(toy, [Brightness()], plain[0].direction, seeds=range(100, 116))).effects
    assert effects["brightness"].rises >= 0.9 and effects["brightness"].faces == 16
    with pytest.raises(UsageError, match="nothing is left"):
        found(
            interfacegan.discover(
                toy, [Brightness()], dataclasses.replace(removing, removed={"plain": plain[0].direction.vector})
            )
        )
    assert abs(effects["redness"].change / effects["brightness"].change) < abs(
        before["redness"].change / before["brightness"].change
    )


def test_stylespace_finds_the_channel_that_draws(toy: ToyGenerator) -> None:
    generator = OneChannel()
    config = stylespace.StyleSpaceConfig("brightness", count=400, candidates=3, faces=4)
    findings = found(stylespace.discover(generator, [Brightness()], config))
    best = findings[0]
    assert best.direction.name == f"brightness_{LAYER}_{CHANNEL}" and best.direction.layers == (LAYER,)
    assert best.measures["agreement"] == 1.0 and best.measures["response"] > 2
    assert len(findings) == 1  # no other channel does anything
    w_plus = random_face(generator, 5)
    pictures = [generator.preview(best.direction.apply(w_plus, amount)).mean() for amount in (-1.0, 0.0, 1.0)]
    assert pictures[0] < pictures[1] < pictures[2]


def test_stylespace_says_when_nothing_responds(toy: ToyGenerator) -> None:
    generator = OneChannel()
    config = stylespace.StyleSpaceConfig("brightness", count=250, candidates=3, faces=4, layers=(0,))
    with pytest.raises(InputError, match="No single channel"):
        found(stylespace.discover(generator, [Brightness()], config))
    with pytest.raises(UsageError, match="moved alone"):
        found(stylespace.discover(generator, [Brightness()], dataclasses.replace(config, layers=(1,))))
    with pytest.raises(InputError, match="positive examples"):
        found(stylespace.discover(generator, [Brightness()], dataclasses.replace(config, count=60)))


@settings(max_examples=30)
@given(st.integers(4, 30), st.integers(2, 40), st.integers(0, 2**32), st.floats(0.1, 30))
def test_shrinkage_and_discriminant_are_those_of_the_formulas(count: int, size: int, seed: int, scale: float) -> None:
    random = torch.Generator().manual_seed(seed)
    a = torch.randn(count, size, generator=random, dtype=torch.float64) * scale
    b = torch.randn(count + 2, size, generator=random, dtype=torch.float64) * scale + 0.5
    centred = torch.cat([a - a.mean(dim=0), b - b.mean(dim=0)])
    covariance = centred.T @ centred / len(centred)
    mean_variance = covariance.trace() / size
    distance = (covariance - mean_variance * torch.eye(size)).square().sum()
    noise = sum((torch.outer(row, row) - covariance).square().sum() for row in centred) / len(centred) ** 2
    share = min(float(noise / distance), 1.0)
    assert examples.shrinkage(centred) == pytest.approx(share, rel=1e-6)
    shrunk = (1 - share) * covariance + share * mean_variance * torch.eye(size)
    expected = torch.linalg.solve(shrunk, b.mean(dim=0) - a.mean(dim=0))
    assert torch.allclose(examples.discriminant(a, b), expected / expected.norm(), atol=1e-6)


def test_examples_find_what_tells_the_groups_apart(toy: ToyGenerator) -> None:
    truth = torch.nn.functional.normalize(torch.randn(toy.w_dim, generator=torch.Generator().manual_seed(4)), dim=0)
    faces = seeds(toy, range(60))
    along = faces[:, 0] @ truth
    a, b = faces[along < along.median() - 0.2], faces[along > along.median() + 0.2]
    (finding,) = found(examples.discover(toy, examples.ExamplesConfig(a, b)))
    assert float(finding.direction.vector @ truth) > 0.75
    assert finding.measures["leave_one_out_accuracy"] > 0.85
    (swapped,) = found(examples.discover(toy, examples.ExamplesConfig(b, a)))
    assert torch.allclose(swapped.direction.vector, -finding.direction.vector, atol=1e-5)


def test_groups_that_do_not_differ_are_told_at_chance(toy: ToyGenerator) -> None:
    accuracies = [
        found(examples.discover(toy, examples.ExamplesConfig(seeds(toy, range(n, n + 20)), seeds(toy, range(n + 20, n + 40)))))[
            0
        ].measures
        for n in range(0, 400, 40)
    ]
    assert 0.35 < sum(each["leave_one_out_accuracy"] for each in accuracies) / len(accuracies) < 0.6


def test_too_few_or_equal_examples_are_refused(toy: ToyGenerator) -> None:
    a = seeds(toy, range(5))
    for group, match in ((a[:2], "3 examples"), (a, "the same")):
        with pytest.raises(UsageError, match=match):
            found(examples.discover(toy, examples.ExamplesConfig(a, group)))


def test_samples_drawn_later_are_those_that_would_have_been(toy: ToyGenerator) -> None:
    whole = list(score_samples(toy, [Brightness()], count=9, seed=5))
    later = list(score_samples(toy, [Brightness()], count=9, seed=5, start=6))
    assert [sample.number for sample in later] == [7, 8, 9]
    assert all(torch.equal(a.w, b.w) and a.scores == b.scores for a, b in zip(whole[6:], later, strict=True))


@pytest.mark.parametrize("scores", [torch.ones(400), (torch.arange(400) > 385).float() * torch.arange(400)])
def test_scores_that_are_alike_divide_nothing(scores: torch.Tensor) -> None:
    w = torch.randn(400, 8, generator=torch.Generator().manual_seed(0))
    with pytest.raises(InputError, match="in one of the classes"):
        interfacegan.boundary(w, scores)
    with pytest.raises(InputError, match="stand out"):
        stylespace.positive_examples(torch.ones(400))


def test_scores_that_are_all_equal_are_told_as_such() -> None:
    samples = [ScoredSample(number, 9, torch.zeros(8), {"glasses": 0.5}) for number in range(9)]
    with pytest.raises(InputError, match=r"All 9 faces have the same glasses: 0\.5"):
        table(samples, "glasses")


def test_seeds_are_sorted_as_their_faces(toy: ToyGenerator) -> None:
    config = examples.of_seeds(toy, range(4), range(10, 15), truncation_psi=0.7, name="mine")
    assert (len(config.a), len(config.b), config.name) == (4, 5, "mine")
    assert torch.equal(config.b[1:2], random_face(toy, 11, truncation_psi=0.7))
    with pytest.raises(UsageError, match="3 examples"):
        examples.of_seeds(toy, [1, 2], range(10), truncation_psi=0.7)
