"""Checkpoints of bes-dev's MobileStyleGAN.pytorch: those of PyTorch Lightning, with all networks of a distillation in one ``state_dict``.

``mapping_net`` is the teacher's mapping network and ``student`` the synthesis network. Demodulation there does not depend on the style: with the scale
``s = 1 / sqrt(I k^2)`` and one trained number ``q`` per input channel, output channel ``o`` is multiplied by ``1 / sqrt(sum (s q w)^2 + 1e-8)``, where the
sum runs over all that its kernel ``w`` holds. So it is multiplied into the kernel, and ``s`` into the layer that makes the style.

The program draws noise anew for each image; here it is made once, from a fixed seed, and carries each layer's strength, as in its own exports.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

import torch
from torch import Tensor

from latentedit.errors import CheckpointError
from latentedit.generators.formats.account import Account, count_of
from latentedit.generators.formats.found import Arrays, FoundGenerator, Source, linear, take
from latentedit.generators.mobilestylegan import PREVIEW_BLOCKS, MobileStyleGANConfig

PROGRAM = "MobileStyleGAN.pytorch"
MAPPING, STUDENT = "mapping_net.layers.", "student."
MAPPING_RATE = 0.01
"""The equalised learning rate of the mapping network's layers has this factor (Karras et al., 2019); the program has no option for it."""
_IMAGE = r"(conv\.weight|conv\.style_inv|conv\.modulation\.(weight|bias)|bias)"
_HARMLESS = rf"{re.escape(STUDENT)}(device_info|to_img1\.{_IMAGE}|layers\.\d+\.to_img\.{_IMAGE}|(.*\.)?idwt\..*)"
"""Wavelets, and layers that draw smaller images."""
DEMODULATION_EPS = 1e-8
MAX_BLOCKS = 9  # 4096 px
NOISE_SEED = 0


def read_mobilestylegan(source: Source) -> FoundGenerator | None:
    """The student of such a checkpoint with the mapping network; None when it is none.

    Raises:
        CheckpointError: it is one, but damaged, or of a variant that is not read.
    """
    tree = source.tree
    state = tree.get("state_dict", tree) if isinstance(tree, Mapping) else {}
    if not isinstance(state, Mapping) or f"{STUDENT}input.input" not in state:
        return None
    arrays = Account({str(name): array for name, array in state.items() if str(name).startswith((STUDENT, "mapping_net."))})
    blocks = count_of(arrays, STUDENT + "layers.{}.")
    _check_variant(arrays, blocks)
    channels = (_shape(arrays, "input.input")[1], *(_shape(arrays, f"layers.{i}.conv2.bias")[1] for i in range(blocks)))
    if any(count % 4 for count in channels[:-1]):
        raise CheckpointError("The network's features are no wavelet coefficients: their number is no multiple of four.")
    mapping = _mapping(arrays)
    config = MobileStyleGANConfig(
        channels, w_dim=mapping["mapping_network.layers.0.weight"].shape[1], mapping_layers=len(mapping) // 2
    )
    random = torch.Generator().manual_seed(NOISE_SEED)
    tensors = mapping | {"const": take(arrays, f"{STUDENT}input.input")} | _dense_convolution(arrays, "conv1", "conv1", random)
    for i in range(blocks):
        tensors |= _block(arrays, i, random)
    tensors |= _to_image(arrays, f"layers.{blocks - 1}.to_img", "to_image")
    if config.num_preview_ws is not None:
        tensors |= _to_image(arrays, f"layers.{PREVIEW_BLOCKS}.to_img", "preview_to_image")
    arrays.close(PROGRAM, _HARMLESS)
    return FoundGenerator(config, tensors, PROGRAM)


def _check_variant(arrays: Arrays, blocks: int) -> None:
    if not 1 <= blocks <= MAX_BLOCKS:
        raise CheckpointError(f"The network has {blocks} blocks, not 1 to {MAX_BLOCKS}.")
    if f"{MAPPING}1.weight" not in arrays:
        raise CheckpointError(
            "The checkpoint has a synthesis network without its mapping network.",
            hint="Give the whole checkpoint of the training.",
        )
    if f"{STUDENT}layers.0.up.modulation.weight" not in arrays:
        raise CheckpointError(
            "The checkpoint is of a later variant of MobileStyleGAN, whose upsampling has no style.",
            hint="Those with a style there, as first published, are read.",
        )
    if _shape(arrays, "input.input")[2:] != (4, 4):
        raise CheckpointError("The generator draws pictures that are not square.", hint="Such generators are not read.")


def _shape(arrays: Arrays, name: str) -> tuple[int, ...]:
    shape = tuple(take(arrays, STUDENT + name).shape)
    if len(shape) != 4 or min(shape) < 1:
        raise CheckpointError(f"The checkpoint's {name[:80]} has the wrong shape.", hint="Is it whole?")
    return shape


def _mapping(arrays: Arrays) -> dict[str, Tensor]:
    """Linear layers from 1 on; at 0 is the normalisation."""
    tensors: dict[str, Tensor] = {}
    for number in range(count_of(arrays, MAPPING + "{}.") - 1):
        weight, bias = (take(arrays, f"{MAPPING}{number + 1}.{kind}") for kind in ("weight", "bias"))
        if weight.ndim != 2 or min(weight.shape) < 1:
            raise CheckpointError("The checkpoint's mapping network is damaged.", hint="Is it whole?")
        gain = MAPPING_RATE / math.sqrt(weight.shape[1])
        tensors |= linear(f"mapping_network.layers.{number}", weight, bias, gain=gain, bias_gain=MAPPING_RATE)
    return tensors


def _block(arrays: Arrays, index: int, random: torch.Generator) -> dict[str, Tensor]:
    """All that is drawn at one resolution but the image."""
    here, there, resolution = f"blocks.{index}", f"layers.{index}", 8 << index
    up = linear(f"{here}.up.modulation", *_modulation(arrays, f"{there}.up"))
    convolutions = [_separable_convolution(arrays, f"{there}.{c}", f"{here}.{c}", resolution, random) for c in ("conv1", "conv2")]
    return up | convolutions[0] | convolutions[1]


def _dense_convolution(arrays: Arrays, there: str, here: str, random: torch.Generator) -> dict[str, Tensor]:
    """The one before the blocks, at 4 px."""
    weight = take(arrays, f"{STUDENT}{there}.conv.weight")  # [O, I, k, k]
    scale = _scale(weight.shape[1:])
    weight = weight * _demodulation(arrays, there, weight, scale)
    return {f"{here}.weight": weight, **_common(arrays, there, here, scale, 4, random)}


def _separable_convolution(arrays: Arrays, there: str, here: str, resolution: int, random: torch.Generator) -> dict[str, Tensor]:
    depthwise = take(arrays, f"{STUDENT}{there}.conv.weight_dw")  # [I, 1, k, k]
    pointwise = take(arrays, f"{STUDENT}{there}.conv.weight_permute")  # [O, I, 1, 1]
    if depthwise.ndim != 4 or pointwise.ndim != 4 or len(depthwise) != pointwise.shape[1]:
        raise CheckpointError(f"The kernels of {there[:80]} do not fit together.", hint="Is the checkpoint whole?")
    scale = _scale((len(depthwise), *depthwise.shape[2:]))
    # The dense kernel is the product of both, [O, I, k, k]; the root of its sum of squares over k x k is that product of theirs.
    both = pointwise * depthwise.square().sum(dim=(2, 3), keepdim=True).sqrt().transpose(0, 1)
    pointwise = pointwise * _demodulation(arrays, there, both, scale)
    return {
        f"{here}.depthwise": depthwise,
        f"{here}.pointwise": pointwise,
        **_common(arrays, there, here, scale, resolution, random),
    }


def _scale(fan_in: torch.Size | tuple[int, ...]) -> float:
    return 1 / math.sqrt(max(1, math.prod(fan_in)))


def _demodulation(arrays: Arrays, there: str, weight: Tensor, scale: float) -> Tensor:
    """What each output channel is multiplied by, [O, 1, 1, 1], for a kernel ``weight`` [O, I, k, k]."""
    inverse = take(arrays, f"{STUDENT}{there}.conv.style_inv").reshape(-1)
    if weight.ndim != 4 or len(inverse) != weight.shape[1]:
        raise CheckpointError(f"The kernel of {there[:80]} does not fit its demodulation.", hint="Is the checkpoint whole?")
    energy = (scale * inverse[:, None, None] * weight).square().sum(dim=(1, 2, 3), keepdim=True)
    return torch.rsqrt(energy + DEMODULATION_EPS)


def _common(arrays: Arrays, there: str, here: str, scale: float, resolution: int, random: torch.Generator) -> dict[str, Tensor]:
    strength = take(arrays, f"{STUDENT}{there}.noise.weight")
    if strength.numel() != 1:
        raise CheckpointError(f"The noise of {there[:80]} has more than one strength.", hint="Is the checkpoint whole?")
    noise = torch.randn(1, 1, resolution, resolution, generator=random)
    noise *= noise.square().mean().rsqrt()  # so that what is stored tells the strength exactly
    return {
        f"{here}.noise": noise * strength,
        f"{here}.bias": take(arrays, f"{STUDENT}{there}.bias").reshape(-1),
        **linear(f"{here}.modulation", *_modulation(arrays, f"{there}.conv"), gain=scale, bias_gain=scale),
    }


def _modulation(arrays: Arrays, there: str) -> tuple[Tensor, Tensor]:
    weight, bias = (take(arrays, f"{STUDENT}{there}.modulation.{kind}") for kind in ("weight", "bias"))
    return weight, bias


def _to_image(arrays: Arrays, there: str, here: str) -> dict[str, Tensor]:
    """A 1x1 convolution without demodulation or noise."""
    weight = take(arrays, f"{STUDENT}{there}.conv.weight")
    scale = _scale(weight.shape[1:])
    return {
        f"{here}.weight": weight,
        f"{here}.bias": take(arrays, f"{STUDENT}{there}.bias").reshape(-1),
        **linear(f"{here}.modulation", *_modulation(arrays, f"{there}.conv"), gain=scale, bias_gain=scale),
    }
