"""Tests of the class of a value that its kind decides: a side of a branch that cannot be taken is left out.

    def __add__(self, other):
        if not isinstance(other, Vector):      left out, where other is a Vector
            return NotImplemented
"""

from __future__ import annotations

import collections
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from ..frontend.classes import class_of
from ..frontend.deque_class import deque
from ..frontend.several_classes import OneOf
from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.walk import statement_expressions, statements, subexpressions
from . import kinds as k
from .named_attributes import has_attribute

KindOf = Callable[[ir.Expr], k.Kind]
OF_OTHER_ARRAYS = frozenset({
    "scipy.sparse.issparse", "scipy._lib._sparse.issparse", "scipy.sparse.isspmatrix", "scipy.sparse._base.isspmatrix",
    "scipy.sparse._matrix.isspmatrix", "numpy.ma.isMaskedArray", "numpy.ma.isMA", "numpy.ma.core.isMaskedArray",
})  # fmt: skip
OF_VALUES = ("builtins.hasattr", "builtins.isinstance", "numpy.isscalar", *OF_OTHER_ARRAYS)
LIKE = {"f": float, "i": int, "u": int, "b": bool, "c": complex}  # by the kind of a dtype
PYTHON = {"float": float, "int": int, "bool": bool, "complex": complex}


def truth(test: ir.Expr, kind: KindOf, values: bool) -> bool | None | k.Never:
    """Whether a test of classes holds; None where the run tells, `Never` where a value is not known yet.

    `values`: a test of whether a name is a number that is known, too, as in the `__radd__` that `sum` calls with 0.
    """
    match test:
        case ir.Const(bool(value)):
            return value
        case ir.Call(op, (x, *_)) if op in OF_VALUES and may_do_more(x):
            return None
        case ir.Call("operator.not_", (inner,)):
            found = truth(inner, kind, values)
            return not found if isinstance(found, bool) else found
        case ir.BoolOp(op, parts):
            for v in parts:
                found = truth(v, kind, values)
                if found is not (op == "and"):
                    return found
            return op == "and"
        case ir.Call("builtins.hasattr", (x, ir.Const(str(name))), ()):
            return None if kind(x) == k.Never() else has_attribute(kind(x), name)
        case ir.Call("builtins.isinstance", (x, named), ()):
            asked = types_of(named, kind)
            return is_instance(kind(x), asked) if asked is not None else None
        case ir.Call("numpy.isscalar", (x,), ()):
            return is_scalar(kind(x))
        case ir.Call(op, (x,), ()) if op in OF_OTHER_ARRAYS:
            return is_other_array(kind(x))
        case ir.Compare(a, ("is" | "is not" | "==" | "!=" as op,), (b,)) if asks_type(a) or asks_type(b):
            one, other = kind(a), kind(b)
            if isinstance(one, k.Known) and isinstance(other, k.Known):
                if isinstance(one.value, type) and isinstance(other.value, type):
                    return (one.value is other.value) is (op in ("is", "=="))
        case ir.Compare(place, ("is" | "is not" as op,), (ir.Const(None),)) if is_followed(place, kind):
            found = is_none(kind(place))
            return found if not isinstance(found, bool) else found is (op == "is")
        case ir.Compare(ir.Name() as name, ("==",), (ir.Const(int(wanted)),)) if values:
            own = known_number(kind(name))
            return own == wanted if own is not None else None
    return None


def may_do_more(e: ir.Expr) -> bool:
    """Whether evaluating an expression may do more than give a value."""
    return any(isinstance(x, ir.Apply) or isinstance(x, ir.Call) and x.op.startswith(".") for x in subexpressions(e))


def is_followed(place: ir.Expr, kind: KindOf) -> bool:
    """Whether a value is that of a name, or of an attribute of an object that is told apart from others."""
    match place:
        case ir.Name():
            return True
        case ir.Attribute(base, _) | ir.Index(base, ir.Const(ir.Field())):
            found = kind(base)
            return k.is_record(found) and not isinstance(found, k.Linked) and is_followed(base, kind)
    return False


def is_scalar(found: k.Kind) -> bool | None | k.Never:
    """What `np.isscalar` says: an array without axes is none."""
    match found:
        case k.Never():
            return found
        case k.Num("python" | "scalar"):
            return True
        case k.Num("array") | k.Seq() | k.Dict() | k.Known(None):
            return False
    return None


def is_other_array(found: k.Kind) -> bool | None | k.Never:
    """Whether a value is a sparse or masked array, which no number and no plain array is."""
    if isinstance(found, k.Num) and found.kind == "any" and not found.active:
        return None
    return found if isinstance(found, k.Never) else False if isinstance(found, k.Num) else None


def known_number(found: k.Kind) -> int | None:
    known = isinstance(found, k.Num) and found.dtype == "int" and isinstance(found.value, int)
    return found.value if known else None  # type: ignore[union-attr]


def asked_numbers(function: Function, args: dict[str, k.Kind]) -> tuple[tuple[str, int], ...]:
    """What is known of numbers that a method decides a branch by: for others it is another function."""
    known = {n: v for n, kind in args.items() if (v := known_number(kind)) is not None}
    if not known or not is_method(args.values()):
        return ()
    tests = [e for s in statements(function.body) for x in statement_expressions(s) for e in subexpressions(x)]
    asked = {e.first.id for e in tests if isinstance(e, ir.Compare) and isinstance(e.first, ir.Name)}
    return tuple((n, known[n]) for n in sorted(asked & known.keys()))


def asked_types(function: Function, args: dict[str, k.Kind]) -> tuple[tuple[str, str], ...]:
    """The types of Python's numbers that a function asks for by `isinstance`: for others it is another function."""
    known = {n: v.dtype for n, v in args.items() if isinstance(v, k.Num) and v.kind == "python" and v.dtype in PYTHON}
    if not known:
        return ()
    tests = [e for s in statements(function.body) for x in statement_expressions(s) for e in subexpressions(x)]
    asked = {e.args[0] for e in tests if isinstance(e, ir.Call) and e.op == "builtins.isinstance" and e.args}
    return tuple((n, dtype) for n, dtype in sorted(known.items()) if ir.Name(n) in asked and dtype is not None)


def is_none(found: k.Kind) -> bool | None | k.Never:
    """Of an argument of a file that is taken for a number, only the run tells that it is not None."""
    match found:
        case k.Never():
            return found
        case k.Known(None):
            return True
        case k.Seq() | k.Dict():
            return False
    return None


def asks_type(e: ir.Expr) -> bool:
    return isinstance(e, ir.Call) and e.op == "builtins.type"


def types_of(e: ir.Expr, kind: KindOf) -> tuple[type, ...] | None:
    parts = e.items if isinstance(e, ir.Display) else (e,)
    found = [x.value for x in map(kind, parts) if isinstance(x, k.Known) and isinstance(x.value, type)]
    return tuple(deque if t is collections.deque else t for t in found) if len(found) == len(parts) else None


def is_method(params: Iterable[k.Kind]) -> bool:
    return any(map(k.is_record, params))


def is_instance(found: k.Kind, asked: tuple[type, ...]) -> bool | None | k.Never:
    match found:
        case k.Never():
            return found
        case k.Dict(cls=cls) if cls is not None:
            parts = cls.classes if isinstance(cls, OneOf) else (cls,)
            held = {issubclass(c.value, asked) for c in parts}
            return held.pop() if len(held) == 1 else None
        case k.Num():
            held = {issubclass(own, asked) for own in types_of_number(found)}
            if held:
                return held.pop() if len(held) == 1 else None
            if found.kind == "any" and not found.active:
                return None  # of an argument in a file: perhaps an object, where it is not differentiated
            return False if all(class_of(t) is not None and is_no_number(t) for t in asked) else None
        case k.Known(None):
            return type(None) in asked
        case k.Known(text) if k.is_text(found):
            held = {issubclass(own, asked) for own in ((str, bytes) if text is k.UNSET else (type(text),))}
            return held.pop() if len(held) == 1 else None
        case k.Seq("tuple"):
            return True if tuple in asked else None if not all(map(is_no_tuple, asked)) else False
    return None


def types_of_number(found: k.Num) -> tuple[type, ...]:
    """The types a number or array may be of; none where that is not known.

    What is a number of NumPy where paths meet may be one of Python's on one of them.
    """
    if found.kind == "python":
        return (PYTHON[found.dtype],) if found.dtype in PYTHON else ()
    if found.kind == "array":
        return (np.ndarray,)
    if found.kind == "scalar" and found.dtype is not None:
        own = np.dtype(found.dtype)
        return (own.type, LIKE.get(own.kind, own.type))
    return ()


def is_no_number(t: Any) -> bool:
    """Whether no number and no array is of a class, whatever it inherits from."""
    return not issubclass(t, (int, float, complex, np.generic, np.ndarray)) and type(t) is type


def is_no_tuple(t: type) -> bool:
    """Whether no tuple is of a class, not one with names for its items either."""
    return issubclass(t, (list, dict, set, str, bytes, int, float, complex, np.generic, np.ndarray))
