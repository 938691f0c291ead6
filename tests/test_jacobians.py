"""Jacobians and Hessians by and of containers and objects, of no numbers, of one, and of complex numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pytest

import srcgrad
from srcgrad import hessian, hvp, jacobian

X = np.array([1.0, 2.0, 3.0])
Z = X * (1.0 + 2.0j)


@dataclass
class Data:
    a: Any
    b: Any


class Named(NamedTuple):
    a: Any
    b: Any


class Plain:
    def __init__(self, a: Any, b: Any) -> None:
        self.a, self.b = a, b



def of_a_dict(d: Any) -> Any:
    return d["a"] * d["b"]


def of_attributes(d: Any) -> Any:
    return d.a * d.b


def energy_of_a_dict(d: Any) -> Any:
    return np.sum(d["a"] ** 2) * d["b"]


def energy_of_attributes(d: Any) -> Any:
    return np.sum(d.a**2) * d.b


def part(d: Any, name: str) -> Any:
    return d[name] if isinstance(d, dict) else getattr(d, name)


GIVEN = [
    ({"a": X, "b": 2.0}, of_a_dict, energy_of_a_dict), (Data(X, 2.0), of_attributes, energy_of_attributes),
    (Named(X, 2.0), of_attributes, energy_of_attributes), (Plain(X, 2.0), of_attributes, energy_of_attributes),
]  # fmt: skip


@pytest.mark.parametrize(("given", "f", "energy"), GIVEN, ids=["dict", "dataclass", "NamedTuple", "object"])
def test_by_containers_and_objects(given: Any, f: Any, energy: Any) -> None:
    for mode in ("forward", "reverse"):
        found = jacobian(f, mode=mode)(given)
        assert type(found) is type(given)
        np.testing.assert_array_equal(part(found, "a"), 2.0 * np.eye(3))
        np.testing.assert_array_equal(part(found, "b"), X)
    second = hessian(energy)(given)
    assert type(second) is type(part(second, "a")) is type(given)
    np.testing.assert_array_equal(part(part(second, "a"), "a"), 4.0 * np.eye(3))
    np.testing.assert_array_equal(part(part(second, "a"), "b"), 2.0 * X)
    np.testing.assert_array_equal(part(part(second, "b"), "a"), 2.0 * X)
    along = hvp(energy)(given, given)
    np.testing.assert_array_equal(part(along, "a"), 4.0 * X + 2.0 * X * 2.0)


@pytest.mark.parametrize("kind", [Data, Named, Plain, lambda a, b: {"a": a, "b": b}])
def test_of_containers_and_objects(kind: Any) -> None:
    def f(x: Any) -> Any:
        return kind(x * x, np.sum(x))

    for mode in ("forward", "reverse"):
        found = jacobian(f, mode=mode)(X)
        assert type(found) is type(kind(1.0, 2.0))
        np.testing.assert_array_equal(part(found, "a"), np.diag(2.0 * X))
        np.testing.assert_array_equal(part(found, "b"), np.ones(3))


def test_of_no_numbers_and_of_one() -> None:
    none, some = np.zeros((0, 3)), np.array([1.0, 2.0])
    for mode in ("forward", "reverse", None):
        assert jacobian(lambda x: np.array([np.sum(x), 1.0]), mode=mode)(none).shape == (2, 0, 3)
        assert jacobian(lambda x: x[:0], mode=mode)(some).shape == (0, 2)
        assert jacobian(lambda x: x**2, mode=mode)(3.0) == 6.0
        assert jacobian(lambda x: x**2, mode=mode)(np.float32(3.0)).dtype == np.float32
    assert hessian(lambda x: np.sum(x**2))(np.zeros(0)).shape == (0, 0)
    inner = srcgrad.grad(lambda x: np.sum(jacobian(lambda y: y * y)(x)))
    assert inner(np.zeros(0)).shape == (0,)
    np.testing.assert_array_equal(inner(X), 2.0 * np.ones(3))


def test_by_complex_numbers() -> None:
    """A real result has two derivatives, which the complex one of `grad` holds; a complex one that of mathematics."""
    np.testing.assert_allclose(jacobian(lambda z: z**2)(Z), np.diag(2.0 * Z))
    for f in (lambda z: np.abs(z) ** 2, lambda z: np.append(np.abs(z) ** 2, 1.0)):
        np.testing.assert_allclose(jacobian(f)(Z)[:3], np.diag(2.0 * np.conj(Z)))
    np.testing.assert_allclose(jacobian(lambda x: np.exp(1j * x))(X), np.diag(1j * np.exp(1j * X)))
    for derivative, mode, message in (
        (lambda z: np.conj(z), None, "has no complex derivative"),
        (lambda z: z * np.real(z), "forward", "has no complex derivative"),
        (lambda z: np.abs(z), "forward", "returns real numbers, and its argument is complex"),
        (lambda z: (np.abs(z), z), None, "returns real numbers, and its argument is complex"),
    ):
        with pytest.raises(TypeError, match=f"SG408 .* {message}"):
            jacobian(derivative, mode=mode)(Z)
    with pytest.raises(TypeError, match="SG408 .* has no complex derivative"):
        hessian(lambda z: np.sum(np.abs(z) ** 2))(Z)
    product = hvp(lambda z: np.sum(np.abs(z) ** 2))(Z, 1j * Z)
    np.testing.assert_allclose(product, 2.0 * np.conj(1j * Z))


def running_totals(x: Any) -> Any:
    total, kept = 0.0, []
    for v in x:
        total += v * 2.0
        kept.append(total)
    first = total
    total -= x[0]
    return np.array([*kept, first, total])


def test_totals_that_are_kept_while_they_grow() -> None:
    """The tangents of a number along many directions are an array, which must not grow where it is kept."""
    forward = jacobian(running_totals, mode="forward")(X)
    np.testing.assert_array_equal(forward, jacobian(running_totals, mode="reverse")(X))
    np.testing.assert_array_equal(forward[:3], np.tril(2.0 * np.ones((3, 3))))
