"""Walking the IR: children, rebuilding, substitution, the names that are read and bound."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from ..syntax import parsed_expression
from . import nodes as ir


def children(e: ir.Expr) -> tuple[ir.Expr, ...]:
    """The direct subexpressions, in order of evaluation; of lambdas and comprehensions none."""
    return CHILDREN[type(e)](e)


CHILDREN: dict[type, Callable[..., tuple[ir.Expr, ...]]] = {
    ir.Call: lambda e: e.args + tuple(v for _, v in e.keywords) if e.keywords else e.args,
    ir.Apply: lambda e: (e.func, *e.args, *(v for _, v in e.keywords)),
    ir.Index: lambda e: (e.base, e.index),
    ir.Slice: lambda e: tuple(x for x in (e.lower, e.upper, e.step) if x is not None),
    ir.Attribute: lambda e: (e.base,),
    ir.Star: lambda e: (e.value,),
    ir.Walrus: lambda e: (e.value,),
    ir.Display: lambda e: e.items,
    ir.Mapping: lambda e: tuple(x for pair in zip(e.keys, e.values, strict=True) for x in pair if x is not None),
    ir.Select: lambda e: (e.test, e.then, e.other),
    ir.BoolOp: lambda e: e.values,
    ir.Compare: lambda e: (e.first, *e.rest),
    **dict.fromkeys((ir.Name, ir.Const, ir.Text, ir.Lambda, ir.Comprehension), lambda e: ()),
}


def map_children(f: Callable[[ir.Expr], ir.Expr], e: ir.Expr) -> ir.Expr:
    """`e` with `f` applied to each direct subexpression; the same object if nothing changed."""
    old = children(e)
    new = tuple(f(c) for c in old)
    if all(a is b for a, b in zip(old, new, strict=True)):
        return e
    return with_children(e, new)


def with_children(e: ir.Expr, new: tuple[ir.Expr, ...]) -> ir.Expr:
    """`e` with other direct subexpressions, in the order of `children`."""
    match e:
        case ir.Call(op, args, keywords):
            named = new[len(args) :]
            return ir.Call(op, new[: len(args)], tuple((k, v) for (k, _), v in zip(keywords, named, strict=True)))
        case ir.Apply(_, args, keywords):
            rest = new[1 + len(args) :]
            pairs = tuple((k, v) for (k, _), v in zip(keywords, rest, strict=True))
            return ir.Apply(new[0], new[1 : 1 + len(args)], pairs)
        case ir.Index():
            return ir.Index(*new)
        case ir.Slice(a, b, c):
            it = iter(new)
            return ir.Slice(*(next(it) if x is not None else None for x in (a, b, c)))
        case ir.Attribute(_, name):
            return ir.Attribute(new[0], name)
        case ir.Star():
            return ir.Star(new[0])
        case ir.Walrus(name, _):
            return ir.Walrus(name, new[0])
        case ir.Display(kind, _):
            return ir.Display(kind, new)
        case ir.Mapping(keys, _, cls, ordered):
            it = iter(new)
            pairs = [(next(it) if k is not None else None, next(it)) for k in keys]  # type: ignore[assignment]
            return ir.Mapping(tuple(k for k, _ in pairs), tuple(v for _, v in pairs), cls, ordered)  # type: ignore[misc]
        case ir.Select():
            return ir.Select(*new)
        case ir.BoolOp(op, _):
            return ir.BoolOp(op, new)
        case ir.Compare(_, ops, _):
            return ir.Compare(new[0], ops, new[1:])
    return e


def subexpressions(e: ir.Expr) -> Iterator[ir.Expr]:
    """`e` and everything inside it, but not the inside of lambdas and comprehensions."""
    stack = [e]
    while stack:
        top = stack.pop()
        yield top
        stack.extend(reversed(children(top)))


def reads(e: ir.Expr) -> set[str]:
    """Names whose value `e` uses, free in lambdas and comprehensions included."""
    found: set[str] = set()
    for sub in subexpressions(e):
        match sub:
            case ir.Name(name):
                found.add(name)
            case ir.Text(_, names):
                found.update(names)
            case ir.Lambda(params, body):
                found |= reads(body) - {p.name for p in params}
                for p in params:
                    found |= reads(p.default) if p.default is not None else set()
            case ir.Comprehension():
                found |= comprehension_reads(sub)
    return found


def comprehension_reads(e: ir.Comprehension) -> set[str]:
    bound: set[str] = set()
    found: set[str] = set()
    for clause in e.clauses:
        found |= reads(clause.iterable) - bound
        bound |= reads(clause.target)
        for test in clause.conditions:
            found |= reads(test) - bound
    found |= reads(e.element) - bound
    return found | (reads(e.key) - bound if e.key is not None else set())


def assigned_in(e: ir.Expr) -> set[str]:
    """Names that assignment expressions bind, those in comprehensions included: they leak out of its scope."""
    found: set[str] = set()
    for sub in subexpressions(e):
        if isinstance(sub, ir.Walrus):
            found.add(sub.name)
        if isinstance(sub, ir.Comprehension):
            parts = [sub.element, *([sub.key] if sub.key is not None else [])]
            parts += [x for c in sub.clauses for x in (c.iterable, *c.conditions)]
            found |= {n for p in parts for n in assigned_in(p)}
    return found


def substitute(e: ir.Expr, values: dict[str, ir.Expr]) -> ir.Expr:
    """`e` with names replaced; names bound inside a lambda or comprehension are left alone."""
    match e:
        case ir.Name(name):
            return values.get(name, e)
        case ir.Text(code, names) if not values.keys().isdisjoint(names):
            return renamed_text(code, names, values)
        case ir.Lambda(params, body):
            inner = {k: v for k, v in values.items() if k not in {p.name for p in params}}
            again = renamed(e, {p.name for p in params}, inner)
            swap: dict[str, ir.Expr] = {p.name: ir.Name(again[p.name]) for p in params if p.name in again}
            defaults = (substitute(p.default, values) if p.default is not None else None for p in params)
            new_params = tuple(
                replace(p, name=again.get(p.name, p.name), default=d) for p, d in zip(params, defaults, strict=True)
            )
            return ir.Lambda(new_params, substitute(substitute(body, swap) if swap else body, inner))
        case ir.Comprehension(kind, element, clauses, key):
            bound = {n for c in clauses for n in reads(c.target)}
            inner = {k: v for k, v in values.items() if k not in bound}
            again = renamed(e, bound, inner)
            if again:
                return substitute(rename_bound(e, {n: ir.Name(new) for n, new in again.items()}), values)
            new = tuple(
                ir.Clause(c.target, substitute(c.iterable, inner), tuple(substitute(t, inner) for t in c.conditions))
                for c in clauses
            )
            again_key = substitute(key, inner) if key is not None else None
            return ir.Comprehension(kind, substitute(element, inner), new, again_key, e.early)
    return map_children(lambda c: substitute(c, values), e)


def renamed_text(code: str, names: tuple[str, ...], values: dict[str, ir.Expr]) -> ir.Text:
    """An f-string with other names in it."""
    new: dict[str, str] = {}
    for n in names:
        value = values.get(n, ir.Name(n))
        assert isinstance(value, ir.Name), f"`{n}` inside a text cannot be replaced"
        new[n] = value.id
    tree = parsed_expression(code.strip())
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = new.get(node.id, node.id)
    return ir.Text(ast.unparse(tree), tuple(sorted(new.values())))


def renamed(e: ir.Lambda | ir.Comprehension, bound: set[str], values: dict[str, ir.Expr]) -> dict[str, str]:
    """New names for those of `bound` that a value put into `e` would be mistaken for."""
    free = reads(e)
    coming = {n for name, v in values.items() if name in free for n in reads(v)}
    taken = bound | free | coming
    found = {}
    for n in sorted(bound & coming):
        new = n + "_"
        while new in taken:
            new += "_"
        taken.add(new)
        found[n] = new
    return found


def rename_bound(e: ir.Comprehension, new: dict[str, ir.Expr]) -> ir.Comprehension:
    """The comprehension with other names for its variables; the first iterable is outside of their scope."""
    clauses, seen = [], dict[str, ir.Expr]()
    for c in e.clauses:
        iterable = substitute(c.iterable, seen)
        seen = {**seen, **{n: new[n] for n in reads(c.target) if n in new}}
        tests = tuple(substitute(t, seen) for t in c.conditions)
        clauses.append(ir.Clause(substitute(c.target, seen), iterable, tests))
    key = substitute(e.key, seen) if e.key is not None else None
    return ir.Comprehension(e.kind, substitute(e.element, seen), tuple(clauses), key, e.early)


def statement_expressions(s: ir.Stmt) -> tuple[ir.Expr, ...]:
    """The expressions a statement evaluates itself, not those of its blocks."""
    match s:
        case ir.Assign(_, values):
            return values
        case ir.Unpack(_, value) | ir.Push(_, value):
            return (value,)
        case ir.Store(place, value) | ir.Update(place, _, value):
            return (place, value)
        case ir.Eval(expr):
            return (expr,)
        case ir.For(_, iterable):
            return (iterable,)
        case ir.While(test) | ir.If(test):
            return (test,)
        case ir.Return(value) if value is not None:
            return (value,)
    return ()


class Remembered:
    """What a function of a statement or block gives, found once for each; they stay as long as it does."""

    def __init__(self, of: Callable[[Any], Any]) -> None:
        self.of = of
        self.known: dict[int, tuple[Any, Any]] = {}

    def __call__(self, s: ir.Stmt | ir.Block) -> Any:
        found = self.known.get(id(s))
        if found is None:
            found = self.known[id(s)] = s, self.of(s)
        return found[1]


def expressions_within(s: ir.Stmt) -> tuple[ir.Expr, ...]:
    """What a statement evaluates itself, with all that is inside of it."""
    return tuple(x for e in statement_expressions(s) for x in subexpressions(e))


def blocks(s: ir.Stmt) -> tuple[ir.Block, ...]:
    match s:
        case ir.For(_, _, body, orelse) | ir.While(_, body, orelse) | ir.If(_, body, orelse):
            return (body, orelse)
    return ()


def bound_names(s: ir.Stmt) -> tuple[str, ...]:
    """Names a statement binds or changes itself, not those of its blocks."""
    match s:
        case ir.Assign(names):
            return names
        case ir.Unpack(target, _):
            return tuple(n for n in target_names(target))
        case ir.Update(place) | ir.Store(place):
            return (root(place),)
        case ir.Opaque(_, _, writes):
            return writes
        case ir.Define(name) | ir.Pop(name) | ir.For(name):
            return (name,)
    return ()


def target_names(target: ir.Expr) -> list[str]:
    """All names a target binds: `a, (b, *c)` binds a, b and c."""
    match target:
        case ir.Name(name):
            return [name]
        case ir.Star(value):
            return target_names(value)
        case ir.Display(_, items):
            return [n for item in items for n in target_names(item)]
    return []


def root(place: ir.Expr) -> str:
    """The name a place starts from: `A[i].x` starts from A; "" where it does not start from a name."""
    while isinstance(place, ir.Index | ir.Attribute):
        place = place.base
    return place.id if isinstance(place, ir.Name) else ""


def statements(block: ir.Block) -> Iterator[ir.Stmt]:
    """Every statement of a block, nested ones included, in textual order."""
    for s in block:
        yield s
        for inner in blocks(s):
            yield from statements(inner)


def block_reads(block: ir.Block) -> set[str]:
    """All names read anywhere in a block (also nested), whether or not bound before."""
    found: set[str] = set()
    for s in statements(block):
        for e in statement_expressions(s):
            found |= reads(e)
        if isinstance(s, ir.Opaque):
            found.update(s.reads)
        if isinstance(s, ir.Define):
            found.update(s.captures)
    return found


def block_writes(block: ir.Block) -> set[str]:
    """All names bound or changed anywhere in a block."""
    return {n for s in statements(block) for n in bound_names(s)}


def with_blocks(s: ir.Stmt, *new: ir.Block) -> ir.Stmt:
    """The same compound statement with other blocks."""
    match s:
        case ir.For() | ir.While() | ir.If():
            return replace(s, body=new[0], orelse=new[1] if len(new) > 1 else ())
    return s
