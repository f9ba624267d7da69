"""How far a batch is, told by steps whose times are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from latentedit.batch import BatchItem, BatchStep, Record, Tempo
from latentedit.batch.job import Phase
from latentedit.batch.tempo import LEARNING_SHARE


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def step(number: int, phase: Phase, status: str = "", **how: float) -> BatchStep:
    item = BatchItem(Path(f"{number}.png"), f"{number}.png")
    record = Record(item.name, status, str(item.path), "") if status else None
    return BatchStep(number, 4, item, phase, record=record, **how)  # type: ignore[arg-type]


def test_the_time_left_is_that_of_the_photographs_that_are_not_done() -> None:
    clock = Clock()
    tempo = Tempo(clock)
    tempo.count(step(0, "unchanged", "done"))
    assert (tempo.num_ended, tempo.fraction, tempo.seconds_left) == (1, 0.25, None), "what was done before tells nothing"
    tempo.count(step(1, "started"))
    assert tempo.seconds_left is None
    clock.now += 30
    tempo.count(step(1, "projecting", share=0.5, face=0, num_faces=1))
    half = LEARNING_SHARE / 2
    assert tempo.fraction == pytest.approx((1 + half) / 4)
    assert tempo.seconds_left == pytest.approx(30 * (3 - half) / half)
    clock.now += 30
    tempo.count(step(1, "ended", "done"))
    assert tempo.seconds_left == pytest.approx(120), "two left, a minute each"
    tempo.count(step(2, "started"))
    tempo.count(step(2, "ended", "failed"))
    assert tempo.fraction == 0.75 and tempo.seconds_left == pytest.approx(60), "a failure tells nothing of how long others take"


def test_each_face_has_its_share_of_a_photograph() -> None:
    tempo = Tempo(Clock())
    seen = []
    for face in range(2):
        for share in (0.5, 1.0):
            tempo.count(step(0, "projecting", share=share, face=face, num_faces=2))
            seen.append(tempo.fraction * 4 / LEARNING_SHARE)
    assert seen == pytest.approx([0.25, 0.5, 0.75, 1.0])
    tempo.count(step(0, "projecting", share=0.1, face=1, num_faces=2))
    assert tempo.fraction * 4 == pytest.approx(LEARNING_SHARE), "no bar goes back"
