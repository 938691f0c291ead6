"""Every `for` as a loop that counts: what the reverse sweep walks back is an index.

for v in x:                 for v_index in range(len(x)):
    s = s + v                   v = x[v_index]          (implicit: the header does it)
                                s = s + v
"""

from __future__ import annotations

from collections.abc import Iterable

from ..ir import nodes as ir
from ..ir.origin import Origin
from ..ir.walk import (
    block_reads,
    block_writes,
    bound_names,
    reads,
    root,
    statement_expressions,
    statements,
    subexpressions,
    target_names,
)
from .iteration_more import COUNT, CYCLE, in_step, nth
from .iteration_tools import as_early_list
from .lower import Names

STEADY = ("operator.", "builtins.", "numpy.", "math.", "srcgrad.runtime.")
LAZY = frozenset(f"builtins.{n}" for n in ("reversed", "zip", "enumerate"))
SETTING = (".update", ".__setitem__", ".setdefault", "operator.setitem")
FINITE = frozenset(
    f"itertools.{n}" for n in ("combinations", "combinations_with_replacement", "permutations", "product")
)
UNSTEADY = frozenset({"builtins.input", "builtins.next", "builtins.open", "builtins.print", "builtins.iter"})


def counted_loop(
    target: ir.Expr,
    iterable: ir.Expr,
    body: ir.Block,
    orelse: ir.Block,
    origin: Origin | None,
    taken: frozenset[str],
    names: Names | None = None,
) -> list[ir.Stmt]:
    """The loop over `range` that stands for `for target in iterable`, after what it needs to be set up."""
    if isinstance(target, ir.Name) and is_range(iterable):
        return [ir.For(target.id, iterable, body, orelse, None, origin)]
    edited = origin.edit() if origin is not None else None
    plan = Plan(first_name(target), body, names or Names(set(taken)), edited, target_names(target))
    shown = plan.items(iterable)
    counter = plan.counter(target, iterable)
    element = plan.element(shown, ir.Name(counter))
    implicit = tuple(bind(target, element, counter, origin))
    length = plan.length(shown)
    header = (target, shown)
    setup: list[ir.Stmt] = list(plan.setup)
    steps = ir.Call("builtins.range", (length,))
    loop = ir.For(counter, steps, implicit + body, orelse, header, origin, late_names(iterable))
    return [*setup, loop]


def late_names(iterable: ir.Expr) -> frozenset[str]:
    """The names that generators in what is iterated over read while the loop runs."""
    found: set[str] = set()
    for e in subexpressions(iterable):
        if isinstance(e, ir.Comprehension) and (e.kind == "generator" or e.early):
            found |= reads(e)
    return frozenset(found)


def is_range(e: ir.Expr) -> bool:
    """`range(...)` or `reversed(range(...))`"""
    match e:
        case ir.Call("builtins.range", _, ()):
            return True
        case ir.Call("builtins.reversed", (inner,), ()):
            return isinstance(inner, ir.Call) and inner.op == "builtins.range"
    return False


def may_run_again(e: ir.Expr) -> bool:
    """Whether an expression gives the same each time, for all that can be seen here, and does nothing else."""
    for sub in subexpressions(e):
        match sub:
            case ir.Call(op) if not op.startswith(STEADY) or op.startswith("numpy.random") or op in UNSTEADY:
                return False
            case ir.Apply() | ir.Walrus() | ir.Lambda() | ir.Comprehension():
                return False
    return True


def starred(args: tuple[ir.Expr, ...]) -> bool:
    return any(isinstance(a, ir.Star) for a in args)


def first_name(target: ir.Expr) -> str:
    return (target_names(target) or ["item"])[-1].strip("_") or "item"


def bind(
    target: ir.Expr, element: ir.Expr, counter: str, origin: Origin | None, implicit: bool = True
) -> list[ir.Stmt]:
    """What binds a target to an item; `implicit`: the header of the loop says it."""
    match target, element:
        case ir.Name(name), _:
            return [] if name == counter else [ir.Assign((name,), (element,), implicit, origin)]
        case ir.Display(_, targets), ir.Display(_, elements) if len(targets) == len(elements):
            pairs = zip(targets, elements, strict=True)
            return [s for t, e in pairs for s in bind(t, e, counter, origin, implicit)]
    return [ir.Unpack(target, element, implicit, origin)]


def given_to_functions(body: ir.Block, name: str) -> bool:
    """Whether functions of the user's are given what a name stands for, which they may change."""
    inside = (x for s in statements(body) for e in statement_expressions(s) for x in subexpressions(e))
    return any(isinstance(x, ir.Apply) and any(root(a) == name for a in x.args) for x in inside)


def is_lazy(e: ir.Expr) -> bool:
    return isinstance(e, ir.Call) and e.op in LAZY


class Plan:
    """How one loop reads its items: names for those that must be computed once, before the loop."""

    def __init__(
        self, name: str, body: ir.Block, names: Names, origin: Origin | None, own: Iterable[str] = ()
    ) -> None:
        self.name, self.fresh, self.origin = name, names.fresh, origin
        self.body, self.written, self.read = body, block_writes(body), block_reads(body)
        self.own = frozenset(own)
        names.taken |= self.written  # by a loop inside, which may be over a variable of the same name
        self.setup: list[ir.Assign] = []

    def items(self, e: ir.Expr, alone: bool = True) -> ir.Expr:
        """`e` with everything that is not a name moved before the loop; `alone`: nothing else ends the loop."""
        match e:
            case ir.Call("itertools.count") if in_step(e) and not alone:
                return e
            case ir.Call("itertools.cycle", (inner,), ()) if not alone:
                return ir.Call(e.op, (self.items(inner),))
            case ir.Call("numpy.ndindex" | "builtins.zip" as op, args) if op == "numpy.ndindex" or starred(args):
                return self.hoist(ir.Call("builtins.list", (e,)))
            case ir.Call(op) if op in FINITE:
                return self.hoist(ir.Call("builtins.list", (e,)))
            case ir.Call("builtins.zip", args, _):
                return ir.Call("builtins.zip", tuple(self.items(a, False) for a in args), e.keywords)
            case ir.Call("builtins.enumerate", (first, *rest), keywords):
                return ir.Call("builtins.enumerate", (self.items(first), *rest), keywords)
            case ir.Call("builtins.reversed", (inner,), ()):
                return ir.Call("builtins.reversed", (self.items(inner),))
            case ir.Call(".items" | ".values" | ".keys" as op, (ir.Name() as base,), ()) if base.id not in self.written:
                return ir.Call(op, (base,))
            case ir.Name(name) if name not in self.written:
                return e
            case ir.Select(test, then, other) if (is_lazy(then) or is_lazy(other)) and not reads(e) & self.read:
                sides = (ir.Call("builtins.list", (side,)) for side in (then, other))
                return self.hoist(ir.Select(test, *sides))
            case ir.Comprehension("generator"):
                e = as_early_list(e)
            case ir.Call(".items" | ".values" | ".keys" as op, (base,), ()):
                return ir.Call(op, (self.hoist(base if self.shows(base) else ir.Call("builtins.dict", (base,))),))
        return self.hoist(e)

    def shows(self, base: ir.Expr) -> bool:
        """Whether the loop may come to values of a dict that it has set: not if it sets those of its own keys only."""
        changes = [s for s in statements(self.body) if isinstance(s, ir.Store | ir.Update | ir.Eval)]
        places = [s.place for s in changes if not isinstance(s, ir.Eval)]
        keys = [p.index for p in places if isinstance(p, ir.Index) and p.base == base]
        calls = [s.expr for s in changes if isinstance(s, ir.Eval) and isinstance(s.expr, ir.Call)]
        if any(c.op in SETTING and c.args[:1] == (base,) for c in calls):
            return True
        if not isinstance(base, ir.Name) and not keys or given_to_functions(self.body, root(base)):
            return True
        own = self.own - {n for s in statements(self.body) for n in bound_names(s)}
        return any(not (isinstance(i, ir.Name) and i.id in own) for i in keys)

    def hoist(self, e: ir.Expr) -> ir.Name:
        name = self.fresh(f"{self.name}_items")
        self.setup.append(ir.Assign((name,), (e,), origin=self.origin))
        return ir.Name(name)

    def counter(self, target: ir.Expr, iterable: ir.Expr) -> str:
        """The user's own index where `enumerate` gives one, else `v_index`."""
        match target, iterable:
            case ir.Display(_, (ir.Name(i), *_)), ir.Call("builtins.enumerate", (_,), ()) if i not in self.written:
                return i
        return self.fresh(f"{self.name}_index")

    def element(self, e: ir.Expr, k: ir.Expr) -> ir.Expr:
        """Item number `k` of the iterable."""
        match e:
            case ir.Call("itertools.count"):
                return nth(e, k)
            case ir.Call("itertools.cycle", (inner,), ()):
                return self.element(inner, ir.Call("operator.mod", (k, self.length(inner))))
            case ir.Call("builtins.zip", args, _):
                return ir.Display("tuple", tuple(self.element(a, k) for a in args))
            case ir.Call("builtins.enumerate", (inner, *start), keywords):
                first = start[0] if start else dict(keywords).get("start")
                number = k if first is None else ir.Call("operator.add", (first, k))
                return ir.Display("tuple", (number, self.element(inner, k)))
            case ir.Call("builtins.reversed", (inner,), ()):
                last = ir.Call("operator.sub", (self.length(inner), ir.Const(1)))
                return self.element(inner, ir.Call("operator.sub", (last, k)))
            case ir.Call(".items", (base,), ()):
                key = self.key(base, k)
                return ir.Display("tuple", (key, ir.Index(base, key)))
            case ir.Call(".values", (base,), ()):
                return ir.Index(base, self.key(base, k))
            case ir.Call(".keys", (base,), ()):
                return self.key(base, k)
        return ir.Index(e, k)

    def key(self, base: ir.Expr, k: ir.Expr) -> ir.Expr:
        return ir.Index(ir.Call("builtins.list", (base,)), k)

    def length(self, e: ir.Expr) -> ir.Expr:
        match e:
            case ir.Call("builtins.zip", args, _):
                finite = [a for a in args if not (isinstance(a, ir.Call) and a.op in (COUNT, CYCLE))]
                lengths = tuple(dict.fromkeys(self.length(a) for a in finite or args))
                return lengths[0] if len(lengths) == 1 else ir.Call("builtins.min", lengths)
            case ir.Call("builtins.enumerate" | "builtins.reversed", (inner, *_), _):
                return self.length(inner)
            case ir.Call(".items" | ".values" | ".keys", (base,), ()):
                return ir.Call("builtins.len", (base,))
        return ir.Call("builtins.len", (e,))
