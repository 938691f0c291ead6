"""Conditions of rule templates, decided from what is known at emission."""

from __future__ import annotations

import pytest

from srcgrad.analysis import kinds as k
from srcgrad.ir import nodes as ir
from srcgrad.transform.static import decide
from tests.passes import expression

KINDS = {
    "x": k.Num("array", "float64", (k.Sym("n"), 3)),
    "z": k.Num("array", "complex128", None),
    "u": k.Num("any", None, None),
    "axis": k.Num("python", "int", (), False, -1),
    "n": k.Num("python", "int", ()),
    "axes": k.Seq("tuple", (k.Num("python", "int", (), False, 0), k.Num("python", "int", (), False, 1))),
    "none": k.Known(None),
    "word": k.Known("sum"),
    "what": k.Unknown(),
}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("np.ndim(x) == 2", True),
        ("np.ndim(x) > 2", False),
        ("np.ndim(z) == 2", None),
        ("axis == -1", True),
        ("-axis == 1", True),
        ("n == 1", None),
        ("none is None", True),
        ("axis is None", False),
        ("n is None", False),
        ("n is not None", True),
        ("what is None", None),
        ("word == 'sum'", True),
        ("axes == (0, 1)", True),
        ("len(axes) == 2", True),
        ("isinstance(axes, tuple)", True),
        ("isinstance(axis, int)", True),
        ("isinstance(axis, (tuple, list))", False),
        ("isinstance(x, int)", False),
        ("isinstance(u, int)", None),
        ("np.iscomplexobj(x)", False),
        ("np.iscomplexobj(z)", True),
        ("np.iscomplexobj(u)", None),
        ("not np.iscomplexobj(x)", True),
        ("n == 1 and axis == 0", False),
        ("n == 1 and axis == -1", None),
        ("n == 1 or axis == -1", True),
        ("n == 1 or axis == 0", None),
        ("not n == 1", None),
        ("word < 1", None),
    ],
)
def test_condition(condition: str, holds: bool | None) -> None:
    def kind(e: ir.Expr) -> k.Kind:
        return KINDS[e.id] if isinstance(e, ir.Name) else k.Unknown()

    assert decide(expression(condition), kind) is holds
