"""Fit MobileStyleGAN's preview head to its own drawings; writes latentedit/generators/data/mobilestylegan_preview_head.safetensors.

Least squares first (features at 128 px against the Haar coefficients of the area-resized drawing), then Adam on random faces.
About ten minutes on two cores:  python scripts/fit_preview_head.py --steps 600 --seed 0
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import Tensor

from latentedit.generators.mobilestylegan import BLOCK_CHANNELS, PREVIEW_BLOCKS, MobileStyleGAN
from latentedit.generators.preview_head import PreviewHead, start_from_linear
from latentedit.generators.registry import mobilestylegan_spec, preview_head_path
from latentedit.memory import keep_large_blocks


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--least-squares-faces", type=int, default=24)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--weights", type=Path, help="converted weights; default: those of the asset store")
    parser.add_argument("--out", type=Path, default=preview_head_path())
    arguments = parser.parse_args()
    keep_large_blocks()
    torch.manual_seed(arguments.seed)
    generator = bare_generator(arguments.weights)
    head = PreviewHead(BLOCK_CHANNELS[PREVIEW_BLOCKS - 1][1])
    random = torch.Generator().manual_seed(arguments.seed)
    start_from_linear(head, *least_squares(generator, arguments.least_squares_faces, random))
    optimiser = torch.optim.Adam(head.parameters(), lr=3e-4, betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-4, total_steps=arguments.steps)
    for step in range(arguments.steps):
        x, w, target = sample(generator, random, mixed=step % 2 == 1)
        difference = head(x, w) - target
        loss = difference.square().mean() + 0.1 * difference.abs().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 50 == 0 or step == arguments.steps - 1:
            print(f"step {step}: psnr {psnr(difference):.2f} dB", flush=True)
    held_out = torch.Generator().manual_seed(arguments.seed + 10_000)
    with torch.no_grad():
        scores = [psnr(head(x, w) - y) for x, w, y in (sample(generator, held_out, mixed=False) for _ in range(16))]
    print(f"held out: mean psnr {sum(scores) / len(scores):.2f} dB over {len(scores)} faces")
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: value.detach().contiguous() for name, value in head.state_dict().items()}, arguments.out)


def bare_generator(weights: Path | None) -> MobileStyleGAN:
    """The generator without a fitted head (the very thing to be made)."""
    from safetensors.torch import load_file

    if weights is None:
        from latentedit.assets import AssetStore

        weights = AssetStore.default().converted("mobilestylegan-ffhq")
    generator = MobileStyleGAN(mobilestylegan_spec())
    tensors = {
        "mapping_layers." + k.removeprefix("mapping.") if k.startswith("mapping.") else k: v
        for k, v in load_file(weights).items()
    }
    missing, unexpected = generator.load_state_dict(tensors, strict=False)
    assert not unexpected and all(name.startswith("preview_head.") for name in missing)
    return generator.eval().requires_grad_(False)


@torch.no_grad()
def sample(generator: MobileStyleGAN, random: torch.Generator, *, mixed: bool) -> tuple[Tensor, Tensor, Tensor]:
    """One face: features [1, C, 128, 128], the head's style [1, 512], the drawing at 256 px. ``mixed`` leaves the prior as projections do:
    every layer moves by its own random step."""
    w_plus = generator.mapping(torch.randn(1, 512, generator=random))
    if mixed:
        other = generator.mapping(torch.randn(generator.num_ws, 512, generator=random))[:, 0]
        w_plus = w_plus + 0.3 * (other - generator.w_avg)[None]
    noise: list[Tensor | None] = list(generator.noise_buffers())
    x = generator.features(w_plus, PREVIEW_BLOCKS, noise)
    image = generator.synthesis(w_plus)
    return x, w_plus[:, 3 * PREVIEW_BLOCKS], F.interpolate(image, size=(256, 256), mode="area")


def least_squares(generator: MobileStyleGAN, faces: int, random: torch.Generator) -> tuple[Tensor, Tensor]:
    """The linear map from features to Haar coefficients, weight [12, C] and bias [12], by the normal equations in float64."""
    gram: Tensor | float = 0.0
    cross: Tensor | float = 0.0
    for _ in range(faces):
        x, _, target = sample(generator, random, mixed=False)
        a = F.pad(x[0].flatten(1), (0, 0, 0, 1), value=1.0).double()  # [C + 1, P]
        b = forward_haar(target)[0].flatten(1).double()  # [12, P]
        gram, cross = gram + a @ a.T, cross + a @ b.T
    assert isinstance(gram, Tensor) and isinstance(cross, Tensor)
    ridge = 1e-6 * gram.diagonal().mean() * torch.eye(gram.shape[0], dtype=torch.float64)
    solution = torch.linalg.solve(gram + ridge, cross).float()
    return solution[:-1].T, solution[-1]


def forward_haar(image: Tensor) -> Tensor:
    """The transform that ``inverse_haar`` undoes: [N, 3, 2H, 2W] -> [N, 12, H, W]."""
    n, c, h, w = image.shape
    a, b, d, e = F.pixel_unshuffle(image, 2).view(n, c, 4, h // 2, w // 2).unbind(dim=2)
    average, vertical = (a + b + d + e) / 2, (a + b - d - e) / 2
    horizontal, diagonal = (a - b + d - e) / 2, (a - b - d + e) / 2
    return torch.cat([average, torch.stack((vertical, horizontal, diagonal), dim=2).flatten(1, 2)], dim=1)


def psnr(difference: Tensor) -> float:
    """Of images in [-1, 1], measured on [0, 1]."""
    return float(-10 * (difference.detach() / 2).square().mean().log10())


if __name__ == "__main__":
    main()
