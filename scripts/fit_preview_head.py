"""Fit MobileStyleGAN's preview head to its own drawings; writes latentedit/generators/data/mobilestylegan_preview_head.safetensors.

    python scripts/fit_preview_head.py --faces 2400 --steps 9000 --seed 0

Draws and keeps that many faces first (a quarter of a second each on two cores), then moves the head by Adam toward their area-resized
drawings, in pixels and in what AlexNet sees in them, since that is what projections compare.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import Tensor

from latentedit.generators.mobilestylegan import MobileStyleGAN, new_preview_head, parameter_name
from latentedit.generators.registry import mobilestylegan_spec, preview_head_path
from latentedit.memory import keep_large_blocks
from latentedit.perceptual import load_lpips

HELD_OUT = 32
PEAK_RATES = {"squeeze": 4e-5, "modulation": 3e-4}
"""Adam's, by layer: the first sums over 4608 numbers, so that small steps add up."""
OTHER_PEAK_RATE = 2e-3
PERCEPTUAL_WEIGHT = 0.1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faces", type=int, default=2400)
    parser.add_argument("--steps", type=int, default=9000)
    parser.add_argument("--batch", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="keep the drawn faces in this folder, and use those that are there")
    parser.add_argument("--draw-only", action="store_true", help="stop when the faces are drawn")
    parser.add_argument("--out", type=Path, default=preview_head_path())
    arguments = parser.parse_args()
    keep_large_blocks()
    generator = bare_generator()
    w_plus, targets = drawn(generator, arguments.faces, arguments.seed, arguments.keep)
    if not arguments.draw_only:
        fit(generator, w_plus, targets, arguments)


def fit(generator: MobileStyleGAN, w_plus: Tensor, targets: Tensor, arguments: argparse.Namespace) -> None:
    """Move the head of ``generator`` toward ``targets`` [F, 3, 256, 256] (half precision) and write it."""
    torch.manual_seed(arguments.seed)
    head = generator.preview_head = new_preview_head()
    lpips = load_lpips("alex")
    rates = {name: PEAK_RATES.get(name, OTHER_PEAK_RATE) for name, _ in head.named_children()}
    groups = [{"params": list(head.get_submodule(name).parameters())} for name in rates]
    optimiser = torch.optim.Adam(groups, betas=(0.9, 0.99))
    peaks = list(rates.values())
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, peaks, total_steps=arguments.steps, pct_start=0.05)
    order = torch.Generator().manual_seed(arguments.seed)
    for step in range(arguments.steps):
        chosen = torch.randint(HELD_OUT, len(w_plus), (arguments.batch,), generator=order)
        target = targets[chosen].float()
        image = generator.preview(w_plus[chosen])
        difference = image - target
        loss = difference.square().mean() + 0.1 * difference.abs().mean() + PERCEPTUAL_WEIGHT * lpips(image, target).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 250 == 249 or step == arguments.steps - 1:
            print(f"step {step + 1}: held out {held_out(generator, w_plus, targets, lpips)}", flush=True)
            # Half precision: a quarter of a thousandth is far below what the fit leaves.
            save_file({name: value.detach().half().contiguous() for name, value in head.state_dict().items()}, arguments.out)


@torch.no_grad()
def held_out(generator: MobileStyleGAN, w_plus: Tensor, targets: Tensor, lpips: torch.nn.Module) -> str:
    """Mean PSNR (on [0, 1]) and LPIPS (AlexNet) of the previews of the first faces, which are not fitted to."""
    psnr, distance = [], []
    for i in range(HELD_OUT):
        image, target = generator.preview(w_plus[i : i + 1]), targets[i : i + 1].float()
        psnr.append(float(-10 * ((image - target) / 2).square().mean().log10()))
        distance.append(float(lpips(image, target)))
    return f"{sum(psnr) / HELD_OUT:.2f} dB, LPIPS {sum(distance) / HELD_OUT:.4f}"


def bare_generator() -> MobileStyleGAN:
    """The generator without a fitted head (the very thing to be made)."""
    from safetensors.torch import load_file

    from latentedit.assets import AssetStore

    generator = MobileStyleGAN(mobilestylegan_spec())
    tensors = {
        parameter_name(name): value for name, value in load_file(AssetStore.default().converted("mobilestylegan-ffhq")).items()
    }
    missing, unexpected = generator.load_state_dict(tensors, strict=False)
    assert not unexpected and all(name.startswith("preview_head.") for name in missing)
    return generator.eval().requires_grad_(False)


@torch.no_grad()
def drawn(generator: MobileStyleGAN, count: int, seed: int, folder: Path | None) -> tuple[Tensor, Tensor]:
    """Latents [F, 22, 512] and their drawings at 256 px [F, 3, 256, 256] in half precision, one file of 50 faces at a time."""
    latents, images = [], []
    for number in range(count // 50):
        path = None if folder is None else folder / f"faces-{seed}-{number:03}.pt"
        if path is not None and path.is_file():
            block = torch.load(path, weights_only=True)  # noqa: TID251  # this script wrote it
        else:
            random = torch.Generator().manual_seed(seed * 1_000_003 + number)
            w_plus = torch.cat([random_latent(generator, random) for _ in range(50)])
            small = [F.interpolate(generator.synthesis(w[None]), size=(256, 256), mode="area") for w in w_plus]
            block = {"w_plus": w_plus, "images": torch.cat(small).half()}
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                torch.save(block, path)
        latents.append(block["w_plus"])
        images.append(block["images"])
    return torch.cat(latents), torch.cat(images)


def random_latent(generator: MobileStyleGAN, random: torch.Generator) -> Tensor:
    """One latent [1, 22, 512], of the prior or out of it as projections and edits go: mixed between two faces from some layer on, each
    layer moved by a random step, stretched or shrunk."""
    z = torch.randn(2 + generator.num_ws, generator.z_dim, generator=random)
    w = generator.mapping(z)[:, 0] - generator.w_avg
    chance = torch.rand(4, generator=random)
    w_plus = w[:1].repeat(generator.num_ws, 1)
    if chance[0] < 0.4:
        w_plus[int(chance[1] * generator.num_ws) :] = w[1]
    if chance[2] < 0.5:
        w_plus = w_plus + 0.5 * chance[2] * 2 * w[2:]
    return generator.w_avg + (0.5 + 0.6 * chance[3]) * w_plus[None]


if __name__ == "__main__":
    main()
