"""The tape inside code that is differentiated: its gradients as those of a nested function.

    with GradientTape() as tape:              x_0 = x
        tape.watch(x)                         y = x * x
        y = x * x                     ->      def y_at(x):
    d = tape.gradient(y, x)                       y = x * x
                                                  return y
                                              d = srcgrad.grad(y_at, 0)(x_0)
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field, replace
from typing import Any

import libcst as cst

from ..ir import nodes as ir
from ..ir.origin import Origin
from ..ir.program import GRADIENT_OF_BLOCK
from .blocks import (
    Edit,
    after,
    binds,
    exits,
    function_lines,
    last_binding,
    names_in,
    needed,
    of_node,
    statements_of,
    suspended,
)

TAPE = "srcgrad.tape.GradientTape"
ASKED = ("gradient", "jacobian")
WAY_OUT = "In code that is differentiated, write it with srcgrad.grad or srcgrad.value_and_grad."


@dataclass(eq=False)
class InnerTape:
    """A tape whose block the program enters; `start` are the names of what its block began with."""

    name: str
    node: Any
    lines: list[str]
    params: list[str]
    start: dict[str, str] = field(default_factory=dict)
    watched: set[str] = field(default_factory=set)
    recording: bool = True

    @property
    def body(self) -> list[Any]:
        found: list[Any] = self.node.body
        return found


def read_tape(reader: Any, node: cst.With, names: list[str | None]) -> list[ir.Stmt]:
    """The block of some tapes, with what it begins with kept for their gradients."""
    code = cst.Module([]).code_for_node(node.with_changes(leading_lines=()))
    parsed: Any = ast.parse(code).body[0]
    stop = suspended(parsed.body)
    if stop is not None:
        reader.refuse("SG203", "the block of a tape is left here, and entered again", node, "Take it out of the block.")
        return []
    functions = {n.name for n in ast.walk(reader.source.tree) if isinstance(n, ast.FunctionDef)}
    found: list[ir.Stmt] = []
    params = [n for n in needed(parsed.body) if n in reader.locals and n not in functions and n not in reader.tapes]
    params = [n for n in params if n not in names]
    start = {n: reader.fresh(f"{n}_0") for n in params}
    changes = may_change(reader, parsed.body, set(names))
    for n in params:
        value: ir.Expr = ir.Name(n)
        found.append(ir.Assign((start[n],), (ir.Call("srcgrad.runtime.own", (value,)) if changes else value,)))
    reader.locals |= set(start.values())
    before = dict(reader.tapes)
    for name in names:
        if name is not None:
            reader.tapes[name] = InnerTape(name, parsed, code.split("\n"), params, start)
    body = reader.block(node.body)
    for name in names:
        if name is not None:
            reader.tapes[name].recording = False
    reader.tapes = {**before, **{n: reader.tapes[n] for n in names if n is not None}}
    return [*found, *body]


def may_change(reader: Any, body: list[Any], tapes: set[Any]) -> bool:
    """Whether a block may change memory that it began with, by itself or by a function that it calls."""
    for n in (n for s in body for n in ast.walk(s)):
        match n:
            case ast.Subscript(ctx=ast.Store()) | ast.Attribute(ctx=ast.Store()) | ast.AugAssign():
                return True
            case ast.Expr(ast.Call(ast.Attribute(ast.Name(name)))) if name in tapes:
                pass
            case ast.Expr(ast.Call()):
                return True
            case ast.Call(func) if any(k.arg == "out" for k in n.keywords) or not is_library(reader, func):
                root = func.value.id if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) else ""
                if root not in tapes:
                    return True
    return False


def is_library(reader: Any, func: Any) -> bool:
    names: list[str] = []
    while isinstance(func, ast.Attribute):
        names.append(func.attr)
        func = func.value
    if not isinstance(func, ast.Name) or func.id in reader.locals:
        return False
    return reader.scope.operation((func.id, *reversed(names))) is not None


# ----- statements and calls that concern a tape -----


def tape_method(reader: Any, node: Any) -> tuple[InnerTape, str] | None:
    """The tape and its method that a call is of."""
    match node:
        case cst.Call(func=cst.Attribute(value=cst.Name(value=name), attr=cst.Name(value=method))):
            return (reader.tapes[name], method) if name in reader.tapes else None
    return None


def read_tape_statement(reader: Any, node: cst.Expr) -> list[ir.Stmt] | None:
    """`tape.watch(x)` as a statement; None for others."""
    found = tape_method(reader, node.value)
    if found is None:
        return None
    tape, method = found
    if method == "watch" and tape.recording:
        assert isinstance(node.value, cst.Call)
        names = {n.id for a in node.value.args for n in ast.walk(expression(a.value)) if isinstance(n, ast.Name)}
        for outer in reader.tapes.values():
            if outer.recording:
                outer.watched |= names
        return []
    if method in ASKED:
        return None
    reader.refuse("SG209", f"`{method}` of a tape cannot be differentiated", node, WAY_OUT)
    return []


def expression(node: cst.BaseExpression) -> Any:
    return ast.parse(f"({cst.Module([]).code_for_node(node)}\n)", mode="eval").body


def read_gradient(reader: Any, node: cst.Call) -> ir.Expr | None:
    """`tape.gradient(y, x)` as a call of a derivative; None for other calls."""
    found = tape_method(reader, node)
    if found is None:
        return None
    tape, method = found
    given = dict(zip(("target", "sources", "output_gradients", "unconnected_gradients"), node.args, strict=False))
    given = {a.keyword.value if a.keyword is not None else n: a for n, a in given.items()}
    problem = ""
    if method != "gradient":
        problem = f"`{method}` of a tape cannot be differentiated"
    elif tape.recording:
        problem = "a gradient that is asked for while its tape records cannot be differentiated"
    elif any(a.star for a in node.args) or not {"target", "sources"} <= set(given) or len(given) != len(node.args):
        problem = "the target and sources of this gradient are not written out"
    if problem:
        reader.refuse("SG209", problem, node, WAY_OUT)
        return ir.Const(None)
    return Gradient(reader, tape, node, {n: a.value for n, a in given.items()}).read()


class Gradient:
    """One gradient of a tape: a function of the values its block began with, and its derivative there."""

    def __init__(self, reader: Any, tape: InnerTape, node: cst.Call, given: dict[str, Any]) -> None:
        self.reader, self.tape, self.node, self.given = reader, tape, node, given

    def refuse(self, message: str, hint: str = WAY_OUT) -> ir.Expr:
        self.reader.refuse("SG209", message, self.node, hint)
        return ir.Const(None)

    def read(self) -> ir.Expr:
        targets = self.listed("target")
        sources = self.listed("sources")
        if targets is None or sources is None or any(not isinstance(s, ast.Name) for s in sources):
            return self.refuse("the target or sources of this gradient are no names", "Give each a name in the block.")
        names = [s.id for s in sources]  # type: ignore[attr-defined]
        if len(set(names)) != len(names):
            return self.refuse("a source is asked for twice", "Ask for it once.")
        shifts: dict[str, str] = {}
        for n in names:
            if any(binds(s, n) for s in self.tape.body):
                shifts[n] = self.reader.fresh(f"{n}_shift")
            elif n not in self.tape.params:
                return self.refuse(f"the block of this tape does not read `{n}`, so there is no gradient by it")
            elif n not in self.tape.watched:
                return self.refuse(f"`{n}` is not watched, so there is no gradient by it", f"Watch it: `watch({n})`.")
        self.numpy = self.reader.fresh("numpy_")
        weights = self.weights(targets)
        if weights is None:
            return self.refuse("targets and output gradients are not as many, or not written out")
        codes = [ast.unparse(t) for t in targets]
        terms = [f"{c} * {w}" for c, w in zip(codes, weights, strict=True)] if weights else codes
        self.result = "return " + " + ".join(f"{self.numpy}.sum({t})" for t in terms)
        edits = self.edits(shifts)
        return self.called(names, shifts, weights, edits) if edits is not None else ir.Const(None)

    def listed(self, what: str) -> list[Any] | None:
        found = expression(self.given[what])
        if isinstance(found, ast.List | ast.Tuple):
            return None if any(isinstance(e, ast.Starred) for e in found.elts) else found.elts
        return [found]

    def weights(self, targets: list[Any]) -> dict[str, Any] | None:
        """The parameters for output gradients, with what is passed; None where they are not written out."""
        given = self.given.get("output_gradients")
        if given is None or isinstance(given, cst.Name) and given.value == "None":
            return {}
        each = [given]
        if isinstance(given, cst.List | cst.Tuple):
            each = [e.value for e in given.elements]
        return {self.reader.fresh("weight"): e for e in each} if len(each) == len(targets) else None

    def edits(self, shifts: dict[str, str]) -> list[Edit] | None:
        """What makes the block the body of a function."""
        tapes = {n for n, t in self.reader.tapes.items() if t.node is self.tape.node or t.recording}
        found: list[Edit] = []
        for s in statements_of(self.tape.body):
            match s:
                case ast.Expr(ast.Call(ast.Attribute(ast.Name(name), "watch"))) if name in tapes:
                    found.append(of_node(s, "pass"))
        for s in exits(self.tape.body):
            leaves = isinstance(s, ast.Return)  # then the gradient is never asked for
            found.append(of_node(s, 'raise RuntimeError("the block was left")' if leaves else self.result))
        for name, shift in shifts.items():
            bound = last_binding(self.tape.body, name)
            if bound is None or bound[1] is not None:
                self.refuse(f"which value of `{name}` is meant is not clear", "Give the value a name of its own.")
                return None
            text = f"{name} = {name} - {shift}"
            s = bound[0]
            found.append(after(s, f"; {text}" if not hasattr(s, "body") else f"\n{' ' * s.col_offset}{text}"))
        return found

    @property
    def unconnected(self) -> Any:
        given = self.given.get("unconnected_gradients")
        return given.evaluated_value if isinstance(given, cst.SimpleString) else None

    def function(self, name: str, params: list[str], edits: list[Edit]) -> cst.FunctionDef:
        header, *lines = function_lines(name, params, self.tape.body, self.tape.lines, edits, self.result)
        margin = lines[-1].text[: len(lines[-1].text) - len(lines[-1].text.lstrip())]
        text = [header.text, f"{margin}import numpy as {self.numpy}", *(line.text for line in lines)]
        made = cst.parse_module("\n".join(text) + "\n").body[0]
        assert isinstance(made, cst.FunctionDef)
        return made

    def called(self, names: list[str], shifts: dict[str, str], weights: dict[str, Any], edits: list[Edit]) -> ir.Expr:
        reader, tape = self.reader, self.tape
        params = [*tape.params, *shifts.values()]
        targets = sorted(names_in(expression(self.given["target"])))
        name = reader.fresh("_and_".join(targets[:2] or ["value"]) + "_at")
        node = self.function(name, [*params, *weights], edits)
        function = replace(reader.read_function(node, reader), made=True)
        reader.locals |= {name}
        reader.pending.append(ir.Define(name, function, Origin(node, reader.source)))
        args = [ir.Name(tape.start[p]) for p in tape.params]
        args += [ir.Call("srcgrad.runtime.zeros_like", (ir.Name(n),)) for n in shifts]  # type: ignore[misc]
        args += [reader.read(w) for w in weights.values()]
        where = [params.index(shifts.get(n, n)) for n in names]
        several = isinstance(expression(self.given["sources"]), ast.List | ast.Tuple)
        which = ir.Const(where[0]) if not several else ir.Display("tuple", tuple(ir.Const(w) for w in where))
        maker = GRADIENT_OF_BLOCK if self.unconnected != "zero" else "srcgrad.api.grad"
        found: ir.Expr = ir.Apply(ir.Call(maker, (ir.Name(name), which)), tuple(args))
        if shifts and len(shifts) != len(names):
            return self.refuse("sources that the block began with, and others that it computed, are asked for at once",
                               "Ask for them by two tapes.")  # fmt: skip
        if shifts:
            if several:
                return self.refuse("several values that the block computes are sources", "Ask for them one by one.")
            return ir.Call("operator.neg", (found,))
        if isinstance(expression(self.given["sources"]), ast.List):
            return ir.Call("builtins.list", (found,))
        return found
