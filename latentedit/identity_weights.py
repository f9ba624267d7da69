"""Convert dlib's face-recognition file into the tensors of :class:`latentedit.identity_net.DescriptorNet`.

dlib writes a network as the versions of its layers from the last to the first, then the layers from the first to the last.
The architecture is fixed, so all of the file is known in advance but for the weights; whatever differs is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from latentedit.dlib_format import DlibReader
from latentedit.errors import CheckpointError
from latentedit.identity_net import BLOCKS, CHIP_PX

__all__ = ["MEMBER", "convert", "read_network"]

MEMBER = "dlib_face_recognition_resnet_model_v1.dat"

Array = NDArray[np.float32]

_LAYER, _FIRST_LAYER, _TAG = 2, 3, 1
"""Versions that dlib writes for a layer, for the one that holds the input, and for a tag or skip (which write nothing else)."""
_HEAD_SHAPE = (256, 128, 1, 1)


def convert(members: dict[str, Path]) -> tuple[dict[str, Tensor], dict[str, str]]:
    """Read the published file.

    Args:
        members: ``{"dlib_face_recognition_resnet_model_v1.dat": path}``.

    Returns:
        DescriptorNet's state dict, and the metadata to store with it.

    Raises:
        CheckpointError: not that network, or damaged.
    """
    if MEMBER not in members:
        raise CheckpointError(f"{MEMBER} is missing.", hint="Fetch the file again.")
    arrays = read_network(members[MEMBER].read_bytes(), MEMBER)
    tensors = {name: torch.from_numpy(np.ascontiguousarray(array)) for name, array in arrays.items()}
    return tensors, {"architecture": "dlib-face-descriptor"}


def read_network(data: bytes, name: str) -> dict[str, Array]:
    """Read the whole file; nothing may be left over.

    Raises:
        CheckpointError: not that network, or damaged.
    """
    reader = DlibReader(data, name)
    reader.expect(1, reader.integer(), "version")
    reader.expect("loss_metric_2", reader.text(), "loss")
    reader.floating()  # margin and threshold concern training only
    reader.floating()
    for version in reversed(_layer_versions()):
        reader.expect(version, reader.integer(), "layer version")
    arrays = {"mean": _read_input(reader)}
    weight, bias = _read_folded(reader, (32, 3, 7, 7), stride=2, padding=0, first=True)
    arrays |= {"stem.weight": weight, "stem.bias": bias}
    _read_relu(reader)
    _read_pool(reader, "max_pool_2", (3, 3, 2, 2, 0, 0))
    for i, block in enumerate(BLOCKS):
        stride, padding = (2, 0) if block.halves else (1, 1)
        first = (block.outputs, block.inputs, 3, 3)
        second = (block.outputs, block.outputs, 3, 3)
        weight, bias = _read_folded(reader, first, stride=stride, padding=padding)
        arrays |= {f"blocks.{i}.conv1.weight": weight, f"blocks.{i}.conv1.bias": bias}
        _read_relu(reader)
        weight, bias = _read_folded(reader, second, stride=1, padding=1)
        arrays |= {f"blocks.{i}.conv2.weight": weight, f"blocks.{i}.conv2.bias": bias}
        if block.halves:
            _read_pool(reader, "avg_pool_2", (2, 2, 2, 2, 0, 0))
        _read_named(reader, "add_prev_")
        _read_relu(reader)
    _read_pool(reader, "avg_pool_2", (0, 0, 1, 1, 0, 0))
    arrays["head.weight"] = _read_head(reader)
    if reader.remaining:
        raise reader.error("the file goes on after the network's end")
    return arrays


def _layer_versions() -> list[int]:
    """The layers' versions, first layer first."""
    versions = [_FIRST_LAYER, _LAYER, _LAYER, _LAYER]  # convolution, affine, relu, pool
    for block in BLOCKS:
        versions += [_TAG] + [_LAYER] * 5  # tag, convolution, affine, relu, convolution, affine
        versions += [_TAG, _TAG, _LAYER] if block.halves else []  # tag, skip, pool
        versions += [_LAYER] * 2  # add, relu
    return [*versions, _LAYER, _LAYER]  # pool, fully connected


def _read_input(reader: DlibReader) -> Array:
    reader.expect("input_rgb_image_sized", reader.text(), "input")
    mean = np.array([reader.floating() for _ in range(3)], dtype=np.float32)
    reader.expect((CHIP_PX, CHIP_PX), (reader.integer(), reader.integer()), "picture size")
    return mean


def _read_folded(
    reader: DlibReader, shape: tuple[int, int, int, int], *, stride: int, padding: int, first: bool = False
) -> tuple[Array, Array]:
    """A convolution and the affine layer behind it, as one weight and bias."""
    outputs = shape[0]
    count = int(np.prod(shape))
    reader.expect("con_4", reader.text(), "layer")
    values = reader.tensor()
    geometry = (outputs, *shape[2:], stride, stride, padding, padding)
    reader.expect(geometry, tuple(reader.integer() for _ in geometry), "convolution")
    reader.expect(shape, reader.alias(), "filter shape")
    reader.expect((1, outputs, 1, 1), reader.alias(), "bias shape")
    reader.expect(count + outputs, values.size, "number of weights")
    _read_multipliers(reader)
    _read_layer_end(reader)
    if first:
        reader.expect(1, reader.integer(), "sample expansion")
    flat = values.reshape(-1)
    gamma, beta = _read_affine(reader, outputs)
    weight = flat[:count].reshape(shape) * gamma[:, None, None, None]
    return weight, flat[count:] * gamma + beta


def _read_affine(reader: DlibReader, channels: int) -> tuple[Array, Array]:
    reader.expect("affine_", reader.text(), "layer")
    values = reader.tensor()
    for _ in ("gamma", "beta"):
        reader.expect((1, channels, 1, 1), reader.alias(), "affine shape")
    reader.expect(0, reader.integer(), "affine mode")
    reader.expect(2 * channels, values.size, "number of weights")
    _read_layer_end(reader)
    flat = values.reshape(-1)
    return flat[:channels], flat[channels:]


def _read_head(reader: DlibReader) -> Array:
    """The fully connected layer; dlib stores [inputs, outputs]."""
    reader.expect("fc_2", reader.text(), "layer")
    reader.expect(_HEAD_SHAPE[1], reader.integer(), "descriptor length")
    reader.expect(_HEAD_SHAPE[0], reader.integer(), "feature length")
    values = reader.tensor()
    reader.expect(_HEAD_SHAPE, values.shape, "weight shape")
    reader.expect(_HEAD_SHAPE, reader.alias(), "weight shape")
    reader.expect((0, 0, 0, 0), reader.alias(), "bias shape")
    reader.expect(1, reader.integer(), "bias mode")
    _read_multipliers(reader)
    _read_layer_end(reader)
    return values[:, :, 0, 0].T


def _read_pool(reader: DlibReader, name: str, geometry: tuple[int, ...]) -> None:
    def details() -> None:
        reader.expect(geometry, tuple(reader.integer() for _ in geometry), "pool")

    _read_named(reader, name, details)


def _read_relu(reader: DlibReader) -> None:
    _read_named(reader, "relu_")


def _read_named(reader: DlibReader, name: str, details: Callable[[], None] = lambda: None) -> None:
    reader.expect(name, reader.text(), "layer")
    details()
    _read_layer_end(reader)


def _read_multipliers(reader: DlibReader) -> None:
    """Learning rate and weight decay, of weights and biases: training only."""
    for _ in range(4):
        reader.floating()


def _read_layer_end(reader: DlibReader) -> None:
    """What dlib remembers of training after each layer: three flags and three (emptied) tensors."""
    for _ in range(3):
        reader.boolean()
    for _ in range(3):
        reader.tensor()
