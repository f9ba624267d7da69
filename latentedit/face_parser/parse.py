"""The parts of a face in a picture, by the shipped network."""

from __future__ import annotations

from functools import cache
from importlib import resources

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from safetensors.torch import load
from torch import Tensor

from latentedit.face_parser.network import PARSED_PX, PARTS, FaceParser, Part
from latentedit.guided_filter import guided_filter

WEIGHTS = "parts.safetensors"
EDGE_RADIUS, EDGE_VARIANCE = 1 / 64, 1e-3
"""Of the guided filter that gives parts the edges of a picture: a share of its side, and levels of [0, 1] squared."""


@cache
def face_parser() -> FaceParser:
    """The shipped network, on the CPU: it takes a few milliseconds there."""
    data = resources.files("latentedit.face_parser").joinpath("data", WEIGHTS).read_bytes()
    parser = FaceParser()
    parser.load_state_dict({name: tensor.float() for name, tensor in load(data).items()})
    return parser.eval().requires_grad_(False)


@torch.no_grad()
def parse_face(image: Tensor) -> Tensor:
    """How likely each place is of each of :data:`~latentedit.face_parser.network.PARTS`, [N, 5, 128, 128].

    Args:
        image: aligned pictures [N, 3, R, R] in [-1, 1], photographs or drawings; R at least 128.
    """
    small = F.interpolate(image.detach().float().cpu().clamp(-1, 1), size=(PARSED_PX, PARSED_PX), mode="area")
    probabilities: Tensor = face_parser()(small).softmax(dim=1)
    return probabilities


def parts_of_picture(rgb_uint8: NDArray[np.uint8]) -> dict[Part, NDArray[np.float64]]:
    """How likely each pixel of an aligned picture [S, S, 3] is of each part, [S, S]; the parts' edges lie where those of the picture do."""
    picture = torch.from_numpy(np.ascontiguousarray(rgb_uint8)).permute(2, 0, 1)[None].float() / 127.5 - 1
    likely = _enlarged(picture, rgb_uint8.shape[0])
    radius = max(round(EDGE_RADIUS * rgb_uint8.shape[0]), 1)
    return _by_part(guided_filter(rgb_uint8 / 255, likely, radius, EDGE_VARIANCE))


def parts_of_drawing(image: Tensor, size: int) -> dict[Part, NDArray[np.float64]]:
    """:func:`parts_of_picture` for a drawing [1, 3, R, R] in [-1, 1], quicker and less exact at the edges: [size, size]."""
    return _by_part(_enlarged(image, size))


def _enlarged(image: Tensor, size: int) -> NDArray[np.float64]:
    likely = F.interpolate(parse_face(image), size=(size, size), mode="bilinear", align_corners=False)
    return np.asarray(likely[0].permute(1, 2, 0).double().numpy())


def _by_part(likely: NDArray[np.float64]) -> dict[Part, NDArray[np.float64]]:
    """What is likely is taken for sure, and what is not for nothing: a shadow of a mask over half the picture would be seen."""
    likely = likely.clip(0, 1)
    powers = likely * likely * likely  # ** is many times as slow
    sure = powers / powers.sum(axis=-1, keepdims=True).clip(1e-6)
    return dict(zip(PARTS, np.moveaxis(sure, -1, 0), strict=True))
