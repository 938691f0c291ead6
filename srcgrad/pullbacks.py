"""What a pullback is called as, and the cotangents it is given: compared with the value, and before that is known.

The analysis says which sizes of a value are those of the arguments (`x[1:]` has one less than `x`), so that a
cotangent of another shape is refused before the function runs; where it does not say, the value decides.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from .analysis import kinds as k
from .derivative import Target
from .diagnostics import SrcgradRuntimeError, diagnose, error
from .leaves import leaves
from .objects import as_records
from .runtime import private, zero_tangent, zeros_like

if TYPE_CHECKING:
    from .pipeline import Module

# ----- before the value is known -----


def check_fits(dy: Any, result: k.Kind, args: dict[str, Any], what: str = "dy") -> None:
    """Refuse a cotangent that cannot fit a result of this kind, for these arguments; None is zero."""
    sizes: dict[str, int] = {}
    for name, value in args.items():
        note_sizes(name, as_records(value), sizes)
    check_kind(as_records(dy), result, sizes, what)


def note_sizes(name: str, value: Any, sizes: dict[str, int]) -> None:
    """The sizes of the arrays in an argument, by the symbols that the analysis has for them."""
    match value:
        case np.ndarray():
            sizes.update({f"{name}.{axis}": n for axis, n in enumerate(value.shape)})
        case tuple() | list():
            for i, v in enumerate(value):
                note_sizes(f"{name}[{i}]", v, sizes)


def check_kind(dy: Any, result: k.Kind, sizes: dict[str, int], what: str) -> None:
    match result:
        case _ if dy is None:
            return
        case k.Num(_, _, tuple(dims)) if not isinstance(dy, tuple | list | dict):
            expected = [size_of(d, sizes) for d in dims]
            given = np.shape(dy)
            if len(given) != len(dims) or any(e not in (None, g) for e, g in zip(expected, given, strict=True)):
                shown = ", ".join("?" if e is None else str(e) for e in expected) + ("," if len(dims) == 1 else "")
                misfit(f"the {what} has shape {given}, and the value has shape ({shown})")
        case k.Seq(kind, items) if items is not None:
            if not isinstance(dy, tuple | list) or len(dy) != len(items):
                misfit(f"the {what} must be a {kind} of {len(items)}")
            for d, item in zip(dy, items, strict=True):
                check_kind(d, item, sizes, what)


def size_of(dim: k.Dim, sizes: dict[str, int]) -> int | None:
    """The length of an axis; None where it is not known before the value is."""
    if isinstance(dim, int):
        return dim
    return max(sizes[dim.name] + dim.offset, 0) if dim.name in sizes else None


# ----- where the value is known -----


def fitted(dy: Any, value: Any, what: str = "cotangent", of: str = "value") -> Any:
    """`dy`, which must have the structure and shape of `value`; None is zero."""
    if dy is None:
        return zero_tangent(value) if what == "tangent" else zeros_like(value)
    if isinstance(value, tuple | list):
        if not isinstance(dy, tuple | list) or len(dy) != len(value):
            misfit(f"the {what} must be a {type(value).__name__} of {len(value)}")
        found = [fitted(d, v, what, of) for d, v in zip(dy, value, strict=True)]
        return tuple(found) if what == "tangent" and isinstance(value, tuple) else found
    if isinstance(value, dict):
        if not isinstance(dy, dict) or set(dy) != set(value):
            misfit(f"the {what} must be a dict with the keys {list(value)}")
        items = value.copy()
        for key, v in value.items():
            items[key] = fitted(dy[key], v, what, of)
        return items
    if value is None or isinstance(value, str):
        return None
    if np.shape(dy) != np.shape(value):
        misfit(f"the {what} has shape {np.shape(dy)}, and the {of} has shape {np.shape(value)}")
    check_number(dy, value, what, of)
    if isinstance(value, np.ndarray):
        return np.asarray(dy, dtype=np.result_type(value))
    return dy[()] if isinstance(dy, np.ndarray) else dy  # what emitted code takes for a number must not change in place


def check_number(dy: Any, value: Any, what: str, of: str) -> None:
    if type(dy) is float:
        return
    kind = np.asarray(dy).dtype.kind
    if kind not in "biufc":
        misfit(f"the {what} must be a number or an array of numbers, not {type(dy).__name__}")
    if kind == "c" and np.result_type(value).kind != "c":
        misfit(f"the {what} is complex, and the {of} is real")


def misfit(message: str) -> NoReturn:
    raise error(diagnose("SG409", message))


# ----- for `Emissions` -----


def ready_pullback(target: Target, module: Module, function: Any, values: dict[str, Any]) -> Callable[..., Any]:
    forward, backward = function

    def call(args: tuple[Any, ...], words: dict[str, Any]) -> Any:
        bound = target.arguments(args, words)
        value, saved = forward(**bound)
        if len(module.wrt) == 1:
            return value, lambda dy: (backward(saved, dy),)
        return value, lambda dy: backward(saved, dy)

    return call


def ready_joint(target: Target, module: Module, function: Any, values: dict[str, Any]) -> Callable[..., Any]:
    """A pullback that runs both sweeps each time; the value is the function's own."""

    def call(args: tuple[Any, ...], words: dict[str, Any]) -> Any:
        bound = private(target.arguments(args, words))
        value = target.f(*private(args), **private(words))

        def pull(dy: Any) -> Any:
            again, found = function(**bound, **{module.seed: dy})
            check_steady(again, value, target.name, (1e-6, 1e-6))  # compiled code rounds in its own way
            return found

        return value, pull

    return call


class Unsteady(SrcgradRuntimeError):
    """A function gives another value each time it runs."""


def check_steady(again: Any, before: Any, name: str, rounding: tuple[float, float] = (1e-12, 0.0)) -> None:
    """Refuse derivatives put together from runs of a function that give different values."""
    pairs = zip(leaves(again, again), leaves(before, before), strict=False)
    if all(np.shape(a) == np.shape(b) and np.allclose(a, b, *rounding, equal_nan=True) for a, b in pairs):
        return
    message = f"`{name}` gives another value when it runs again, so its derivatives are not known from several runs"
    hint = "It draws numbers, or reads a clock or a file: do that before, and pass what comes out as an argument."
    raise Unsteady(diagnose("SG415", message, hint=hint))
