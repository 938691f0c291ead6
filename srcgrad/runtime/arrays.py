"""Helpers of emitted code: adjoints that depend on shapes and values known only when the program runs.

Each is plain NumPy and uses nothing but the others, so that it can be copied into a module that stands alone.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def unbroadcast(d: Any, x: Any) -> Any:
    """Sum `d` until it has the shape of `x`, in x's dtype: the adjoint of broadcasting x.

    >>> unbroadcast(np.ones((2, 3)), np.ones(3))
    array([2., 2., 2.])
    """
    if np.shape(d) != np.shape(x):
        d = np.sum(d, axis=tuple(range(np.ndim(d) - np.ndim(x))))
        stretched = tuple(axis for axis, size in enumerate(np.shape(x)) if size == 1 and np.shape(d)[axis] != 1)
        d = np.broadcast_to(np.sum(d, axis=stretched, keepdims=True), np.shape(x))
    if np.iscomplexobj(d) and not np.iscomplexobj(x):
        d = np.real(d)
    if isinstance(x, (np.ndarray, np.generic)) and x.dtype.kind in "fc" and np.result_type(d) != x.dtype:
        d = np.asarray(d, x.dtype)[()]
    return d


def masked(d: Any, partial: Any) -> Any:
    """`d * partial`, and 0 where `d` is 0, even if the partial derivative is infinite or nan there.

    >>> masked(np.array([0.0, 2.0]), np.array([np.inf, 3.0]))
    array([0., 6.])
    """
    with np.errstate(invalid="ignore"):
        product = np.multiply(d, partial)
    return np.where(np.equal(d, 0), np.zeros_like(product), product)[()]


def zeros_like(x: Any) -> Any:
    """A zero adjoint in the structure of `x`: lists for sequences, None for what has no derivative.

    >>> zeros_like((1.0, np.ones(2), "name"))
    [0.0, array([0., 0.]), None]
    """
    if isinstance(x, (list, tuple)):
        return [zeros_like(item) for item in x]
    if isinstance(x, dict):
        return {key: zeros_like(item) for key, item in x.items()}
    if isinstance(x, np.ndarray):
        return np.zeros_like(x)
    if isinstance(x, np.generic) and x.dtype.kind in "fc":
        return x.dtype.type(0)
    return 0.0 if isinstance(x, float) else 0j if isinstance(x, complex) else None


def accumulate(a: Any, b: Any) -> Any:
    """The sum of two adjoints of the same structure; None is zero.  Never in place.

    >>> accumulate([1.0, None], [2.0, 3.0])
    [3.0, 3.0]
    """
    if a is None or b is None:
        return b if a is None else a
    if isinstance(a, dict):
        return {key: accumulate(a.get(key), b.get(key)) for key in {**a, **b}}
    if isinstance(a, (list, tuple)) or isinstance(b, (list, tuple)):
        return [accumulate(x, y) for x, y in zip(a, b, strict=True)]
    return a + b


def add_at(d: Any, index: Any, value: Any) -> None:
    """Add `value` to `d[index]`, once for every time an element is picked: the adjoint of reading `x[index]`.

    >>> d = np.zeros(3); add_at(d, [0, 0, 2], np.ones(3)); d
    array([2., 0., 1.])
    """
    if isinstance(d, (list, dict)):
        d[index] = accumulate(d[index], value)
    else:
        np.add.at(d, index, value)


def own(d: Any) -> Any:
    """A copy of an adjoint that nothing else refers to, all the way down."""
    if isinstance(d, (list, tuple)):
        return [own(item) for item in d]
    if isinstance(d, dict):
        return {key: own(item) for key, item in d.items()}
    return d.copy() if isinstance(d, np.ndarray) else d


def expand_reduced(d: Any, x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """`d`, the adjoint of a reduction of `x`, with the reduced axes put back as axes of length 1."""
    if keepdims or np.ndim(x) == 0:
        return np.reshape(d, np.shape(d) if keepdims else np.shape(x))
    if axis is None:
        return np.reshape(d, (1,) * np.ndim(x))
    axes = axis if isinstance(axis, tuple) else (axis,)
    return np.expand_dims(d, tuple(a % np.ndim(x) for a in axes))


def count_along(x: Any, axis: Any = None) -> int:
    """How many elements of `x` each element of a reduction along `axis` is made of."""
    if axis is None:
        return int(np.size(x))
    axes = axis if isinstance(axis, tuple) else (axis,)
    return int(np.prod([np.shape(x)[a] for a in axes]))


def equal_shares(x: Any, out: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """The derivative of a maximum or minimum: 1 where `x` has it, shared equally by all that have it."""
    mask = np.equal(x, expand_reduced(out, x, axis, keepdims))
    return mask / np.sum(mask, axis=axis, keepdims=True)


def ahead(a: Any, b: Any) -> Any:
    """1 where `a` is greater than `b`, one half where they are equal."""
    return np.where(np.equal(a, b), 0.5, np.greater(a, b) * 1.0)[()]


def power_base(x: Any, n: Any) -> Any:
    """The derivative of `x**n` with respect to x; 0 where n is 0."""
    lower = np.where(np.equal(n, 0), 1, np.subtract(n, 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.multiply(n, np.power(np.asarray(x) * 1.0, lower))[()]


def power_exponent(x: Any, out: Any) -> Any:
    """The derivative of `out = x**n` with respect to n; 0 where x and out are 0."""
    at_zero = np.equal(x, 0) & np.equal(out, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(at_zero, 0.0, out * np.log(np.where(at_zero, 1.0, x)))[()]


def prod_partials(x: Any, axis: Any = None) -> Any:
    """The derivative of a product with respect to each factor: the product of all others, right also at zeros."""
    x = np.asarray(x)
    axes = tuple(range(x.ndim)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    axes = tuple(a % x.ndim for a in axes)
    kept = tuple(a for a in range(x.ndim) if a not in axes)
    moved = np.transpose(x, kept + axes)
    flat = np.reshape(moved, moved.shape[: len(kept)] + (-1,))
    ones = np.ones_like(flat[..., :1])
    left = np.concatenate([ones, np.cumprod(flat, -1)[..., :-1]], -1)
    right = np.concatenate([ones, np.cumprod(flat[..., ::-1], -1)[..., :-1]], -1)[..., ::-1]
    return np.transpose(np.reshape(left * right, moved.shape), np.argsort(kept + axes))


def deviation_partials(x: Any, axis: Any = None, ddof: Any = 0) -> Any:
    """The derivative of the variance with respect to each element."""
    centred = np.conj(x - np.mean(x, axis=axis, keepdims=True))
    return 2.0 * centred / (count_along(x, axis) - ddof)


def norm_partials(x: Any, out: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    """The derivative of a vector norm, or of the Frobenius norm, with respect to each element."""
    out = expand_reduced(out, x, axis, keepdims)
    with np.errstate(divide="ignore", invalid="ignore"):
        if ord is None or ord == "fro" or ord == 2 and (np.ndim(x) == 1 or isinstance(axis, int)):
            return np.conj(x) / out
        if np.ndim(x) != 1 and not isinstance(axis, int):
            raise ValueError(f"no derivative of the matrix norm of order {ord!r}")
        size = np.abs(x)
        unit = np.where(size == 0, 0.0, np.conj(x) / np.where(size == 0, 1.0, size))
        if ord in (np.inf, -np.inf):
            mask = size == out
            return unit * mask / np.sum(mask, axis=axis, keepdims=True)
        if ord == 0:
            return np.zeros_like(unit)
        return unit * (size / out) ** (ord - 1.0)


def cumsum_adjoint(d: Any, x: Any, axis: Any = None) -> Any:
    """The adjoint of a cumulative sum: the cumulative sum from the other end."""
    if axis is None:
        return np.reshape(np.cumsum(d[::-1])[::-1], np.shape(x))
    return np.flip(np.cumsum(np.flip(d, axis), axis), axis)


def cumprod_adjoint(d: Any, x: Any, axis: Any = None) -> Any:
    """The adjoint of a cumulative product, right also at zeros."""
    flat = np.ravel(x) if axis is None else np.moveaxis(x, axis, -1)
    d = np.ravel(d) if axis is None else np.moveaxis(d, axis, -1)
    found = np.zeros_like(flat)
    for k in range(flat.shape[-1]):
        found[..., : k + 1] += d[..., k : k + 1] * prod_partials(flat[..., : k + 1], -1)
    return np.reshape(found, np.shape(x)) if axis is None else np.moveaxis(found, -1, axis)


def cumprod_tangent(t: Any, x: Any, axis: Any = None) -> Any:
    """The tangent of a cumulative product."""
    flat = np.ravel(x) if axis is None else np.moveaxis(x, axis, -1)
    t = np.ravel(t) if axis is None else np.moveaxis(t, axis, -1)
    parts = [np.sum(t[..., : k + 1] * prod_partials(flat[..., : k + 1], -1), -1) for k in range(flat.shape[-1])]
    found = np.stack(parts, -1)
    return found if axis is None else np.moveaxis(found, -1, axis)


def split_like(d: Any, arrays: Any, axis: Any = 0) -> list[Any]:
    """The pieces of `d` that came from each of `arrays`: the adjoint of joining them."""
    if axis is None:
        ends = np.cumsum([np.size(a) for a in arrays])[:-1]
        return [np.reshape(p, np.shape(a)) for p, a in zip(np.split(d, ends), arrays, strict=True)]
    ends = np.cumsum([np.shape(a)[axis] for a in arrays])[:-1]
    return list(np.split(d, ends, axis))


def split_stacked(d: Any, arrays: Any, kind: str) -> list[Any]:
    """The adjoint of vstack, hstack, dstack or column_stack."""
    raised = {
        "vstack": np.atleast_2d,
        "dstack": np.atleast_3d,
        "hstack": np.atleast_1d,
        "column_stack": lambda a: np.reshape(a, (-1, 1)) if np.ndim(a) < 2 else a,
    }[kind]
    whole = [raised(a) for a in arrays]  # type: ignore[var-annotated]
    axis = {"vstack": 0, "dstack": 2, "column_stack": 1, "hstack": 0 if whole[0].ndim == 1 else 1}[kind]
    return [np.reshape(p, np.shape(a)) for p, a in zip(split_like(d, whole, axis), arrays, strict=True)]


def unstack(d: Any, axis: int = 0) -> list[Any]:
    """The slices of `d` along an axis: the adjoint of stacking."""
    return list(np.moveaxis(d, axis, 0))


def join_like(parts: Any, x: Any, axis: int = 0) -> Any:
    """Adjoints of the parts of a split, joined."""
    return np.concatenate(list(parts), axis)


def fold_tiles(d: Any, x: Any, reps: Any) -> Any:
    """The sum of the copies: the adjoint of `np.tile(x, reps)`."""
    reps = tuple(reps) if isinstance(reps, (tuple, list, np.ndarray)) else (reps,)
    rank = max(len(reps), np.ndim(x))
    reps = (1,) * (rank - len(reps)) + reps
    shape = (1,) * (rank - np.ndim(x)) + np.shape(x)
    split = np.reshape(d, tuple(n for pair in zip(reps, shape, strict=True) for n in pair))
    return np.reshape(np.sum(split, axis=tuple(range(0, 2 * rank, 2))), np.shape(x))


def fold_repeats(d: Any, x: Any, repeats: Any, axis: Any = None) -> Any:
    """The sum of the copies: the adjoint of `np.repeat(x, repeats, axis)`."""
    index = np.repeat(np.arange(np.size(x) if axis is None else np.shape(x)[axis]), repeats)
    found = np.zeros(np.size(x) if axis is None else np.shape(x), np.result_type(d))
    if axis is None:
        np.add.at(found, index, d)
        return np.reshape(found, np.shape(x))
    np.add.at(np.moveaxis(found, axis, 0), index, np.moveaxis(d, axis, 0))
    return found


def unsort(d: Any, x: Any, axis: Any = -1) -> Any:
    """The adjoint of sorting `x`: each derivative back in its old place."""
    if axis is None:
        return np.reshape(unsort(d, np.ravel(x), -1), np.shape(x))
    order = np.argsort(x, axis, kind="stable")
    found = np.zeros_like(d)
    np.put_along_axis(found, order, d, axis)
    return found


def sort_tangent(t: Any, x: Any, axis: Any = -1) -> Any:
    """The tangent of sorting `x`: in the order of x."""
    if axis is None:
        return sort_tangent(np.ravel(t), np.ravel(x), -1)
    return np.take_along_axis(t, np.argsort(x, axis, kind="stable"), axis)


def take_adjoint(d: Any, x: Any, indices: Any, axis: Any = None) -> Any:
    """The adjoint of `np.take`."""
    found = np.zeros(np.size(x) if axis is None else np.shape(x), np.result_type(d))
    if axis is None:
        np.add.at(found, indices, d)
        return np.reshape(found, np.shape(x))
    last = axis % np.ndim(x)
    source = list(range(last, last + np.ndim(indices)))
    np.add.at(np.moveaxis(found, axis, 0), indices, np.moveaxis(d, source, range(len(source))))
    return found


def diff_adjoint(d: Any, x: Any, n: int = 1, axis: int = -1) -> Any:
    """The adjoint of `np.diff`."""
    for _ in range(n):
        before, after = [(0, 0)] * np.ndim(d), [(0, 0)] * np.ndim(d)
        before[axis], after[axis] = (1, 0), (0, 1)
        d = np.pad(d, before) - np.pad(d, after)
    return d


def matmul_adjoint_left(d: Any, a: Any, b: Any) -> Any:
    """The adjoint of `a` in `a @ b`, for operands of any rank."""
    if np.ndim(a) == 1 and np.ndim(b) == 1:
        return d * b
    if np.ndim(b) == 1:
        return unbroadcast(np.expand_dims(d, -1) * b, a)
    if np.ndim(a) == 1:
        return unbroadcast(np.matmul(b, np.expand_dims(d, -1))[..., 0], a)
    return unbroadcast(np.matmul(d, np.swapaxes(b, -1, -2)), a)


def matmul_adjoint_right(d: Any, a: Any, b: Any) -> Any:
    """The adjoint of `b` in `a @ b`, for operands of any rank."""
    if np.ndim(a) == 1 and np.ndim(b) == 1:
        return d * a
    if np.ndim(a) == 1:
        return unbroadcast(np.expand_dims(a, -1) * np.expand_dims(d, -2), b)
    if np.ndim(b) == 1:
        return unbroadcast(np.matmul(np.swapaxes(a, -1, -2), np.expand_dims(d, -1))[..., 0], b)
    return unbroadcast(np.matmul(np.swapaxes(a, -1, -2), d), b)


def tensordot_adjoints(d: Any, a: Any, b: Any, axes: Any = 2) -> tuple[Any, Any]:
    """The adjoints of both operands of `np.tensordot`."""
    n, m = np.ndim(a), np.ndim(b)
    if isinstance(axes, (int, np.integer)):
        left, right = list(range(n - axes, n)), list(range(axes))
    else:
        left, right = (list(x) if np.ndim(x) else [x] for x in axes)
    left, right = [x % n for x in left], [x % m for x in right]
    rest_a, rest_b = [x for x in range(n) if x not in left], [x for x in range(m) if x not in right]
    k = len(rest_a)
    d_a = np.tensordot(d, b, [list(range(k, k + len(rest_b))), rest_b])  # type: ignore[call-overload]
    order_a = rest_a + [left[right.index(x)] for x in sorted(right)]
    d_b = np.tensordot(a, d, [rest_a, list(range(k))])  # type: ignore[call-overload]
    order_b = [right[left.index(x)] for x in sorted(left)] + rest_b
    return np.transpose(d_a, np.argsort(order_a)), np.transpose(d_b, np.argsort(order_b))


def dot_axes(a: Any, b: Any) -> Any:
    """The axes `np.dot` sums over, as `np.tensordot` takes them."""
    return 0 if np.ndim(a) == 0 or np.ndim(b) == 0 else ([np.ndim(a) - 1], [max(np.ndim(b) - 2, 0)])


def dot_adjoint_left(d: Any, a: Any, b: Any) -> Any:
    """The adjoint of `a` in `np.dot(a, b)`, for operands of any rank."""
    return tensordot_adjoints(d, a, b, dot_axes(a, b))[0]


def dot_adjoint_right(d: Any, a: Any, b: Any) -> Any:
    """The adjoint of `b` in `np.dot(a, b)`, for operands of any rank."""
    return tensordot_adjoints(d, a, b, dot_axes(a, b))[1]


def einsum_terms(subscripts: str, operands: Any) -> tuple[list[str], str]:
    """The subscripts of each operand and of the result, with the ellipsis and the arrow written out."""
    text = subscripts.replace(" ", "")
    inputs, arrow, output = text.partition("->")
    terms = inputs.split(",")
    spare = [c for c in "ZYXWVUTSRQPONMLKJIHGFEDCBA" if c not in text]
    widths = [np.ndim(x) - len(t.replace("...", "")) if "..." in t else 0 for t, x in zip(terms, operands, strict=True)]
    dots = "".join(spare[: max(widths)])
    terms = [t.replace("...", dots[len(dots) - w :]) for t, w in zip(terms, widths, strict=True)]
    if arrow:
        return terms, output.replace("...", dots)
    letters = "".join(terms)
    return terms, dots + "".join(sorted(c for c in set(letters) if letters.count(c) == 1 and c not in dots))


def einsum_adjoints(d: Any, subscripts: str, operands: Any) -> list[Any]:
    """The adjoints of all operands of `np.einsum(subscripts, *operands)`."""
    terms, output = einsum_terms(subscripts, operands)
    found = []
    for k, (term, x) in enumerate(zip(terms, operands, strict=True)):
        others = [(t, o) for j, (t, o) in enumerate(zip(terms, operands, strict=True)) if j != k]
        unique = "".join(dict.fromkeys(term))
        sizes = {c: n for c, n in zip(term, np.shape(x), strict=True)}
        reach = set(output).union(*(t for t, _ in others))
        present = "".join(c for c in unique if c in reach)
        inputs = ",".join([output, *(t for t, _ in others)])
        part = np.einsum(f"{inputs}->{present}", d, *(o for _, o in others))
        for axis, c in enumerate(present):
            if sizes[c] == 1 and part.shape[axis] != 1:
                part = np.sum(part, axis, keepdims=True)
        part = np.reshape(part, [part.shape[present.index(c)] if c in present else 1 for c in unique])
        part = np.broadcast_to(part, [sizes[c] for c in unique])
        whole = np.zeros(np.shape(x), np.result_type(part))
        np.einsum(f"{term}->{unique}", whole)[...] = part
        found.append(unbroadcast(whole, x))
    return found


def einsum_tangent(subscripts: str, operands: Any, tangents: Any) -> Any:
    """The tangent of `np.einsum(subscripts, *operands)`."""
    total: Any = 0.0
    for k, t in enumerate(tangents):
        total = total + np.einsum(subscripts, *operands[:k], t, *operands[k + 1 :])
    return total


def diagonal_adjoint(d: Any, x: Any, offset: int = 0) -> Any:
    """The adjoint of `np.diagonal` of a matrix, or of `np.diag` of a vector or matrix."""
    if np.ndim(x) == 1:
        return np.diagonal(d, offset).copy()
    found = np.zeros(np.shape(x), np.result_type(d))
    rows = np.arange(np.shape(d)[0])
    found[rows + max(-offset, 0), rows + max(offset, 0)] = d
    return found


def trace_adjoint(d: Any, x: Any, offset: int = 0) -> Any:
    """The adjoint of the trace of a matrix."""
    return d * np.eye(*np.shape(x), offset, dtype=np.result_type(x))  # type: ignore[call-overload]


def solve_adjoint_matrix(d_b: Any, out: Any, b: Any) -> Any:
    """The adjoint of the matrix in `np.linalg.solve(a, b)`, from that of the right side."""
    if np.ndim(b) == 1:
        return -np.expand_dims(d_b, -1) * np.expand_dims(out, -2)
    return -np.matmul(d_b, np.swapaxes(out, -1, -2))


def transposed(a: Any) -> Any:
    """A matrix, or each of a stack of matrices, transposed."""
    return np.swapaxes(a, -1, -2)


def cholesky_adjoint(d: Any, out: Any) -> Any:
    """The adjoint of `np.linalg.cholesky` (Murray, Differentiation of the Cholesky decomposition, 2016, eq. 10)."""
    s = np.tril(np.matmul(transposed(out), d))
    s = s - 0.5 * s * np.eye(out.shape[-1])
    inner = np.linalg.solve(
        transposed(out), transposed(np.linalg.solve(transposed(out), transposed(s + transposed(s))))
    )
    return 0.5 * inner


def cholesky_tangent(t: Any, out: Any) -> Any:
    """The tangent of `np.linalg.cholesky` (Murray 2016, eq. 8)."""
    inner = np.linalg.solve(out, transposed(np.linalg.solve(out, transposed((t + transposed(t)) / 2.0))))
    lower = np.tril(inner)
    return np.matmul(out, lower - 0.5 * lower * np.eye(out.shape[-1]))


def sum_adjoint(d: Any, items: Any) -> Any:
    """The adjoint of Python's `sum`: the same for every item."""
    if isinstance(items, np.ndarray):
        return np.broadcast_to(d, np.shape(items))
    return [unbroadcast(d, item) for item in items]


def extreme_weights(out: Any, items: Any) -> list[float]:
    """For Python's `max` and `min`: shares of the items that are equal to the result."""
    mask = [bool(item == out) for item in items]
    return [m / sum(mask) for m in mask]


def extreme_adjoint(d: Any, out: Any, args: Any) -> Any:
    """The adjoint of `max(*args)` or `min(*args)`, of items or of one sequence of them."""
    if len(args) == 1:
        found = [d * w for w in extreme_weights(out, args[0])]
        return [np.array(found) if isinstance(args[0], np.ndarray) else found]
    return [d * w for w in extreme_weights(out, args)]


def extreme_tangent(t: Any, out: Any, args: Any) -> Any:
    """The tangent of `max(*args)` or `min(*args)`."""
    items, tangents = (args[0], t[0]) if len(args) == 1 else (args, t)
    return sum(w * x for w, x in zip(extreme_weights(out, items), tangents, strict=True) if w)


def chosen(a: Any, b: Any, out: Any) -> Any:
    """1 where `out`, the larger or smaller of two values that ignores nan, is `a`; one half where both are."""
    mine = np.equal(a, out)
    return np.where(mine & np.equal(b, out), 0.5, mine * 1.0)[()]


def clipped(bound: Any, x: Any, out: Any) -> Any:
    """1 where a value was clipped to `bound`: where x lies outside and the bound came out."""
    return np.not_equal(x, out) & np.equal(bound, out)


def sinc_partial(x: Any, out: Any) -> Any:
    """The derivative of `np.sinc`; 0 at 0."""
    safe = np.where(np.equal(x, 0), 1.0, x)
    return np.where(np.equal(x, 0), 0.0, (np.cos(np.pi * safe) - out) / safe)[()]


def i0_partial(x: Any) -> Any:
    """The derivative of the Bessel function I0, I1, by its integral (Abramowitz and Stegun 9.6.19)."""
    nodes = (np.arange(400) + 0.5) * (np.pi / 400.0)
    return np.mean(np.exp(np.multiply.outer(x, np.cos(nodes))) * np.cos(nodes), -1)


def imag_adjoint(d: Any, x: Any) -> Any:
    """The adjoint of the imaginary part; zero for a real x."""
    return -1j * d if np.iscomplexobj(x) else np.zeros_like(d)


def conjugate_adjoint(d: Any, x: Any) -> Any:
    """The adjoint of complex conjugation."""
    return np.conj(d) if np.iscomplexobj(x) else d


def digamma(x: float) -> float:
    """The derivative of log(gamma), by recurrence and the asymptotic series (Abramowitz and Stegun 6.3.5, 6.3.18)."""
    if x <= 0.0 and x == np.floor(x):
        return float("nan")
    if x < 0.0:
        return digamma(1.0 - x) - np.pi / np.tan(np.pi * x)
    shift = 0.0
    while x < 10.0:
        shift, x = shift - 1.0 / x, x + 1.0
    y = 1.0 / (x * x)
    series = y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y * (1 / 132 - y * 691 / 32760)))))
    return float(shift + np.log(x) - 0.5 / x - series)
