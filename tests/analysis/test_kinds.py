"""Kinds: what is true of a value that is one thing or another, and the sizes of what broadcasting gives."""

from __future__ import annotations

import pytest

from srcgrad.analysis import kinds as k
from tests.passes import kind, size

N, M, LONG = k.Sym("n"), k.Sym("m"), k.Sym("long", 0, True)
FLOAT, INT = k.Num("python", "float", ()), k.Num("python", "int", ())
SCALAR, SINGLE = k.Num("scalar", "float64", ()), k.Num("array", "float32", (N,))
VECTOR, MATRIX = k.Num("array", "float64", (N,)), k.Num("array", "float64", (N, 3))
ACTIVE = k.Num("array", "float64", (N,), True)
PAIR, LIST = k.Seq("tuple", (FLOAT, VECTOR)), k.Seq("list", None, FLOAT)
ONE, TWO = k.Num("python", "int", (), False, 1), k.Num("python", "int", (), False, 2)


@pytest.mark.parametrize(
    ("a", "b", "both"),
    [
        (FLOAT, FLOAT, "python float"),
        (FLOAT, SCALAR, "scalar float64"),
        (FLOAT, INT, "python None"),
        (ONE, ONE, "python int = 1"),
        (ONE, TWO, "python int"),
        (VECTOR, ACTIVE, "array float64[n]'"),
        (VECTOR, SINGLE, "array None[n]"),
        (VECTOR, MATRIX, "array float64"),
        (VECTOR, k.Num("array", "float64", (M,)), "array float64[?]"),
        (FLOAT, VECTOR, "any float64"),
        (FLOAT, k.Never(), "python float"),
        (FLOAT, PAIR, "unknown"),
        (ACTIVE, PAIR, "unknown'"),
        (PAIR, k.Seq("tuple", (SCALAR, VECTOR)), "tuple of (scalar float64, array float64[n])"),
        (k.Seq("list", (FLOAT,)), LIST, "list of python float"),
        (k.Seq("tuple", (FLOAT,)), LIST, "sequence of python float"),
        (k.Dict((("a", FLOAT),)), k.Dict((("b", SCALAR),)), "dict of {scalar float64}"),
        (k.Known(None), k.Known(None), "constant None"),
        (k.Known(None), ACTIVE, "maybe'"),
        (k.Func("numpy.sin"), k.Func("numpy.cos"), "unknown"),
    ],
)
def test_one_or_the_other(a: k.Kind, b: k.Kind, both: str) -> None:
    assert kind(k.join(a, b)) == both
    assert kind(k.join(b, a)) == both


@pytest.mark.parametrize(
    ("a", "b", "result"),
    [
        ((), (N, 3), "n, 3"),
        ((N,), (N,), "n"),
        ((N,), (1,), "n"),
        ((1,), (1,), "1"),
        ((3,), (N,), "3"),
        ((N,), (M,), "?"),
        ((LONG,), (M,), "long"),
        ((M,), (LONG,), "long"),
        ((3, 1), (N,), "3, n"),
        ((N, 3), (3,), "n, 3"),
        ((k.Sym("?"),), (k.Sym("?"),), "?"),
    ],
)
def test_broadcast(a: k.Dims, b: k.Dims, result: str) -> None:
    found = k.broadcast_dims(a, b)
    assert isinstance(found, tuple)
    assert ", ".join(map(size, found)) == result


def test_shape_of_unknown_rank() -> None:
    """The same name stands for the same shape; two of them may be anything together."""
    assert k.broadcast_dims("x", "x") == "x"
    assert k.broadcast_dims("x", ()) == "x"
    assert k.broadcast_dims("x", "y") is None
    assert k.broadcast_dims("x", (N,)) is None


@pytest.mark.parametrize(
    ("operand", "result", "certainly"),
    [
        ((N,), (N,), True),
        ((N,), (M,), False),
        ((N,), (3, N), False),
        ((1,), (N,), False),
        ((LONG,), (k.Sym("?"),), True),
        ((k.Sym("?"),), (k.Sym("?"),), False),
        ("x", "x", True),
        ("x", "y", False),
        (None, None, False),
    ],
)
def test_operand_has_the_shape_of_the_result(operand: k.Dims, result: k.Dims, certainly: bool) -> None:
    assert k.fits(operand, result) is certainly


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (FLOAT, "python float'"),
        (INT, "python int"),
        (k.Num("python", "bool", ()), "python bool"),
        (k.Num("array", None, (N,)), "array None[n]'"),
        (k.Num("python", "float", (), False, 2.0), "python float'"),
        (k.Seq("tuple", (FLOAT, INT, k.Known("name"))), "tuple of (python float', python int, constant 'name')"),
        (k.Dict((("a", FLOAT),)), "dict of {a: python float'}"),
        (k.Unknown(), "unknown'"),
        (k.Known(None), "constant None"),
    ],
)
def test_activated(before: k.Kind, after: str) -> None:
    """What carries a derivative is no longer a known number; text and integers never carry one."""
    assert kind(k.activate(before)) == after
