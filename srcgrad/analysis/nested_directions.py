"""Directions of a derivative that a program takes, as its tangents: in the structure of the arguments.

    ball_jvp(ball, t_ball=T)     ->    ball_jvp(ball, t_ball=record(mass=T.mass, place=np.copy(T.place)))
    pair_jvp(p, t_p=[1.0, None])    ->    pair_jvp(p, t_p=[t_p[0], zero_tangent(p[1])])

What is changed of a tangent is changed in a copy of it, and an object that is no record would not be copied.  All that
is written out is memory of its own, so that nothing in it is there twice.
"""

from __future__ import annotations

from typing import Any

from ..diagnostics import SrcgradError
from ..objects import as_records
from . import kinds as k
from .library import kind_of_object
from .nested_refused import Refused

RECORD, ZERO = "record", "zero_tangent"
HELPERS = (("np", "."), (RECORD, "("), (ZERO, "("))


def misfit(message: str) -> Refused:
    return Refused("SG409", message, "It has the structure of the argument.")


def fitted(t: str, given: k.Kind, x: str, kind: k.Kind) -> tuple[str, list[str]]:
    """The text of the tangent of `x` from what `t` gives, which is of the kind `given`; tests that it does not fit."""
    misfits: list[str] = []
    apart = with_records(given)
    return written(t, apart, x, kind, apart != given, misfits), misfits


def with_records(kind: k.Kind) -> k.Kind:
    """A kind with those of records for those of objects that are no more than their attributes."""
    match kind:
        case k.Obj(value):
            try:
                apart: Any = as_records(value)
            except SrcgradError:  # it holds itself
                return kind
            return kind_of_object(apart) if apart is not value else kind
        case k.Seq(of, items) if items is not None:
            return k.Seq(of, tuple(map(with_records, items)))
        case k.Dict(items, _, None) if items is not None:
            return k.Dict(tuple((n, with_records(x)) for n, x in items), None, None, kind.taking, kind.missing)
    return kind


def written(t: str, given: k.Kind, x: str, kind: k.Kind, own: bool, misfits: list[str]) -> str:
    """The text of a part; `own`: all of it is memory of its own."""
    match given, kind:
        case k.Known(None), _:
            return f"{ZERO}({x})" if k.activate(kind).active else t
        case k.Known(), k.Num() if k.carries_derivative(kind):
            raise misfit("the tangent of a number is no number")
        case k.Num(), k.Num() if k.carries_derivative(kind):
            return number(t, given, x, kind, own, misfits)
        case k.Dict(a, _, cls), k.Dict(b) if a is not None and b is not None and not given.missing | kind.missing:
            kinds = {str(n): v for n, v in b}
            if kinds.keys() != {str(n) for n, _ in a}:
                raise misfit(f"the tangent has the items {[str(n) for n, _ in a]}, and the argument has {list(kinds)}")
            form = "{}.{}" if cls is not None else "{}[{!r}]"
            places = [(form.format(t, n), v, form.format(x, n), kinds[str(n)]) for n, v in a]
            parts = [written(*p, own, misfits) for p in places]
            if not own and parts == [place for place, *_ in places]:
                return t
            if cls is None:
                return "{" + ", ".join(f"{n!r}: {part}" for (n, _), part in zip(a, parts, strict=True)) + "}"
            return f"{RECORD}({', '.join(f'{n}={part}' for (n, _), part in zip(a, parts, strict=True))})"
        case k.Seq(of, a), k.Seq(_, b) if a is not None and b is not None and of in ("list", "tuple"):
            if len(a) != len(b):
                raise misfit(f"the tangent has {len(a)} items, and the argument has {len(b)}")
            pairs = list(enumerate(zip(a, b, strict=True)))
            parts = [written(f"{t}[{n}]", v, f"{x}[{n}]", w, own, misfits) for n, (v, w) in pairs]
            if not own and parts == [f"{t}[{n}]" for n, _ in pairs]:
                return t
            return f"[{', '.join(parts)}]" if of == "list" else f"({', '.join(parts)}{',' * (len(parts) == 1)})"
    return t


def number(t: str, given: k.Num, x: str, kind: k.Num, own: bool, misfits: list[str]) -> str:
    if given.is_complex and kind.is_complex is False:
        raise misfit("the tangent is complex, and the argument is real")
    if not k.same_shape(given.dims, kind.dims):
        misfits.append(f"np.shape({t}) != np.shape({x})")
    if given.kind != "array":
        return t
    if kind.kind in ("python", "scalar"):
        return f"{t}[()]"  # what emitted code takes for a number must not change in place
    if not given.active and kind.kind == "array" and given.dtype != kind.dtype and kind.dtype is not None:
        return f"np.array({t}, np.result_type({x}))"
    return f"np.copy({t})" if own else t
