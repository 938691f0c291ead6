"""Objects of user classes at the border: as records on the way in, as objects of their class on the way out.

An emitted function works on `runtime.record`, the dict of an object's attributes.  Only arguments that are
differentiated are taken apart; any other object is read as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from .analysis import kinds as k
from .diagnostics import diagnose, error
from .frontend.classes import class_of
from .frontend.several_classes import TAG, OneOf
from .runtime.given import object_of
from .runtime.records import attributes_of, record
from .signature import TAKEN_APART

LINK = "_srcgrad_class"


def as_records(value: Any, known: dict[int, Any] | None = None) -> Any:
    """`value` with records for the objects in it; itself if there are none.  The same object is the same record.

    Raises TypeError for an object that holds itself.
    """
    known = {} if known is None else known
    t = type(value)
    if t in (list, tuple):
        items = [as_records(v, known) for v in value]
        return value if all(a is b for a, b in zip(items, value, strict=True)) else t(items)
    if t is dict:
        found = {key: as_records(v, known) for key, v in value.items()}
        return value if all(found[key] is value[key] for key in found) else found
    if not is_taken_apart(value):
        return value
    if id(value) in known:
        if known[id(value)] is None:
            raise error(diagnose("SG310", f"an object of class `{t.__name__}` holds itself", hint="Break the cycle."))
        return known[id(value)]
    known[id(value)] = None
    made = record({n: as_records(v, known) for n, v in fields_of(value).items()})
    object.__setattr__(made, LINK, class_of(t))
    object.__setattr__(made, TAG, t.__name__)
    known[id(value)] = made
    return made


def is_taken_apart(value: Any) -> bool:
    """Whether an object is no more than the dict of its attributes."""
    cls = class_of(type(value))
    if cls is None or cls.obstacle is not None:
        return False
    if cls.is_tuple or hasattr(value, "__dict__") or all("__slots__" in vars(c) for c in type(value).__mro__[:-1]):
        TAKEN_APART.add(type(value))
        return True
    return False


def holds_several(value: Any) -> bool:
    """Whether a list, tuple or dict has objects of user classes in it, each no more than its attributes."""
    inside = value.values() if type(value) is dict else value if type(value) in (list, tuple) else ()
    return len(inside) > 1 and all(is_taken_apart(v) or holds_several(v) for v in inside)


def fields_of(value: Any) -> dict[str, Any]:
    names = getattr(value, "_fields", ())
    return dict(zip(names, value, strict=True)) if isinstance(value, tuple) else attributes_of(value)


def class_link(value: Any) -> Any:
    """The class a record was made from."""
    return vars(value).get(LINK) if type(value) is record else None


def rebuilt(cls: Any, fields: dict[str, Any]) -> Any:
    """An object of a class with these attributes; `__init__` is not run."""
    if cls.value in (record, SimpleNamespace):
        return cls.value(**fields)
    return object_of(cls.value, fields)


def holds_objects(kind: k.Kind) -> bool:
    match kind:
        case k.Dict(items, element, cls):
            inner = [i for _, i in items or ()]
        case k.Seq(_, found, element):
            inner, cls = list(found or ()), None
        case _:
            return False
    return cls is not None or any(map(holds_objects, inner)) or element is not None and holds_objects(element)


def as_objects(value: Any, kind: k.Kind) -> Any:
    """A result with objects of their classes for the records in it."""
    if not holds_objects(kind):
        return value
    match value, kind:
        case dict(), k.Dict(items, _, cls) if cls is not None:
            kinds = dict(items or ())
            if isinstance(cls, OneOf):
                cls = next(c for c in cls.classes if c.name == getattr(value, TAG))
            return rebuilt(cls, {str(n): as_objects(v, kinds[n]) for n, v in value.items()})
        case dict(), k.Dict(items, element):
            kinds = dict(items) if items is not None else dict.fromkeys(value, element)
            return {n: as_objects(v, kinds[n]) for n, v in value.items()}
        case list() | tuple(), k.Seq(_, items, element):
            each = items if items is not None else [element] * len(value)
            return type(value)([as_objects(v, i) for v, i in zip(value, each, strict=True)])  # type: ignore[arg-type]
    return value


def taking_objects(
    function: Callable[..., Any], names: tuple[str, ...], wanted: set[str], read: dict[int, Any]
) -> Callable[..., Any]:
    """A function that takes objects where the emitted one takes records: as the parameters `wanted`, of `names`.

    Raises ValueError where one of them is among those that it reads besides, by `id` in `read`.
    """
    places = {n for n, name in enumerate(names) if name in wanted}

    def call(*args: Any, **words: Any) -> Any:
        known: dict[int, Any] = {}
        given = [as_records(a, known) if n in places else a for n, a in enumerate(args)]
        named = {n: as_records(v, known) if n in wanted else v for n, v in words.items()}
        twice = [type(read[n]).__name__ for n in known if n in read]
        if twice:
            message = f"an object of class `{twice[0]}` is changed as an argument, and is read from outside, too"
            raise error(diagnose("SG421", message, hint="Pass a copy, or read it by way of the argument alone."))
        return function(*given, **named)

    return call
