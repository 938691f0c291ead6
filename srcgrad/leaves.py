"""The numbers and arrays in containers and objects: counted, replaced, moved one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from .objects import as_records, class_link, rebuilt
from .runtime.records import record


def parts(x: Any) -> Iterator[Any]:
    x = as_records(x)
    match x:
        case tuple() | list():
            for item in x:
                yield from parts(item)
        case dict():
            for item in x.values():
                yield from parts(item)
        case _:
            yield x


def is_leaf(x: Any) -> bool:
    return not isinstance(x, str) and x is not None and np.asarray(x).dtype.kind in "fc"


def count(x: Any) -> int:
    return sum(int(np.size(v)) for v in parts(x) if is_leaf(v))


def leaves(x: Any, like: Any) -> list[Any]:
    """The numbers and arrays in `x`, where `like`, of the same structure, has numbers and arrays."""
    return [v for v, w in zip(parts(x), parts(like), strict=True) if is_leaf(w)]


def mapped(x: Any, f: Callable[[int, Any], Any]) -> Any:
    """The structure of `x` with each number or array replaced by what `f` gives for its position and itself."""
    number = iter(range(count(x) + 1))

    def visit(v: Any) -> Any:
        v = as_records(v)
        if type(v) is record:
            return rebuilt(class_link(v), {n: visit(i) for n, i in v.items()})
        if isinstance(v, dict):
            return {n: visit(i) for n, i in v.items()}
        if isinstance(v, tuple | list):
            return type(v)([visit(i) for i in v])
        return f(next(number), v) if is_leaf(v) else None

    return visit(x)


def basis(x: Any) -> Iterator[Any]:
    """The directions in which one number of `x` changes, each in the structure of `x`."""
    for leaf, v in enumerate(leaves(x, x)):
        for k in range(np.size(v)):
            unit = np.zeros(np.size(v), np.result_type(v))
            unit[k] = 1

            def chosen(n: int, w: Any, leaf: int = leaf, unit: Any = unit) -> Any:
                return np.reshape(unit, np.shape(w))[()] if n == leaf else np.zeros_like(w)[()]

            yield mapped(x, chosen)
