"""value_and_grads and value_and_gradients_function: names and semantics of TensorFlow, on plain NumPy.

Both run the forward sweep of a pullback once and pull ones, or the given `dy`, back through it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from .api import dressed
from .derivative import Emissions, Target
from .diagnostics import diagnose, error
from .higher import target_of
from .objects import as_objects, as_records
from .options import Options
from .outcome import check_scalar_value, converter, refuse_dtype
from .pullbacks import check_fits, fitted, ready_pullback

Params = Sequence[str] | Sequence[int] | None


class ValueAndGrads(NamedTuple):
    """The value of a function and its derivatives, one for each input."""

    value: Any
    grads: list[Any]


def value_and_grads(f: Callable[..., Any]) -> Callable[..., ValueAndGrads]:
    """A function of a list of inputs, and of `dy`, that gives `(value, grads)` with a gradient for every input.

    The gradients are those of `sum(f(*inputs) * dy)`; `dy` has the shape of the value, and is ones if it is absent.
    Raises TypeError if the inputs are no list or one of them has no derivative, ValueError if `dy` does not fit.

    >>> value_and_grads(lambda x, y: x * y)([2.0, 3.0])
    ValueAndGrads(value=6.0, grads=[3.0, 2.0])
    """
    target = target_of(f)
    made: dict[tuple[str, ...], Emissions] = {}

    def derivative(inputs: Sequence[Any], dy: Any = None) -> ValueAndGrads:
        if not isinstance(inputs, list | tuple):
            hint = f"Write `g([x, y])` for the inputs of `{target.name}`."
            raise error(diagnose("SG404", f"the inputs come in a list, not as a {type(inputs).__name__}", hint=hint))
        target.arguments(tuple(inputs), {})  # too many or too few are refused here
        names = tuple(target.by_parameter([0] * len(inputs)))
        if names not in made:
            made[names] = _emissions(target, names)
        value, by_name = _pulled(made[names], tuple(inputs), {}, dy)
        grads = [g for n in names for g in (by_name[n] if n == target.star else [by_name[n]])]
        return ValueAndGrads(value, grads)

    derivative.__qualname__ = f"value_and_grads({target.name})"
    derivative.__srcgrad_inside__ = ("value_and_grads", f, None)  # type: ignore[attr-defined]
    return derivative


def value_and_gradients_function(f: Callable[..., Any], params: Params = None) -> Callable[..., tuple[Any, list[Any]]]:
    """A function of the arguments of `f`, and of `dy`, that gives the value and a list of gradients.

    `params` are names, or positions, of the parameters to differentiate; None is all of them.  A result that is an
    array, or a list or tuple of arrays, is summed, or weighted by `dy`, which has its structure.  Raises ValueError
    at once if `params` are not parameters of `f`, and at the call if f returns None or `dy` does not fit.

    >>> value_and_gradients_function(lambda x, y: x * x * x * y - x * y * y)(2.0, 3.0)
    (6.0, [27.0, -4.0])
    """
    target = target_of(f)
    names = chosen(target, params)
    emissions = _emissions(target, tuple(dict.fromkeys(names)))
    has_dy = "dy" in target.names

    def derivative(*args: Any, **kwargs: Any) -> tuple[Any, list[Any]]:
        dy = None if has_dy else kwargs.pop("dy", None)
        value, by_name = _pulled(emissions, args, kwargs, dy)
        return value, [by_name[n] for n in names]

    dressed(derivative, f, emissions, "value_and_gradients_function")
    derivative.__srcgrad_inside__ = ("value_and_gradients_function", f, names)  # type: ignore[attr-defined]
    return derivative


def chosen(target: Target, params: Any) -> tuple[str, ...]:
    """The parameters that `params` asks for; ValueError that lists them if it makes no sense."""
    kinds = target.signature.parameters
    known = [n for n in target.free if kinds[n].kind is not inspect.Parameter.VAR_KEYWORD]
    if params is None:
        return tuple(known)
    if isinstance(params, str) or not isinstance(params, list | tuple):
        refuse_params(target, f"are a list of names or of positions, not {params!r}")
    if all(isinstance(p, str) for p in params):
        unknown = [p for p in params if p not in known]
        if unknown:
            refuse_params(target, f"has {unknown[0]!r}")
        return tuple(params)
    if any(isinstance(p, bool | np.bool_) or not isinstance(p, int | np.integer) for p in params):
        refuse_params(target, f"must be all names or all positions, not {params!r}")
    beyond = [p for p in params if not 0 <= p < len(known)]
    if beyond:
        refuse_params(target, f"has position {beyond[0]}")
    return tuple(known[p] for p in params)


def refuse_params(target: Target, what: str) -> None:
    raise error(diagnose("SG403", f"`params` {what}; the parameters of `{target.name}` are {target.listed}"))


def _emissions(target: Target, names: tuple[str, ...]) -> Emissions:
    return Emissions(target, names, Options("pullback"), ready_pullback)


def _pulled(emissions: Emissions, args: Any, words: dict[str, Any], dy: Any) -> tuple[Any, dict[str, Any]]:
    """The value, and the derivative of each parameter by name."""
    target = emissions.target
    values = target.arguments(args, words)
    emission = emissions.find(args, words)
    if dy is not None:
        check_fits(dy, emission.module.result, values)
    value, pull = emission.call(args, words)
    check_value(target.name, value)
    seed = ones_like(value) if dy is None else fitted(as_records(dy), value, "dy")
    gradients = dict(zip(emissions.wrt, pull(seed), strict=True)) if emissions.wrt else {}
    converted: dict[str, Any] = {}
    for n, g in gradients.items():
        convert = converter(as_records(values[n]))
        converted[n] = convert(g) if convert is not None else g
    return as_objects(value, emission.module.result), converted


def check_value(name: str, value: Any) -> None:
    """Refuse a result that is not made of real numbers."""
    if isinstance(value, tuple | list):
        for v in value:
            check_value(name, v)
    elif value is None or isinstance(value, dict | str):
        check_scalar_value(name, value)
    elif not np.result_type(value).name.startswith(("float", "longdouble")):
        refuse_dtype(name, np.result_type(value).name)


def ones_like(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [ones_like(v) for v in value]
    return np.ones_like(value) if isinstance(value, np.ndarray) else 1.0
