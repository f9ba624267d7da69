"""StyleGAN3's drawing in reference operations, and our own against it.

The reference does what the definition says, one operation after the other: zeros between the samples, a depthwise convolution along each axis (or with
the whole kernel, for round filters), leaky ReLU, clamp, convolutions at the full rate, and every other sample of the result kept. Its modulated
convolution multiplies each sample's kernel.

    python benchmarks/stylegan3_reference.py [--json] [--device cuda] [--only TEXT]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
import torch.nn.functional as F
from measuring import Row, arguments, compare, tell
from torch import Tensor

from latentedit.generators.architectures import build
from latentedit.generators.card import Card
from latentedit.generators.mapping_network import MappingConfig
from latentedit.generators.stylegan3 import StyleGAN3
from latentedit.generators.stylegan3_layout import Design, untrained
from latentedit.memory import keep_large_blocks

PEER = "zero insertion, full convolutions"
MAPPING = MappingConfig(512, 0, 512, (512, 512))
DESIGNS = {
    "stylegan3-t 256 px": Design(256, channel_base=16384),
    "stylegan3-r 256 px": Design(256, rotation=True, channel_base=32768, channel_max=1024),
}
AGREEMENT = 1e-4
"""How far both may differ, in parts of the image's largest value."""


def resampled(x: Tensor, kernel: Tensor, up: int = 1, down: int = 1, padding: tuple[int, int] = (0, 0)) -> Tensor:
    """``x`` [N, C, H, W] with zeros in between and around, correlated with taps [T] along both axes or a kernel [T, T], every ``down``-th kept."""
    n, c, h, w = x.shape
    spread = x.new_zeros(n, c, h * up, w * up)
    spread[:, :, ::up, ::up] = x
    spread = F.pad(spread, (*padding, *padding))
    for part in (kernel[None], kernel[:, None]) if kernel.ndim == 1 else (kernel,):
        spread = F.conv2d(spread, part.expand(c, 1, *part.shape), groups=c)
    return spread[:, :, ::down, ::down]


def modulated(x: Tensor, style: Tensor, weight: Tensor, padding: int, demodulate: bool) -> Tensor:
    """A convolution with each sample's own kernel, as one of many groups."""
    kernels = weight[None] * style[:, None, :, None, None]
    if demodulate:
        kernels = kernels * torch.rsqrt(kernels.square().sum(dim=(2, 3, 4), keepdim=True) + 1e-8)
    n = len(x)
    y = F.conv2d(x.reshape(1, -1, *x.shape[2:]), kernels.flatten(0, 1), padding=padding, groups=n)
    return y.reshape(n, -1, *y.shape[2:])


def reference_synthesis(generator: StyleGAN3, w_plus: Tensor) -> Tensor:
    """What :meth:`StyleGAN3.synthesis` draws, by definition."""
    styles: Sequence[Tensor] = generator.styles(w_plus)
    x: Tensor = generator.input(styles[0], generator.transform).contiguous()
    layers: Any = generator.layers
    for layer, style in zip(layers, styles[1:], strict=False):
        config, activation = layer.config, layer.config.activation
        y = modulated(x, style, layer.weight, config.kernel - 1, demodulate=True) * layer.input_gain + layer.bias[:, None, None]
        # Taps of a transposed convolution are those of a correlation the other way round.
        y = resampled(y, layer.up_filter.flip(0), up=activation.up, padding=activation.padding)
        y = F.leaky_relu(y, activation.slope).clamp(-activation.clamp, activation.clamp)
        x = resampled(y, layer.down_filter, down=activation.down)
    last = generator.to_image
    image = modulated(x, styles[-1], last.weight, 0, demodulate=False) + last.bias[:, None, None]
    assert last.clamp is not None
    return image.clamp(-last.clamp, last.clamp)


def stylegan3_rows(device: str = "cpu", repeats: int = 3, only: str = "") -> list[Row]:
    """Forward, and forward with backward to ``w_plus``, of T and R at 256 px with random weights; of those whose name holds ``only``."""
    keep_large_blocks()
    rows: list[Row] = []
    for name, design in DESIGNS.items():
        if only not in name:
            continue
        generator = build(untrained(design, MAPPING), Card(name, "image", "none")).to(device)
        assert isinstance(generator, StyleGAN3)
        w_plus = generator.mapping(torch.randn(1, 512, generator=torch.Generator().manual_seed(0)).to(device))
        with torch.inference_mode():
            ours, theirs = generator.synthesis(w_plus), reference_synthesis(generator, w_plus)
            difference = float((ours - theirs).abs().max() / theirs.abs().max())
            if difference > AGREEMENT:
                raise RuntimeError(f"{name}: both differ by {difference:.1e} of the image's scale.")
            note = f"differ by {difference:.0e} of the scale"
            rows.append(
                compare(
                    f"{name} forward",
                    lambda g=generator, w=w_plus: g.synthesis(w),
                    PEER,
                    lambda g=generator, w=w_plus: reference_synthesis(g, w),
                    repeats=repeats,
                    note=note,
                )
            )
        wanted = w_plus.clone().requires_grad_()
        rows.append(
            compare(
                f"{name} forward and backward",
                lambda g=generator, w=wanted: torch.autograd.grad(g.synthesis(w).square().sum(), w),
                PEER,
                lambda g=generator, w=wanted: torch.autograd.grad(reference_synthesis(g, w).square().sum(), w),
                repeats=repeats,
            )
        )
    return rows


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--only", default="", help="networks whose name holds this")
    options = parser.parse_args()
    rows = stylegan3_rows(options.device, only=options.only)
    tell("stylegan3", rows, device=options.device, packages=(), as_json=options.json)


if __name__ == "__main__":
    main()
