"""From named arrays of a file to a network: what it is, and how large, is told by the names and shapes alone.

In resnets, layers that have no tensors still take a place in the names, so that the place of the second convolution of a block tells whether there is
dropout. Norms tell themselves by what they keep: batch norm has weights of one axis, instance norm nothing, or, in files of before torch 0.4.1, running
statistics that it does not use (pictures that are drawn with them are wrong by more than half of the range). The reference gives biases to
convolutions if their norm is instance norm, which is how that is told from none.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count, takewhile
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from latentedit.errors import CheckpointError, UsageError
from latentedit.translators.building import build_translator
from latentedit.translators.config import AnimeGanConfig, AnyConfig, Norm, TranslatorConfig
from latentedit.translators.resnet import FIRST_BLOCK, HALVINGS
from latentedit.translators.translator import Translator

Arrays = Mapping[str, NDArray[Any]]
HINT = "Give the state_dict of a generator of CycleGAN, pix2pix or AnimeGANv2, such as latest_net_G.pth."
_WRAPPERS = ("module.", "_orig_mod.")
"""What DataParallel and torch.compile put in front of every name."""
_COUNTER = "num_batches_tracked"
_STATISTICS = (".running_mean", ".running_var", f".{_COUNTER}")
_RESNET_FIRST, _UNET_FIRST, _ANIMEGAN_FIRST = "model.1.weight", "model.model.0.weight", "block_a.0.1.weight"
_UNET_LAST = "model.model.3.weight"
_SHOWN = 80


def read_translator(tree: Any) -> Translator:
    """The network whose state_dict ``tree`` is, with float32 tensors on the CPU; trainable and in training mode, as torch makes modules.

    Raises:
        CheckpointError: it is none that is known, lacks tensors or has others, or holds numbers that are not finite.
    """
    arrays = _arrays(tree)
    config = infer_config(arrays)
    with torch.device("meta"):  # names and shapes alone: what a file claims takes no memory before it is checked
        network = build_translator(config)
    wanted = network.state_dict()
    unknown = sorted(name for name in arrays.keys() - wanted.keys() if not name.endswith(_STATISTICS))
    if unknown:
        raise CheckpointError(f"It holds {_printable(unknown[0])}, which such a generator does not have.", hint=HINT)
    network.load_state_dict({name: _tensor(name, arrays, like) for name, like in wanted.items()}, assign=True)
    return network


def infer_config(arrays: Arrays) -> AnyConfig:
    """What network has tensors of these names and shapes. A U-Net's dropout has none and is left out: it draws the same without.

    Raises:
        CheckpointError: none that is known.
    """
    try:
        if _is_convolution(arrays, _RESNET_FIRST, 7):
            return _resnet_config(arrays)
        if _is_convolution(arrays, _UNET_FIRST, 4):
            return _unet_config(arrays)
        if _is_convolution(arrays, _ANIMEGAN_FIRST, 7):
            return AnimeGanConfig(arrays[_ANIMEGAN_FIRST].shape[0])
    except UsageError as error:  # more channels or levels than any network has
        raise CheckpointError(str(error), hint=HINT) from error
    if _is_convolution(arrays, "model.0.weight", 4) or _is_convolution(arrays, "net.0.weight", 1):
        raise CheckpointError(
            "It is a discriminator, which judges pictures and draws none.",
            hint="A generator's file has a G in its name: latest_net_G.pth, or latest_net_G_A.pth and latest_net_G_B.pth of a CycleGAN.",
        )
    raise CheckpointError("Its tensors are not those of a generator that is known.", hint=HINT)


def _resnet_config(arrays: Arrays) -> TranslatorConfig:
    blocks = sum(1 for _ in takewhile(lambda place: f"model.{place}.conv_block.1.weight" in arrays, count(FIRST_BLOCK)))
    last = FIRST_BLOCK + blocks + 3 * HALVINGS + 1  # each doubling is convolution, norm and ReLU; then there is the padding
    norm, bias = _norm_and_bias(arrays, "model.1.bias")
    return TranslatorConfig(
        "resnet",
        in_channels=arrays[_RESNET_FIRST].shape[1],
        out_channels=_array(arrays, f"model.{last}.weight", axes=4).shape[0],
        base_channels=arrays[_RESNET_FIRST].shape[0],
        blocks=blocks,
        norm=norm,
        dropout=_is_convolution(arrays, f"model.{FIRST_BLOCK}.conv_block.6.weight", 3),
        bias=bias,
    )


def _unet_config(arrays: Arrays) -> TranslatorConfig:
    level, halvings = "model.model.1.model.", 2
    while f"{level}3.model.1.weight" in arrays:
        level, halvings = f"{level}3.model.", halvings + 1
    norm, bias = _norm_and_bias(arrays, "model.model.0.bias")
    return TranslatorConfig(
        "unet",
        in_channels=arrays[_UNET_FIRST].shape[1],
        out_channels=_array(arrays, _UNET_LAST, axes=4).shape[1],  # transposed convolutions name what they take first
        base_channels=arrays[_UNET_FIRST].shape[0],
        halvings=halvings,
        norm=norm,
        bias=bias,
    )


def _norm_and_bias(arrays: Arrays, bias: str) -> tuple[Norm, bool | None]:
    """The norm, and whether convolutions have a bias: None where that is as the reference has it. ``bias``: the name of the first one's."""
    norm: Norm = "instance" if bias in arrays or any(name.endswith(_STATISTICS) for name in arrays) else "none"
    if any(name.endswith(".weight") and array.ndim == 1 for name, array in arrays.items()):
        norm = "batch"
    has_bias = bias in arrays
    return norm, None if has_bias == (norm == "instance") else has_bias


def _arrays(tree: Any) -> dict[str, NDArray[Any]]:
    """``tree`` as a state_dict, without what wrappers put in front of its names.

    Raises:
        CheckpointError: it is none.
    """
    if not (isinstance(tree, dict) and tree and all(isinstance(name, str) for name in tree)):
        raise CheckpointError("It is not a dictionary of tensors by name.", hint=HINT)
    if not all(isinstance(array, np.ndarray) and array.dtype.kind in "fiu" for array in tree.values()):
        raise CheckpointError("It holds something else than tensors by name.", hint=HINT)
    for wrapper in 2 * _WRAPPERS:  # in either order
        if all(name.startswith(wrapper) for name in tree):
            tree = {name.removeprefix(wrapper): array for name, array in tree.items()}
    return tree


def _array(arrays: Arrays, name: str, axes: int) -> NDArray[Any]:
    if name not in arrays:
        raise CheckpointError(
            f"It is like a generator that is known, but has no {name}.", hint="The file may be cut, or of another version."
        )
    if arrays[name].ndim != axes:
        raise CheckpointError(
            f"It is like a generator that is known, but {name} has {arrays[name].ndim} axes, not {axes}.", hint=HINT
        )
    return arrays[name]


def _is_convolution(arrays: Arrays, name: str, kernel: int) -> bool:
    return name in arrays and arrays[name].ndim == 4 and arrays[name].shape[2:] == (kernel, kernel)


def _tensor(name: str, arrays: Arrays, like: Tensor) -> Tensor:
    """The array of that name as a tensor of the shape and kind of ``like``."""
    if name.endswith(_COUNTER):  # of batches; nothing asks for it, and files of before torch 0.4.1 have none
        return torch.zeros(like.shape, dtype=like.dtype)
    array = _array(arrays, name, like.ndim)
    if array.shape != like.shape:
        raise CheckpointError(
            f"It is like a generator that is known, but {name} is {list(array.shape)}, not {list(like.shape)}.", hint=HINT
        )
    with np.errstate(over="ignore"):  # a number beyond float32 becomes infinite, which is told below
        tensor = torch.from_numpy(np.array(array, dtype=np.float32))
    if not tensor.isfinite().all():
        raise CheckpointError(f"Its {name} holds numbers that are not finite.", hint="The training that wrote it had failed.")
    return tensor


def _printable(name: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in name[:_SHOWN])
