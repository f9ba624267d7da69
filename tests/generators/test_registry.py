"""What every registered generator promises; the tests run over the registry."""

from __future__ import annotations

import pytest
import torch

from generators.tiny import TINY, tiny
from latentedit.assets import AssetStore
from latentedit.errors import DeviceError, UsageError
from latentedit.generators import Generator, generator_entries, load_generator
from latentedit.generators.delta import apply_delta
from latentedit.generators.rgb import in_colour

NAMES = [pytest.param(n, marks=pytest.mark.assets if e.asset else ()) for n, e in generator_entries().items()]
NAMES += [f"tiny {name}" for name in TINY]


@pytest.fixture(params=NAMES)
def generator(request: pytest.FixtureRequest) -> Generator:
    name = request.param
    if name.startswith("tiny "):
        return in_colour(tiny(name.removeprefix("tiny ")))
    if generator_entries()[name].asset:
        return load_generator(name, store=request.getfixturevalue("fetched"))
    return load_generator(name)


def latent(generator: Generator, seed: int = 0, n: int = 1) -> torch.Tensor:
    z = torch.randn(n, generator.z_dim, generator=torch.Generator().manual_seed(seed))
    return generator.mapping(z, labels(generator, n))


def labels(generator: Generator, n: int = 1) -> torch.Tensor | None:
    return torch.eye(generator.c_dim)[torch.arange(n) % generator.c_dim] if generator.c_dim else None


def test_shapes_and_facts(generator: Generator) -> None:
    spec = generator.spec
    w_plus = latent(generator, n=2)
    assert isinstance(generator, Generator)
    assert w_plus.shape == (2, spec.num_ws, spec.w_dim) and len(spec.layer_resolutions) == spec.num_ws
    assert generator.synthesis(w_plus[:1]).shape == (1, 3, spec.img_resolution, spec.img_resolution)
    assert generator.preview(w_plus[:1]).shape == (1, 3, spec.preview_resolution, spec.preview_resolution)
    assert [tuple(n.shape[2:]) for n in generator.noise_buffers()] == list(spec.noise_shapes)
    assert spec.weights_hash and spec.licence


def test_the_preview_is_like_the_image(generator: Generator) -> None:
    spec = generator.spec
    assert spec.preview_num_ws is None or 0 < spec.preview_num_ws < spec.num_ws
    w_plus = latent(generator, n=2)
    size = spec.preview_resolution or spec.img_resolution
    whole = torch.nn.functional.interpolate(generator.synthesis(w_plus), size=(size, size), mode="area")
    unlike = (whole[:1] - whole[1:]).square().mean()
    assert (generator.preview(w_plus) - whole).square().mean() < 0.3 * unlike


def test_truncation(generator: Generator) -> None:
    z = torch.randn(1, generator.z_dim, generator=torch.Generator().manual_seed(1))
    c = labels(generator)
    assert torch.allclose(generator.mapping(z, c, truncation_psi=0.0), generator.w_avg.expand(1, generator.num_ws, -1), atol=1e-6)
    half, plain = generator.mapping(z, c, truncation_psi=0.5, truncation_cutoff=2), generator.mapping(z, c)
    assert torch.equal(half[:, 2:], plain[:, 2:])
    assert torch.allclose(half[:, :2], (plain[:, :2] + generator.w_avg) / 2, atol=1e-5)


def test_a_batch_is_its_members(generator: Generator) -> None:
    w_plus = latent(generator, n=2)
    together = generator.preview(w_plus)
    alone = torch.cat([generator.preview(w_plus[i : i + 1]) for i in range(2)])
    assert torch.allclose(together, alone, atol=1e-4)


def test_noise_modes(generator: Generator) -> None:
    w_plus = latent(generator)
    const = generator.synthesis(w_plus)
    assert torch.equal(const, generator.synthesis(w_plus, noise=generator.noise_buffers()))
    assert torch.isfinite(generator.synthesis(w_plus, noise_mode="random")).all()
    if generator.spec.noise_shapes:
        assert not torch.equal(const, generator.synthesis(w_plus, noise_mode="none"))
    with pytest.raises(ValueError, match="w_plus"):
        generator.synthesis(w_plus[:, :-1])
    with pytest.raises(ValueError, match="noise_mode"):
        generator.synthesis(w_plus, noise_mode="foo")  # type: ignore[arg-type]


def test_features_are_of_their_resolution_and_of_the_drawings_noise(generator: Generator) -> None:
    spec = generator.spec
    w_plus = latent(generator, n=2)
    assert spec.feature_resolutions == tuple(sorted(spec.feature_resolutions)) != ()
    for resolution in spec.feature_resolutions[:4]:
        assert generator.features(w_plus, resolution).shape[2:] == (resolution, resolution)
    middle = spec.feature_resolutions[len(spec.feature_resolutions) // 2]
    assert torch.equal(generator.features(w_plus, middle), generator.features(w_plus, middle, noise=generator.noise_buffers()))
    louder = [3 * noise for noise in generator.noise_buffers()]
    if louder:
        assert not torch.equal(generator.features(w_plus, middle), generator.features(w_plus, middle, noise=louder))
    with pytest.raises(ValueError, match="px"):
        generator.features(w_plus, 7)
    with pytest.raises(ValueError, match="w_plus"):
        generator.features(w_plus[:, :-1], middle)


def test_features_lie_where_the_image_shows_them(generator: Generator) -> None:
    """The colours that a linear map tells from the features are those of the same place, not of the next pixel."""
    if generator.spec.domain != "face":
        pytest.skip("its colours are told exactly below")
    w_plus = latent(generator, seed=1)
    image = generator.synthesis(w_plus)
    told = [
        resolution for resolution in generator.spec.feature_resolutions if 32 <= resolution <= 64
    ]  # fewer pixels tell nothing
    assert told
    for resolution in told:
        features = generator.features(w_plus, resolution)
        colours = torch.nn.functional.interpolate(image, size=(resolution, resolution), mode="area")
        misses = {shift: readout_error(features, colours.roll(shift, dims=(2, 3))) for shift in SHIFTS}
        assert min(misses, key=misses.__getitem__) == (0, 0), (resolution, misses)


def test_the_toys_features_are_what_it_colours() -> None:
    toy = load_generator("toy")
    w_plus = latent(toy)
    recoloured = w_plus.clone()
    # The finest colours' own style: what it changes, before the last squashing, is a linear map of the finest features.
    recoloured[:, -1] += 0.3
    change = torch.atanh(toy.synthesis(recoloured).double()) - torch.atanh(toy.synthesis(w_plus).double())
    features = toy.features(w_plus, toy.img_resolution)
    misses = {shift: readout_error(features, change.roll(shift, dims=(2, 3))) for shift in SHIFTS}
    assert misses[0, 0] < 0.05 * min(misses[shift] for shift in SHIFTS[1:])


SHIFTS = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0))


def readout_error(features: torch.Tensor, colours: torch.Tensor) -> float:
    """What the best linear map, a little held back, leaves of the colours; borders left out."""
    x, y = (part[0, :, 1:-1, 1:-1].double().flatten(1).T for part in (features, colours))
    gram = x.T @ x
    hold = 1e-4 * gram.diagonal().mean() * torch.eye(len(gram), dtype=gram.dtype)
    weights = torch.linalg.solve(gram + hold, x.T @ y)
    return float((x @ weights - y).square().mean())


def test_gradient_matches_a_finite_difference(generator: Generator) -> None:
    w_plus = latent(generator).requires_grad_(True)
    weight = torch.randn(1, 3, *[generator.spec.preview_resolution or 0] * 2, generator=torch.Generator().manual_seed(2))
    (generator.preview(w_plus) * weight).mean().backward()
    assert w_plus.grad is not None
    direction = w_plus.grad / w_plus.grad.norm()
    step = 1e-2
    with torch.no_grad():
        up, down = ((generator.preview(w_plus + s * direction) * weight).mean() for s in (step, -step))
    assert float((up - down) / (2 * step)) == pytest.approx(float(w_plus.grad.norm()), rel=0.05)


@pytest.mark.slow
@pytest.mark.filterwarnings("default::DeprecationWarning")  # the compiler's own
@pytest.mark.parametrize("name", TINY)
def test_it_compiles_as_one_graph(name: str) -> None:
    """Drawn and differentiated; what the graph is made into is the compiler's business."""
    generator = tiny(name)
    torch._dynamo.reset()
    draw = torch.compile(generator.synthesis, backend="aot_eager", fullgraph=True)
    w_plus = latent(generator).requires_grad_(True)
    compiled, plain = draw(w_plus), generator.synthesis(w_plus)
    torch.testing.assert_close(compiled, plain, atol=1e-5, rtol=0)
    mine, theirs = (torch.autograd.grad(image.square().mean(), w_plus)[0] for image in (compiled, plain))
    torch.testing.assert_close(mine, theirs, atol=1e-5, rtol=1e-4)


def test_parameters_are_frozen_and_tunable_ones_exist(generator: Generator) -> None:
    assert isinstance(generator, torch.nn.Module)
    parameters = dict(generator.named_parameters())
    assert not any(p.requires_grad for p in parameters.values()) and not generator.training
    assert set(generator.tunable_parameters()) <= parameters.keys()
    assert all(weight.shape[1] == generator.w_dim and 0 <= i < generator.num_ws for i, weight in generator.modulation_weights())


def test_a_delta_changes_a_copy_only(generator: Generator) -> None:
    assert isinstance(generator, torch.nn.Module)
    name = generator.tunable_parameters()[0]
    before = generator.get_parameter(name).clone()
    w_plus = latent(generator)
    image = generator.synthesis(w_plus)
    tuned = apply_delta(generator, {name: torch.full_like(before, 0.01)})
    assert torch.equal(generator.get_parameter(name), before)
    assert not torch.equal(tuned.synthesis(w_plus), image)
    assert torch.equal(apply_delta(generator, {name: torch.zeros_like(before)}).synthesis(w_plus), image)


def test_wrong_requests_are_told() -> None:
    with pytest.raises(UsageError, match="no generator named"):
        load_generator("no-such")
    with pytest.raises(UsageError, match="draws 32"):
        load_generator("toy", img_resolution=64)
    if not torch.cuda.is_available():
        with pytest.raises(DeviceError):
            load_generator("toy", device="cuda")


@pytest.mark.assets
@pytest.mark.foreign_threads
def test_mobilestylegan_agrees_with_openvino(fetched: AssetStore) -> None:
    openvino = pytest.importorskip("openvino")
    core = openvino.Core()
    network = core.read_model(fetched.path("mobilestylegan-ffhq", "SynthesisNetwork.xml"))
    # Some processors would run in bfloat16 otherwise.
    compiled = core.compile_model(network, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    generator = load_generator("mobilestylegan-ffhq", store=fetched)
    for seed in range(3):
        w_plus = latent(generator, seed)
        theirs = torch.from_numpy(compiled([w_plus[:, 0].numpy()])[0])
        assert float((generator.synthesis(w_plus) - theirs).abs().max()) <= 1e-3
