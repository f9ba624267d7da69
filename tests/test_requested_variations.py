"""What ``--vary`` and ``--cross`` mean."""

from __future__ import annotations

import pytest

from latentedit.errors import UsageError
from latentedit.requested_crosses import Parent, parse_parent
from latentedit.requested_variations import Variation, parse_variation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3:0.5", Variation(3, 0.5, 0.5, 0.5)),
        ("0:.25", Variation(0, 0.25, 0.25, 0.25)),
        ("7:0,0.2,1", Variation(7, 0.0, 0.2, 1.0)),
        ("7:0,0,1@hair", Variation(7, 0.0, 0.0, 1.0, "hair")),
    ],
)
def test_reading_variations(text: str, expected: Variation) -> None:
    assert parse_variation(text) == expected


@pytest.mark.parametrize(
    "text", ["", "3", "3:", ":1", "-1:1", "3:x", "3:1,2", "3:1,1,1,1", "3:5", "3:nan", f"{2**63}:1", "3:1@toe", "3:1@"]
)
def test_no_variation(text: str) -> None:
    with pytest.raises(UsageError):
        parse_variation(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("seed:7", Parent("seed:7", 1.0)),
        ("seed:7:0.5", Parent("seed:7", 0.5)),
        ("face:1:2", Parent("face:1", 2.0)),
        ("b.ledit", Parent("b.ledit", 1.0)),
        ("b.ledit:.5", Parent("b.ledit", 0.5)),
        ("C:\\faces\\b.ledit", Parent("C:\\faces\\b.ledit", 1.0)),
        ("latent:friend:3", Parent("latent:friend", 3.0)),
    ],
)
def test_reading_parents(text: str, expected: Parent) -> None:
    assert parse_parent(text) == expected


@pytest.mark.parametrize("text", ["", ":1", "seed", "seed:1:", "seed:1:x", "b.ledit:-1", "b.ledit:1e9"])
def test_no_parent(text: str) -> None:
    with pytest.raises(UsageError):
        parse_parent(text)
