"""Batches over a Ray cluster of two workers on this machine; run by ``test_on_ray.py`` as a process of its own."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from contextlib import closing
from pathlib import Path

import torch
from toy_batch import SyntheticFaces, files_in, run, steps_of, write_photo

from latentedit.batch.on_ray import RayEngine, connected
from latentedit.faces import Face
from latentedit.images import Photo

NAMES = ("a.png", "b.jpg", "c.png", "s/a.png")


class DeadlyFaces(SyntheticFaces):
    """Kills its worker: once over ``b.jpg``, always over ``c.png``."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def find_faces(self, photo: Photo) -> list[Face]:
        met = self.folder / f"{photo.name}.{os.getpid()}"
        before = list(self.folder.glob(f"{photo.name}.*"))
        met.touch()
        if photo.name == "c.png" or (photo.name == "b.jpg" and not before):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().find_faces(photo)


def same_results_as_in_this_process(folder: Path) -> None:
    (folder / "in" / "bad.jpg").write_bytes(b"text")
    steps = list(steps_of(folder, engine=RayEngine(workers=2, make_bench=SyntheticFaces)))
    for name in NAMES:
        phases = [step.phase for step in steps if step.item.name == name]
        assert phases == ["started", "reading", "finding faces", "projecting", "projecting", "drawing", "writing", "ended"], (
            phases
        )
    records = {step.item.name: step.record for step in steps if step.record is not None}
    assert {name for name, record in records.items() if record.status == "done"} == set(NAMES)
    assert "holds text" in records["bad.jpg"].error
    by_ray = files_in(folder / "out")
    shutil.rmtree(folder / "out")
    run(folder)
    assert files_in(folder / "out") == by_ray
    (folder / "in" / "bad.jpg").unlink()


def a_dead_worker_is_replaced(folder: Path) -> None:
    (folder / "met").mkdir()

    def make_bench() -> DeadlyFaces:
        return DeadlyFaces(folder / "met")

    records = run(folder, engine=RayEngine(workers=2, make_bench=make_bench))
    assert {name for name, record in records.items() if record.status == "done"} == set(NAMES) - {"c.png"}
    assert "worker died 2 times" in records["c.png"].error and records["c.png"].hint and not records["c.png"].bug
    assert len(list((folder / "met").glob("c.png.*"))) == 2
    records = run(folder, engine=RayEngine(workers=2, make_bench=SyntheticFaces), resume=True)
    assert {record.status for record in records.values()} == {"done"}
    assert sorted(files_in(folder / "out")) == sorted(NAMES)


def what_was_cancelled_goes_on(folder: Path) -> None:
    with closing(steps_of(folder, engine=RayEngine(workers=2, make_bench=SyntheticFaces))) as steps:  # type: ignore[type-var]
        for step in steps:
            if step.phase == "projecting":
                break
    assert run(folder, resume=True).keys() == set(NAMES)
    assert sorted(files_in(folder / "out")) == sorted(NAMES)


def main() -> None:
    root = Path(sys.argv[1])
    torch.set_num_threads(1)  # as each of two workers on two cores has: sums of two threads round otherwise
    with connected(None, 2) as ray:
        for check in (same_results_as_in_this_process, a_dead_worker_is_replaced, what_was_cancelled_goes_on):
            folder = root / check.__name__
            for name in NAMES:
                write_photo(folder / "in" / name)
            check(folder)
        assert ray.is_initialized()  # the engine leaves a connection that it did not make


if __name__ == "__main__":
    main()
