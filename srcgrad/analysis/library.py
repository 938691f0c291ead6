"""What a library operation returns: kind, dtype and dimensions of its result.

Elementwise operations broadcast; a few operations give their sizes by rule; of all others the rank and dtype
are found by calling them once on small dummies, so that no rule declares them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..frontend.bindings import MISSING
from ..ir import nodes as ir
from ..rules.declare import Rule
from ..rules.registry import is_elementwise
from ..runtime.records import record
from . import (
    kinds as k,
    library_results,  # noqa: F401  its rows are in SPECIAL
)
from .draws import drawn_kind
from .dummies import dummy, quiet_call, scalar_result
from .library_sizes import SPECIAL
from .ruled_results import ruled_kind

MASKED = "srcgrad.runtime.masked"  # a product, but for zeros of its first factor


def kind_of_object(value: Any, name: str | None = None) -> k.Kind:
    """The kind of a live object.  Sizes of named arrays are symbols, except 1; unnamed ones keep their sizes."""
    match value:
        case bool() | int() | float() | complex():
            if type(value) in (bool, int, float, complex):
                return k.Num("python", type(value).__name__, (), value=value if name is None else k.UNSET)
    if isinstance(value, np.generic):
        return k.Num("scalar", value.dtype.name, ()) if value.dtype.kind in "fciub" else k.Known(value)
    if isinstance(value, np.ndarray) and type(value) is np.ndarray:
        if value.dtype.kind not in "fciub":
            return k.Unknown()
        sizes: tuple[k.Dim, ...] = tuple(
            n if n == 1 or name is None else k.Sym(f"{name}.{axis}", 0, True) for axis, n in enumerate(value.shape)
        )
        return k.Num("array", value.dtype.name, sizes)
    if type(value) in (tuple, list):
        items = tuple(kind_of_object(v, f"{name}[{i}]" if name else None) for i, v in enumerate(value))
        return k.Seq(type(value).__name__, items)
    if type(value) is dict and all(isinstance(key, str | int) for key in value):
        return k.Dict(tuple((key, kind_of_object(v, f"{name}[{key!r}]" if name else None)) for key, v in value.items()))
    if type(value) is record:
        pairs = tuple((ir.Field(n), kind_of_object(v, f"{name}.{n}" if name else None)) for n, v in value.items())
        return k.Dict(pairs, None, vars(value)["_srcgrad_class"])
    if value is None or isinstance(value, str | bytes | slice | type(...) | np.dtype | type | range):
        return k.Known(value)
    return k.Obj(value)


def result_kind(op: str, rule: Rule | None, args: list[k.Kind], keywords: dict[str, k.Kind], active: bool) -> k.Kind:
    """The kind of `op(*args, **keywords)`."""
    if any(isinstance(a, k.Never) for a in args):
        return k.Never()
    special = SPECIAL.get(op)
    if special is not None:
        found = special(args, keywords)
        if found is not None:
            if not active:
                return found
            return k.activate(found) if isinstance(found, k.Seq) else k.with_activity(found, True)
    if op == MASKED and all(isinstance(a, k.Num) for a in args):
        return elementwise_kind("operator.mul", [a for a in args if isinstance(a, k.Num)], active)
    if is_elementwise(op, len(args)) and all(isinstance(a, k.Num) for a in args) and not keywords:
        return elementwise_kind(op, [a for a in args if isinstance(a, k.Num)], active)
    return called_kind(op, rule, args, keywords, active)


def elementwise_kind(op: str, args: list[k.Num], active: bool) -> k.Kind:
    dims: k.Dims = ()
    for a in args:
        dims = k.broadcast_dims(dims, a.dims)
    found = scalar_result(op, tuple((a.kind, a.dtype) for a in args)) if safe_to_call(op) else None
    if found is None and safe_to_call(op) and all(a.is_scalar for a in args):  # of a dtype that is not known
        return k.Num("scalar", None, (), active)
    if found is None:
        return k.Num("any", None, dims, active)
    kind, dtype = found
    if any(a.kind == "any" for a in args):
        return k.Num("any", dtype, dims, active)
    return k.Num("array" if dims != () else kind, dtype, dims, active)


def is_open_shape(kind: k.Kind) -> bool:
    """A tuple of whole numbers, of unknown length: as a shape or as axes it decides the rank of a result."""
    return isinstance(kind, k.Seq) and kind.kind == "tuple" and kind.items is None and isinstance(kind.element, k.Num)


SAFE_TO_CALL = ("numpy.", "scipy.", "math.", "cmath.", "operator.", "builtins.", ".", "statistics.")
NEVER_CALLED = frozenset({"builtins.print", "builtins.input", "builtins.open", "builtins.breakpoint", "builtins.exit"})


def called_kind(
    op: str, rule: Rule | None, args: list[k.Kind], keywords: dict[str, k.Kind], active: bool
) -> k.Kind:
    if rule is not None and rule.of_user and not numeric_result(op):
        found = ruled_kind(op, args, keywords)
        return k.activate(found) if active else found
    drawn = drawn_kind(op, args, keywords) if not active else None
    if drawn is not None:
        return drawn
    values = [dummy(a) for a in args]
    named = {name: dummy(v) for name, v in keywords.items()}
    gives_numbers = numeric_result(op) or is_method_of_array(op, rule, args)
    unknown = k.Num("any", None, None, active) if gives_numbers else k.Unknown(active)
    if any(v is MISSING for v in (*values, *named.values())) or not safe_to_call(op):
        return unknown
    result = quiet_call(op, values, named)
    if result is MISSING:
        return unknown
    if isinstance(result, type) and any(isinstance(a, k.Num) and a.kind == "scalar" for a in args):
        return k.Unknown()  # where paths meet, it may be a number of Python's on one of them
    found = open_sizes(kind_of_object(tuple(result) if isinstance(result, tuple) else result))
    if isinstance(found, k.Num) and any(is_open_shape(a) for a in (*args, *keywords.values())):
        found = k.Num("any", found.dtype)
    return k.activate(found) if active else found


def safe_to_call(op: str) -> bool:
    if op in NEVER_CALLED or op.startswith(
        ("numpy.random", "numpy.save", "numpy.load", "numpy.testing", "numpy.fromfile")
    ):
        return False
    return op.startswith(SAFE_TO_CALL)


def numeric_result(op: str) -> bool:
    return op.startswith(("numpy.", "math.", "operator.", "scipy."))


def is_method_of_array(op: str, rule: Rule | None, args: list[k.Kind]) -> bool:
    """Whether an operation is a method of arrays that gives numbers."""
    is_method = op.startswith(".") and op != ".tolist" and bool(args) and isinstance(args[0], k.Num)
    return is_method and rule is not None and rule.kind != "constant"


def open_sizes(kind: k.Kind) -> k.Kind:
    """Sizes and values seen on dummies say nothing of the real ones."""
    match kind:
        case k.Num(kind_, dtype, dims, active):
            sizes = tuple(k.Sym("?") for _ in dims) if isinstance(dims, tuple) else dims
            return k.Num(kind_, dtype, sizes, active)
        case k.Seq(kind_, items) if items is not None:
            found = k.Seq(kind_, tuple(open_sizes(i) for i in items))
            return found if kind_ == "tuple" else k.Seq(kind_, None, k.element_of(found))
        case k.Known(value) if isinstance(value, range):
            return k.Known(range(0))
        case k.Known(value) if isinstance(value, str | bytes):
            return k.WORDS
    return kind
