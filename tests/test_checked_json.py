import pytest
from hypothesis import given
from hypothesis import strategies as st

from latentedit.checked_json import Node, parse_json
from latentedit.errors import ProjectFileError


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        parse_json(data, "x.json")
    except ProjectFileError as error:
        assert "x.json is not valid JSON" in str(error)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b"NaN",
        b"[Infinity]",
        b"[1e999]",
        b"-1e999",
        b'{"a":1,"a":2}',
        b"[" * 200_000,
        b"1" * 10_000,
        b"\xef\xbb\xbf{}",
    ],
)
def test_what_is_not_plain_json_is_refused(data: bytes) -> None:
    with pytest.raises(ProjectFileError, match="not valid JSON"):
        parse_json(data, "x.json")


@pytest.mark.parametrize("value", [True, None, "1", [], {}, 1.0, 2**63])
def test_an_integer_is_a_whole_number_in_range(value: object) -> None:
    assert Node(7, "x").integer(0, 7) == 7
    with pytest.raises(ProjectFileError):
        Node(value, "x").integer(0, 7)


@pytest.mark.parametrize("value", [True, None, "1", [], {}, 10**400, -(10**400), float("nan"), float("inf")])
def test_a_number_is_finite(value: object) -> None:
    assert Node(3, "x").number() == 3.0
    assert Node(0.5, "x").number(0, 1) == 0.5
    with pytest.raises(ProjectFileError):
        Node(value, "x").number()
    with pytest.raises(ProjectFileError):
        Node(value, "x").number(0, 1)


def test_texts_lists_and_objects_have_limits() -> None:
    node = Node({"a": ["long text"]}, "x")
    (inner,) = node.fields(["a"])["a"].items(1)
    assert inner.where == "x.a[0]"
    for call in (
        lambda: inner.text(3),
        inner.boolean,
        lambda: node.fields(["a"])["a"].items(0),
        lambda: node.mapping(0),
        lambda: node.fields([]),
        lambda: node.fields(["a", "b"]),
        lambda: node.items(3),
        lambda: inner.mapping(3),
        lambda: inner.fields([]),
        lambda: Node("\udc00", "x").text(),
    ):
        with pytest.raises(ProjectFileError, match="x"):
            call()
    assert Node(None, "x").or_none() is None
    assert Node(0, "x").or_none() == Node(0, "x")
