"""Signatures: which calls share an emission."""

from __future__ import annotations

import numpy as np

from srcgrad.signature import key_of


def same(a: object, b: object) -> bool:
    return bool(key_of(a) == key_of(b) and hash(key_of(a)) == hash(key_of(b)))


def test_values_of_numbers_do_not_count() -> None:
    assert same(1.0, 2.0)
    assert same(np.float32(1), np.float32(2))
    assert same(np.ones(3), np.zeros(3))
    assert same([1.0, (2, 3.0)], [4.0, (5, 6.0)])
    assert same({"a": 1.0}, {"a": 2.0})


def test_types_count() -> None:
    for other in (1, True, 1j, np.float64(1), np.float32(1), np.array(1.0), "1.0", None):
        assert not same(1.0, other)
    assert not same((1.0,), [1.0])


def test_dtype_and_shape_count() -> None:
    assert not same(np.ones(3), np.ones(3, np.float32))
    assert not same(np.ones(3), np.ones((3, 1)))
    assert not same(np.ones(3), np.ones(1))
    assert not same(np.ones(3, "<f8"), np.ones(3, ">f8"))


def test_constants_count_by_value() -> None:
    assert same("sum", "sum")
    assert not same("sum", "mean")
    assert same(None, None)


def test_structure_counts() -> None:
    assert not same([1.0, 2.0], [1.0])
    assert not same({"a": 1.0}, {"b": 1.0})
    assert not same({"a": 1.0, "b": 2}, {"b": 2, "a": 1.0})


def test_objects_count_by_identity() -> None:
    a, b = object(), object()
    assert same(a, a)
    assert not same(a, b)
