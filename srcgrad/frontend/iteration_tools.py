"""Functions of `itertools` that make their items from what they are given, as generators written out.

    for a, b in itertools.combinations(x, 2):
        ...
->  for a, b in ((v[i], v[j]) for v in [list(x)] for i in range(len(v)) for j in range(i + 1, len(v))):
        ...

They stay generators: one that is kept and read twice has nothing to give the second time, and is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..ir import nodes as ir
from ..ir.walk import reads, subexpressions

Args = tuple[ir.Expr, ...]
Keywords = tuple[tuple[str, ir.Expr], ...]
LARGEST = 4  # items at a time, each a loop of its own


def variables(name: str, count: int, *used: ir.Expr) -> list[ir.Name]:
    """Names for the variables of a generator, none of which its own iterables read."""
    taken = set().union(*(reads(e) for e in used))
    while any(n.startswith(name) for n in taken):
        name += "_"
    return [ir.Name(name + (str(n + 1) if count > 1 else "")) for n in range(count)]


def generator(element: ir.Expr, *loops: tuple[ir.Expr, ir.Expr], test: ir.Expr | None = None) -> ir.Expr:
    clauses = [ir.Clause(target, iterable, ()) for target, iterable in loops]
    if test is not None:
        clauses[-1] = ir.Clause(clauses[-1].target, clauses[-1].iterable, (test,))
    return ir.Comprehension("generator", element, tuple(clauses))


def counting(*args: ir.Expr) -> ir.Expr:
    return ir.Call("builtins.range", args)


def length(e: ir.Expr) -> ir.Expr:
    if isinstance(e, ir.Call) and is_count(e):
        return e.args[0]  # a negative one has no items either way
    return ir.Call("builtins.len", (e,))


def plus(a: ir.Expr, b: ir.Expr) -> ir.Expr:
    return ir.Call("operator.add", (a, b))


def items(e: ir.Expr) -> ir.Expr | None:
    """What can be read by position, several times; None where nothing but an iterator is there."""
    if isinstance(e, ir.Name | ir.Index | ir.Attribute | ir.Const):
        return e
    if isinstance(e, ir.Display) and e.kind != "set":
        return e if all(isinstance(x, ir.Name | ir.Const) for x in e.items) else None
    match e:
        case ir.Call("builtins.range"):
            return e
        case ir.Call("builtins.zip" | "builtins.enumerate", parts) if all(items(p) is not None for p in parts):
            return e
    return None


def eager(e: ir.Expr) -> ir.Expr | None:
    """What gives its items all at once, and does nothing on the way: no iterator that works them out."""
    lazy = any(
        isinstance(x, ir.Comprehension) and x.kind == "generator"
        or isinstance(x, ir.Call) and x.op.startswith(("itertools.", "builtins.iter", "builtins.open"))
        for x in subexpressions(e)
    )  # fmt: skip
    return None if lazy else e


def at(pool: ir.Expr, position: ir.Expr) -> ir.Expr:
    return position if is_count(pool) else ir.Index(pool, position)


def is_count(e: ir.Expr) -> bool:
    """`range(n)`: its items are their own positions."""
    return isinstance(e, ir.Call) and e.op == "builtins.range" and len(e.args) == 1


def once(pool: ir.Expr) -> ir.Expr:
    """What a loop goes through to bind the items of a pool, which may be a dict, by position."""
    return ir.Display("list", (as_list(pool),))


def first_in_order(pool: ir.Expr, keywords: Keywords) -> ir.Expr:
    """`[v[order_of(v, key=f)[0]] for v in [list(pool)]][0]`, with the pool worked out once."""
    (own,) = variables("items", 1, pool, *dict(keywords).values())
    first = ir.Index(ir.Call("srcgrad.runtime.order_of", (own,), keywords), ir.Const(0))
    return ir.Index(ir.Comprehension("list", ir.Index(own, first), (ir.Clause(own, once(pool), ()),)), ir.Const(0))


def small(e: ir.Expr | None) -> int:
    match e:
        case ir.Const(bool()):
            return 0
        case ir.Const(int(n)) if 0 < n <= LARGEST:
            return n
    return 0


def product(args: Args, keywords: Keywords) -> ir.Expr | None:
    named = dict(keywords)
    repeat = small(named.pop("repeat", ir.Const(1)))
    if named or not args or len(args) * repeat > LARGEST:
        return None
    owns = variables("items", len(args), *args)
    plain = [items(a) for a in args]
    bound = [(own, once(a)) for own, a, p in zip(owns, args, plain, strict=True) if p is None]
    pools = [own if p is None else p for own, p in zip(owns, plain, strict=True)] * repeat
    names = variables("item", len(pools), *args)
    return generator(ir.Display("tuple", tuple(names)), *bound, *zip(names, pools, strict=True))


def chosen(following: Callable[[ir.Expr], ir.Expr] | None) -> Callable[[Args, Keywords], ir.Expr | None]:
    """Tuples of items of one pool; `following`: where the position after a given one starts, None for any other."""

    def expression(args: Args, keywords: Keywords) -> ir.Expr | None:
        named = dict(zip(("iterable", "r"), args, strict=False)) | dict(keywords)
        count, pool = small(named.get("r")), named.get("iterable")
        if not count or pool is None or len(named) != 2:
            return None
        names, (own,) = variables("i", count, pool), variables("items", 1, pool)
        loops: list[tuple[ir.Expr, ir.Expr]] = [] if is_count(pool) else [(own, once(pool))]
        each = pool if is_count(pool) else own
        differ: list[ir.Expr] = []
        for n, name in enumerate(names):
            start = (following(names[n - 1]),) if following is not None and n else ()
            loops.append((name, counting(*start, length(each))))
            if following is None:
                differ += [ir.Compare(name, ("!=",), (other,)) for other in names[:n]]
        test = None if not differ else differ[0] if len(differ) == 1 else ir.BoolOp("and", tuple(differ))
        return generator(ir.Display("tuple", tuple(at(each, n) for n in names)), *loops, test=test)

    return expression


def pairwise(args: Args, keywords: Keywords) -> ir.Expr | None:
    if len(args) != 1 or keywords or (pool := eager(args[0])) is None:
        return None
    names, (own,) = tuple(variables("item", 2, pool)), variables("items", 1, pool)
    pair, named = ir.Display("tuple", names), items(pool)
    whole = own if named is None else as_list(named)
    pairs = (pair, ir.Call("builtins.zip", (whole, ir.Index(whole, ir.Slice(ir.Const(1), None, None)))))
    return generator(pair, *([(own, once(pool)), pairs] if named is None else [pairs]))


def chain(args: Args, keywords: Keywords) -> ir.Expr | None:
    if keywords or not args:
        return None
    lists = [as_early_list(a) for a in args]
    whole = lists[0]
    for e in lists[1:]:
        whole = plus(whole, e)
    (item,) = variables("item", 1, whole)
    return generator(item, (item, whole))


def as_list(e: ir.Expr) -> ir.Expr:
    match e:
        case ir.Display("list"):
            return e
        case ir.Comprehension("generator", element, clauses, _):
            return ir.Comprehension("list", element, clauses)
    return ir.Call("builtins.list", (e,))


def as_early_list(e: ir.Expr) -> ir.Expr:
    """The items of what Python asks for one at a time, and perhaps not for all of them."""
    found = as_list(e)
    return replace(found, early=True) if isinstance(found, ir.Comprehension) else found


def flattened(args: Args, keywords: Keywords) -> ir.Expr | None:
    if keywords or len(args) != 1:
        return None
    part, item = variables("part", 1, *args)[0], variables("item", 1, *args)[0]
    return generator(item, (part, args[0]), (item, part))


def islice(args: Args, keywords: Keywords) -> ir.Expr | None:
    if keywords or not 2 <= len(args) <= 4:
        return None
    first, *limits = args
    parts = [None if e == ir.Const(None) else e for e in limits]
    section = ir.Slice(None, parts[0], None) if len(parts) == 1 else ir.Slice(*parts, *[None] * (3 - len(parts)))
    whole = ir.Index(as_early_list(first), section)
    (item,) = variables("item", 1, whole)
    return generator(item, (item, whole))


def repeat(args: Args, keywords: Keywords) -> ir.Expr | None:
    named = dict(zip(("object", "times"), args, strict=False)) | dict(keywords)
    if set(named) != {"object", "times"}:
        return None
    (n,) = variables("n", 1, named["object"])
    return generator(named["object"], (n, counting(named["times"])))


def starmap(args: Args, keywords: Keywords) -> ir.Expr | None:
    """Of what is zipped: how many arguments there are is known."""
    match args:
        case (func, ir.Call("builtins.zip", parts, ())) if not keywords:
            names = tuple(variables("item", len(parts), *args))
            target = names[0] if len(names) == 1 else ir.Display("tuple", names)
            return generator(ir.Apply(func, names), (target, args[1]))
    return None


def compress(args: Args, keywords: Keywords) -> ir.Expr | None:
    if keywords or len(args) != 2:
        return None
    item, chosen_ = variables("item", 1, *args)[0], variables("chosen", 1, *args)[0]
    pair = ir.Display("tuple", (item, chosen_))
    return generator(item, (pair, ir.Call("builtins.zip", args)), test=chosen_)


def accumulate(args: Args, keywords: Keywords) -> ir.Expr | None:
    """Running sums, which NumPy adds up in the same order."""
    if len(args) != 1 or keywords:
        return None
    sums = ir.Call("numpy.cumsum", (as_early_list(args[0]),), (("axis", ir.Const(0)),))
    (item,) = variables("item", 1, sums)
    return generator(item, (item, sums))


TOOLS: dict[str, Callable[[Args, Keywords], ir.Expr | None]] = {
    "itertools.product": product,
    "itertools.combinations": chosen(lambda i: plus(i, ir.Const(1))),
    "itertools.combinations_with_replacement": chosen(lambda i: i),
    "itertools.permutations": chosen(None),
    "itertools.pairwise": pairwise,
    "itertools.chain": chain,
    "itertools.chain.from_iterable": flattened,
    "itertools.islice": islice,
    "itertools.repeat": repeat,
    "itertools.starmap": starmap,
    "itertools.compress": compress,
    "itertools.accumulate": accumulate,
}
