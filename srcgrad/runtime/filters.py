"""Helpers of emitted code: filters of images and signals, integrals along an axis."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import summed_like, unbroadcast
from .padding import unpad
from .reductions import diff_adjoint


def border_mode(mode: Any) -> Any:
    """The mode of `np.pad` that goes beyond the edges as a mode of scipy.ndimage does.

    >>> border_mode("reflect")
    'symmetric'
    """
    known = {
        "reflect": "symmetric", "grid-mirror": "symmetric", "mirror": "reflect", "nearest": "edge", "wrap": "wrap",
        "grid-wrap": "wrap", "constant": "constant", "grid-constant": "constant",
    }  # fmt: skip
    if not isinstance(mode, str):
        raise ValueError("scipy.ndimage: no derivative for modes that differ from axis to axis")
    return known[mode]


def bordered(x: Any, reach: Any, mode: Any, cval: Any) -> Any:
    """`x` with as much around it as a filter sees there.

    >>> bordered(np.array([1.0, 2.0]), [1], "reflect", 0.0)
    array([1., 1., 2., 2.])
    """
    around = [(n, n) for n in reach]
    if border_mode(mode) == "constant":
        return np.pad(x, around, constant_values=cval)
    return np.pad(x, around, border_mode(mode))


def unbordered(d: Any, x: Any, reach: Any, mode: Any) -> Any:
    """The adjoint of `bordered`.

    >>> unbordered(np.array([1.0, 2.0, 3.0, 4.0]), np.ones(2), [1], "reflect")
    array([3., 7.])
    """
    return summed_like(unpad(d, x, [(n, n) for n in reach], border_mode(mode)), x)


def with_room(d: Any, reach: Any) -> Any:
    """`d` with zeros around it.

    >>> with_room(np.array([1.0]), [1])
    array([0., 1., 0.])
    """
    return np.pad(d, [(n, n) for n in reach])


def gaussian_reach(x: Any, sigma: Any, truncate: Any, radius: Any) -> list[int]:
    """How far `scipy.ndimage.gaussian_filter` reaches along each axis.

    >>> gaussian_reach(np.ones((2, 3)), [1.0, 0.0], 4.0, None)
    [4, 0]
    """
    if radius is not None:
        return [int(r) for r in np.broadcast_to(radius, np.ndim(x))]
    return [int(truncate * float(s) + 0.5) for s in np.broadcast_to(sigma, np.ndim(x))]


def parity(x: Any, order: Any) -> float:
    """The sign of a kernel that is reversed along all axes: that of an odd derivative changes.

    >>> parity(np.ones((2, 3)), [1, 0]), parity(np.ones((2, 3)), 1)
    (-1.0, 1.0)
    """
    return float((-1.0) ** int(np.sum(np.broadcast_to(order, np.ndim(x)))))


def turned_origin(size: Any, origin: Any, rank: int) -> list[int]:
    """The origin of a filter whose weights are reversed.

    >>> turned_origin((3, 2), 0, 2)
    [0, -1]
    """
    pairs = zip(np.broadcast_to(size, rank), np.broadcast_to(origin, rank), strict=True)
    return [-int(o) - (1 if n % 2 == 0 else 0) for n, o in pairs]


def window_sums(d: Any, x: Any, weights: Any, mode: Any, cval: Any, origin: Any) -> Any:
    """The adjoint of the weights in `scipy.ndimage.correlate`.

    >>> window_sums(np.array([1.0, 0.0]), np.array([3.0, 5.0]), np.ones(3), "constant", 0.0, 0)
    array([0., 3., 5.])
    """
    shape = np.shape(weights)
    whole = bordered(x, shape, mode, cval)
    origins = np.broadcast_to(origin, len(shape))
    starts = [n - n // 2 - int(o) for n, o in zip(shape, origins, strict=True)]
    found = np.zeros(shape, np.result_type(d))
    for place in np.ndindex(*shape):
        cut = tuple(
            slice(first + k, first + k + size) for first, k, size in zip(starts, place, np.shape(x), strict=True)
        )
        found[place] = np.sum(d * whole[cut])
    return found


def along_its_axis(weights: Any, x: Any, axis: int) -> Any:
    """Weights along one axis, in as many dimensions as `x` has.

    >>> along_its_axis(np.ones(3), np.ones((2, 2)), 0).shape
    (3, 1)
    """
    return np.reshape(weights, [np.size(weights) if n == axis % np.ndim(x) else 1 for n in range(np.ndim(x))])


def axis_origin(origin: Any, x: Any, axis: int) -> list[int]:
    """The origin of a filter along one axis, for all axes.

    >>> axis_origin([1], np.ones((2, 2)), 0)
    [1, 0]
    """
    return [int(np.ravel(origin)[0]) if n == axis % np.ndim(x) else 0 for n in range(np.ndim(x))]


def whole_convolution(d: Any, a: Any, v: Any, mode: str, late: int = 0) -> Any:
    """The adjoint of the full convolution in SciPy of which `mode` gives a part; of two middles the `late` one.

    >>> whole_convolution(np.array([1.0]), np.ones(2), np.ones(2), "valid")
    array([0., 1., 0.])
    """
    found = np.zeros([n + m - 1 for n, m in zip(np.shape(a), np.shape(v), strict=True)], np.result_type(d))
    pairs = list(zip(np.shape(a), np.shape(v), strict=True))
    starts = [{"full": 0, "same": (m - 1 + late) // 2, "valid": min(n, m) - 1}[mode] for n, m in pairs]
    found[tuple(slice(s, s + n) for s, n in zip(starts, np.shape(d), strict=True))] = d
    return found


def turned(v: Any) -> Any:
    """`v` reversed along all axes, and conjugate.

    >>> turned(np.array([1.0, 2.0]))
    array([2., 1.])
    """
    return np.conj(np.flip(v))


def lag_sums(d: Any, y: Any, count: int, axis: int) -> Any:
    """The sums of products of `d` with `y` some steps before, for each lag.

    >>> lag_sums(np.array([1.0, 10.0]), np.array([2.0, 3.0]), 2, -1)
    array([32., 20.])
    """
    d, y = np.moveaxis(d, axis, -1), np.moveaxis(y, axis, -1)
    size = np.shape(d)[-1]
    return np.stack([np.sum(d[..., k:] * y[..., : max(size - k, 0)]) for k in range(count)])


def along_weights(w: Any, d: Any, y: Any, axis: int) -> Any:
    """The adjoint of `y`, of which the sum with weights `w` is taken along an axis.

    >>> along_weights(np.array([1.0, 2.0]), np.array([10.0]), np.ones((1, 2)), -1)
    array([[10., 20.]])
    """
    shape = [1] * np.ndim(y)
    shape[axis] = len(w)
    return np.expand_dims(d, axis) * np.reshape(w, shape)


def plain_axis(x: Any) -> Any:
    """The abscissae of an integral, if they are None or the same for all rows.

    >>> plain_axis(None)
    """
    if x is not None and np.ndim(x) != 1:
        raise ValueError("scipy.integrate: no derivative for abscissae that differ from row to row")
    return x


def steps_between(y: Any, x: Any, dx: Any, axis: int) -> Any:
    """The distances of abscissae, in a shape that meets differences of `y` along an axis.

    >>> steps_between(np.ones((2, 3)), np.array([0.0, 1.0, 3.0]), 1.0, 1)
    array([[1., 2.]])
    """
    if x is None:
        return dx
    if np.ndim(x) != 1:
        return np.diff(x, axis=axis)
    shape = [1] * np.ndim(y)
    shape[axis] = -1
    return np.reshape(np.diff(x), shape)


def later_sums(d: Any, initial: Any, axis: int) -> Any:
    """For each step of a running integral, the sum of the adjoints from there on.

    >>> later_sums(np.array([1.0, 2.0, 4.0]), None, 0)
    array([7., 6., 4.])
    """
    d = d if initial is None else np.delete(d, 0, axis)
    return np.flip(np.cumsum(np.flip(d, axis), axis), axis)


def running_adjoint(d: Any, y: Any, x: Any, dx: Any, axis: int, initial: Any) -> Any:
    """The adjoint of `y` in `scipy.integrate.cumulative_trapezoid`.

    >>> running_adjoint(np.array([1.0]), np.ones(2), None, 2.0, -1, None)
    array([1., 1.])
    """
    share = 0.5 * later_sums(d, initial, axis) * steps_between(y, x, dx, axis)
    ends = [[(1 - late, late) if n == axis % np.ndim(y) else (0, 0) for n in range(np.ndim(y))] for late in (0, 1)]
    return np.pad(share, ends[0]) + np.pad(share, ends[1])


def running_abscissae(d: Any, y: Any, x: Any, axis: int, initial: Any) -> Any:
    """The adjoint of `x` in `scipy.integrate.cumulative_trapezoid`.

    >>> running_abscissae(np.array([1.0]), np.array([1.0, 3.0]), np.array([0.0, 1.0]), -1, None)
    array([-2.,  2.])
    """
    y = np.moveaxis(y, axis, -1)
    later = np.moveaxis(later_sums(d, initial, axis), axis, -1)
    whole = diff_adjoint(0.5 * (y[..., 1:] + y[..., :-1]) * later, y)
    return unbroadcast(whole if np.ndim(x) == 1 else np.moveaxis(whole, -1, axis), x)


def step_adjoint(d: Any, out: Any, x: Any, dx: Any) -> Any:
    """The adjoint of `dx` in an integral, which counts only without abscissae.

    >>> step_adjoint(1.0, 6.0, None, 2.0)
    np.float64(3.0)
    """
    return np.sum(d * out) / dx if x is None else 0.0


def step_tangent(t: Any, out: Any, x: Any, dx: Any) -> Any:
    """The tangent of an integral along that of `dx`, which counts only without abscissae.

    >>> step_tangent(1.0, 6.0, None, 2.0)
    3.0
    """
    return t * out / dx if x is None else 0.0 * out
