"""What a function made by `np.vectorize` computes, as the text of a Python function for one way of calling it.

    np.vectorize(f)(x)                        np.vectorize(f, signature="(n)->()")(x)

    shape = np.shape(x)                       loop = loop_shape((("n",),), x)
    x_items = np.reshape(x, -1)               x_items = np.reshape(x, (math.prod(loop), -1))
    items.append(pyfunc(x_items[n].item()))   items.append(pyfunc(x_items[n]))
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..frontend.vectorized import Way

Core = tuple[tuple[str, ...], ...]
ARGUMENT = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True)
class Arguments:
    """Parameters by position and by keyword; `taken` are called with item by item, `lists` may be no arrays yet."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    taken: tuple[str, ...]
    lists: frozenset[str]

    def call(self, item: str) -> str:
        """A call of the function, with `item` ("[n]") of what is taken item by item."""
        given = {n: f"{n}_items{item}" if n in self.taken else n for n in (*self.names, *self.words)}
        return f"pyfunc({', '.join([*(given[n] for n in self.names), *(f'{w}={given[w]}' for w in self.words)])})"

    def header(self) -> str:
        params = ["pyfunc", *self.names, *(["*"] if self.words else []), *self.words]
        return f"def vectorize({', '.join(params)}):"

    def array(self, name: str) -> str:
        return f"np.asarray({name})" if name in self.lists else name


def vectorized_text(args: Arguments, way: Way, count: int) -> str:
    """For `count` results."""
    if way.signature is not None:
        return with_signature(args, way, way.signature)
    if not args.taken:
        return f"{args.header()}\n    return {args.call('')}\n"
    several, first_items = len(args.taken) > 1, f"{args.taken[0]}_items"
    shapes = ", ".join(f"np.shape({n})" for n in args.taken)
    lines = [args.header(), f"    shape = np.broadcast_shapes({shapes})" if several else f"    shape = {shapes}"]
    for n in args.taken:
        whole = f"np.broadcast_to({args.array(n)}, shape)" if several else args.array(n)
        lines.append(f"    {n}_items = np.reshape({whole}, -1)")
    numbers = numbered(count)
    kept = way.cache and way.otypes is None
    if way.otypes is None:
        lines += [f"    require_items({first_items})", f"    first = {args.call('[0]')}"]
    lines += [f"    items{n} = [{first_of(k, count) if kept else ''}]" for k, n in enumerate(numbers)]
    lines.append(f"    for n in range({'1, ' if kept else ''}{first_items}.size):")
    lines += appended(args.call("[n].item()"), numbers)
    made = []
    for k, n in enumerate(numbers):
        dtype = repr(way.otypes[k]) if way.otypes is not None else f"np.asarray({first_of(k, count)}).dtype"
        made.append(f"np.reshape(of_type(items{n}, {dtype}), shape)")
    return "\n".join([*lines, f"    return {', '.join(made)}", ""])


def with_signature(args: Arguments, way: Way, signature: str) -> str:
    """Each call is given arrays of the sizes that the signature names, the core, and gives such arrays."""
    cores, results = both_sides(signature)
    lines = [args.header(), *(f"    {n} = np.asarray({n})" for n in args.taken if n in args.lists)]
    lines += [f"    loop = loop_shape({cores!r}, {', '.join(args.taken)})", "    count = math.prod(loop)"]
    for n, core in zip(args.taken, cores, strict=True):
        own = f"np.shape({n})[np.ndim({n}) - {len(core)}:]"
        if core:
            lines.append(f"    {n}_items = np.reshape(np.broadcast_to({n}, loop + {own}), (count, *{own}))")
        else:
            lines.append(f"    {n}_items = np.reshape(np.broadcast_to({n}, loop), -1)")
    numbers = numbered(len(results))
    lines += [f"    require_items({args.taken[0]}_items)", *(f"    items{n} = []" for n in numbers)]
    lines.append("    for n in range(count):")
    lines += appended(args.call("[n]"), numbers)
    firsts = ", ".join(f"items{n}[0]" for n in numbers)
    lines.append(f"    loop_shape({cores + results!r}, {', '.join(args.taken)}, {firsts})")
    made = []
    for k, (n, core) in enumerate(zip(numbers, results, strict=True)):
        dtype = repr(way.otypes[k]) if way.otypes is not None else f"np.asarray(items{n}[0]).dtype"
        shape = f"loop + np.shape(items{n}[0])[np.ndim(items{n}[0]) - {len(core)}:]" if core else "loop"
        made.append(f"np.reshape(of_type(items{n}, {dtype}), {shape})")
    return "\n".join([*lines, f"    return {', '.join(made)}", ""])


def fits(way: Way, signature: str, args: Arguments) -> bool:
    """Whether there are as many arguments, and types of results, as the signature has."""
    cores, results = both_sides(signature)
    return len(cores) == len(args.taken) and len(way.otypes or results) == len(results)


def both_sides(signature: str) -> tuple[Core, Core]:
    """The names of the sizes of each argument and each result."""
    before, _, after = signature.partition("->")
    return tuple(map(sizes, ARGUMENT.findall(before))), tuple(map(sizes, ARGUMENT.findall(after)))


def sizes(text: str) -> tuple[str, ...]:
    """`n, m` as names."""
    return tuple(n.strip() for n in text.split(",") if n.strip())


def numbered(count: int) -> list[str]:
    return [""] if count == 1 else [f"_{n + 1}" for n in range(count)]


def first_of(k: int, count: int) -> str:
    return "first" if count == 1 else f"first[{k}]"


def appended(call: str, numbers: list[str]) -> list[str]:
    """The body of the loop: one call, and each of its results put behind the others."""
    if len(numbers) == 1:
        return [f"        items.append({call})"]
    unpacked = f"        {', '.join(f'item{n}' for n in numbers)} = {call}"
    return [unpacked, *(f"        items{n}.append(item{n})" for n in numbers)]
