"""A Python function around a library function that has a rule, so that it can be differentiated by itself."""

from __future__ import annotations

import inspect
import sys
from functools import lru_cache
from itertools import count
from types import FunctionType
from typing import Any

from ..generated import run
from ..rules.pattern import Pattern
from ..rules.registry import lookup
from .bindings import Library, classify, root_package

SHORT = {"numpy": "np"}
_numbers = count(1)


def library_source(f: Any) -> FunctionType | None:
    """`def norm(x): return np.linalg.norm(x)` for `np.linalg.norm`; None for anything without a rule.

    >>> import numpy as np
    >>> library_source(np.sinh)(0.0)
    0.0
    """
    return written(f, None)


def library_call(f: Any, count: int, words: tuple[str, ...]) -> Any:
    """`f`, or a function of `count` arguments and keywords around a library function that has more parameters.

    >>> import numpy as np
    >>> library_call(np.sum, 1, ("axis",))(np.ones((2, 3)), axis=0)
    array([2., 2., 2.])
    """
    try:
        return _called(f, count, words) or f
    except TypeError:  # not hashable, so no function of a library
        return f


@lru_cache(maxsize=1024)
def _called(f: Any, count: int, words: tuple[str, ...]) -> FunctionType | None:
    return written(f, (count, words))


def written(f: Any, call: tuple[int, tuple[str, ...]] | None) -> FunctionType | None:
    """The function around `f` with the parameters it must be given, or those of a call."""
    found = classify(f, "")
    rule = lookup(found.name) if isinstance(found, Library) else None
    own = rule is not None and rule.of_user
    if isinstance(f, FunctionType) and not own and root_package(f.__module__) not in ("numpy", "scipy"):
        return None
    if rule is None or not isinstance(found, Library):
        return None
    root, dot, rest = found.name.partition(".")
    name, given, passed = found.name.rpartition(".")[2], arguments(rule.pattern), arguments(rule.pattern)
    if call is not None:
        needed = [] if rule.pattern.star else [p for p in rule.pattern.positional if p.default is None]
        if not call[1] and call[0] == len(needed) and rule.pattern.star is None:
            return None
        fitting = parameters(rule.pattern, *call)
        if fitting is None:
            return None
        given, passed = ", ".join(fitting), ", ".join([*fitting[: call[0]], *(f"{n}={n}" for n in call[1])])
    called = "function" if own else rest if root == "builtins" else SHORT.get(root, root) + dot + rest
    text = f"def {name}({given}):\n    return {called}({passed})\n"
    shown = found.name if call is None else f"{found.name}({passed})"  # one text for each file name
    filename = f"<srcgrad library {shown}>"
    namespace: dict[str, Any] = {"__name__": found.name.rpartition(".")[0]}
    namespace.update({"function": f} if own else {SHORT.get(root, root): sys.modules[root]})
    return run(filename, text, namespace).pop(name)  # so that inside it the name is the library's


def arguments(pattern: Pattern) -> str:
    """The parameters that a call must give; the optional ones keep their defaults."""
    if pattern.star is not None:
        return "*args"
    return ", ".join(p.name for p in pattern.positional if p.default is None)


def parameters(pattern: Pattern, count: int, words: tuple[str, ...]) -> list[str] | None:
    """Names for `count` positional arguments and the keywords of a call; None where the pattern has none for them."""
    names = [p.name for p in pattern.positional]
    if count > len(names):
        if pattern.star is None:
            return None
        names += [f"{pattern.star.name}{n}" for n in range(count - len(names))]
    found = [*names[:count], *words]
    return found if len(set(found)) == len(found) and all(map(str.isidentifier, words)) else None


def written_around(f: FunctionType) -> FunctionType | None:
    """A function with the parameters of what `f` wraps, that calls `f`; None where these are not all plain ones.

    >>> import functools
    >>> @functools.wraps(lambda x, n=2: x**n)
    ... def wrapper(*args, **kwargs):
    ...     return 3.0 * args[0]
    >>> written_around(wrapper)(2.0)
    6.0
    """
    found = list(inspect.signature(f).parameters.values())
    if any(p.kind is not p.POSITIONAL_OR_KEYWORD or not is_plain(p.default) for p in found):
        return None
    given = ", ".join(p.name if p.default is p.empty else f"{p.name}={p.default!r}" for p in found)
    name = f.__name__ if f.__name__.isidentifier() else "wrapped"
    function = name + "_"
    while function in (p.name for p in found):
        function += "_"
    text = f"def {name}({given}):\n    return {function}({', '.join(p.name for p in found)})\n"
    return run(f"<srcgrad around {next(_numbers)}: {f.__module__}.{f.__qualname__}>", text, {function: f}).pop(name)


def is_plain(default: Any) -> bool:
    return default is inspect.Parameter.empty or default is None or type(default) in (bool, int, float, str)
