"""Derivatives of functions whose result is no scalar, and second derivatives: jacobian, hessian, hvp.

A Jacobian is put together from products: one tangent for each number of the arguments (forward mode), or one
cotangent for each number of the result (reverse mode), whichever are fewer (Griewank & Walther, Evaluating
Derivatives, 2nd ed., section 3.4).  Tangents go through the program together (`columns`).
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from .api import check_compile, grad, jvp_with, pullback_options, vjp_with
from .columns import columns, emission_of
from .derivative import Target, not_differentiable
from .diagnostics import SrcgradLookupError, diagnose, error
from .frontend.library_source import library_call
from .higher import target_of
from .holomorphic import check_complex_derivative, is_complex
from .leaves import basis, count, leaves, mapped
from .options import Options

Wrt = Any


def jacobian(
    f: Callable[..., Any] | None = None, wrt: Wrt = 0, mode: str | None = None, sparsity: Any = None,
    compile: str = "numpy",
) -> Callable[..., Any]:
    """A function of f's arguments that gives the derivative of each number of the result by each of the argument's.

    Its shape is `result.shape + argument.shape`.  Of a real result by a complex argument it is that of `grad`; of a
    complex result by a complex argument the complex derivative, where there is one.  Where the result is a container,
    each of its arrays is replaced by its Jacobian, which has the structure of the argument; where `wrt` is a tuple, by
    a tuple of those.  `mode` is "forward", "reverse", or None for the cheaper one.  Raises TypeError and ValueError as
    `grad` does.

    `sparsity` is a matrix, dense or of scipy.sparse, that is not zero where the Jacobian may be; then the Jacobian is
    a `scipy.sparse.csr_array` of shape (result.size, argument.size), from a product for each group of columns or rows
    that do not meet.  ValueError if a place is missing in it.  "detect" finds the pattern at the first call for each
    shape of the arguments, from all columns one by one, and again when it turns out to lack a place.

    `compile="numba"` compiles what is emitted, at the first call for each kind of argument.

    >>> jacobian(lambda x: x * x)(np.array([1.0, 2.0]))
    array([[2., 0.],
           [0., 4.]])
    """
    check_compile(compile)
    if f is None:
        return lambda g: jacobian(g, wrt, mode, sparsity, compile)
    if mode not in (None, "forward", "reverse"):
        raise error(diagnose("SG413", f'`mode` is "forward", "reverse" or None, not {mode!r}'))
    if sparsity is not None:
        from .sparse import sparse_jacobian

        return sparse_jacobian(f, wrt, mode, sparsity, compile)
    target = target_of(f)
    names = [p.name for p in target.requests(wrt)]
    if any(p.path for p in target.requests(wrt)):
        raise error(diagnose("SG403", "`wrt` of a Jacobian takes whole parameters, not parts of them"))
    single = not isinstance(wrt, tuple)
    if not names:
        raise error(diagnose("SG403", "`wrt` of a Jacobian is empty", hint=f"`{target.name}` has {target.listed}."))

    @functools.wraps(f, updated=())
    def derivative(*args: Any, **kwargs: Any) -> Any:
        called = library_call(f, len(args), tuple(kwargs))
        signature = target.as_called(args, kwargs).signature if called is f else inspect.signature(called)
        positional, words, places = given(target, signature, names, args, kwargs)
        size = sum(count(positional[p]) for p in places)
        pulled_back = None
        if mode != "forward":
            try:
                value, pull = vjp_with(called, positional, words, pullback_options(compile))
            except SrcgradLookupError:  # a rule for one mode only
                if mode == "reverse":
                    raise
            else:
                check_result(target.name, value, mode)
                pulled_back = None if is_complex(value) else (value, pull)
                fewer = count(value) < size or any(is_complex(positional[p]) for p in places)
                if mode == "reverse" or fewer and pulled_back is not None:
                    return reverse(value, pull, positional, places)
        try:
            found = by_forward(called, positional, words, places, single, compile)
        except SrcgradLookupError:
            if pulled_back is None:
                raise
            return reverse(*pulled_back, positional, places)
        latest = emission_of(called, positional, places[-1], compile)
        derivative.__srcgrad_emission__ = latest  # type: ignore[attr-defined]
        return found

    def reverse(value: Any, pull: Any, positional: tuple[Any, ...], places: list[int]) -> Any:
        derivative.__srcgrad_emission__ = pull.__srcgrad_emission__  # type: ignore[attr-defined]
        return by_reverse(value, pull, [positional[p] for p in places], places, single)

    derivative.__signature__ = target.signature  # type: ignore[attr-defined]  # of a library function: that of its rule
    return requested(derivative, "jacobian", f, wrt)


def given(
    target: Target, signature: inspect.Signature, names: list[str], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any], list[int]]:
    """The positional and keyword arguments of a call, and the positions of those by which is differentiated."""
    try:
        bound = signature.bind(*args, **kwargs)
    except TypeError as e:
        message = f"`{target.name}` cannot be called with these arguments: {e}"
        raise error(diagnose("SG305", message, hint=f"Its parameters are {target.listed}.")) from None
    bound.apply_defaults()
    positional, words = bound.args, bound.kwargs
    order = list(bound.arguments)
    for n in names:
        problem = not_differentiable(bound.arguments[n])
        if problem or n in words or order.index(n) >= len(positional):
            message = f"argument `{n}` of `{target.name}` is {problem or 'given by keyword'}"
            raise error(diagnose("SG405", message, hint="Pass floats, by position."))
    return positional, words, [order.index(n) for n in names]


def check_result(name: str, value: Any, mode: str | None) -> None:
    """TypeError for a result without numbers, or for a complex one in reverse mode, which would lose half of it."""
    if not leaves(value, value):
        raise error(diagnose("SG407", f"`{name}` returns {shown(value)}, which has no derivative"))
    if mode == "reverse" and is_complex(value):
        message = f"`{name}` returns complex numbers"
        raise error(diagnose("SG408", message, hint='Leave out `mode="reverse"`, or return real and imaginary parts.'))


def shown(value: Any) -> str:
    return "None" if value is None else f"a {type(value).__name__}"


def by_forward(f: Any, args: tuple[Any, ...], words: Any, places: list[int], single: bool, compile: str) -> Any:
    found = [columns(f, args, place, words, compile) for place in places]
    value = found[0][0]
    check_result(getattr(f, "__name__", "the function"), value, "forward")
    for place in places:
        if is_complex(args[place]):
            check_complex_derivative(f, args, words, place, value)

    def block(leaf: int, out: Any) -> Any:
        each = [shaped(args[p], own[leaf], np.shape(out)) for p, (_, own) in zip(places, found, strict=True)]
        return each[0] if single else tuple(each)

    return mapped(value, block)


def by_reverse(value: Any, pull: Any, wanted: list[Any], places: list[int], single: bool) -> Any:
    rows = [pull(direction) for direction in basis(value)]
    starts = np.cumsum([0, *(np.size(x) for x in leaves(value, value))])

    def block(leaf: int, out: Any) -> Any:
        own = rows[starts[leaf] : starts[leaf + 1]]
        each = [stacked([row[p] for row in own], x, np.shape(out)) for p, x in zip(places, wanted, strict=True)]
        return each[0] if single else tuple(each)

    return mapped(value, block)


def hessian(f: Callable[..., Any] | None = None, wrt: Wrt = 0, compile: str = "numpy") -> Callable[..., Any]:
    """A function that gives the second derivatives of a real scalar: forward mode over the reverse sweep.

    Of an array of shape s it has the shape s + s; of a tuple of parameters it is a tuple of tuples.

    >>> hessian(lambda x: np.sum(x**3))(np.array([1.0, 2.0]))
    array([[ 6.,  0.],
           [ 0., 12.]])
    """
    if f is None:
        return lambda g: hessian(g, wrt, compile)
    return requested(jacobian(grad(f, wrt), wrt, "forward", compile=compile), "hessian", f, wrt)


def hvp(f: Callable[..., Any] | None = None, wrt: Wrt = 0, compile: str = "numpy") -> Callable[..., Any]:
    """A function of f's arguments and a direction, last, that gives the Hessian times the direction.

    The direction and the result have the structure of the parameter, or are tuples of those where `wrt` is one.
    The cost is a small multiple of that of a gradient (Pearlmutter, Fast exact multiplication by the Hessian, 1994).

    >>> hvp(lambda x: np.sum(x**3))(np.array([1.0, 2.0]), np.array([1.0, 0.0]))
    array([6., 0.])
    """
    if f is None:
        return lambda g: hvp(g, wrt, compile)
    check_compile(compile)
    gradient, options = grad(f, wrt), Options("forward", compile=compile)
    target = target_of(f)
    names = [p.name for p in target.requests(wrt)]

    def product(*args: Any, **kwargs: Any) -> Any:
        if not args:
            raise error(diagnose("SG409", "the direction is missing; it is the last argument"))
        *primals, direction = args
        directions = direction if isinstance(wrt, tuple) else (direction,)
        if not isinstance(directions, tuple | list) or len(directions) != len(names):
            message = f"the direction is a tuple of {len(names)}, one for each parameter in `wrt`"
            raise error(diagnose("SG409", message))
        along = dict(zip(names, directions, strict=True))
        tangents = tuple(along.get(n) for n in target.free[: len(primals)])
        return jvp_with(gradient, tuple(primals), tangents, kwargs, options)[1]

    product.__name__ = f"hvp_{target.name}"
    product.__signature__ = with_direction(target.signature)  # type: ignore[attr-defined]
    return requested(product, "hvp", f, wrt)


def with_direction(signature: inspect.Signature) -> inspect.Signature:
    """The signature of a function with a direction, last, after its positional parameters."""
    found = list(signature.parameters.values())
    name = "direction"
    while name in signature.parameters:
        name += "_"
    last = sum(p.kind in (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD) for p in found)
    before = [p.replace(default=inspect.Parameter.empty) for p in found[:last]]
    return signature.replace(
        parameters=[*before, inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD), *found[last:]],
        return_annotation=inspect.Signature.empty,
    )


def requested(made: Callable[..., Any], kind: str, f: Any, wrt: Wrt) -> Callable[..., Any]:
    """`made`, which says what it computes: in code that is differentiated, it stands for `kind(f, wrt)`."""
    made.__srcgrad_request__ = (kind, f, wrt)  # type: ignore[attr-defined]
    return made


# ----- as functions of their own: what `jvp` and `vjp` become in code that is differentiated -----


def pushed(f: Callable[..., Any], wrt: tuple[int, ...]) -> Callable[..., Any]:
    """A function of f's arguments and of directions for those in `wrt`; it gives the value and its tangent."""

    def call(*args: Any) -> Any:
        count = len(args) - len(wrt)
        along = dict(zip(wrt, args[count:], strict=True))
        return jvp_with(f, args[:count], tuple(along.get(n) for n in range(count)), {}, Options("forward"))

    return call


def pulled(f: Callable[..., Any]) -> Callable[..., Any]:
    """A function of f's arguments and of a cotangent; it gives a tuple with a derivative for each argument."""

    def call(*args: Any) -> Any:
        return vjp_with(f, args[:-1], {}, Options("pullback"))[1](args[-1])

    return call


# ----- structures -----


def shaped(x: Any, columns: Any, out: tuple[int, ...]) -> Any:
    """Columns, one for each number of `x`, in the structure of `x`."""
    start = 0

    def block(_: int, v: Any) -> Any:
        nonlocal start
        own = columns[..., start : start + np.size(v)]
        start += np.size(v)
        return np.reshape(own, (*out, *np.shape(v)))[()]

    return mapped(x, block)


def stacked(rows: list[Any], x: Any, out: tuple[int, ...]) -> Any:
    """Rows, one for each number of a result of shape `out`, in the structure of `x`."""
    found = [leaves(row, x) for row in rows]
    return mapped(x, lambda n, v: np.reshape([r[n] for r in found], (*out, *np.shape(v)))[()])
