"""The conversation of docs/serve.md, held."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import torch

from latentedit.serve.methods import METHODS
from latentedit.serve.protocol import PROTOCOL
from latentedit.translators import TranslatorConfig, build_translator

from .client import Client

TEXT = (Path(__file__).parents[2] / "docs" / "serve.md").read_text("utf-8")
LINES = [line for block in re.findall(r"```conversation\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()]
TURNS = [(line[0], json.loads(line[2:])) for line in LINES]


def shape(value: Any) -> Any:
    """Names and types; of arrays the first element, of what may be empty nothing."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items() if key not in ("state", "hint")}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__


def fits(told: Any, example: Any) -> bool:
    """Whether what is told has the names and types of the example; an array may be empty where the other is not."""
    if isinstance(told, dict) and isinstance(example, dict):
        return told.keys() == example.keys() and all(fits(told[key], example[key]) for key in told)
    if isinstance(told, list) and isinstance(example, list):
        return not told or not example or fits(told[0], example[0])
    return bool(told == example)


def test_the_conversation_in_the_documents_is_the_servers(photo: Path, smile: Path, tmp_path: Path) -> None:
    asked = {turn["method"] for who, turn in TURNS if who == "C"}
    # Weights are fetched in tests/assets: this server is offline.
    assert asked == {*METHODS, "hello", "cancel", "ping", "shutdown", "unheard_of"} - {"fetch"}
    write_translator(tmp_path / "translator.pth")
    with Client(tmp_path, greet=False) as client:
        assert fits(shape(client.hello), shape(TURNS[0][1]))
        for who, example in TURNS[1:]:
            if who == "C":
                client.write(json.dumps(example).encode() + b"\n")
                continue
            told = client.receive()
            assert fits(shape(told), shape(example)), (told, example)
            assert told.get("id") == example["id"]
            if "error" in example:
                assert told["error"]["kind"] == example["error"]["kind"]
        assert client.process.wait(10) == 0
        assert not client.folder.exists()


def write_translator(path: Path) -> None:
    torch.save(build_translator(TranslatorConfig(base_channels=4, blocks=1)).state_dict(), path)


def test_every_parameter_is_told_in_the_documents() -> None:
    rows = {row.split("|")[1].strip(): row for row in TEXT.splitlines() if row.startswith("| `")}
    pictures = {"path", "pixels"}
    for name, method in METHODS.items():
        row = next(row for key, row in rows.items() if f"`{name}`" in key and "|" in row)
        assert {each for each in method.params - pictures if f"`{each}" not in row} == set(), name
    assert f"protocol {PROTOCOL}" in TEXT
