"""Helpers of emitted files: objects of user classes that come in as arguments, and go out again."""

from __future__ import annotations

from typing import Any

import numpy as np

from .records import attributes_of, record


def open_objects(values: Any, forms: Any) -> list[Any]:
    """Arguments with records of the attributes for the objects in them; refuses what is not as its form says.

    One object is one record, wherever it is.

    >>> class Ball:
    ...     def __init__(self, x): self.x = x
    >>> ball = Ball(2.0); a, (b,) = open_objects([ball, [ball]], [("object", "Ball", ("x", "number"))] * 1 + [
    ...     ("list", ("object", "Ball", ("x", "number")))]); a, a is b
    (record(x=2.0), True)
    """
    known: Any = {}
    return [opened(value, form, known) for value, form in zip(values, forms, strict=True)]


def opened(value: Any, form: Any, known: Any) -> Any:
    """One argument of `open_objects`; `known` are the records by the objects they were made of.

    >>> opened([1.0, 2.0], ("list", "float"), {})
    [1.0, 2.0]
    """
    word, inner = (form[0], form[1:]) if isinstance(form, tuple) else (form, ())
    if word == "maybe":
        return value if value is None else opened(value, inner[0], known)
    if word == "either":
        form = next((f for f in inner if f[1] == type(value).__name__), inner[0])
        word, inner = form[0], form[1:]
    if not has_form(value, word, inner):
        raise TypeError(f"expected {inner[0] if word == 'object' else word}, not {type(value).__name__}")
    if word == "object":
        if id(value) not in known:
            names = getattr(value, "_fields", ())
            made = record(zip(names, value, strict=True)) if names else record(attributes_of(value))
            if made.keys() != {name for name, _ in inner[1:]}:
                raise TypeError(f"expected the attributes {[name for name, _ in inner[1:]]}, not {list(made)}")
            made.__dict__["class_"] = inner[0]
            known[id(value)] = made
            for name, own in inner[1:]:
                made[name] = opened(made[name], own, known)
        return known[id(value)]
    if not inner or id(value) in known:
        return known.get(id(value), value)
    if word == "dict":
        known[id(value)] = {key: opened(item, inner[0], known) for key, item in value.items()}
    else:
        forms = inner if word == "tuple" else inner * len(value)
        items = [opened(item, own, known) for item, own in zip(value, forms, strict=True)]
        known[id(value)] = items if word == "list" else tuple(items)
    return known[id(value)]


def has_form(value: Any, word: Any, inner: Any) -> bool:
    """Whether a value is what a form says; that of its parts is another question.

    >>> has_form((1.0, []), "tuple", ("float", "list"))
    True
    """
    if word == "object":
        return type(value).__name__ == inner[0] and any(hasattr(value, n) for n in ("__dict__", "_fields", "__slots__"))
    if word == "number":
        real = isinstance(value, (int, float)) or isinstance(value, (np.ndarray, np.generic))
        return real and np.result_type(value).kind in "biuf"
    if word == "array":
        return isinstance(value, np.ndarray) and value.dtype.kind in "biuf"
    if word == "float":
        return isinstance(value, (int, float, np.floating, np.integer)) and not isinstance(value, bool)
    if word == "tuple":
        return isinstance(value, tuple) and len(value) == len(inner)
    types: Any = {
        "int": (int, np.integer), "bool": (bool, np.bool_), "text": (str, type(None)), "tuples": tuple, "list": list,
        "dict": dict,
    }  # fmt: skip
    return isinstance(value, types.get(word, object))


def as_records(value: Any) -> Any:
    """A cotangent or tangent with records for the objects in it.

    >>> as_records([1.0, {"a": None}])
    [1.0, {'a': None}]
    """
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return record({n: as_records(v) for n, v in zip(value._fields, value, strict=True)})
    if isinstance(value, (list, tuple)):
        return type(value)([as_records(v) for v in value])
    if isinstance(value, dict):
        return {n: as_records(v) for n, v in value.items()}
    known = value is None or isinstance(value, (np.ndarray, np.generic, float, int, complex, str, record))
    return value if known else record({n: as_records(v) for n, v in attributes_of(value).items()})


def object_of(class_: Any, attributes: Any) -> Any:
    """An object of a class with these attributes; `__init__` is not run.

    >>> class Ball: pass
    >>> object_of(Ball, {"x": 2.0}).x
    2.0
    """
    if issubclass(class_, tuple):
        return class_(**attributes)
    made = object.__new__(class_)
    for name, item in attributes.items():
        object.__setattr__(made, name, item)
    return made


def objects_like(d: Any, given: Any) -> Any:
    """The gradient of an argument, with an object of its class wherever the argument has one.

    >>> class Ball:
    ...     def __init__(self, x): self.x = x
    >>> objects_like([{"x": 5.0}, 1.0], [Ball(2.0), 3.0])[0].x
    5.0
    """
    if not isinstance(d, (dict, list, tuple)):
        return d
    if isinstance(d, dict) and isinstance(given, dict):
        return {key: objects_like(item, given[key]) for key, item in d.items()}
    names = getattr(given, "_fields", ())
    if isinstance(given, (list, tuple)) and not names:
        return type(given)([objects_like(item, own) for item, own in zip(d, given, strict=True)])
    slots: Any = d
    return object_of(type(given), {n: objects_like(slots[n], getattr(given, n)) for n in names or attributes_of(given)})
