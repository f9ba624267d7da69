"""The common frame of all projections: variables that an optimiser moves, one step at a time, and that can be stored and restored."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import torch
from torch import Tensor

from latentedit.errors import InputError
from latentedit.projection.step import State


@dataclass(frozen=True, eq=False)
class StepReport:
    """What one step saw: its loss, the phase's name, and the drawing [1, 3, p, p] that the loss looked at."""

    loss: float
    phase: str
    image: Tensor


class Descent(ABC):
    """One stage of a projection.

    A subclass fills ``variables`` (leaf tensors by name) before it calls :meth:`start`, and implements :meth:`objective`. All randomness
    comes from ``random``, so that the same seed gives the same result and a restored stage goes on as if it had not stopped.
    """

    num_steps: int

    def __init__(self, *, seed: int, device: torch.device) -> None:
        self.device = device
        self.random = torch.Generator().manual_seed(seed)
        self.variables: dict[str, Tensor] = {}

    def start(self, *, betas: tuple[float, float]) -> None:
        """Let Adam move the variables."""
        self.start_with(torch.optim.Adam(list(self.variables.values()), betas=betas))

    def start_with(self, optimiser: torch.optim.Optimizer) -> None:
        """Let ``optimiser``, made for the variables, move them."""
        for variable in self.variables.values():
            variable.requires_grad_(True)
        self.optimiser = optimiser

    @abstractmethod
    def learning_rate(self, index: int) -> float:
        """The optimiser's rate at step ``index`` (from 0)."""

    @abstractmethod
    def objective(self, index: int) -> tuple[Tensor, str, Tensor]:
        """The loss at step ``index``, the phase's name, and the drawing at 256 px or less."""

    @abstractmethod
    def w_plus(self) -> Tensor:
        """The current latent [1, num_ws, w_dim], detached."""

    def noise(self) -> list[Tensor] | None:
        """The optimised noise, detached; None when the stage does not optimise any."""
        return None

    def weight_delta(self) -> dict[str, Tensor] | None:
        """What the stage adds to the generator's parameters; None when it does not tune them."""
        return None

    def before_update(self) -> None:  # noqa: B027 - most stages have nothing to do here
        """Called when the gradients are there, before the optimiser moves the variables."""

    def after_update(self) -> None:  # noqa: B027 - most stages have nothing to do here
        """Called when the optimiser has moved the variables."""

    def step(self, index: int) -> StepReport:
        """Do step ``index``."""
        for group in self.optimiser.param_groups:
            group["lr"] = self.learning_rate(index)
        loss, phase, image = self.objective(index)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        self.before_update()
        self.optimiser.step()
        self.after_update()
        return StepReport(float(loss.detach()), phase, image.detach())

    def state(self) -> State:
        """The variables, the optimiser's moments and the random generator's state."""
        state = {"random": self.random.get_state()}
        for name, variable in self.variables.items():
            state[f"variable.{name}"] = variable.detach().clone()
            for key, value in self.optimiser.state.get(variable, {}).items():
                state[f"optimiser.{key}.{name}"] = value.clone()
        return state

    def restore(self, state: State) -> None:
        """Take everything back from :meth:`state`.

        Raises:
            InputError: the state is not one of this stage.
        """
        try:
            self.random.set_state(state["random"].cpu())
            for name, variable in self.variables.items():
                with torch.no_grad():
                    variable.copy_(state[f"variable.{name}"])
                suffix = f".{name}"
                moments = {
                    key.removeprefix("optimiser.").removesuffix(suffix): value
                    for key, value in state.items()
                    if key.startswith("optimiser.") and key.removeprefix("optimiser.").partition(".")[2] == name
                }
                if moments:
                    self.optimiser.state[variable] = {k: v.clone() for k, v in moments.items()}
        except (KeyError, RuntimeError) as error:
            raise InputError(f"The saved projection does not fit this one: {error}", hint="Delete it and start again.") from error
