"""Second derivatives of programs whose gradient is refused where it is differentiated: taken in the other order."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad import grad, hessian, hvp, jacobian, jvp, vjp


class Cell:
    def __init__(self, mass: Any) -> None:
        self.mass, self.history = mass, []  # type: ignore[var-annotated]

    def step(self, k: Any) -> Any:
        self.mass = self.mass * k
        self.history.append(np.sum(self.mass**2))


def recorded(m: Any, k: float) -> Any:
    cell = Cell(m)
    lists = [cell.history, [np.sum(m)]]
    cell.step(k)
    lists[0].append(np.sum(m) * k)
    lists[1].append(k**3)
    return sum(lists[0]) * sum(lists[1]) + cell.history[-1] * cell.history[0]


def jittered(m: Any, k: float) -> Any:
    return recorded(m, k * (1.0 + 0.1 * np.random.rand()))


def in_complex_numbers(m: Any, k: float) -> Any:
    return recorded(np.real(m) * np.imag(m), k)


M, K = np.array([0.7, -0.4, 1.1]), 0.8
V, W = np.array([0.2, 0.5, -0.3]), -0.6


def second(m: Any, k: float) -> np.ndarray:
    """The second derivatives by all numbers, from differences of the gradient."""
    gradient, step = grad(recorded, wrt=(0, 1)), 1e-5

    def flat(z: Any) -> Any:
        d_m, d_k = gradient(z[:-1], float(z[-1]))
        return np.append(d_m, d_k)

    z = np.append(m, k)
    return np.array([(flat(z + h) - flat(z - h)) / (2 * step) for h in step * np.eye(len(z))])


H = second(M, K)
ALONG = np.append(V, W)


def test_the_text_of_the_gradient_itself_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_exchanged(target: Any, refused: srcgrad.SrcgradError, *rest: Any) -> Any:
        raise refused

    monkeypatch.setattr("srcgrad.exchanged.gradient_of", not_exchanged)
    with pytest.raises(srcgrad.SrcgradError, match="shadow"):
        jvp(grad(recorded, wrt=(0, 1)), (M, K), (V, W))


def test_tangents_of_a_gradient() -> None:
    gradient = grad(recorded, wrt=(0, 1))
    for _ in range(2):
        value, (d_m, d_k) = jvp(gradient, (M, K), (V, W))
        np.testing.assert_allclose(np.append(d_m, d_k), H @ ALONG, rtol=1e-7)
        assert type(d_k) is float
        np.testing.assert_array_equal(value[0], gradient(M, K)[0])


def test_along_one_argument() -> None:
    _, (d_m, d_k) = jvp(grad(recorded, wrt=(0, 1)), (M, K), (None, W))
    np.testing.assert_allclose(np.append(d_m, d_k), H[:, 3] * W, rtol=1e-7)


def test_a_pullback_of_a_gradient() -> None:
    (g_m, g_k), pullback = vjp(grad(recorded, wrt=(0, 1)), M, K)
    for scale in (1.0, -2.0):
        d_m, d_k = pullback((scale * V, scale * W))
        np.testing.assert_allclose(np.append(d_m, d_k), scale * (H @ ALONG), rtol=1e-7)
    np.testing.assert_array_equal(g_m, grad(recorded)(M, K))
    assert "along_x0" in srcgrad.source(pullback)


def test_a_pullback_by_more_than_the_gradient_is_of() -> None:
    _, pullback = vjp(grad(recorded), M, K)
    d_m, d_k = pullback(V)
    np.testing.assert_allclose(np.append(d_m, d_k), H[:, :3] @ V, rtol=1e-7)


def test_hessians_and_their_products() -> None:
    np.testing.assert_allclose(hessian(recorded)(M, K), H[:3, :3], rtol=1e-7, atol=1e-7)
    np.testing.assert_allclose(hvp(recorded)(M, K, V), H[:3, :3] @ V, rtol=1e-7)
    by_rows = jacobian(grad(recorded), mode="reverse")
    np.testing.assert_allclose(by_rows(M, K), H[:3, :3], rtol=1e-7, atol=1e-7)
    assert "def " in srcgrad.source(by_rows)


@pytest.mark.parametrize(
    ("gradient", "args", "along"),
    [
        (grad(jittered), (M, K), (V, None)),  # draws anew each time it runs, and so gives another number
        (grad(in_complex_numbers), (M + 0.5j, K), (V + 0j, None)),
        (grad(recorded), (M, K), (None, W)),  # by what the gradient is not of
    ],
)
def test_what_stays_refused(gradient: Any, args: Any, along: Any) -> None:
    with pytest.raises(srcgrad.SrcgradError, match="shadow"):
        jvp(gradient, args, along)


def test_mistakes_are_told_as_they_are() -> None:
    with pytest.raises(srcgrad.SrcgradError, match="has shape") as raised:
        jvp(grad(recorded), (M, K), (V[:2], None))
    assert raised.value.code == "SG409"


def test_second_derivatives_by_a_number() -> None:
    by_k = grad(recorded, wrt=1)
    np.testing.assert_allclose(grad(by_k, wrt=1)(M, K), H[3, 3], rtol=1e-7)
    value, (by_m, twice_k) = srcgrad.value_and_grad(by_k, wrt=(0, 1))(M, K)
    assert value == by_k(M, K)
    np.testing.assert_allclose(np.append(by_m, twice_k), H[3], rtol=1e-7)


def test_a_second_gradient_of_an_array_is_refused_as_ever() -> None:
    with pytest.raises(srcgrad.SrcgradError, match="scalar"):
        grad(grad(recorded))(M, K)
