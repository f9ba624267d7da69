"""What a direction was measured to do: told in deviations, warned of when weak, and kept in its file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from latentedit.directions import Direction
from latentedit.directions.direction import Measured
from latentedit.directions.effects import Effect
from latentedit.directions.formats.pack_file import read_pack, write_pack
from latentedit.directions.loading import find_direction
from latentedit.directions.sampling import ScoredSample
from latentedit.directions.strength import by_size, deviations, weakness, with_effects
from latentedit.errors import DirectionError
from latentedit.generators.toy import toy_spec

EFFECTS = {
    "age": Effect(8.0, 0.9, 10),
    "smile": Effect(0.1, 1.0, 10),
    "beard": Effect(-300.0, 0.2, 9),
    "odd": Effect(1.0, 1.0, 10),
}
SPREAD = {"age": 10.0, "smile": 0.2, "beard": 100.0}


def test_effects_are_in_deviations_the_own_one_first() -> None:
    assert [name for name, _ in by_size("smile", EFFECTS, SPREAD)] == ["smile", "beard", "age"]
    assert [name for name, _ in by_size("", EFFECTS, SPREAD)] == ["beard", "age", "smile"]
    known = Direction("grin", torch.ones(16), measured=Measured(4, identity=0.3))
    measured = with_effects(known, "smile", EFFECTS, SPREAD).measured
    assert measured == Measured(10, "smile", 1.0, {"smile": 0.5, "beard": -3.0, "age": 0.8}, 0.3)


def test_deviations_are_of_what_differs() -> None:
    rows = [{"a": 1.0, "same": 2.0}, {"a": 3.0, "same": 2.0, "once": 1.0}, {"a": 8.0, "same": 2.0}]
    samples = [ScoredSample(number, 3, torch.zeros(2), row) for number, row in enumerate(rows, start=1)]
    assert deviations(samples) == {"a": pytest.approx(13**0.5)}


@pytest.mark.parametrize(
    ("measured", "weak"),
    [
        (Measured(12, "smile", 1.0, {"smile": 2.0}), False),
        (Measured(12, "smile", 0.8, {"smile": 0.5}), False),
        (Measured(12, "smile", 0.6, {"smile": 2.0}), True),
        (Measured(12, "smile", 1.0, {"smile": 0.3}), True),
        (Measured(12, "smile", 0.0, {"smile": -2.0}), True),
        (Measured(12, "smile", None, {"age": 3.0}), True),
        (Measured(12, "", None, {"age": 0.1}), False),
    ],
)
def test_what_does_not_move_its_score_is_weak(measured: Measured, weak: bool) -> None:
    told = weakness(measured)
    assert (told is not None) == weak
    assert told is None or ("smile" in told and "\n" not in told)


def test_what_was_measured_is_kept_in_the_file(tmp_path: Path) -> None:
    path, spec = tmp_path / "pack.safetensors", toy_spec()
    known = [
        Direction("grin", torch.ones(16), measured=Measured(12, "smile", 0.75, {"smile": 1.5, "age": -0.25}, 0.25)),
        Direction("pout", torch.ones(16), measured=Measured(12)),
        Direction("plain", torch.ones(16)),
    ]
    write_pack(path, known, spec)
    assert [one.measured for one in read_pack(path).directions] == [one.measured for one in known]
    assert find_direction(f"{path}:grin", spec).measured == known[0].measured


@pytest.mark.parametrize("damage", [{"rises": 2}, {"faces": -1}, {"changes": [1]}, {"identity": "near"}, {"attribute": 3}])
def test_a_damaged_measure_is_told(damage: dict[str, object], tmp_path: Path) -> None:
    path, spec = tmp_path / "pack.safetensors", toy_spec()
    write_pack(path, [Direction("grin", torch.ones(16), measured=Measured(12, "smile", 0.75, {"smile": 1.5}, 0.25))], spec)
    with safe_open(path, "pt") as file:
        texts = file.metadata()
    facts = json.loads(texts["directions"])
    facts["grin"]["measured"] |= damage
    save_file(load_file(path), path, {**texts, "directions": json.dumps(facts)})
    with pytest.raises(DirectionError, match="damaged"):
        read_pack(path)
