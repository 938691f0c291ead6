"""Lists that were just made and that nothing else stands for yet: what is put into them changes no other list.

    pieces = []
    for row in A:
        pieces.append(row[1:])        changes `pieces` only, though others hold parts of A, too
    shifted = pieces                  from here on there are two names
"""

from __future__ import annotations

from ..frontend.emitted import handed_on, makes_list
from ..ir import nodes as ir
from ..ir.walk import reads, statement_expressions, statements, subexpressions
from .rebinding import block_rebinds, rebound_names

Names = frozenset[str]


def fresh_lists(body: ir.Block) -> dict[int, Names]:
    """By statement the names of such lists."""
    found: dict[int, Names] = {}
    captured = frozenset(n for s in statements(body) for n in captures(s))

    def walk(block: ir.Block, fresh: Names) -> Names:
        for s in block:
            fresh -= handed(s)
            found[id(s)] = found.get(id(s), fresh) & fresh
            match s:
                case ir.If(_, then, other):
                    fresh = walk(then, fresh) & walk(other, fresh)
                case ir.For() | ir.While():
                    fresh -= block_rebinds((s,)).union(*(handed(x) for x in statements(s.body)))
                    walk(s.body, fresh)
                case ir.Assign((name,)) if makes_list(s) and name not in captured:
                    fresh |= {name}
                case _:
                    fresh -= frozenset(rebound_names(s))
        return fresh

    walk(body, frozenset())
    return found


def handed(s: ir.Stmt) -> Names:
    """Names that a statement uses for more than what a list holds."""
    rest = frozenset(s.reads) if isinstance(s, ir.Opaque) else frozenset()
    return rest.union(*(handed_on(e, s) for e in statement_expressions(s)))


def captures(s: ir.Stmt) -> Names:
    """Names that a function sees whatever they are bound to."""
    found = frozenset(s.captures) if isinstance(s, ir.Define) else frozenset()
    inner = [x for e in statement_expressions(s) for x in subexpressions(e) if isinstance(x, ir.Lambda)]
    return found.union(*map(reads, inner))
