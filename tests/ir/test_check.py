"""The checker of the IR finds what it is there to find."""

from __future__ import annotations

import pytest

from srcgrad.ir import nodes as ir
from srcgrad.ir.check import Broken, check_function, check_stacks

X, D = ir.Name("x"), ir.Name("d_x")


def test_an_adjoint_read_too_early() -> None:
    block: list[ir.Stmt] = [ir.Assign(("d_y",), (D,)), ir.Assign(("d_x",), (X,))]
    with pytest.raises(Broken, match="`d_x` may be read before it is bound"):
        check_function("f_grad", block, ["x"], ["d_x", "d_y"])


def test_an_adjoint_bound_in_one_branch_only() -> None:
    branch = ir.If(X, (ir.Assign(("d_x",), (X,)),))
    with pytest.raises(Broken, match="d_x"):
        check_function("f_grad", [branch, ir.Return(D)], ["x"], ["d_x"])


def test_bound_on_both_paths() -> None:
    branch = ir.If(X, (ir.Assign(("d_x",), (X,)),), (ir.Assign(("d_x",), (ir.Const(0.0),)),))
    check_function("f_grad", [branch, ir.Return(D)], ["x"], ["d_x"])


def test_a_tangent_is_as_certain_as_its_primal() -> None:
    branch = ir.If(X, (ir.Assign(("y",), (X,)), ir.Assign(("t_y",), (X,))))
    last = ir.Return(ir.Display("tuple", (ir.Name("y"), ir.Name("t_y"))))
    check_function("f_jvp", [branch, last], ["x"], ["t_y"])
    with pytest.raises(Broken, match="t_y"):
        check_function("f_jvp", [branch, ir.Return(ir.Name("t_y"))], ["x"], ["t_y"])


def test_stacks() -> None:
    push, pop = ir.Push("x_stack", X), ir.Pop("x", "x_stack")
    check_stacks([[push, pop]])
    check_stacks([[push], [pop]])
    with pytest.raises(Broken, match="pushed and never popped"):
        check_stacks([[push]])
    with pytest.raises(Broken, match="popped and never pushed"):
        check_stacks([[pop]])
