"""Calls of Python's own functions that say in other words what the IR has a node for.

dict(zip(ks, vs)), dict(a=x)    ->    {k: v for ...}, {"a": x}
np.fromiter(g, float)           ->    np.array([... for ...], dtype=float)
sorted(xs, key=f)               ->    [xs[n] for n in order_of(xs, key=f)]
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..ir import nodes as ir
from .comprehensions import DICT_OF
from .getters import GETTERS
from .iteration_more import MORE, endless_slice, is_endless
from .iteration_tools import TOOLS, as_early_list, as_list, first_in_order, items, once, variables
from .read_products import pushed

SUM_OF_LISTS = "srcgrad.sum_of_lists"
Args = tuple[ir.Expr, ...]
Keywords = tuple[tuple[str, ir.Expr], ...]
ARRAY = {  # the names of first arguments
    **dict.fromkeys(("numpy.flip", "numpy.fliplr", "numpy.flipud", "numpy.rot90"), "m"),
    **dict.fromkeys(("numpy.split", "numpy.array_split", "numpy.hsplit", "numpy.vsplit", "numpy.dsplit"), "ary"),
    **{f"numpy.{n}": "a" for n in ("transpose", "reshape", "ravel", "swapaxes", "moveaxis", "rollaxis", "squeeze",
                                   "expand_dims", "diagonal", "asarray")},
    "numpy.broadcast_to": "array",
}  # fmt: skip


def rewritten(op: str, args: Args, keywords: Keywords) -> ir.Expr | None:
    """The expression that stands for a call, if there is a plainer one."""
    if any(isinstance(a, ir.Star) for a in args):
        return None
    if any(map(is_endless, args)) and op not in MORE:
        return endless_slice(args, keywords) if op == "itertools.islice" else None
    found = REWRITES.get(op)
    return found(args, keywords) if found is not None else array_first(op, args, keywords)


def array_first(op: str, args: Args, keywords: Keywords) -> ir.Expr | None:
    """`np.flip(m=y, axis=0)` is `np.flip(y, axis=0)`: what a view is taken of is the first argument."""
    given = [v for n, v in keywords if n == ARRAY.get(op)]
    if args or not given:
        return None
    return ir.Call(op, (given[0],), tuple((n, v) for n, v in keywords if n != ARRAY[op]))


def plain_dict(args: Args, keywords: Keywords) -> ir.Expr | None:
    match args:
        case () if keywords:
            return ir.Mapping(tuple(ir.Const(n) for n, _ in keywords), tuple(v for _, v in keywords))
        case (ir.Call("builtins.zip", (keys, values)),) if not keywords and can_be_read_twice(keys):
            return ir.Call(DICT_OF, (keys, values))
        case (ir.Call("builtins.zip", (ir.Call("builtins.range" | ".keys" as op) as keys, values)),) if not keywords:
            return ir.Call(DICT_OF, (keys if op == "builtins.range" else ir.Call("builtins.list", (keys,)), values))
        case (ir.Comprehension("list" | "generator", ir.Display("tuple", (key, value)), clauses),) if not keywords:
            return ir.Comprehension("dict", value, clauses, key)
        case (ir.Display("list" | "tuple", pairs),) if all(map(is_pair, pairs)):
            given = [(p.items[0], p.items[1]) for p in pairs]  # type: ignore[union-attr]
            given += [(ir.Const(n), v) for n, v in keywords]
            return ir.Mapping(tuple(n for n, _ in given), tuple(v for _, v in given))
        case (ir.Name() | ir.Index() | ir.Attribute() as d,) if keywords:
            more = tuple(ir.Const(n) for n, _ in keywords)
            return ir.Mapping((None, *more), (ir.Call("builtins.dict", (d,)), *(v for _, v in keywords)))
    return None


def ordered_dict(args: Args, keywords: Keywords) -> ir.Expr | None:
    """`OrderedDict([("a", x)])` as a dict written out, of that type."""
    found = plain_dict(args, keywords) if args or keywords else ir.Mapping((), ())
    found = args[0] if not keywords and len(args) == 1 and isinstance(args[0], ir.Mapping) else found
    return replace(found, ordered=True) if isinstance(found, ir.Mapping) else None


def is_pair(e: ir.Expr) -> bool:
    """Whether an expression is a key, known as it stands, with a value."""
    match e:
        case ir.Display("tuple" | "list", (ir.Const(), value)):
            return not isinstance(value, ir.Star)
    return False


def from_keys(args: Args, keywords: Keywords) -> ir.Expr | None:
    """`dict.fromkeys(ks, e)` is `{k: e for k in ks}`, with e worked out once."""
    if len(args) not in (1, 2) or keywords:
        return None
    value = args[1] if len(args) == 2 else ir.Const(None)
    (key,), (own,) = variables("key", 1, *args), variables("value", 1, *args)
    clause = ir.Clause(key, args[0], ())
    if isinstance(value, ir.Name | ir.Const):
        return ir.Comprehension("dict", value, (clause,), key)
    return ir.Comprehension("dict", own, (ir.Clause(own, ir.Display("list", (value,)), ()), clause), key)


def can_be_read_twice(e: ir.Expr) -> bool:
    return isinstance(e, ir.Name | ir.Const | ir.Display | ir.Index | ir.Attribute)


def from_iterable(args: Args, keywords: Keywords) -> ir.Expr | None:
    named = dict(zip(("iter", "dtype", "count"), args, strict=False)) | dict(keywords)
    if set(named) - {"iter", "dtype", "count"} or "iter" not in named:
        return None
    items = as_early_list(named["iter"])
    if "count" in named and named["count"] != ir.Const(-1):
        items = ir.Index(items, ir.Slice(None, named["count"], None))
    return ir.Call("numpy.array", (items,), (("dtype", named["dtype"]),)) if "dtype" in named else None


def from_function(args: Args, keywords: Keywords) -> ir.Expr | None:
    """`np.fromfunction(f, shape)` is `f(*np.indices(shape, dtype=float))`."""
    if len(args) != 2 or set(dict(keywords)) - {"dtype"} or not isinstance(args[1], ir.Display):
        return None
    dtype = dict(keywords).get("dtype", ir.Name("float"))
    indices = ir.Call("numpy.indices", (args[1],), (("dtype", dtype),))
    return ir.Apply(args[0], tuple(ir.Index(indices, ir.Const(n)) for n in range(len(args[1].items))))


def pool_of(e: ir.Expr) -> ir.Expr | None:
    """What is sorted: what can be read by position, or the parts of a dict."""
    match e:
        case ir.Call(".items" | ".values" | ".keys", (d,), ()) if items(d) is not None:
            return e
        case ir.Display("list" | "tuple") | ir.Comprehension("list"):
            return e
        case ir.Comprehension("generator"):
            return replace(e, kind="list")
        case ir.Call(op) if op.startswith(("operator.", "numpy.")) or op in ("builtins.list", "builtins.tuple"):
            return e
    return items(e)


def ordered(args: Args, keywords: Keywords) -> ir.Expr | None:
    """`sorted(xs, key=f)` is `[v[n] for v in [list(xs)] for n in order_of(v, key=f)]`."""
    pool = pool_of(args[0]) if len(args) == 1 else None
    return taken_in_order(pool, "srcgrad.runtime.order_of", keywords) if pool is not None else None


def first_of(*more: tuple[str, ir.Expr]) -> Callable[[Args, Keywords], ir.Expr | None]:
    """`heapq.nlargest(n, xs, key=f)` is `sorted(xs, key=f, reverse=True)[:n]`."""

    def expression(args: Args, keywords: Keywords) -> ir.Expr | None:
        if len(args) not in (2, 3) or len(args) + len(keywords) > 3:
            return None
        key = keywords or tuple(("key", a) for a in args[2:])
        found = ordered(args[1:2], tuple(pair for pair in key if pair[1] != ir.Const(None)) + more)
        count = args[0] if isinstance(args[0], ir.Const) else ir.Call("builtins.max", (ir.Const(0), args[0]))
        return ir.Index(found, ir.Slice(None, count, None)) if found is not None else None

    return expression


def taken_in_order(pool: ir.Expr, helper: str, keywords: Keywords = ()) -> ir.Expr:
    """`[v[n] for v in [pool] for n in helper(v)]`"""
    used = (pool, *dict(keywords).values())
    (n,), (own,) = variables("n", 1, *used), variables("items", 1, *used)
    order = ir.Call(helper, (own,), keywords)
    clauses = (ir.Clause(own, once(pool), ()), ir.Clause(n, order, ()))
    return ir.Comprehension("list", ir.Index(own, n), clauses)


def of_once(e: ir.Expr, keywords: Keywords) -> ir.Expr | None:
    """`max(e, key=f)` of what has no name."""
    pool = pool_of(e)
    return first_in_order(pool, keywords) if pool is not None else None


def extreme(*more: tuple[str, ir.Expr]) -> Callable[[Args, Keywords], ir.Expr | None]:
    """`max(xs, key=f)` is `list(xs)[order_of(xs, key=f, reverse=True)[0]]`: of equal ones, the first."""

    def expression(args: Args, keywords: Keywords) -> ir.Expr | None:
        if len(args) != 1 or [n for n, _ in keywords] != ["key"]:
            return None
        pool = items(args[0])
        if pool is None:
            return of_once(args[0], keywords + more)
        order = ir.Call("srcgrad.runtime.order_of", (pool,), keywords + more)
        return ir.Index(as_list(pool), ir.Index(order, ir.Const(0)))

    return expression


def starmapped(args: Args, keywords: Keywords) -> ir.Expr | None:
    """`itertools.starmap(f, xs)` is `[f(*v) for v in xs]`."""
    found = TOOLS["itertools.starmap"](args, keywords)
    if found is not None or len(args) != 2 or keywords or not isinstance(args[0], ir.Name | ir.Lambda | ir.Attribute):
        return found
    (own,) = variables("v", 1, *args)
    return ir.Comprehension("list", ir.Apply(args[0], (ir.Star(own),), ()), (ir.Clause(own, args[1], ()),))


def numbered(args: Args, keywords: Keywords) -> ir.Expr | None:
    """`np.ndenumerate(a)` is `zip(np.ndindex(np.shape(a)), np.ravel(a))`."""
    if len(args) != 1 or keywords or not can_be_read_twice(args[0]):
        return None
    points = ir.Call("builtins.list", (ir.Call("numpy.ndindex", (ir.Call("numpy.shape", args),)),))
    return ir.Call("builtins.zip", (points, ir.Call("numpy.ravel", args)))


def labelled(e: ir.Expr) -> str | None:
    """A list of indices of `np.einsum` as letters, in NumPy's order; None where it is not written out."""
    if not isinstance(e, ir.Display):
        return None
    found = ""
    for i in e.items:
        match i:
            case ir.Const(int(n)) if not isinstance(n, bool) and 0 <= n < len(LETTERS):
                found += LETTERS[n]
            case ir.Const(value) if value is ...:
                found += "..."
            case _:
                return None
    return found


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def with_subscripts(args: Args, keywords: Keywords) -> ir.Expr | None:
    """`np.einsum(x, [0, 1], y, [1, 2], [0, 2])` is `np.einsum("AB,BC->AC", x, y)`."""
    if len(args) < 2 or isinstance(args[0], ir.Const):
        return None
    lists = [labelled(e) for e in (*args[1::2], *(args[-1:] if len(args) % 2 else ()))]
    if None in lists:
        return None
    count = len(args) // 2
    text = ",".join(map(str, lists[:count])) + "".join(f"->{t}" for t in lists[count:])
    return ir.Call("numpy.einsum", (ir.Const(text), *args[: 2 * count : 2]), keywords)


def with_pair(op: str) -> Callable[[Args, Keywords], ir.Expr | None]:
    """`cho_solve(factor, b)` is `cho_solve((factor[0], factor[1]), b)`: so a pair is one whatever is known of it."""

    def expression(args: Args, keywords: Keywords) -> ir.Expr | None:
        if not args or isinstance(args[0], ir.Display) or not can_be_read_twice(args[0]):
            return None
        pair = ir.Display("tuple", tuple(ir.Index(args[0], ir.Const(n)) for n in (0, 1)))
        return ir.Call(op, (pair, *args[1:]), keywords)

    return expression


def item(args: Args, keywords: Keywords) -> ir.Expr | None:
    return ir.Index(*args) if len(args) == 2 and not keywords else None


def cast(args: Args, keywords: Keywords) -> ir.Expr | None:
    """`typing.cast(T, x)` is x."""
    return args[1] if len(args) == 2 and not keywords else None


def joined(args: Args, keywords: Keywords) -> ir.Expr | None:
    """`sum(lists, [])` joins them one by one."""
    start = dict(keywords).get("start", args[1] if len(args) == 2 else None)
    match start:
        case ir.Display("list" | "tuple") | ir.Comprehension("list") | ir.Call("builtins.list" | "builtins.tuple"):
            return ir.Call(SUM_OF_LISTS, (args[0], start))
    return None


REWRITES: dict[str, Callable[[Args, Keywords], ir.Expr | None]] = {
    "builtins.dict": plain_dict,
    "builtins.dict.fromkeys": from_keys,
    "collections.OrderedDict": ordered_dict,
    "numpy.fromiter": from_iterable,
    "numpy.fromfunction": from_function,
    "numpy.einsum": with_subscripts,
    **{f"scipy.linalg.{n}": with_pair(f"scipy.linalg.{n}") for n in ("cho_solve", "lu_solve")},
    "operator.getitem": item,
    "numpy.ndenumerate": numbered,
    "builtins.sorted": ordered,
    "heapq.nlargest": first_of(("reverse", ir.Const(True))),
    "heapq.nsmallest": first_of(),
    "builtins.max": extreme(("reverse", ir.Const(True))),
    "builtins.min": extreme(),
    "builtins.sum": joined,
    "srcgrad.api.jvp": pushed,
    **TOOLS,
    **MORE,
    **GETTERS,
    "itertools.starmap": starmapped,
    "typing.cast": cast,
}
