"""The kinds of values: what is known of one before the program runs.  `kinds` gives what is asked of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Union

from .sizes import Dims


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
    `missing`.  Of attributes that may be None, those in one group of `together` are so at the same time.
    """

    items: tuple[tuple[Any, Kind], ...] | None = None
    element: Kind | None = None
    cls: Any = None
    taking: bool = False
    missing: frozenset[Any] = frozenset()
    together: frozenset[frozenset[Any]] = frozenset()

    @property
    def active(self) -> bool:
        inside = any(k.active for _, k in self.items or ()) or (self.element is not None and self.element.active)
        return self.taking or inside


class Heap:
    """What is known of all objects of a class whose objects hold one another: one table of their attributes."""

    def __init__(self, cls: Any) -> None:
        self.cls = cls
        self.fields: dict[Any, Kind] = {}
        self.always: frozenset[Any] | None = None  # attributes that every object is made with


class Linked(Dict):
    """An object that holds others of its kind, which hold others: a finite name for a kind without end.

    As a kind it is only the table of its class, which `linked` fills; none of its parts is followed.  Of a table of
    several classes, `own` is that of the object where it is known.
    """

    __slots__ = ("heap", "own")
    heap: Heap
    own: Any

    def __init__(self, heap: Heap, own: Any = None) -> None:
        object.__setattr__(self, "heap", heap)
        object.__setattr__(self, "own", own if own is not heap.cls else None)

    @property
    def items(self) -> tuple[tuple[Any, Kind], ...]:  # type: ignore[override]
        return tuple(self.heap.fields.items())

    @property
    def element(self) -> None:  # type: ignore[override]
        return None

    @property
    def cls(self) -> Any:  # type: ignore[override]
        return self.heap.cls if self.own is None else self.own

    @property
    def taking(self) -> bool:  # type: ignore[override]
        return False

    @property
    def missing(self) -> frozenset[Any]:  # type: ignore[override]
        return frozenset(self.heap.fields) - (self.heap.always or frozenset())

    @property
    def together(self) -> frozenset[frozenset[Any]]:  # type: ignore[override]
        return frozenset()

    @property
    def active(self) -> bool:
        return True

    def __hash__(self) -> int:
        return id(self.heap)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Linked) and other.heap is self.heap and other.own is self.own

    def __repr__(self) -> str:
        return f"Linked({self.cls.name})"


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
class Endless(Unknown):
    """None or an object that holds another of its kind, that one another, and so on: a list that a loop links.

    `classes` are those of the objects that it may be, or hold.
    """

    classes: frozenset[Any] = frozenset()


@dataclass(frozen=True, slots=True)
class Mixed(Unknown):
    """An object of the class `name`, or something else: what emitted code asks of one is wrong for the other."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class Never:
    """No value yet: the result of a recursion still being worked out."""

    active: bool = False


Kind = Union[Num, Seq, Dict, Known, Func, Obj, Unknown, Maybe, Never]


NONE = Known(None)
TEXT = Known(UNSET)  # text that is only known when the program runs
WORDS = Known(UNSET, plain=True)


def same_constant(a: Any, b: Any) -> bool:
    try:
        return (type(a) is type(b) or isinstance(a, str) and isinstance(b, str)) and bool(a == b)
    except Exception:  # a user's == may do anything
        return a is b


def parts(k: Kind) -> tuple[Kind, ...]:
    """The kinds of what is directly in a list, tuple, dict or object."""
    if isinstance(k, Seq):
        found = k.items or ()
    elif isinstance(k, Dict) and not isinstance(k, Linked):
        found = tuple([kind for _, kind in k.items]) if k.items else ()
    else:
        return ()
    return found if k.element is None else (*found, k.element)


def map_parts(f: Callable[[Kind], Kind], k: Seq | Dict, taking: bool) -> Seq | Dict:
    """`k` with `f` applied to each of its parts, and with `taking`; the same object if nothing changed."""
    if isinstance(k, Linked):
        return k
    old = parts(k)
    new = tuple(map(f, old))
    if taking == k.taking and all(a is b for a, b in zip(old, new, strict=True)):
        return k
    items, element = (new, None) if k.element is None else (new[:-1], new[-1])
    if isinstance(k, Seq):
        return Seq(k.kind, None if k.items is None else items, element, taking)
    pairs = None if k.items is None else tuple((key, kind) for (key, _), kind in zip(k.items, items, strict=True))
    return Dict(pairs, element, k.cls, taking, k.missing, k.together)


def classes_in(k: Kind) -> frozenset[Any]:
    """The classes of the objects that a value may be, or hold."""
    own: frozenset[Any] = getattr(k, "classes", frozenset())
    if isinstance(k, Maybe):
        return classes_in(k.inner)
    if isinstance(k, Dict) and k.cls is not None:
        own |= {k.cls}
    return own.union(*map(classes_in, parts(k)))


def depth(k: Kind) -> int:
    """How many objects are in one another."""
    if isinstance(k, Maybe):
        return depth(k.inner)
    inside = parts(k)
    return is_record(k) + (max(map(depth, inside)) if inside else 0)


def is_reference(k: Kind) -> bool:
    """Whether a value stands for objects that hold one another and for nothing else: it has no adjoint of its own."""
    match k:
        case Maybe(inner=inner):
            return is_reference(inner)
        case Linked():
            return True
    inside = parts(k)
    return bool(inside) and any(map(is_reference, inside)) and all(is_reference(p) or not p.active for p in inside)


def holds_reference(k: Kind) -> bool:
    """Whether a value is, or holds, an object that others of its kind are linked to."""
    if isinstance(k, Func):
        return any(holds_reference(h.kind) for h in k.held)
    own = isinstance(k, Linked) or isinstance(k, Maybe) and holds_reference(k.inner)
    return own or any(map(holds_reference, parts(k)))


def flows(k: Kind) -> bool:
    """Whether a value has an adjoint of its own."""
    return k.active and not is_reference(k)


def is_text(k: Kind) -> bool:
    return isinstance(k, Known) and (k.value is UNSET or isinstance(k.value, str | bytes))


def is_plain(k: Kind) -> bool:
    """Whether no text made of a value can hold a number that carries a derivative."""
    match k:
        case Known(value):
            return k.plain or value is not UNSET
        case Seq(_, items, element):
            return (items is not None or element is not None) and all(map(is_plain, parts(k)))
    return isinstance(k, Num | Never) and not k.active


def is_function(k: Kind) -> bool:
    return isinstance(k, Func) or isinstance(k, Unknown) and k.functions


def unless_none(k: Kind) -> Kind:
    """What a value is where it is not None."""
    inner: Kind = k.inner if isinstance(k, Maybe) else k
    return inner


def is_record(k: Kind) -> bool:
    """Whether a value is an object of a user's class, with its attributes."""
    return isinstance(k, Dict) and k.cls is not None
