"""From a discriminator's last features to its judgement, with or without labels.

- ``none``: ``ψ(φ)``; labels are ignored.
- ``projection``: ``ψ(φ) + (V c)·φ`` (Miyato and Koyama, 2018, arXiv:1802.05637, equation 3). For one-hot c, V c is the embedding of the class; c may as well
  be several attributes, whose vectors are added.
- ``auxiliary``: ``ψ(φ)``, and what the features say of the labels (AC-GAN: Odena et al., 2017, arXiv:1610.09585, section 4).
"""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor, nn

from latentedit.errors import UsageError
from latentedit_training.networks.base import Judgement
from latentedit_training.networks.labels import checked_labels
from latentedit_training.networks.options import Conditioning


class JudgementHead(nn.Module):
    """Features ``[N, F]`` and labels ``[N, c_dim]`` or None -> :class:`Judgement`.

    Args:
        features: F.
        linear: makes a linear layer of so many inputs and outputs, with or without ``bias``.

    Raises:
        UsageError: labels are to be used, and there are none.
    """

    def __init__(
        self, features: int, c_dim: int, conditioning: Conditioning, linear: Callable[..., nn.Module] = nn.Linear
    ) -> None:
        super().__init__()
        if conditioning != "none" and not c_dim:
            raise UsageError(
                f"the discriminator is conditioned by {conditioning}, and the images have no labels",
                hint='choose the conditioning "none", or images with labels',
            )
        self.c_dim = c_dim
        self.real = linear(features, 1)
        self.projection = linear(c_dim, features, bias=False) if conditioning == "projection" else None
        self.labels = linear(features, c_dim) if conditioning == "auxiliary" else None

    def forward(self, features: Tensor, c: Tensor | None = None) -> Judgement:
        """
        Raises:
            ValueError: labels are needed for a projection, and missing or of another shape.
        """
        logits = self.real(features)[:, 0]
        if self.projection is not None:
            logits = logits + (self.projection(checked_labels(c, self.c_dim, features)) * features).sum(dim=1)
        return Judgement(logits, features, None if self.labels is None else self.labels(features))
