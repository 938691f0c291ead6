"""A function of a derivative module, ready to be written, and its parameters."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..analysis import kinds as k
from ..analysis.instance import Instance
from ..ir import nodes as ir
from ..ir.walk import reads, statement_expressions, statements
from .calls import parameters


@dataclass
class Emitted:
    """One function of the module, ready to be written: parts are (banner, statements, is it reverse).

    `backward`: the half that takes off again what this one, a forward half, pushes."""

    name: str
    params: tuple[ir.Param, ...]
    docstring: str
    parts: list[tuple[str, list[ir.Stmt], bool]]
    result: str
    instance: Instance
    made: set[str] = field(default_factory=set)
    seed: str = "d_out"
    directions: tuple[str, ...] = ()
    pinned: set[str] = field(default_factory=set)
    backward: str = ""

    def statements(self) -> list[ir.Stmt]:
        return [s for _, block, _ in self.parts for s in block]


def reached(functions: list[Emitted], first: list[Emitted]) -> list[Emitted]:
    """Those of the functions that `first` calls, and what these call."""
    by_name = {f.name: f for f in functions}
    found: set[str] = set()
    waiting = [f.name for f in first]
    while waiting:
        name = waiting.pop()
        if name not in found and name in by_name:
            found.add(name)
            f = by_name[name]
            waiting += named(f)
            if any(isinstance(s, ir.Push) for s in statements(tuple(f.statements()))):
                waiting.append(f.backward)
    return [f for f in functions if f.name in found]


def named(f: Emitted) -> set[str]:
    """All names that a function reads or calls."""
    values = (e for s in statements(tuple(f.statements())) for e in statement_expressions(s))
    return set().union(*map(reads, values))


def half_params(instance: Instance) -> tuple[ir.Param, ...]:
    """All parameters as plain ones, then what functions passed to it carry."""
    known = {p.name: p for p in instance.function.params}
    found: list[ir.Param] = []
    optional = False
    for n in parameters(instance):
        p = known.get(n)
        default = p.default if p is not None and isinstance(p.default, ir.Const) else None
        if default is None and optional:
            default = ir.Const(None)
        optional = optional or default is not None
        found.append(ir.Param(n, "positional", default, p.annotation if p and p.kind != "star" else None))
    return tuple(found)


def with_seed(params: tuple[ir.Param, ...], seed: str, result: k.Kind) -> tuple[ir.Param, ...]:
    """The parameters with `d_out=1.0`, in a place where it changes no call; without a default for a container."""
    special = [p.kind for p in params if p.kind in ("star", "keyword", "double_star")]
    default = None if isinstance(result, k.Seq | k.Dict) else ir.Const(1.0)
    if not special and (default is not None or all(p.default is None for p in params)):
        return (*params, ir.Param(seed, "positional", default))
    own = ir.Param(seed, "keyword", default)
    if params[-1].kind == "double_star":
        return (*params[:-1], own, params[-1])
    return (*params, own)
