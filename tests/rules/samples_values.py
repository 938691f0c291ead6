"""Arrays for sample calls of the structured tables, and the calls that reductions have in common."""

from __future__ import annotations

from typing import Any

import numpy as np

Samples = dict[str, list[tuple[str, dict[str, Any]]]]


def floats(*shape: int, dtype: str = "float64", shift: float = 0.0) -> Any:
    """Distinct numbers between -2 and 2 in a fixed irregular order; a Python float without a shape."""
    count = int(np.prod(shape))
    steps = (np.arange(count) * 0.6180339887 + 0.31 + 0.017 * count + shift) % 1.0
    found = (4.0 * steps - 2.0).astype(dtype)
    return found.reshape(shape) if shape else float(found[0])


def complexes(*shape: int) -> Any:
    return floats(*shape) + 1j * floats(*shape, shift=0.4)


def positive(*shape: int) -> Any:
    return np.abs(floats(*shape)) + 0.3


def regular(*shape: int, complex_: bool = False) -> Any:
    """Well-conditioned matrices, with different singular values."""
    found = complexes(*shape) if complex_ else floats(*shape)
    return found + 3.0 * np.eye(*shape[-2:]) * (1.0 + 0.3 * np.arange(shape[-1]))


def definite(*shape: int, complex_: bool = False) -> Any:
    """Positive definite matrices, symmetric or Hermitian, with different eigenvalues."""
    root = regular(*shape, complex_=complex_)
    return root @ np.conj(np.swapaxes(root, -1, -2))


def calls(name: str, values: list[dict[str, Any]], *arguments: str) -> list[tuple[str, dict[str, Any]]]:
    """Every way of calling a function with every set of values."""
    return [(f"{name}({a})", v) for a in arguments for v in values]


MATRIX, CUBE, VECTOR, NARROW = floats(3, 4), floats(2, 3, 4), floats(5), floats(3, 4, dtype="float32")
ARRAYS = [{"x": v} for v in (VECTOR, MATRIX, CUBE, complexes(3, 4), NARROW)]
SCALARS = [{"x": v} for v in (floats(), np.float64(1.5), np.float32(1.5), np.array(0.7))]
PLAIN = [{"x": v} for v in (MATRIX, CUBE, NARROW)]
HOLES = np.array([[1.0, np.nan, 3.0], [0.5, 2.0, -1.0], [np.nan, 4.0, 2.5]])
ZEROS = np.array([[2.0, 0.0, 3.0], [0.0, 5.0, 0.0], [1.0, 2.0, 4.0]])
AXES = ("x", "x, 0", "x, axis=-1", "x, axis=(0, -1)", "x, axis=1, keepdims=True", "x, keepdims=True", "x, axis=()")
AXIS = ("x", "x, 0", "x, axis=-1", "x, axis=None", "x, axis=1")


def reduction(
    name: str, more: tuple[str, ...] = (), axes: tuple[str, ...] = AXES[:-1]
) -> list[tuple[str, dict[str, Any]]]:
    found = calls(name, PLAIN, *axes, *more) + calls(name, SCALARS, "x")
    return (
        found
        + calls(name, [{"x": VECTOR}], "x", "x, axis=0, keepdims=True")
        + calls(name, [{"y": 0.3}], "[y, 2.0, -1.0]")
    )
