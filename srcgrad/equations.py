"""Solutions of equations: the derivative comes from the equation, not from the steps of the solver.

    x = solve(a, b)  with  residual(x, a, b) = 0         J = d residual / d x
    t_x = -J^-1 (residual's tangent along t_a, t_b)       d_a, d_b = residual's adjoints, seeded with -J^-T d_x

A solver that is marked is read as the text below, in which it stands for its own value, without a derivative; in what
is written for the text it is the marked solver again.  So derivatives of any order are those of the equation.
"""

from __future__ import annotations

import inspect
import linecache
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np

from .diagnostics import diagnose, error
from .rules import declare
from .rules.declare import Rule
from .runtime import held, solution

TEXT = '''\
def {name}({parameters}):
    """The solution of `{equation}`, with the derivative of the equation."""
    {x} = {solver}({passed})
    {residual} = {value}

    def {row}({x}, {k}):
        return np.ravel({value})[{k}]

    {slope} = {held}(np.stack([np.ravel({grad}({row})({x}, {k})) for {k} in range(np.size({residual}))]))
    return {solution}({x}, {residual}, {slope})
'''
NAMES = ("x", "solver", "residual", "row", "k", "slope", "grad", "solution", "held", "equation")
_numbers = count(1)


@dataclass(frozen=True, eq=False)
class Equation:
    """What is zero at the solution: `function(x, ...)`, or `function(x, ...) - x` at a fixed point."""

    function: Callable[..., Any]
    fixed_point: bool
    parameters: tuple[str, ...]


def implicit(
    root: Callable[..., Any] | None = None, *, fixed_point: Callable[..., Any] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a function that solves an equation; derivatives of its result are taken from the equation.

    `root(x, ...)` is zero at the result x, or `fixed_point(x, ...)` is x.  The other parameters are parameters of the
    solver, under the same names; on what else the solver takes (a first guess, a tolerance) the solution does not
    depend.

    >>> def equation(x, a): return x * x - a
    >>> @implicit(equation)
    ... def root_of(a): return a**0.5
    >>> root_of(9.0)
    3.0
    """
    function = root if root is not None else fixed_point
    if (root is None) == (fixed_point is None) or not callable(function):
        raise error(diagnose("SG419", "`implicit` takes one function: `root`, or `fixed_point=`", None))
    found = Equation(function, root is None, tuple(inspect.signature(function).parameters))
    return lambda solver: marked(solver, found)


def marked(solver: Callable[..., Any], equation: Equation) -> Callable[..., Any]:
    """The solver itself, which carries its equation."""
    if not callable(solver):
        raise error(diagnose("SG401", f"`implicit` marks a function, not a {type(solver).__name__}"))
    signature = inspect.signature(solver)
    check(solver, signature, equation)
    solver.__srcgrad_implicit__ = written(solver, signature, equation)  # type: ignore[attr-defined]
    return solver


def check(solver: Callable[..., Any], signature: inspect.Signature, equation: Equation) -> None:
    """Refuse a solver that does not fit its equation, or that emitted code could not call by name."""
    name = getattr(solver, "__qualname__", repr(solver))
    plain = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.POSITIONAL_ONLY)
    extra = [n for n in equation.parameters[1:] if n not in signature.parameters]
    if not inspect.isfunction(solver) or "<" in name:
        message, hint = f"`{name}` is no function at the top level of a module", "Define the solver there."
    elif any(p.kind not in plain for p in signature.parameters.values()):
        message, hint = f"`{name}` takes arguments by keyword only, or any number of them", "Give each a plain name."
    elif not equation.parameters:
        message, hint = "the equation takes no arguments", "Its first parameter is the solution."
    elif extra:
        message = f"the equation takes {listed(extra)}, which `{name}` does not"
        hint = f"`{name}` takes {listed(signature.parameters)}; the first parameter of the equation is the solution."
    else:
        return
    raise error(diagnose("SG419", message, None, hint=hint))


def listed(names: Any) -> str:
    return ", ".join(f"`{n}`" for n in names) or "nothing"


def written(solver: Callable[..., Any], signature: inspect.Signature, equation: Equation) -> Callable[..., Any]:
    """The text that stands for the solver, as a function."""
    taken = set(signature.parameters)
    own = {n: free(n, taken) for n in NAMES}
    defaults = {n: p.default for n, p in signature.parameters.items() if p.default is not p.empty}
    call = f"{own['equation']}({', '.join([own['x'], *equation.parameters[1:]])})"
    text = TEXT.format(
        **own,
        name=solver.__name__,
        parameters=", ".join(f"{n}=default_{n}" if n in defaults else n for n in signature.parameters),
        passed=", ".join(signature.parameters),
        value=f"{call} - {own['x']}" if equation.fixed_point else call,
    )
    filename = f"<srcgrad.implicit {next(_numbers)}: {solver.__module__}.{solver.__qualname__}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    from .api import grad

    namespace: dict[str, Any] = {f"default_{n}": value for n, value in defaults.items()}
    namespace |= {
        "__name__": solver.__module__, "np": np, own["equation"]: equation.function, own["solver"]: opaque(solver),
        own["grad"]: grad, own["solution"]: solution, own["held"]: held,
    }  # fmt: skip
    exec(compile(text, filename, "exec"), namespace)
    found: Callable[..., Any] = namespace[solver.__name__]
    return found


def free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    taken.add(name)
    return name


def opaque(solver: Callable[..., Any]) -> Callable[..., Any]:
    """The solver as an operation with a value and no derivative; emitted code calls it by its own name."""
    op = f"{solver.__module__}.{solver.__qualname__}"

    def value(*args: Any) -> Any:
        return solver(*args)

    declare.HOMES[op] = solver.__module__
    declare.SOLVERS.add(op)
    declare.OBJECTS[id(value)] = (value, op)
    declare.add(Rule("constant", f"{op}(*args)", of_user=True))
    return value
