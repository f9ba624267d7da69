"""Are GANs created equal? (Lucic et al., 2018): all losses on one architecture, with equal budgets and several seeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from latentedit_training.config_text import overridden
from latentedit_training.metrics.extractors.small_classifier import DataName
from latentedit_training.recipes import read_recipe
from latentedit_training.study.jobs import StudyJob
from latentedit_training.study.lucic_losses import LUCIC_LOSSES, searched_settings

RECIPE = "lucic"
PAPER_WIDTH = 64


@dataclass(frozen=True)
class LucicPlan:
    """What is run.

    Attributes:
        losses: keys of :data:`LUCIC_LOSSES`.
        seeds: of each loss.
        kimg: thousands of real images that each discriminator sees: the budget, the same for all.
        width: of the networks; 64 in the paper. Learning rates grow as it falls.
        search: draws of the random search for each loss, in place of the defaults; 0 for none.
        search_seed: of the search.
        samples: images that the last FID is measured with.
    """

    losses: tuple[str, ...] = tuple(name for name, loss in LUCIC_LOSSES.items() if loss.in_paper)
    seeds: tuple[int, ...] = (0, 1, 2)
    kimg: float = 1200.0
    width: int = PAPER_WIDTH
    search: int = 0
    search_seed: int = 0
    samples: int = 10000


def lucic_jobs(plan: LucicPlan, data: DataName, folder: Path, out: Path) -> list[StudyJob]:
    """The runs of a plan on one set of images.

    Args:
        plan: what is run.
        data: which set it is.
        folder: of its idx files.
        out: the study's folder.
    """
    return [
        StudyJob(
            name=f"{data}/{loss}/{f'draw-{draw}-' if plan.search else ''}seed-{seed}",
            group=(data, loss),
            recipe=RECIPE,
            settings=tuple(_settings(plan, loss, draw, seed)),
            data=str(folder),
            test_data=str(next(folder.glob("t10k-images*"))),
            extractor=data,
            out=str(out),
            samples=plan.samples,
        )
        for loss in plan.losses
        for draw in range(max(plan.search, 1))
        for seed in plan.seeds
    ]


def _settings(plan: LucicPlan, loss: str, draw: int, seed: int) -> Sequence[str]:
    chosen = LUCIC_LOSSES[loss]
    settings = [*chosen.settings]
    turns = chosen.critic_turns
    if plan.search:
        searched = searched_settings(loss, draw, seed=plan.search_seed)
        settings += searched
        turns = next((int(s.partition("=")[2]) for s in searched if s.startswith("game.discriminator_turns=")), turns)
    batch_size = int(read_recipe(RECIPE)["batch_size"])
    steps = max(round(1000 * plan.kimg / (batch_size * turns)), 1)
    widths = [f"game.{network}.width={plan.width}" for network in ("generator", "discriminator")]
    return [*settings, *_rates(settings, plan.width), *widths, f"steps={steps}", f"seed={seed}"]


def _rates(settings: Sequence[str], width: int) -> list[str]:
    """Learning rates for narrower networks: Adam moves every weight as far whatever the width, so that the sum over fewer of them moves less, in proportion
    (Yang et al., 2022, "Tensor Programs V", table 3). With the rates of 64 channels, minimax with 16 drew noise for all of 150,000 images."""
    if width == PAPER_WIDTH:
        return []
    optimizers = overridden(read_recipe(RECIPE), settings)["optimizers"]
    return [f"optimizers.{name}.lr={optimizers[name]['lr'] * PAPER_WIDTH / width:.6g}" for name in ("g", "d")]
