"""Pictures in raw files, in and out, sample by sample."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from photographs import wide_gamut_profile

from latentedit.errors import PhotoError
from latentedit.images import Photo
from latentedit.serve.params import Params
from latentedit.serve.pictures import photo_of, read_raw
from latentedit.serve.protocol import ProtocolError
from latentedit.translators import TranslatorConfig, build_translator

from .client import FRAME, Client

CHANNELS = {1: "gray", 3: "rgb", 4: "rgba"}


def raw(path: Path, samples: np.ndarray) -> dict[str, Any]:
    samples.astype(samples.dtype.newbyteorder("<")).tofile(path)
    height, width, count = samples.shape
    depth = "float32" if samples.dtype.kind == "f" else samples.dtype.itemsize * 8
    return {"path": str(path), "width": width, "height": height, "channels": CHANNELS[count], "depth": depth}


def samples(dtype: str, channels: int) -> np.ndarray:
    random = np.random.default_rng(channels)
    if dtype == "f4":
        return random.random((140, 150, channels), np.float32)
    return random.integers(0, np.iinfo(dtype).max + 1, (140, 150, channels), dtype)


@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("dtype", ["u1", "u2"])
def test_raw_pixels_come_back_as_they_went_in(shared: Client, tmp_path: Path, dtype: str, channels: int) -> None:
    given = samples(dtype, channels)
    document = shared.ask("open", pixels=raw(tmp_path / "in.raw", given))["document"]
    (tmp_path / "in.raw").unlink()
    told = shared.ask("render", document=document, quality="final", format="raw")["picture"]
    back = np.fromfile(told["path"], f"<{dtype}").reshape(told["height"], told["width"], -1)
    assert told["depth"] == given.dtype.itemsize * 8 and told["channels"] == ("rgba" if channels == 4 else "rgb")
    assert np.array_equal(back, np.broadcast_to(given, back.shape))


def test_floats_are_kept_with_sixteen_bits_and_their_profile(tmp_path: Path) -> None:
    given = samples("f4", 3)
    given[0, 0] = (np.nan, -1, 2)
    (tmp_path / "wide.icc").write_bytes(wide_gamut_profile())
    described = raw(tmp_path / "in.raw", given)
    kept = read_raw(Params(described))
    assert kept[0, 0].tolist() == [0, 0, 65535]
    assert np.abs(kept[1:] / 65535 - given[1:]).max() <= 0.5 / 65535 + 1e-7
    plain, wide = (photo_of(Params({"pixels": described | more})) for more in ({}, {"profile": str(tmp_path / "wide.icc")}))
    assert isinstance(wide, Photo) and not np.array_equal(plain.rgb_uint8, wide.rgb_uint8)


def test_layers_over_the_photograph_are_the_edited_one_at_sixteen_bits(shared: Client, tmp_path: Path) -> None:
    given = samples("u2", 3)
    document = shared.ask("open", pixels=raw(tmp_path / "in.raw", given))["document"]
    shared.ask("faces", document=document, frame=FRAME)
    shared.ask("project", document=document, preset="fast", steps=1)
    shared.ask("set", document=document, edits=["smile.npy=3"])
    final = shared.ask("render", document=document, quality="final", format="raw")["picture"]
    edited = np.fromfile(final["path"], "<u2").reshape(given.shape)
    (layer,) = shared.ask("layers", document=document, format="raw")["layers"]
    height, width = layer["picture"]["height"], layer["picture"]["width"]
    colours = np.fromfile(layer["picture"]["path"], "<u2").reshape(height, width, 3).astype(np.float64)
    opacity = np.fromfile(layer["mask"]["path"], "<u2").reshape(height, width, 1) / 65535
    place = np.s_[layer["top"] : layer["top"] + height, layer["left"] : layer["left"] + width]
    merged = given.astype(np.float64)
    merged[place] += opacity * (colours - merged[place])
    assert not np.array_equal(edited, given)
    assert np.abs(merged - edited).max() <= 1


@pytest.mark.parametrize("dtype", ["u1", "u2"])
def test_a_translation_keeps_depth_and_transparency_and_the_selection(shared: Client, tmp_path: Path, dtype: str) -> None:
    network = tmp_path / "translator.pth"
    torch.manual_seed(0)
    torch.save(build_translator(TranslatorConfig(base_channels=4, blocks=1)).state_dict(), network)
    given = samples(dtype, 4)
    peak = np.iinfo(dtype).max
    given[..., 3] = peak
    given[:, :40, 3] = 0
    asked = {"pixels": raw(tmp_path / "in.raw", given), "model": str(network), "format": "raw"}
    told = shared.ask("translate", **asked, selection={"box": [0, 0, 150, 70]})["picture"]
    drawn = np.fromfile(told["path"], f"<{dtype}").reshape(140, 150, 4)
    shown = np.zeros((140, 150), bool)
    shown[:70, 40:] = True
    assert told["channels"] == "rgba" and np.array_equal(drawn[..., 3], np.where(shown, peak, 0))
    assert dtype == "u1" or (drawn[..., :3] % 257).any()  # more than the 8 bits that are spread over 16
    whole = {**asked, "pixels": raw(tmp_path / "in.raw", given[..., :3])}
    assert shared.ask("translate", **whole)["picture"]["channels"] == "rgb"


def test_layers_are_no_more_there_than_the_photograph(shared: Client, tmp_path: Path) -> None:
    def mask_of(given: np.ndarray) -> np.ndarray:
        document = shared.ask("open", pixels=raw(tmp_path / "in.raw", given))["document"]
        shared.ask("faces", document=document, frame=FRAME)
        shared.ask("project", document=document, preset="fast", steps=1)
        shared.ask("set", document=document, edits=["smile.npy=3"])
        (layer,) = shared.ask("layers", document=document, format="raw")["layers"]
        mask = np.fromfile(layer["mask"]["path"], np.uint8).reshape(layer["mask"]["height"], layer["mask"]["width"])
        whole = np.zeros((140, 150), np.uint8)
        whole[layer["top"] : layer["top"] + mask.shape[0], layer["left"] : layer["left"] + mask.shape[1]] = mask
        return whole

    opaque = samples("u1", 4)
    opaque[..., 3] = 255
    partly = opaque.copy()
    partly[:, 80:, 3] = 64
    before, after = mask_of(opaque), mask_of(partly)
    assert before[:, 80:].max() > 128 and after[:, 80:].max() <= 64
    assert after[:, :80].max() > 128


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"width": 151}, PhotoError),
        ({"path": "absent"}, PhotoError),
        ({"channels": "cmyk"}, ProtocolError),
        ({"depth": 12}, ProtocolError),
        ({"height": "140"}, ProtocolError),
    ],
)
def test_pixels_that_are_described_wrongly_are_refused(tmp_path: Path, wrong: dict[str, Any], error: type[Exception]) -> None:
    described = raw(tmp_path / "in.raw", samples("u1", 3))
    with pytest.raises(error):
        read_raw(Params(described | wrong))
