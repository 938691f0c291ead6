"""How many axes a name must have at least, by how it and what is made of it are used.

`x[i][j]`, `x[i, j]`, `for row in x: row[0]`, `n, m = x.shape` and `np.sum(x, axis=1)` need two axes of `x`; so they do
behind `y = 2.0 * x`, behind a slice, in an inner function and in a helper that is called with `x`.
"""

from __future__ import annotations

from typing import Any

from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.walk import children, reads, statement_expressions, statements
from .axes import (
    AS_ARRAYS,
    NEW,
    OF_ITEMS,
    PARTS,
    SAME,
    WITH_AXES,
    axes_named,
    inside,
    is_elementwise,
    is_key,
    items_of,
    parts,
)  # fmt: skip
from .ranks_of_calls import Called

HIGHEST = 6  # more axes than that are a name that is bound from itself
ALIKE = ("T", "real", "imag")  # with as many axes


class Ranks(Called):
    """`least`: by name, the number of axes; `arrays`: names that are used as arrays, of whatever rank; `whole`: names
    that are updated as a whole, and what those are made of.

    `exact`: by name, the axes that are unpacked from a shape.  `likely`: which of two operands has the axes of a sum
    is a guess, made where nothing tells.
    """

    def __init__(self, function: Function, body: ir.Block, load: Any, prepare: Any, depth: int = 0) -> None:
        self.function, self.load, self.prepare, self.depth, self.body = function, load, prepare, depth, body
        self.least: dict[str, int] = {}
        self.arrays: set[str] = set()
        self.whole: set[str] = set()
        self.exact: dict[str, int] = {}
        self.values: dict[str, list[ir.Expr]] = {}
        self.inner: dict[str, Function] = {}
        self.items: set[str] = set()
        self.clauses: dict[str, ir.Expr] = {}  # what the names of the comprehension that is read go through
        for s in statements(body):
            self.bind(s)
        self.solve()

    def bind(self, s: ir.Stmt) -> None:
        match s:
            case ir.Assign(names, values):
                for n, v in zip(names, values, strict=True):
                    self.values.setdefault(n, []).append(v)
                    if s.implicit:
                        self.items.add(n)
            case ir.Unpack(
                ir.Display(_, targets), ir.Attribute(base, "shape") | ir.Call("numpy.shape", (base,), ())
            ):
                starred = any(isinstance(t, ir.Star) for t in targets)
                self.need(base, len(targets) - starred)
                if isinstance(base, ir.Name) and not starred:
                    self.exact[base.id] = len(targets)
            case ir.Unpack(ir.Display(_, targets), value):
                for position, target in enumerate(targets):
                    if isinstance(target, ir.Name):
                        self.values.setdefault(target.id, []).append(ir.Index(value, ir.Const(position)))
            case ir.Define(name, function):
                self.inner[name] = function

    def spread(self) -> None:
        """`n, m = y.shape` says how many axes y has, and so what y is a copy or a transpose of."""
        names = list(self.exact)
        for name in names:  # grows
            e = self.values[name][0] if len(self.values.get(name, ())) == 1 else None
            while isinstance(e, ir.Attribute) and e.name in ALIKE or isinstance(e, ir.Call) and e.op in SAME and e.args:
                e = e.base if isinstance(e, ir.Attribute) else e.args[0]
            if isinstance(e, ir.Name) and e.id not in self.exact:
                self.exact[e.id] = self.exact[name]
                names.append(e.id)

    def solve(self) -> None:
        self.spread()
        for self.likely in (False, True):
            while self.again():
                pass

    def again(self) -> bool:
        """Go through the body once more; whether that told anything new."""
        before = dict(self.least), set(self.arrays), set(self.whole)
        for s in statements(self.body):
            for e in statement_expressions(s):
                self.read(e)
            self.updated(s)
        for name, values in self.values.items():
            for v in values:
                if name in self.least:
                    self.need(v, self.least[name])
                for found in (self.arrays, self.whole):
                    if name in found:
                        self.made_of(v, found)
        return before != (self.least, self.arrays, self.whole)

    # ----- as a whole -----

    def updated(self, s: ir.Stmt) -> None:
        match s:
            case ir.Update(ir.Name(name), op) if op.startswith("operator."):
                self.whole.add(name)
                if name in self.items and self.only_updated(name):
                    self.need(ir.Name(name), 1)
            case ir.Update(ir.Index() as place, op) if op.startswith("operator."):
                self.made_of(place, self.whole)

    def only_updated(self, name: str) -> bool:
        """Whether an item of a loop matters as memory alone: nothing is computed from it but updates of items."""
        return not any(
            name in reads(e)
            for s in statements(self.body)
            if not (isinstance(s, ir.Update) and isinstance(s.place, ir.Name) and s.place.id in self.items)
            for e in statement_expressions(s)
        )

    def made_of(self, e: ir.Expr, found: set[str]) -> None:
        """`e` is an array, if it is a number or an array; its name is put into `found`, or those it is made of."""
        match e:
            case ir.Name(name) if name in self.clauses:
                pass
            case ir.Name(name):
                found.add(name)
            case ir.Index(ir.Call(op, (first, *_)), _) if op in PARTS:
                self.made_of(first, found)
            case ir.Index(base, index) if any(isinstance(x, ir.Slice) or x == ir.Const(...) for x in parts(index)):
                self.made_of(base, found)
            case ir.Index(base, index):
                for item in items_of(base, index, self.values):
                    self.made_of(item, found)
            case ir.Select(_, a, b):
                self.made_of(a, found)
                self.made_of(b, found)
            case ir.Attribute(base, name) if name in ALIKE:
                self.made_of(base, found)
            case ir.Call("operator.matmul", (a, b)) if self.likely and not (isinstance(b, ir.Name) and
                                                                            self.least.get(b.id, 0) > 1):  # fmt: skip
                self.need(a, 2)
            case ir.Apply(ir.Name(name), args, keywords):
                self.call(name, args, keywords, 0, found is self.arrays, found is self.whole)
            case ir.Call() if is_elementwise(e):
                operand = self.operand(e)
                if operand is not None and not any(self.is_item(c) for c in children(e)):
                    self.made_of(operand, found)
            case ir.Call(op, (first, *_)) if op in SAME:
                self.made_of(first, found)

    def is_item(self, e: ir.Expr) -> bool:
        return isinstance(e, ir.Index) and all(self.is_position(x) for x in parts(e.index))

    # ----- by parts -----

    def read(self, e: ir.Expr) -> None:
        """What evaluating an expression needs."""
        match e:
            case ir.Index(base, index) if not is_key(index):
                self.need(e, 0)
                if isinstance(base, ir.Attribute) and base.name == "shape" and isinstance(index, ir.Const):
                    self.need(base.base, (index.value + 1) if type(index.value) is int and index.value >= 0 else 1)
            case ir.Attribute(base, "flat" | "T" | "mT"):
                self.need(base, 2)
            case ir.Attribute(base, "size" | "ndim" | "shape"):
                self.made_of(base, self.arrays)
            case ir.Comprehension(_, _, clauses):
                for clause in clauses:
                    for items in side_by_side(clause.iterable):
                        self.need(items, 1)
                self.comprehension(e)
                return
            case ir.Call("numpy.einsum", (ir.Const(str(text)), *operands)) if "." not in text:
                for letters, a in zip(text.partition("->")[0].split(","), operands, strict=False):
                    self.need(a, len(letters.strip()))
            case ir.Call(op, args, keywords):
                given = args or tuple(v for _, v in keywords)
                if args:
                    self.need(args[0], axes_named(e))
                for a in given[: 2 if op in ("operator.matmul", "numpy.outer") else 1]:
                    if op in WITH_AXES:
                        self.need(a, WITH_AXES[op])
                    elif op in AS_ARRAYS:
                        self.made_of(a, self.arrays)
                axis = dict(keywords).get("axis")
                if args and isinstance(axis, ir.Const) and type(axis.value) is int:
                    self.need(args[0], axis.value + 1 if axis.value >= 0 else 1)
            case ir.Apply(ir.Name(name), args, keywords):
                self.call(name, args, keywords)
        for c in inside(e):
            self.read(c)

    def comprehension(self, e: ir.Comprehension) -> None:
        """Its names are its own, whatever else has them."""
        before = self.clauses
        for clause in e.clauses:
            targets = clause.target.items if isinstance(clause.target, ir.Display) else (clause.target,)
            through = side_by_side(clause.iterable)
            places = through if len(through) == len(targets) else (ir.Const(None),) * len(targets)
            own = {t.id: items for t, items in zip(targets, places, strict=True) if isinstance(t, ir.Name)}
            self.clauses = {**self.clauses, **own}
        for c in inside(e):
            self.read(c)
        self.clauses = before

    def need(self, e: ir.Expr, rank: int) -> None:
        """The value of `e` has at least so many axes, or items within items."""
        match e:
            case ir.Name(name) if name in self.clauses:
                items = self.clauses[name]
                before, self.clauses = self.clauses, {n: i for n, i in self.clauses.items() if n != name}
                if rank:
                    self.need(items, rank + 1)
                self.clauses = before
            case ir.Index(ir.Call(op, (first, *_)), _) if op in PARTS:
                self.need(first, rank)
            case ir.Name(name):
                if rank and rank <= min(HIGHEST, self.exact.get(name, rank)):
                    self.least[name] = max(self.least.get(name, 0), rank)
            case ir.Index(base, index):
                self.need_of_base(base, index, rank)
            case ir.Attribute(base, name) if name in ALIKE:
                self.need(base, rank)
            case ir.Display(_, items) | ir.Call("numpy.stack", (ir.Display(_, items), *_)) if rank > 1:
                for item in items:
                    self.need(item, rank - 1)
            case ir.Comprehension("list" | "generator", element) if rank > 1:
                self.need(element, rank - 1)
            case ir.Select(_, a, b):
                self.need(a, rank)
                self.need(b, rank)
            case ir.Apply(ir.Name(name), args, keywords):
                self.call(name, args, keywords, rank)
            case ir.Call(op, (first, *_)) if op in SAME:
                self.need(first, rank)
            case ir.Call(op, (ir.Display(_, items), *_)) if op in OF_ITEMS:
                for item in items:
                    self.need(item, rank)
            case ir.Call() if rank and is_elementwise(e):
                operand = self.operand(e)
                if operand is not None:
                    self.need(operand, rank)

    def need_of_base(self, base: ir.Expr, index: ir.Expr, rank: int) -> None:
        for item in items_of(base, index, self.values):
            self.need(item, max(rank - 1, 0) if isinstance(index, ir.Slice) else rank)
        if is_key(index):
            return
        found = [x for x in parts(index) if not (isinstance(x, ir.Const) and x.value in (None, ...))]
        new = sum(x == ir.Const(None) for x in parts(index))
        singles = [x for x in found if self.is_position(x)]
        single = len(singles)
        if isinstance(base, ir.Name) and rank + single - new - self.exact.get(base.id, HIGHEST) == single:
            for x in singles:  # more axes than the base has left: several positions, not one
                self.need(x, 1)
        self.need(base, max(len(found), rank + single - new))

    def operand(self, e: ir.Expr) -> ir.Expr | None:
        """The operand that gives an elementwise result its axes: the first with axes of its own, else the first."""
        known = [c for c in children(e) if self.has_axes(c, frozenset())]
        found = [c for c in children(e) if reads(c)]
        if known or len(found) == 1:
            return (known or found)[0]
        return found[0] if found and self.likely else None

    def has_axes(self, e: ir.Expr, seen: frozenset[str]) -> bool:
        match e:
            case ir.Name(name):
                values = self.values.get(name, []) if name not in seen else []
                return name in self.least or any(self.has_axes(v, seen | {name}) for v in values)
            case ir.Index(_, index):
                return any(isinstance(x, ir.Slice) for x in parts(index))
            case ir.Call() if is_elementwise(e):
                return any(self.has_axes(c, seen) for c in children(e))
            case ir.Call(op):
                return op in NEW
        return False

    def is_position(self, e: ir.Expr, seen: frozenset[str] = frozenset()) -> bool:
        """Whether an index takes one item: a number, rather than a slice, a mask or several positions."""
        match e:
            case ir.Slice() | ir.Compare() | ir.Display():
                return False
            case ir.Name(name):
                first = self.values.get(name, [])[:1] if name not in seen else []  # `n = last - n`
                return name not in self.least and all(self.is_position(v, seen | {name}) for v in first)
            case ir.Call(op) if op.startswith("numpy.") and op not in ("numpy.argmax", "numpy.argmin"):
                return False
            case ir.Call(op, args) if op.startswith("operator."):
                return all(self.is_position(a, seen) for a in args)
        return True


def side_by_side(e: ir.Expr) -> tuple[ir.Expr, ...]:
    """What a loop goes through."""
    found = isinstance(e, ir.Call) and e.op in ("builtins.zip", "builtins.enumerate", "builtins.reversed")
    return e.args if found else (e,)  # type: ignore[union-attr]
