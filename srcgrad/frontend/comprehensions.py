"""Comprehensions as loops.

    p = {k: x**k for k in ks}          p_keys, p_values = [], []
                                 ->    for k in ks:
                                           p_keys.append(k)
                                           p_values.append(x**k)
                                       p = dict_of(p_keys, p_values)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeGuard

from ..ir import nodes as ir
from ..ir.origin import Origin
from ..ir.walk import substitute, target_names
from .loops import bind, counted_loop
from .lower import Names

DICT_OF = "srcgrad.runtime.dict_of"
SEARCHES = {"builtins.any": True, "builtins.all": False}


def as_loop(name: str, e: ir.Comprehension, names: Names, origin: Origin | None) -> list[ir.Stmt]:
    """Statements that leave what a comprehension gives in `name`; its variables are its own."""
    renamed = own_variables(e, names)
    if e.key is None:
        element = substitute(e.element, renamed)
        step: tuple[ir.Stmt, ...] = (ir.Update(ir.Name(name), "append", element, origin),)
        return [ir.Assign((name,), (ir.Display("list", ()),)), *Loops(e, renamed, names).around(step)]
    keys, values = names.fresh(f"{name}_keys"), names.fresh(f"{name}_values")
    step = (
        ir.Update(ir.Name(keys), "append", substitute(e.key, renamed), origin),
        ir.Update(ir.Name(values), "append", substitute(e.element, renamed), origin),
    )
    empty = [ir.Assign((n,), (ir.Display("list", ()),)) for n in (keys, values)]
    whole = ir.Assign((name,), (ir.Call(DICT_OF, (ir.Name(keys), ir.Name(values))),))
    return [*empty, *Loops(e, renamed, names).around(step), whole]


def grown(
    place: ir.Name | ir.Index | ir.Attribute, e: ir.Comprehension, names: Names, origin: Origin | None
) -> list[ir.Stmt]:
    """Statements that add the items of a generator to a list, one after the other."""
    renamed = own_variables(e, names)
    step = ir.Update(place, ".append", substitute(e.element, renamed), origin)
    return Loops(e, renamed, names).around((step,))


def is_search(e: ir.Expr) -> TypeGuard[ir.Call]:
    """Whether an expression takes items of a generator up to the one that decides."""
    return isinstance(e, ir.Call) and e.op in SEARCHES and getattr(e.args[0], "kind", "") == "generator"


def as_search(name: str, e: ir.Comprehension, names: Names, wanted: bool) -> list[ir.Stmt]:
    """`any(...)` (wanted: True) or `all(...)` of a generator: a loop that stops where the answer is known."""
    renamed = own_variables(e, names)
    element = substitute(e.element, renamed)
    test = element if wanted else ir.Call("operator.not_", (element,))
    found: tuple[ir.Stmt, ...] = (ir.Assign((name,), (ir.Const(wanted),)), ir.Break())
    step: tuple[ir.Stmt, ...] = (ir.If(test, found),)
    known: ir.Expr = ir.Name(name) if wanted else ir.Call("operator.not_", (ir.Name(name),))
    leave = ir.If(known, (ir.Break(),))
    return [ir.Assign((name,), (ir.Const(not wanted),)), *Loops(e, renamed, names, leave).around(step)]


def is_called(e: ir.Comprehension) -> bool:
    """`(item for item in items(x))`, which stands for the call of what may be a generator function."""
    return len(e.clauses) == 1 and e.element == e.clauses[0].target and isinstance(e.clauses[0].iterable, ir.Apply)


def own_variables(e: ir.Comprehension, names: Names) -> dict[str, ir.Expr]:
    """New names for the variables whose names the function uses already."""
    targets = [n for c in e.clauses for n in target_names(c.target)]
    renamed: dict[str, ir.Expr] = {n: ir.Name(names.fresh(n)) for n in targets if n in names.taken}
    names.taken |= set(targets)
    return renamed


@dataclass
class Loops:
    """The loops of a comprehension; `leave` stands after each inner one.

    What a generator inside gives is bound in the loops of that: it works out one item at a time.
    """

    e: ir.Comprehension
    renamed: dict[str, ir.Expr]
    names: Names
    leave: ir.If | None = None
    inner: bool = False  # whether loops of another comprehension are around these

    def around(self, step: ir.Block, depth: int = 0) -> list[ir.Stmt]:
        if depth == len(self.e.clauses):
            return list(step)
        c = self.e.clauses[depth]
        inner = self.around(step, depth + 1)
        for test in reversed(c.conditions):
            inner = [ir.If(substitute(test, self.renamed), tuple(inner))]
        earlier = {n for x in self.e.clauses[:depth] for n in target_names(x.target)}
        iterable = substitute(c.iterable, {n: v for n, v in self.renamed.items() if n in earlier})
        target = substitute(c.target, self.renamed)
        within = self.inner or depth > 0
        if isinstance(iterable, ir.Comprehension) and iterable.kind == "generator" and not is_called(iterable):
            renamed = own_variables(iterable, self.names)
            step = (*bind(target, substitute(iterable.element, renamed), "", None, implicit=False), *inner)
            return Loops(iterable, renamed, self.names, self.leave, within).around(step)
        taken = frozenset(self.names.taken)
        loop = counted_loop(target, iterable, tuple(inner), (), None, taken, self.names)
        return [*loop, self.leave] if self.leave is not None and within else loop
