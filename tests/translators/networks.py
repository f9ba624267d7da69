"""Small translators with random weights, and what they draw, worked out from the names of their tensors alone."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from latentedit.translators import AnimeGanConfig, Translator, TranslatorConfig, build_translator

RESNETS = (
    TranslatorConfig("resnet", base_channels=4, blocks=6),
    TranslatorConfig("resnet", base_channels=3, blocks=9, norm="batch", in_channels=1),
    TranslatorConfig("resnet", base_channels=5, blocks=1, norm="none", out_channels=1),
    TranslatorConfig("resnet", base_channels=4, blocks=2, dropout=True),
    TranslatorConfig("resnet", base_channels=4, blocks=2, dropout=True, norm="batch"),
    TranslatorConfig("resnet", base_channels=4, blocks=0, in_channels=4),
    TranslatorConfig("resnet", base_channels=2, blocks=11, norm="batch", bias=True),
)
UNETS = (
    TranslatorConfig("unet", base_channels=3, halvings=7, norm="batch"),
    TranslatorConfig("unet", base_channels=2, halvings=8, norm="instance", in_channels=1),
    TranslatorConfig("unet", base_channels=3, halvings=5, norm="none", out_channels=2),
    TranslatorConfig("unet", base_channels=3, halvings=6, norm="batch", bias=True, in_channels=6),
    TranslatorConfig("unet", base_channels=3, halvings=2),
)
ANIMEGAN = AnimeGanConfig(base_channels=4)


def called(config: TranslatorConfig | AnimeGanConfig) -> str:
    """A name for the report."""
    if isinstance(config, AnimeGanConfig):
        return "animegan"
    count = config.blocks if config.kind == "resnet" else config.halvings
    return f"{config.kind}{count}-{config.norm}{'-dropout' * config.dropout}{'-bias' * bool(config.bias)}"


def random_network(config: TranslatorConfig | AnimeGanConfig, seed: int = 0) -> Translator:
    """In evaluation mode, with every tensor far from where training begins."""
    network = build_translator(config).eval()
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, tensor in network.state_dict().items():
            if name.endswith("num_batches_tracked"):
                continue
            values = torch.randn(tensor.shape, generator=generator)
            scale = 1.4 * tensor[0].numel() ** -0.5 if tensor.ndim == 4 else 0.5
            tensor.copy_(values.square() + 0.3 if name.endswith("running_var") else values * scale)
    return network


def pictures(channels: int, height: int, width: int, count: int = 2, seed: int = 1) -> Tensor:
    """Noise [count, channels, height, width] in [-1, 1]."""
    return torch.rand(count, channels, height, width, generator=torch.Generator().manual_seed(seed)) * 2 - 1


def drawn_by_names(state: dict[str, Tensor], config: TranslatorConfig, image: Tensor) -> Tensor:
    """What the reference draws, without any module: each step takes its tensors by name."""

    def norm(x: Tensor, place: str) -> Tensor:
        if config.norm == "batch":
            mean, deviation = state[f"{place}.running_mean"], (state[f"{place}.running_var"] + 1e-5).sqrt()
            x = (x - mean[:, None, None]) / deviation[:, None, None]
            return x * state[f"{place}.weight"][:, None, None] + state[f"{place}.bias"][:, None, None]
        if config.norm == "instance":
            return (x - x.mean((2, 3), keepdim=True)) / (x.var((2, 3), keepdim=True, correction=0) + 1e-5).sqrt()
        return x

    def conv(x: Tensor, place: str, mirror: int = 0, **how: int) -> Tensor:
        x = F.pad(x, [mirror] * 4, mode="reflect") if mirror else x
        return F.conv2d(x, state[f"{place}.weight"], state.get(f"{place}.bias"), **how)

    def grow(x: Tensor, place: str, **how: int) -> Tensor:
        return F.conv_transpose2d(x, state[f"{place}.weight"], state.get(f"{place}.bias"), stride=2, padding=1, **how)

    def resnet() -> Tensor:
        x = norm(conv(image, "model.1", mirror=3), "model.2").relu()
        x = norm(conv(x, "model.4", stride=2, padding=1), "model.5").relu()
        x = norm(conv(x, "model.7", stride=2, padding=1), "model.8").relu()
        second = 6 if config.dropout else 5
        for place in (f"model.{10 + block}.conv_block" for block in range(config.blocks)):
            y = norm(conv(x, f"{place}.1", mirror=1), f"{place}.2").relu()
            x = x + norm(conv(y, f"{place}.{second}", mirror=1), f"{place}.{second + 1}")
        up = 10 + config.blocks
        for place in (up, up + 3):
            x = norm(grow(x, f"model.{place}", output_padding=1), f"model.{place + 1}").relu()
        return conv(x, f"model.{up + 7}", mirror=3).tanh()

    def unet(x: Tensor, place: str, level: int) -> Tensor:
        if level == 0:
            y = unet(conv(x, f"{place}.0", stride=2, padding=1), f"{place}.1.model", 1)
            return grow(y.relu(), f"{place}.3").tanh()
        x = F.leaky_relu(x, 0.2)
        y = conv(x, f"{place}.1", stride=2, padding=1)
        if level == config.halvings - 1:
            return torch.cat([x, norm(grow(y.relu(), f"{place}.3"), f"{place}.4")], 1)
        y = unet(norm(y, f"{place}.2"), f"{place}.3.model", level + 1)
        return torch.cat([x, norm(grow(y.relu(), f"{place}.5"), f"{place}.6")], 1)

    return resnet() if config.kind == "resnet" else unet(image, "model.model", 0)
