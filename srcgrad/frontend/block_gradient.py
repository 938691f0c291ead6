"""The gradient of a block of statements, inside code that is differentiated: that of a nested function.

    y = x * x                                 y = x * x
    d = (gradient of y by x)      ->          def y_at(x):
                                                  import numpy as numpy_
                                                  y = x * x
                                                  return numpy_.sum(y)
                                              d = gradient_of_block(y_at, 0)(x)

A source that the block computes is moved by a shift: `y = x * x; y = y + y_shift`, where the shift is -0.0, which
changes no number.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, cast

import libcst as cst

from ..ir import nodes as ir
from ..ir.origin import Origin
from ..ir.program import GRADIENT_OF_BLOCK
from ..syntax import parsed_expression
from .blocks import Edit, after, binds, function_lines, last_binding, names_in, root

JACOBIAN = "srcgrad.products.jacobian"
WAY_OUT = "In code that is differentiated, write it with srcgrad.grad or srcgrad.value_and_grad."


class NotWritten(Exception):
    """A gradient that cannot be written as that of a nested function: the reason, and a way out."""

    def __init__(self, message: str, hint: str = WAY_OUT) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(eq=False)
class BlockGradient:
    """`start` are the names it begins with, and where their values are; `edits` make it the body of a function.

    `several`: "list" or "tuple" of gradients, "" for one alone.  `weights` are cotangents of the targets, or none;
    no derivative flows through the names in `stops`.  `whole`: not gradients, but the Jacobians of the only target.
    `before` are the statements that run, where those are not all of the body.
    """

    reader: Any
    body: list[Any]
    lines: list[str]
    start: dict[str, str]
    targets: list[Any]
    names: list[str]
    several: str = ""
    weights: list[Any] = field(default_factory=list)
    stops: list[str] = field(default_factory=list)
    zero: bool = False
    whole: bool = False
    edits: list[Edit] = field(default_factory=list)
    before: list[Any] | None = None

    def __post_init__(self) -> None:
        if len(set(self.names)) != len(self.names):
            raise NotWritten("a source is asked for twice", "Ask for it once.")
        fresh = self.reader.fresh
        self.numpy = fresh("numpy_")
        self.held = {n: fresh(f"{n}_held") for n in self.stops}  # constant here, and not for derivatives around
        self.shifts = {n: fresh(f"{identifier(n)}_shift") for n in self.names if is_part(n) or self.is_bound(n)}
        self.copy = fresh("copy_") if any(map(is_part, self.names)) else ""
        self.passed = {fresh("weight"): w for w in self.weights}
        shown = [ast.unparse(t) for t in self.targets]
        if self.passed:
            shown = [f"({t}) * {w}" for t, w in zip(shown, self.passed, strict=True)]
        if self.whole and len(shown) != 1:
            raise NotWritten("a Jacobian is that of one target", "Ask for them one by one.")
        self.result = "return " + (shown[0] if self.whole else " + ".join(f"{self.numpy}.sum({t})" for t in shown))

    def is_bound(self, name: str) -> bool:
        return any(binds(s, name) for s in self.run)

    @property
    def run(self) -> list[Any]:
        return self.body if self.before is None else self.before

    def expression(self) -> ir.Expr:
        """The gradients; the function is defined before the statement that is being read."""
        reader = self.reader
        params = [*self.start, *self.shifts.values(), *self.held.values()]
        stem = sorted(n for t in self.targets for n in names_in(t))
        name = reader.fresh("_and_".join(stem[:2] or ["value"]) + "_at")
        node = self.function(name, [*params, *self.passed])
        reader.made_inside = node
        function = replace(reader.read_function(node, reader), made=True)
        reader.locals |= {name}
        reader.pending.append(ir.Define(name, function, Origin(node, reader.source)))
        args: list[ir.Expr] = [ir.Name(n) for n in self.start.values()]
        zeros = (ir.Call("srcgrad.runtime.zeros_like", (self.source(n),)) for n in self.shifts)
        args += [ir.Call("operator.neg", (z,)) for z in zeros]
        args += [ir.Name(n) for n in self.held]
        args += [reader.read(w) for w in self.passed.values()]
        where = [ir.Const(params.index(self.shifts.get(n, n))) for n in self.names]
        if self.whole:
            each = tuple(ir.Apply(ir.Call(JACOBIAN, (ir.Name(name), n)), tuple(args)) for n in where)
            return ir.Display(self.several, each) if self.several else each[0]
        which: ir.Expr = ir.Display("tuple", tuple(where)) if self.several else where[0]
        maker = "srcgrad.api.grad" if self.zero else GRADIENT_OF_BLOCK
        found: ir.Expr = ir.Apply(ir.Call(maker, (ir.Name(name), which)), tuple(args))
        return ir.Call("builtins.list", (found,)) if self.several == "list" else found

    def source(self, name: str) -> ir.Expr:
        """What a source is when the block begins, or a name when it ends."""
        if not is_part(name):
            return ir.Name(name)
        first = root(parsed_expression(name))
        return cast(ir.Expr, self.reader.read(cst.parse_expression(self.start[first] + name.removeprefix(first))))

    def function(self, name: str, params: list[str]) -> cst.FunctionDef:
        edits = [*self.edits, *(self.behind(n) for n in dict.fromkeys((*self.stops, *self.shifts)) if not is_part(n))]
        header, *lines = function_lines(name, params, self.body, self.lines, edits, self.result)
        margin = lines[-1].text[: len(lines[-1].text) - len(lines[-1].text.lstrip())]
        opening = [f"import numpy as {self.numpy}"] + ([f"import copy as {self.copy}"] if self.copy else [])
        opening += [line for n in self.names if is_part(n) for line in self.moved(n)]
        text = [header.text, *(margin + line for line in opening), *(line.text for line in lines)]
        made = cst.parse_module("\n".join(text) + "\n").body[0]
        assert isinstance(made, cst.FunctionDef)
        return made

    def moved(self, name: str) -> Iterator[str]:
        """Statements that move a part of what the block begins with, in copies of what holds it."""
        node = parsed_expression(name)
        holders = []
        while isinstance(node, ast.Attribute | ast.Subscript):
            node = node.value
            holders.append(ast.unparse(node))
        yield from (f"{h} = {self.copy}.copy({h})" for h in reversed(holders))
        yield f"{name} = {name} + {self.shifts[name]}"

    def behind(self, name: str) -> Edit:
        """What follows the statement that gives a name its last value."""
        bound = last_binding(self.run, name)
        if bound is None or bound[1] is not None:
            raise NotWritten(f"which value of `{name}` is meant is not clear", "Give the value a name of its own.")
        texts = [f"{name} = {self.held[name]}"] if name in self.held else []
        texts += [f"{name} = {name} + {self.shifts[name]}"] if name in self.shifts else []
        s = bound[0]
        return after(s, "".join(f"\n{' ' * s.col_offset}{t}" if hasattr(s, "body") else f"; {t}" for t in texts))


def expression(node: cst.BaseExpression) -> Any:
    """A libcst expression as CPython sees it."""
    return parsed_expression(f"({cst.Module([]).code_for_node(node)}\n)")


def arguments(node: cst.Call, names: tuple[str, ...], needed: int) -> dict[str, Any]:
    """The arguments of a call by the names of the parameters; NotWritten where they are not written out."""
    given = dict(zip(names, (a for a in node.args if a.keyword is None), strict=False))
    given |= {a.keyword.value: a for a in node.args if a.keyword is not None}
    if any(a.star for a in node.args) or not set(names[:needed]) <= set(given) or len(given) != len(node.args):
        raise NotWritten("the targets and sources of this gradient are not written out")
    return {n: a.value for n, a in given.items()}


def listed(node: Any) -> tuple[list[Any], str]:
    """The expressions of a list or tuple, or one alone, and which of them it is."""
    found = expression(node)
    if not isinstance(found, ast.List | ast.Tuple):
        return [found], ""
    if any(isinstance(e, ast.Starred) for e in found.elts):
        raise NotWritten("the targets and sources of this gradient are not written out")
    return list(found.elts), "list" if isinstance(found, ast.List) else "tuple"


def named(nodes: list[Any], parts: bool = False) -> list[str]:
    """The names of sources; with `parts`, attributes and items of names, too, as they are written."""
    if any(not isinstance(n, ast.Name) and not (parts and is_path(n)) for n in nodes):
        raise NotWritten("the sources of this gradient are no names", "Give each a name, before it is used.")
    return [ast.unparse(n) for n in nodes]


def is_path(node: Any) -> bool:
    """Whether an expression is an attribute, or an item with a constant key, of a name or of such a one."""
    match node:
        case ast.Attribute(value) | ast.Subscript(value, ast.Constant()):
            return isinstance(value, ast.Name) or is_path(value)
    return False


def is_part(name: str) -> bool:
    return not name.isidentifier()


def identifier(name: str) -> str:
    return re.sub(r"\W+", "_", name).strip("_")


def weights_of(node: Any, count: int) -> list[Any]:
    """The expressions of cotangents, as many as there are targets; none where they are ones."""
    if node is None or isinstance(node, cst.Name) and node.value == "None":
        return []
    each = [e.value for e in node.elements] if isinstance(node, cst.List | cst.Tuple) else [node]
    if len(each) != count or any(isinstance(e, cst.Name) and e.value == "None" for e in each):
        raise NotWritten("targets and their weights are not as many, or not written out")
    return each


def wants_zero(node: Any) -> bool:
    return isinstance(node, cst.SimpleString) and node.evaluated_value == "zero"
