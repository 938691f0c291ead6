"""Jacobians of a known pattern: as the dense ones, by few products, and never with a place left out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad import columns, higher, jacobian, sparse

scipy_sparse = pytest.importorskip("scipy.sparse")
N = 40
X = np.linspace(-1.0, 1.5, N)


def broyden(x: Any) -> Any:
    """The tridiagonal function of Broyden (More, Garbow & Hillstrom 1981, problem 30)."""
    r = (3.0 - 2.0 * x) * x + 1.0
    r[1:] -= x[:-1]
    r[:-1] -= 2.0 * x[1:]
    return r


def three_diagonals(n: int) -> Any:
    return scipy_sparse.diags_array([np.ones(n - 1), np.ones(n), np.ones(n - 1)], offsets=[-1, 0, 1])


def arrow(x: Any, a: Any) -> Any:
    """Every result depends on the first argument: as many colours as columns in one mode, three in the other."""
    return np.concatenate((a * np.sin(x) * x[0], np.array([x[0] ** 2])))


@pytest.mark.parametrize("mode", [None, "forward", "reverse"])
def test_as_the_dense_one(mode: str | None) -> None:
    found = srcgrad.jacobian(broyden, mode=mode, sparsity=three_diagonals(N))(X)
    assert found.format == "csr" and found.nnz == 3 * N - 2
    np.testing.assert_allclose(found.toarray(), srcgrad.jacobian(broyden)(X), rtol=1e-13, atol=1e-14)


@pytest.mark.parametrize("mode", [None, "forward", "reverse"])
def test_matrices_and_rectangles(mode: str | None) -> None:
    dense = srcgrad.jacobian(arrow)(X, 1.3)
    found = srcgrad.jacobian(arrow, mode=mode, sparsity=dense != 0.0)(X, 1.3)
    np.testing.assert_allclose(found.toarray(), dense, rtol=1e-13)
    grid = X.reshape(8, 5)
    by_grid = srcgrad.jacobian(lambda m: np.cumsum(m**2, axis=1), mode=mode, sparsity=np.kron(np.eye(8), np.tri(5)))
    dense = srcgrad.jacobian(lambda m: np.cumsum(m**2, axis=1))(grid).reshape(N, N)
    np.testing.assert_allclose(by_grid(grid).toarray(), dense, rtol=1e-13)


def counting(push: Any, calls: list[int]) -> Any:
    def call(directions: Any, number: int) -> Any:
        calls.append(number)
        return push(directions, number)

    return call


def test_few_products(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three for three diagonals and one to check, all at once; all columns have a colour of their own group."""
    calls: list[int] = []

    with monkeypatch.context() as patched:
        whole = columns.all_at_once
        patched.setattr(columns, "all_at_once", lambda *given: counting(whole(*given), calls))
        srcgrad.jacobian(broyden, mode="forward", sparsity=three_diagonals(N))(X)
    assert calls == [4]
    pattern = scipy_sparse.csc_array(np.random.default_rng(5).random((30, 50)) < 0.08)
    found = sparse.colours(pattern)
    for c in range(sparse.count(found)):
        assert pattern.toarray()[:, found == c].sum(axis=1).max() <= 1


@pytest.mark.parametrize("mode", ["forward", "reverse"])
@pytest.mark.parametrize("place", [(7, 8), (8, 7), (20, 20)])
def test_an_incomplete_pattern_is_refused(mode: str, place: tuple[int, int]) -> None:
    pattern = three_diagonals(N).toarray()
    pattern[place] = 0.0
    with pytest.raises(ValueError, match="SG413 `sparsity` lacks places"):
        srcgrad.jacobian(broyden, mode=mode, sparsity=pattern)(X)


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda: srcgrad.jacobian(broyden, sparsity=np.eye(3))(X), ValueError, "SG413 `sparsity` has shape"),
        (lambda: srcgrad.jacobian(arrow, (0, 1), sparsity=np.eye(3)), ValueError, "SG413 a sparse Jacobian is one"),
        (lambda: srcgrad.jacobian(broyden, sparsity=np.eye(3))(1.0), ValueError, "SG413 the argument"),
        (lambda: srcgrad.jacobian(broyden, "y", sparsity=np.eye(3))(X), ValueError, "SG403"),
    ],
)
def test_what_cannot_be_asked(call: Any, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind, match=message):
        call()


# ----- detected patterns -----


def switched(x: Any) -> Any:
    y = x**2
    y[1:] += x[:-1] * 0.5
    if x[0] > 0.0:
        y[0] += x[-1]
    return y


def test_a_pattern_is_detected_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """And again where another branch shows that it lacks a place; x[3] = 0 hides its own derivative at first."""
    from srcgrad import sparse

    probes: list[int] = []
    monkeypatch.setattr(sparse, "probed", lambda *a, found=sparse.probed: probes.append(1) or found(*a))
    derivative, dense = srcgrad.jacobian(switched, sparsity="detect"), srcgrad.jacobian(switched)
    rng = np.random.default_rng(2)
    for sign in (-1.0, -1.0, 1.0, -1.0):
        x = rng.uniform(0.5, 1.0, 12)
        x[0] *= sign
        x[3] = 0.0
        np.testing.assert_array_equal(derivative(x).toarray(), dense(x))
    assert len(probes) == 2
    assert derivative(np.array([-1.0, 2.0])).shape == (2, 2) and len(probes) == 3
    with pytest.raises(ValueError, match='`sparsity` is a matrix or "detect", not \'find\''):
        srcgrad.jacobian(switched, sparsity="find")


def test_columns_look_for_the_function_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(higher, "target_of", lambda f, found=higher.target_of: seen.append(f) or found(f))

    def own(x: Any) -> Any:
        return x * x[::-1]

    derivative = srcgrad.jacobian(own, mode="forward")
    derivative(np.ones(20))
    derivative(np.ones(21))
    assert seen == [own]


def test_small_places_that_are_missing() -> None:
    """What is small beside others of its row is missed no less."""
    x = np.linspace(0.5, 1.5, 9)
    for dtype, small in ((np.float64, 1e-9), (np.float32, 1e-4)):
        slopes = np.full(9, small, dtype)

        def leaning(v: Any, slopes: Any = slopes) -> Any:
            return v + np.where(v > 0.0, slopes * np.roll(v, 1), np.zeros_like(v))

        derivative = jacobian(leaning, sparsity="detect")
        for at in (-x, x):
            found = derivative(at.astype(dtype)).toarray()
            np.testing.assert_array_equal(found, jacobian(leaning)(at.astype(dtype)))
        with pytest.raises(ValueError, match="lacks places where the derivative is not zero"):
            jacobian(leaning, sparsity=np.eye(9))(x.astype(dtype))
        with pytest.raises(ValueError, match="lacks places where the derivative is not zero"):
            jacobian(leaning, sparsity=np.eye(9), mode="reverse")(x.astype(dtype))


def test_programs_that_round() -> None:
    """A pattern is not refused since large numbers cancel."""

    def cancelling(v: Any) -> Any:
        return (v * 1e9 + v[::-1] * 3e9) - (v * 1e9 + v[::-1] * 3e9 * (1.0 + 1e-9)) + np.sin(v)

    x = np.linspace(0.5, 1.5, 9)
    pattern = np.eye(9) + np.eye(9)[::-1]
    derivative = jacobian(cancelling, sparsity=pattern)
    for at in (x, 2.0 * x):
        np.testing.assert_allclose(derivative(at).toarray(), jacobian(cancelling)(at), rtol=1e-6)
