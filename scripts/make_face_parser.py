"""Train the network that tells skin, neck, hair, clothes and background, and write its weights and its results.

    python scripts/make_face_parser.py [--faces 1000] [--steps 3000] [--seed 11]

Everything it learns from is drawn by the generator: see ``face_part_labels.py``. Faces that took no part in the training tell how often both agree.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from face_part_labels import draw, make_labeller, sharpened
from PIL import Image
from safetensors.torch import load_file, save_file
from torch import Tensor

import latentedit
from latentedit.face_parser import PARTS, FaceParser
from latentedit.face_parser.network import PARSED_PX
from latentedit.generators.mobilestylegan import MobileStyleGAN

ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "latentedit" / "face_parser" / "data" / "parts.safetensors"
BATCH, DRAWN_AT_ONCE = 16, 10
HELD_OUT = 100
LEARNING_RATE = 3e-3
COLOURS = np.array([[255, 205, 160], [255, 120, 60], [120, 60, 20], [60, 90, 220], [90, 200, 90]], dtype=np.float32)
"""Of the parts in the sheet."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faces", type=int, default=1000)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--examples", type=Path, help="where the labelled faces are kept, or read from when they are there")
    parser.add_argument("--sheet", type=Path, help="a picture of held-out faces and what the network sees in them")
    chosen = parser.parse_args()
    if chosen.examples is not None and chosen.examples.exists():
        known = load_file(chosen.examples)
        images, labels = known["images"], known["labels"]
    else:
        generator = latentedit.load_generator("mobilestylegan-ffhq", device="cpu")
        assert isinstance(generator, MobileStyleGAN)
        images, labels = labelled_faces(generator, chosen.faces, chosen.seed)
        if chosen.examples is not None:
            save_file({"images": images, "labels": labels}, chosen.examples)
    began = time.monotonic()
    network = train(images[HELD_OUT:], labels[HELD_OUT:], chosen.steps, chosen.seed)
    print(f"trained in {time.monotonic() - began:.0f} s")
    WEIGHTS.parent.mkdir(exist_ok=True)
    save_file({name: tensor.half().contiguous() for name, tensor in network.state_dict().items()}, WEIGHTS)
    tell_agreement(network, images[:HELD_OUT], labels[:HELD_OUT])
    if chosen.sheet is not None:
        write_sheet(network, images[:HELD_OUT], chosen.sheet)


@torch.no_grad()
def labelled_faces(generator: MobileStyleGAN, count: int, seed: int) -> tuple[Tensor, Tensor]:
    """Pictures [count, 3, 128, 128] in [-1, 1] and their parts [count, 5, 128, 128], both in half precision."""
    labeller = make_labeller(generator, seed)
    # Made at once: between blocks that come and go, what stays would leave gaps that nothing fits into.
    images = torch.empty(count, 3, PARSED_PX, PARSED_PX, dtype=torch.half)
    labels = torch.empty(count, len(PARTS), PARSED_PX, PARSED_PX, dtype=torch.half)
    for start, w_plus in zip(range(0, count, DRAWN_AT_ONCE), latents(generator, count, seed + 1), strict=True):
        image, features = draw(generator, w_plus)
        images[start : start + len(image)] = image
        for place, (parts, picture) in enumerate(zip(labeller.parts(features), image, strict=True), start):
            labels[place] = sharpened(parts, picture)
        if start % 100 == 0:
            print(f"{start} faces", flush=True)
    return images, labels


def latents(generator: MobileStyleGAN, count: int, seed: int) -> Iterator[Tensor]:
    """Random faces, more and less usual ones, every second mixed of two: [N, num_ws, w_dim] for up to ten."""
    random = torch.Generator().manual_seed(seed)
    for start in range(0, count, DRAWN_AT_ONCE):
        batch = min(DRAWN_AT_ONCE, count - start)
        w = generator.mapping(torch.randn(2 * batch, generator.z_dim, generator=random))
        psi = 0.5 + 0.5 * torch.rand(batch, 1, 1, generator=random)
        first, second = w[:batch], w[batch:]
        from_layer = torch.randint(1, generator.num_ws, (batch, 1, 1), generator=random)
        mixed = (torch.arange(generator.num_ws)[:, None] >= from_layer) & (torch.arange(batch) % 2 == 0)[:, None, None]
        yield generator.w_avg + psi * (torch.where(mixed, second, first) - generator.w_avg)


def train(images: Tensor, labels: Tensor, steps: int, seed: int) -> FaceParser:
    """Cross entropy with soft labels; AdamW with one cycle."""
    torch.manual_seed(seed)
    random = torch.Generator().manual_seed(seed + 2)
    network = FaceParser().to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, total_steps=steps)
    total = 0.0
    for step in range(1, steps + 1):
        index = torch.randint(len(images), (BATCH,), generator=random)
        x, y = augmented(images[index].float(), labels[index].float(), random)
        loss = -(network(x).log_softmax(dim=1) * y).sum(dim=1).mean()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        schedule.step()
        total += float(loss.detach())
        if step % 100 == 0:
            print(f"step {step}: {total / 100:.4f}", flush=True)
            total = 0.0
    return network.eval()


def augmented(images: Tensor, labels: Tensor, random: torch.Generator) -> tuple[Tensor, Tensor]:
    """What photographs have and drawings lack: other backgrounds, light, sharpness, grain, and squares that lie a little off."""
    count = len(images)

    def uniform(low: float, high: float, *shape: int) -> Tensor:
        return low + (high - low) * torch.rand(count, *(shape or (1, 1, 1)), generator=random)

    x = (images + 1) / 2
    behind = labels[:, -1:]
    other = _placed(x.roll(1, dims=0).flip(-1), uniform(-3.1, 3.1), uniform(0.3, 1.0), uniform(-0.5, 0.5, 2, 1, 1))
    swapped = uniform(0, 1) < 0.4
    x = torch.where(swapped, x * (1 - behind) + other * behind, x)
    turn, scale, shift = uniform(-0.25, 0.25), uniform(0.85, 1.15), uniform(-0.12, 0.12, 2, 1, 1)
    both = _placed(torch.cat([x, labels], dim=1), turn, scale, shift)
    both = torch.where(uniform(0, 1) < 0.5, both.flip(-1), both)
    x, labels = both[:, :3], both[:, 3:].clamp_min(0)
    grey = x.mean(dim=1, keepdim=True)
    x = torch.lerp(grey.expand_as(x), x, torch.where(uniform(0, 1) < 0.1, torch.zeros(1), uniform(0.5, 1.4)))
    x = x.clamp_min(1e-3) ** uniform(0.6, 1.7) * uniform(0.8, 1.2, 3, 1, 1)
    middle = x.mean(dim=(1, 2, 3), keepdim=True)
    x = middle + (x - middle) * uniform(0.6, 1.4)
    blurred = F.interpolate(F.avg_pool2d(x, 2), scale_factor=2.0, mode="bilinear", align_corners=False)
    x = torch.lerp(x, blurred, torch.where(uniform(0, 1) < 0.3, uniform(0, 1), torch.zeros(1)))
    x = x + torch.randn(x.shape, generator=random) * uniform(0, 0.04)
    return x.clamp(0, 1) * 2 - 1, labels / labels.sum(dim=1, keepdim=True).clamp_min(1e-3)


def _placed(images: Tensor, turn: Tensor, scale: Tensor, shift: Tensor) -> Tensor:
    cosine, sine = scale * turn.cos(), scale * turn.sin()
    rows = torch.cat([torch.cat([cosine, -sine, shift[:, :1]], dim=3), torch.cat([sine, cosine, shift[:, 1:]], dim=3)], dim=2)[
        :, 0
    ]
    grid = F.affine_grid(rows, list(images.shape), align_corners=False)
    return F.grid_sample(images, grid, mode="bilinear", padding_mode="reflection", align_corners=False)


@torch.no_grad()
def tell_agreement(network: FaceParser, images: Tensor, labels: Tensor) -> None:
    """Intersection over union of what the network and the labels say, part by part, over all held-out pixels."""
    seen, told = network(images.float()).argmax(dim=1), labels.argmax(dim=1)
    for index, part in enumerate(PARTS):
        both, either = ((seen == index) & (told == index)).sum(), ((seen == index) | (told == index)).sum()
        print(f"{part:<12}{float(both / either):.3f}")


@torch.no_grad()
def write_sheet(network: FaceParser, images: Tensor, path: Path) -> None:
    """Twenty faces, and under each what the network sees."""
    rows = []
    for start in (0, 10):
        x = images[start : start + 10].float()
        pictures = ((x + 1) * 127.5).permute(0, 2, 3, 1).numpy()
        seen = network(x).softmax(dim=1).permute(0, 2, 3, 1).numpy() @ COLOURS
        rows += [np.concatenate(list(row), axis=1) for row in (pictures, 0.35 * pictures + 0.65 * seen)]
    Image.fromarray(np.concatenate(rows).clip(0, 255).astype(np.uint8)).save(path)


if __name__ == "__main__":
    main()
