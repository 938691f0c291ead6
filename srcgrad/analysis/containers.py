"""The kinds of what Python's own iterators and container methods give."""

from __future__ import annotations

from collections.abc import Callable

from ..ir import nodes as ir
from . import kinds as k

Operation = Callable[[list[k.Kind]], "k.Kind | None"]
INT = k.Num("python", "int", ())


def element_kind(value: k.Kind) -> k.Kind:
    """What iterating over a value gives."""
    match value:
        case k.Seq(_, ()):
            return k.Unknown()
        case k.Seq():
            return k.element_of(value)
        case k.Num(_, dtype, dims, active):
            rest = dims[1:] if isinstance(dims, tuple) else None
            return k.Num("any" if rest is None else "array" if rest else "scalar", dtype, rest, active)
        case k.Known(range()):
            return INT
        case k.Known() if k.is_text(value):
            return k.WORDS if k.is_plain(value) else k.TEXT
        case k.Dict() if k.is_record(value):  # not before what gives its items is written out
            return k.Never()
        case k.Dict(items, _):
            keys = tuple(key_kind(key) for key, _ in items or ())
            return k.element_of(k.Seq("list", keys)) if items else k.Unknown()
        case k.Never():
            return value
    return k.Unknown(value.active)


def has_none(found: k.Kind) -> bool:
    """Whether there is nothing to go through."""
    return isinstance(found, k.Seq | k.Dict) and found.items == () and not k.is_record(found)


def item_kind(value: k.Kind, n: int) -> k.Kind:
    if isinstance(value, k.Seq) and value.items is not None and -len(value.items) <= n < len(value.items):
        return value.items[n]
    return element_kind(value)


def kinds_of_targets(value: k.Kind, targets: tuple[ir.Expr, ...]) -> list[k.Kind]:
    """What a value is taken apart into; the targets behind a star count from the end."""
    starred = next((n for n, t in enumerate(targets) if isinstance(t, ir.Star)), len(targets))
    return [item_kind(value, n if n < starred else n - len(targets)) for n in range(len(targets))]


def key_kind(key: object) -> k.Kind:
    """The kind of a key that is known: no key carries a derivative."""
    match key:
        case bool() | int() | float() | complex():
            return k.Num("python", type(key).__name__, (), False, key)
        case tuple():
            return k.Seq("tuple", tuple(map(key_kind, key)))
    return k.Known(key)


def items_of(value: k.Kind) -> tuple[k.Kind, ...] | None:
    return value.items if isinstance(value, k.Seq) else None


def enumerated(args: list[k.Kind]) -> k.Kind:
    items = items_of(args[0])
    if items is not None:
        return k.Seq("list", tuple(k.Seq("tuple", (INT, i)) for i in items))
    return k.Seq("list", None, k.Seq("tuple", (INT, element_kind(args[0]))))


def zipped(args: list[k.Kind]) -> k.Kind:
    known = [items_of(a) for a in args]
    if all(i is not None for i in known):
        return k.Seq("list", tuple(k.Seq("tuple", t) for t in zip(*(i or () for i in known), strict=False)))
    return k.Seq("list", None, k.Seq("tuple", tuple(element_kind(a) for a in args)))


def turned(args: list[k.Kind], stars: list[bool]) -> k.Kind:
    """`zip(*rows)`: tuples of the first elements of all rows, of the second, and so on."""
    rows: list[k.Kind] = []
    for a, star in zip(args, stars, strict=True):
        inside = items_of(a)
        if star and inside is None:
            joined = k.element_of(k.Seq("list", tuple(element_kind(element_kind(x) if s else x)
                                                      for x, s in zip(args, stars, strict=True))))  # fmt: skip
            return k.Seq("list", None, k.Seq("tuple", None, joined))
        rows += inside if star and inside is not None else [a]
    return zipped(rows)


def points_of_grid(args: list[k.Kind]) -> k.Kind:
    """`np.ndindex(*shape)`: tuples of whole numbers."""
    shape = items_of(args[0]) if len(args) == 1 and isinstance(args[0], k.Seq) else tuple(args)
    certain = shape is not None and all(isinstance(n, k.Num) and n.is_scalar for n in shape)
    return k.Seq("list", None, k.Seq("tuple", (INT,) * len(shape)) if certain and shape else k.Seq("tuple", None, INT))


def backwards(args: list[k.Kind]) -> k.Kind:
    items = items_of(args[0])
    return k.Seq("list", items[::-1]) if items is not None else k.Seq("list", None, element_kind(args[0]))


def listed(kind: str) -> Operation:
    def make(args: list[k.Kind]) -> k.Kind:
        if not args:
            return k.Seq(kind, ())
        items = () if has_none(args[0]) else items_of(args[0])
        return k.Seq(kind, items) if items is not None else k.Seq(kind, None, element_kind(args[0]))

    return make


def as_dict(args: list[k.Kind]) -> k.Kind | None:
    return args[0] if args and isinstance(args[0], k.Dict) else None


def dict_part(part: str) -> Operation:
    def take(args: list[k.Kind]) -> k.Kind | None:
        d = args[0]
        if not isinstance(d, k.Dict):
            return None
        pairs = [(key_kind(key), v) for key, v in d.items or ()]
        if d.items is None:
            whole: k.Kind = k.Seq("tuple", (k.Unknown(), k.value_of(d)))
            return k.Seq("list", None, {"items": whole, "values": k.value_of(d), "keys": k.Unknown()}[part])
        chosen = {"items": lambda p: k.Seq("tuple", p), "values": lambda p: p[1], "keys": lambda p: p[0]}[part]
        return k.Seq("list", tuple(chosen(p) for p in pairs))  # type: ignore[no-untyped-call]

    return take


def gotten(args: list[k.Kind]) -> k.Kind | None:
    if not isinstance(args[0], k.Dict):
        return None
    return k.join(held_at(args[0], args[1]), args[2] if len(args) > 2 else k.Known(None))


def held_at(d: k.Dict, key: k.Kind) -> k.Kind:
    """What a dict holds at a key; any of its values where the key, or whether it is there, is not known."""
    match key:
        case k.Known(value) | k.Num(_, _, _, _, value) if value is not k.UNSET:
            return next((v for x, v in d.items or () if k.same_constant(x, value)), k.value_of(d))
    return k.value_of(d)


def same(args: list[k.Kind]) -> k.Kind | None:
    return args[0] if isinstance(args[0], k.Seq | k.Dict) else None


def united(a: k.Dict, b: k.Dict) -> k.Dict:
    """What `a | b` gives."""
    if a.items is None or b.items is None:
        return k.Dict(None, k.join(k.value_of(a), k.value_of(b)))
    return k.Dict(tuple({**dict(a.items), **dict(b.items)}.items()))


def sorted_keys(args: list[k.Kind]) -> k.Kind | None:
    return k.Seq("list", None, element_kind(args[0])) if isinstance(args[0], k.Dict) else None


def number_of(args: list[k.Kind]) -> k.Kind | None:
    return INT if isinstance(args[0], k.Seq) else None


def dict_of(args: list[k.Kind]) -> k.Kind:
    return k.Dict(None, element_kind(args[1]))


def whole_number(args: list[k.Kind]) -> k.Kind:
    return INT


def counted(args: list[k.Kind]) -> k.Kind:
    whole = all(isinstance(a, k.Num) and a.dtype == "int" for a in args)
    return k.Seq("list", None, INT if whole else k.Unknown(any(a.active for a in args)))


def pairs_of_positions(args: list[k.Kind]) -> k.Kind:
    return k.Seq("list", None, k.Seq("tuple", (INT, INT)))


def around(args: list[k.Kind]) -> k.Kind:
    return k.Seq("list", None, element_kind(args[0]))


def turns_of_picks(args: list[k.Kind]) -> k.Kind:
    places = k.Num("array", "int64", (k.Sym("?"),))
    return k.Seq("list", None, k.Seq("tuple", (places, places)))


CONTAINERS: dict[str, Operation] = {
    "srcgrad.runtime.leading": whole_number,
    "srcgrad.runtime.following": whole_number,
    "srcgrad.runtime.runs_of": pairs_of_positions,
    "itertools.count": counted,
    "itertools.cycle": around,
    "srcgrad.runtime.in_turn": turns_of_picks,
    "srcgrad.runtime.dict_of": dict_of,
    "srcgrad.runtime.counted": lambda args: k.Dict(None, INT),
    "builtins.enumerate": enumerated,
    "builtins.zip": zipped,
    "numpy.ndindex": points_of_grid,
    "builtins.reversed": backwards,
    "builtins.list": listed("list"),
    "builtins.tuple": listed("tuple"),
    "builtins.dict": as_dict,
    "builtins.sorted": sorted_keys,
    ".copy": same,
    ".index": number_of,
    ".count": number_of,
    "srcgrad.runtime.private": lambda args: args[0] if isinstance(args[0], k.Num) else same(args),
    ".items": dict_part("items"),
    ".values": dict_part("values"),
    ".keys": dict_part("keys"),
    ".get": gotten,
}
# where arguments are given with a star
STARRED: dict[str, Callable[[list[k.Kind], list[bool]], k.Kind]] = {
    "builtins.zip": turned,
    "numpy.ndindex": lambda args, stars: points_of_grid(args[:1] if len(args) == 1 else [k.Unknown()]),
}
