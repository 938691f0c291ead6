"""What annotations say of arguments: numbers, arrays, and lists, tuples and dicts of those.

The emitted function checks containers all the way down (`require_form`): a list of arrays is not one of numbers.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from ..analysis import kinds as k
from ..ir import nodes as ir
from ..syntax import parsed_expression

NUMBERS = {"float": "float", "int": "int", "bool": "bool", "complex": "complex"}
ARRAYS = frozenset({"ndarray", "NDArray"})
REAL = frozenset({"float64", "float32", "float16", "floating", "float", "double", "Any", "number", "inexact"})
LISTS = frozenset({"list", "List"})
DICTS = frozenset({"dict", "Dict"})
Own = Callable[[str], "k.Kind | None"]  # what a name means that stands for a class of the user


def kind_of_note(note: str, name: str, own: Own = lambda word: None) -> k.Kind | None:
    """The kind of an argument `name` with an annotation; None where that says nothing."""
    try:
        found = kind_of(parsed_expression(note.strip("'\"")), name, own)
    except SyntaxError:
        return None
    return found if found != k.TEXT else None


def kind_of(e: ast.expr, name: str, own: Own = lambda word: None) -> k.Kind | None:
    match e:
        case ast.Constant(str(text)):
            return kind_of_note(text, name, own)
        case ast.Name(word) if word in NUMBERS:
            return k.Num("python", NUMBERS[word], ())
        case ast.Name("str"):
            return k.TEXT
        case ast.Name(word) | ast.Attribute(_, word) if word in ARRAYS:
            return k.Num("array", "float64", name)
        case ast.Name(word):
            return own(word)
        case ast.BinOp(a, ast.BitOr(), ast.Constant(None)) | ast.BinOp(ast.Constant(None), ast.BitOr(), a):
            return perhaps(kind_of(a, name, own))
        case ast.BinOp(a, ast.BitOr(), b):
            return either(kind_of(a, name, own), kind_of(b, name, own), name)
        case ast.Subscript(ast.Name(word) | ast.Attribute(_, word), inner):
            return subscripted(word, inner, name, own)
    return None


def perhaps(kind: k.Kind | None) -> k.Kind | None:
    """`Spring | None`; of numbers that may be None nothing is said."""
    return k.perhaps(kind) if kind is not None and k.is_record(kind) else None


def subscripted(word: str, inner: ast.expr, name: str, own: Own) -> k.Kind | None:
    """`word[inner]`"""
    items = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    if word == "ndarray" or word == "NDArray":
        last = ast.unparse(items[-1])
        real = any(w in last for w in REAL)
        return k.Num("array", "float64", name) if real else None
    if word == "Union":
        found = kind_of(items[0], name, own)
        for other in items[1:]:
            found = either(found, kind_of(other, name, own), name)
        return found
    if word == "Optional":
        return perhaps(kind_of(items[0], name, own))
    if word in ("Annotated", "Final"):
        return kind_of(items[0], name, own)
    if word in LISTS or word in ("tuple", "Tuple") and len(items) == 2 and is_dots(items[1]):
        element = within(kind_of(items[0], name, own))
        return k.Seq("list" if word in LISTS else "tuple", None, element) if element is not None else None
    if word in ("tuple", "Tuple"):
        parts = [within(kind_of(i, name, own)) for i in items]
        return k.Seq("tuple", tuple(p for p in parts if p is not None)) if None not in parts else None
    if word in DICTS and len(items) == 2:
        element = within(kind_of(items[1], name, own))
        return k.Dict(None, element) if element is not None else None
    return None


def is_dots(e: ast.expr) -> bool:
    return isinstance(e, ast.Constant) and e.value is ...


def within(kind: k.Kind | None) -> k.Kind | None:
    """The kind of an item: of several arrays in a container the shapes differ."""
    return k.Num(kind.kind, kind.dtype, None) if isinstance(kind, k.Num) and not kind.is_scalar else kind


def either(a: k.Kind | None, b: k.Kind | None, name: str) -> k.Kind | None:
    """`float | np.ndarray`, `Circle | Square`"""
    if a is not None and b is not None and k.is_record(a) and k.is_record(b):
        found = k.join(a, b)
        return found if k.is_record(found) else None
    if isinstance(a, k.Num) and isinstance(b, k.Num) and a.dtype in ("float", "int", "float64"):
        return k.Num("any", "float64", name) if b.dtype in ("float", "int", "float64") else None
    return None


# ----- what the emitted function checks -----


def form_of(kind: k.Kind) -> ir.Expr:
    """The form of a container, as `require_form` takes it; "number" where anything will do."""
    match kind:
        case k.Num("python", "float" | "int" | "bool" as dtype):
            return ir.Const(dtype)
        case k.Num("array"):
            return ir.Const("array")
        case k.Num("any"):
            return ir.Const("real")
        case k.Seq(word, None, element) if element is not None:
            return written(f"{word}s" if word == "tuple" else word, [element])
        case k.Seq("tuple", items) if items is not None:
            return written("tuple", list(items))
        case k.Dict(None, element) if element is not None:
            return written("dict", [element])
    return ir.Const("number")


def written(word: str, parts: list[Any]) -> ir.Expr:
    return ir.Display("tuple", (ir.Const(word), *map(form_of, parts)))


def form_guards(kinds: dict[str, k.Kind]) -> list[ir.Stmt]:
    return [
        ir.Eval(ir.Call("srcgrad.runtime.require_form", (ir.Name(n), form_of(kind))))
        for n, kind in kinds.items()
        if isinstance(kind, k.Seq | k.Dict)
    ]
