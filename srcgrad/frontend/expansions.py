"""Calls that are loops: `functools.reduce`, `itertools.accumulate` with a function, `next` of a generator.

    y = reduce(f, xs, start)            y = start
                                  ->    for item in xs:
                                            y = f(y, item)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..ir import nodes as ir
from ..ir.origin import Origin
from ..ir.walk import substitute
from .comprehensions import Loops, own_variables
from .iteration_tools import as_list
from .loops import counted_loop
from .lower import Names
from .rewrites import SUM_OF_LISTS, rewritten

SUM_OF_OBJECTS = "srcgrad.sum_of_objects"


def is_expanded(e: ir.Expr) -> bool:
    """Whether a call becomes a loop before anything else is decided about it."""
    match e:
        case ir.Call("functools.reduce", (_, _, *_), ()) | ir.Call("srcgrad.sum_of_objects" | "srcgrad.sum_of_lists"):
            return True
        case ir.Call("itertools.accumulate", (_, _), keywords):
            return {n for n, _ in keywords} <= {"initial"}
        case ir.Call("builtins.next", (ir.Comprehension("generator"), *default), ()):
            return len(default) <= 1
        case ir.Call("builtins.max" | "builtins.min", (_,), keywords):
            return "default" in dict(keywords)
    return False


def reduced(name: str, e: ir.Call, names: Names, origin: Origin | None) -> list[ir.Stmt]:
    func, iterable, *start = e.args
    item = names.fresh("item")
    before: list[ir.Stmt] = []
    if not isinstance(iterable, ir.Name):
        items = names.fresh("items")
        before.append(ir.Assign((items,), (iterable,)))
        iterable = ir.Name(items)
    rest: ir.Expr = iterable
    if start:
        before.append(ir.Assign((name,), (start[0],)))
    else:
        before.append(ir.Assign((name,), (ir.Index(iterable, ir.Const(0)),)))
        rest = ir.Index(iterable, ir.Slice(ir.Const(1), None, None))
    step = ir.Assign((name,), (ir.Apply(func, (ir.Name(name), ir.Name(item))),))
    return [*before, *counted_loop(ir.Name(item), rest, (step,), (), None, frozenset(names.taken), names)]


def summed(name: str, e: ir.Call, names: Names, origin: Origin | None) -> list[ir.Stmt]:
    """`sum` of objects: the first is added to 0, by the method it has for that, all others to an object."""
    iterable, *start = e.args
    item, before = names.fresh("item"), list[ir.Stmt]()
    if not isinstance(iterable, ir.Name):
        items = names.fresh("items")
        made = iterable if not isinstance(iterable, ir.Comprehension) else replace(iterable, kind="list")
        before.append(ir.Assign((items,), (made,), origin=origin))
        iterable = ir.Name(items)
    zero = start[0] if start else ir.Const(0)
    first = ir.Call("operator.add", (zero, ir.Index(iterable, ir.Const(0))))
    before.append(ir.Assign((name,), (first,), origin=origin))
    step = ir.Assign((name,), (ir.Call("operator.add", (ir.Name(name), ir.Name(item))),), origin=origin)
    rest = ir.Index(iterable, ir.Slice(ir.Const(1), None, None))
    return [*before, *counted_loop(ir.Name(item), rest, (step,), (), None, frozenset(names.taken), names)]


def joined(name: str, e: ir.Call, names: Names, origin: Origin | None) -> list[ir.Stmt]:
    """`sum` of lists: they are joined one by one, the first one to the list it starts with."""
    lists, start = e.args
    item, items = names.fresh("item"), names.fresh("items")
    before = [ir.Assign((items,), (as_list(lists),), origin=origin), ir.Assign((name,), (start,), origin=origin)]
    step = ir.Assign((name,), (ir.Call("operator.add", (ir.Name(name), ir.Name(item))),), origin=origin)
    return [*before, *counted_loop(ir.Name(item), ir.Name(items), (step,), (), None, frozenset(names.taken), names)]


def accumulated(name: str, e: ir.Call, names: Names, origin: Origin | None) -> list[ir.Stmt]:
    """A list of the results so far: the first item, or the initial value, comes as it is."""
    iterable, func = e.args
    initial = dict(e.keywords).get("initial", ir.Const(None))
    item, total = names.fresh("item"), names.fresh("total")
    append = ir.Update(ir.Name(name), "append", ir.Name(total), origin)
    following = ir.Assign((total,), (ir.Apply(func, (ir.Name(total), ir.Name(item))),))
    before: list[ir.Stmt] = [ir.Assign((name,), (ir.Display("list", ()),))]
    if initial != ir.Const(None):
        before += [ir.Assign((total,), (initial,)), append]
        taken = frozenset(names.taken)
        return before + counted_loop(ir.Name(item), iterable, (following, append), (), None, taken, names)
    number = names.fresh("number")
    first = ir.Compare(ir.Name(number), ("==",), (ir.Const(0),))
    step = ir.If(first, (ir.Assign((total,), (ir.Name(item),)),), (following,))
    pair = ir.Display("tuple", (ir.Name(number), ir.Name(item)))
    numbered = ir.Call("builtins.enumerate", (iterable,))
    return before + counted_loop(pair, numbered, (step, append), (), None, frozenset(names.taken), names)


def first_item(name: str, e: ir.Call, names: Names, origin: Origin | None) -> list[ir.Stmt]:
    """The first item of a generator: its loops are left as soon as there is one."""
    inner, *default = e.args
    assert isinstance(inner, ir.Comprehension)
    renamed = own_variables(inner, names)
    found = names.fresh("found")
    before: list[ir.Stmt] = [ir.Assign((name,), (d,), origin=origin) for d in default]
    before.append(ir.Assign((found,), (ir.Const(False),)))
    value = ir.Assign((name,), (substitute(inner.element, renamed),), origin=origin)
    step = (value, ir.Assign((found,), (ir.Const(True),)), ir.Break())
    leave = ir.If(ir.Name(found), (ir.Break(),))
    loops = Loops(inner, renamed, names, leave).around(step)
    missing: list[ir.Stmt] = [] if default else [ir.Eval(ir.Call("srcgrad.runtime.require_found", (ir.Name(found),)))]
    return [*before, *loops, *missing]


def extreme_or_default(name: str, e: ir.Call, names: Names, origin: Origin | None) -> list[ir.Stmt]:
    """`max(xs, key=f, default=d)`: both arguments are worked out, whichever is taken."""
    keywords = dict(e.keywords)
    items, default = names.fresh("items"), keywords.pop("default")
    before = [ir.Assign((items,), (as_list(e.args[0]),), origin=origin)]
    if not isinstance(default, ir.Const | ir.Name):
        own = names.fresh("default")
        before.append(ir.Assign((own,), (default,), origin=origin))
        default = ir.Name(own)
    args, rest = (ir.Name(items),), tuple((n, v) for n, v in keywords.items() if v != ir.Const(None))
    found = rewritten(e.op, args, rest) or ir.Call(e.op, args, rest)
    there = ir.Compare(ir.Call("builtins.len", args), (">",), (ir.Const(0),))
    first, other = ((ir.Assign((name,), (v,), origin=origin),) for v in (found, default))
    return [*before, ir.If(there, first, other)]


EXPANDED: dict[str, Callable[[str, ir.Call, Names, Origin | None], list[ir.Stmt]]] = {
    "functools.reduce": reduced,
    SUM_OF_OBJECTS: summed,
    SUM_OF_LISTS: joined,
    "itertools.accumulate": accumulated,
    "builtins.next": first_item,
    "builtins.max": extreme_or_default,
    "builtins.min": extreme_or_default,
}
