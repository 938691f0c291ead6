"""Solutions of equations: the derivative comes from the equation, not from the steps of the solver.

    x = solve(a, b)  with  residual(x, a, b) = 0         J = d residual / d x
    t_x = -J^-1 (residual's tangent along t_a, t_b)       d_a, d_b = residual's adjoints, seeded with -J^-T d_x

What a call of a marked solver stands for is written when the kinds of its arguments are known (`analysis.solvers`).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from .analysis.nested_texts import clear_of
from .analysis.solvers import Solver, note_result
from .diagnostics import diagnose, error, refuse
from .frontend.bindings import UserFunction
from .frontend.decorators import dotted, equation_of, resolve_in_text
from .frontend.locate_file import locate_file
from .frontend.located import Located
from .generated import run
from .rules import declare
from .rules.declare import Rule

TEXT = """\
def {name}({parameters}):
    return {solver}({passed})
"""
ANY_NUMBER = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
_numbers = count(1)


@dataclass(frozen=True, eq=False)
class Equation:
    """What is zero at the solution: `function(x, ...)`, or `function(x, ...) - x` at a fixed point."""

    function: Callable[..., Any]
    fixed_point: bool
    parameters: tuple[inspect.Parameter, ...]


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
    found = Equation(function, root is None, tuple(inspect.signature(function).parameters.values()))
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
    rest = equation.parameters[1:]
    extra = [p.name for p in rest if p.name not in signature.parameters and p.kind not in ANY_NUMBER]
    if not inspect.isfunction(solver) or "<" in name:
        message, hint = f"`{name}` is no function at the top level of a module", "Define the solver there."
    elif any(p.kind not in plain for p in signature.parameters.values()):
        message, hint = f"`{name}` takes arguments by keyword only, or any number of them", "Give each a plain name."
    elif not equation.parameters:
        message, hint = "the equation takes no arguments", "Its first parameter is the solution."
    elif any(p.kind in ANY_NUMBER for p in equation.parameters):
        message, hint = "the equation takes any number of arguments", "Give each a name."
    elif equation.parameters[0].kind is inspect.Parameter.KEYWORD_ONLY:
        message, hint = "the equation takes its solution by keyword only", "Make it the first parameter."
    elif extra:
        message = f"the equation takes {listed(extra)}, which `{name}` does not"
        hint = f"`{name}` takes {listed(signature.parameters)}; the first parameter of the equation is the solution."
    else:
        return
    raise error(diagnose("SG419", message, None, hint=hint))


def listed(names: Any) -> str:
    return ", ".join(f"`{n}`" for n in names) or "nothing"


def written(solver: Callable[..., Any], signature: inspect.Signature, equation: Equation) -> Callable[..., Any]:
    """A function that calls the solver, for its parameters and its name; it carries what the solver stands for."""
    names = tuple(signature.parameters)
    defaults = {n: p.default for n, p in signature.parameters.items() if p.default is not p.empty}
    called = clear_of("solver", set(names))
    shown = ", ".join(f"{n}=default_{n}" if n in defaults else n for n in names)
    text = TEXT.format(name=solver.__name__, parameters=shown, solver=called, passed=", ".join(names))
    filename = f"<srcgrad.implicit {next(_numbers)}: {solver.__module__}.{solver.__qualname__}>"
    namespace: dict[str, Any] = {f"default_{n}": value for n, value in defaults.items()}
    namespace |= {"__name__": solver.__module__, called: solver}
    found: Callable[..., Any] = run(filename, text, namespace)[solver.__name__]
    first, *rest = equation.parameters
    op, value = opaque(solver)
    stands_for = Solver(
        solver.__name__, value, solver, equation.function, equation.fixed_point, names, first.name,
        tuple((p.name, p.kind is p.KEYWORD_ONLY) for p in rest if p.name in names),
    )  # fmt: skip
    note_result(op, stands_for)
    found.__srcgrad_solver__ = stands_for  # type: ignore[attr-defined]
    return found


def opaque(solver: Callable[..., Any]) -> tuple[str, Callable[..., Any]]:
    """The solver as an operation with a value and no derivative; emitted code calls it by its own name."""
    op = f"{solver.__module__}.{solver.__qualname__}"

    def value(*args: Any) -> Any:
        return solver(*args)

    declare.HOMES[op] = solver.__module__
    declare.SOLVERS.add(op)
    declare.OBJECTS[id(value)] = (value, op)
    declare.add(Rule("constant", f"{op}(*args)", of_user=True))
    return op, value


# ----- in a file, which is not run -----


def solver_of_file(located: Located, handle: tuple[str, str], scope: Any) -> Solver | None:
    """The solver that a function of a file is, by the text of its decorator; None if it is marked by none.

    Raises SrcgradError where the text does not say which function its equation is.
    """
    found = equation_of(located.source, resolve_in_text(located.module_ast))
    if found is None:
        return None
    equation, fixed_point = found
    chain = dotted(equation)
    meant = scope.binding(tuple(chain)) if chain else None
    if not isinstance(meant, UserFunction) or not isinstance(meant.handle, tuple):
        hint = "Give the equation a name: a function of this file, or of one that it imports."
        message = f"the text does not say which function the equation of `{located.name}` is"
        refuse("SG419", message, located.source.ast_span(equation), located.source, hint)
    takes = parameters(locate_file(":".join(meant.handle), marked=True).source.tree)
    names = [n for n, _ in parameters(located.source.tree)]
    extra = [n for n, _ in takes[1:] if n not in names]
    if extra or not takes:
        message = f"the equation takes {listed(extra)}, which `{located.name}` does not"
        refuse("SG419", message, located.source.ast_span(equation), located.source, f"It takes {listed(names)}.")
    op = f"{scope.module_name}.{handle[1]}"
    declare.HOMES[op] = scope.module_name
    declare.SOLVERS.add(op)
    declare.add(Rule("constant", f"{op}(*args)", of_user=True))
    solver = Solver(located.name, op, handle, meant.handle, fixed_point, tuple(names), takes[0][0], tuple(takes[1:]))
    note_result(op, solver)
    return solver


def parameters(node: Any) -> list[tuple[str, bool]]:
    """The names of parameters, and whether each is by keyword only."""
    own = node.args
    found = [(a.arg, False) for a in (*own.posonlyargs, *own.args)]
    return found + [(a.arg, True) for a in own.kwonlyargs]
