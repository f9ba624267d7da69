"""Our own format: what is written is read back, and what is damaged is told."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file

from generators.tiny import CARD, TINY, random_weights, stylegan2_config, tiny
from latentedit.checkpoints.safetensors_file import texts_of_safetensors
from latentedit.errors import CheckpointError
from latentedit.generators.architectures import build
from latentedit.generators.config_json import from_json, to_json
from latentedit.generators.native_file import spec_from_texts, write_native
from latentedit.generators.opening import open_generator
from latentedit.generators.stylegan2 import StyleGAN2Config


@pytest.mark.parametrize("name", TINY)
def test_what_is_written_is_read_back(name: str, tmp_path: Path) -> None:
    found = random_weights(TINY[name]())
    generator = build(found, CARD)
    path = tmp_path / "g.safetensors"
    write_native(path, generator, found.config, CARD)
    again, other, card = open_generator(path)
    assert other.config == found.config and card.origin == CARD.origin
    assert all(torch.equal(a, b) for a, b in zip(generator.state_dict().values(), again.state_dict().values(), strict=True))
    assert spec_from_texts(texts_of_safetensors(path)) == generator.spec
    by_the_library = load_file(path)
    assert by_the_library.keys() == generator.state_dict().keys()
    assert all(torch.equal(by_the_library[name], tensor) for name, tensor in generator.state_dict().items())


CONFIG = stylegan2_config()
WRONG = {
    "no JSON": "{",
    "no object": "[]",
    "an unknown entry": to_json(CONFIG)[:-1] + ',"more":1}',
    "a missing entry": json.dumps({k: v for k, v in json.loads(to_json(CONFIG)).items() if k != "channels"}),
    "a text for numbers": to_json(CONFIG).replace("[12,12,10,8]", '"12"'),
    "truth for a number": to_json(CONFIG).replace("[12,12,10,8]", "[true,12,10,8]"),
    "no such architecture": to_json(CONFIG).replace('"skip"', '"other"'),
    "a huge size": to_json(CONFIG).replace("[12,12,10,8]", "[12,12,10,1e300]"),
    "very many": to_json(CONFIG).replace("[12,12,10,8]", str([1] * 1000)),
    "very deep": "[" * 100_000,
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG.keys())
def test_damaged_configurations_are_told(text: str) -> None:
    with pytest.raises(CheckpointError, match="configuration is damaged"):
        from_json(StyleGAN2Config, text)


@given(st.binary(max_size=200), st.integers(0, 10**6))
def test_any_damage_to_a_configuration_is_told_or_harmless(noise: bytes, at: int) -> None:
    text = to_json(CONFIG)
    start = at % len(text)
    broken = text[:start] + noise.decode("latin-1") + text[start + len(noise) :]
    try:
        assert isinstance(from_json(StyleGAN2Config, broken), StyleGAN2Config)
    except CheckpointError as error:
        assert "\n" not in str(error)


def changed(path: Path, **changes: object) -> Path:
    """The file with other tensors or texts."""
    tensors, texts = load_file(path), texts_of_safetensors(path)
    for name, change in changes.items():
        if name in texts:
            texts[name] = str(change)
        elif change is None:
            del tensors[name]
        else:
            tensors[name] = change  # type: ignore[assignment]
    save_file(tensors, path, texts)
    return path


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"w_avg": None}, None),
        ({"blocks.0.const": None}, "do not fit"),
        ({"more": torch.zeros(3)}, "do not fit"),
        ({"blocks.0.const": torch.zeros(1, 99, 4, 4)}, "do not fit"),
        ({"blocks.0.const": torch.full((1, 12, 4, 4), float("nan"))}, "not finite"),
        ({"latentedit_generator": "99"}, "newer version"),
        ({"architecture": "stylegan99"}, "unknown architecture"),
        ({"card": "{}"}, "lacks"),
        ({"card": to_json(replace(CARD, weights_hash="../../../x"))}, "no sha256"),
    ],
    ids=str,
)
def test_damaged_files_are_told(changes: dict[str, object], told: str | None, tmp_path: Path) -> None:
    path = tmp_path / "g.safetensors"
    write_native(path, tiny("stylegan2"), stylegan2_config(), CARD)
    changed(path, **changes)
    if told is None:
        assert open_generator(path)
        return
    with pytest.raises(CheckpointError, match=told) as caught:
        open_generator(path)
    assert "\n" not in str(caught.value)
