"""Lists and arrays that a function makes, changes, and lets nobody else see.

    recent = []                          u = start.copy()
    for v in x:                          for _ in range(n):
        recent.append(v)                     u[1:-1] += 0.1 * np.diff(u, 2)
        yield sum(recent)                    yield u.sum()

What is read of them is a number, an item of a list, or something new; given away themselves, or as a view, they are not
the function's own any more.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..ir import nodes as ir
from ..ir.walk import bound_names, children, reads, root, statements
from .changing_methods import CHANGING
from .operators import OPERATORS

LISTS = frozenset({"builtins.list", "builtins.sorted"})
ARRAYS = frozenset({
    ".copy", *(f"numpy.{n}" for n in ("zeros", "ones", "empty", "full", "zeros_like", "ones_like", "empty_like",
                                      "full_like", "copy", "eye", "identity", "arange", "linspace")),
})  # fmt: skip
COMPUTING = OPERATORS | {
    *(f".{n}" for n in ("copy", "sum", "mean", "max", "min", "prod", "std", "item", "tolist", "dot", "any", "all")),
    *(f"builtins.{n}" for n in ("len", "sum", "list", "tuple", "sorted", "max", "min", "abs", "float", "int", "any")),
    *(f"numpy.{n}" for n in ("sum", "mean", "max", "min", "prod", "std", "dot", "array", "copy", "stack", "diff",
                             "concatenate", "exp", "log", "sin", "cos", "sqrt", "abs", "roll", "linalg.norm")),
}  # fmt: skip


def own_memory(body: ir.Block, params: set[str]) -> frozenset[str]:
    """The names of such lists and arrays, each of which is bound to nothing else."""
    found = {n: kind for n, kind in made(body).items() if n not in params}
    while leaked := {n for s in statements(body) for n in Leaks(found).of(s)}:
        found = {n: kind for n, kind in found.items() if n not in leaked}
    return frozenset(found)


def made(body: ir.Block) -> dict[str, str]:
    """The names that are bound to new lists only ("list"), or to new arrays only ("array")."""
    found, others = dict[str, str](), set[str]()
    for s in statements(body):
        if isinstance(s, ir.Update | ir.Store):
            continue
        pairs = zip(s.names, s.values, strict=False) if isinstance(s, ir.Assign) else ()
        kinds = {n: kind_made(v) for n, v in pairs}
        for n in bound_names(s):
            if not kinds.get(n) or found.setdefault(n, kinds[n]) != kinds[n]:
                others.add(n)
    return {n: kind for n, kind in found.items() if n not in others}


def kind_made(e: ir.Expr) -> str:
    match e:
        case ir.Display("list") | ir.Comprehension("list"):
            return "list"
        case ir.Call(op) if op in LISTS:
            return "list"
        case ir.Call(op) if op in ARRAYS:
            return "array"
    return ""


def is_item(s: ir.Store | ir.Update) -> bool:
    """`items[i] = e`, or `items += e`."""
    match s:
        case ir.Store(ir.Index(ir.Name())) | ir.Update(ir.Name()):
            return True
    return False


class Leaks:
    """The names in `own` that a statement gives away."""

    def __init__(self, own: dict[str, str]) -> None:
        self.own = own

    def of(self, s: ir.Stmt) -> set[str]:
        match s:
            case ir.Store(place, value) | ir.Update(place, _, value):
                if self.own.get(root(place)) == "list" and not is_item(s):
                    return {root(place)}  # what is changed is an item, which others may know
                copies = self.own.get(root(place)) == "array"
                return self.inside(place) | (self.read(value) if copies else self.given(value))
            case ir.Eval(ir.Call(op, (ir.Name(name), *rest), keywords)) if name in self.own and op[1:] in CHANGING:
                return self.all_given([*rest, *(v for _, v in keywords)])
            case ir.Assign(_, (ir.Call(".pop", (ir.Name(name), *rest)),)) if self.own.get(name) == "list":
                return self.all_given(rest)
            case ir.If(test) | ir.While(test):
                return self.read(test)
            case ir.For(_, iterable):
                header = self.read(s.header[1]) if s.header is not None else set()
                return self.read(iterable) | header
            case ir.Define():
                return set(s.captures) & self.own.keys()
            case ir.Assign(_, values):
                return self.all_given(values)
            case ir.Unpack(_, value) | ir.Eval(value):
                return self.given(value)
            case ir.Return(value) if value is not None:
                return self.given(value)
        return set()

    def inside(self, place: ir.Expr) -> set[str]:
        """What stands in the brackets of a place."""
        match place:
            case ir.Index(base, index):
                return self.inside(base) | self.given(index)
            case ir.Attribute(base, _):
                return self.inside(base)
        return set()

    def read(self, e: ir.Expr) -> set[str]:
        """The same of an expression of which only numbers, items or the length are taken."""
        match e:
            case ir.Name():
                return set()
            case ir.Index(ir.Name(name), index) if name in self.own:
                return self.given(index)
        return self.given(e)

    def given(self, e: ir.Expr) -> set[str]:
        match e:
            case ir.Name(name):
                return {name} & self.own.keys()
            case ir.Index(ir.Name(name), index) if self.own.get(name) == "list":
                return self.given(index)
            case ir.Call(op, args, keywords) if op in COMPUTING or op.startswith("math."):
                return set[str]().union(*(self.read(x) for x in (*args, *(v for _, v in keywords))))
            case ir.Compare(first, _, rest):
                return set[str]().union(*(self.read(x) for x in (first, *rest)))
            case ir.Comprehension(_, element, clauses, key):
                parts = [element, *([key] if key is not None else []), *(t for c in clauses for t in c.conditions)]
                taken = (self.of_loop(c.iterable) for c in clauses)
                return self.all_given(parts).union(*taken)
            case ir.Lambda():
                return reads(e) & self.own.keys()
        return self.all_given(children(e))

    def of_loop(self, e: ir.Expr) -> set[str]:
        return set() if isinstance(e, ir.Name) and self.own.get(e.id) == "list" else self.given(e)

    def all_given(self, parts: Iterable[ir.Expr]) -> set[str]:
        return set[str]().union(*map(self.given, parts))
