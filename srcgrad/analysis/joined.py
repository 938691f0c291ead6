"""What is known of a value that is one of two: where paths meet, and of the items of a list."""

from __future__ import annotations

from typing import Any

from ..frontend.several_classes import TAG, several
from .attributes_together import none_together
from .kind_classes import (
    NONE,
    TEXT,
    UNSET,
    WORDS,
    Dict,
    Endless,
    Func,
    Held,
    Kind,
    Known,
    Linked,
    Maybe,
    Mixed,
    Never,
    Num,
    Obj,
    Seq,
    Unknown,
    classes_in,
    depth,
    is_function,
    is_plain,
    is_record,
    is_text,
    parts,
    same_constant,
    unless_none,
)  # fmt: skip
from .sizes import join_dims

NEVER = Never()
DEEPEST = 4  # of values that may be None, in one another
DEEPEST_OBJECTS = 12  # in one another, where paths meet


def join(a: Kind, b: Kind) -> Kind:
    """What is true of a value that is either `a` or `b`."""
    if a is b or a == b or isinstance(b, Never):
        return a
    if isinstance(a, Never):
        return b
    if isinstance(a, Endless) or isinstance(b, Endless):
        return Endless(a.active or b.active, False, classes_in(a) | classes_in(b))
    if a == NONE or b == NONE or isinstance(a, Maybe) or isinstance(b, Maybe):
        return join_with_none(a, b)
    unlike = type(a) is not type(b) or isinstance(a, Mixed) or is_record(a) is not is_record(b)
    if unlike and (mixed := mixed_with(a, b) or mixed_with(b, a)) is not None:
        return mixed
    if isinstance(a, Linked) or isinstance(b, Linked):
        return join_linked(a, b)
    match a, b:
        case Num(), Num():
            return join_numbers(a, b)
        case Seq(), Seq():
            return kept(a, join_sequences(a, b))
        case Known(), Known() if is_text(a) and is_text(b):
            return WORDS if is_plain(a) and is_plain(b) else TEXT
        case Dict(), Dict() if a.cls == b.cls:
            return kept(a, join_dicts(a, b) if a.cls is None else join_records(a, b, a.cls))
        case Dict(), Dict() if a.cls is not None and b.cls is not None:
            cls = several(a.cls, b.cls)
            if cls is not None and not any(n == TAG for n, _ in (*(a.items or ()), *(b.items or ()))):
                return join_records(a, b, cls)
        case Func(target, x), Func(other, y) if target == other and [h.role for h in x] == [h.role for h in y]:
            if [h.access for h in x] == [h.access for h in y]:
                return Func(
                    target, tuple(Held(p.role, join(p.kind, q.kind), p.access) for p, q in zip(x, y, strict=True))
                )
    return Unknown(a.active or b.active or TEXT in (a, b), is_function(a) and is_function(b))


def mixed_with(a: Kind, b: Kind) -> Kind | None:
    """Of an object and what certainly is no object of the user, or what may be either already."""
    active = a.active or b.active
    if isinstance(a, Mixed):
        return Mixed(active, False, a.name)
    return Mixed(active, False, a.cls.name) if is_record(a) and is_no_object(b) else None  # type: ignore[union-attr]


def is_no_object(kind: Kind) -> bool:
    """Whether a value certainly is no record in emitted code: a number, a list, an object made before the call.

    So is what nothing is known of, and carries no derivative: a global of a file that is not run.
    """
    match kind:
        case Num() | Seq() | Obj():
            return True
        case Known(value):
            return isinstance(value, str | bytes | range)
        case Unknown():
            return type(kind) is Unknown and not kind.active
    return is_text(kind) or isinstance(kind, Dict) and not is_record(kind) and not isinstance(kind, Linked)


def join_linked(a: Kind, b: Kind) -> Kind:
    """Of two values one of which holds others of its kind: of two classes, their objects may hold each other."""
    if isinstance(a, Linked) and isinstance(b, Linked) and a.heap is b.heap:
        return Linked(a.heap)
    return Endless(True, False, classes_in(a) | classes_in(b)) if is_record(a) and is_record(b) else Unknown(True)


def kept(old: Kind, new: Kind) -> Kind:
    """The same object where nothing is new: to compare it again costs nothing."""
    return old if new == old else new


def join_with_none(a: Kind, b: Kind) -> Kind:
    """Of two values one of which is None, or may be."""
    inner: Kind = Never()
    for kind in (a, b):
        if kind != NONE:
            inner = join(inner, unless_none(kind))
    return perhaps(inner)


def perhaps(inner: Kind) -> Kind:
    """None or `inner`; of what may be None all the way down nothing is known, or there would be no end to it."""
    if (isinstance(inner, Num | Seq | Dict) or is_text(inner)) and nullable(inner) < DEEPEST:
        return Maybe(inner.active, False, inner)
    if isinstance(inner, Endless):
        return inner
    if is_record(inner):
        return Endless(inner.active, False, classes_in(inner))
    return Unknown(inner.active, is_function(inner))


def nullable(k: Kind) -> int:
    """How many values that may be None are in one another."""
    return 1 + nullable(k.inner) if isinstance(k, Maybe) else max(map(nullable, parts(k)), default=0)


def join_numbers(a: Num, b: Num) -> Num:
    kind = a.kind if a.kind == b.kind else "scalar" if a.is_scalar and b.is_scalar else "any"
    dtype = a.dtype if a.dtype == b.dtype else common_dtype(a, b)
    dims = join_dims(a.dims, b.dims)
    value = a.value if same_constant(a.value, b.value) else UNSET
    return Num(kind, dtype, dims, a.active or b.active, value)


def common_dtype(a: Num, b: Num) -> str | None:
    """float and float64 are one width; any other pair leaves the dtype open."""
    wide = {"float": "float64", "complex": "complex128", "int": "int64", "bool": "bool"}
    x, y = wide.get(a.dtype or "", a.dtype), wide.get(b.dtype or "", b.dtype)
    return x if x == y else None


def join_sequences(a: Seq, b: Seq) -> Kind:
    kind = a.kind if a.kind == b.kind else "sequence"
    if a.items is not None and b.items is not None and len(a.items) == len(b.items):
        return Seq(kind, tuple(join(x, y) for x, y in zip(a.items, b.items, strict=True)), None, a.taking or b.taking)
    return Seq(kind, None, join(element_of(a), element_of(b)), a.taking or b.taking)


def element_of(s: Seq) -> Kind:
    """What is true of every item."""
    if s.items is None:
        return s.element if s.element is not None else Unknown()
    result: Kind = Never()
    for item in s.items:
        result = join(result, item)
    return result


def join_dicts(a: Dict, b: Dict) -> Kind:
    if a.items is not None and b.items is not None and [k for k, _ in a.items] == [k for k, _ in b.items]:
        pairs = tuple((k, join(x, y)) for (k, x), (_, y) in zip(a.items, b.items, strict=True))
        return Dict(pairs, None, None, a.taking or b.taking)
    return Dict(None, join(value_of(a), value_of(b)), None, a.taking or b.taking)


def join_records(a: Dict, b: Dict, cls: Any) -> Kind:
    """An object that has an attribute on one path only is asked for it on no other."""
    x, y = dict(a.items or ()), dict(b.items or ())
    pairs = tuple([(n, join(x.get(n, NEVER), y.get(n, NEVER))) for n in {**x, **y}])
    missing = a.missing | b.missing | (x.keys() ^ y.keys())
    found = Dict(pairs, None, cls, a.taking or b.taking, frozenset(missing), none_together(a, b, pairs))
    return found if depth(found) < DEEPEST_OBJECTS else Endless(found.active, False, classes_in(found))


def value_of(d: Dict) -> Kind:
    result: Kind = d.element if d.element is not None else Never()
    for _, k in d.items or ():
        result = join(result, k)
    return result
