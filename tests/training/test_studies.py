"""Studies: what is planned, done once, and told."""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from latentedit.errors import UsageError
from latentedit_training.config_text import config_from_tree, overridden
from latentedit_training.recipes import read_recipe
from latentedit_training.study.commands import lucic_jobs_of, report_lucic
from latentedit_training.study.few_labels import FewLabelsPlan, read_curve, run_few_labels, run_name, summary
from latentedit_training.study.few_labels_report import few_labels_table, write_few_labels_report
from latentedit_training.study.jobs import StudyJob, do_job, read_result
from latentedit_training.study.lucic import LucicPlan, lucic_jobs
from latentedit_training.study.lucic_losses import LUCIC_LOSSES, searched_settings
from latentedit_training.study.lucic_report import csv_text, markdown_table
from latentedit_training.study.runners import run_jobs


def write_idx(path: Path, array: np.ndarray) -> None:
    head = bytes([0, 0, 8, array.ndim]) + b"".join(int(size).to_bytes(4, "big") for size in array.shape)
    path.write_bytes(gzip.compress(head + array.astype(np.uint8).tobytes()))


@pytest.fixture
def digits(tmp_path: Path) -> Path:
    """MNIST's four files in small: ten kinds of bright squares."""
    folder = tmp_path / "digits"
    folder.mkdir()
    random = np.random.default_rng(0)
    for name, count in (("train", 120), ("t10k", 60)):
        classes = np.arange(count) % 10
        images = random.integers(0, 40, (count, 28, 28))
        for image, kind in zip(images, classes, strict=True):
            image[2 + 2 * kind : 6 + 2 * kind, 4:24] += 200
        write_idx(folder / f"{name}-images-idx3-ubyte.gz", images)
        write_idx(folder / f"{name}-labels-idx1-ubyte.gz", classes)
    return folder


def small_jobs(digits: Path, out: Path, losses: Sequence[str] = ("ns", "began")) -> list[StudyJob]:
    plan = LucicPlan(losses=tuple(losses), seeds=(0, 1), kimg=0.128 * 5, width=2, samples=60)
    return lucic_jobs(plan, "mnist", digits, out)


def test_all_losses_see_as_many_images(digits: Path, tmp_path: Path) -> None:
    jobs = lucic_jobs(LucicPlan(losses=tuple(LUCIC_LOSSES), kimg=64.0), "mnist", digits, tmp_path)
    for job in jobs:
        config = config_from_tree(overridden(read_recipe(job.recipe), job.settings))
        turns = getattr(config.game, "discriminator_turns", 1)
        assert config.steps * turns * config.batch_size == pytest.approx(64000, rel=0.01), job.name
    assert len({job.name for job in jobs}) == len(jobs) == 3 * len(LUCIC_LOSSES)


@pytest.mark.parametrize("loss", LUCIC_LOSSES)
def test_every_draw_of_the_search_is_a_valid_setting_within_the_paper_s_ranges(loss: str, digits: Path, tmp_path: Path) -> None:
    for job in lucic_jobs(LucicPlan(losses=(loss,), seeds=(0,), search=8), "mnist", digits, tmp_path):
        config = config_from_tree(overridden(read_recipe(job.recipe), job.settings))
        g, d = config.optimizers["g"], config.optimizers["d"]
        assert g.lr == d.lr and 1e-5 <= g.lr <= 1e-2 and 0 <= g.beta1 < 1
    assert searched_settings(loss, 0, seed=0) == searched_settings(loss, 0, seed=0) != searched_settings(loss, 1, seed=0)


def test_narrower_networks_learn_at_higher_rates(digits: Path, tmp_path: Path) -> None:
    rates = {}
    for width in (64, 16):
        for job in lucic_jobs(LucicPlan(seeds=(0,), width=width), "mnist", digits, tmp_path):
            optimizers = config_from_tree(overridden(read_recipe(job.recipe), job.settings)).optimizers
            rates[job.group[1], width] = [optimizers[name].lr for name in ("g", "d")]
    for loss in LucicPlan().losses:
        assert rates[loss, 16] == pytest.approx([4 * rate for rate in rates[loss, 64]]), loss
    assert rates["ns", 64] == [2e-4, 2e-4] and rates["wgan", 64] == [5e-5, 5e-5]


def test_a_study_of_other_settings_is_not_taken_for_this_one(digits: Path, tmp_path: Path) -> None:
    (job,) = lucic_jobs(LucicPlan(losses=("ns",), seeds=(0,), kimg=0.128, width=2, samples=60), "mnist", digits, tmp_path / "out")
    do_job(job)
    (other,) = lucic_jobs(
        LucicPlan(losses=("ns",), seeds=(0,), kimg=0.256, width=2, samples=60), "mnist", digits, tmp_path / "out"
    )
    with pytest.raises(UsageError, match="other settings"):
        do_job(other)


def test_a_study_runs_once_and_reports(digits: Path, tmp_path: Path) -> None:
    jobs = small_jobs(digits, tmp_path / "out")
    results = list(run_jobs(jobs))
    assert [result["name"] for result in results] == [job.name for job in jobs]
    for result in results:
        assert math.isfinite(result["fid"]) and result["fid"] > 0 and not result["diverged"]
        assert result["extractor"].startswith("latentedit-mnist-") and result["n_real"] == result["n_fake"] == 60
        assert [point["step"] for point in result["points"]] == [2, 4, 6, 8]
    written = report_lucic(jobs, tmp_path / "out")
    assert {path.name for path in written} == {
        "table.md",
        "runs.csv",
        "fid-over-images.png",
        "fid-over-seeds.png",
        "precision-recall.png",
        "samples.png",
    }
    for path in written:
        if path.suffix == ".png":
            with Image.open(path) as image:
                assert len(set(image.convert("RGB").get_flattened_data())) > 3
    table = (tmp_path / "out" / "table.md").read_text()
    assert "| mnist | NS GAN | 2 |" in table and "6.8 ± 0.5" in table
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out" / "runs.csv").read_text())))
    assert len(rows) == 4 and {row["seed"] for row in rows} == {"0", "1"}
    before = {job.name: (job.folder / "result.json").stat().st_mtime_ns for job in jobs}
    assert list(run_jobs(jobs)) == results
    assert before == {job.name: (job.folder / "result.json").stat().st_mtime_ns for job in jobs}, "nothing is done twice"


def test_an_interrupted_run_ends_as_it_would_have(digits: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (whole,) = small_jobs(digits, tmp_path / "whole", ["dragan"])[:1]
    (halved,) = small_jobs(digits, tmp_path / "halved", ["dragan"])[:1]
    expected = do_job(whole)
    calls = []

    def stop(*arguments: Any) -> float:
        calls.append(1)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("latentedit_training.study.jobs._fid", stop)
        with pytest.raises(KeyboardInterrupt):
            do_job(halved)
    assert calls and read_result(halved) is None
    found = do_job(halved)
    assert found["fid"] == expected["fid"] and all(point in expected["points"] for point in found["points"])


def test_a_diverged_run_is_a_result(digits: Path, tmp_path: Path) -> None:
    (job,) = small_jobs(digits, tmp_path, ["wgan"])[:1]
    wild = StudyJob(**{**vars(job), "settings": (*job.settings, "optimizers.d.lr=1e30", "game.clip=none")})
    result = do_job(wild)
    assert "diverged" in result["diverged"]
    table = markdown_table([{**result, "fid": math.inf}])
    assert "(1 diverged)" in table and "| - |" in table
    assert "yes" in csv_text([{**result, "fid": math.inf}])


def test_unknown_losses_are_refused(digits: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="vegan"):
        lucic_jobs_of({"mnist": digits}, out=tmp_path, losses="ns,vegan", seeds=1, kimg=1.0, width=2, search=0)
    jobs = lucic_jobs_of({"mnist": digits}, out=tmp_path, losses="all", seeds=1, kimg=1.0, width=2, search=0)
    assert len(jobs) == len(LUCIC_LOSSES)


@pytest.mark.slow
def test_two_processes_find_what_one_finds(digits: Path, tmp_path: Path) -> None:
    one = {r["name"]: r["fid"] for r in run_jobs(small_jobs(digits, tmp_path / "one", ["ns"]))}
    two = {r["name"]: r["fid"] for r in run_jobs(small_jobs(digits, tmp_path / "two", ["ns"]), workers=2)}
    assert two == pytest.approx(one, rel=1e-4)


@pytest.mark.slow
def test_ray_s_two_workers_find_what_one_process_finds(digits: Path, tmp_path: Path) -> None:
    """In a process of its own, for Ray leaves threads behind."""
    pytest.importorskip("ray")
    import subprocess

    script = (
        "import json, sys; from pathlib import Path\n"
        "from latentedit_training.study.lucic import LucicPlan, lucic_jobs\n"
        "from latentedit_training.study.runners import run_jobs\n"
        "plan = LucicPlan(losses=('ns',), seeds=(0, 1), kimg=0.64, width=2, samples=60)\n"
        "jobs = lucic_jobs(plan, 'mnist', Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "print(json.dumps({r['name']: r['fid'] for r in run_jobs(jobs, engine='ray', workers=2)}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, str(digits), str(tmp_path / "ray")],
        capture_output=True,
        text=True,
        timeout=250,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    one = {r["name"]: r["fid"] for r in run_jobs(small_jobs(digits, tmp_path / "one", ["ns"]))}
    assert found == pytest.approx(one, rel=1e-4)


def test_few_labels_are_learnt_measured_and_told(digits: Path, tmp_path: Path) -> None:
    from latentedit_training.data.opening import open_images

    plan = FewLabelsPlan(draws=(0,), overrides=("steps=8", "batch_size=20", "log.grid=0"), baseline_steps=6, evaluate_every=4)
    images, test = open_images(digits, labels="class"), open_images(digits / "t10k-images-idx3-ubyte.gz", labels="class")
    out = tmp_path / "out"
    steps = list(run_few_labels(plan, images, test, out=out, device=torch.device("cpu")))
    assert [p.step for p in read_curve(out / run_name(0, alone=False))] == [4, 8]
    assert [p.step for p in read_curve(out / run_name(0, alone=True))] == [4, 6]
    assert {step.run for step in steps} == {"draw-0-semi-supervised", "draw-0-labelled-only"}
    assert not list(run_few_labels(plan, images, test, out=out, device=torch.device("cpu"))), "done once"
    curve = out / run_name(0, alone=False) / "curve.json"
    looks = curve.read_text()
    curve.write_text("[]")  # as where a kill came between the last checkpoint and the look
    (again,) = run_few_labels(plan, images, test, out=out, device=torch.device("cpu"))
    assert again.point is not None and json.loads(curve.read_text())[-1] == json.loads(looks)[-1]
    other = replace(plan, overrides=(*plan.overrides, "optimizers.d.lr=0.5"))
    with pytest.raises(UsageError, match="other settings"):
        list(run_few_labels(other, images, test, out=out, device=torch.device("cpu")))
    told = summary(out, (0,))
    last = read_curve(out / run_name(0, alone=False))[-1].error_percent
    assert told["semi-supervised"] == {"errors_percent": [last], "mean": last, "deviation": 0.0}
    assert f"{last:.2f} %" in few_labels_table(out, (0,)) and "0.93" in few_labels_table(out, (0,))
    assert [path.name for path in write_few_labels_report(out, (0,))] == ["table.md", "test-error.png"]
