"""Helpers of emitted code: products of arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import summed_like, unbroadcast
from .matrices import transposed


def matmul_adjoint_left(d: Any, a: Any, b: Any) -> Any:
    """The adjoint of `a` in `a @ b`, for operands of any rank.

    >>> matmul_adjoint_left(np.array([1.0, 2.0]), np.ones((2, 2)), np.array([3.0, 4.0]))
    array([[3., 4.],
           [6., 8.]])
    """
    if np.ndim(b) == 1:
        return unbroadcast(np.expand_dims(d, -1) * np.asarray(b), a)
    if np.ndim(a) == 1:
        return unbroadcast(np.matmul(b, np.expand_dims(d, -1))[..., 0], a)
    return unbroadcast(np.matmul(d, transposed(b)), a)


def matmul_adjoint_right(d: Any, a: Any, b: Any) -> Any:
    """The adjoint of `b` in `a @ b`, for operands of any rank.

    >>> matmul_adjoint_right(np.array([1.0, 2.0]), np.array([[1.0, 0.0], [5.0, 1.0]]), np.ones(2))
    array([11.,  2.])
    """
    if np.ndim(a) == 1:
        return unbroadcast(np.expand_dims(d, -2) * np.expand_dims(a, -1) if np.ndim(b) > 1 else d * np.asarray(a), b)
    if np.ndim(b) <= 2:  # one operand for the whole stack: one product of matrices
        rows = np.reshape(a, (int(np.prod(np.shape(a)[:-1])), np.shape(a)[-1]))
        return unbroadcast(np.matmul(rows.T, np.reshape(d, (len(rows), *np.shape(b)[1:]))), b)
    return unbroadcast(np.matmul(transposed(a), d), b)


def inner_axes(a: Any, b: Any, last: bool = True) -> Any:
    """The axes that `np.inner` (last) or `np.dot` sums over, as `np.tensordot` takes them.

    >>> inner_axes(np.ones((2, 3)), np.ones((3, 4)), last=False)
    ([1], [0])
    """
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        return 0
    return [np.ndim(a) - 1], [np.ndim(b) - 1 if last or np.ndim(b) == 1 else np.ndim(b) - 2]


def tensordot_adjoint_left(d: Any, a: Any, b: Any, axes: Any = 2) -> Any:
    """The adjoint of `a` in `np.tensordot(a, b, axes)`.

    >>> tensordot_adjoint_left(np.array([1.0, 2.0]), np.ones(2), np.eye(2), 1)
    array([1., 2.])
    """
    n, m = np.ndim(a), np.ndim(b)
    pairs = (range(n - int(axes), n), range(int(axes))) if np.ndim(axes) == 0 else axes
    left, right = ([int(x) % rank for x in np.ravel(p)] for p, rank in zip(pairs, (n, m), strict=True))
    free_a, free_b = [x for x in range(n) if x not in left], [x for x in range(m) if x not in right]
    d_a = np.tensordot(d, b, (list(range(len(free_a), len(free_a) + len(free_b))), free_b))
    order = [*free_a, *(left[right.index(x)] for x in sorted(right))]
    return np.transpose(d_a, np.argsort(order))[()]


def tensordot_adjoint_right(d: Any, a: Any, b: Any, axes: Any = 2) -> Any:
    """The adjoint of `b` in `np.tensordot(a, b, axes)`.

    >>> tensordot_adjoint_right(np.array([1.0, 2.0]), np.array([2.0, 3.0]), np.eye(2), 1)
    array([[2., 4.],
           [3., 6.]])
    """
    n = np.ndim(a)
    pairs = (range(n - int(axes), n), range(int(axes))) if np.ndim(axes) == 0 else axes
    rows = n - len(np.ravel(pairs[0]))
    turned = np.transpose(d, (*range(rows, np.ndim(d)), *range(rows)))
    return tensordot_adjoint_left(turned, b, a, [np.ravel(pairs[1]), np.ravel(pairs[0])])


def dot_adjoint_left(d: Any, a: Any, b: Any) -> Any:
    """The adjoint of `a` in `np.dot(a, b)`, for operands of any rank.

    >>> dot_adjoint_left(np.array([1.0, 2.0]), 3.0, np.array([5.0, 6.0]))
    np.float64(17.0)
    """
    return tensordot_adjoint_left(d, a, b, inner_axes(a, b, False))


def dot_adjoint_right(d: Any, a: Any, b: Any) -> Any:
    """The adjoint of `b` in `np.dot(a, b)`, for operands of any rank.

    >>> dot_adjoint_right(np.array([1.0, 2.0]), 3.0, np.array([5.0, 6.0]))
    array([3., 6.])
    """
    return tensordot_adjoint_right(d, a, b, inner_axes(a, b, False))


def einsum_terms(subscripts: str, operands: Any) -> tuple[list[str], str]:
    """The subscripts of each operand and of the result, with the ellipsis and the arrow written out.

    >>> einsum_terms("...i,ij", [np.ones((5, 2)), np.ones((2, 3))])
    (['Zi', 'ij'], 'Zj')
    """
    if not isinstance(subscripts, str):
        raise TypeError("np.einsum: write the subscripts as a string")
    inputs, arrow, output = subscripts.replace(" ", "").partition("->")
    pairs = list(zip(inputs.split(","), operands, strict=True))
    spare = [c for c in "ZYXWVUTSRQPONMLKJIHGFEDCBA" if c not in subscripts]
    widths = [np.ndim(x) - len(t.replace("...", "")) if "..." in t else 0 for t, x in pairs]
    dots = "".join(spare[: max(widths)])
    terms = [t.replace("...", dots[len(dots) - w :]) for (t, _), w in zip(pairs, widths, strict=True)]
    letters = "".join(terms)
    once = "".join(sorted(c for c in set(letters) if letters.count(c) == 1 and c not in dots))
    return terms, output.replace("...", dots) if arrow else dots + once


def einsum_adjoint(d: Any, subscripts: str, operands: Any, k: int) -> Any:
    """The adjoint of operand number `k` of `np.einsum(subscripts, *operands)`.

    >>> einsum_adjoint(np.array([1.0, 2.0]), "ii->i", [np.ones((2, 2))], 0)
    array([[1., 0.],
           [0., 2.]])
    """
    terms, output = einsum_terms(subscripts, operands)
    unique = "".join(dict.fromkeys(terms[k]))
    sizes = dict(zip(terms[k], np.shape(operands[k]), strict=True))
    others = [(t, x) for n, (t, x) in enumerate(zip(terms, operands, strict=True)) if n != k]
    present = "".join(c for c in unique if c in output or any(c in t for t, _ in others))
    formula = ",".join([output, *(t for t, _ in others)]) + "->" + present
    part = np.einsum(formula, d, *(x for _, x in others), optimize=len(others) > 1)
    part = unbroadcast(part, np.empty([sizes[c] for c in present], np.result_type(part)))
    part = np.reshape(part, [sizes[c] if c in present else 1 for c in unique])
    if unique == terms[k]:
        return unbroadcast(part, operands[k])
    found = np.zeros(np.shape(operands[k]), np.result_type(part))
    np.einsum(f"{terms[k]}->{unique}", found)[...] = part
    return unbroadcast(found, operands[k])


def einsum_with(x: Any, subscripts: str, operands: Any, k: int) -> Any:
    """`np.einsum(subscripts, *operands)` with `x` for operand number `k`.

    >>> einsum_with(np.array([0.0, 1.0]), "i,i", [np.ones(2), np.array([3.0, 4.0])], 0)
    np.float64(4.0)
    """
    return np.einsum(subscripts, *operands[:k], x, *operands[k + 1 :])


def einsum_adjoint_shares(d: Any, subscripts: str, operands: Any, k: int, w: Any) -> list[Any]:
    """The adjoints of the operands in `einsum_adjoint(d, subscripts, operands, k)` from that of its result, `w`.

    >>> einsum_adjoint_shares(1.0, "i,i", [np.ones(2), np.ones(2)], 0, np.array([2.0, 3.0]))
    [array([0., 0.]), array([2., 3.])]
    """
    held = [*operands[:k], w, *operands[k + 1 :]]
    return [
        np.zeros_like(x) if n == k else unbroadcast(einsum_adjoint(d, subscripts, held, n), x)
        for n, x in enumerate(operands)
    ]


def einsum_adjoint_moved(d: Any, subscripts: str, operands: Any, k: int, tangents: Any) -> Any:
    """The tangent of `einsum_adjoint(d, subscripts, operands, k)` along `tangents`; one that is None is zero.

    >>> einsum_adjoint_moved(1.0, "i,i", [np.ones(2), np.ones(2)], 0, [None, np.array([2.0, 3.0])])
    array([2., 3.])
    """
    total: Any = np.zeros_like(operands[k])
    for n, t in enumerate(tangents):
        if t is not None and n != k:
            total = total + einsum_adjoint(d, subscripts, [*operands[:n], t, *operands[n + 1 :]], k)
    return total


def einsum_adjoints(d: Any, subscripts: str, operands: Any) -> list[Any]:
    """The adjoints of all operands of `np.einsum(subscripts, *operands)`.

    >>> einsum_adjoints(1.0, "i,i", [np.array([1.0, 2.0]), np.array([3.0, 4.0])])
    [array([3., 4.]), array([1., 2.])]
    """
    return [einsum_adjoint(d, subscripts, operands, k) for k in range(len(operands))]


def einsum_tangent(subscripts: str, operands: Any, tangents: Any) -> Any:
    """The tangent of `np.einsum(subscripts, *operands)`; a tangent that is None is zero.

    >>> einsum_tangent("i,i", [np.array([1.0, 2.0]), np.ones(2)], [np.ones(2), None])
    np.float64(2.0)
    """
    einsum_terms(subscripts, operands)
    if len(operands) == 1:
        return np.einsum(subscripts, tangents[0])  # a view where the value is one
    total: Any = 0.0
    for k, t in enumerate(tangents):
        if t is not None:
            total = total + np.einsum(subscripts, *operands[:k], t, *operands[k + 1 :])
    return total


def kron_adjoint_left(d: Any, a: Any, b: Any) -> Any:
    """The adjoint of `a` in `np.kron(a, b)`.

    >>> kron_adjoint_left(np.array([1.0, 2.0, 3.0, 4.0]), np.ones(2), np.array([1.0, 10.0]))
    array([21., 43.])
    """
    rank = max(np.ndim(a), np.ndim(b))
    shape_a, shape_b = ((1,) * (rank - np.ndim(x)) + np.shape(x) for x in (a, b))
    split = np.reshape(d, tuple(n for pair in zip(shape_a, shape_b, strict=True) for n in pair))
    inner = list(range(1, 2 * rank, 2)), list(range(rank))
    return np.reshape(np.tensordot(split, np.reshape(b, shape_b), inner), np.shape(a))[()]


def kron_adjoint_right(d: Any, a: Any, b: Any) -> Any:
    """The adjoint of `b` in `np.kron(a, b)`.

    >>> kron_adjoint_right(np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 10.0]), np.ones(2))
    array([31., 42.])
    """
    rank = max(np.ndim(a), np.ndim(b))
    shape_a, shape_b = ((1,) * (rank - np.ndim(x)) + np.shape(x) for x in (a, b))
    split = np.reshape(d, tuple(n for pair in zip(shape_a, shape_b, strict=True) for n in pair))
    outer = list(range(0, 2 * rank, 2)), list(range(rank))
    return np.reshape(np.tensordot(split, np.reshape(a, shape_a), outer), np.shape(b))[()]


def cross_adjoint(d: Any, a: Any, b: Any, axisa: int = -1, axisb: int = -1, axisc: int = -1, axis: Any = None) -> Any:
    """The adjoint of `a` in `np.cross(a, b)` of vectors with three components.

    >>> cross_adjoint(np.array([0.0, 0.0, 1.0]), np.ones(3), np.array([1.0, 2.0, 3.0]))
    array([ 2., -1.,  0.])
    """
    axisa, axisb, axisc = (axisa, axisb, axisc) if axis is None else (axis, axis, axis)
    a, b = np.moveaxis(a, axisa, -1), np.moveaxis(b, axisb, -1)
    if np.shape(a)[-1] != 3 or np.shape(b)[-1] != 3:
        raise ValueError("np.cross: no derivative for vectors that do not have three components")
    return np.moveaxis(unbroadcast(np.cross(b, np.moveaxis(d, axisc, -1)), a), -1, axisa)


def full_convolution(d: Any, a: Any, v: Any, mode: str, start: int) -> Any:
    """The adjoint of the full convolution of `a` and `v`, of which the result is the part from `start` on.

    >>> full_convolution(np.array([1.0]), np.ones(2), np.ones(2), "valid", 1)
    array([0., 1., 0.])
    """
    found = np.zeros(np.size(a) + np.size(v) - 1, np.result_type(d))
    start = {"full": 0, "same": start, "valid": min(np.size(a), np.size(v)) - 1}[mode]
    found[start : start + np.size(d)] = d
    return found


def convolve_adjoint(d: Any, a: Any, v: Any, mode: str = "full") -> Any:
    """The adjoint of `a` in `np.convolve(a, v, mode)`.

    >>> convolve_adjoint(np.array([1.0, 0.0, 0.0]), np.ones(2), np.array([5.0, 7.0]))
    array([5., 0.])
    """
    whole = full_convolution(d, a, v, mode, (min(np.size(a), np.size(v)) - 1) // 2)
    return np.reshape(np.correlate(whole, np.conj(np.ravel(v)), "valid"), np.shape(a))


def correlate_adjoints(d: Any, a: Any, v: Any, mode: str = "valid") -> list[Any]:
    """The adjoints of both operands of `np.correlate`, the convolution of `a` with the reversed conjugate of `v`.

    >>> correlate_adjoints(np.array([1.0]), np.ones(2), np.array([5.0, 7.0]))
    [array([5., 7.]), array([1., 1.])]
    """
    n, m = np.size(a), np.size(v)
    whole = full_convolution(d, a, v, mode, n // 2 if n < m else (m - 1) // 2)
    turned = np.conj(np.ravel(v))[::-1]
    d_v = np.conj(np.correlate(whole, np.conj(np.ravel(a)), "valid")[::-1])
    return [np.reshape(np.correlate(whole, np.conj(turned), "valid"), np.shape(a)), np.reshape(d_v, np.shape(v))]


def polyval_slope(p: Any, x: Any) -> Any:
    """The derivative of `np.polyval(p, x)` with respect to x.

    >>> polyval_slope([3.0, 1.0, 5.0], 2.0)
    np.float64(13.0)
    """
    value = slope = np.zeros_like(x)[()]
    for c in p:
        value, slope = value * x + c, slope * x + value
    return slope


def polyval_adjoint(d: Any, p: Any, x: Any) -> Any:
    """The adjoint of the coefficients of `np.polyval(p, x)`.

    >>> polyval_adjoint(1.0, [0.0, 0.0, 0.0], 2.0)
    array([4., 2., 1.])
    """
    found = []
    for c in reversed(list(p)):
        found.append(summed_like(d, c))
        d = d * x
    return np.stack(found[::-1])
