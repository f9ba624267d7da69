"""StyleGAN: what all its variants have in common with what the paper says, and which files are refused."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from generators.stylegan1_reference import Reference
from generators.test_vectors import BESIDE
from generators.vectors import Vector
from latentedit.errors import CheckpointError, LatentEditError
from latentedit.generators.architectures import build
from latentedit.generators.card import Card
from latentedit.generators.config_json import from_json, to_json
from latentedit.generators.formats.found import FoundGenerator, Source
from latentedit.generators.mapping_network import MappingConfig
from latentedit.generators.opening import generator_in, read_generator
from latentedit.generators.stylegan1 import StyleGAN1, StyleGAN1Config, stylegan1_spec

CARD = Card("some", "image", "hash")
VARIANTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "linear": {"structure": "linear"},
    "recursive": {"structure": "recursive"},
    "fixed": {"structure": "fixed", "lod": 1.0},
    "fading in": {"lod": 0.7},
    "half grown": {"lod": 1.0},
    "fading in, half grown": {"lod": 1.3},
    "not grown at all": {"lod": 7.0},
    "relu": {"nonlinearity": "relu", "mapping_nonlinearity": "relu"},
    "weights as stored": {"use_wscale": False},
    "other rate": {"mapping_lrmul": 0.1},
    "latents as drawn": {"normalize_latents": False},
    "one mapping layer": {"mapping_layers": 1},
    "pixel norm": {"use_pixel_norm": True},
    "pixel norm alone": {"use_pixel_norm": True, "use_instance_norm": False},
    "no noise": {"use_noise": False},
    "no blur": {"blur_filter": None},
    "even blur": {"blur_filter": [1, 3, 3, 1]},
    "skew blur": {"blur_filter": [1.0, 2.0, 4.0]},
    "fused": {"fused_scale": True},
    "not fused": {"fused_scale": False},
    "no constant": {"const_input_layer": False},
    "no styles": {"const_input_layer": False, "use_styles": False},
    "classes": {"label_size": 3},
    "classes, latents as drawn": {"label_size": 2, "normalize_latents": False},
    "grey": {"num_channels": 1},
    "training options": {"truncation_psi": 0.5, "truncation_cutoff": 4, "style_mixing_prob": 0.9, "dtype": "float16"},
}


def source(tree: Any, img_resolution: int | None = None) -> Source:
    return Source(tree, Path("some.pkl"), img_resolution)


def opened(reference: Reference) -> StyleGAN1:
    generator = build(generator_in(source(reference.tree())), CARD)
    assert isinstance(generator, StyleGAN1)
    return generator


def normal(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("name", VARIANTS)
def test_all_options_of_the_original_draw_what_they_say(name: str) -> None:
    reference = Reference(**VARIANTS[name])
    generator = opened(reference)
    spec = generator.spec
    z = normal(3, spec.z_dim)
    labels = torch.eye(spec.c_dim)[torch.arange(3) % spec.c_dim] if spec.c_dim else None
    torch.testing.assert_close(generator.mapping(z, labels)[:, 0].double(), reference.w(z, labels), atol=1e-4, rtol=1e-5)
    w_plus = normal(3, spec.num_ws, spec.w_dim, seed=1)
    image = generator.synthesis(w_plus)
    assert image.shape == (3, spec.img_channels, 32, 32)
    torch.testing.assert_close(image.double(), reference.image(w_plus), atol=2e-4, rtol=1e-4)


@pytest.mark.parametrize("name", VARIANTS)
def test_facts_and_parts_agree(name: str) -> None:
    generator = opened(Reference(**VARIANTS[name]))
    spec, w_plus = generator.spec, normal(2, generator.num_ws, generator.w_dim)
    assert [tuple(noise.shape[2:]) for noise in generator.noise_buffers()] == list(spec.noise_shapes)
    for resolution in spec.feature_resolutions:
        assert generator.features(w_plus, resolution).shape[2:] == (resolution, resolution)
    assert set(generator.tunable_parameters()) <= dict(generator.named_parameters()).keys()
    assert len(spec.layer_resolutions) == spec.num_ws
    for (index, weight), style in zip(generator.modulation_weights(), generator.styles(w_plus), strict=True):
        assert weight.shape == (style.shape[1], spec.w_dim)
        assert 0 <= index < spec.num_ws
    torch.testing.assert_close(generator.draw_styles(generator.styles(w_plus)), generator.synthesis(w_plus))
    assert from_json(StyleGAN1Config, to_json(generator.config)) == generator.config


@pytest.mark.parametrize("name", ["plain", "pixel norm", "no constant"])
def test_a_batch_is_its_members(name: str) -> None:
    generator = opened(Reference(**VARIANTS[name]))
    w_plus = normal(3, generator.num_ws, generator.w_dim)
    noise = [normal(3, 1, *shape, seed=i) for i, shape in enumerate(generator.spec.noise_shapes)]
    together = generator.synthesis(w_plus, noise=noise)
    for i in range(3):
        alone = generator.synthesis(w_plus[i : i + 1], noise=[each[i : i + 1] for each in noise])
        torch.testing.assert_close(together[i : i + 1], alone, atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize(
    "variant", [{}, {"blurred_bias": True, "noise_maps": 1}, {"const_input": False, "pixel_norm": True}, {"instance_norm": False}]
)
@pytest.mark.parametrize("batch", [1, 2])
def test_gradients_are_those_of_differences(variant: dict[str, Any], batch: int) -> None:
    config = StyleGAN1Config(MappingConfig(3, 0, 3, (3,), normalisation="joint"), (3, 2), img_channels=1, eps=1e-5, **variant)
    generator = StyleGAN1(stylegan1_spec(config, CARD), config).double()
    random = torch.Generator().manual_seed(0)
    for value in generator.state_dict().values():
        value.copy_(torch.randn(value.shape, generator=random, dtype=torch.float64))
    w_plus = torch.randn(batch, generator.num_ws, 3, generator=random, dtype=torch.float64, requires_grad=True)
    noise = [each.repeat(batch, 1, 1, 1).requires_grad_() for each in generator.noise_buffers()]
    generator.requires_grad_(False)
    assert torch.autograd.gradcheck(lambda w, *maps: generator.synthesis(w, noise=list(maps)), (w_plus, *noise))
    # Weights learn as well, when they are let.
    for parameter in generator.parameters():
        parameter.requires_grad_(True)
    learned = dict(generator.blocks.named_parameters())
    names = ["1.layer0.weight", "1.layer1.bias", "0.layer0.noise_strength", "1.to_image.weight"]

    def drawn(*values: Tensor) -> Tensor:
        replaced = {f"blocks.{name}": value for name, value in zip(names, values, strict=True)}
        return torch.func.functional_call(_Drawing(generator), {f"inner.{k}": v for k, v in replaced.items()}, (w_plus.detach(),))

    assert torch.autograd.gradcheck(drawn, tuple(learned[name].detach().clone().requires_grad_() for name in names))


class _Drawing(torch.nn.Module):
    def __init__(self, inner: StyleGAN1) -> None:
        super().__init__()
        self.inner = inner

    def forward(self, w_plus: Tensor) -> Tensor:
        return self.inner.synthesis(w_plus)


def test_a_network_grows_by_fading_in() -> None:
    generator = opened(Reference())
    styles, noise = generator.styles(normal(2, generator.num_ws, generator.w_dim)), generator.stored_noise()
    assert [generator.draw_grown(styles, noise, lod).shape[-1] for lod in (0, 0.5, 1, 2.9, 3)] == [32, 32, 16, 8, 4]
    coarse, fine = generator.draw_grown(styles, noise, 2), generator.draw_grown(styles, noise, 1)
    between = generator.draw_grown(styles, noise, 1.25)
    doubled = torch.nn.functional.interpolate(coarse, scale_factor=2)
    torch.testing.assert_close(between, 0.75 * fine + 0.25 * doubled, atol=1e-5, rtol=1e-5)
    for lod in (-0.5, 3.5):
        with pytest.raises(ValueError, match="has not grown"):
            generator.draw_grown(styles, noise, lod)


def test_noise_is_stored_drawn_or_left_out() -> None:
    generator = opened(Reference())
    w_plus = normal(1, generator.num_ws, generator.w_dim)
    stored = generator.synthesis(w_plus)
    torch.testing.assert_close(stored, generator.synthesis(w_plus, noise=generator.noise_buffers()))
    silent = generator.synthesis(w_plus, noise=[torch.zeros_like(each) for each in generator.noise_buffers()])
    torch.testing.assert_close(generator.synthesis(w_plus, noise_mode="none"), silent)
    assert not torch.allclose(stored, silent, atol=1e-2)
    assert not torch.allclose(stored, generator.synthesis(w_plus, noise_mode="random"), atol=1e-2)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"use_styles": False}, "use_styles"),
        ({"structure": "spiral"}, "structure"),
        ({"nonlinearity": "swish"}, "nonlinearity"),
        ({"mapping_nonlinearity": 3}, "mapping_nonlinearity"),
        ({"blur_filter": [[1, 2], [2, 1]]}, "blur_filter"),
        ({"blur_filter": [1, -1]}, "blur_filter"),
        ({"blur_filter": [1] * 40}, "blur_filter"),
        ({"fused_scale": "maybe"}, "fused_scale"),
        ({"mapping_lrmul": 10**400}, "mapping_lrmul"),
        ({"use_noise": "loud"}, "use_noise"),
        ({"mapping_layers": 0}, "mapping_layers"),
    ],
)
def test_options_that_are_not_known_are_named(options: dict[str, Any], told: str) -> None:
    reference = Reference() if "mapping_layers" not in options else Reference(mapping_layers=0)
    reference.given = options
    with pytest.raises(CheckpointError, match=told):
        generator_in(source(reference.tree()))


def test_networks_that_do_not_draw_are_refused() -> None:
    tree = Reference().tree()
    with pytest.raises(CheckpointError, match="D_basic"):
        generator_in(source([{**tree[0], "build_func_name": "training.networks_stylegan.D_basic"}]))
    tree[0]["components"]["synthesis"]["build_func_name"] = "G_paint"
    with pytest.raises(CheckpointError, match="G_paint"):
        generator_in(source(tree))
    with pytest.raises(CheckpointError, match="synthesis"):
        generator_in(source([{**tree[0], "components": {"mapping": tree[0]["components"]["mapping"]}}]))


# What follows needs the programs' own files.


def vector(name: str) -> Vector:
    if not (BESIDE / f"{name}.json").exists():
        pytest.skip("no reference vectors")
    return Vector.load(BESIDE, name)


def rosinality(img_resolution: int) -> tuple[StyleGAN1, Vector]:
    files = vector("rosinality_sg1_running")
    generator = build(read_generator(files.checkpoint, img_resolution), CARD)
    assert isinstance(generator, StyleGAN1)
    return generator, files


def test_the_same_file_draws_larger_when_it_is_told() -> None:
    generator, files = rosinality(128)
    noise = [files.arrays[f"noise128_{i}"] for i in range(6)]
    image = generator.synthesis(generator.mapping(files.arrays["z"][:1]), noise=noise)
    torch.testing.assert_close(image, files.arrays["image128"], atol=files.tolerance("images"), rtol=0)


def test_fading_and_mixing_are_those_of_the_program() -> None:
    generator, files = rosinality(32)
    arrays, tolerance = files.arrays, files.tolerance("images")
    noise = [arrays[f"noise_{i}"] for i in range(4)]
    w_plus = generator.mapping(arrays["z"])
    faded = generator.draw_grown(generator.styles(w_plus), noise, lod=0.6)
    torch.testing.assert_close(faded, arrays["image_alpha"], atol=tolerance, rtol=0)
    mixed = torch.cat([w_plus.flip(0)[:, :4], w_plus[:, 4:]], dim=1)  # two layers for each of the first two resolutions
    torch.testing.assert_close(generator.synthesis(mixed, noise=noise), arrays["image_mix"], atol=tolerance, rtol=0)


def test_a_file_that_does_not_tell_its_size_asks_for_it() -> None:
    files = vector("rosinality_sg1_running")
    for wrong in (None, 4, 100, 2048):
        with pytest.raises(CheckpointError) as caught:
            read_generator(files.checkpoint, wrong)
        assert "8, 16, 32, 64, 128, 256, 512, 1024 pixels" in str(caught.value)
        assert "--resolution N" in (caught.value.hint or "")


def test_noise_that_a_file_lacks_is_made_the_same_each_time() -> None:
    first, second = rosinality(16)[0], rosinality(32)[0]
    assert first.spec.noise_shapes == ((4, 4), (8, 8), (16, 16))
    for one, other in zip(first.noise_buffers(), second.noise_buffers(), strict=False):
        assert torch.equal(one, other)
        assert 0.7 < float(one.std()) < 1.3


def changed(tree: Any, change: Callable[[str], str]) -> dict[str, Any]:
    return {change(name): value for name, value in tree.items()}


@functools.cache
def arrays_of(name: str) -> dict[str, Any]:
    from latentedit.checkpoints.foreign import read_contents

    tree = read_contents(vector(name).checkpoint, 1 << 30).tree
    return tree.get("generator_smooth", tree.get("g_running", tree)) if isinstance(tree, dict) else tree


def same(one: FoundGenerator, other: FoundGenerator) -> bool:
    return (
        one.config == other.config
        and one.tensors.keys() == other.tensors.keys()
        and all(torch.equal(value, other.tensors[name]) for name, value in one.tensors.items())
    )


def test_what_a_state_is_wrapped_in_does_not_matter() -> None:
    state = arrays_of("rosinality_sg1_running")
    alone = generator_in(source(state, 32))
    parallel = changed(state, lambda name: f"module.{name}")
    for wrapped in ({"g_running": state}, parallel, {"g_running": parallel}, {"generator": state}):
        assert same(generator_in(source(wrapped, 32)), alone)
    smooth = arrays_of("genforce_sg1_32")
    alone = generator_in(source(smooth))
    for wrapped in ({"generator": smooth}, {"models": {"generator": {}, "generator_smooth": smooth}}):
        assert same(generator_in(source(wrapped)), alone)


FLAT = ("rosinality_sg1_running", "genforce_sg1_32", "interfacegan_sg1_128")


@settings(max_examples=60)
@given(data=st.data())
def test_a_damaged_state_is_opened_or_refused(data: st.DataObject) -> None:
    arrays = dict(arrays_of(data.draw(st.sampled_from(FLAT))))
    name = data.draw(st.sampled_from(sorted(arrays)))
    shape = data.draw(st.sampled_from(((), (0,), (1,), (4, 4), (2, 2, 2), (1, 1, 1, 1), (0, 3, 3, 3), (1, 2, 3, 4, 5))))
    odd = st.sampled_from((None, 3, "text", [], {}, np.full(shape, np.nan, np.float32), np.zeros(shape, np.int8)))
    if data.draw(st.booleans()):
        del arrays[name]
    else:
        arrays[name] = data.draw(odd)
    try:
        build(generator_in(source(arrays, 32)), CARD)
    except LatentEditError as error:
        assert "\n" not in str(error)
