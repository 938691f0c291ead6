"""The text of a Jacobian that a program takes: a column for each number of the arguments, in their structure.

    def jacobian_f(x):
        units = np.reshape(np.eye(max(np.size(x), 1), np.size(x)), (max(np.size(x), 1),) + np.shape(x))
        tangents = [np.copy(f_jvp(x, t_x=unit)[1]) for unit in units]
        return np.reshape(np.stack(tangents, axis=-1)[..., :np.size(x)], np.shape(tangents[0]) + np.shape(x))

Of a container by a container it is a container of containers: each array of the result has in its place what has the
structure of the argument.  Where there are several parameters, a tuple with one for each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import kinds as k
from .nested_refused import Refused

Leaf = tuple[str, k.Num]


@dataclass(frozen=True)
class Names:
    """Names of the emitted function that nothing else in it has."""

    entry: str
    given: list[str]
    units: str
    unit: str
    tangents: str
    tangent: str


def leaves(text: str, kind: k.Kind) -> list[Leaf]:
    """The real numbers and arrays in a structure, by the text of their place."""
    found: list[Leaf] = []

    def note(place: str, of: k.Num) -> str:
        found.append((place, of))
        return place

    mapped(text, kind, note)
    return found


def mapped(text: str, kind: k.Kind, f: Callable[[str, k.Num], str]) -> str:
    """The text of a structure with what `f` gives in the place of each number; None for what has no derivative."""
    match kind:
        case k.Num() if k.carries_derivative(kind):
            return f(text, kind)
        case k.Seq("list" | "tuple" as of, items) if items is not None:
            parts = [mapped(f"{text}[{n}]", v, f) for n, v in enumerate(items)]
            return f"[{', '.join(parts)}]" if of == "list" else f"({', '.join(parts)}{',' * (len(parts) == 1)})"
        case k.Dict(items, _, None, missing=missing) if items is not None and not missing:
            return "{" + ", ".join(f"{n!r}: {mapped(f'{text}[{n!r}]', v, f)}" for n, v in items) + "}"
        case k.Num() | k.Known():
            return "None"
    message = "a Jacobian inside a function is of numbers and arrays, and tuples, lists and dicts of those"
    raise Refused("SG304", message, "Take it of each part.")


def check(of: list[k.Kind], result: k.Kind) -> None:
    """Refused where a structure is not known, and by complex numbers."""
    wanted = [kind for x in of for _, kind in leaves("x", x)]
    if any(kind.is_complex for kind in wanted):
        hint = "Take its real and imaginary parts as arguments of their own."
        raise Refused("SG304", "a Jacobian inside a function is by complex numbers", hint)
    if not leaves("value", result):
        raise Refused("SG304", "a Jacobian inside a function is of a result without numbers", "Return a number.")


def lines_of(
    wrt: dict[str, k.Kind], directions: tuple[str, ...], result: k.Kind, names: Names, single: bool
) -> list[str]:
    """The body of the function."""
    found: list[str] = []
    held: dict[str, str] = {}
    for n, (x, kind) in enumerate((leaf for p, of in wrt.items() for leaf in leaves(p, of))):
        own = f"{names.tangents}{n or ''}"
        held[x] = own
        found += pushed_along(x, kind, own, wrt, directions, names, isinstance(result, k.Num))

    def block(place: str, of: k.Num) -> str:
        each = [mapped(p, kind, lambda x, own: columns(place, of, x, own, held[x], names)) for p, kind in wrt.items()]
        return each[0] if single else f"({', '.join(each)},)"

    return [*found, f"    return {mapped('', result, block)}"]


def pushed_along(
    x: str, kind: k.Num, tangents: str, wrt: dict[str, k.Kind], directions: tuple[str, ...], names: Names, copied: bool
) -> list[str]:
    """Lines that push the units of one number or array through the function, while the others rest."""

    def along(unit: str) -> str:
        def part(place: str, of: k.Num) -> str:
            return unit if place == x else "0.0" if of.kind == "python" else f"np.zeros_like({place})"

        words = [f"{d}={mapped(p, of, part)}" for d, (p, of) in zip(directions, wrt.items(), strict=True)]
        return f"{names.entry}({', '.join([*names.given, *words])})[1]"

    narrow = kind.dtype not in ("float", "float64")
    if kind.dims == ():
        return [f"    {tangents} = {along(f'np.ones_like({x})' if narrow else '1.0')}"]
    wide = f", dtype=np.result_type({x})" if narrow else ""
    size, units = f"max(np.size({x}), 1)", f"np.size({x})"
    pushed = f"np.copy({along(names.unit)})" if copied else along(names.unit)  # lest it share memory with the next one
    # one unit, of no numbers, of an empty array: the shape of the result is known by it
    return [
        f"    {names.units} = np.reshape(np.eye({size}, {units}{wide}), ({size},) + np.shape({x}))",
        f"    {tangents} = [{pushed} for {names.unit} in {names.units}]",
    ]


def columns(place: str, of: k.Num, x: str, kind: k.Num, tangents: str, names: Names) -> str:
    """The block of an array of the result by one of the arguments."""
    if kind.dims == ():
        return f"{tangents}{place}"
    each = f"[np.copy({names.tangent}{place}) for {names.tangent} in {tangents}]" if place else tangents
    stack = f"np.stack({each}, axis=-1)[..., :np.size({x})]"
    if of.dims == ():
        return f"np.reshape({stack}, np.shape({x}))"
    return f"np.reshape({stack}, np.shape({tangents}[0]{place}) + np.shape({x}))"
