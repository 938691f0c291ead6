"""Views of dicts that are kept: they show what becomes of the dict later, and the lists that stand for them do not.

    names = d.keys()           names = list(d.keys())
    for n in names:            for n in names:
        t += d[n]                  t += d[n]

    values = d.values()
    d["a"] = x                 refused: `values` has it, too
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..frontend.stand_in_types import SET_OPERATORS
from ..ir import nodes as ir
from ..ir.walk import block_reads, children, reads, statement_expressions, statements, subexpressions
from . import kinds as k
from .container_steps import is_dict
from .relation import closure

VIEWS = (".keys", ".values", ".items")
Kind = Callable[[ir.Expr], k.Kind]


def view_as_list(e: ir.Expr, kind: Kind) -> ir.Expr:
    """`d.keys()` as a list, for loops that go through it by position; so the values of a dict of constants."""
    match e:
        case ir.Call(op, (base,), ()) if op in VIEWS and is_dict(kind(base)):
            return ir.Call("builtins.list", (e,)) if op == ".keys" or not kind(base).active else e
    return e


def views_listed(e: ir.Expr, kind: Kind) -> ir.Expr | None:
    """What is given such views or holds them, with lists in their place; None of anything else.

    A call that is given the dict, too, may change it while it has a view of the values.
    """

    def listed(x: ir.Expr) -> ir.Expr:
        shared = sum(bool(reads(x) & reads(c)) for c in children(e)) > 1
        return view_as_list(x, kind) if not shared or isinstance(x, ir.Call) and x.op == ".keys" else x

    match e:
        case ir.Apply(func, args, keywords):
            new: ir.Expr = ir.Apply(func, tuple(map(listed, args)), tuple((n, listed(v)) for n, v in keywords))
        case ir.Call(op, (receiver, *rest), keywords) if op.startswith(".") and k.is_record(k.present(kind(receiver))):
            new = ir.Call(op, (receiver, *map(listed, rest)), tuple((n, listed(v)) for n, v in keywords))
        case ir.Display(form, items):
            new = ir.Display(form, tuple(map(listed, items)))
        case _:
            return None
    return new if new != e else None


def refuse_kept_views(interpreter: Any, evaluate: Any, diagnose: Any) -> None:
    for instance in interpreter.reached():
        refuse_views_inside(instance, evaluate, diagnose)
        body = list(statements(instance.body))
        for name, view in views_in(instance.function.body):
            for n, s in enumerate(body):
                if isinstance(s, ir.Assign) and name in s.names and is_dict(evaluate(instance, s, view.args[0])):
                    for where, e in differs(instance, body, n, name, view, evaluate):
                        diagnose(
                            "SG222", f"`{name}` is a view of a dict, which shows what changes in the dict", instance,
                            where, e, "Write `list(...)` around the view, or ask the dict again.",
                        )  # fmt: skip


def refuse_views_inside(instance: Any, evaluate: Any, diagnose: Any) -> None:
    """Views in containers, and those that a function gives of what it is given, or of what is not its own."""
    own = instance.names.keys() - instance.params.keys()
    for s in statements(instance.function.body):
        given = [s.value] if isinstance(s, ir.Return) and s.value is not None else []
        inside = [p for e in statement_expressions(s) for x in subexpressions(e) for p in parts(x)]
        for e in [*(x for x in given if not reads(x) <= own), *inside]:
            match e:
                case ir.Call(op, (ir.Name(name),), ()) if op in VIEWS and is_dict(kind_of(instance, s, name, evaluate)):
                    message = f"a view of `{name}` is kept here, and shows what changes in the dict"
                    diagnose("SG222", message, instance, s, e, "Write `list(...)` around it.")


def kind_of(instance: Any, s: ir.Stmt, name: str, evaluate: Any) -> Any:
    """The kind of a name, of the module too where a view of it is returned: a call whose result is known is kept."""
    outside = name not in instance.names and isinstance(s, ir.Return)
    return evaluate(instance, s, ir.Name(name)) if outside else instance.kind_of_name(name)


def parts(e: ir.Expr) -> tuple[ir.Expr, ...]:
    match e:
        case ir.Display(_, items) | ir.Mapping(_, items) | ir.Call(".append" | ".insert" | ".setdefault", (_, *items)):
            return tuple(items)
    return ()


def views_in(block: ir.Block) -> Iterator[tuple[str, ir.Call]]:
    """Names that are given views, as the user wrote it."""
    for s in statements(block):
        match s:
            case ir.Assign(names, values) if len(names) == len(values):
                for name, view in zip(names, values, strict=True):
                    if isinstance(view, ir.Call) and view.op in VIEWS and len(view.args) == 1:
                        yield name, view


def differs(
    instance: Any, body: list[ir.Stmt], start: int, name: str, view: ir.Call, evaluate: Any
) -> Iterator[tuple[ir.Stmt, ir.Expr | None]]:
    """Where a view is another thing than a list of what was in the dict."""
    used = [n for n, s in enumerate(body) if n > start and name in block_reads((s,))]
    region = body[start + 1 : max((last_again(body, n, start) for n in used), default=start) + 1]
    aliases = instance.aliases
    dicts = closure(aliases.before.get(id(body[start]), {}), reads(view)) if aliases is not None else frozenset[str]()
    for s in region:
        yield from ((s, e) for x in statement_expressions(s) for e in subexpressions(x) if is_set(e, name))
        changed = aliases.changed.get(id(s), frozenset()) if aliases is not None else frozenset()
        if dicts & changed and not keeps_items(s, name, view, region, lambda e, s=s: evaluate(instance, s, e)):  # type: ignore[misc]
            yield s, None


def last_again(body: list[ir.Stmt], use: int, start: int) -> int:
    """The last statement after which a name may be read again: a loop that does not bind it runs once more."""
    last = use
    for n, s in enumerate(body[: use + 1]):
        inner = len(list(statements((s,)))) if isinstance(s, ir.For | ir.While) else 0
        if n > start and n + inner > use:
            last = max(last, n + inner - 1)
    return last


def is_set(e: ir.Expr, name: str) -> bool:
    """Whether a view is compared, or taken for the set it is."""
    match e:
        case ir.Compare(first, ops, rest):
            return any(op not in ("in", "not in") for op in ops) and ir.Name(name) in (first, *rest)
        case ir.Call(op, args):
            return op in SET_OPERATORS and ir.Name(name) in args
    return False


def keeps_items(s: ir.Stmt, name: str, view: ir.Call, region: list[ir.Stmt], kind: Kind) -> bool:
    """Whether what changes is an array in the dict, or only the value of a key that is there."""
    if not isinstance(s, ir.Store | ir.Update) or not isinstance(s.place, ir.Index):
        return False
    if isinstance(kind(s.place.base), k.Num):
        return True
    loops = [x.header or (x.target, x.iterable) for x in region if isinstance(x, ir.For)]
    through = [target for target, iterable in loops if iterable == ir.Name(name)]
    there = s.place.index in through if isinstance(s, ir.Store) else s.op.startswith("operator.")
    return view.op == ".keys" and there
