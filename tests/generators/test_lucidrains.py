"""lucidrains' checkpoints: what is told by names, by shapes and by the file beside them, and how their networks draw."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor

from latentedit.errors import CheckpointError
from latentedit.generators.architectures import build
from latentedit.generators.base import Generator
from latentedit.generators.card import Card
from latentedit.generators.lucidrains import Lucidrains
from latentedit.generators.opening import read_generator

W = 6
CONFIG = {"image_size": 16, "network_capacity": 1, "lr_mlp": 0.5, "attn_layers": [], "no_const": False}


def checkpoint(
    channels: tuple[int, ...] = (8, 4, 3), *, const: bool = True, blurs: bool = True, attention: int | None = None
) -> dict[str, Tensor]:
    """A state_dict in the program's naming, with random numbers."""
    shapes: dict[str, tuple[int, ...]] = {"SE.net.0.weight": (W, W), "SE.net.0.bias": (W,)}
    shapes |= {"SE.net.2.weight": (W, W), "SE.net.2.bias": (W,)}
    shapes["GE.initial_block" if const else "GE.to_initial_block.weight"] = (1 if const else W, channels[0], 4, 4)
    shapes |= {"GE.initial_conv.weight": (channels[0], channels[0], 3, 3), "GE.initial_conv.bias": (channels[0],)}
    for i, (inputs, outputs) in enumerate(zip((channels[0], *channels), channels, strict=False)):
        block = f"GE.blocks.{i}."
        for number, width in ((1, inputs), (2, outputs)):
            shapes |= {f"{block}to_style{number}.weight": (width, W), f"{block}to_style{number}.bias": (width,)}
            shapes |= {f"{block}to_noise{number}.weight": (outputs, 1), f"{block}to_noise{number}.bias": (outputs,)}
            shapes[f"{block}conv{number}.weight"] = (outputs, width, 3, 3)
        shapes |= {f"{block}to_rgb.to_style.weight": (outputs, W), f"{block}to_rgb.to_style.bias": (outputs,)}
        shapes[f"{block}to_rgb.conv.weight"] = (3, outputs, 1, 1)
        if i == attention:
            shapes |= attention_shapes(f"GE.attns.{i}.", inputs)
    shapes |= {"GE.blocks.0.conv1.weight": (channels[0], channels[0], 3, 3), "D.blocks.0.conv_res.weight": (4, 3, 1, 1)}
    random = torch.Generator().manual_seed(0)
    tensors = {name: torch.randn(shape, generator=random) for name, shape in shapes.items()}
    blurred = range(len(channels) - 1) if blurs else ()
    return tensors | {f"GE.blocks.{i}.to_rgb.upsample.1.f": torch.tensor([1.0, 2.0, 1.0]) for i in blurred}


def attention_shapes(place: str, channels: int) -> dict[str, tuple[int, ...]]:
    inner = 8 * 64
    shapes = {
        "0.fn.fn.to_q.weight": (inner, channels, 1, 1),
        "0.fn.fn.to_kv.net.0.weight": (channels, 1, 3, 3),
        "0.fn.fn.to_kv.net.1.weight": (2 * inner, channels, 1, 1),
        "0.fn.fn.to_out.weight": (channels, inner, 1, 1),
        "0.fn.fn.to_out.bias": (channels,),
        "1.fn.fn.0.weight": (2 * channels, channels, 1, 1),
        "1.fn.fn.0.bias": (2 * channels,),
        "1.fn.fn.2.weight": (channels, 2 * channels, 1, 1),
        "1.fn.fn.2.bias": (channels,),
    }
    norms = {f"{i}.fn.norm.{kind}": (1, channels, 1, 1) for i in (0, 1) for kind in "gb"}
    return {place + name: shape for name, shape in {**shapes, **norms}.items()}


def opened(folder: Path, tensors: dict[str, Tensor]) -> Lucidrains:
    torch.save({"GAN": tensors, "version": "1.9.0"}, folder / "model_1.pt")
    generator = build(read_generator(folder / "model_1.pt"), Card("tiny", "face", "hash"))
    assert isinstance(generator, Lucidrains)
    return generator


def latent(generator: Lucidrains, n: int = 1) -> Tensor:
    return torch.randn(n, generator.num_ws, W, generator=torch.Generator().manual_seed(1))


def test_a_generator_like_any_other(tmp_path: Path) -> None:
    generator = opened(tmp_path, checkpoint(attention=1))
    spec = generator.spec
    assert isinstance(generator, Generator)
    assert (spec.num_ws, spec.img_resolution, spec.layer_resolutions, spec.noise_shapes) == (3, 16, (4, 8, 16), ((16, 16),))
    w_plus = latent(generator, 2)
    image = generator.synthesis(w_plus)
    assert image.shape == (2, 3, 16, 16) and torch.equal(image, generator.preview(w_plus))
    torch.testing.assert_close(generator.draw_styles(generator.styles(w_plus)), image)
    exactly = copy.deepcopy(generator).double()  # of one sample the kernels are modulated, of two the features
    torch.testing.assert_close(exactly.synthesis(w_plus[1:].double()), exactly.synthesis(w_plus.double())[1:])
    assert generator.features(w_plus, 8).shape == (2, 4, 8, 8)
    with pytest.raises(ValueError, match="px"):
        generator.features(w_plus, 7)
    assert set(generator.tunable_parameters()) <= dict(generator.named_parameters()).keys()
    assert [index for index, _ in generator.modulation_weights()] == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    w = generator.map_to_w(torch.randn(4000, W), None)
    torch.testing.assert_close(w.mean(dim=0), generator.w_avg, atol=0.1, rtol=0)


def test_gradients_are_those_of_the_drawing(tmp_path: Path) -> None:
    generator = opened(tmp_path, checkpoint(const=False, attention=2))
    weights = torch.randn(1, 3, 16, 16, generator=torch.Generator().manual_seed(2))
    w_plus = latent(generator).requires_grad_(True)
    (generator.synthesis(w_plus) * weights).sum().backward()
    assert w_plus.grad is not None
    step = 1e-3 * w_plus.grad / w_plus.grad.norm()
    with torch.no_grad():
        up, down = ((generator.double().synthesis((w_plus + s * step).double()) * weights).sum() for s in (1, -1))
    assert float(up - down) / 2e-3 == pytest.approx(float(w_plus.grad.norm()), rel=1e-2)


def test_noise_is_one_picture_whose_corners_are_read_sideways(tmp_path: Path) -> None:
    generator = opened(tmp_path, checkpoint())
    w_plus = latent(generator)
    (stored,) = generator.noise_buffers()
    assert 0 <= float(stored.min()) < 0.1 and 0.9 < float(stored.max()) < 1
    silent = torch.zeros_like(stored)
    quiet = generator.synthesis(w_plus, noise=[silent])
    assert torch.equal(quiet, generator.synthesis(w_plus, noise_mode="none"))

    def moved(resolution: int, y: int, x: int) -> Tensor:
        """Where one grain of noise changes the features of a resolution."""
        grain = silent.clone()
        grain[0, 0, y, x] = 1
        change = generator.features(w_plus, resolution, noise=[grain]) - generator.features(w_plus, resolution, noise=[silent])
        return change.abs().sum(dim=(0, 1)).nonzero()

    # Two convolutions carry a grain two pixels far.
    assert moved(16, 12, 5).min(dim=0).values.tolist() == [4, 11] and moved(16, 12, 5).max(dim=0).values.tolist() == [6, 13]
    assert len(moved(8, 12, 5)) == 0 and len(moved(8, 7, 5)) > 0
    torch.manual_seed(3)
    first = generator.noise_for(w_plus.expand(2, -1, -1), "random", None)[0]
    assert first is not None and first.shape == (2, 1, 16, 16) and float(first.min()) >= 0 and float(first.max()) < 1
    assert float(first.mean()) == pytest.approx(0.5, abs=0.1)


def test_without_a_constant_all_styles_make_the_start(tmp_path: Path) -> None:
    generator = opened(tmp_path, checkpoint(const=False))
    w_plus = latent(generator)
    other = w_plus.clone()
    other[:, -1] += 1
    assert not torch.equal(generator.features(w_plus, 4), generator.features(other, 4))
    assert generator.styles(w_plus)[0].shape == (1, W)
    with_const = opened(tmp_path, checkpoint())
    assert torch.equal(with_const.features(w_plus, 4), with_const.features(other, 4))


def test_the_preview_is_the_image_at_256_px(tmp_path: Path) -> None:
    generator = opened(tmp_path, checkpoint((4, 4, 4, 4, 4, 4, 3, 2)))
    spec = generator.spec
    assert (spec.img_resolution, spec.preview_resolution, spec.preview_num_ws) == (512, 256, 7)
    w_plus = latent(generator)
    preview = generator.preview(w_plus)
    finest = dict(generator.named_parameters())["blocks.7.to_image.weight"]
    finest.zero_()  # so that the image is the preview, enlarged and blurred
    smaller = torch.nn.functional.avg_pool2d(generator.synthesis(w_plus), 2)
    assert float((smaller - preview).square().mean()) < 0.2 * float(preview.var())


def test_the_factor_of_the_mapping_is_in_the_file_beside(tmp_path: Path) -> None:
    z = torch.randn(3, W, generator=torch.Generator().manual_seed(4))

    def mapped() -> Tensor:
        return opened(tmp_path, checkpoint()).map_to_w(z, None)

    by_default = mapped()
    (tmp_path / ".config.json").write_text(json.dumps({key: CONFIG[key] for key in ("image_size", "network_capacity")}))
    assert torch.equal(mapped(), by_default)
    (tmp_path / ".config.json").write_text(json.dumps(CONFIG))
    told = mapped()
    assert not torch.allclose(told, by_default)
    tensors = checkpoint()
    x = torch.nn.functional.normalize(z, dim=1)
    for place in ("SE.net.0", "SE.net.2"):
        x = torch.nn.functional.leaky_relu((x @ tensors[f"{place}.weight"].T + tensors[f"{place}.bias"]) * 0.5, 0.2)
    torch.testing.assert_close(told, x)
    (tmp_path / "model_1.config.json").write_text(json.dumps({**CONFIG, "lr_mlp": 0.1}))
    assert torch.equal(mapped(), by_default)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no configuration"),
        ("{", "no configuration"),
        ("[1, 2]", "no configuration"),
        ('{"lr_mlp": 0.1}', "no configuration"),
        ('{"image_size": 16, "lr_mlp": "0.1"}', "no configuration"),
        ('{"image_size": 16, "lr_mlp": NaN}', "no configuration"),
        ('{"image_size": 16, "lr_mlp": -1}', "no configuration"),
        ('{"image_size": true}', "no configuration"),
        ('{"image_size": 32, "lr_mlp": 0.1}', "for 32 px"),
        ("[" * 100_000, "too long"),
        ("[" * 50_000, "no configuration"),
    ],
)
def test_a_damaged_file_beside_is_told(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / ".config.json").write_text(text)
    with pytest.raises(CheckpointError, match=problem):
        opened(tmp_path, checkpoint())


def test_older_checkpoints(tmp_path: Path) -> None:
    tensors = checkpoint(blurs=False)
    torch.save(tensors, tmp_path / "model_1.pt")  # before the version was saved as well
    older = build(read_generator(tmp_path / "model_1.pt"), Card("tiny", "face", "hash"))
    newer = opened(tmp_path, checkpoint())
    w_plus = latent(newer)
    assert torch.equal(older.features(w_plus, 16), newer.features(w_plus, 16))
    assert not torch.allclose(older.synthesis(w_plus), newer.synthesis(w_plus))
    with pytest.raises(CheckpointError, match=r"before version 0\.20"):
        opened(tmp_path, {name: tensor for name, tensor in tensors.items() if "initial_conv" not in name})


Damage = Callable[[dict[str, Tensor]], dict[str, Tensor]]
DAMAGES: dict[str, tuple[Damage, str]] = {
    "attention of another kind": (lambda t: {**t, "GE.attns.1.0.fn.g": torch.zeros(1)}, "not known"),
    "half an attention": (lambda t: {**t, "GE.attns.1.0.fn.norm.g": torch.zeros(1, 8, 1, 1)}, "do not fit"),
    "a part too few": (
        lambda t: {name: tensor for name, tensor in t.items() if name != "GE.blocks.1.to_style2.bias"},
        "do not fit",
    ),
    "no bias of the mapping": (
        lambda t: {name: tensor for name, tensor in t.items() if name != "SE.net.2.bias"},
        "lacks SE.net.2.bias",
    ),
    "a block too few": (
        lambda t: {name: tensor for name, tensor in t.items() if not name.startswith("GE.blocks.1.")},
        "lacks GE.blocks.1.conv1.weight",
    ),
    "a flat kernel": (lambda t: {**t, "GE.blocks.1.conv1.weight": torch.zeros(4)}, "wrong shape"),
    "an empty kernel": (lambda t: {**t, "GE.blocks.1.conv1.weight": torch.zeros(0, 8, 3, 3)}, "wrong shape"),
    "a kernel of another size": (lambda t: {**t, "GE.blocks.1.conv1.weight": torch.zeros(4, 8, 5, 5)}, "do not fit"),
    "a filter of another size": (lambda t: {**t, "GE.blocks.0.to_rgb.upsample.1.f": torch.ones(5)}, "do not fit"),
    "a filter of zeros": (lambda t: {**t, "GE.blocks.0.to_rgb.upsample.1.f": torch.zeros(3)}, "not finite"),
    "numbers that are none": (lambda t: {**t, "GE.initial_conv.bias": torch.full((8,), float("nan"))}, "not finite"),
    "blocks without end": (lambda t: {**t, **{f"GE.blocks.{i}.conv1.weight": torch.zeros(1) for i in range(3, 40)}}, "40 blocks"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_does_not_fit_is_refused(tmp_path: Path, damage: str) -> None:
    change, problem = DAMAGES[damage]
    with pytest.raises(CheckpointError, match=problem):
        opened(tmp_path, change(checkpoint()))
