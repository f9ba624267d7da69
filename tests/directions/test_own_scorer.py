"""Scorers that the user brings: own code, and MediaPipe's blendshapes."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from latentedit.directions.scorers.blendshapes import BLENDSHAPES, BlendshapeScorer
from latentedit.directions.scorers.own import load_own_scorer
from latentedit.errors import InputError, ResourceError, UsageError

CODE = """
from __future__ import annotations
from dataclasses import dataclass
class Red:
    names = ("red",)
    def score(self, picture):
        return {"red": picture[..., 0].mean()}

class Failing(Red):
    def score(self, picture):
        raise KeyError("no red")

class Unmade(Red):
    def __init__(self):
        raise RuntimeError("not today")

class Nameless:
    def score(self, picture):
        return {}

@dataclass(frozen=True)
class Settled:
    names: tuple[str, ...] = ("green",)
    def score(self, picture):
        return {"green": picture[..., 1].mean()}

NUMBER = 3
"""
PICTURE = np.full((8, 8, 3), 7, dtype=np.uint8)


@pytest.fixture
def code(tmp_path: Path) -> Path:
    path = tmp_path / "mine.py"
    path.write_text(CODE)
    return path


def test_a_class_of_a_file_or_module_scores(code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(code.parent))
    for name in (f"{code}:Red", "mine:Red"):
        scorer = load_own_scorer(name)
        assert scorer.names == ("red",) and scorer.score(PICTURE) == {"red": 7.0}
    sys.modules.pop("mine")


def test_a_file_may_hold_dataclasses(code: Path) -> None:
    before = set(sys.modules)
    assert load_own_scorer(f"{code}:Settled").score(PICTURE) == {"green": 7.0}
    for name in set(sys.modules) - before:
        sys.modules.pop(name)


def test_what_its_code_raises_is_told_as_its_own(code: Path) -> None:
    with pytest.raises(InputError, match="Failing cannot score: KeyError: 'no red'"):
        load_own_scorer(f"{code}:Failing").score(PICTURE)
    with pytest.raises(InputError, match="not today"):
        load_own_scorer(f"{code}:Unmade")
    (code.parent / "broken.py").write_text("1 / 0")
    with pytest.raises(InputError, match="ZeroDivisionError"):
        load_own_scorer(f"{code.parent / 'broken.py'}:Red")


@pytest.mark.parametrize(
    "name", ["Red", ":Red", "no-such.py:Red", "no_such_module:Red", "mine.py:None", "mine.py:Nameless", "mine.py:NUMBER"]
)
def test_what_is_no_scorer_is_refused(name: str, code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(code.parent)
    with pytest.raises(UsageError) as told:
        load_own_scorer(name)
    assert told.value.hint


def test_blendshapes_without_mediapipe(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "mediapipe", None)
    with pytest.raises(ResourceError, match="mediapipe") as told:
        BlendshapeScorer(tmp_path / "face.task")
    assert "latentedit[blendshapes]" in told.value.hint


@pytest.mark.foreign_threads
@pytest.mark.slow
def test_blendshapes_of_a_smile(shared_data: Path, tmp_path: Path) -> None:
    pytest.importorskip("mediapipe")
    with pytest.raises(ResourceError, match="no file"):
        BlendshapeScorer(tmp_path / "none.task")
    (tmp_path / "bad.task").write_bytes(b"no model")
    with pytest.raises(InputError, match="no face landmarker"):
        BlendshapeScorer(tmp_path / "bad.task")
    scorer = BlendshapeScorer(shared_data / "attributes" / "face_landmarker_v2_with_blendshapes.task")
    try:
        picture = np.asarray(Image.open(shared_data / "photos" / "astronaut.png").convert("RGB"))
        scores = scorer.score(picture)
        assert set(scores) == set(scorer.names) and len(BLENDSHAPES) == 52
        assert scores["mouthSmile"] > 0.5 > scores["mouthFrown"]
        assert scorer.score(np.zeros_like(picture)) == {}
    finally:
        scorer.close()
