"""Objects that hold one another (see `analysis.linked`): the adjoint, or tangent, of a number is beside it.

    node = Node(v * v, node)     node = linked(v=v * v, next=node, d_v=0.0)     ...  d_v += node.d_v * 2.0 * v
    t = node.v                   t = node.v                                     ...  node.d_v += d_t
    node.v = e                   node.v = e                                     ...  d_v = node.d_v; node.d_v = 0.0
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..analysis import kinds as k
from ..analysis.linked import is_made
from ..ir import nodes as ir
from ..ir.build import slot
from ..ir.walk import statements
from .linked_places import (
    attributes,
    beside,
    flowing,
    heap_of,
    is_linked_store,
    is_number,
    nothing,
    shadow_of,
    taken,
)
from .names import Temporaries
from .reverse_expressions import Adjoint, Cotangent
from .reverse_node import Node
from .shadows import State

if TYPE_CHECKING:
    from .reverse_assignments import Assignments


# ----- the reverse sweep -----


def made(reverse: Assignments, s: ir.Assign, value: ir.Mapping, state: State) -> Node | None:
    """The adjoints of what an object was made of are in it."""
    kind, names = reverse.kind_at(s), Temporaries(reverse.names)
    adjoint = Adjoint(kind, names, s.names[0], reverse.traits)
    heap = heap_of(value, kind)
    first: list[ir.Stmt] = []
    own = attributes(value)
    for name, held in flowing(heap):
        place = slot(ir.Name(s.names[0]), beside(heap, "d_", name))
        if name in own and k.flows(kind(own[name])):
            d = names.fresh(f"{reverse.names.d_prefix}{name}", f"{reverse.names.d_prefix}{s.names[0]}_{name}")
            first.append(ir.Assign((d,), (place,)))
            adjoint.root_value = own[name]
            if not is_number(held):
                adjoint.ordered.append(ir.Assign((d,), (taken(ir.Name(d), own[name], held),)))
            adjoint.pull(own[name], Cotangent(ir.Name(d), False))
        if reverse.reusable:
            first.append(ir.Store(place, nothing(held)))
    if not first:
        return None
    node = reverse.finish(s, adjoint, {}, state)
    node.first = [*first, *node.first]
    return node


def stored(reverse: Assignments, s: ir.Store, state: State) -> Node | None:
    """What an attribute was given has the adjoint of the attribute, which starts anew."""
    kind, names = reverse.kind_at(s), Temporaries(reverse.names)
    held = kind(s.place)
    if not k.flows(held):
        return None
    place = shadow_of(s.place, kind, "d_")
    adjoint = Adjoint(kind, names, "stored", reverse.traits)
    emptied = ir.Store(place, nothing(held))
    if not k.flows(kind(s.value)):
        adjoint.ordered.append(emptied)
        return reverse.finish(s, adjoint, {}, state)
    d = names.fresh(f"{reverse.names.d_prefix}{s.place.index.value}")  # type: ignore[union-attr]
    adjoint.ordered += [ir.Assign((d,), (taken(place, s.value, held),)), emptied]
    adjoint.root_value = s.value
    adjoint.pull(s.value, Cotangent(ir.Name(d), False))
    return reverse.finish(s, adjoint, {}, state)


# ----- which functions change such objects -----


def writes(instance: Any, kind_at: Any, seen: frozenset[int] = frozenset()) -> bool:
    """Whether a function, or one that it calls, puts what carries derivatives into such objects."""
    if id(instance) in seen:
        return False
    for s in statements(instance.body):
        kind = kind_at(instance, s)
        if isinstance(s, ir.Store) and is_linked_store(s, kind) and k.flows(kind(s.place)):
            return True
        if isinstance(s, ir.Assign) and any(is_made(v, kind) and any(flowing(heap_of(v, kind))) for v in s.values):
            return True
    inner = [c.instance for c in instance.calls.values()]
    return any(writes(i, kind_at, seen | {id(instance)}) for i in inner)
