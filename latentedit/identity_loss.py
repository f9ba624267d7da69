"""Keep the person: a projection loss on dlib's face descriptor.

The landmarks of the target are found once and held fixed, since the drawn face is to lie where the photograph's does; so
everything else is differentiable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from latentedit.identity import FaceDescriptor
from latentedit.identity_chip import ChipPlace, chip_place, extract_chip
from latentedit.identity_net import DescriptorNet, load_descriptor_net

if TYPE_CHECKING:
    from latentedit.assets import AssetStore

__all__ = ["IdentityLoss", "load_identity_loss"]


class IdentityLoss(nn.Module):
    """Squared distance of face descriptors from a target's: image [N, 3, H, H] in [-1, 1] -> [N].

    Squared, so that its gradient is smooth where the faces agree. Below 0.36 dlib takes two faces for one person's.

    Args:
        net: the descriptor, frozen.
        target: the aligned image [1, 3, S, S] in [-1, 1] whose person is wanted.
        place: where the chip lies in ``target``.
    """

    def __init__(self, net: DescriptorNet, target: Tensor, place: ChipPlace) -> None:
        super().__init__()
        if target.ndim != 4 or target.shape[0] != 1:
            raise ValueError(f"expected one target [1, 3, S, S], got {list(target.shape)}")
        self.net = net
        self.place = place
        self.size = target.shape[-1]
        self.target: Tensor
        with torch.no_grad():
            self.register_buffer("target", self.descriptor(target), persistent=False)

    def descriptor(self, image: Tensor) -> Tensor:
        """Descriptors [N, 128] of aligned images [N, 3, H, H] in [-1, 1], of any size."""
        place = self.place.resized(image.shape[-1] / self.size)
        descriptor: Tensor = self.net(extract_chip(image, place))
        return descriptor

    def forward(self, image: Tensor) -> Tensor:
        return (self.descriptor(image) - self.target).square().sum(dim=1)


def load_identity_loss(target: Tensor, *, store: AssetStore | None = None, device: torch.device | str = "cpu") -> IdentityLoss:
    """The loss for one photograph.

    Args:
        target: FFHQ-aligned crop [1, 3, S, S] in [-1, 1].

    Raises:
        AssetError: the weights are not available.
    """
    place = chip_place(FaceDescriptor.load(store).landmarks(target))
    return IdentityLoss(load_descriptor_net(store=store, device=device), target.to(device), place)
