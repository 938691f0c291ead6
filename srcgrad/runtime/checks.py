"""Checks of arguments in emitted modules that stand alone."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import unbroadcast


def require_arrays(*values: Any) -> None:
    """Refuse numbers and containers where the emitted code relies on arrays.

    >>> require_arrays(np.ones(3), np.ones((2, 2)))
    """
    for value in values:
        if not isinstance(value, np.ndarray):
            raise TypeError(f"expected an array, not {type(value).__name__}; an annotation would say otherwise")


def require_no_lists(*values: Any) -> None:
    """Refuse lists and tuples where the emitted code relies on numbers or arrays: slices of lists are copies.

    >>> require_no_lists(np.ones(3), 2.0)
    """
    for value in values:
        if isinstance(value, (list, tuple)):
            raise TypeError(f"expected an array, not {type(value).__name__}; an annotation would say otherwise")


def require_scalars(*values: Any) -> None:
    """Refuse arrays where the emitted code relies on numbers: one without axes is changed in place, too.

    >>> require_scalars(1.0, np.float32(2.0), 3)
    """
    for value in values:
        if isinstance(value, np.ndarray) or np.ndim(value) != 0:
            raise TypeError(f"expected a number, not {type(value).__name__}; an annotation would say otherwise")


def of_shape(d: Any, x: Any, what: str) -> Any:
    """What a rule of the user gives for the adjoint of `x`, summed where `x` was repeated; a number 0.0 will do, too.

    >>> of_shape(np.ones(3), np.zeros(3), "d_x of `energy`")
    array([1., 1., 1.])
    """
    if not isinstance(x, (np.ndarray, np.generic, int, float, complex)):
        return d
    ends = np.shape(d)[np.ndim(d) - np.ndim(x) :] if np.ndim(d) >= np.ndim(x) else None
    covers = ends is not None and all(n in (1, m) for n, m in zip(np.shape(x), ends, strict=True))
    if not covers and (np.ndim(d) != 0 or d != 0.0):
        raise ValueError(f"the rule gives {what} of shape {np.shape(d)}, where the argument has shape {np.shape(x)}")
    return unbroadcast(d, x)


def of_result(t: Any, value: Any, what: str, others: Any = ()) -> Any:
    """What a rule of the user gives for the tangent of the result `value`; a number 0.0 will do, too.

    It may be smaller only where `others`, which are arguments without a tangent, give the result its shape.

    >>> of_result(np.ones(3), np.zeros(3), "t_out of `energy`")
    array([1., 1., 1.])
    """
    shape = np.shape(value)
    if not isinstance(value, (np.ndarray, np.generic, int, float, complex)) or np.shape(t) == shape:
        return t
    ends = [np.shape(x)[::-1] for x in (t, *others)]
    ends = [tuple(s[n] if n < len(s) else 1 for s in ends) for n in range(max(map(len, ends)))]
    covers = len(ends) == len(shape) and all({1, n} >= {*e} != {1} or n == 1 for e, n in zip(ends, shape[::-1]))  # noqa: B905
    if not covers and (np.ndim(t) != 0 or t != 0.0):
        raise ValueError(f"the rule gives {what} of shape {np.shape(t)}, where the result has shape {shape}")
    return np.array(np.broadcast_to(t, shape))


def require_numbers(*values: Any) -> None:
    """Refuse to differentiate with respect to anything but real numbers and arrays: the emitted code relies on it.

    >>> require_numbers(1.0, np.ones(3))
    """
    for value in values:
        if not isinstance(value, (float, np.ndarray, np.generic)) or np.result_type(value).kind != "f":
            raise TypeError(f"expected a float or an array of floats, not {type(value).__name__}; pass 3.0 for 3")


def require_real(*values: Any) -> None:
    """Refuse complex arguments: the emitted code relies on real ones.

    >>> require_real(1, np.ones(3))
    """
    for value in values:
        if isinstance(value, (complex, np.ndarray, np.generic)) and np.iscomplexobj(value):
            raise TypeError("expected real arguments; a complex one needs a derivative of its own")


def require_real_items(*values: Any) -> None:
    """Refuse complex numbers, in containers too; what is no number does not matter.

    >>> require_real_items([1.0, {"a": np.ones(3)}], "text")
    """
    for value in values:
        if isinstance(value, dict):
            require_real_items(*value.values())
        elif isinstance(value, (list, tuple)):
            require_real_items(*value)
        else:
            require_real(value)


def require_items(x: Any) -> None:
    """Refuse to call a function for each of no items: the type of the result would not be known.

    >>> require_items(np.ones(3))
    """
    if x.size == 0:
        raise ValueError("cannot call a function for each item of an array of size 0: what it gives is not known")


def require_c_order(x: Any) -> None:
    """Refuse an array that `np.nditer` goes through in another order than that of its indices.

    >>> require_c_order(np.ones((2, 3)))
    """
    if not isinstance(x, np.ndarray) or not x.flags.c_contiguous or x.size == 0:
        raise ValueError("np.nditer is differentiated for arrays in C order that are not empty")


def require_form(value: Any, form: Any) -> None:
    """Refuse containers that hold something else than an annotation says: the emitted code relies on it.

    >>> require_form({"a": [np.ones(3)], "b": []}, ("dict", ("list", "array")))
    >>> require_form((1.0, 2), ("tuple", "float", "int"))
    """
    name, inner = (form[0], form[1:]) if isinstance(form, tuple) else (form, ())
    types: Any = {
        "array": np.ndarray, "float": float, "int": int, "bool": bool, "tuples": tuple, "tuple": tuple, "list": list,
        "dict": dict, "real": (float, int, np.ndarray, np.generic),
    }  # fmt: skip
    expected = types.get(name, object)
    if not isinstance(value, expected) or name == "tuple" and len(value) != len(inner):
        raise TypeError(f"expected {name}, not {type(value).__name__}; the annotation says so, or how it is used")
    if name == "tuple":
        for item, own in zip(value, inner, strict=True):
            require_form(item, own)
    elif inner:
        for item in value.values() if name == "dict" else value:
            require_form(item, inner[0])
