"""Calls of solvers whose derivative is that of their equation: the function that such a call stands for.

    solve(a, b)    ->    x = solve(a, b)                             the solver itself, a constant here
                         slope = held(jacobian_balance(x, a, b))
                         return solution(x, balance(x, a, b), slope, "solve")

The text depends on what the solver returns, which its own source says: a solution that is a tuple or dict is written
as one array of all its numbers.  In what is emitted, the solver is called by its name again, with its derivative; so
derivatives of any order are those of the equation.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np

from .. import generated, runtime
from ..diagnostics import SrcgradError
from ..frontend.bindings import Library, UserFunction
from ..frontend.file_scope import has_a_rule
from ..frontend.written import write
from ..ir.program import Function
from . import kinds as k
from .library_sizes import special
from .nested_texts import clear_of

_numbers = count(1)
HINT = "Return an array, a number, or a tuple, list or dict of them whose length and keys the text of the solver says."


class NoSolution(Exception):
    """What a solver or its equation gives is nothing that a derivative could be taken of."""


@dataclass(frozen=True, eq=False)
class Solver:
    """A solver that a program calls: `value` is it as a constant operation, `equation` is zero at its result.

    Functions of a file that is not run are handles, (path, name), and the operation is its name.
    """

    name: str
    value: Any
    original: Any
    equation: Any
    fixed_point: bool
    parameters: tuple[str, ...]
    first: str  # parameter of the equation: the solution
    arguments: tuple[tuple[str, bool], ...]  # of the equation, after the solution; is it by keyword


# ----- structures -----


def leaves(kind: k.Kind, path: str = "") -> Iterator[tuple[str, k.Kind]]:
    """The numbers and arrays in a value of a known structure, each with what stands behind the name of the value."""
    match kind:
        case k.Seq("tuple" | "list", items) if items is not None:
            for n, item in enumerate(items):
                yield from leaves(item, f"{path}[{n}]")
        case k.Dict(items, cls=None) if items is not None:
            for key, item in items:
                yield from leaves(item, f"{path}[{spelled(key)}]")
        case _:
            yield path, kind


def spelled(key: Any) -> str:
    """A key as a formatter leaves it."""
    return json.dumps(key) if isinstance(key, str) else repr(key)


def rebuilt(kind: k.Kind, parts: Iterator[str]) -> str:
    """A value of a structure, written with these texts for its numbers and arrays."""
    match kind:
        case k.Seq(own, items) if items is not None:
            inside = ", ".join(rebuilt(item, parts) for item in items)
            return f"[{inside}]" if own == "list" else f"({inside},)" if len(items) == 1 else f"({inside})"
        case k.Dict(items) if items is not None:
            return "{" + ", ".join(f"{spelled(key)}: {rebuilt(item, parts)}" for key, item in items) + "}"
    return next(parts)


def flat(name: str, kind: k.Kind) -> str:
    """All the numbers in a value, as one array."""
    found = [f"np.ravel({name}{path})" for path, _ in leaves(kind)]
    return found[0] if len(found) == 1 else f"np.concatenate([{', '.join(found)}])" if found else "np.zeros(0)"


def shaped(name: str, like: str, kind: k.Kind) -> str:
    """The value of the structure of `like` that one array of all its numbers stands for."""
    if isinstance(kind, k.Num):
        return f"{name}[0]" if kind.kind == "python" else f"np.reshape({name}, np.shape({like}))[()]"
    parts, start = [], ""
    for path, leaf in leaves(kind):
        end = f"{start} + np.size({like}{path})" if start else f"np.size({like}{path})"
        part = f"np.reshape({name}[{start}:{end}], np.shape({like}{path}))"
        part += "[()]" if not isinstance(leaf, k.Num) or leaf.kind != "array" else ""
        scalar = isinstance(leaf, k.Num) and leaf.kind == "python"
        parts.append(f"{name}[{start or 0}]" if scalar else part)
        start = end
    return rebuilt(kind, iter(parts))


def checked(kind: k.Kind, what: str) -> k.Kind:
    """The structure of a solution or of the value of its equation; NoSolution if it is none."""
    if isinstance(kind, k.Unknown | k.Never):
        return k.Num("any")
    for _, leaf in leaves(kind):
        if not isinstance(leaf, k.Num):
            raise NoSolution(f"{what} {shown(leaf)}")
        if not k.carries_derivative(leaf) and what.endswith("is"):
            raise NoSolution(f"{what} {shown(leaf)}, and has no derivative")
        if leaf.is_complex:
            raise NoSolution(f"{what} complex")
    return kind


def shown(kind: k.Kind) -> str:
    match kind:
        case k.Known(None):
            return "None"
        case k.Num():
            return "an integer" if kind.dtype and kind.dtype.startswith("int") else "no float"
        case k.Dict(cls=cls) if cls is not None:
            return f"an object of class `{cls.name}`"
        case k.Seq() | k.Dict():
            return "a container whose length or keys are not known"
    return "no number"


# ----- texts -----


class Texts:
    """The texts that stand for a solver, for a solution and an equation of certain kinds."""

    def __init__(self, solver: Solver, x: k.Kind, value: k.Kind) -> None:
        self.solver, self.x, self.value = solver, x, value
        taken = {*solver.parameters, "np", solver.name}
        self.own = {}
        for n in ("x", "flat", "value", "slope", "held", "solution", "require_solution", "run"):
            self.own[n] = clear_of(n if n != "run" else f"run_{solver.name}", taken)
            taken.add(self.own[n])
        self.names = [n for n, _ in solver.arguments]
        self.equation = clear_of(plain_name(solver.equation), taken)
        self.whole = isinstance(x, k.Num) and isinstance(value, k.Num)

    @property
    def simple(self) -> bool:
        """Whether the equation itself is what is zero."""
        return self.whole and not self.solver.fixed_point and not any(named for _, named in self.solver.arguments)

    def residual(self, name: str) -> str:
        """What is zero at the solution, as a function of one array and the arguments of the solver."""
        own, x = self.own, self.own["x"]
        words = [f"{n}={n}" if named else n for n, named in self.solver.arguments]
        first = x if self.whole else own["flat"]
        less = f" - {first}" if self.solver.fixed_point else ""
        if self.whole:
            lines = [f"    return {self.equation}({', '.join([x, *words])}){less}"]
        else:
            called = f"{self.equation}({', '.join([shaped(own['flat'], x, self.x), *words])})"
            kind = self.x if self.solver.fixed_point else self.value
            lines = [f"    {own['value']} = {called}", f"    return {flat(own['value'], kind)}{less}"]
        params = [first, *([] if self.whole else [x]), *self.names]
        return "\n".join([f"def {name}({', '.join(params)}):", *lines, ""])

    def solution(self, residual: str, jacobian: str) -> str:
        """The solver, as the solution of its equation."""
        own, s, x = self.own, self.solver, self.own["x"]
        first = x if self.whole else own["flat"]
        given = ", ".join([first, *([] if self.whole else [x]), *self.names])
        found = f"{own['solution']}({first}, {residual}({given}), {own['slope']}, {spelled(s.name)})"
        lines = [f"    {x} = {own['run']}({', '.join(s.parameters)})"]
        if isinstance(self.x, k.Num) and self.x.kind == "any" and self.x.dtype is None:
            lines.append(f"    {own['require_solution']}({x}, {spelled(s.name)})")
        lines += [] if self.whole else [f"    {first} = {flat(x, self.x)}"]
        lines.append(f"    {own['slope']} = {own['held']}({jacobian}({given}))")
        if not self.whole:
            lines.append(f"    {first} = {found}")
            found = shaped(first, x, self.x)
        kind = "fixed point" if s.fixed_point else "solution"
        doc = f'    """The {kind} of `{plain_name(s.equation)}`, with the derivative of the equation."""'
        return "\n".join([f"def {s.name}({', '.join(s.parameters)}):", doc, *lines, f"    return {found}", ""])


def plain_name(f: Any) -> str:
    """The name of a function, or of its handle in a file."""
    name = f[1].rpartition(".")[2] if isinstance(f, tuple) else str(getattr(f, "__name__", "equation"))
    return name if name.isidentifier() else "equation"


# ----- functions of the program -----


class InMemory:
    """Texts for a solver that is a live function."""

    def __init__(self, solver: Solver) -> None:
        self.solver, self.module = solver, str(solver.original.__module__)

    def read(self, text: str, name: str, functions: dict[str, Any], helpers: dict[str, str], run: str = "") -> Any:
        """A text as a function whose source can be found; it calls functions and helpers, and by `run` the solver."""
        filename = f"<srcgrad.solution {next(_numbers)}: {self.module}.{name}>"
        found = {n: getattr(runtime, h) for n, h in helpers.items()}
        found |= {"__name__": self.module, "np": np, run: self.solver.value, **functions}
        return generated.run(filename, text, found)[name]


class InFile:
    """Texts for a solver of a file, which is not run."""

    def __init__(self, solver: Solver) -> None:
        self.solver, (self.path, _) = solver, solver.original

    def read(self, text: str, name: str, functions: dict[str, Any], helpers: dict[str, str], run: str = "") -> Any:
        lines = ["import numpy as np", *(f"from srcgrad.runtime import {h} as {n}" for n, h in helpers.items())]
        given: dict[str, Any] = {n: UserFunction(handle) for n, handle in functions.items()}
        given |= {run: Library(self.solver.value, has_a_rule)} if run else {}
        return write(self.path, name, "\n".join([*lines, "", "", text]), given)


def kind_of_result(f: Any, kinds: dict[str, k.Kind]) -> k.Kind | None:
    """What a function gives for arguments of these kinds, by its own source; None where that does not say."""
    from ..pipeline import result_kind

    try:
        return result_kind(f, kinds)
    except (SrcgradError, AssertionError):
        return None


def note_result(op: str, solver: Solver) -> None:
    """Let the kind of the solver as an operation be what its source says."""
    known: list[tuple[list[k.Kind], k.Kind | None]] = []

    def kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
        given = [k.deactivate(a) for a in args]
        if keywords or len(given) != len(solver.parameters) or any(map(k.is_open, given)):
            return None
        for seen, found in known:
            if seen == given:
                return found
        known.append((given, kind_of_result(solver.original, dict(zip(solver.parameters, given, strict=True)))))
        return known[-1][1]

    special(op)(kind)


def solved(nested: Any, function: Function, solver: Solver, given: dict[str, k.Kind]) -> Function:
    """The function that a call of a solver stands for, for arguments of these kinds."""
    x = checked(kind_of_result(solver.original, given) or k.Unknown(), f"the solution of `{solver.name}` is")
    kinds = {solver.first: x} | {n: given[n] for n, _ in solver.arguments}
    gives = f"`{plain_name(solver.equation)}` gives"
    value = checked(kind_of_result(solver.equation, kinds) or k.Unknown(), gives)
    if solver.fixed_point and not (isinstance(x, k.Num) and isinstance(value, k.Num)):
        if {path for path, _ in leaves(x)} != {path for path, _ in leaves(value)}:
            raise NoSolution(f"{gives} another structure than the solution of `{solver.name}` has")
    texts, home = Texts(solver, x, value), InFile(solver) if isinstance(solver.original, tuple) else InMemory(solver)
    own = texts.own
    name, residual = texts.equation, solver.equation
    if not texts.simple:
        name = clear_of(f"residual_of_{solver.name}", {name, *own.values(), *solver.parameters})
        residual = home.read(texts.residual(name), name, {texts.equation: solver.equation}, {})
        del kinds[solver.first]
        kinds = {own["x"]: x, **kinds} if texts.whole else {own["flat"]: FLAT, own["x"]: x, **kinds}
    slope = nested.slope_of(nested.interpreter.load(residual), kinds)
    jacobian = clear_of(plain_name(slope), {name, *own.values(), *solver.parameters})
    helpers = {own[n]: n for n in ("held", "solution", "require_solution")}
    text = texts.solution(name, jacobian)
    functions = {name: residual, jacobian: slope}
    found: Function = nested.interpreter.load(home.read(text, solver.name, functions, helpers, own["run"]))
    return found


FLAT = k.Num("array", None, (k.Sym("?"),))
