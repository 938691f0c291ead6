"""What is known of a value before the program runs: kind, dtype, dimensions, and whether it is active.

UNKNOWN is a normal state; what relies on more must ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .joined import (
    DEEPEST as DEEPEST,
    element_of as element_of,
    join as join,
    join_numbers as join_numbers,
    perhaps as perhaps,
    value_of as value_of,
)
from .kind_classes import (
    NONE as NONE,
    TEXT as TEXT,
    UNSET as UNSET,
    WORDS as WORDS,
    Dict as Dict,
    Endless as Endless,
    Func as Func,
    Heap as Heap,
    Held as Held,
    Kind as Kind,
    Known as Known,
    Linked as Linked,
    Maybe as Maybe,
    Mixed as Mixed,
    Never as Never,
    Num as Num,
    Obj as Obj,
    Seq as Seq,
    Unknown as Unknown,
    classes_in as classes_in,
    depth as depth,
    flows as flows,
    holds_reference as holds_reference,
    is_function as is_function,
    is_plain as is_plain,
    is_record as is_record,
    is_reference as is_reference,
    is_text as is_text,
    map_parts as map_parts,
    parts as parts,
    same_constant as same_constant,
    unless_none as unless_none,
)
from .sizes import (
    Dim as Dim,
    Dims as Dims,
    Sym as Sym,
    broadcast_dims as broadcast_dims,
    fits as fits,
    never_one as never_one,
    same_shape as same_shape,
    same_size as same_size,
)


def deactivate(k: Kind) -> Kind:
    """The same kind, known not to carry a derivative."""
    return with_activity(k, False) if k.active else k


def with_activity(k: Kind, active: bool) -> Kind:
    match k:
        case Maybe(inner=inner):
            return Maybe(active, False, with_activity(inner, active))
        case Num() | Unknown():
            return k if k.active == active else replace(k, active=active)
        case Seq() | Dict():
            return map_parts(lambda part: with_activity(part, active), k, active)
    return k


def activate(k: Kind) -> Kind:
    """The same kind with every real or complex number in it active."""
    match k:
        case Num(kind, dtype, dims, active, value):
            carries = carries_derivative(k)
            new = UNSET if carries else value
            return k if active == carries and value is new else Num(kind, dtype, dims, carries, new)
        case Maybe(inner=inner):
            return perhaps(activate(inner))
        case Unknown():
            return replace(k, active=True) if isinstance(k, Endless) else Unknown(True)
        case Seq() | Dict():
            return map_parts(activate, k, k.taking)
    return k


def taking(k: Kind) -> Kind:
    """The kind of memory into which something active is put later: active from the start, empty or not."""
    return map_parts(taking, k, True) if isinstance(k, Dict) or isinstance(k, Seq) and k.kind == "list" else activate(k)


def inside(k: Kind) -> Iterator[Kind]:
    """The kinds of what is in a list or dict, all the way down."""
    for part in parts(k):
        yield part
        yield from inside(part)


def is_open(k: Kind) -> bool:
    """Whether nothing has been found out yet about a value, or about a part of it."""
    return isinstance(k, Never) or any(map(is_open, parts(k)))


def carries_derivative(k: Num) -> bool:
    return k.dtype is None or k.dtype.startswith(("float", "complex", "longdouble", "clongdouble"))


def present(k: Kind) -> Kind:
    """What a value is whose attribute or method is asked for: of None, Python has neither."""
    return k.inner if isinstance(k, Maybe) and is_record(k.inner) else k


def only_functions(k: Kind) -> bool:
    """Functions and containers of nothing else: what flows is what they carry, which has parameters of its own."""
    match k:
        case Func() | Unknown(_, True):
            return True
        case Seq(_, items) if items:
            return all(only_functions(i) for i in items)
        case Dict(items) if items and not isinstance(k, Linked):
            return all(only_functions(i) for _, i in items)
    return False
