"""Products with second derivatives, with the two derivatives taken in the other order.

    jvp(grad(f), (x,), (v,))[1]    the tangent of the gradient along v
    vjp(grad(f), x)[1](v)          the pullback of the gradient, of v

are both the gradient of the derivative of f along v, since mixed second derivatives do not depend on the order where
they are continuous (Schwarz's theorem).  A reverse sweep, with its stacks and shadows, may be refused where it is
differentiated; a forward derivative, which has the shape of the program, often is not.  What comes out is compared:
the derivative along v must be the gradient paired with v, or a program does something else each time it runs.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from .api import value_and_grad
from .derivative import Emission, Emissions, Target
from .diagnostics import SrcgradError
from .generated import run
from .leaves import leaves
from .objects import as_records
from .outcome import check_scalar_value

_numbers = itertools.count(1)
Values = tuple[Any, ...]
Names = tuple[str, ...]
Pushed = Callable[[Values], tuple[Any, Any]]
Pulled = tuple[Any, Callable[[Any], Values], Emission]


def is_refusal(e: SrcgradError) -> bool:
    """Whether an error says that a construct or operation is not supported, not that a call is wrong."""
    return e.code.startswith(("SG2", "SG3"))


def pushed(refused: SrcgradError, outer: Emissions, args: Values, moved: Names, words: Any) -> Pushed:
    """What gives `(gradient, tangent)` for tangents of all arguments, None for those not `moved`; else raises."""
    emissions, asked = gradient_of(outer.target, refused, args, words)
    if not set(moved) <= set(asked):
        raise refused
    product = Product(refused, (outer, emissions), args, moved, asked)

    def push(tangents: Values) -> tuple[Any, Any]:
        gradient = outer.target.f(*args)
        known = dict(zip(asked, as_tuple(emissions, gradient), strict=True))
        found = product(tuple(t for t in tangents if t is not None), known)
        return gradient, found[0] if emissions.single else found

    return push


def pulled(refused: SrcgradError, outer: Emissions, args: Values, names: Names, words: Any) -> Pulled:
    """The gradient, what gives derivatives by the arguments `names`, as records, for a cotangent of it, and its
    emission; else raises."""
    value, pull, emission = pulled_objects(refused, outer, args, names, words)
    return value, lambda dy: tuple(map(as_records, pull(dy))), emission


def pulled_objects(refused: SrcgradError, outer: Emissions, args: Values, names: Names, words: Any) -> Pulled:
    emissions, asked = gradient_of(outer.target, refused, args, words)
    product = Product(refused, (outer, emissions), args, asked, names)
    value = outer.target.f(*args)
    parts = as_tuple(emissions, value)
    known = dict(zip(asked, parts, strict=True))
    product(parts, known)  # what is refused is refused before the pullback is called
    return value, lambda dy: product(as_tuple(emissions, dy), known), product.emission


def gradient(refused: SrcgradError, outer: Emissions, args: Values, words: Any) -> Any:
    """What `grad` of a gradient that is a number gives, or `value_and_grad`; else raises."""
    if outer.parts:
        raise refused
    names = tuple(p.name for p in outer.requests or ())
    value, pull, _ = pulled_objects(refused, outer, args, names, words)
    check_scalar_value(outer.target.name, value)
    found = pull(np.ones(np.shape(value))[()])
    second = found[0] if outer.single else found
    return (value, second) if outer.with_value else second


class Product:
    """For given arguments of a function, the gradient, by some of them, of its derivative along others."""

    def __init__(
        self, refused: SrcgradError, found: tuple[Emissions, Emissions], args: Values, moved: Names, wanted: Names
    ) -> None:
        self.refused, self.args, self.moved = refused, args, moved
        self.outer, inner = found
        self.names = inner.target.free[: len(args)]
        if not {*moved, *wanted} <= set(self.names):  # what is bound, or has its default
            raise refused
        key = (moved, wanted, len(args))
        if key not in inner.exchanged:
            along = derivative_along(inner.target.f, [n in moved for n in self.names])
            inner.exchanged[key] = value_and_grad(along, wrt=tuple(self.names.index(n) for n in wanted))
        self.both = inner.exchanged[key]

    def __call__(self, directions: Values, gradient: dict[str, Any]) -> Values:
        """The product with directions; `gradient` holds that of the function by the arguments that they belong to."""
        try:
            slope, found = self.both(*self.args, *directions)
        except SrcgradError:
            raise self.refused from None
        given = dict(zip(self.names, self.args, strict=True))
        pairs = [
            (np.ravel(g), np.ravel(d))
            for n, direction in zip(self.moved, directions, strict=True)
            for g, d in zip(*(leaves(as_records(x), given[n]) for x in (gradient[n], direction)), strict=True)
        ]
        terms = np.concatenate([g * d for g, d in pairs]) if pairs else np.zeros(0)
        if not np.isclose(slope, np.sum(terms), rtol=0, atol=1e-6 * np.sum(np.abs(terms)), equal_nan=True):
            raise self.refused
        self.outer.refused[self.outer.key(self.args, {})] = self.refused
        self.outer.latest = self.emission
        return found

    @property
    def emission(self) -> Emission:
        """The latest of the product."""
        found: Emission = self.both.__srcgrad_emissions__.latest  # type: ignore[attr-defined]
        return found


def gradient_of(target: Target, refused: SrcgradError, args: Values, words: Any) -> tuple[Emissions, Names]:
    """The emissions of what `grad` returned, and the arguments that its gradients are of: whole, and real; else
    raises."""
    if not is_refusal(refused) or words:
        raise refused
    found: Emissions = target.f.__srcgrad_emissions__
    asked = tuple(p.name for p in found.requests or ())
    partial = found.with_value or found.parts or found.target.star is not None
    if partial or any(np.iscomplexobj(x) for x in leaves(args, args)):
        raise refused
    return found, asked


def as_tuple(emissions: Emissions, gradient: Any) -> Values:
    """What belongs to a gradient by the arguments that it is of, also where there is but one."""
    return (gradient,) if emissions.single else tuple(gradient)


def derivative_along(f: Any, moved: list[bool]) -> Callable[..., Any]:
    """A function of the arguments of `f` and of directions for those that are `moved`: the derivative along them."""
    names = [f"x{n}" for n in range(len(moved))]
    along = [f"along_{x}" if m else "None" for x, m in zip(names, moved, strict=True)]
    header = ", ".join([*names, *(d for d in along if d != "None")])
    text = (
        f"def derivative({header}):\n"
        f"    return srcgrad.jvp(f, ({', '.join(names)},), ({', '.join(along)},))[1]\n"
    )  # fmt: skip
    srcgrad = sys.modules[__package__]
    filename = f"<srcgrad.exchanged {next(_numbers)}>"
    namespace = run(filename, text, {"__name__": __name__, "srcgrad": srcgrad, "f": f})
    derivative: Callable[..., Any] = namespace["derivative"]
    return derivative
