"""StyleGAN2 in NVIDIA's PyTorch pickles: of stylegan2-ada-pytorch, and of stylegan3's ``--cfg=stylegan2``."""

from __future__ import annotations

from torch import Tensor

from latentedit.errors import CheckpointError
from latentedit.generators.formats.found import FoundGenerator, separable_taps
from latentedit.generators.formats.nvidia import PickledModule, blocks_of, checked_activation, read_affine, read_mapping
from latentedit.generators.stylegan2 import Architecture, StyleGAN2Config

PROGRAM = "stylegan2-ada-pytorch"
_ARCHITECTURES: dict[str, Architecture] = {"skip": "skip", "resnet": "resnet", "orig": "orig"}


def read_stylegan2(network: PickledModule, training_data: str = "") -> FoundGenerator:
    """
    Raises:
        CheckpointError: something is missing or unknown.
    """
    mapping_config, tensors = read_mapping(network.child("mapping"))
    blocks = list(blocks_of(network.child("synthesis")))
    if not blocks:
        raise CheckpointError("The network has no blocks that draw.")
    first, last = blocks[0][1], blocks[-1][1]
    conv = first.child("conv1")
    architecture = first.text("architecture", "skip")
    if architecture not in _ARCHITECTURES:
        raise CheckpointError(f"The network has an unknown architecture, {architecture[:40]!r}.")
    taps = separable_taps(last.tensor("resample_filter").numpy())
    config = StyleGAN2Config(
        mapping=mapping_config,
        channels=tuple(len(block.child("conv1").tensor("weight")) for _, block in blocks),
        img_channels=len(last.child("torgb").tensor("weight")),
        architecture=_ARCHITECTURES[architecture],
        use_noise=conv.flag("use_noise", True),
        conv_clamp=conv.optional_number("conv_clamp"),
        activation=checked_activation(conv.text("activation", "lrelu")),
        taps=len(taps),
    )
    for index, (_, block) in enumerate(blocks):
        tensors |= _block(block, f"blocks.{index}", config)
    return FoundGenerator(config, tensors, PROGRAM, training_data)


def _block(block: PickledModule, target: str, config: StyleGAN2Config) -> dict[str, Tensor]:
    is_first = target == "blocks.0"
    tensors = {f"{target}.const": block.tensor("const")[None]} if is_first else {}
    tensors |= _convolution(block.child("conv1"), f"{target}.conv1", config)
    if not is_first:
        up = _convolution(block.child("conv0"), f"{target}.conv0", config)
        tensors |= {**up, f"{target}.conv0.weight": up[f"{target}.conv0.weight"].transpose(0, 1).contiguous()}
        tensors[f"{target}.conv0.taps"] = _taps(block.child("conv0"))
        taps = _taps(block)
        if config.architecture == "skip":
            tensors[f"{target}.taps"] = taps
    if block.has("skip"):
        skip = block.child("skip")
        tensors |= {
            f"{target}.skip.weight": skip.tensor("weight") * skip.number("weight_gain"),
            f"{target}.skip.taps": _taps(skip),
        }
    if block.has("torgb"):
        to_image = block.child("torgb")
        gain = to_image.number("weight_gain")  # of the style, in that program
        tensors |= read_affine(to_image, f"{target}.to_image")
        tensors |= {
            f"{target}.to_image.weight": to_image.tensor("weight") * gain,
            f"{target}.to_image.bias": to_image.tensor("bias"),
        }
    return tensors


def _taps(module: PickledModule) -> Tensor:
    return separable_taps(module.tensor("resample_filter").numpy())


def _convolution(layer: PickledModule, target: str, config: StyleGAN2Config) -> dict[str, Tensor]:
    tensors = {f"{target}.weight": layer.tensor("weight"), f"{target}.bias": layer.tensor("bias"), **read_affine(layer, target)}
    if config.use_noise:
        tensors[f"{target}.noise"] = layer.tensor("noise_const")[None, None]
        tensors[f"{target}.noise_strength"] = layer.tensor("noise_strength").reshape(())
    return tensors
