"""From anything callable to the Python function behind it, with the arguments that are already given."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import FunctionType, MethodType
from typing import Any, NoReturn

from ..diagnostics import refuse

MISSING = object()


@dataclass(frozen=True, eq=False)
class Target:
    function: FunctionType
    bound: tuple[Any, ...] = ()
    keywords: Mapping[str, Any] = field(default_factory=dict)


def unwrap(obj: Any) -> Target:
    """The function that a call of `obj` runs; wrappers that compute something are functions of their own."""
    original, seen = obj, set()
    bound: tuple[Any, ...] = ()
    keywords: dict[str, Any] = {}
    while not is_plain(obj):
        if id(obj) in seen:
            refuse_object(original)
        seen.add(id(obj))
        if isinstance(obj, functools.partial):
            obj, bound, keywords = obj.func, (*obj.args, *bound), {**obj.keywords, **keywords}
        elif isinstance(obj, MethodType):
            obj, bound = obj.__func__, (obj.__self__, *bound)
        else:
            obj, first = step(obj, original)
            bound = (*first, *bound)
    return Target(obj, bound, keywords)


def is_plain(obj: Any) -> bool:
    return isinstance(obj, FunctionType) and "__srcgrad_primal__" not in vars(obj)


def step(obj: Any, original: Any) -> tuple[Any, tuple[Any, ...]]:
    """One layer less, and the argument that this layer puts first."""
    if has(obj, "__srcgrad_primal__"):
        return obj.__srcgrad_primal__, ()
    match obj:
        case staticmethod() | classmethod():
            return obj.__func__, ()
        case property(fget=getter) if getter is not None:
            return getter, ()
        case functools.cached_property():
            return obj.func, ()
    if isinstance(obj, functools._lru_cache_wrapper):
        return obj.__wrapped__, ()
    if has(obj, "py_func") and type(obj).__module__.partition(".")[0] == "numba":
        return obj.py_func, ()
    return call_method(obj, original)


def has(obj: Any, name: str) -> bool:
    """Without running a `__getattr__` that answers to everything."""
    return not isinstance(obj, type) and inspect.getattr_static(obj, name, MISSING) is not MISSING


def call_method(obj: Any, original: Any) -> tuple[Any, tuple[Any, ...]]:
    """The `__call__` of an object's class, with what it is bound to."""
    if isinstance(obj, type) or not callable(obj):
        refuse_object(original)
    call = inspect.getattr_static(type(obj), "__call__")
    home = type(obj).__module__.partition(".")[0]
    if home in ("numpy", "scipy") and isinstance(call, FunctionType):
        hint = "Write what it computes as a function of your own, or declare a rule for it."
        refuse("SG301", f"an object of {home}'s class `{type(obj).__qualname__}` has no derivative rule", hint=hint)
    if isinstance(call, staticmethod):
        return call.__func__, ()
    if isinstance(call, classmethod):
        return call.__func__, (type(obj),)
    if isinstance(call, FunctionType | functools._lru_cache_wrapper | functools.partialmethod) or has(call, "py_func"):
        return (call.func if isinstance(call, functools.partialmethod) else call), (obj,)
    refuse_object(original)


def refuse_object(obj: Any) -> NoReturn:
    if isinstance(obj, type):
        hint = "Write a function that makes the object and returns the number you want."
        refuse("SG109", f"`{obj.__qualname__}` is a class, and a class has no derivative", None, None, hint)
    if not callable(obj):
        refuse("SG109", f"an object of type {type(obj).__name__} cannot be called", None, None, "Pass a function.")
    name = getattr(obj, "__qualname__", None) or getattr(obj, "__name__", None) or type(obj).__name__
    hint = "Call it from a function of your own, or declare a rule for it."
    refuse("SG101", f"`{name}` has no Python source that could be read", None, None, hint)
