"""Helpers of emitted code: discrete Fourier transforms.

The transform is a symmetric matrix, so its transpose is the transform itself; what is left is to cut and pad.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def cut_like(d: Any, x: Any) -> Any:
    """`d` cut or padded with zeros to the shape of `x`, and its real part where x is real.

    >>> cut_like(np.array([1.0 + 2.0j, 3.0]), np.ones(3))
    array([1., 3., 0.])
    """
    shape = np.shape(x)
    if shape != ():
        d = d[tuple(slice(n) for n in shape)]
        d = np.pad(d, [(0, n - size) for n, size in zip(shape, d.shape, strict=True)])
    d = d if np.iscomplexobj(x) else np.real(d)
    dtype = np.asarray(x).dtype
    return d.astype(dtype, copy=False) if dtype.kind in "fc" else d


def fft_axes(x: Any, s: Any, axes: Any) -> tuple[Any, Any]:
    """The sizes and the axes of a transform over several axes.

    >>> fft_axes(np.ones((2, 3)), None, None)
    ([2, 3], [0, 1])
    """
    if axes is None:
        axes = range(-len(s), 0) if s is not None else range(np.ndim(x))
    if len({a % np.ndim(x) for a in axes}) < len(axes):
        raise ValueError("no derivative of a transform that cuts or pads one axis twice")
    sizes = [np.shape(x)[a] for a in axes] if s is None else s
    return [np.shape(x)[a] if n == -1 else n for n, a in zip(sizes, axes, strict=True)], list(axes)


def rfft_adjoint(d: Any, x: Any, n: Any = None, axis: int = -1, norm: Any = None) -> Any:
    """The adjoint of `np.fft.rfft`: the first half of a full transform.

    >>> rfft_adjoint(np.array([1.0, 0.0]), np.ones(3))
    array([1., 1., 1.])
    """
    n = np.shape(x)[axis] if n is None else n
    return cut_like(np.fft.fft(d, n, axis, norm), x)


def rfftn_adjoint(d: Any, x: Any, s: Any = None, axes: Any = None, norm: Any = None) -> Any:
    """The adjoint of `np.fft.rfftn`.

    >>> rfftn_adjoint(np.array([[1.0, 0.0]]), np.ones((1, 3)))
    array([[1., 1., 1.]])
    """
    sizes, axes = fft_axes(x, s, axes)
    return cut_like(np.fft.fftn(d, sizes, axes, norm), x)


def irfft_adjoint(d: Any, x: Any, n: Any = None, axis: int = -1, norm: Any = None) -> Any:
    """The adjoint of `np.fft.irfft`: all but the first and a middle coefficient stand for two.

    >>> irfft_adjoint(np.array([1.0, 0.0]), np.ones(2, complex))
    array([0.5+0.j, 0.5+0.j])
    """
    size = np.shape(d)[axis]
    other: Any = {"ortho": "ortho", "forward": "backward"}.get(norm, "forward")
    found = np.moveaxis(np.conj(np.fft.rfft(d, size, axis, other)), axis, -1)
    weight = np.full(found.shape[-1], 2.0)
    weight[0] = 1.0
    if size % 2 == 0:
        weight[-1] = 1.0
    return cut_like(np.moveaxis(found * weight, -1, axis), x)


def irfftn_adjoint(d: Any, x: Any, s: Any = None, axes: Any = None, norm: Any = None) -> Any:
    """The adjoint of `np.fft.irfftn`.

    >>> irfftn_adjoint(np.array([[1.0, 0.0]]), np.ones((1, 2), complex))
    array([[0.5+0.j, 0.5+0.j]])
    """
    *others, last = fft_axes(x, s, axes)[1]
    shape = list(np.shape(d))
    shape[last] = np.shape(x)[last]
    found = irfft_adjoint(d, np.broadcast_to(0j, shape), None, last, norm)
    return cut_like(np.fft.ifftn(found, None, others, norm) if others else found, x)


def hfft_adjoint(d: Any, x: Any, axis: int = -1, norm: Any = None) -> Any:
    """The adjoint of `np.fft.hfft`, which is that of `np.fft.irfft` of the conjugate, scaled the other way.

    >>> hfft_adjoint(np.array([1.0, 0.0]), np.ones(2, complex))
    array([1.-0.j, 1.-0.j])
    """
    other: Any = {"ortho": "ortho", "forward": "backward"}.get(norm, "forward")
    return np.conj(irfft_adjoint(d, x, None, axis, other))


def ihfft_adjoint(d: Any, x: Any, n: Any = None, axis: int = -1, norm: Any = None) -> Any:
    """The adjoint of `np.fft.ihfft`, the conjugate of `np.fft.rfft`, scaled the other way.

    >>> ihfft_adjoint(np.array([1.0, 0.0]), np.ones(2))
    array([0.5, 0.5])
    """
    other: Any = {"ortho": "ortho", "forward": "backward"}.get(norm, "forward")
    return rfft_adjoint(np.conj(d), x, n, axis, other)
