"""What an object is to a program: an operation of a library, a function to be differentiated, or a value."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any, get_origin

import numpy as np

from ..ir.helpers import READ_BACK
from ..rules.declare import OBJECTS

Chain = tuple[str, ...]
AS_OF_USER = ("srcgrad.tensorflow_names.ValueAndGrads", "srcgrad.frontend.deque_class.")
LIBRARIES = frozenset({"numpy", "scipy", "builtins", "srcgrad"}) | sys.stdlib_module_names
MISSING = object()
EMITTED = "srcgrad.emitted"


@dataclass(frozen=True)
class UserFunction:
    """A function whose source is to be differentiated: a live object, or a name in a file."""

    handle: Any


@dataclass(frozen=True)
class Value:
    """A constant of the program; `value` is MISSING where only its text is known."""

    value: Any


@dataclass(frozen=True)
class Library:
    """A function, class or module of a library, by qualified name."""

    name: str
    value: Any


GENERATORS = ("random", "numpy.random")
PUBLIC_ABOVE = ("scipy.", "numpy.testing.")  # packages whose functions live in private modules of theirs
Binding = UserFunction | Value | Library


def root_package(name: str | None) -> str:
    if name is not None and name.startswith(EMITTED):
        return EMITTED  # like a module of the user
    return (name or "").partition(".")[0]


def qualified_name(value: Any, written: str) -> str | None:
    """The name rules know a library object by; `written` is how the program spells it."""
    if isinstance(value, np.ufunc):
        for place in ("numpy", "scipy.special"):
            if getattr(sys.modules.get(place), value.__name__, None) is value:  # type: ignore[union-attr]
                return f"{place}.{value.__name__}"  # type: ignore[union-attr]
        return written
    if found := distribution_name(value):
        return found
    module = getattr(value, "__module__", None)
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    if module and module.startswith("_") and module[1:] in sys.stdlib_module_names:
        module = module[1:]  # _operator, _functools
    if isinstance(value, type | FunctionType | BuiltinFunctionType) or callable(value):
        if str(module).startswith(PUBLIC_ABOVE) and (public := public_name(str(module), name, value)):
            return public
        if drawn := drawing_name(value):
            return drawn
        if root_package(module) in LIBRARIES and name:
            home = sys.modules.get(module or "")
            if getattr(home, name, None) is value:
                return f"{module}.{name}"
            return written if root_package(written) in LIBRARIES or not hasattr(value, "__self__") else None
        if root_package(written) in LIBRARIES and not isinstance(value, FunctionType):
            return written
    return None


def drawing_name(value: Any) -> str | None:
    """The name of a function of `random` or `numpy.random`: a method of the generator that the module keeps."""
    name = getattr(value, "__name__", None)
    if name is None or isinstance(getattr(value, "__self__", None), ModuleType | None):
        return None
    return next((f"{m}.{name}" for m in GENERATORS if getattr(sys.modules.get(m), name, None) == value), None)


def distribution_name(value: Any) -> str | None:
    """The name of a distribution of scipy.stats, which is an object, or of one of its methods that has a rule."""
    if isinstance(value, MethodType):
        home = distribution_name(value.__self__)
        found = f"{home}.{value.__name__}"
        return found if home is not None and has_rule(found) else None
    if not type(value).__module__.startswith("scipy.stats."):
        return None
    name = getattr(value, "name", None) or type(value).__name__.removesuffix("_gen")  # those of vectors have no names
    known = isinstance(name, str) and getattr(sys.modules.get("scipy.stats"), name, None) is value
    return f"scipy.stats.{name}" if known else None


def public_name(module: str, name: str | None, value: Any) -> str | None:
    """The name by which such a function is called: scipy.linalg.solve lives in scipy.linalg._basic."""
    parts = module.split(".")
    public = ".".join(parts[: next((n for n, p in enumerate(parts) if p.startswith("_")), len(parts))])
    return f"{public}.{name}" if name and getattr(sys.modules.get(public), name, None) is value else None


def classify(value: Any, written: str) -> Binding:
    """What an object is to a program; `written` is its dotted name as far as it is known."""
    if id(value) in OBJECTS:  # a user has declared a rule for it
        return Library(OBJECTS[id(value)][1], value)
    if isinstance(value, ModuleType):
        return Library(value.__name__, value) if root_package(value.__name__) in LIBRARIES else Value(value)
    if isinstance(value, np.vectorize):
        return UserFunction(value)
    if is_derivative(value):  # what it computes depends on the arguments
        return UserFunction(value)
    value = original_of(value)
    if is_helper(value):
        helper = f"srcgrad.runtime.{value.__name__}"
        return Library(helper, value) if helper in READ_BACK or has_rule(helper) else UserFunction(value)
    if f"{getattr(value, '__module__', '')}.{getattr(value, '__name__', '')}".startswith(AS_OF_USER):
        return Value(value)
    if callable(value) and get_origin(value) is None:  # NDArray is an alias of a type: a value of the module
        name = qualified_name(value, written)
        if name is not None:
            return Library(name, value)
        if not isinstance(value, type) and not is_callable_object(value):
            return UserFunction(value)
    return Value(value)


def is_library_class(value: Any) -> bool:
    """Whether a class is that of a library, and not one whose objects are as those of a user's."""
    named = f"{value.__module__}.{value.__name__}"
    return root_package(value.__module__) in LIBRARIES and not named.startswith(AS_OF_USER)


def is_derivative(value: Any) -> bool:
    """Whether a function is one that `grad`, `jacobian` or their like have returned."""
    marks = ("__srcgrad_emissions__", "__srcgrad_request__", "__srcgrad_inside__")
    return any(hasattr(value, m) for m in marks)


def has_rule(name: str) -> bool:
    from ..rules.registry import lookup  # the tables load when they are first needed

    return lookup(name) is not None


def is_helper(value: Any) -> bool:
    """A helper of emitted code, which is differentiated like any function unless it has a rule."""
    return isinstance(value, FunctionType | type) and (value.__module__ or "").startswith("srcgrad.runtime.")


def original_of(value: Any) -> Any:
    """The helper of srcgrad that a function was copied from, into an emitted module; any other value itself."""
    if not isinstance(value, FunctionType) or is_helper(value):
        return value
    from .. import runtime

    known = getattr(runtime, value.__name__, None)
    if not isinstance(known, FunctionType) or not is_helper(known):
        return value
    a, b = value.__code__, known.__code__
    same = (a.co_code, a.co_names, a.co_varnames) == (b.co_code, b.co_names, b.co_varnames)
    return known if same and constants_of(value) == constants_of(known) else value


def constants_of(f: FunctionType) -> list[str]:
    """Those of its code, apart from the docstring, which a copy has without examples."""
    return [repr(c) for c in f.__code__.co_consts if c != f.__doc__ and not isinstance(c, CodeType)]


def is_callable_object(value: Any) -> bool:
    """An instance of a user's class with a `__call__` in Python: a value that happens to be callable."""
    return isinstance(vars(type(value)).get("__call__"), FunctionType) or any(
        isinstance(vars(c).get("__call__"), FunctionType) for c in type(value).__mro__[:-1]
    )
