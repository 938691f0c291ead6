"""Zeros that are put in lists of adjoints and added to at once."""

from __future__ import annotations

from srcgrad.analysis.container_changes import APPEND, LAST
from srcgrad.ir import nodes as ir
from srcgrad.optimise.appended import joined

XS, V = ir.Name("d_xs"), ir.Name("d_x")
ZERO = ir.Update(XS, APPEND, ir.Const(0.0))
ADDED = ir.Update(ir.Index(XS, LAST), "operator.add", V)


def test_a_number_that_is_added() -> None:
    assert joined((ZERO, ADDED)) == (ir.Update(XS, APPEND, V),)


def test_a_sum_that_is_stored() -> None:
    both = ir.Call("srcgrad.runtime.accumulate", (ir.Index(XS, LAST), V))
    assert joined((ZERO, ir.Store(ir.Index(XS, LAST), both))) == (ir.Update(XS, APPEND, V),)


def test_in_a_loop() -> None:
    loop = ir.For("i", ir.Name("n"), (ZERO, ADDED))
    assert joined((loop,)) == (ir.For("i", ir.Name("n"), (ir.Update(XS, APPEND, V),)),)


def test_what_is_read_from_the_list_itself_stays() -> None:
    """Before the zero is put in, its last item is another."""
    lines = (ZERO, ir.Update(ir.Index(XS, LAST), "operator.add", ir.Index(XS, ir.Const(-2))))
    assert joined(lines) == lines


def test_other_operations_stay() -> None:
    lines = (ZERO, ir.Update(ir.Index(XS, LAST), "operator.mul", V))
    assert joined(lines) == lines


def test_a_comment_of_another_statement_stays() -> None:
    lines = (ZERO, ir.Comment("x"), ADDED)
    assert joined(lines) == lines
