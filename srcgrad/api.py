"""grad, value_and_grad, vjp, jvp and what goes with them: as functions and as decorators."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from .analysis import kinds as k
from .derivative import Emissions, Target, not_differentiable
from .diagnostics import SrcgradError, diagnose, error
from .frontend.library_source import library_call, library_source
from .frontend.wrapper_source import wrapper_call
from .higher import Derivative, known_target, target_of
from .objects import as_objects, as_records
from .options import Options
from .outcome import check_scalar_kind, check_scalar_value, check_walked_back, converter
from .parts import Part, follow
from .pullbacks import fitted, misfit, ready_joint, ready_pullback
from .signature import key_of

if TYPE_CHECKING:
    from .pipeline import Module

Wrt = int | str | tuple[int | str, ...]


def grad(f: Callable[..., Any] | None = None, wrt: Wrt = 0, compile: str = "numpy") -> Callable[..., Any]:
    """The gradient of a function with a real scalar result.

    Returns a function of the same arguments; it gives one array, float or container per parameter in `wrt` (a tuple
    if `wrt` is one), each of the structure, shape and dtype of the argument.  Of a complex argument z it is
    dL/dRe(z) - i dL/dIm(z).  Raises TypeError if the result is not a real scalar or an argument in `wrt` has
    no derivative, and SrcgradError, with file, line and column, for what cannot be differentiated.
    `compile="numba"` compiles what is emitted, at the first call for each kind of argument.

    >>> def cube(x): return x * x * x
    >>> grad(cube)(2.0)
    12.0
    """
    return _decorator(f, wrt, False, compile)


def value_and_grad(f: Callable[..., Any] | None = None, wrt: Wrt = 0, compile: str = "numpy") -> Callable[..., Any]:
    """Like `grad`, and gives `(value, gradient)`: what `scipy.optimize.minimize(jac=True)` wants.

    >>> def square(x): return x * x
    >>> value_and_grad(square)(3.0)
    (9.0, 6.0)
    """
    return _decorator(f, wrt, True, compile)


def _decorator(f: Any, wrt: Wrt, with_value: bool, compile: str) -> Callable[..., Any]:
    check_compile(compile)
    if f is None:
        return lambda g: _decorator(g, wrt, with_value, compile)
    target = target_of(f)
    requests = target.requests(wrt)
    names = tuple(dict.fromkeys(p.name for p in requests))
    ready = _ready_gradient(requests, names, not isinstance(wrt, tuple), with_value)
    parts = requests if any(p.path for p in requests) else ()
    emissions = Emissions(target, names, Options("reverse", compile=compile), ready, parts)
    emissions.requests, emissions.single, emissions.with_value = requests, not isinstance(wrt, tuple), with_value
    emissions.made_by, emissions.seed = "value_and_grad" if with_value else "grad", seed_for
    known = emissions.by_key

    def derivative(*args: Any, **kwargs: Any) -> Any:
        emission = None if kwargs else known.get(tuple(map(key_of, args)))
        if emission is None or not emission.is_current():
            try:
                emission = emissions.find(args, kwargs)
            except SrcgradError as refused:
                if not isinstance(target, Derivative):
                    raise
                from .exchanged import gradient

                return gradient(refused, emissions, args, kwargs)
        return emission.call(*args, **kwargs)

    return dressed(derivative, f, emissions, "value_and_grad" if with_value else "grad")


def check_compile(compile: Any) -> None:
    if compile not in ("numpy", "numba"):
        raise error(diagnose("SG413", f'`compile` is "numpy" or "numba", not {compile!r}'))


def dressed(derivative: Callable[..., Any], f: Any, emissions: Any, made_by: str) -> Callable[..., Any]:
    """`derivative` with the name, docstring and signature of `f`; it prints as `<function grad(f) at ...>`."""
    functools.update_wrapper(derivative, f, updated=())
    if is_bound_to_its_name(f):
        derivative.__qualname__ = f"{made_by}({f.__qualname__})"
    derivative.__srcgrad_primal__ = f  # type: ignore[attr-defined]
    derivative.__srcgrad_emissions__ = emissions  # type: ignore[attr-defined]
    return derivative


def is_bound_to_its_name(f: Any) -> bool:
    """False for what a decorator is given: there the derivative will have the name, and is pickled by it."""
    place: Any = sys.modules.get(getattr(f, "__module__", None) or "")
    names = getattr(f, "__qualname__", "").split(".")
    for name in names:
        place = getattr(place, name, None)
    return place is f or "<locals>" in names or "<lambda>" in names


def _ready_gradient(requests: tuple[Part, ...], names: tuple[str, ...], single: bool, with_value: bool) -> Any:
    """Makes the function that is called for one kind of call: nothing is decided again that is known by then."""

    def ready(target: Target, module: Module, function: Any, values: dict[str, Any]) -> Callable[..., Any]:
        by_value = check_scalar_kind(target.name, module.result)
        places = [(names.index(p.name), p.steps(values[p.name], target.name)) for p in requests]
        whole = not any(steps for _, steps in places)
        converters = [converter(follow(values[names[at]], steps)) for at, steps in places]
        given, words = target.located.bound, {**target.located.bound_keywords, **seed_for(module)}
        convert = converters[0] if single else None

        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                value, gradients = function(*given, *args, **{**words, **kwargs})
            except Exception as e:
                if by_value:
                    check_walked_back(target.name, e, module)
                raise
            if by_value:
                check_scalar_value(target.name, value)
            if not whole:
                gradients = [follow(gradients[at], steps) for at, steps in places]
            found = tuple(c(g) if c is not None else g for c, g in zip(converters, gradients, strict=True))
            gradient = found[0] if single else found
            return (value, gradient) if with_value else gradient

        def direct(*args: Any, **kwargs: Any) -> Any:
            value, (gradient,) = function(*args, **kwargs)
            if convert is not None:
                gradient = convert(gradient)
            return (value, gradient) if with_value else gradient

        return direct if single and whole and not (by_value or given or words) else call

    return ready


def seed_for(module: Module) -> dict[str, Any]:
    """The cotangent of a result of size one that is an array; that of a scalar is the default, 1.0."""
    match module.result:
        case k.Num("array", dtype, tuple(dims)):
            return {module.seed: np.ones((1,) * len(dims), dtype)}
    return {}


def vjp(f: Callable[..., Any], *args: Any, compile: str = "numpy") -> tuple[Any, Callable[[Any], tuple[Any, ...]]]:
    """`(value, pullback)`; `pullback(dy)` gives a tuple with one derivative per argument, None for constants.

    Each positional argument that a `*args` takes has one of its own.

    `dy` has the structure and shape of the value.  The pullback may be called many times.  Raises ValueError if dy
    does not fit the value.

    >>> def scaled(x, n): return n * x
    >>> value, pullback = vjp(scaled, 2.0, 3)
    >>> value, pullback(1.0)
    (6.0, (3.0, None))
    """
    check_compile(compile)
    return vjp_with(f, args, {}, pullback_options(compile))


def fitting(f: Any, args: tuple[Any, ...], words: dict[str, Any]) -> Any:
    """The function with the parameters of a call, where `f` is one of a library, or made by a decorator."""
    found = library_call(f, len(args), tuple(words))
    return wrapper_call(f, args, words) if found is f and library_source(f) is None else found


def pullback_options(compile: str) -> Options:
    """Those of `vjp`: stacks stay inside of what is compiled."""
    return Options("pullback" if compile == "numpy" else "reverse", compile=compile)


def vjp_with(f: Callable[..., Any], args: tuple[Any, ...], words: dict[str, Any], options: Options) -> Any:
    """`vjp` with keyword arguments, which are constants, and options."""
    f = fitting(f, args, words)
    target = target_of(f).as_called(args, words)
    values = target.arguments(args, words)
    names = tuple(n for n in target.free if n in values and n not in words and not not_differentiable(values[n]))
    emissions = _emissions(f, target, names, options, ready_pullback if options.mode == "pullback" else ready_joint)
    try:
        emission = emissions.find(args, words)
    except SrcgradError as refused:
        if not isinstance(target, Derivative):
            raise
        from .exchanged import pulled

        shown, pull, emission = pulled(refused, emissions, args, names, words)
        value = as_records(shown)
    else:
        value, pull = emission.call(args, words)
        shown = as_objects(value, emission.module.result)
    converters = {n: converter(as_records(values[n])) for n in names}

    def pullback(dy: Any) -> tuple[Any, ...]:
        pulled = pull(fitted(as_records(dy), value))
        gradients = dict(zip(names, pulled, strict=True)) if names else {}
        found: list[Any] = []
        for n in target.free:
            if n in values:
                gradient = converters[n](gradients[n]) if n in gradients else None  # type: ignore[misc]
                if n == target.star:
                    found += gradient if gradient is not None else [None] * len(values[n])
                else:
                    found.append(gradient)
        return tuple(found)

    pullback.__qualname__ = f"vjp({target.name})"
    pullback.__srcgrad_emission__ = emission  # type: ignore[attr-defined]
    return shown, pullback


def jvp(
    f: Callable[..., Any], primals: tuple[Any, ...], tangents: tuple[Any, ...], compile: str = "numpy"
) -> tuple[Any, Any]:
    """`(value, tangent)`: the value and its derivative along `tangents`, in forward mode.

    A tangent has the structure and shape of its primal; None is zero.  Raises ValueError if they do not fit.

    >>> def product(x, y): return x * y
    >>> jvp(product, (2.0, 3.0), (1.0, None))
    (6.0, 3.0)
    """
    check_compile(compile)
    return jvp_with(f, primals, tangents, {}, Options("forward", compile=compile))


def jvp_with(
    f: Callable[..., Any], primals: tuple[Any, ...], tangents: tuple[Any, ...], words: dict[str, Any], options: Options
) -> Any:
    """`jvp` with keyword arguments, which are constants, and options."""
    if not isinstance(primals, tuple | list) or not isinstance(tangents, tuple | list):
        misfit("primals and tangents must be tuples with one entry per argument")
    if len(primals) != len(tangents):
        misfit(f"{len(primals)} primals and {len(tangents)} tangents")
    return pushing(f, primals, tuple(t is not None for t in tangents), words, options)(tangents)


def pushing(
    f: Callable[..., Any], primals: tuple[Any, ...], moved: tuple[bool, ...], words: dict[str, Any], options: Options
) -> Callable[[tuple[Any, ...]], Any]:
    """What gives `(value, tangent)` for tangents of the arguments that are `moved`, None for others, and often."""
    f = fitting(f, primals, words)
    target = known_target(f).as_called(primals, words)
    values = target.arguments(primals, words)
    names = tuple(n for n, t in target.by_parameter([True if m else None for m in moved]).items() if t is not None)
    emissions = _emissions(f, target, names, options, _ready_tangent)

    def directions(tangents: tuple[Any, ...]) -> list[Any]:
        along = target.by_parameter(tangents)
        return [fitted(as_records(along[n]), as_records(values[n]), "tangent", f"argument `{n}`") for n in names]

    try:
        call = emissions.find(primals, words).call
    except SrcgradError as refused:
        if not isinstance(target, Derivative):
            raise
        from .exchanged import pushed

        exchanged = pushed(refused, emissions, primals, names, words)

        def push(tangents: tuple[Any, ...]) -> Any:
            directions(tangents)  # refuses what does not fit
            return exchanged(tangents)

        return push
    return lambda tangents: call(primals, directions(tangents), words)


def _ready_tangent(target: Target, module: Module, function: Any, values: dict[str, Any]) -> Callable[..., Any]:
    given = dict(target.located.bound_keywords)

    def call(primals: tuple[Any, ...], directions: list[Any], words: dict[str, Any]) -> Any:
        along = dict(zip(module.directions, directions, strict=True))
        value, tangent = function(*target.located.bound, *primals, **{**given, **words, **along})
        return as_objects(value, module.result), as_objects(tangent, module.result)

    return call


_kept: dict[Any, Emissions] = {}


def _emissions(f: Any, target: Target, names: tuple[str, ...], options: Options, ready: Any) -> Emissions:
    """The emissions of a function, kept from one call of `vjp` or `jvp` to the next."""
    key = (id(f), names, options)
    if key not in _kept or _kept[key].target.f is not f:
        if len(_kept) >= 1024:
            _kept.clear()
        _kept[key] = Emissions(target, names, options, ready)
    return _kept[key]


def stop_gradient(x: Any) -> Any:
    """`x`, through which no derivative flows.

    >>> def f(x): return x * stop_gradient(x)
    >>> grad(f)(3.0)
    3.0
    """
    return x


def source(g: Callable[..., Any]) -> str:
    """The module that was emitted for the latest call of a derivative, as text; LookupError before the first call.

    `g` is what `grad` or `value_and_grad` returned, or a pullback of `vjp`.
    """
    if hasattr(g, "__srcgrad_emission__"):
        own: str = g.__srcgrad_emission__.module.text
        return own
    emissions = getattr(g, "__srcgrad_emissions__", None)
    if emissions is None:
        raise error(diagnose("SG410", "this function was not made by srcgrad"))
    if emissions.latest is None:
        raise error(diagnose("SG411", "nothing has been emitted yet", hint="Call the function once."))
    text: str = emissions.latest.module.text
    return text
