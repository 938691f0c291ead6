"""What the reverse sweep still has to read at a point of the forward sweep: names, bindings, memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..ir import nodes as ir
from .rebinding import NONE, Names
from .relation import ENTRY

BINDING = "&"  # "&x": what x is bound to is needed, not its contents
MEMORY = "@"  # "@x": the contents of what x is bound to are needed, under some other reference to it


@dataclass
class Flow:
    """Names required and names certainly bound at a point; `live` is False where control never arrives."""

    required: Names
    bound: Names
    live: bool = True


def meet(flows: Iterable[Flow]) -> Flow:
    arriving = [f for f in flows if f.live]
    if not arriving:
        return Flow(NONE, NONE, False)
    bound = frozenset.intersection(*(f.bound for f in arriving))
    return Flow(frozenset().union(*(f.required for f in arriving)), bound)


def is_needed(name: str, required: Names) -> bool:
    """Whether what a name is bound to must be kept."""
    return name in required or BINDING + name in required


def without_contents(required: Names, name: str, fixed: bool) -> Names:
    """What is needed besides once the contents of an array are saved as a whole: what changes them later saves nothing.

    `fixed`: the name is never bound anew, so that its memory is that of an argument, if it is one."""
    same = {name, ENTRY + name} if fixed else {name}
    bound = frozenset((BINDING + name,)) if name in required else NONE
    return (required - frozenset(p + n for n in same for p in ("", MEMORY))) | bound


def filled(place: ir.Expr) -> str:
    """The name of the array that a place is the whole of: `x`, `x[:]`, `x[...]`, `x[:, :]`; "" of any other place."""
    match place:
        case ir.Name(name):
            return name
        case ir.Index(ir.Name(name), ir.Display("tuple", parts)) if parts and all(map(is_all, parts)):
            return name
        case ir.Index(ir.Name(name), index) if is_all(index):
            return name
    return ""


def is_all(index: ir.Expr) -> bool:
    return index == ir.Slice(None, None, None) or isinstance(index, ir.Const) and index.value is ...


def only_bindings(names: Names) -> Names:
    return frozenset(BINDING + n for n in names)
