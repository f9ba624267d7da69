"""Drawing with StyleGAN2 and 3, forward and back to w, against straightforward implementations, on the same random weights: grouped convolutions with
kernels of each sample's own for StyleGAN2, filters by zero insertion and full convolutions for StyleGAN3.

    python benchmarks/generators.py [--json] [--device cuda] [--only TEXT]

Floor: at 256 px (FFHQ-256: 16384 / r channels, at most 512) a drawing is 44 GFLOP in its 3x3 convolutions, at 1024 px (config-f) 143 GFLOP; backward to w
alone is as much again, and the published way, which has the gradients of its kernels computed, twice as much.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from measuring import Row, arguments, compare, tell
from stylegan2_reference import reference_synthesis
from stylegan3_reference import stylegan3_rows
from torch import Tensor

from latentedit.generators.architectures import build
from latentedit.generators.card import Card
from latentedit.generators.formats.found import FoundGenerator
from latentedit.generators.mapping_network import MappingConfig
from latentedit.generators.stylegan2 import StyleGAN2, StyleGAN2Config, stylegan2_spec
from latentedit.memory import keep_large_blocks

CASES = (("256 px", 256, 16384, 7), ("1024 px, config-f", 1024, 32768, 3))
CARD = Card("random", "image", "")
PEER = "grouped convolutions"


def config(resolution: int, base: int) -> StyleGAN2Config:
    """As NVIDIA's networks of this size: ``base / r`` channels at r px, at most 512."""
    sizes = [4 << i for i in range(resolution.bit_length() - 2)]
    channels = tuple(min(base // size, 512) for size in sizes)
    return StyleGAN2Config(MappingConfig(512, 0, 512, (512,) * 8), channels)


def random_generator(settings: StyleGAN2Config, device: str) -> StyleGAN2:
    """Weights of unit gain."""
    random = torch.Generator().manual_seed(0)
    with torch.device("meta"):
        shapes = StyleGAN2(stylegan2_spec(settings, CARD), settings).state_dict()
    tensors: dict[str, Tensor] = {}
    for name, shape in shapes.items():
        value = torch.randn(shape.shape, generator=random)
        if name.endswith("taps"):
            value = torch.tensor([1.0, 3, 3, 1]) / 8
        elif name.endswith("affine.bias"):
            value = torch.ones_like(value)
        elif value.ndim > 1 and not name.endswith(("noise", "const")):
            value /= value[0].numel() ** 0.5
        tensors[name] = value * 0.1 if value.ndim == 0 else value
    generator = build(FoundGenerator(settings, tensors, ""), CARD)
    assert isinstance(generator, StyleGAN2)
    return generator.to(device)


def backward(draw: Callable[[Tensor], Tensor], w_plus: Tensor) -> Tensor:
    """The gradient of a drawing's mean square."""
    w = w_plus.clone().requires_grad_(True)
    draw(w).square().mean().backward()
    assert w.grad is not None
    return w.grad


def compared(name: str, generator: StyleGAN2, w_plus: Tensor, repeats: int) -> list[Row]:
    """Forward, and forward with backward, of both; that they agree is seen to first."""

    def theirs(w: Tensor) -> Tensor:
        return reference_synthesis(generator, w)

    with torch.no_grad():
        torch.testing.assert_close(generator.synthesis(w_plus), theirs(w_plus), atol=1e-3, rtol=0)
        forward = compare(
            f"{name}, forward",
            lambda: generator.synthesis(w_plus),
            PEER,
            lambda: theirs(w_plus),
            repeats=repeats,
            note="bar: 0.667",
        )
    a, b = backward(generator.synthesis, w_plus), backward(theirs, w_plus)
    torch.testing.assert_close(a, b, atol=1e-3 * float(b.abs().max()), rtol=0)
    both = compare(
        f"{name}, forward and backward",
        lambda: backward(generator.synthesis, w_plus),
        PEER,
        lambda: backward(theirs, w_plus),
        repeats=repeats,
        note="bar: 0.769",
    )
    return [forward, both]


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--only", default="", help="cases whose name holds this")
    options = parser.parse_args()
    keep_large_blocks()
    rows: list[Row] = []
    for name, resolution, base, repeats in CASES:
        if options.only in name:
            generator = random_generator(config(resolution, base), options.device)
            z = torch.randn(1, 512, generator=torch.Generator().manual_seed(1)).to(options.device)
            rows += compared(name, generator, generator.mapping(z), repeats)
    rows += stylegan3_rows(options.device, only=options.only)
    tell("generators", rows, device=options.device, packages=(), as_json=options.json)


if __name__ == "__main__":
    main()
