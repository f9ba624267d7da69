"""StyleGAN in NVIDIA's TensorFlow pickles: built by ``G_style`` of ``training.networks_stylegan``.

Options that only tell how it was trained, or how much of the truncation is the default (``truncation_psi``, ``truncation_cutoff``), are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from latentedit.errors import CheckpointError
from latentedit.generators.formats.account import count_of
from latentedit.generators.formats.found import FoundGenerator, linear
from latentedit.generators.formats.stylegan1_parts import (
    FUSED_PX,
    MAPPING_RATE,
    RELU_GAIN,
    Block,
    Layer,
    blocks_tensors,
    from_one,
    grown,
    scaled,
    upsampling,
)
from latentedit.generators.formats.tensorflow import TensorflowNetwork
from latentedit.generators.mapping_network import MappingConfig
from latentedit.generators.stylegan1 import StyleGAN1Config

PROGRAM = "NVIDIA's stylegan"
NONLINEARITIES = ("lrelu", "relu")
STRUCTURES = ("auto", "fixed", "linear", "recursive")
MAX_TAPS = 16


def read_tensorflow_stylegan1(network: TensorflowNetwork) -> FoundGenerator:
    """
    Raises:
        CheckpointError: something is missing, unknown, or of a kind that is not drawn here.
    """
    mapping_config, tensors = _mapping(network.component("mapping"))
    synthesis = _Synthesis(network.component("synthesis"))
    blocks = list(synthesis.blocks())
    tensors |= synthesis.start() | blocks_tensors(blocks)
    if network.holds("dlatent_avg"):
        tensors["w_avg"] = network.tensor("dlatent_avg").reshape(-1)
    grows = all(block.to_image is not None for block in blocks)
    lod = (network if network.holds("lod") else synthesis.network).value("lod", 0.0) if grows else 0.0
    config = StyleGAN1Config(
        mapping=mapping_config,
        channels=tuple(block.channels for block in blocks),
        img_channels=len(tensors[f"blocks.{len(blocks) - 1}.to_image.bias"]),
        grows=grows,
        lod=grown(lod, len(blocks)),
        noise_maps=len(blocks[0].noise),
        taps=len(synthesis.taps),
        activation=synthesis.activation,
        pixel_norm=synthesis.network.flag("use_pixel_norm", False),
        instance_norm=synthesis.network.flag("use_instance_norm", True),
        const_input=synthesis.const_input,
        use_styles=synthesis.use_styles,
    )
    return FoundGenerator(config, tensors, PROGRAM)


def _mapping(network: TensorflowNetwork) -> tuple[MappingConfig, dict[str, Tensor]]:
    if network.build_function != "G_mapping":
        raise CheckpointError(f"The network's mapping is made by {network.build_function[:40]!r}, which is not read.")
    rate = network.number("mapping_lrmul", MAPPING_RATE)
    tensors: dict[str, Tensor] = {}
    features: list[int] = []
    for number in range(count_of(network.variables, "Dense{}/")):
        name = f"Dense{number}"
        weight = _weight(network, f"{name}/weight", rate=rate)
        tensors |= linear(f"mapping_network.layers.{len(features)}", weight, network.tensor(f"{name}/bias"), bias_gain=rate)
        features.append(len(weight))
    if not features:
        raise network.refuse("mapping_layers", "without such layers it is not drawn")
    embed_features = c_dim = 0
    if network.holds("LabelConcat/weight"):
        embed = network.kernel("LabelConcat/weight")
        embed_features, c_dim = embed.shape
        tensors["mapping_network.embed.weight"] = embed
    config = MappingConfig(
        z_dim=tensors["mapping_network.layers.0.weight"].shape[1] - embed_features,
        c_dim=c_dim,
        w_dim=features[-1],
        features=tuple(features),
        embed_features=embed_features,
        embed_bias=False,
        normalisation="joint" if network.flag("normalize_latents", True) else "none",
        activation=network.choice("mapping_nonlinearity", "lrelu", NONLINEARITIES),
        gain=1.0,
    )
    return config, tensors


def _weight(network: TensorflowNetwork, name: str, gain: float = RELU_GAIN, rate: float = 1.0) -> Tensor:
    """A weight as it acts: the program scales it while drawing, unless it was scaled when it was made (``use_wscale``)."""
    stored = network.kernel(name)
    return (scaled(stored, gain) if network.flag("use_wscale", True) else stored) * rate


class _Synthesis:
    """The synthesis network, and those of its options that its variables do not tell."""

    def __init__(self, network: TensorflowNetwork) -> None:
        if network.build_function != "G_synthesis":
            raise CheckpointError(f"The network's synthesis is made by {network.build_function[:40]!r}, which is not read.")
        self.network = network
        network.choice("structure", "auto", STRUCTURES)  # all draw the same, as far as there are to-image layers
        self.activation = network.choice("nonlinearity", "lrelu", NONLINEARITIES)
        self.use_styles = network.flag("use_styles", True)
        self.const_input = network.flag("const_input_layer", True)
        self.use_noise = network.flag("use_noise", True)
        self.taps = torch.tensor(network.row("blur_filter", (1.0, 2.0, 1.0)))
        if len(self.taps) > MAX_TAPS or (len(self.taps) and not float(self.taps.sum()) > 0):
            raise network.refuse("blur_filter", "such filters are not drawn")
        if not self.use_styles and self.const_input:
            raise network.refuse("use_styles", "with a constant to begin with, it would draw one picture only")

    def start(self) -> dict[str, Tensor]:
        """What is drawn upon."""
        if self.const_input:
            return {"const": self.network.tensor("4x4/Const/const")}
        return {"start.weight": _weight(self.network, "4x4/Dense/weight", gain=RELU_GAIN / 4)}

    def blocks(self) -> Iterator[Block]:
        """From 4 px on."""
        count = len(self.network.resolutions())
        for index in range(count):
            resolution, lod = 4 << index, count - 1 - index
            noise = [self.network.tensor(f"noise{2 * index + place}") for place in range(2)] if self.use_noise else []
            yield Block(self._layers(resolution), noise, self._to_image(lod))

    def _layers(self, px: int) -> tuple[Layer, Layer]:
        if px == 4:
            return self._layer("4x4/Const" if self.const_input else "4x4/Dense"), self._layer("4x4/Conv", has_weight=True)
        return self._layer(f"{px}x{px}/Conv0_up", upsample_to=px), self._layer(f"{px}x{px}/Conv1", has_weight=True)

    def _layer(self, name: str, *, has_weight: bool = False, upsample_to: int | None = None) -> Layer:
        network, style = self.network, None
        weight = _weight(network, f"{name}/weight") if has_weight or upsample_to else None
        if upsample_to and weight is not None:
            weight = upsampling(weight, fused=self._is_fused(upsample_to))
        if self.use_styles:
            style = _weight(network, f"{name}/StyleMod/weight", gain=1.0), from_one(network.tensor(f"{name}/StyleMod/bias"))
        return Layer(
            bias=network.tensor(f"{name}/bias"),
            weight=weight,
            noise_strength=network.tensor(f"{name}/Noise/weight") if self.use_noise else None,
            style=style,
            taps=self.taps / self.taps.sum() if upsample_to and len(self.taps) else None,
        )

    def _is_fused(self, resolution: int) -> bool:
        option = self.network.options.get("fused_scale", "auto")
        return resolution >= FUSED_PX if option == "auto" else self.network.flag("fused_scale", False)

    def _to_image(self, lod: int) -> tuple[Tensor, Tensor] | None:
        name = f"ToRGB_lod{lod}"
        if lod and count_of(self.network.variables, "ToRGB_lod{}/") == 1:
            return None  # structure=fixed: such a network does not grow
        return _weight(self.network, f"{name}/weight", gain=1.0), self.network.tensor(f"{name}/bias")
