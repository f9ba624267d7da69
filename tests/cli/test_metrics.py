"""``latentedit metrics``: folders and zips compared by command."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from latentedit.cli.app import run


@pytest.fixture(autouse=True)
def sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three sets of grey pictures: ``real`` and ``bright`` in folders, ``real.zip`` the same as ``real``."""
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LATENTEDIT_OFFLINE", "1")
    monkeypatch.chdir(tmp_path)
    for seed, (name, darkest) in enumerate((("real", 0), ("bright", 160))):
        random = np.random.default_rng(seed)
        (tmp_path / name).mkdir()
        for number in range(12):
            picture = random.integers(darkest, 256, (28, 28), dtype=np.uint8)
            Image.fromarray(picture).save(tmp_path / name / f"{number:02}.png")
    with zipfile.ZipFile("real.zip", "w") as archive:
        for path in sorted(Path("real").iterdir()):
            archive.write(path, path.name)


def document(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    capsys.readouterr()
    assert run(["metrics", *arguments, "--json"]) == 0
    known: dict[str, Any] = json.loads(capsys.readouterr().out)
    return known


def test_a_document_tells_all_figures(capsys: pytest.CaptureFixture[str]) -> None:
    known = document(capsys, "real", "bright", "--extractor", "mnist", "--n-fake", "11")
    assert (known["real"], known["fake"], known["seed"], known["left_out"]) == ("real", "bright", 0, [])
    fid = known["figures"][0]
    assert fid["name"] == "fid" and fid["value"] > 0 and (fid["n_real"], fid["n_fake"]) == (12, 11)
    assert fid["extractor"].startswith("latentedit-mnist") and fid["resizer"].startswith("area")
    assert {figure["name"] for figure in known["figures"]} >= {"kid", "is", "precision", "recall", "f8", "f1/8", "ms-ssim"}


def test_a_zip_is_the_folder_that_is_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    known = document(capsys, "real", "real.zip", "--extractor", "fashion-mnist", "--metrics", "fid, pr")
    values = {figure["name"]: figure["value"] for figure in known["figures"]}
    assert values["fid"] == pytest.approx(0, abs=1e-6) and values["precision"] == values["recall"] == 1


def test_sets_are_limited_together_or_each(capsys: pytest.CaptureFixture[str]) -> None:
    for more, counts in (((), (8, 8)), (("--n-real", "10"), (10, 8)), (("--n-fake", "9"), (8, 9))):
        known = document(capsys, "real", "bright", "--extractor", "mnist", "--metrics", "fid", "--max-images", "8", *more)
        assert (known["figures"][0]["n_real"], known["figures"][0]["n_fake"]) == counts


def test_a_table_for_people(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert run(["metrics", "real", "bright", "--extractor", "mnist", "--n-fake", "7", "--metrics", "fid,is"]) == 0
    told = capsys.readouterr()
    assert "fid" in told.out and "latentedit-mnist" in told.out
    assert "is is left out: it takes 10 generated images" in told.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("real", "nowhere", "--extractor", "mnist"), 3, "nowhere"),
        (("real", "bright", "--extractor", "resnet"), 2, "resnet"),
        (("real", "bright", "--extractor", "mnist", "--metrics", "fid,fud"), 2, "fud"),
        (("real", "bright", "--extractor", "mnist", "--n-fake", "5", "--metrics", "is"), 2, "Nothing can be measured"),
        (("real", "bright", "--extractor", "real/00.png"), 3, "array"),
    ],
)
def test_what_is_wrong_is_told(arguments: tuple[str, ...], code: int, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["metrics", *arguments]) == code
    told = capsys.readouterr().err
    assert words in told and "hint:" in told
