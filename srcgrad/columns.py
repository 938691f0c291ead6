"""Products of a Jacobian with many directions: pushed all at once, or one by one where that cannot be told to be right.

The directions go through the program in blocks: the primal is computed once for each block, and a block takes no more
memory than a few large arrays, however many directions there are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from .api import _emissions, _kept, pushing
from .derivative import Emission, Target
from .diagnostics import SrcgradError
from .higher import known_target
from .leaves import count, is_leaf, leaves
from .objects import as_objects, as_records
from .options import Options
from .pullbacks import Unsteady, check_steady
from .runtime import direction_of, zeros_along

if TYPE_CHECKING:
    from .pipeline import Module

ROOM = 2**15  # numbers of the argument or of the result along all directions of a block
FEWEST = 8
ALL, ONE = Options("forward", directions=True), Options("forward")
PushAll = Callable[[Any, int], tuple[Any, Any]]


def columns(
    f: Any, args: tuple[Any, ...], place: int, words: dict[str, Any], compile: str = "numpy"
) -> tuple[Any, list[Any]]:
    """The value, and the derivatives of each array in it by each number of an argument, which are the last axis."""
    x = args[place]
    return pushed(f, args, place, words, count(x), lambda start, end: units(x, start, end), compile)


def pushed(
    f: Any, args: tuple[Any, ...], place: int, words: dict[str, Any], number: int, block: Callable[[int, int], Any],
    compile: str = "numpy",
) -> tuple[Any, list[Any]]:
    """The same along `number` directions of an argument; `block(a, b)` gives those from a to b, on the last axis.

    What is compiled takes them one by one: there a loop costs nothing.
    """
    push = all_at_once(f, args, place, words) if number > 1 and compile == "numpy" else None
    if push is not None:
        try:
            return in_blocks(push, number, count(args[place]), block)
        except Unsteady:
            raise
        except Exception:  # what the function itself raises, it raises again
            pass
    return one_by_one(f, args, place, words, number, block, replace(ONE, compile=compile))


def in_blocks(push: PushAll, number: int, size: int, block: Any) -> tuple[Any, list[Any]]:
    start, value, found = 0, None, list[Any]()
    while start < number:
        end = min(number, start + max(ROOM // max(size, count(value), 1), FEWEST))
        before = value
        value, tangent = push(block(start, end), end - start)
        if start:
            check_steady(value, before, getattr(push, "name", ""))
        for n, (t, v) in enumerate(zip(leaves(tangent, value), leaves(value, value), strict=True)):
            if np.shape(t) != (*np.shape(v), end - start):
                raise AssertionError(f"tangents of shape {np.shape(t)} of a value of shape {np.shape(v)}")
            if start == 0:
                found.append(np.empty((*np.shape(v), number), narrowed(np.result_type(t), np.result_type(v))))
            found[n][..., start:end] = t
        start = end
    return value, found


def narrowed(t: np.dtype[Any], v: np.dtype[Any]) -> np.dtype[Any]:
    """The dtype of the value, if it is of the kind of the tangent: along many directions numbers are arrays."""
    return v if t.kind == v.kind else t


def one_by_one(
    f: Any, args: tuple[Any, ...], place: int, words: dict[str, Any], number: int, block: Any, options: Options = ONE
) -> tuple[Any, list[Any]]:
    moved = tuple(n == place for n in range(len(args)))
    push = pushing(f, args, moved, words, options)
    value, found = None, list[Any]()
    for n in range(max(number, 1)):
        direction, before = direction_of(block(n, n + 1), 0), value
        value, tangent = push(tuple(direction if m else None for m in moved))
        if n:
            check_steady(value, before, known_target(f).name)
        for k, t in enumerate(leaves(tangent, value)):
            if n == 0:
                found.append(np.empty((*np.shape(t), number), np.result_type(t)))
            if number:
                found[k][..., n] = t
    return value, found


def all_at_once(f: Any, args: tuple[Any, ...], place: int, words: dict[str, Any]) -> PushAll | None:
    """What gives the value and its tangents along a number of directions; None if they go through one by one."""
    if known_target(f).star is not None:
        return None
    from .transform.directions import OneByOne  # libcst loads when the first derivative is made

    emissions = _emissions(f, known_target(f), names_of(f, args, place), ALL, ready)
    key = emissions.key(args, words)
    try:
        call = emissions.find(args, words).call
    except (SrcgradError, OneByOne) as e:  # in one direction it is told why, if that is refused as well
        emissions.refused[key] = e
        return None

    def push(directions: Any, number: int) -> tuple[Any, Any]:
        found: tuple[Any, Any] = call(args, directions, number, words)
        return found

    push.name = known_target(f).name  # type: ignore[attr-defined]
    return push


def names_of(f: Any, args: tuple[Any, ...], place: int) -> tuple[str, ...]:
    found = known_target(f).by_parameter([n == place for n in range(len(args))])
    return tuple(n for n, moved in found.items() if moved)


def emission_of(f: Any, args: tuple[Any, ...], place: int, compile: str = "numpy") -> Emission:
    """What was emitted for the latest columns by an argument."""
    names = names_of(f, args, place)
    whole = _kept.get((id(f), names, ALL)) if compile == "numpy" else None
    if whole is not None and whole.latest is not None:
        return whole.latest
    latest = _kept[id(f), names, replace(ONE, compile=compile)].latest
    assert latest is not None
    return latest


def ready(target: Target, module: Module, function: Any, values: dict[str, Any]) -> Callable[..., Any]:
    given = dict(target.located.bound_keywords)
    (name,) = module.directions

    def call(primals: tuple[Any, ...], tangent: Any, number: int, words: dict[str, Any]) -> Any:
        along = {name: tangent, "directions": number}
        value, found = function(*target.located.bound, *primals, **{**given, **words, **along})
        return as_objects(value, module.result), as_objects(found, module.result)

    return call


def units(x: Any, start: int, end: int) -> Any:
    """The directions in which one number of `x` changes, from one of them to another; zeros for what does not move."""
    before = 0

    def visit(v: Any) -> Any:
        nonlocal before
        if isinstance(v, dict):
            found = v.copy()
            for n, i in v.items():
                found[n] = visit(i)
            return found
        if isinstance(v, tuple | list):
            return [visit(i) for i in v]
        if not is_leaf(v):
            return zeros_along(v, end - start)
        unit = np.zeros((np.size(v), end - start), np.result_type(v))
        for n in range(max(start, before), min(end, before + np.size(v))):
            unit[n - before, n - start] = 1
        before += np.size(v)
        return np.reshape(unit, (*np.shape(v), end - start))

    return visit(as_records(x))
