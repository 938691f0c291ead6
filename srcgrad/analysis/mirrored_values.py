"""What goes on to the operands of a value when the shadow of the value is looked up in memory.

    [a, x * 2.0]     nothing to `a`: the shadow holds that of `a` itself; the second item to `x * 2.0`
    list(xs)         the numbers in it to `xs`; what is memory is the same in both
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from ..ir import nodes as ir
from ..ir.build import call
from . import kinds as k
from .paths import MAY_COPY, VIEW_CALLS, is_part, is_view, path_root, spine
from .sharing import may_share
from .tangles import Tangles

NUMBERS, COPIED = "numbers", "copied"
SHALLOW = frozenset({"builtins.list", "builtins.tuple", "builtins.dict", ".copy"})
TAKING = frozenset({"builtins.zip", "builtins.enumerate", "builtins.reversed", ".values", ".items"})
PARTS = frozenset({
    "numpy.split", "numpy.array_split", "numpy.hsplit", "numpy.vsplit", "numpy.dsplit", "numpy.unstack",
    "numpy.diagonal", ".diagonal", "numpy.linalg.diagonal",
})  # fmt: skip


class Unmirrored(Exception):
    """A value of which it is not known what would go on to its operands."""


@dataclass(frozen=True)
class Pull:
    """`part` of a shadow goes on to an expression; as the NUMBERS in it, or where it is COPIED memory, if so said."""

    value: ir.Expr
    part: ir.Expr
    how: str = ""


class Values:
    """Values that are given to `names`, or put into containers that these stand for."""

    def __init__(self, names: frozenset[str], kind: Any, tangles: Tangles, items: Any = None) -> None:
        self.names, self.tangles = names, tangles
        self.kind: Callable[[ir.Expr], k.Kind] = lambda e: k.unless_none(kind(e))  # None has no shadow
        self.items = items or plain_items

    def fits(self, e: ir.Expr) -> bool:
        try:
            list(self.pulls(e, ir.Name("d")))
        except Unmirrored:
            return False
        return True

    def holds(self, e: ir.Expr) -> bool:
        """Whether a value holds memory that has a name, or has some of its own in two places."""
        return bool(self.tangles.sharing(e) & self.names) or self.tangles(e)

    def pulls(self, e: ir.Expr, part: ir.Expr | None) -> Iterator[Pull]:
        """What goes on when `e` has the shadow `part`; None where it has none of its own."""
        if not self.kind(e).active:
            return
        if not self.holds(e):
            yield pull(e, part)
        elif is_view(e, self.kind) and is_unsure(self.kind(e)):
            yield replace(pull(e, part), how=COPIED if isinstance(self.kind(e), k.Num) else NUMBERS)
        elif is_view(e, self.kind):
            return
        elif is_part(e, self.kind) or self.may_be_part(e):
            yield replace(pull(e, part), how=COPIED)
        else:
            yield from self.inside(e, part)

    def may_be_part(self, e: ir.Expr) -> bool:
        """Whether a value is a number, an array, or a part of one, and only the run tells which."""
        if not all(isinstance(self.kind(x), k.Num) or isinstance(x, ir.Name) for x in spine(e)):
            return False
        steps = [x for x in spine(e) if not isinstance(x, ir.Name | ir.Index)]
        return path_root(e) in self.names and all(
            isinstance(x, ir.Call) and x.op in VIEW_CALLS | MAY_COPY or isinstance(x, ir.Attribute) and x.name == "T"
            for x in steps
        )

    def inside(self, e: ir.Expr, part: ir.Expr | None) -> Iterator[Pull]:
        match e:
            case ir.Display() | ir.Mapping():
                for item, own, spread in self.items(e, part):
                    yield from self.shallow(item, own, spread == "dict") if spread else self.pulls(item, own)
            case ir.Call(op, (inner,), ()) if op in SHALLOW:
                yield from self.shallow(inner, part, True)
            case ir.Index(base, ir.Slice()):
                yield from self.shallow(base, None)
            case ir.Call(op, args, ()) if op in TAKING:
                for a in args:
                    yield from self.shallow(a, None)
            case ir.Call("srcgrad.runtime.dict_of", (_, values)):
                yield from self.shallow(values, None)
            case ir.Call("operator.add", (a, b)) if isinstance(self.kind(e), k.Seq):
                size = call("builtins.len", a)
                yield from self.shallow(a, sliced(part, ir.Slice(None, size, None)))
                yield from self.shallow(b, sliced(part, ir.Slice(size, None, None)))
            case ir.Call("operator.mul", (a, b)):
                yield from self.repeated(a if isinstance(self.kind(a), k.Seq) else b,
                                         self.kind(b if isinstance(self.kind(a), k.Seq) else a), part)  # fmt: skip
            case ir.Call(op, (whole, *_)) if op in PARTS and is_part(whole, self.kind):
                return
            case _:
                raise Unmirrored

    def shallow(self, e: ir.Expr, part: ir.Expr | None, whole: bool = False) -> Iterator[Pull]:
        """What goes on to `e` of a container that holds items of it."""
        found = self.kind(e)
        if not found.active:
            return
        if not self.holds(e):
            yield pull(e, part)
        elif isinstance(e, ir.Display | ir.Mapping) or not is_view(e, self.kind):
            yield from self.inside(e, part)
        elif isinstance(found, k.Num):
            if not (isinstance(found.dims, tuple) and len(found.dims) > 1):
                raise Unmirrored
        elif not holds_memory_only(found):
            if not whole:
                raise Unmirrored
            yield replace(pull(e, part), how=NUMBERS)

    def repeated(self, e: ir.Expr, times: k.Kind, part: ir.Expr | None) -> Iterator[Pull]:
        """`[e] * n`: all slots hold one item."""
        found = self.kind(e)
        if not found.active or is_view(e, self.kind) and holds_memory_only(found):
            return
        certain = isinstance(times, k.Num) and isinstance(times.value, int) and times.value > 0
        if not (certain and isinstance(e, ir.Display)) or not holds_memory_only(found):
            raise Unmirrored
        yield from self.pulls(e, part)


def pull(e: ir.Expr, part: ir.Expr | None) -> Pull:
    if part is None:
        raise Unmirrored
    return Pull(e, part)


def sliced(part: ir.Expr | None, index: ir.Slice) -> ir.Expr | None:
    return None if part is None else ir.Index(part, index)


def plain_items(e: Any, part: ir.Expr | None) -> Iterator[tuple[ir.Expr, ir.Expr | None, str]]:
    """The items of a container that is written out; their shadows do not matter here."""
    if isinstance(e, ir.Display):
        for item in e.items:
            yield (item.value, part, "list") if isinstance(item, ir.Star) else (item, part, "")
    else:
        for key, value in zip(e.keys, e.values, strict=True):
            yield value, part, "dict" if key is None else ""


def inner_kinds(kind: k.Kind) -> list[k.Kind]:
    match kind:
        case k.Seq(_, items, element):
            return list(items) if items is not None else [element or k.Unknown()]
        case k.Dict(items, element):
            return [v for _, v in items] if items is not None else [element or k.Unknown()]
    return []


def is_memory(kind: k.Kind) -> bool:
    """Whether a value certainly is, or holds, memory that can change."""
    match kind:
        case k.Num(found):
            return found == "array"
        case k.Maybe(inner=inner):  # None has no shadow
            return is_memory(inner)
        case k.Seq("tuple"):
            return any(map(is_memory, inner_kinds(kind)))
        case k.Seq("list") | k.Dict():
            return True
    return False


def holds_memory_only(kind: k.Kind) -> bool:
    """Whether nothing that a container holds is a number that carries a derivative."""
    return all(is_memory(i) or not i.active for i in inner_kinds(kind))


def is_unsure(kind: k.Kind) -> bool:
    """Whether only the run tells if a value is memory: a number or an array, or a tuple of such."""
    match kind:
        case k.Num():
            return not kind.is_scalar and not is_memory(kind)
        case k.Maybe(inner=inner):
            return is_unsure(inner)
        case k.Seq("tuple"):
            return not is_memory(kind) and may_share(kind) or any(map(is_unsure, inner_kinds(kind)))
    return False


def can_look_up(kind: k.Kind) -> bool:
    """Whether the shadow of a value can be found: of numbers, arrays and containers of these."""
    match kind:
        case k.Num() | k.Known() | k.Never():
            return True
        case k.Maybe(inner=inner):
            return can_look_up(inner)
        case k.Seq("tuple" | "list") | k.Dict():
            return all(map(can_look_up, inner_kinds(kind)))
    return False
