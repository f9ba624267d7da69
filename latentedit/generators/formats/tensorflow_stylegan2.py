"""StyleGAN2 in the pickles of NVIDIA's TensorFlow programs, stylegan2 and stylegan2-ada."""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor

from latentedit.errors import CheckpointError
from latentedit.generators.activations import ACTIVATIONS
from latentedit.generators.formats.account import count_of
from latentedit.generators.formats.found import FoundGenerator, linear
from latentedit.generators.formats.stylegan2_parts import MAPPING_RATE, Affine, Convolution, ToImage, equalised, mapping_layer
from latentedit.generators.formats.tensorflow import TensorflowNetwork
from latentedit.generators.mapping_network import MappingConfig
from latentedit.generators.stylegan2 import Architecture, StyleGAN2Config

PROGRAMS = {4: "stylegan2 (TensorFlow)", 5: "stylegan2-ada (TensorFlow)"}
_SYNTHESES = ("G_synthesis_stylegan2", "G_synthesis")


def read_tensorflow_stylegan2(network: TensorflowNetwork) -> FoundGenerator:
    """
    Raises:
        CheckpointError: something is missing, or built in a way that is not known.
    """
    synthesis = network.component("synthesis")
    if synthesis.build_function not in _SYNTHESES:
        raise CheckpointError(
            f"The file's network draws by {synthesis.build_function[:40]}, which is not read.",
            hint=f"Those that draw by {' or '.join(_SYNTHESES)} are.",
        )
    mapping, tensors = _mapping(network.component("mapping"))
    if network.holds("dlatent_avg"):
        tensors["w_avg"] = network.tensor("dlatent_avg").reshape(-1)
    resolutions = synthesis.resolutions()
    if not resolutions:
        raise CheckpointError("The network has no blocks that draw.")
    architecture = cast(Architecture, synthesis.choice("architecture", "skip", ("skip", "resnet", "orig")))
    taps = torch.tensor(synthesis.row("resample_kernel", (1.0, 3.0, 3.0, 1.0)) or (1.0,)).flip(0)
    convolutions = {resolution: _convolutions(synthesis, resolution) for resolution in resolutions}
    config = StyleGAN2Config(
        mapping=mapping,
        channels=tuple(len(convolutions[resolution]["conv1"].weight) for resolution in resolutions),
        img_channels=len(synthesis.kernel(f"{_scope(resolutions[-1])}/ToRGB/weight")),
        architecture=architecture,
        use_noise=_is_noisy(synthesis),
        conv_clamp=synthesis.optional_number("conv_clamp"),
        activation=synthesis.choice("nonlinearity", "lrelu", tuple(ACTIVATIONS)),
        taps=len(taps),
    )
    for index, resolution in enumerate(resolutions):
        scope, target = _scope(resolution), f"blocks.{index}"
        for name, convolution in convolutions[resolution].items():
            tensors |= convolution.tensors(f"{target}.{name}")
        if index == 0:
            tensors[f"{target}.const"] = synthesis.tensor(f"{scope}/Const/const")
        else:
            tensors[f"{target}.conv0.taps"] = taps / taps.sum()
        if index and architecture == "skip":
            tensors[f"{target}.taps"] = taps / taps.sum()
        if index and architecture == "resnet":
            skip = equalised(synthesis.kernel(f"{scope}/Skip/weight"))
            tensors |= {f"{target}.skip.weight": skip, f"{target}.skip.taps": taps / taps.sum()}
        if architecture == "skip" or resolution == resolutions[-1]:
            to_image = f"{scope}/ToRGB"
            part = ToImage(
                synthesis.kernel(f"{to_image}/weight"), synthesis.tensor(f"{to_image}/bias"), _affine(synthesis, to_image)
            )
            tensors |= part.tensors(f"{target}.to_image")
    return FoundGenerator(config, tensors, PROGRAMS.get(network.version, PROGRAMS[4]))


def _scope(resolution: int) -> str:
    return f"{resolution}x{resolution}"


def _mapping(mapping: TensorflowNetwork) -> tuple[MappingConfig, dict[str, Tensor]]:
    if not mapping.flag("normalize_latents", True):
        raise mapping.refuse("normalize_latents", "latents that are not normalised are not known here")
    activation = mapping.choice("mapping_nonlinearity", "lrelu", tuple(ACTIVATIONS))
    rate = mapping.number("mapping_lrmul", MAPPING_RATE)
    tensors: dict[str, Tensor] = {}
    features: list[int] = []
    for number in range(count_of(mapping.variables, "Dense{}/")):
        weight = mapping.kernel(f"Dense{number}/weight")
        tensors |= mapping_layer(number, weight, mapping.tensor(f"Dense{number}/bias"), rate)
        features.append(len(weight))
    if not features:
        raise CheckpointError("The network has no mapping layers.")
    embedded, embed_bias = None, None
    if mapping.holds("LabelEmbed/weight"):
        embedded, embed_bias = mapping.kernel("LabelEmbed/weight"), mapping.tensor("LabelEmbed/bias")
        tensors |= linear("mapping_network.embed", embedded, embed_bias, gain=embedded.shape[1] ** -0.5)
    elif mapping.holds("LabelConcat/weight"):
        embedded = mapping.kernel("LabelConcat/weight")
        tensors |= linear("mapping_network.embed", embedded, None)
    embed_features = 0 if embedded is None else len(embedded)
    config = MappingConfig(
        z_dim=mapping.kernel("Dense0/weight").shape[1] - embed_features,
        c_dim=0 if embedded is None else embedded.shape[1],
        w_dim=features[-1],
        features=tuple(features),
        embed_features=embed_features,
        embed_bias=embed_bias is not None,
        normalisation="separate" if embed_bias is not None or embedded is None else "joint",
        activation=activation,
        gain=ACTIVATIONS[activation].gain,
    )
    return config, tensors


def _convolutions(synthesis: TensorflowNetwork, resolution: int) -> dict[str, Convolution]:
    """By their names here. Noise maps are numbered through; kernels that upsample are stored mirrored."""
    scope = _scope(resolution)
    first = 2 * (resolution.bit_length() - 3)
    if resolution == 4:
        return {"conv1": _convolution(synthesis, f"{scope}/Conv", 0)}
    up = _convolution(synthesis, f"{scope}/Conv0_up", first - 1, up=True)
    return {"conv0": up, "conv1": _convolution(synthesis, f"{scope}/Conv1", first)}


def _convolution(synthesis: TensorflowNetwork, name: str, number: int, *, up: bool = False) -> Convolution:
    weight, is_noisy = synthesis.kernel(f"{name}/weight"), _is_noisy(synthesis)
    return Convolution(
        weight=weight.flip((2, 3)) if up else weight,
        bias=synthesis.tensor(f"{name}/bias"),
        affine=_affine(synthesis, name),
        noise_strength=synthesis.tensor(f"{name}/noise_strength") if is_noisy else None,
        noise=synthesis.tensor(f"noise{number}") if is_noisy else None,
        up=up,
    )


def _is_noisy(synthesis: TensorflowNetwork) -> bool:
    return any(name.startswith("noise") or name.endswith("/noise_strength") for name in synthesis.variables)


def _affine(synthesis: TensorflowNetwork, name: str) -> Affine:
    return Affine(synthesis.kernel(f"{name}/mod_weight"), synthesis.tensor(f"{name}/mod_bias") + 1)
