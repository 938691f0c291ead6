"""What a change of a list or dict does to the kinds of names that may stand for it, or for what holds it.

    rows = xs
    xs.append(x)          `rows` has an item more
"""

from __future__ import annotations

from collections.abc import Iterator

from ..frontend.several_classes import classes_of
from . import kinds as k

DEEPEST = 8  # objects in one another that may be one of each other


Changes = list[tuple[k.Kind, k.Kind]]  # what containers have become, and what they were


def widened(kind: k.Kind, changes: Changes) -> k.Kind:
    """The kind of a name after some containers have changed: the name may stand for one of them, or for what holds it.

    A tuple stays what it is: what changes is in it.
    """
    for new, old in changes:
        if not (isinstance(old, k.Never) or isinstance(old, k.Seq) and old.kind == "tuple"):
            kind = widened_by(kind, new, old)
    return kind


def widened_by(kind: k.Kind, changed: k.Kind, before: k.Kind) -> k.Kind:
    match kind:
        case k.Maybe(inner=inner):
            return k.perhaps(widened_by(inner, changed, before))
        case k.Endless():
            return k.join(kind, changed)
        case k.Unknown():
            return k.Unknown(kind.active or changed.active)
        case k.Linked():
            return kind
        case k.Seq() | k.Dict():
            inside = k.map_parts(lambda part: widened_by(part, changed, before), kind, kind.taking)
            whole = k.join(inside, changed) if can_be(kind, changed, before) else inside
            endless = isinstance(whole, k.Dict) and k.depth(whole) >= DEEPEST
            return k.Endless(whole.active, False, k.classes_in(whole)) if endless else whole
    return kind


def changes_in(new: k.Kind, old: k.Kind) -> Changes:
    """What a container has become, and what it was, after the same of the containers in it.

    Those whose kind has stayed are among them: that of another name may have told more.
    """
    new, old = (x.inner if isinstance(x, k.Maybe) else x for x in (new, old))
    if not isinstance(old, k.Seq | k.Dict) or isinstance(old, k.Linked):
        return []
    return [*(c for pair in parts_of_both(new, old) for c in changes_in(*pair)), (new, old)]


def parts_of_both(new: k.Kind, old: k.Seq | k.Dict) -> Iterator[tuple[k.Kind, k.Kind]]:
    match new, old:
        case k.Seq(_, items), k.Seq(_, before) if items is not None and before is not None:
            yield from zip(items, before, strict=False)
        case k.Dict(items), k.Dict(before) if items is not None and before is not None:
            yield from ((dict(items)[n], kind) for n, kind in before if n in dict(items))
        case k.Seq(), k.Seq():
            yield k.element_of(new), k.element_of(old)
        case k.Dict(), k.Dict():
            yield k.value_of(new), k.value_of(old)
        case _:
            yield from ((new, kind) for kind in k.parts(old))


def can_be(kind: k.Kind, changed: k.Kind, before: k.Kind) -> bool:
    """Whether a value of some kind can be the container that changed: before that it was of both kinds.

    Of what was made empty every kind of list, or dict, is one; what is put into it tells those of unlike things apart.
    """
    is_tuple = isinstance(kind, k.Seq) and kind.kind == "tuple"
    if is_tuple or other_length(kind, before) or other_keys(kind, before):
        return False
    was_empty = isinstance(before, k.Seq | k.Dict) and before.items == ()
    return may_be(kind, before) and (not was_empty or may_be(kind, changed))


def other_length(a: k.Kind, b: k.Kind) -> bool:
    """Whether two lists at one moment cannot be one list: an empty one is not one that has an item."""
    lengths = [len(x.items) for x in (a, b) if isinstance(x, k.Seq) and x.items is not None]
    return len(set(lengths)) == 2


def other_keys(a: k.Kind, b: k.Kind) -> bool:
    """Whether two objects, or dicts, at one moment cannot be one: a key that one has the other has not."""
    if not (isinstance(a, k.Dict) and isinstance(b, k.Dict) and a.items is not None and b.items is not None):
        return False
    x, y = ([n for n, _ in d.items or ()] for d in (a, b))
    return any(n not in y for n in x if n not in a.missing) or any(n not in x for n in y if n not in b.missing)


def may_be(a: k.Kind, b: k.Kind) -> bool:
    """Whether one value can be of two kinds; of lists of unknown length, that have items."""
    match a, b:
        case (k.Never() | k.Unknown(), _) | (_, k.Never() | k.Unknown()):
            return True
        case (k.Maybe(inner=inner), other) | (other, k.Maybe(inner=inner)):
            return may_be(inner, other) or may_be(k.NONE, other)
        case k.Seq(x), k.Seq(y):
            return (x == y or "sequence" in (x, y)) and all(may_be(i, j) for i, j in items_of_both(a, b))
        case k.Dict(), k.Dict() if k.is_record(a) or k.is_record(b):
            return k.is_record(a) and k.is_record(b) and bool(classes_of(a.cls) & classes_of(b.cls))
        case k.Dict(), k.Dict():
            return may_be(k.value_of(a), k.value_of(b))
    return not isinstance(a, k.Seq | k.Dict) and not isinstance(b, k.Seq | k.Dict)


def items_of_both(a: k.Seq, b: k.Seq) -> list[tuple[k.Kind, k.Kind]]:
    """Pairs of kinds that what is at one place of both sequences, if they are one, is of."""
    if a.items is not None and b.items is not None and len(a.items) == len(b.items):
        return list(zip(a.items, b.items, strict=True))
    if a.items is not None and b.items is None:
        return [(i, k.element_of(b)) for i in a.items]
    if b.items is not None and a.items is None:
        return [(k.element_of(a), i) for i in b.items]
    return [(k.element_of(a), k.element_of(b))]
