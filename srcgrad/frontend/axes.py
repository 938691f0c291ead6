"""What operations say of the axes of their arguments, for `ranks`."""

from __future__ import annotations

from collections.abc import Iterator

from ..ir import nodes as ir
from ..ir.walk import children
from ..rules import registry

# the result has the axes of the first argument
SAME = frozenset({
    "numpy.array", "numpy.asarray", "numpy.copy", "numpy.ascontiguousarray", "numpy.asfortranarray", "numpy.sort",
    "numpy.cumsum", "numpy.flip", "numpy.fliplr", "numpy.flipud", "numpy.zeros_like", "numpy.ones_like",
    "numpy.empty_like", "numpy.roll", "numpy.real", "numpy.imag", "numpy.asarray_chkfinite", "numpy.transpose",
    "numpy.diff", "copy.copy", "copy.deepcopy", "builtins.list", "builtins.reversed", "builtins.enumerate", ".copy",
    ".astype", ".conj", ".conjugate", ".transpose", ".clip", ".round", ".view", "numpy.swapaxes", ".swapaxes",
    "numpy.moveaxis", "numpy.rollaxis", "numpy.permute_dims",
})  # fmt: skip
OF_ITEMS = frozenset({"numpy.concatenate", "numpy.hstack"})
NEW = frozenset({"numpy.zeros", "numpy.ones", "numpy.full", "numpy.empty", "numpy.arange", "numpy.linspace"})
LISTS = ("builtins.len", "operator.matmul", "numpy.outer", ".sort", ".fill")
TABLES = (
    "numpy.fill_diagonal", "numpy.linalg.solve", "numpy.linalg.inv", "numpy.linalg.det", "numpy.linalg.cholesky",
    "numpy.linalg.matrix_power", "numpy.linalg.eigh", "numpy.linalg.svd", "numpy.linalg.qr", "numpy.trace",
    "numpy.diagonal", ".trace", ".diagonal", "numpy.tril", "numpy.triu", ".transpose", "numpy.transpose", ".ravel",
    ".flatten", "numpy.ravel", ".swapaxes", "numpy.swapaxes", "numpy.moveaxis", "numpy.fliplr", "numpy.vsplit",
)  # fmt: skip
WITH_AXES = {**dict.fromkeys(LISTS, 1), **dict.fromkeys(TABLES, 2)}
# arrays, of whatever rank
AS_ARRAYS = frozenset({
    "numpy.reshape", "numpy.sum", "numpy.mean", "numpy.max", "numpy.min", "numpy.prod", "numpy.std", "numpy.var",
    "numpy.array", "numpy.asarray", "numpy.copy", "numpy.asarray_chkfinite", "numpy.ascontiguousarray", "numpy.diff",
    "numpy.squeeze", "numpy.broadcast_to", "numpy.split", "numpy.real", "numpy.imag", "numpy.sort",
    "numpy.cumsum", "numpy.linalg.norm", "numpy.dot", "numpy.hsplit", "numpy.array_split",
    ".reshape", ".sum", ".mean", ".max", ".min", ".prod", ".std", ".var", ".copy", ".astype", ".squeeze", ".conj",
    ".conjugate", ".cumsum", ".dot", ".view",
})  # fmt: skip

# views of parts of the first argument, with its axes
PARTS = frozenset({"numpy.split", "numpy.array_split", "numpy.hsplit", "numpy.vsplit", "numpy.dsplit"})
NUMBERED = frozenset({"numpy.swapaxes", ".swapaxes", "numpy.moveaxis", "numpy.rollaxis"})  # by the numbers of axes
ORDERED = frozenset({"numpy.transpose", ".transpose", "numpy.permute_dims"})  # by the numbers of all axes


def axes_named(e: ir.Call) -> int:
    """How many axes the first argument has at least, by the numbers of axes among the others."""
    first = e.args[1] if len(e.args) == 2 else None
    given = first.items if isinstance(first, ir.Display) else e.args[1:]
    numbers = [a.value for a in given if isinstance(a, ir.Const) and type(a.value) is int]
    if e.op in ORDERED:
        return len(given) if numbers else 0
    return max((n + 1 if n >= 0 else -n for n in numbers), default=0) if e.op in NUMBERED else 0


def inside(e: ir.Expr) -> Iterator[ir.Expr]:
    """The direct subexpressions, those of a comprehension too."""
    yield from children(e)
    if isinstance(e, ir.Comprehension):
        yield e.element
        for clause in e.clauses:
            yield from (clause.iterable, *clause.conditions)


def parts(index: ir.Expr) -> tuple[ir.Expr, ...]:
    """The indices of `x[a, b]`."""
    return index.items if isinstance(index, ir.Display) and index.kind == "tuple" else (index,)


def is_key(index: ir.Expr) -> bool:
    return isinstance(index, ir.Const) and isinstance(index.value, str)


def is_elementwise(e: ir.Expr) -> bool:
    return isinstance(e, ir.Call) and registry.is_elementwise(e.op, len(e.args))


def items_of(base: ir.Expr, index: ir.Expr, values: dict[str, list[ir.Expr]]) -> Iterator[ir.Expr]:
    """What `base[index]` may be, where `base` is a list, tuple or dict that is written out."""
    match base:
        case ir.Name(name):
            for v in values.get(name, []):
                if v != base:
                    yield from items_of(v, index, {n: found for n, found in values.items() if n != name})
        case ir.Display(_, items):
            at = index.value if isinstance(index, ir.Const) and type(index.value) is int else None
            yield from items if at is None or not -len(items) <= at < len(items) else (items[at],)
        case ir.Mapping(keys, found):
            known = isinstance(index, ir.Const)
            yield from (v for key, v in zip(keys, found, strict=True) if not known or key == index)
        case ir.Comprehension("list" | "generator", element):
            yield element
        case ir.Call("operator.mul" | "operator.add" | "builtins.list" | "builtins.dict" | "copy.copy" | ".copy", args):
            for a in args:
                if not isinstance(a, ir.Index):
                    yield from items_of(a, ir.Name(""), values)
