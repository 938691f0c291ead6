"""Values as vectors: inner products, directions and differences over numbers, arrays and containers of them."""

from __future__ import annotations

import copy
from collections import deque
from types import MemberDescriptorType, ModuleType
from typing import Any

import numpy as np

SEQUENCES = (tuple, list, deque)


def rebuilt(x: Any, items: Any) -> Any:
    """A sequence of x's own type, NamedTuples included."""
    return x._make(items) if hasattr(x, "_make") else type(x)(items)


def attributes(x: Any) -> dict[str, Any]:
    """What a plain object or a dataclass holds; nothing for numbers, arrays, functions, classes and modules."""
    if isinstance(x, (type, ModuleType, np.ndarray, np.generic)) or callable(getattr(x, "__get__", None)):
        return {}
    owners = [vars(c) for c in type(x).__mro__ if "__slots__" in vars(c)]
    slots = [n for own in owners for n, v in own.items() if isinstance(v, MemberDescriptorType)]
    return {n: getattr(x, n) for n in slots if hasattr(x, n)} | getattr(x, "__dict__", {})


def with_attributes(x: Any, values: dict[str, Any]) -> Any:
    """A copy of an object that holds other values; its constructor does not run."""
    y = copy.copy(x)
    for name, value in values.items():
        object.__setattr__(y, name, value)  # a frozen dataclass takes no other way
    return y


def leaves(x: Any) -> list[Any]:
    """The real and complex numbers and arrays in a value, in order."""
    if isinstance(x, SEQUENCES):
        return [leaf for item in x for leaf in leaves(item)]
    if isinstance(x, dict):
        return [leaf for item in x.values() for leaf in leaves(item)]
    if attributes(x):
        return leaves(attributes(x))
    if x is None or isinstance(x, (str, bool, int)) or np.asarray(x).dtype.kind not in "fc":
        return []
    return [x]


def mapped(f: Any, x: Any) -> Any:
    """The same structure with `f` applied to each leaf; None for everything else."""
    if isinstance(x, SEQUENCES):
        return rebuilt(x, (mapped(f, item) for item in x))
    if isinstance(x, dict):
        return {key: mapped(f, item) for key, item in x.items()}
    if leaves(attributes(x)):
        return with_attributes(x, mapped(f, attributes(x)))
    return f(x) if leaves(x) else None


def direction(x: Any, rng: np.random.Generator) -> Any:
    """A random direction of the same structure."""

    def one(leaf: Any) -> Any:
        a = np.asarray(leaf)
        d = rng.standard_normal(a.shape) + (1j * rng.standard_normal(a.shape) if a.dtype.kind == "c" else 0.0)
        if isinstance(leaf, (float, complex)) and not isinstance(leaf, np.generic):
            return type(leaf)(d)
        return np.asarray(d, a.dtype)[()]

    return mapped(one, x)


def moved(x: Any, d: Any, step: float) -> Any:
    """`x + step * d`, of x's own types."""
    if d is None:
        return x
    if isinstance(x, SEQUENCES):
        return rebuilt(x, (moved(i, j, step) for i, j in zip(x, d, strict=True)))
    if isinstance(x, dict):
        return {key: moved(x[key], d[key], step) for key in x}
    if attributes(x):
        return with_attributes(x, moved(attributes(x), attributes(d), step))
    y = np.asarray(x) + step * np.asarray(d)
    if isinstance(x, np.ndarray):
        return np.asarray(y, x.dtype)
    return type(x)(y)


def inner(a: Any, b: Any) -> float:
    """The pairing of a cotangent with a tangent: Re(sum(a * b)), without conjugation."""
    if isinstance(b, SEQUENCES):
        return sum(inner(x, y) for x, y in zip(a, b, strict=True)) if a is not None else 0.0
    if isinstance(b, dict):
        return sum(inner(a[key], b[key]) for key in b) if a is not None else 0.0
    if attributes(b):
        return inner(attributes(a), attributes(b)) if a is not None else 0.0
    if a is None or b is None or not leaves(b):
        return 0.0
    return float(np.real(np.sum(np.asarray(a) * np.asarray(b))))


def same_bits(a: Any, b: Any) -> bool:
    """Equal bit for bit, in structure, shape and dtype."""
    if isinstance(a, SEQUENCES):
        return isinstance(b, SEQUENCES) and len(a) == len(b) and all(map(same_bits, a, b))
    if isinstance(a, dict):
        return isinstance(b, dict) and a.keys() == b.keys() and all(same_bits(a[key], b[key]) for key in a)
    if isinstance(a, (np.ndarray, np.generic)) or isinstance(b, (np.ndarray, np.generic)):
        x, y = np.asarray(a), np.asarray(b)
        return x.dtype == y.dtype and x.shape == y.shape and x.tobytes() == y.tobytes()
    if not isinstance(a, (int, float, complex, str, bool, type(None))):
        return type(a) is type(b) and same_bits(attributes(a), attributes(b)) if attributes(a) else type(a) is type(b)
    return bool(a == b) or a != a and b != b


def difference(f: Any, args: list[Any], wrt: Any, directions: list[Any], cotangent: Any, step: float) -> float:
    """The derivative of <cotangent, f> along `directions`, by central differences of fourth order."""

    def at(size: float) -> float:
        changed = copy.deepcopy(args)
        for n, d in zip(wrt, directions, strict=True):
            changed[n] = moved(args[n], d, size)
        return inner(cotangent, f(*changed))

    return (8.0 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12.0 * step)
