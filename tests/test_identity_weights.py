"""dlib's serialisation, read from bytes that the tests write themselves."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latentedit.dlib_format import DlibReader
from latentedit.errors import CheckpointError
from latentedit.identity_net import BLOCKS
from latentedit.identity_weights import MEMBER, convert, read_network


def integer(value: int) -> bytes:
    size = max((abs(value).bit_length() + 7) // 8, 1)
    return bytes([size | (0x80 if value < 0 else 0)]) + abs(value).to_bytes(size, "little")


def text(value: str) -> bytes:
    return integer(len(value)) + value.encode()


def floating(value: float) -> bytes:
    mantissa, exponent = math.frexp(value)
    return integer(int(mantissa * 2**53)) + integer(exponent - 53)


def tensor(values: np.ndarray) -> bytes:
    return integer(2) + b"".join(integer(n) for n in values.shape) + values.astype("<f4").tobytes()


def alias(*shape: int) -> bytes:
    return integer(1) + b"".join(integer(n) for n in shape)


def layer_end() -> bytes:
    return b"110" + tensor(np.zeros((0, 0, 0, 0))) * 3


def named(name: str, *details: int) -> bytes:
    return text(name) + b"".join(integer(v) for v in details) + layer_end()


def convolution(rng: np.random.Generator, inputs: int, outputs: int, kernel: int, stride: int, first: bool = False) -> bytes:
    """A convolution and its affine layer of scale 2 and shift 3."""
    padding = kernel // 2 if stride == 1 else 0
    count = outputs * inputs * kernel**2
    data = text("con_4") + tensor(rng.normal(size=(count + outputs, 1, 1, 1)).astype(np.float32))
    data += b"".join(integer(v) for v in (outputs, kernel, kernel, stride, stride, padding, padding))
    data += alias(outputs, inputs, kernel, kernel) + alias(1, outputs, 1, 1) + floating(1.0) * 4 + layer_end()
    data += integer(1) if first else b""
    values = np.repeat(np.float32([2, 3]), outputs).reshape(-1, 1, 1, 1)
    return data + text("affine_") + tensor(values) + alias(1, outputs, 1, 1) * 2 + integer(0) + layer_end()


def network(seed: int = 0) -> bytes:
    rng = np.random.default_rng(seed)
    versions = [2, 2]
    for block in reversed(BLOCKS):
        versions += [2, 2, *([2, 1, 1] if block.halves else []), 2, 2, 2, 2, 2, 1]
    versions += [2, 2, 2, 3]
    data = integer(1) + text("loss_metric_2") + floating(0.04) + floating(0.6)
    data += b"".join(integer(v) for v in versions)
    data += text("input_rgb_image_sized") + floating(1.5) + floating(2.5) + floating(3.5) + integer(150) * 2
    data += convolution(rng, 3, 32, 7, 2, first=True) + named("relu_") + named("max_pool_2", 3, 3, 2, 2, 0, 0)
    for block in BLOCKS:
        data += convolution(rng, block.inputs, block.outputs, 3, 2 if block.halves else 1) + named("relu_")
        data += convolution(rng, block.outputs, block.outputs, 3, 1)
        data += named("avg_pool_2", 2, 2, 2, 2, 0, 0) if block.halves else b""
        data += named("add_prev_") + named("relu_")
    head = rng.normal(size=(256, 128, 1, 1)).astype(np.float32)
    data += named("avg_pool_2", 0, 0, 1, 1, 0, 0) + text("fc_2") + integer(128) + integer(256) + tensor(head)
    return data + alias(256, 128, 1, 1) + alias(0, 0, 0, 0) + integer(1) + floating(1.0) * 4 + layer_end()


@pytest.fixture(scope="module")
def whole() -> bytes:
    return network()


@settings(deadline=None)
@given(st.integers(-(2**63), 2**63 - 1))
def test_integers_come_back(value: int) -> None:
    reader = DlibReader(integer(value), "x")
    assert reader.integer() == value
    assert reader.remaining == 0


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False))
def test_floats_come_back(value: float) -> None:
    assert DlibReader(floating(value), "x").floating() == value


@settings(deadline=None)
@given(st.binary(max_size=64))
def test_no_bytes_do_anything_but_read_or_be_refused(data: bytes) -> None:
    for read in ("integer", "boolean", "floating", "text", "tensor", "alias"):
        try:
            getattr(DlibReader(data, "x"), read)()
        except CheckpointError as error:
            assert error.hint


def test_a_tensor_that_claims_too_much_is_refused_without_memory() -> None:
    data = integer(2) + integer(2**62) * 4
    with pytest.raises(CheckpointError, match="ends too early"):
        DlibReader(data, "x").tensor()


def test_a_network_is_read_with_its_affine_layers_folded_in(whole: bytes) -> None:
    arrays = read_network(whole, "x")
    values = np.random.default_rng(0).normal(size=32 * 147 + 32).astype(np.float32)
    np.testing.assert_array_equal(arrays["mean"], np.float32([1.5, 2.5, 3.5]))
    np.testing.assert_allclose(arrays["stem.weight"], values[:-32].reshape(32, 3, 7, 7) * 2, rtol=1e-6)
    np.testing.assert_allclose(arrays["stem.bias"], values[-32:] * 2 + 3, rtol=1e-6)
    assert arrays["head.weight"].shape == (128, 256)


@settings(deadline=None)
@given(st.data())
def test_every_truncation_is_refused(whole: bytes, data: st.DataObject) -> None:
    with pytest.raises(CheckpointError):
        read_network(whole[: data.draw(st.integers(0, len(whole) - 1))], "x")


def test_what_follows_the_end_is_refused(whole: bytes) -> None:
    with pytest.raises(CheckpointError, match="goes on"):
        read_network(whole + b"\0", "x")


def test_weights_that_are_not_finite_are_refused(whole: bytes) -> None:
    start = whole.index(b"con_4") + 20
    with pytest.raises(CheckpointError, match="finite"):
        read_network(whole[:start] + b"\xff" * 64 + whole[start + 64 :], "x")


def test_a_missing_member_is_named() -> None:
    with pytest.raises(CheckpointError, match=MEMBER):
        convert({})
