"""What is known of a value before the program runs: kind, dtype, dimensions, and whether it is active.

UNKNOWN is a normal state; what relies on more must ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Union

from ..frontend.several_classes import TAG, several
from .sizes import (
    Dim as Dim,
    Dims as Dims,
    Sym as Sym,
    broadcast_dims as broadcast_dims,
    fits as fits,
    join_dims,
    never_one as never_one,
    same_shape as same_shape,
    same_size as same_size,
)


class _Unset:
    def __repr__(self) -> str:
        return "UNSET"


UNSET = _Unset()


@dataclass(frozen=True, slots=True)
class Num:
    """A number or an array.

    kind: "python", "scalar" (numpy scalar), "array", or "any" of these.  dtype: numpy's name ("float64";
    python numbers: "float", "int", "bool", "complex"), None if unknown.  dims: sizes; a string where the rank is
    unknown but the shape is that of another value with the same string; None if nothing is known.
    """

    kind: str
    dtype: str | None = None
    dims: Dims = None
    active: bool = False
    value: Any = UNSET

    @property
    def is_scalar(self) -> bool:
        """Immutable, of rank 0."""
        return self.kind in ("python", "scalar")

    @property
    def rank(self) -> int | None:
        return len(self.dims) if isinstance(self.dims, tuple) else None

    @property
    def is_complex(self) -> bool | None:
        return None if self.dtype is None else self.dtype.startswith("complex") or self.dtype == "clongdouble"


@dataclass(frozen=True, slots=True)
class Seq:
    """A tuple or list; `items` where the length is known, else all are like `element`.

    `taking`: something active is put into it later, wherever that is.
    """

    kind: str
    items: tuple[Kind, ...] | None = None
    element: Kind | None = None
    taking: bool = False

    @property
    def active(self) -> bool:
        inside = any(k.active for k in self.items or ()) or (self.element is not None and self.element.active)
        return self.taking or inside


@dataclass(frozen=True, slots=True)
class Dict:
    """A dict with known keys, or one whose values are all like `element`.

    With `cls` (`frontend.classes.Class`) the attributes of an object of that class; some objects lack those that are
    `missing`.
    """

    items: tuple[tuple[Any, Kind], ...] | None = None
    element: Kind | None = None
    cls: Any = None
    taking: bool = False
    missing: frozenset[Any] = frozenset()

    @property
    def active(self) -> bool:
        inside = any(k.active for _, k in self.items or ()) or (self.element is not None and self.element.active)
        return self.taking or inside


@dataclass(frozen=True, slots=True)
class Known:
    """A constant that is no number: None, a string, a slice, a dtype, a module.

    `plain`: text that is only known when the program runs, with no number in it that carries a derivative.
    """

    value: Any
    active: bool = False
    plain: bool = False

    def __hash__(self) -> int:
        return hash(repr(self.value))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Known) and same_constant(self.value, other.value) and self.plain == other.plain


@dataclass(frozen=True, slots=True)
class Held:
    """A value that a function carries with it: a captured name, or an argument that is already given.

    `role` is the captured name, "#0" for a positional argument, "=x" for a keyword.  `access` is the expression
    that gives the value where the function is in reach.
    """

    role: str
    kind: Kind
    access: Any


@dataclass(frozen=True, slots=True)
class Func:
    """A function as a value: an `ir.program.Function` or the name of a library operation, and what it carries."""

    target: Any
    held: tuple[Held, ...] = ()

    @property
    def active(self) -> bool:
        return any(h.kind.active for h in self.held)


@dataclass(frozen=True, slots=True)
class Obj:
    """An instance of a user's class; its attributes are constants, read from `value` where that is known."""

    value: Any
    active: bool = False

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Obj) and other.value is self.value


@dataclass(frozen=True, slots=True)
class Unknown:
    """Anything; `active` if it may carry a derivative; `functions` if it is one of several known functions."""

    active: bool = False
    functions: bool = False


@dataclass(frozen=True, slots=True)
class Maybe(Unknown):
    """None, or a value of the kind `inner`: known where the program has asked whether it is None."""

    inner: Any = None


@dataclass(frozen=True, slots=True)
class Never:
    """No value yet: the result of a recursion still being worked out."""

    active: bool = False


Kind = Union[Num, Seq, Dict, Known, Func, Obj, Unknown, Maybe, Never]


NONE = Known(None)
DEEPEST = 4  # of values that may be None, in one another
TEXT = Known(UNSET)  # text that is only known when the program runs
WORDS = Known(UNSET, plain=True)


def same_constant(a: Any, b: Any) -> bool:
    try:
        return type(a) is type(b) and bool(a == b)
    except Exception:  # a user's == may do anything
        return a is b


def is_text(k: Kind) -> bool:
    return isinstance(k, Known) and (k.value is UNSET or isinstance(k.value, str | bytes))


def is_plain(k: Kind) -> bool:
    """Whether no text made of a value can hold a number that carries a derivative."""
    match k:
        case Known(value):
            return k.plain or value is not UNSET
        case Seq():
            return is_plain(element_of(k))
    return isinstance(k, Num | Never) and not k.active


def deactivate(k: Kind) -> Kind:
    """The same kind, known not to carry a derivative."""
    return with_activity(k, False) if k.active else k


def with_activity(k: Kind, active: bool) -> Kind:
    match k:
        case Maybe(inner=inner):
            return Maybe(active, False, with_activity(inner, active))
        case Num() | Unknown():
            return replace(k, active=active)
        case Seq(kind, items, element):
            return Seq(
                kind,
                tuple(with_activity(i, active) for i in items) if items is not None else None,
                with_activity(element, active) if element is not None else None,
                active,
            )
        case Dict(items, element, cls):
            pairs = tuple((key, with_activity(i, active)) for key, i in items) if items is not None else None
            value = with_activity(element, active) if element is not None else None
            return Dict(pairs, value, cls, active, k.missing)
    return k


def activate(k: Kind) -> Kind:
    """The same kind with every real or complex number in it active."""
    match k:
        case Num():
            return replace(k, active=carries_derivative(k), value=UNSET if carries_derivative(k) else k.value)
        case Maybe(inner=inner):
            return perhaps(activate(inner))
        case Unknown():
            return Unknown(True)
        case Seq(kind, items, element):
            return Seq(
                kind,
                tuple(activate(i) for i in items) if items is not None else None,
                activate(element) if element is not None else None,
                k.taking,
            )
        case Dict(items, element, cls):
            pairs = tuple((key, activate(i)) for key, i in items) if items is not None else None
            return Dict(pairs, activate(element) if element is not None else None, cls, k.taking, k.missing)
    return k


def taking(k: Kind) -> Kind:
    """The kind of memory into which something active is put later: active from the start, empty or not."""
    match k:
        case Seq("list", items, element):
            parts = tuple(map(taking, items)) if items is not None else None
            return replace(k, items=parts, element=taking(element) if element is not None else None, taking=True)
        case Dict(items, element):
            pairs = tuple((n, taking(i)) for n, i in items) if items is not None else None
            return replace(k, items=pairs, element=taking(element) if element is not None else None, taking=True)
    return activate(k)


def carries_derivative(k: Num) -> bool:
    return k.dtype is None or k.dtype.startswith(("float", "complex", "longdouble", "clongdouble"))


def join(a: Kind, b: Kind) -> Kind:
    """What is true of a value that is either `a` or `b`."""
    if a == b or isinstance(b, Never):
        return a
    if isinstance(a, Never):
        return b
    if a == NONE or b == NONE or isinstance(a, Maybe) or isinstance(b, Maybe):
        return join_with_none(a, b)
    active = a.active or b.active
    match a, b:
        case Num(), Num():
            return join_numbers(a, b)
        case Seq(), Seq():
            return join_sequences(a, b)
        case Known(), Known() if is_text(a) and is_text(b):
            return WORDS if is_plain(a) and is_plain(b) else TEXT
        case Dict(), Dict() if a.cls == b.cls:
            return join_dicts(a, b) if a.cls is None else join_records(a, b, a.cls)
        case Dict(), Dict() if a.cls is not None and b.cls is not None:
            cls = several(a.cls, b.cls)
            if cls is not None and not any(n == TAG for n, _ in (*(a.items or ()), *(b.items or ()))):
                return join_records(a, b, cls)
        case Func(target, x), Func(other, y) if target == other and [h.role for h in x] == [h.role for h in y]:
            if [h.access for h in x] == [h.access for h in y]:
                return Func(
                    target, tuple(Held(p.role, join(p.kind, q.kind), p.access) for p, q in zip(x, y, strict=True))
                )
    return Unknown(active or TEXT in (a, b), is_function(a) and is_function(b))


def join_with_none(a: Kind, b: Kind) -> Kind:
    """Of two values one of which is None, or may be."""
    inner: Kind = Never()
    for kind in (a, b):
        if kind != NONE:
            inner = join(inner, kind.inner if isinstance(kind, Maybe) else kind)
    return perhaps(inner)


def perhaps(inner: Kind) -> Kind:
    """None or `inner`; of what may be None all the way down nothing is known, or there would be no end to it."""
    if (isinstance(inner, Num | Seq | Dict) or is_text(inner)) and nullable(inner) < DEEPEST:
        return Maybe(inner.active, False, inner)
    return Unknown(inner.active, is_function(inner))


def nullable(k: Kind) -> int:
    """How many values that may be None are in one another."""
    match k:
        case Maybe(inner=inner):
            return 1 + nullable(inner)
        case Seq(_, items, element):
            parts = [*(items or ()), *([element] if element is not None else [])]
        case Dict(items, element):
            parts = [*(kind for _, kind in items or ()), *([element] if element is not None else [])]
        case _:
            return 0
    return max(map(nullable, parts), default=0)


def present(k: Kind) -> Kind:
    """What a value is whose attribute or method is asked for: of None, Python has neither."""
    return k.inner if isinstance(k, Maybe) and is_record(k.inner) else k


def inside(k: Kind) -> Iterator[Kind]:
    """The kinds of what is in a list or dict, all the way down."""
    match k:
        case Seq(_, items, element):
            parts = [*(items or ()), *([element] if element is not None else [])]
        case Dict(items, element):
            parts = [*(kind for _, kind in items or ()), *([element] if element is not None else [])]
        case _:
            return
    for part in parts:
        yield part
        yield from inside(part)


def is_open(k: Kind) -> bool:
    """Whether nothing has been found out yet about a value, or about a part of it."""
    match k:
        case Never():
            return True
        case Seq(_, items, element) | Dict(items, element):
            parts = [i[1] if isinstance(k, Dict) else i for i in items or ()]  # type: ignore[index]
            return any(is_open(i) for i in parts) or element is not None and is_open(element)  # type: ignore[arg-type]
    return False


def is_function(k: Kind) -> bool:
    return isinstance(k, Func) or isinstance(k, Unknown) and k.functions


def only_functions(k: Kind) -> bool:
    """Functions and containers of nothing else: what flows is what they carry, which has parameters of its own."""
    match k:
        case Func() | Unknown(_, True):
            return True
        case Seq(_, items) if items:
            return all(only_functions(i) for i in items)
        case Dict(items) if items:
            return all(only_functions(i) for _, i in items)
    return False


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
    pairs = tuple((n, join(x.get(n, Never()), y.get(n, Never()))) for n in {**x, **y})
    missing = a.missing | b.missing | (x.keys() ^ y.keys())
    return Dict(pairs, None, cls, a.taking or b.taking, frozenset(missing))


def is_record(k: Kind) -> bool:
    """Whether a value is an object of a user's class, with its attributes."""
    return isinstance(k, Dict) and k.cls is not None


def value_of(d: Dict) -> Kind:
    result: Kind = d.element if d.element is not None else Never()
    for _, k in d.items or ():
        result = join(result, k)
    return result
