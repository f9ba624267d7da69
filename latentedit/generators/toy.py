"""A seeded 32-px generator that draws in milliseconds: for tests, examples, and trying things out without any download.

It has the parts that matter to the rest of the program (a nonlinear mapping, per-layer styles, noise of known strength, a cheaper preview) and
draws coloured blobs rather than faces.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from latentedit.generators.base import GeneratorSpec, NoiseMode
from latentedit.generators.mapping_network import unit_rms
from latentedit.generators.module import GeneratorModule

Z_DIM = 16
W_DIM = 16
CHANNELS = 16
RESOLUTIONS = (4, 8, 16, 32)
NUM_WS = 2 * len(RESOLUTIONS)
DEFAULT_SEED = 0


def toy_spec(seed: int = DEFAULT_SEED) -> GeneratorSpec:
    """Facts about the toy generator of ``seed``."""
    return GeneratorSpec(
        name="toy" if seed == DEFAULT_SEED else f"toy-{seed}",
        architecture="toy",
        z_dim=Z_DIM,
        w_dim=W_DIM,
        c_dim=0,
        num_ws=NUM_WS,
        img_resolution=RESOLUTIONS[-1],
        layer_resolutions=tuple(r for r in RESOLUTIONS for _ in range(2)),
        domain="toy",
        weights_hash=hashlib.sha256(f"latentedit toy generator, seed {seed}".encode()).hexdigest(),
        origin="made from a seed by latentedit.generators.toy",
        licence="MIT",
        preview_resolution=RESOLUTIONS[-2],
        preview_num_ws=NUM_WS - 2,
        noise_shapes=tuple((r, r) for r in RESOLUTIONS),
        feature_resolutions=RESOLUTIONS,
    )


class ToyGenerator(GeneratorModule):
    """Style-modulated convolutions at 4, 8, 16 and 32 px; two styles (convolution, colour) and one noise map each."""

    def __init__(self, seed: int = DEFAULT_SEED) -> None:
        super().__init__(toy_spec(seed))
        g = torch.Generator().manual_seed(seed)

        def parameter(*shape: int, scale: float = 1.0) -> nn.Parameter:
            return nn.Parameter(torch.randn(*shape, generator=g) * scale)

        self.map1 = parameter(W_DIM, Z_DIM, scale=Z_DIM**-0.5)
        self.map2 = parameter(W_DIM, W_DIM, scale=W_DIM**-0.5)
        self.const = parameter(1, CHANNELS, 4, 4)
        self.styles = parameter(len(RESOLUTIONS), CHANNELS, W_DIM, scale=W_DIM**-0.5)
        self.kernels = parameter(len(RESOLUTIONS), CHANNELS, CHANNELS, 3, 3, scale=(9 * CHANNELS) ** -0.5)
        self.colours = parameter(len(RESOLUTIONS), 3, CHANNELS, W_DIM, scale=(CHANNELS * W_DIM) ** -0.5)
        self.noise = nn.ParameterList(parameter(1, 1, r, r, scale=0.05) for r in RESOLUTIONS)
        with torch.no_grad():
            w = self.map_to_w(torch.randn(4096, Z_DIM, generator=g), None)
            self.w_avg.copy_(w.mean(dim=0))
            self.w_std.copy_((w - self.w_avg).square().sum(dim=1).mean().sqrt())
        self.eval().requires_grad_(False)

    def map_to_w(self, z: Tensor, c: Tensor | None) -> Tensor:
        """``z`` [N, 16] -> ``w`` [N, 16]; there are no classes: ``c`` is ignored."""
        x = unit_rms(z)
        for weight in (self.map1, self.map2):
            x = F.leaky_relu(x @ weight.T, 0.2) * math.sqrt(2)
        return x

    def synthesis(self, w_plus: Tensor, *, noise_mode: NoiseMode = "const", noise: list[Tensor] | None = None) -> Tensor:
        """``w_plus`` [N, 8, 16] -> image [N, 3, 32, 32]."""
        return self._draw(w_plus, len(RESOLUTIONS), noise_mode, noise)

    def preview(self, w_plus: Tensor) -> Tensor:
        """``w_plus`` [N, 8, 16] -> image [N, 3, 16, 16]: the drawing without its last layer."""
        return self._draw(w_plus, len(RESOLUTIONS) - 1, "const", None)

    def stored_noise(self) -> Sequence[Tensor]:
        """Four noise maps, [1, 1, r, r] each; their strength is in them."""
        return list(self.noise)

    def noise_scale(self, stored: Tensor) -> Tensor:
        """The root mean square of a stored map."""
        return stored.square().mean().sqrt()

    def tunable_parameters(self) -> list[str]:
        """The convolutions' kernels."""
        return ["kernels"]

    def modulation_weights(self) -> list[tuple[int, Tensor]]:
        """The style matrices [16, 16] of the convolutions."""
        return [(2 * i, self.styles[i]) for i in range(len(RESOLUTIONS))]

    def features(self, w_plus: Tensor, resolution: int, *, noise: list[Tensor] | None = None) -> Tensor:
        """``w_plus`` [N, 8, 16] -> the normalised features [N, 16, resolution, resolution] that are coloured."""
        self.check_resolution(resolution)
        *_, last = self._layers(w_plus, RESOLUTIONS.index(resolution) + 1, "const", noise)
        return last

    def _draw(self, w_plus: Tensor, depth: int, noise_mode: NoiseMode, noise: list[Tensor] | None) -> Tensor:
        image = torch.zeros(w_plus.shape[0], 3, 2, 2, device=w_plus.device)
        for i, x in enumerate(self._layers(w_plus, depth, noise_mode, noise)):
            colour = torch.einsum("dcw,nw->ndc", self.colours[i], w_plus[:, 2 * i + 1])
            image = F.interpolate(image, size=x.shape[2:], mode="bilinear", align_corners=False)
            image = image + torch.einsum("ndc,nchw->ndhw", colour, x) * 0.5
        return torch.tanh(image)

    def _layers(self, w_plus: Tensor, depth: int, noise_mode: NoiseMode, noise: list[Tensor] | None) -> Iterator[Tensor]:
        """The features [N, C, r, r] of the first ``depth`` resolutions r."""
        self.check_latent(w_plus)
        n = w_plus.shape[0]
        maps = self.noise_for(w_plus, noise_mode, noise)
        x = self.const.expand(n, -1, -1, -1)
        for i in range(depth):
            if i:
                x = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)
            style = 1 + w_plus[:, 2 * i] @ self.styles[i].T  # [N, C]
            x = F.conv2d(x * style[:, :, None, None], self.kernels[i], padding=1)
            added = maps[i]
            x = F.leaky_relu(x if added is None else x + added, 0.2)
            x = x * torch.rsqrt(x.square().mean(dim=(1, 2, 3), keepdim=True) + 1e-6)
            yield x
