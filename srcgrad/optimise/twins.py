"""Functions that are written alike are written once: a function called with arguments of two kinds, say.

def step_2_fwd(w): ...
def step_fwd(w): ...             ->      def step_fwd(w): ...
w, saved = step_2_fwd(w)                 w, saved = step_fwd(w)
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..ir import nodes as ir
from ..ir.rewrite import map_blocks, map_statement
from ..ir.walk import substitute


def without_twins(functions: list[Any]) -> list[Any]:
    """The emitted functions of a module, those that others equal but for the name left out, callees first."""
    while True:
        kept: list[Any] = []
        names: dict[str, str] = {}
        for f in functions:
            twin = next((n for n, g in enumerate(kept) if are_twins(f, g)), None)
            if twin is None:
                kept.append(f)
                continue
            shorter = min(f.name, kept[twin].name, key=len)
            names |= {f.name: shorter, kept[twin].name: shorter}
            names |= {n: shorter for n, new in names.items() if new == kept[twin].name}
            kept[twin] = replace(kept[twin], name=shorter)
        names = {n: new for n, new in names.items() if n != new}
        if not names:
            return kept
        functions = [with_names(f, names) for f in kept]


def are_twins(f: Any, g: Any) -> bool:
    one, other = f.instance.function, g.instance.function
    same = one.source is other.source and one.qualname == other.qualname and f.params == g.params
    same = same and (f.docstring, f.seed, f.directions, f.result) == (g.docstring, g.seed, g.directions, g.result)
    return same and bool(f.parts == g.parts)


def with_names(f: Any, names: dict[str, str]) -> Any:
    """A function with other names for those that it calls."""
    values: dict[str, ir.Expr] = {n: ir.Name(new) for n, new in names.items()}

    def statement(s: ir.Stmt) -> ir.Stmt:
        if isinstance(s, ir.Push):
            return replace(s, value=substitute(s.value, values))
        changed = map_statement(lambda e: substitute(e, values), s, blocks=False)
        return map_blocks(lambda b: tuple(map(statement, b)), changed)

    parts = [(banner, list(map(statement, block)), reverse) for banner, block, reverse in f.parts]
    return replace(f, parts=parts, backward=names.get(f.backward, f.backward))
