"""A Python function around one that a decorator has made, with the parameters of the function that was decorated.

    @timed                          def energy(x):              (what is differentiated: its arguments have names)
    def energy(x, scale=1.0):           return wrapper(x)
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from functools import lru_cache
from types import FunctionType, MethodType
from typing import Any

from ..generated import run
from .bindings import root_package

Given = tuple[tuple[str, str], ...]  # parameters of a call, each with how it is given
WAYS = {"positional": "{0}", "keyword": "{0}={0}", "star": "*{0}", "double_star": "**{0}"}
PARAMETERS = {"positional": "{0}", "keyword": "{0}", "star": "*{0}", "double_star": "**{0}"}


def wrapper_call(f: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Callable[..., Any]:
    """`f`, or a function for such calls of it with the parameters that its signature shows, where it has others.

    >>> def plain(x, scale=1.0): return scale * x
    >>> double = functools.wraps(plain)(lambda *args, **kwargs: 2.0 * plain(*args, **kwargs))
    >>> inspect.signature(wrapper_call(double, (3.0,), {}), follow_wrapped=False)
    <Signature (x)>
    """
    function, bound, keywords = taken_apart(f)
    if not isinstance(function, FunctionType) or "__wrapped__" not in vars(function) or is_own(function):
        return f  # type: ignore[no-any-return]
    shown = inspect.signature(function)
    positional, words = (*bound, *args), {**keywords, **kwargs}
    try:
        shown.bind(*positional, **words)
    except TypeError:
        return f  # type: ignore[no-any-return]
    if same(shown, inspect.signature(function, follow_wrapped=False)):
        return f  # type: ignore[no-any-return]
    around = written(function, given(shown, len(positional), words))
    return functools.partial(around, *bound, **keywords) if bound or keywords else around


def is_own(f: FunctionType) -> bool:
    """Whether srcgrad has made a wrapper: a derivative, or a solver."""
    return root_package(f.__globals__.get("__name__")) == "srcgrad" or any(n.startswith("__srcgrad") for n in vars(f))


def taken_apart(f: Any) -> tuple[Any, tuple[Any, ...], dict[str, Any]]:
    """The function of a method or partial, with what it is given already."""
    match f:
        case functools.partial():
            inner, bound, keywords = taken_apart(f.func)
            return inner, (*bound, *f.args), {**keywords, **f.keywords}
        case MethodType():
            inner, bound, keywords = taken_apart(f.__func__)
            return inner, (f.__self__, *bound), keywords
    return f, (), {}


def same(a: inspect.Signature, b: inspect.Signature) -> bool:
    return [(p.name, p.kind) for p in a.parameters.values()] == [(p.name, p.kind) for p in b.parameters.values()]


def given(shown: inspect.Signature, count: int, words: dict[str, Any]) -> Given:
    found: list[tuple[str, str]] = []
    for p in shown.parameters.values():
        if p.kind is p.VAR_POSITIONAL:
            found += [(p.name, "star")] if count > 0 else []
        elif p.kind is p.VAR_KEYWORD:
            found += [(p.name, "double_star")] if words.keys() - shown.parameters.keys() else []
        elif p.kind is not p.KEYWORD_ONLY and count > 0:
            count -= 1
            found.append((p.name, "positional"))
        elif p.name in words:
            found.append((p.name, "keyword"))
    return tuple(found)


@lru_cache(maxsize=1024)
def written(f: FunctionType, call: Given) -> Any:
    name = f.__name__ if f.__name__.isidentifier() else "function"
    called = name
    while called in dict(call):
        called += "_"
    parameters = ", ".join(PARAMETERS[way].format(n) for n, way in call)
    passed = ", ".join(WAYS[way].format(n) for n, way in call)
    text = f"def {name}({parameters}):\n    return {called}({passed})\n"
    filename = f"<srcgrad wrapper {f.__module__}.{f.__qualname__}({passed})>"
    namespace: dict[str, Any] = {"__name__": f.__module__}
    around = run(filename, text, namespace)[name]
    namespace[called] = f
    return around
