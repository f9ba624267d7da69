from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from latentedit.generators.toy import ToyGenerator
from latentedit.projection import PRESETS, ProjectionStep
from latentedit.projection.pace import RELATIVE_COST, Pace


def steps(config: Any, costs: dict[str, float], first: int = 1) -> list[ProjectionStep]:
    """Steps as a projection would yield them, each taking what its phase costs."""
    nothing = ToyGenerator().w_avg
    phases = ["coarse"] * config.coarse_steps + ["fine"] * config.fine_steps + ["tuning"] * config.tuning_steps
    made, seconds = [], 0.0
    for number, phase in enumerate(phases, 1):
        if number < first:
            continue
        seconds += costs[phase]
        made.append(ProjectionStep(number, len(phases), phase, 0.0, nothing, nothing, seconds, lambda: {}))
    return made


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("first", [1, 40])
def test_steady_steps_are_told_exactly(preset: Any, first: int) -> None:
    config = PRESETS[preset]
    taken = steps(config, {phase: 0.2 * cost for phase, cost in RELATIVE_COST.items()}, first)
    pace = Pace(config)
    for step in taken:
        assert pace.seconds_left(step) == pytest.approx(taken[-1].seconds - step.seconds)


def test_a_first_step_that_loads_everything_is_forgotten_at_the_second() -> None:
    taken = steps(PRESETS["balanced"], {phase: 0.2 * cost for phase, cost in RELATIVE_COST.items()})
    late = [replace(step, seconds=step.seconds + 10.0) for step in taken]
    pace = Pace(PRESETS["balanced"])
    told = [pace.seconds_left(step) for step in late[:2]]
    assert told[0] > 5 * told[1]
    assert told[1] == pytest.approx(taken[-1].seconds - taken[1].seconds)


def test_a_phase_is_told_by_its_own_steps_once_there_are_some() -> None:
    config = PRESETS["balanced"]
    taken = steps(config, {"coarse": 0.1, "fine": 2.0, "tuning": 2.0})
    pace = Pace(config)
    told = [pace.seconds_left(step) for step in taken]
    end = taken[-1].seconds
    beginning, middle = config.coarse_steps, config.coarse_steps + config.fine_steps // 2
    assert told[beginning - 2] < 0.5 * (end - taken[beginning - 2].seconds), "nothing told it yet"
    assert told[middle] == pytest.approx(end - taken[middle].seconds, rel=0.25)
    assert told[-1] == 0


def test_the_share_is_of_the_time_and_never_goes_back() -> None:
    config = PRESETS["balanced"]
    taken = steps(config, {phase: 0.2 * cost for phase, cost in RELATIVE_COST.items()})
    pace = Pace(config)
    shares = [pace.share(step) for step in taken]
    assert shares == pytest.approx([step.seconds / taken[-1].seconds for step in taken]) and shares[-1] == 1.0
    assert shares[config.coarse_steps - 1] < 0.2, "many steps, little time"
    uneven = steps(config, {"coarse": 0.2, "fine": 9.0, "tuning": 0.1})
    pace = Pace(config)
    shares = [pace.share(step) for step in uneven]
    assert shares == sorted(shares) and shares[-1] == 1.0
