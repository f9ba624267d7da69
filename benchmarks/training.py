"""What the laboratory costs: its loop beside a bare one, written by hand for the same networks.

    python benchmarks/training.py [--json] [--batch 32]

Both train DCGAN at 64 pixels on the same images in memory, with the same optimiser (Adam, fused). The bare loop has no checkpoints, logs, averages, seeds for
each step, or look at whether losses are finite; ours has all of these but for the files. A ratio is ours over the bare loop's; below 1 is faster.

The floor is the arithmetic of the networks (multiplications and additions in convolutions, forwards and backwards), printed beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
import torch.nn.functional as F
from measuring import arguments, compare, tell
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from latentedit_training.config import TrainConfig
from latentedit_training.config_text import config_from_tree, overridden
from latentedit_training.data.arrays import ArrayImages
from latentedit_training.recipes import read_recipe
from latentedit_training.training import Training

BAR = 1.05
CPU = torch.device("cpu")
CASES = {"NS": "dcgan-64", "WGAN-GP": "wgan-gp-64"}
REPEATS = 12


def images() -> ArrayImages:
    random = torch.Generator().manual_seed(0)
    return ArrayImages(torch.randint(256, (512, 3, 64, 64), generator=random, dtype=torch.uint8))


def config(recipe: str, batch: int) -> TrainConfig:
    return config_from_tree(overridden(read_recipe(recipe), [f"batch_size={batch}", "images.flip=false", "game.prior=normal"]))


class Bare:
    """A training loop as people write it."""

    def __init__(self, case: str, training: Training, data: ArrayImages) -> None:
        torch.manual_seed(0)
        config = training.config
        self.penalised = case == "WGAN-GP"
        self.turns = 5 if self.penalised else 1
        self.data, self.batch = data, config.batch_size
        game = config.game.set_up(data.shape, training.labels)
        self.g, self.d = game.networks["g"].train(), game.networks["d"].train()
        self.z_dim = game.z_dim
        optimizers = [(net, config.optimizers[name]) for net, name in ((self.g, "g"), (self.d, "d"))]
        self.opt_g, self.opt_d = (
            torch.optim.Adam(net.parameters(), lr=told.lr, betas=(told.beta1, told.beta2), fused=True) for net, told in optimizers
        )
        self.order = self.epochs()

    def epochs(self) -> Iterator[Tensor]:
        while True:
            yield from torch.randperm(len(self.data)).split(self.batch)

    def step(self) -> None:
        for parameter in self.d.parameters():
            parameter.requires_grad_(True)
        for _ in range(self.turns):
            real = self.data.read(next(self.order).tolist()).float() / 127.5 - 1
            with torch.no_grad():
                fake = self.g(torch.randn(len(real), self.z_dim))
            of_real, of_fake = self.d(real).logits, self.d(fake).logits
            if self.penalised:
                share = torch.rand(len(real), 1, 1, 1)
                between = (share * real + (1 - share) * fake).requires_grad_(True)
                (gradient,) = torch.autograd.grad(self.d(between).logits.sum(), between, create_graph=True)
                loss = of_fake.mean() - of_real.mean() + 10 * (gradient.flatten(1).norm(dim=1) - 1).square().mean()
            else:
                loss = F.softplus(-of_real).mean() + F.softplus(of_fake).mean()
            self.move(loss, self.opt_d)
        for parameter in self.d.parameters():
            parameter.requires_grad_(False)
        of_fake = self.d(self.g(torch.randn(self.batch, self.z_dim))).logits
        self.move(-of_fake.mean() if self.penalised else F.softplus(-of_fake).mean(), self.opt_g)

    @staticmethod
    def move(loss: Tensor, optimizer: torch.optim.Optimizer) -> None:
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()


def floor_gflop(bare: Bare) -> float:
    """Thousands of millions of operations of one step's convolutions and products: a forward pass counts once, a backward pass to inputs or to weights once
    each, a penalty's second derivative as its first and as much again."""

    def forward(network: nn.Module, inputs: Tensor) -> float:
        counter = FlopCounterMode(display=False)
        with counter, torch.no_grad():
            network(inputs)
        return counter.get_total_flops() / 1e9

    g = forward(bare.g, torch.randn(bare.batch, bare.z_dim))
    d = forward(bare.d, torch.randn(bare.batch, 3, 64, 64))
    critic = g + 6 * d + (6 * d if bare.penalised else 0)
    return bare.turns * critic + 3 * g + 2 * d


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--batch", type=int, default=32)
    told = parser.parse_args()
    rows = []
    for case, recipe in CASES.items():
        data = images()
        training = Training(config(recipe, told.batch), data, device=CPU)
        steps = training.steps()
        bare = Bare(case, training, data)
        note = f"bar: {BAR}; floor {floor_gflop(bare):.0f} GFLOP a step"
        case_told = f"{case}, DCGAN 64 px, batch {told.batch}"
        rows.append(compare(case_told, lambda steps=steps: next(steps), "a bare loop", bare.step, repeats=REPEATS, note=note))
    tell("training", rows, device=told.device, packages=("accelerate",), as_json=told.json)


if __name__ == "__main__":
    main()
