"""Arguments of unknown number that `*` passes to a function of the user: as many as its parameters leave open.

    energy(a, *x)        mass, speed = x
                   ->    energy(a, mass, speed)
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..frontend.bindings import MISSING
from ..frontend.changing_methods import CHANGING
from ..frontend.lower import Names
from ..frontend.moved import edited, name_for
from ..ir import nodes as ir
from ..ir.rewrite import map_blocks
from ..ir.walk import subexpressions
from . import kinds as k
from .instance import Instance
from .starred import is_path

CHANGES = frozenset({"builtins.next", *(f".{n}" for n in CHANGING)})


def open_names(params: list[tuple[str, bool]], e: ir.Apply, held: int = 0) -> list[str] | None:
    """The parameters that the one starred argument of a call is for; None where that is not known.

    `params` are those by position, each with whether it has a default; `held` of them are given already.
    """
    named = {n for n, _ in e.keywords}
    plain = [a for a in e.args if not isinstance(a, ir.Star)]
    before = next(n for n, a in enumerate(e.args) if isinstance(a, ir.Star))
    rest = params[held:]
    behind = len(plain) - before
    left = [(n, default) for n, default in rest[before : len(rest) - behind] if n not in named]
    if len(plain) != len(e.args) - 1 or None in named or any(default for _, default in left):
        return None
    if behind and any(default for _, default in rest[len(rest) - behind :]) or len(rest) < len(plain):
        return None
    return [n for n, _ in left]


def calls_something(e: ir.Expr) -> bool:
    """Whether an expression may do something that what comes after it could see."""
    return any(isinstance(x, ir.Apply) or isinstance(x, ir.Call) and x.op in CHANGES for x in subexpressions(e))


def parameters(func: k.Kind, program: Any) -> tuple[list[tuple[str, bool]], int] | None:
    """The positional parameters of what is called, with whether each has a default; how many are given already."""
    match func:
        case k.Func(target, held) if not isinstance(target, str):
            if any(h.role.startswith("=") for h in held):
                return None
            found, given = target.params, sum(h.role.startswith("#") for h in held)
        case k.Dict(cls=cls) if cls is not None:
            member = cls.member("__call__")
            function = program.load(member.value) if member is not None and member.kind == "method" else None
            if function is None:
                return None
            found, given = function.params, 1
        case _:
            return None
    if any(p.kind == "star" for p in found):
        return None
    return [(p.name, p.default is not None) for p in found if p.kind in ("positional", "positional_only")], given


def of_class(cls: Any, constructor: Any) -> tuple[list[tuple[str, bool]], int] | None:
    """The same of a class: its fields, or the parameters of what makes its objects."""
    if cls.fields is not None:
        fields = [f for f in cls.fields if f.init and not f.keyword]
        return [(f.name, f.default is not MISSING or f.factory is not None) for f in fields], 0
    made = constructor()
    return parameters(k.Func(made), None) if made is not None else None


def made_here(stars: list[tuple[ir.Expr, k.Kind]]) -> int | None:
    """How many items a comprehension has that is passed by `*`: a loop in its place would not tell."""
    ((e, kind),) = stars
    e = e.args[0] if isinstance(e, ir.Call) and e.op in ("builtins.tuple", "builtins.list") and e.args else e
    if not isinstance(e, ir.Comprehension) or not isinstance(kind, k.Seq) or kind.items is None:
        return None
    return len(kind.items)


def is_of_any_length(kind: k.Kind) -> bool:
    """Whether a value is one that `*` takes apart, of a length that is not known."""
    match kind:
        case k.Seq(_, items):
            return items is None
        case k.Num():
            return not kind.is_scalar
    return isinstance(kind, k.Unknown) and not isinstance(kind, k.Maybe) and not kind.functions


class StarredCalls:
    """Takes starred arguments apart in statements of their own; `at.stars` has their names by call."""

    def __init__(self, at: Instance, names: Names) -> None:
        self.at, self.names = at, names
        self.changed = False

    def block(self, block: ir.Block) -> ir.Block:
        return tuple(x for s in block for x in self.statement(s))

    def statement(self, s: Any) -> list[ir.Stmt]:
        match s:
            case ir.Assign(_, (ir.Apply() | ir.Call() as e,)) if id(e) in self.at.stars:
                return self.taken_apart(s, e, "values")
            case ir.Unpack(_, ir.Apply() | ir.Call() as e) if id(e) in self.at.stars:
                return self.taken_apart(s, e, "value")
            case ir.Eval(ir.Apply() | ir.Call() as e) if id(e) in self.at.stars:
                return self.taken_apart(s, e, "expr")
        return [map_blocks(self.block, s)]

    def taken_apart(self, s: Any, e: Any, part: str) -> list[ir.Stmt]:
        self.changed = True
        names = self.at.stars[id(e)][1]
        star = next(a for a in e.args if isinstance(a, ir.Star))
        known = names == ["item"] * len(names) and is_path(star.value)
        first: list[ir.Stmt] = []
        if not known:
            e = self.after(e, star, first, edited(s))
        found: tuple[ir.Expr, ...] = tuple(
            ir.Index(star.value, ir.Const(n)) if known else ir.Name(self.names.fresh(name))
            for n, name in enumerate(names)
        )
        args = tuple(x for a in e.args for x in (found if a is star else (a,)))
        call = replace(e, args=args)
        new = replace(s, origin=edited(s), **{part: (call,) if part == "values" else call})
        if known or not found:
            return [new]
        return [*first, ir.Unpack(ir.Display("tuple", found), star.value, origin=edited(s)), new]

    def after(self, e: Any, star: ir.Star, first: list[ir.Stmt], origin: Any) -> Any:
        """The call with names for what is worked out before the starred argument and may do something."""

        def named(x: ir.Expr) -> ir.Expr:
            if not calls_something(x):
                return x
            name = self.names.fresh(name_for(x) if isinstance(x, ir.Apply) else "item")
            first.append(ir.Assign((name,), (x,), origin=origin))
            return ir.Name(name)

        if isinstance(e, ir.Apply):
            e = replace(e, func=named(e.func))
        where = e.args.index(star)
        return replace(e, args=(*map(named, e.args[:where]), *e.args[where:]))
