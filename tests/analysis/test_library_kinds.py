"""What is known of the result of every sample call of the rule tables, against the result: from kinds without sizes."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from srcgrad.analysis import kinds as k
from srcgrad.analysis.library import kind_of_object, result_kind
from srcgrad.rules.registry import lookup

sys.path[:0] = [str(Path(__file__).parents[1] / "rules")]

from row_execution import MODULES  # noqa: E402
from samples_elementwise import SAMPLES as ELEMENTWISE  # noqa: E402
from samples_structured import SAMPLES as STRUCTURED  # noqa: E402

ROWS = {**ELEMENTWISE, **STRUCTURED}
WIDE = {"float": "float64", "complex": "complex128", "int": "int64"}


def without_sizes(kind: k.Kind) -> k.Kind:
    match kind:
        case k.Num(found, dtype, tuple(dims)):
            return k.Num(found, dtype, tuple(k.Sym(f"n{n}") for n in range(len(dims))))
        case k.Seq(found, items) if items is not None:
            return k.Seq(found, tuple(map(without_sizes, items)))
    return kind


def is_true(said: k.Kind | None, real: k.Kind) -> bool:
    """Whether what is said of a value holds of it; saying nothing is true."""
    match said, real:
        case k.Num(), k.Num():
            numbers = said.is_scalar and real.is_scalar
            dtypes = [WIDE.get(d or "", d) for d in (said.dtype, real.dtype)]
            return (
                (said.kind in ("any", real.kind) or numbers)
                and (said.dtype is None or dtypes[0] == dtypes[1])
                and (said.rank is None or said.rank == real.rank)
            )
        case k.Seq(items=None), k.Seq():
            return all(is_true(said.element, i) for i in real.items or ())
        case k.Seq(), k.Seq():
            same = said.kind == real.kind and len(said.items or ()) == len(real.items or ())
            return same and all(map(is_true, said.items or (), real.items or ()))
    return not isinstance(said, k.Num | k.Seq)


def said_and_real(expression: str, point: dict[str, Any]) -> tuple[k.Kind, k.Kind]:
    node = ast.parse(expression, mode="eval").body
    assert isinstance(node, ast.Call)
    scope = {**MODULES, **point}
    name = ast.unparse(node.func)
    op = name.replace("np.", "numpy.", 1) if "." in name else f"builtins.{name}"
    args = []
    for a in node.args:
        kind = kind_of_object(eval(ast.unparse(a), scope))
        args.append(kind if isinstance(a, ast.Constant | ast.UnaryOp | ast.Attribute) else without_sizes(kind))
    words = {str(w.arg): kind_of_object(eval(ast.unparse(w.value), scope)) for w in node.keywords}
    out = eval(expression, scope)
    real = kind_of_object(tuple(out) if isinstance(out, tuple) else out)
    return result_kind(op, lookup(op), args, words, False), real


@pytest.mark.filterwarnings("ignore")
def test_of_results() -> None:
    """The cross product of vectors was taken for a number, as that of vectors of length two is."""
    wrong, asked = [], 0
    for row, calls in ROWS.items():
        missing = row.startswith("math.") and not hasattr(MODULES["math"], row[5:])
        for expression, point in () if missing or row.startswith("ndarray") else calls:
            if "(" in expression and not expression.split("(")[1].split(",")[0].count("="):
                with np.errstate(all="ignore"):
                    said, real = said_and_real(expression, point)
                asked += 1
                if not is_true(said, real):
                    wrong.append(f"{expression} at {[np.shape(v) for v in point.values()]}: {said}, and not {real}")
    assert asked > 2000 and not wrong, "\n".join(wrong)
