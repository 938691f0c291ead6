"""Values that a statement's adjoint needs more than once get a name; what is used once goes back into its line.

d_x -= d_den * 2.0 * np.tanh(x) * (1.0 - np.tanh(x)**2)
    ->
tanh_x = np.tanh(x)
d_x -= d_den * 2.0 * tanh_x * (1.0 - tanh_x**2)
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from ..ir import nodes as ir
from ..ir.naming import describe
from ..ir.walk import children, map_children, reads, statement_expressions, statements, subexpressions, with_children
from .names import Temporaries
from .shadows import is_fresh

FREE = (ir.Name, ir.Const, ir.Slice, ir.Display, ir.Text, ir.Lambda, ir.Comprehension, ir.Star, ir.Mapping)
CHEAP_CALLS = frozenset({"numpy.shape", "numpy.ndim", "builtins.len", "operator.neg", "builtins.range"})
MAKING = frozenset({
    ".pop", ".copy", "numpy.copy", "numpy.array", "builtins.list", "builtins.dict", "srcgrad.runtime.own",
    "srcgrad.runtime.private", "srcgrad.runtime.same_along",
    "builtins.zip", "builtins.map", "builtins.filter", "builtins.enumerate", "builtins.reversed", "builtins.iter",
})  # fmt: skip


def share(lines: list[ir.Stmt], names: Temporaries, target: str) -> list[ir.Stmt]:
    """The same statements with repeated subexpressions computed once, before their first use."""
    while True:
        numbers = Numbers()
        found = repeated(lines, numbers)
        if found is None:
            return lines
        name = names.fresh(describe(found), f"{describe(found)}_of_{target}")
        lines = with_name(lines, found, name, numbers)


class Numbers:
    """A number for each expression, the same for equal ones: comparing them costs nothing, however deep they are."""

    def __init__(self) -> None:
        self.by_shape: dict[ir.Expr, int] = {}
        self.by_identity: dict[int, tuple[ir.Expr, int]] = {}

    def of(self, e: ir.Expr) -> int:
        known = self.by_identity.get(id(e))
        if known is None:
            inner = children(e)
            shape = with_children(e, tuple(ir.Name(f"#{self.of(c)}") for c in inner)) if inner else e
            known = self.by_identity[id(e)] = e, self.by_shape.setdefault(shape, len(self.by_shape))
        return known[1]


def repeated(lines: list[ir.Stmt], numbers: Numbers) -> ir.Expr | None:
    """The largest expression that is worth a name and occurs twice, reading nothing that the lines change."""
    changed = {n for s in statements(tuple(lines)) for n in written(s)}
    counts: Counter[int] = Counter()
    order: dict[int, ir.Expr] = {}
    for s in lines:
        for e in values_of(s):
            for sub in subexpressions(e):
                if worth_a_name(sub):
                    number = numbers.of(sub)
                    order.setdefault(number, sub)
                    counts[number] += 1
    candidates = [e for n, e in order.items() if counts[n] > 1 and not reads(e) & changed]
    return max(candidates, key=size, default=None)


def values_of(s: ir.Stmt) -> tuple[ir.Expr, ...]:
    """Expressions a line evaluates once, and that may be others; a place that is changed is not one."""
    if isinstance(s, ir.Update | ir.Store):
        return (s.value,)
    return statement_expressions(s) if isinstance(s, ir.Assign | ir.Unpack | ir.Eval | ir.If) else ()


def written(s: ir.Stmt) -> tuple[str, ...]:
    from ..ir.walk import bound_names

    if isinstance(s, ir.Eval) and isinstance(s.expr, ir.Call) and s.expr.op.endswith("add_at"):
        return tuple(reads(s.expr.args[0]))
    return bound_names(s)


def worth_a_name(e: ir.Expr) -> bool:
    if isinstance(e, FREE):
        return False
    if isinstance(e, ir.Index | ir.Attribute):
        return not isinstance(e.base, ir.Name | ir.Attribute)
    if isinstance(e, ir.Call):  # each new one is memory of its own
        return e.op not in CHEAP_CALLS and "zeros" not in e.op and e.op not in MAKING
    return True


def size(e: ir.Expr) -> int:
    return sum(1 for _ in subexpressions(e))


def with_name(lines: list[ir.Stmt], found: ir.Expr, name: str, numbers: Numbers) -> list[ir.Stmt]:
    result: list[ir.Stmt] = []
    placed = False
    for s in lines:
        new = replaced(s, numbers.of(found), ir.Name(name), numbers)
        if new is not s and not placed:
            result.append(ir.Assign((name,), (found,)))
            placed = True
        result.append(new)
    return of_their_own(result, name) if is_fresh(found) else result


def of_their_own(lines: list[ir.Stmt], name: str) -> list[ir.Stmt]:
    """Names bound to a shared value are memory of their own: each gets a copy, but the last one to use it."""
    last = max(n for n, s in enumerate(lines) if any(name in reads(e) for e in statement_expressions(s)))
    lent = any(may_be(e, name) for s in lines[:last] if isinstance(s, ir.Assign) for e in s.values)
    result: list[ir.Stmt] = []
    for n, s in enumerate(lines):
        if isinstance(s, ir.Assign) and ir.Name(name) in s.values:
            once = n == last and not lent and sum(name in reads(v) for v in s.values) == 1
            own = ir.Name(name) if once else ir.Call("operator.pos", (ir.Name(name),))
            s = replace(s, values=tuple(own if v == ir.Name(name) else v for v in s.values))
        result.append(s)
    return result


def may_be(e: ir.Expr, name: str) -> bool:
    """Whether a value may be the memory of `name` in another form: `unbroadcast(prod, x)`, `prod.T`."""
    return name in reads(e) and e != ir.Name(name) and not is_fresh(e)


def replaced(s: ir.Stmt, old: int, new: ir.Expr, numbers: Numbers) -> ir.Stmt:
    def swap(e: ir.Expr) -> ir.Expr:
        return new if numbers.of(e) == old else map_children(swap, e)

    match s:
        case ir.Assign(_, values):
            found = tuple(swap(v) for v in values)
            return s if all(a is b for a, b in zip(found, values, strict=True)) else replace(s, values=found)
        case ir.Update(_, _, value) | ir.Store(_, value) | ir.Unpack(_, value):
            again = swap(value)
            return s if again is value else replace(s, value=again)
        case ir.Eval(e):
            again = swap(e)
            return s if again is e else replace(s, expr=again)
        case ir.If(test):
            again = swap(test)
            return s if again is test else replace(s, test=again)
    return s
