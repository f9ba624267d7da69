"""All games."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from latentedit_training.games.adversarial import AdversarialConfig
from latentedit_training.games.boundary_equilibrium import BoundaryEquilibriumConfig
from latentedit_training.games.semi_supervised import SemiSupervisedConfig

AnyGame = Annotated[AdversarialConfig | BoundaryEquilibriumConfig | SemiSupervisedConfig, Field(discriminator="name")]
