"""Functions as values, with what they carry: closures, partials, bound methods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..ir import nodes as ir
from ..ir.walk import reads
from . import kinds as k


def carries_values(kind: k.Func) -> bool:
    """Whether a function holds anything but other functions that hold nothing."""
    return any(
        carries_values(h.kind) if isinstance(h.kind, k.Func) else not isinstance(h.kind, k.Never | k.Known)
        for h in kind.held
    )


def without_access(kind: k.Func) -> k.Func:
    """A function that holds nothing but library functions, where the names it reads them by do not stand."""
    held = (replace(h, kind=without_access(h.kind)) if isinstance(h.kind, k.Func) else h for h in kind.held)
    return k.Func(kind.target, tuple(replace(h, access=ir.Const(None)) for h in held))


def makes_closures(kind: k.Kind) -> bool:
    """Whether a result is a function that carries values, or holds one."""
    match kind:
        case k.Func():
            return carries_values(kind)
        case k.Seq(_, items, element):
            return any(makes_closures(i) for i in (*(items or ()), *((element,) if element is not None else ())))
        case k.Dict(items) if not isinstance(kind, k.Linked):
            return any(makes_closures(i) for _, i in items or ())
    return False


def mapped_functions(change: Callable[[k.Func], k.Kind], kind: k.Kind) -> k.Kind:
    """A kind with each function in it changed."""
    match kind:
        case k.Func():
            return change(kind)
        case k.Seq(_, items) if items is not None:
            return replace(kind, items=tuple(mapped_functions(change, i) for i in items))
        case k.Dict(items) if items is not None and not isinstance(kind, k.Linked):
            return replace(kind, items=tuple((key, mapped_functions(change, i)) for key, i in items))
    return kind


def functions_in(kind: k.Kind) -> list[k.Func]:
    """The functions that a container holds by name or place."""
    found: list[k.Func] = []

    def note(f: k.Func) -> k.Kind:
        found.append(f)
        return f

    mapped_functions(note, kind)
    return found


def with_own_functions(new: k.Kind, old: k.Kind, own: k.Kind) -> k.Kind:
    """What a callee leaves of a container, with the functions that it has left alone as the caller knows them.

    `old` is the container as the callee was given it, `own` as the caller has it: what its functions carry has names of
    the caller there.
    """
    match new, old, own:
        case k.Func(), k.Func(), k.Func():
            return own if new == old else new
        case k.Seq(_, items), k.Seq(_, before), k.Seq(_, mine) if items and before and mine:
            if len(items) == len(before) == len(mine):
                return replace(new, items=tuple(map(with_own_functions, items, before, mine)))
        case k.Dict(items), k.Dict(before), k.Dict(mine) if items and before and mine and not isinstance(new, k.Linked):
            known, at_home = dict(before), dict(mine)
            return replace(new, items=tuple(
                (n, with_own_functions(i, known[n], at_home[n]) if n in known and n in at_home else i) for n, i in items
            ))  # fmt: skip
    return new


def carries(kind: k.Kind, names: set[str]) -> bool:
    """Whether a function carries what one of these names stands for."""
    match kind:
        case k.Func(_, held):
            return any(reads(h.access) & names or carries(h.kind, names) for h in held)
        case k.Seq(_, items, element):
            return any(carries(i, names) for i in (*(items or ()), *((element,) if element is not None else ())))
        case k.Dict(items) if not isinstance(kind, k.Linked):
            return any(carries(i, names) for _, i in items or ())
    return False


def carried_name(parameter: str, role: str) -> str:
    """The parameter through which a callee receives what the function in `parameter` carries."""
    return f"{parameter}_{role.lstrip('#=')}" if role[0] != "#" else f"{parameter}_arg{role[1:]}"


def received_names(name: str, kind: k.Kind) -> set[str]:
    """The parameters through which a callee receives what the functions in its parameter `name` carry."""
    match kind:
        case k.Func(_, held):
            own = {carried_name(name, h.role): h.kind for h in held}
            return own.keys() | {n for inner, of in own.items() for n in received_names(inner, of)}
        case k.Seq(_, items) if items is not None:
            return {n for i, item in enumerate(items) for n in received_names(f"{name}_{i}", item)}
        case k.Dict(items) if items is not None and not isinstance(kind, k.Linked):
            return {n for key, item in items for n in received_names(f"{name}_{key}", item)}
    return set()


def with_held(first: tuple[k.Held, ...], more: list[k.Held]) -> tuple[k.Held, ...]:
    """What a partial of a partial carries: positional arguments are numbered on."""
    count = sum(1 for h in first if h.role.startswith("#"))
    words = {h.role for h in more if h.role.startswith("=")}
    kept = [h for h in first if h.role not in words]
    moved = [replace(h, role=f"#{count + n}") for n, h in enumerate(h for h in more if h.role.startswith("#"))]
    return (*kept, *moved, *(h for h in more if h.role.startswith("=")))
