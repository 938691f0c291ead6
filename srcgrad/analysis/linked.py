"""Objects of classes whose objects hold one another, as many as the program makes: lists, trees and graphs of nodes.

    node = None
    for v in x:
        node = Node(v, node)        Node: v a number that carries a derivative, next None or a Node

Such a kind has no end where it is written out.  All objects of the class get one finite kind, `Linked`, that is a
table of what its attributes are anywhere in the program (a fixed point: tables and kinds are found again until
nothing changes).  A class is linked when its objects turn out to be without end; programs whose text says how deep
their objects are keep the kinds that tell each of them apart.

A variable of such a kind is a reference: it has no adjoint.  The adjoint of a number in an object is in the object
itself, beside the number: `Node(v, node)` becomes `linked(v=v, next=node, d_v=0.0)`, and `t = node.v` has the adjoint
`node.d_v += d_t`.  So it does not matter under how many names, or from how many others, an object can be reached, nor
how the references change: no analysis of aliases is asked.  What has to be seen to is that the reverse sweep reads no
attribute of the primal, which may have changed by then: what it needs was given a name when it was read (`is_read`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from ..frontend.classes import LINKED
from ..frontend.several_classes import classes_of, several
from ..ir import nodes as ir
from ..ir.build import call, is_slot, slot
from ..ir.naming import describe
from ..ir.walk import bound_names, children, reads, statement_expressions, statements, subexpressions
from . import kinds as k
from .widening import may_be

KindOf = Callable[[ir.Expr], k.Kind]


class Linking:
    """The linked classes of one program, with the tables of their attributes; `others`: classes that are not linked."""

    def __init__(self, linked: Iterable[Any], others: set[Any]) -> None:
        self.heaps: dict[Any, k.Heap] = {cls: k.Heap(cls) for cls in (LINKED, *linked)}
        self.others = others
        self.changed = False
        self.volatile: list[k.Kind] = []  # of lists and dicts that are in objects, and change in place
        self.stored: set[tuple[int, Any]] = set()  # table and name of attributes that objects are given anew

    def forget(self) -> None:
        for heap in self.heaps.values():
            heap.fields, heap.always = {}, None

    def made(self, cls: Any, fields: dict[Any, k.Kind]) -> k.Kind | None:
        """The kind of an object that is made; None if its class is not linked."""
        heap = self.heaps.get(cls)
        if heap is None:
            self.others |= {cls} if cls is not None and not cls.is_tuple else set()
            return None
        heap.always = frozenset(fields) if heap.always is None else heap.always & frozenset(fields)
        for name, kind in fields.items():
            self.note(heap, name, kind)
        return k.Linked(heap, cls)

    def note(self, heap: k.Heap, name: Any, kind: k.Kind) -> None:
        """An attribute of some object is of this kind, too."""
        old = heap.fields.get(name, k.Never())
        new = k.join(old, kind)
        if new != old or name not in heap.fields:
            heap.fields[name] = new
            self.changed = True

    def is_volatile(self, kind: k.Kind) -> bool:
        """Whether a list or dict may be one that is in an object, and changes."""
        plain = k.unless_none(kind)
        changes = isinstance(plain, k.Seq | k.Dict) and not isinstance(plain, k.Linked)
        return changes and any(may_be(plain, v) for v in self.volatile)

    @property
    def holds_arrays(self) -> bool:
        return any(isinstance(m, k.Num) for m in memory_inside(self.heaps.values()))

    def note_volatile(self, instances: Any, evaluate: Any) -> None:
        """Find out which of the lists and dicts that are in objects may change in place."""
        self.volatile = []
        inside = [m for m in memory_inside(self.heaps.values()) if not isinstance(m, k.Num)]
        if not inside:
            return
        changed = [changed_memory(s, evaluate.at(at, s)) for at in instances for s in statements(at.body)]
        plain = [k.unless_none(c) for c in changed if c is not None]
        self.volatile = [m for m in inside if any(may_be(c, m) for c in plain if isinstance(c, k.Seq | k.Dict))]

    def note_stored(self, instances: Any, evaluate: Any) -> None:
        """Find out which attributes change after their objects are made."""
        self.stored = set()
        for at in instances if any(heap.fields for heap in self.heaps.values()) else ():
            for s in statements(at.body):
                if isinstance(s, ir.Store | ir.Update) and is_slot(s.place):
                    held = k.unless_none(evaluate(at, s, s.place.base))  # type: ignore[union-attr]
                    if isinstance(held, k.Linked):
                        self.stored.add((id(held.heap), s.place.index.value))  # type: ignore[union-attr]

    def is_steady(self, e: ir.Expr, kind: KindOf) -> bool:
        """Whether an expression reads an attribute, a number or an array, that is what it was when its object was made.

        What is in arrays of such objects never changes: that is refused.
        """
        if not is_read(e, kind):
            return False
        heap, name = k.unless_none(kind(e.base)).heap, e.index.value  # type: ignore[union-attr]
        return isinstance(heap.fields.get(name), k.Num) and (id(heap), name) not in self.stored

    def link(self, groups: Iterable[frozenset[Any]]) -> bool:
        """Link classes; whether there is a new one.  Those that are linked, and met as one kind, get one table."""
        changed = False
        for classes in groups:
            new = classes - self.heaps.keys()
            self.heaps |= {cls: k.Heap(cls) for cls in new}
            changed = changed or bool(new) or self.unite(classes)
        return changed

    def unite(self, classes: frozenset[Any]) -> bool:
        """Give classes one table, of objects that may be of each of them; whether they had several."""
        heaps = {id(self.heaps[cls]): self.heaps[cls] for cls in classes}
        parts = frozenset(c for heap in heaps.values() for c in classes_of(heap.cls))
        if len(heaps) < 2 or LINKED in parts:
            return False
        first, *others = sorted(parts, key=lambda c: str(c.name))
        cls: Any = first
        for other in others:
            cls = several(cls, other)
            if cls is None:
                return False
        heap = k.Heap(cls)
        self.heaps |= dict.fromkeys(parts, heap)
        return True


def endless_classes(instances: Any) -> list[frozenset[Any]]:
    """The classes of objects that carry derivatives and hold one another without end, those together that meet."""
    found: list[frozenset[Any]] = []
    for at in instances:
        for kind in (*at.params.values(), *at.names.values(), at.result):
            for part in (kind, *k.inside(kind)):
                endless = k.unless_none(part)
                if isinstance(endless, k.Endless) and endless.active:
                    found.append(frozenset().union(*map(classes_of, endless.classes)))
    return found


def is_linked(kind: k.Kind) -> bool:
    return isinstance(k.unless_none(kind), k.Linked)


def is_read(e: ir.Expr, kind: KindOf) -> bool:
    """Whether an expression reads an attribute of an object that others of its kind are linked to."""
    return is_slot(e) and is_linked(kind(e.base))  # type: ignore[union-attr]


def is_made(e: ir.Expr, kind: KindOf) -> bool:
    """Whether an expression makes such an object."""
    return isinstance(e, ir.Mapping) and e.cls is not None and is_linked(kind(e))


def stands_alone(e: ir.Expr, kind: KindOf, is_volatile: Callable[[k.Kind], bool]) -> bool:
    """Whether an expression gets a name where it stands: the reverse sweep reads no attribute a second time, and
    nothing of a list or dict that may have changed in an object."""
    match e:
        case ir.Comprehension():
            return any(k.holds_reference(kind(ir.Name(n))) for n in reads(e))
        case ir.Index() | ir.Call() | ir.Compare() if any(is_volatile(kind(c)) for c in children(e)):
            return True
    return is_read(e, kind) or is_made(e, kind)


def taken_apart(s: ir.Stmt, kind: KindOf, fresh: Callable[[str], str]) -> list[ir.Stmt] | None:
    """A change of an attribute as an assignment to it, of an object that has a name; None where it is that.

        a.left.v += e        v = a_left.v, with a_left = a.left before
                             a_left.v = v + e
    """
    if not isinstance(s, ir.Store | ir.Update) or not isinstance(s.place, ir.Index) or not is_read(s.place, kind):
        return None
    place, index = s.place, s.place.index
    assert isinstance(index, ir.Const)
    origin = s.origin.edit() if s.origin is not None else None
    before: list[ir.Stmt] = []
    value, base = s.value, place.base
    if not isinstance(base, ir.Name):
        if isinstance(s, ir.Store) and not isinstance(value, ir.Name | ir.Const):  # evaluated before the place is
            name = fresh(describe(value))
            before.append(ir.Assign((name,), (value,), origin=origin))
            value = ir.Name(name)
        name = fresh(describe(base))
        before.append(ir.Assign((name,), (base,), origin=origin))
        place = slot(ir.Name(name), index.value)
    held = kind(s.place)
    if isinstance(s, ir.Update) and s.op.startswith("operator.") and (is_immutable(held) or may_be_number(held)):
        name = fresh(str(index.value))
        before.append(ir.Assign((name,), (place,), origin=origin))
        if not is_immutable(held):  # an array would change, under all its names
            before.append(ir.Eval(call("srcgrad.runtime.require_scalars", ir.Name(name)), origin))
        return [*before, ir.Store(place, ir.Call(s.op, (ir.Name(name), value)), origin)]
    return [*before, replace(s, place=place, value=value, origin=origin)] if before else None


def may_be_number(kind: k.Kind) -> bool:
    plain = k.unless_none(kind)
    return isinstance(plain, k.Num) and plain.kind == "any"


def is_immutable(kind: k.Kind) -> bool:
    plain = k.unless_none(kind)
    return isinstance(plain, k.Num) and plain.is_scalar or isinstance(plain, k.Known)


def memory_inside(heaps: Any) -> Iterator[k.Kind]:
    """The kinds of arrays, lists and dicts that are in such objects."""
    for heap in heaps:
        for field in heap.fields.values():
            for part in (field, *k.inside(field)):
                plain = k.unless_none(part)
                is_number = isinstance(plain, k.Num) and plain.is_scalar
                if not is_number and not isinstance(plain, k.Linked | k.Known | k.Func):
                    yield plain


def changed_memory(s: ir.Stmt, kind: KindOf) -> k.Kind | None:
    """The kind of the array, list or dict that a statement changes; not of a list that a comprehension makes."""
    match s:
        case ir.Update(_, "append"):
            return None
        case ir.Update(place, ".append" | ".pop"):
            return kind(place)
        case ir.Store(place) if is_read(place, kind):
            return None
        case ir.Update(ir.Name() as place):
            found = kind(place)
            return None if isinstance(found, k.Num) and found.is_scalar else found
        case ir.Store(place) | ir.Update(place):
            return kind(place.base)  # type: ignore[union-attr]
    return None


def is_passed_on(name: str, at: Any) -> bool:
    """Whether a name is given what is not worked out there and then, or what it stands for is given to anything."""
    for s in statements(at.body):
        match s:
            case ir.Assign(names, values):
                own = [v for n, v in zip(names, values, strict=True) if n == name]
                if not all(isinstance(v, ir.Const) or is_worked_out(v) for v in own) or ir.Name(name) in values:
                    return True
            case ir.Store(_, value) | ir.Unpack(_, value):
                if value == ir.Name(name) or name in bound_names(s) and isinstance(s, ir.Unpack):
                    return True
        for e in (x for whole in statement_expressions(s) for x in subexpressions(whole)):
            passing = isinstance(e, ir.Mapping | ir.Display | ir.Star | ir.Select | ir.Apply) or id(e) in at.calls
            if passing and ir.Name(name) in children(e):
                return True
    return name in at.params


def is_worked_out(e: ir.Expr) -> bool:
    return isinstance(e, ir.Call) and e.op.startswith("operator.")
