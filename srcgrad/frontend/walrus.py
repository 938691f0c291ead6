"""Assignments inside expressions become statements before them, in the order of evaluation.

    y = x + (x := f(x))             x_before = x
                            ->      x = f(x)
                                    y = x_before + x

What is evaluated only under a condition stays under it.  Statements without an assignment inside stay as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from ..ir import nodes as ir, walk
from ..ir.walk import map_children, subexpressions
from .comprehensions import SEARCHES, as_loop, as_search, is_search
from .defaults import with_places_of
from .lower import Names
from .moved import edited


def without_walrus(block: ir.Block, names: Names) -> ir.Block:
    """`if (n := f(x)) > 1:` as `n = f(x)` before it; what was evaluated earlier keeps its place before it."""
    found: list[ir.Stmt] = []
    for s in block:
        match s:
            case ir.If(test, body, orelse):
                before, test = pulled(test, names)
                inner = replace(s, test=test, body=without_walrus(body, names), orelse=without_walrus(orelse, names))
                found += [*before, inner]
            case ir.While(test, body) if has_walrus(test):
                before, test = pulled(test, names)
                leave = ir.If(ir.Call("operator.not_", (test,)), (ir.Break(),), without_walrus(body, names), flat=True)
                found.append(ir.While(ir.Const(True), (*before, leave), (), s.origin))
            case ir.While(_, body) | ir.For(_, _, body):
                found.append(replace(s, body=without_walrus(body, names)))
            case ir.Define(_, function) if any(has_walrus(p.default) for p in function.params if p.default is not None):
                found += defined(s, names)
            case _ if any(has_walrus(e) for e in evaluated(s)):
                found += statement(s, names)
            case _:
                found.append(s)
    return tuple(found)


def defined(s: ir.Define, names: Names) -> list[ir.Stmt]:
    """A nested function, after what is assigned in its defaults."""
    pull = Pull(tuple(p.default for p in s.function.params if p.default is not None), names)
    params = tuple(
        p if p.default is None else replace(p, default=pull.value(p.default)) for p in s.function.params
    )
    return [*pull.before, replace(s, function=with_places_of(s.function, replace(s.function, params=params)))]


def statement(s: ir.Stmt, names: Names) -> list[ir.Stmt]:
    """A statement without control, after what is assigned inside it."""
    pull = Pull(evaluated(s), names)
    new = tuple(pull.value(e) for e in evaluated(s))
    match s, new:
        case ir.Assign(), values:
            return [*pull.before, replace(s, values=values, origin=edited(s))]
        case ir.Eval(), (e,):
            return [*pull.before, replace(s, expr=e, origin=edited(s))]
        case ir.Store(), (value, place):
            return [*pull.before, replace(s, place=place, value=value, origin=edited(s))]  # type: ignore[arg-type]
        case ir.Update(ir.Name(name)), (ir.Name(old) as place, value) if old != name:  # `x += (x := e)`
            change = replace(s, place=place, value=value, origin=edited(s))
            return [*pull.before, change, ir.Assign((name,), (place,))]
        case ir.Update(), (place, value):
            return [*pull.before, replace(s, place=place, value=value, origin=edited(s))]  # type: ignore[arg-type]
        case ir.Unpack(), (value,):
            return [*pull.before, replace(s, value=value, origin=edited(s))]
    raise AssertionError(f"no assignment can stand inside {s!r}")


def evaluated(s: ir.Stmt) -> tuple[ir.Expr, ...]:
    """What a statement without control evaluates, in Python's order."""
    match s:
        case ir.Assign(_, values):
            return values
        case ir.Unpack(_, value) | ir.Eval(value):
            return (value,)
        case ir.Store(place, value):
            return (value, place)
        case ir.Update(place, _, value):
            return (place, value)
    return ()


def has_walrus(e: ir.Expr) -> bool:
    return bool(assigned_in(e))


def assigned_in(e: ir.Expr) -> Counter[str]:
    """How often each name is assigned; those assigned in a comprehension leak out of it, in one go."""
    found: Counter[str] = Counter()
    for sub in subexpressions(e):
        if isinstance(sub, ir.Walrus):
            found[sub.name] += 1
        elif isinstance(sub, ir.Comprehension):
            found.update(walk.assigned_in(sub))
    return found


def pulled(e: ir.Expr, names: Names) -> tuple[list[ir.Stmt], ir.Expr]:
    """The assignments inside an expression, and the expression without them."""
    pull = Pull((e,), names)
    value = pull.value(e)
    return pull.before, value


class Pull:
    """Takes the assignments out of the expressions of one statement; `before` is what must run first.

    A value of a name that another of these assignments rebinds later is kept under a name of its own.
    """

    def __init__(self, values: tuple[ir.Expr, ...], names: Names) -> None:
        self.names = names
        self.left = sum((assigned_in(e) for e in values), Counter())
        self.before: list[ir.Stmt] = []

    def value(self, e: ir.Expr) -> ir.Expr:
        match e:
            case ir.Walrus(name, inner):
                self.bind(name, self.alone(inner))
                self.left[name] -= 1
                return self.kept(name)
            case ir.Name(name):
                return self.kept(name)
            case ir.Select() if has_walrus(e):
                return self.select(e)
            case ir.BoolOp() if has_walrus(e):
                return self.bool_op(e)
            case ir.Call(op, (ir.Comprehension() as inner,)) if is_search(e) and has_walrus(inner):
                return self.looped(inner, "found", lambda n: as_search(n, inner, self.names, SEARCHES[op]))
            case ir.Comprehension() if has_walrus(e):
                return self.looped(e, "items", lambda n: as_loop(n, e, self.names, None))
        return map_children(self.value, e)

    def looped(self, e: ir.Comprehension, name: str, make: Callable[[str], list[ir.Stmt]]) -> ir.Expr:
        """A comprehension in which names are assigned is written out as a loop."""
        name = self.names.fresh(name)
        self.before += without_walrus(tuple(make(name)), self.names)
        self.left -= assigned_in(e)
        return ir.Name(name)

    def alone(self, e: ir.Expr) -> ir.Expr:
        """`e` for a statement right after what is assigned in it: later assignments do not matter."""
        outer, self.left = self.left, assigned_in(e)
        new = self.value(e)
        self.left = outer - assigned_in(e)
        return new

    def kept(self, name: str) -> ir.Name:
        return self.bind(self.names.fresh(f"{name}_before"), ir.Name(name)) if self.left[name] else ir.Name(name)

    def bind(self, name: str, value: ir.Expr) -> ir.Name:
        self.before.append(ir.Assign((name,), (value,)))
        return ir.Name(name)

    def branch(self, name: str, e: ir.Expr) -> ir.Block:
        """What leaves the value of `e` in `name`, for one side of a choice."""
        outer, self.before = self.before, []
        self.bind(name, self.alone(e))
        inner, self.before = tuple(self.before), outer
        return inner

    def select(self, e: ir.Select) -> ir.Expr:
        name = self.names.fresh("chosen")
        test = self.alone(e.test)
        self.before.append(ir.If(test, self.branch(name, e.then), self.branch(name, e.other)))
        return ir.Name(name)

    def bool_op(self, e: ir.BoolOp) -> ir.Expr:
        name = self.names.fresh("chosen")
        first, *rest = e.values
        chosen = self.bind(name, self.alone(first))
        tail = rest[0] if len(rest) == 1 else ir.BoolOp(e.op, tuple(rest))
        test: ir.Expr = chosen if e.op == "and" else ir.Call("operator.not_", (chosen,))
        self.before.append(ir.If(test, self.branch(name, tail)))
        return chosen
