"""``generate`` with checkpoints: what they do not tell, and what they cannot draw."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from generators.test_vectors import BESIDE
from generators.tiny import CARD, TINY, random_weights
from PIL import Image

from latentedit.cli.app import run
from latentedit.generators import load_generator
from latentedit.generators.architectures import build
from latentedit.generators.native_file import write_native
from latentedit.generators.prior import random_face, usual_cutoff
from latentedit.images import to_uint8


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


def checkpoint(name: str, factor: float = 1.0) -> None:
    found = random_weights(TINY[name]())
    generator = build(found, CARD)
    for parameter in generator.parameters():
        parameter *= factor
    write_native(Path("g.safetensors"), generator, found.config, CARD)


def picture(*arguments: str) -> np.ndarray:
    assert run(["generate", "--generator", "g.safetensors", "--seeds", "3", "-o", "x.png", *arguments]) == 0
    with Image.open("x.png") as image:
        return np.asarray(image)


@pytest.mark.parametrize("name", ["stylegan1", "stylegan2"])
def test_truncated_are_as_many_layers_as_the_original_program_truncates(name: str) -> None:
    checkpoint(name)
    G = load_generator("g.safetensors")
    assert usual_cutoff(G.spec) == (8 if name == "stylegan1" else None)
    for cutoff, arguments in ((usual_cutoff(G.spec), ()), (2, ("--truncation-layers", "2")), (0, ("--truncation-layers", "0"))):
        expected = to_uint8(G.synthesis(random_face(G, 3, truncation_psi=0.3, truncation_cutoff=cutoff)))
        assert np.array_equal(picture("--psi", "0.3", *arguments), expected)
    assert not np.array_equal(picture("--psi", "0.3", "--truncation-layers", "2"), picture("--psi", "0.3"))
    assert run(["generate", "--generator", "g.safetensors", "-o", "x.png", "--truncation-layers", "99"]) == 2


def test_what_is_not_finite_is_no_picture(capsys: pytest.CaptureFixture[str]) -> None:
    checkpoint("stylegan2", factor=1e30)
    assert run(["generate", "--generator", "g.safetensors", "--seeds", "0", "-o", "x.png"]) == 3
    assert "nothing finite" in capsys.readouterr().err and not Path("x.png").exists()


def test_a_resolution_is_for_files_that_do_not_tell(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["generate", "--generator", "toy", "--resolution", "32", "-o", "x.png"]) == 2
    assert run(["models", "info", "toy", "--resolution", "32"]) == 2
    checkpoint("stylegan2")
    assert run(["generate", "--generator", "g.safetensors", "--resolution", "64", "-o", "x.png"]) == 2
    assert not Path("x.png").exists()
    path = BESIDE / "rosinality_sg1_running.model"
    if not path.exists():
        pytest.skip("needs the shared data")
    assert run(["generate", "--generator", str(path), "-o", "x.png"]) == 3
    assert run(["generate", "--generator", str(path), "--resolution", "32", "--seeds", "0", "-o", "x.png"]) == 0
    with Image.open("x.png") as image:
        assert image.size == (32, 32)


@pytest.mark.parametrize("name", TINY)
def test_a_generator_is_called_as_in_the_programs_that_it_comes_from(name: str) -> None:
    checkpoint(name)
    G = load_generator("g.safetensors")
    assert isinstance(G, torch.nn.Module)
    z = torch.randn(1, G.z_dim, generator=torch.Generator().manual_seed(1))
    c = torch.eye(G.c_dim)[:1] if G.c_dim else None
    assert torch.equal(G(z, c, truncation_psi=0.5), G.synthesis(G.mapping(z, c, truncation_psi=0.5)))
