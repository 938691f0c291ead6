"""Calls of library functions with `*` and `**`, where kinds tell what is in them.

    np.clip(x, *bounds)      np.clip(x, bounds[0], bounds[1])
    np.sum(x, **options)     np.sum(x, axis=options["axis"])
    np.r_[pieces]            np.r_[*pieces], of a tuple
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..frontend.joiners import is_joiner
from ..ir import nodes as ir
from ..rules.registry import lookup
from . import kinds as k
from .containers import STARRED
from .helpers import helper_form

KindOf = Callable[[ir.Expr], k.Kind]
Words = tuple[tuple[str | None, ir.Expr], ...]


EXTREMES = ("builtins.max", "builtins.min")


def written_as(e: ir.Expr, kind: KindOf) -> ir.Expr | None:
    """What an expression is in plainer words: a helper of emitted code, or a call with its arguments written out."""
    form = helper_form(e, kind)
    return form if form is not None else spread_form(e, kind)


def spread_form(e: ir.Expr, kind: KindOf) -> ir.Expr | None:
    """The call with its arguments written out; None if nothing in it can be."""
    match e:
        case ir.Call(op, (joined,), ()) if is_joiner(op) and is_tuple(joined, kind):
            return replace(e, args=(ir.Star(joined),))
        case ir.Call() if stands_for_several(e):
            spread = arguments(e.args, kind)
            if spread != e.args:
                return replace(e, args=spread)
            if e.op in EXTREMES and not e.keywords:  # of as many as there are
                return replace(e, args=(ir.Display("list", e.args),))
        case ir.Apply(func, args, keywords) if is_starred(args, keywords) and is_library(kind(func)):
            spread, words = arguments(args, kind), options(keywords, kind)
            return ir.Apply(func, spread, words) if (spread, words) != (args, keywords) else None
    return None


def is_tuple(e: ir.Expr, kind: KindOf) -> bool:
    found = kind(e) if not isinstance(e, ir.Star | ir.Slice) else None
    return isinstance(found, k.Seq) and found.kind == "tuple"


def stands_for_several(e: ir.Call) -> bool:
    """Whether a starred argument stands where a rule has parameters of their own."""
    if not any(isinstance(a, ir.Star) for a in e.args) or e.op in STARRED:
        return False
    rule = lookup(e.op)
    return rule is not None and any(isinstance(a, ir.Star) for a in e.args[: len(rule.pattern.positional)])


def is_starred(args: tuple[ir.Expr, ...], keywords: Words) -> bool:
    return any(isinstance(a, ir.Star) for a in args) or any(n is None for n, _ in keywords)


def is_library(kind: k.Kind) -> bool:
    return isinstance(kind, k.Func) and isinstance(kind.target, str)


def arguments(args: tuple[ir.Expr, ...], kind: KindOf) -> tuple[ir.Expr, ...]:
    found: list[ir.Expr] = []
    for a in args:
        items = parts(a.value, kind) if isinstance(a, ir.Star) else None
        found += [a] if items is None else items
    return tuple(found)


def parts(e: ir.Expr, kind: KindOf) -> list[ir.Expr] | None:
    """The items of a tuple, list or array of known length, as expressions."""
    if isinstance(e, ir.Display) and e.kind != "set" and not any(isinstance(i, ir.Star) for i in e.items):
        return list(e.items)
    if not is_path(e):
        return None
    match kind(e):
        case k.Seq(_, items) if items is not None:
            return [ir.Index(e, ir.Const(n)) for n in range(len(items))]
        case k.Num("array", _, (int(count), *_)):
            return [ir.Index(e, ir.Const(n)) for n in range(count)]
    return None


def options(keywords: Words, kind: KindOf) -> Words:
    found: list[tuple[str | None, ir.Expr]] = []
    for name, value in keywords:
        if name is None and isinstance(value, ir.Mapping) and value.cls is None and all(map(is_word, value.keys)):
            words = [key.value for key in value.keys if isinstance(key, ir.Const)]
            found += zip(words, value.values, strict=True)
            continue
        given = kind(value) if name is None and is_path(value) else None
        keys = [key for key, _ in given.items] if isinstance(given, k.Dict) and given.items is not None else None
        if keys is not None and all(isinstance(key, str) for key in keys):
            found += [(key, ir.Index(value, ir.Const(key))) for key in keys]
        else:
            found.append((name, value))
    return tuple(found)


def is_word(key: ir.Expr | None) -> bool:
    return isinstance(key, ir.Const) and isinstance(key.value, str)


def is_path(e: ir.Expr) -> bool:
    """Whether an expression may be written several times: a name, or a part of one at a constant place."""
    match e:
        case ir.Name():
            return True
        case ir.Attribute(base, _) | ir.Index(base, ir.Const()):
            return is_path(base)
        case ir.Index(base, ir.Slice(lower, upper, step)):
            return is_path(base) and all(p is None or isinstance(p, ir.Const) for p in (lower, upper, step))
    return False
