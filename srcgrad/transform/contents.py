"""How what a statement overwrites is saved, and put back.

    A[p] = e             saved: A[p].copy()          put back: A[p] = saved
    xs.append(e)         nothing                     xs.pop()
    xs.pop(i)            xs[i]                       xs.insert(i, saved)
    f(xs)                all that xs holds           all of it is put back
    d[key] = e           whether it is there         d[key] = saved, or del d[key]
    p.x = e              nothing, of a new one       del p.x
"""

from __future__ import annotations

from collections.abc import Callable

from ..analysis import kinds as k
from ..analysis.container_changes import APPEND, LAST, POP, is_container_change
from ..analysis.paths import index_parts
from ..analysis.sharing import is_advanced, may_share
from ..ir import nodes as ir
from ..ir.build import call
from ..ir.walk import root
from .container_changes import PUT_IN, has_key, is_new

KindOf = Callable[[ir.Expr], k.Kind]
ALL = ir.Const(...)


def saved(s: ir.Stmt, place: ir.Expr, kind: KindOf) -> ir.Expr | None:
    """What to push before a statement that changes `place`; None if it is undone without."""
    match s:
        case ir.Update(_, ".append"):
            return None
        case ir.Update(container, ".pop") if is_plain_dict(kind(container)):  # the order of its keys comes back
            return call("builtins.dict", container)
        case ir.Update(container, ".pop", index):
            return ir.Index(container, index)
    if is_new(s, place, kind):
        return None
    found = k.unless_none(kind(place))
    if may_be_missing(s, place, kind):
        assert isinstance(place, ir.Index)
        return call("srcgrad.runtime.slot", place.base, place.index)
    if is_container_change(s, kind) or isinstance(found, k.Num) and found.is_scalar:
        return place
    if holds_memory(place, found):
        return call("srcgrad.runtime.contents", place)
    if isinstance(found, k.Seq):
        return call("builtins.list", place)
    if isinstance(found, k.Dict):
        return call("builtins.dict", place)
    return copied(place, found, kind)


def stack_for(s: ir.Stmt, place: ir.Expr, kind: KindOf) -> str:
    """The name of what is saved: values of one kind go on one stack, or nobody could tell what comes off it.

    `p` for a name and for elements of an array, `p_x` for the attribute of an object, `xs_item` for an item of a list.
    """
    if not isinstance(s, ir.Store | ir.Update) and holds_memory(place, k.unless_none(kind(place))):
        return f"{root(place)}_contents"
    return path_for(s, place, kind)


def path_for(s: ir.Stmt, place: ir.Expr, kind: KindOf) -> str:
    match place:
        case ir.Index(base, ir.Const(ir.Field() as name)):
            path = f"{path_for(s, base, kind)}_{name}"
            return f"{path}_slot" if may_be_missing(s, place, kind) else path
        case ir.Index(base, index) if in_container(place, kind) and not isinstance(index, ir.Slice):
            path = path_for(s, base, kind)
            return f"{path}_slot" if may_be_missing(s, place, kind) else f"{path}_item"
        case ir.Index(base) | ir.Attribute(base):
            return path_for(s, base, kind)
    match s:
        case ir.Update(container, ".pop") if container is place and isinstance(kind(place), k.Seq):
            return f"{root(place)}_item"
    return root(place)


def copied(place: ir.Expr, found: k.Kind, kind: KindOf) -> ir.Expr:
    """Part of an array, safe from being overwritten."""
    if isinstance(place, ir.Index):
        parts = index_parts(place.index)
        if any(is_advanced(kind(p)) for p in parts):
            return place
    known = isinstance(found, k.Num) and found.kind == "array"
    return ir.Call(".copy", (place,)) if known else call("numpy.copy", place)


def put_back(s: ir.Stmt, place: ir.Expr, stack: Callable[[], ir.Name], kind: KindOf) -> ir.Stmt:
    """The statement that undoes the change; `stack` holds what was saved."""
    if isinstance(s, ir.Update) and s.op == APPEND:
        return ir.Eval(call(".pop", s.place))
    if is_new(s, place, kind):
        assert isinstance(place, ir.Index)
        return ir.Update(place.base, POP, place.index)  # type: ignore[arg-type]
    last = call(".pop", stack())
    match s:
        case ir.Update(container, ".pop") if is_plain_dict(kind(container)):
            return ir.Eval(call("srcgrad.runtime.refill", container, last))
        case ir.Update(container, ".pop", index) if k.is_record(kind(container)):
            return ir.Store(ir.Index(container, index), last)
        case ir.Update(container, ".pop", index):
            return ir.Eval(call(".append", container, last) if index == LAST else call(PUT_IN, container, index, last))
    if may_be_missing(s, place, kind):
        assert isinstance(place, ir.Index)
        return ir.Eval(call("srcgrad.runtime.put_back", place.base, place.index, last))
    found = k.unless_none(kind(place))
    if holds_memory(place, found):
        return ir.Eval(call("srcgrad.runtime.put_contents_back", last))
    if isinstance(place, ir.Name) and isinstance(found, k.Seq) and found.kind == "list":
        return ir.Store(ir.Index(place, ir.Slice(None, None, None)), last)
    if isinstance(place, ir.Name) and isinstance(found, k.Seq | k.Dict):
        return ir.Eval(call("srcgrad.runtime.refill", place, last))
    in_place = isinstance(place, ir.Name) or in_container(place, kind) and not is_container_change(s, kind)
    return ir.Store(ir.Index(place, ALL) if in_place else place, last)  # type: ignore[arg-type]


def holds_memory(place: ir.Expr, found: k.Kind) -> bool:
    """Whether all of a container is saved in which there may be others, and arrays: these may have changed as well.

    So is what may be an array or a number, which has no contents.
    """
    parts = k.parts(found) if isinstance(found, k.Seq | k.Dict) else ()
    unknown = found.kind == "any" if isinstance(found, k.Num) else not isinstance(found, k.Seq | k.Dict)
    return isinstance(place, ir.Name) and (unknown or any(map(may_share, parts)))


def in_container(place: ir.Expr, kind: KindOf) -> bool:
    return isinstance(place, ir.Index) and isinstance(kind(place.base), k.Seq | k.Dict)


def is_plain_dict(found: k.Kind) -> bool:
    return isinstance(found, k.Dict) and not k.is_record(found)


def may_be_missing(s: ir.Stmt, place: ir.Expr, kind: KindOf) -> bool:
    """Whether a slot of a dict may be new."""
    if not isinstance(place, ir.Index) or isinstance(s, ir.Update):
        return False
    base = kind(place.base)
    return isinstance(base, k.Dict) and not has_key(base, kind(place.index))
