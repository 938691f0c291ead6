"""Lists that nothing else stands for yet."""

from __future__ import annotations

from srcgrad.analysis.fresh_lists import fresh_lists
from srcgrad.ir import nodes as ir
from srcgrad.ir.build import call

NEW = ir.Display("list", ())
ITEM = ir.Index(ir.Name("x"), ir.Const(0))


def append(name: str) -> ir.Update:
    return ir.Update(ir.Name(name), ".append", ITEM)


def fresh_at(*body: ir.Stmt) -> list[set[str]]:
    """Of the appends, in order."""
    found = fresh_lists(body)

    def appends(block: ir.Block) -> list[ir.Stmt]:
        inner = [x for s in block for b in (getattr(s, "body", ()), getattr(s, "orelse", ())) for x in appends(b)]
        return [*(s for s in block if isinstance(s, ir.Update)), *inner]

    return [set(found[id(s)]) for s in appends(body)]


def assign(name: str, value: ir.Expr) -> ir.Assign:
    return ir.Assign((name,), (value,))


def test_until_it_has_another_name() -> None:
    assert fresh_at(assign("a", NEW), append("a"), assign("b", ir.Name("a")), append("a")) == [{"a"}, set()]


def test_reading_its_items_is_no_other_name() -> None:
    length, first = call("builtins.len", ir.Name("a")), ir.Index(ir.Name("a"), ir.Const(0))
    assert fresh_at(assign("a", NEW), assign("n", length), assign("v", first), append("a")) == [{"a"}]


def test_a_function_may_keep_it() -> None:
    assert fresh_at(assign("a", NEW), ir.Eval(ir.Apply(ir.Name("f"), (ir.Name("a"),), ())), append("a")) == [set()]


def test_what_is_given_is_not_fresh() -> None:
    assert fresh_at(assign("a", ir.Name("given")), append("a")) == [set()]


def test_of_a_loop_that_gives_it_another_name_later() -> None:
    inside = (append("a"), assign("b", ir.Name("a")))
    assert fresh_at(assign("a", NEW), ir.For("k", ir.Name("ks"), inside)) == [set()]
    made_inside = (assign("a", NEW), append("a"), assign("b", ir.Name("a")))
    assert fresh_at(ir.For("k", ir.Name("ks"), made_inside)) == [{"a"}]


def test_of_a_branch() -> None:
    one = ir.If(ir.Name("t"), (assign("b", ir.Name("a")),), ())
    assert fresh_at(assign("a", NEW), one, append("a")) == [set()]
    both = ir.If(ir.Name("t"), (assign("a", NEW),), (assign("a", NEW),))
    assert fresh_at(both, append("a")) == [{"a"}]


def test_a_lambda_sees_what_it_is_bound_to() -> None:
    seen = assign("f", ir.Lambda((), ir.Name("a")))
    assert fresh_at(seen, assign("a", NEW), append("a")) == [set()]
