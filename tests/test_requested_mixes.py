"""What ``--mix`` means."""

from __future__ import annotations

import pytest

from latentedit.errors import UsageError
from latentedit.latents import stylegan2_resolutions
from latentedit.requested_layers import layers_of
from latentedit.requested_mixes import Mix, parse_mix


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("seed:7:fine", Mix("seed:7", "fine", 1.0)),
        ("seed:7:4", Mix("seed:7", "4", 1.0)),
        ("seed:7:4:0.5", Mix("seed:7", "4", 0.5)),
        ("face:1:0-3,7:-1", Mix("face:1", "0-3,7", -1.0)),
        ("b.ledit:4", Mix("b.ledit", "4", 1.0)),
        ("b.ledit:4:1", Mix("b.ledit", "4", 1.0)),
        ("b.ledit:coarse:.25", Mix("b.ledit", "coarse", 0.25)),
        ("C:\\faces\\b.ledit:all", Mix("C:\\faces\\b.ledit", "all", 1.0)),
        ("a:b.ledit:all:2", Mix("a:b.ledit", "all", 2.0)),
    ],
)
def test_reading(text: str, expected: Mix) -> None:
    assert parse_mix(text) == expected


@pytest.mark.parametrize(
    "text", ["", ":", "seed:7", "b.ledit", "b.ledit:", ":all", "b.ledit:best", "seed:7:x:all", "b.ledit:all:nan", "seed:7:fine:"]
)
def test_no_mix(text: str) -> None:
    with pytest.raises(UsageError):
        parse_mix(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("seed:7:weird", "weird names no layers"),
        ("seed:7:weird:0.5", "weird names no layers"),
        ("face:0:fine:much", "much is no amount"),
        ("seed:7:fine:0.5:1", "0.5:1 is no amount"),
        ("b.ledit:best", "best names no layers"),
    ],
)
def test_what_is_wrong_with_a_mix_is_told(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        parse_mix(text)
    assert caught.value.hint


def test_layers() -> None:
    resolutions = stylegan2_resolutions(18)
    assert layers_of("all", resolutions) is None
    assert layers_of("0-2,5", resolutions) == (0, 1, 2, 5)
    bands = [layers_of(band, resolutions) for band in ("coarse", "middle", "fine")]
    assert sorted(layer for band in bands for layer in band or ()) == list(range(18))
    for wrong in ("18", "5-2", "0-18", "", "x", "1,", "best"):
        with pytest.raises(UsageError):
            layers_of(wrong, resolutions)
    with pytest.raises(UsageError, match="no fine layers"):
        layers_of("fine", (4, 8))
