"""Functions that pass `*args` and `**kwargs` on to another, with the parameters of that one instead.

    def wrapper(x, *args, **kwargs):                    def wrapper(x, p=0.5):
        return 2.0 * f(abs(x), *args, **kwargs)   ->        return 2.0 * f(abs(x), p)
"""

from __future__ import annotations

import ast
from typing import Any


def passed_on(node: ast.FunctionDef, functions: set[str], inner: ast.arguments) -> ast.FunctionDef:
    """The function with the parameters of the `functions` it calls; itself where it does more with what it is given."""
    own = node.args
    star, words = own.vararg, own.kwarg
    if star is None and words is None or inner.vararg or inner.kwarg or inner.posonlyargs or own.posonlyargs:
        return node
    calls = [n for n in ast.walk(node) if isinstance(n, ast.Call) and is_passing(n, functions, own)]
    uses = [n.id for n in ast.walk(node) if isinstance(n, ast.Name)]
    wanted = [p.arg for p in (star, words) if p is not None]
    if not calls or any(uses.count(n) != len(calls) for n in wanted) or own.kwonlyargs:
        return node
    rest, defaults = inner.args[len(own.args) :], padded(inner)[len(own.args) :]
    positional = rest if star is not None else []
    only = [*([] if star is not None else zip(rest, defaults, strict=True)), *keyword_only(inner)]
    only = only if words is not None else [(p, d) for p, d in only if d is None]
    names = [p.arg for p in positional] + [p.arg for p, _ in only]
    given = [d for d in (*defaults, *inner.kw_defaults) if d is not None]
    if set(names) & {*uses, *(p.arg for p in own.args)} or not all(map(is_constant, given)) or own.defaults:
        return node
    if words is None and only:
        return node
    for call in calls:
        call.args = [*call.args[: len(own.args)], *(ast.Name(p.arg, ast.Load()) for p in positional)]
        call.keywords = [ast.keyword(p.arg, ast.Name(p.arg, ast.Load())) for p, _ in only]
    node.args = ast.arguments(
        [], [*own.args, *map(plain, positional)], None, [plain(p) for p, _ in only], [d for _, d in only], None,
        [d for d in defaults if d is not None] if star is not None else [],
    )  # fmt: skip
    return node


def is_passing(call: ast.Call, functions: set[str], own: ast.arguments) -> bool:
    """Whether a call gives a function something for each parameter, and all that `*` and `**` take."""
    if not isinstance(call.func, ast.Name) or call.func.id not in functions:
        return False
    starred = [a.value for a in call.args if isinstance(a, ast.Starred)]
    plain_ones = [a for a in call.args if not isinstance(a, ast.Starred)]
    if len(plain_ones) != len(own.args) or call.args[: len(own.args)] != plain_ones:
        return False
    return names(starred) == named(own.vararg) and names([w.value for w in call.keywords]) == named(own.kwarg) and all(
        w.arg is None for w in call.keywords
    )


def names(found: list[ast.expr]) -> list[str]:
    return [e.id if isinstance(e, ast.Name) else "" for e in found]


def named(p: ast.arg | None) -> list[str]:
    return [p.arg] if p is not None else []


def padded(a: ast.arguments) -> list[Any]:
    return [None] * (len(a.args) - len(a.defaults)) + list(a.defaults)


def keyword_only(a: ast.arguments) -> list[tuple[ast.arg, Any]]:
    return list(zip(a.kwonlyargs, a.kw_defaults, strict=True))


def plain(p: ast.arg) -> ast.arg:
    return ast.arg(p.arg)


def is_constant(e: ast.expr) -> bool:
    return isinstance(e, ast.Constant) or isinstance(e, ast.UnaryOp) and isinstance(e.operand, ast.Constant)
