"""Commands tell what people should know of the picture that they wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from latentedit.cli.app import run


def test_edits_tell_what_a_kind_does_not_keep(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["edit", "photo.ledit", "--mix", "seed:3:all", "--device", "cpu"]
    for target, option, told in (
        ("a.bmp", [], ["a.bmp: BMP has no place for the mark"]),
        ("a.bmp", ["--crop", "--face", "0"], ["a.bmp: BMP has no place for the mark"]),
        ("a.bmp", ["--no-mark"], []),
        ("a.webp", [], []),
        ("a.png", [], []),
    ):
        assert run([*words, *option, "-o", target]) == 0
        notes = [line for line in capsys.readouterr().err.splitlines() if line.startswith(target)]
        assert len(notes) == len(told) and all(line.startswith(start) for line, start in zip(notes, told, strict=True))


def test_a_lossy_photograph_is_told_to_be_coded_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Image.open("photo.png").save("lossy.webp", quality=70)
    assert run(["edit", "lossy.webp", "--generator", "toy", "--square", "10,10,100", "--mix", "seed:3:all", "-o", "b.webp"]) == 0
    assert "b.webp: the photograph is a WebP with loss" in capsys.readouterr().err
    assert (
        run(["edit", "lossy.webp", "--generator", "toy", "--square", "10,10,100", "--mix", "seed:3:all:0", "-o", "c.webp"]) == 0
    )
    assert "with loss" not in capsys.readouterr().err  # nothing changed
    assert Path("c.webp").read_bytes() == Path("lossy.webp").read_bytes()
