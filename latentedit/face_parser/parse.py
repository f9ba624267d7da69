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

from latentedit.face_parser.network import PARSED_PX, FaceParser
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


def parts_of_picture(rgb_uint8: NDArray[np.uint8]) -> NDArray[np.float64]:
    """How likely each pixel of an aligned picture [S, S, 3] is of each part, [S, S, 5]; the parts' edges lie where those of the picture do."""
    picture = torch.from_numpy(np.ascontiguousarray(rgb_uint8)).permute(2, 0, 1)[None].float() / 127.5 - 1
    likely = F.interpolate(parse_face(picture), size=rgb_uint8.shape[:2], mode="bilinear", align_corners=False)
    masks = likely[0].permute(1, 2, 0).double().numpy()
    radius = max(round(EDGE_RADIUS * rgb_uint8.shape[0]), 1)
    return guided_filter(rgb_uint8 / 255, masks, radius, EDGE_VARIANCE).clip(0, 1)
