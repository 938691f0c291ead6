"""More of `itertools`: what looks at its items by position, or at how far a condition holds.

    for a, b in zip_longest(x, y, fillvalue=0.0): ...
->  for a, b in ((v[n] if n < len(v) else 0.0, w[n] if n < len(w) else 0.0)
                 for v in [list(x)] for w in [list(y)] for n in range(max(len(v), len(w)))): ...
"""

from __future__ import annotations

from collections.abc import Callable

from ..ir import nodes as ir
from .iteration_tools import Args, Keywords, as_early_list, counting, eager, generator, length, once, plus, variables

LEADING, RUNS = "srcgrad.runtime.leading", "srcgrad.runtime.runs_of"
FOLLOWING, ITEMS_OF = "srcgrad.runtime.following", "srcgrad.runtime.items_of"
COUNT, CYCLE = "itertools.count", "itertools.cycle"
UNIT = (ir.Const(0), ir.Const(1))


def zip_longest(args: Args, keywords: Keywords) -> ir.Expr | None:
    fill = dict(keywords).get("fillvalue", ir.Const(None))
    if not args or set(dict(keywords)) - {"fillvalue"} or any(eager(a) is None for a in args):
        return None
    owns = variables("items", len(args), *args, fill)
    (n,), (own_fill,) = variables("n", 1, *args, fill), variables("fill", 1, *args, fill)
    loops: list[tuple[ir.Expr, ir.Expr]] = [(own, once(a)) for own, a in zip(owns, args, strict=True)]
    if not isinstance(fill, ir.Const):
        loops.append((own_fill, ir.Display("list", (fill,))))
        fill = own_fill
    lengths = tuple(length(own) for own in owns)
    loops.append((n, counting(lengths[0] if len(owns) == 1 else ir.Call("builtins.max", lengths))))
    there = [ir.Compare(n, ("<",), (size,)) for size in lengths]
    found = tuple(ir.Select(test, ir.Index(own, n), fill) for test, own in zip(there, owns, strict=True))
    return generator(ir.Display("tuple", found), *loops)


def takewhile(args: Args, keywords: Keywords) -> ir.Expr | None:
    return parted(args, keywords, lambda own, test: (ir.Call(LEADING, (own, test)),))


def dropwhile(args: Args, keywords: Keywords) -> ir.Expr | None:
    return parted(args, keywords, lambda own, test: (ir.Call(LEADING, (own, test)), length(own)))


def parted(args: Args, keywords: Keywords, limits: Callable[[ir.Expr, ir.Expr], Args]) -> ir.Expr | None:
    """Items up to the first one for which a test fails, or from there on."""
    if keywords or len(args) != 2 or eager(args[1]) is None:
        return None
    (own,), (n,) = variables("items", 1, *args), variables("n", 1, *args)
    return generator(ir.Index(own, n), (own, once(args[1])), (n, counting(*limits(own, args[0]))))


def filterfalse(args: Args, keywords: Keywords) -> ir.Expr | None:
    if keywords or len(args) != 2:
        return None
    (item,) = variables("item", 1, *args)
    test = item if args[0] == ir.Const(None) else ir.Apply(args[0], (item,))
    return generator(item, (item, args[1]), test=ir.Call("operator.not_", (test,)))


def groupby(args: Args, keywords: Keywords) -> ir.Expr | None:
    """Runs of items with equal keys; the key of each item is worked out once."""
    named = dict(zip(("iterable", "key"), args, strict=False)) | dict(keywords)
    given = eager(named["iterable"]) if "iterable" in named else None
    if given is None or set(named) - {"iterable", "key"}:
        return None
    used = tuple(named.values())
    (own,), (keys,), (item,) = variables("items", 1, *used), variables("keys", 1, *used), variables("item", 1, *used)
    first, last = variables("n", 2, *used)
    loops: list[tuple[ir.Expr, ir.Expr]] = [(own, once(given))]
    key = named.get("key", ir.Const(None))
    if key == ir.Const(None):
        keys = own
    else:
        worked_out = as_early_list(generator(ir.Apply(key, (item,)), (item, own)))
        loops.append((keys, ir.Display("list", (worked_out,))))
    loops.append((ir.Display("tuple", (first, last)), ir.Call(RUNS, (keys,))))
    return generator(ir.Display("tuple", (ir.Index(keys, first), ir.Index(own, ir.Slice(first, last, None)))), *loops)


def counted(e: ir.Expr) -> tuple[ir.Expr, ir.Expr] | None:
    """Start and step of `itertools.count`."""
    match e:
        case ir.Call("itertools.count", args, keywords):
            named = dict(zip(("start", "step"), (*args, *UNIT[len(args) :]), strict=False)) | dict(keywords)
            return named["start"], named["step"]
    return None


def in_step(e: ir.Expr) -> bool:
    """Whether item k is `start + k * step` to the last bit: numbers that are not whole are added up one by one."""
    found = counted(e)
    return found is not None and all(map(is_whole, found))


def is_whole(e: ir.Expr) -> bool:
    if isinstance(e, ir.Call) and e.op == "operator.neg":
        return is_whole(e.args[0])
    return isinstance(e, ir.Const) and isinstance(e.value, int)


def is_endless(e: ir.Expr) -> bool:
    match e:
        case ir.Call("builtins.zip", args):
            return bool(args) and all(map(is_endless, args))
        case ir.Call("builtins.enumerate" | "builtins.iter", (inner, *_)):
            return is_endless(inner)
        case ir.Comprehension("generator", _, clauses):
            return any(is_endless(c.iterable) for c in clauses)
    return isinstance(e, ir.Call) and e.op in (COUNT, CYCLE)


def never_ends(e: ir.Expr) -> bool:
    """Whether a loop over this would ask for items by position of what has no end, or of too much of it."""
    match e:
        case ir.Call("builtins.zip", args):
            open_ones = [a for a in args if is_endless(a)]
            plain = all(in_step(a) or isinstance(a, ir.Call) and a.op == CYCLE for a in open_ones)
            rest = [a for a in args if a not in open_ones]
            return bool(open_ones) and not (rest and plain) or any(map(never_ends, rest))
        case ir.Call("builtins.enumerate", (inner, *_)):
            return never_ends(inner)
        case ir.Comprehension("generator", _, clauses):
            return any(never_ends(c.iterable) for c in clauses)
    return is_endless(e)


def nth(e: ir.Expr, k: ir.Expr) -> ir.Expr:
    start, step = counted(e) or UNIT
    steps = k if step == ir.Const(1) else ir.Call("operator.mul", (k, step))
    return steps if start == ir.Const(0) else plus(start, steps)


def endless_slice(args: Args, keywords: Keywords) -> ir.Expr | None:
    """Of `count`, which has no end."""
    if keywords or not 2 <= len(args) <= 4 or not in_step(args[0]) or ir.Const(None) in args:
        return None
    (n,) = variables("n", 1, *args)
    return generator(nth(args[0], n), (n, counting(*args[1:])))


MORE: dict[str, Callable[[Args, Keywords], ir.Expr | None]] = {
    "itertools.zip_longest": zip_longest,
    "itertools.takewhile": takewhile,
    "itertools.dropwhile": dropwhile,
    "itertools.filterfalse": filterfalse,
    "itertools.groupby": groupby,
}
