"""What must be a statement of its own becomes one: active calls of user functions, choices, comprehensions.

    y = f(x) * g(x)                 f_out = f(x)
                            ->      g_out = g(x)
                                    y = f_out * g_out

Everything that has to keep its place in the order of evaluation is moved along.  Statements that need nothing
stay as the user wrote them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..ir import nodes as ir
from ..ir.naming import describe
from ..ir.rewrite import map_blocks
from ..ir.walk import children, map_children, reads, statement_expressions, subexpressions, with_children
from .comprehensions import SEARCHES, as_loop, as_search, is_search
from .early_items import added_one_by_one, refuse_early_items
from .evaluation_order import as_pairs, changes_something, in_order, kept_from_changes
from .expansions import EXPANDED, is_expanded
from .lower import Names
from .moved import edited, name_for, placed_in, within
from .steady_places import steady_statements

POP = ".pop"
LAZY = ir.Select | ir.BoolOp | ir.Compare | ir.Comprehension  # not all that is in them is evaluated, or evaluated once
Active = Callable[[ir.Stmt, ir.Expr], bool]


class Unresolved:
    """Takes every statement for what it says: where only calls are moved."""

    places = False

    def __call__(self, s: ir.Stmt) -> ir.Stmt:
        return s

    def change(self, s: ir.Stmt, e: ir.Expr) -> None:
        return None

    def steps(self, s: ir.Stmt, e: ir.Expr, names: Names | None = None) -> None:
        return None

    def unplaced(self, s: ir.Stmt, e: ir.Expr) -> list[ir.Expr]:
        return []

    def gives_nothing(self, e: ir.Expr) -> bool:
        return False

    def alters(self, s: ir.Stmt, e: ir.Expr) -> bool:
        return False

    def is_list(self, s: ir.Stmt, e: ir.Expr) -> bool:
        return False

    def is_deque(self, s: ir.Stmt, e: ir.Expr) -> bool:
        return False

    def is_generator(self, s: ir.Stmt, e: ir.Expr) -> bool:
        return False

    def captured(self, s: ir.Stmt, name: str) -> frozenset[str]:
        return frozenset()

    def other_names(self, s: ir.Stmt) -> frozenset[str]:
        return frozenset()

    def takes_objects(self, e: ir.Expr) -> bool:
        return False

    def stands_alone(self, s: ir.Stmt, e: ir.Expr) -> bool:
        return False

    def linked_change(self, s: ir.Stmt, fresh: Callable[[str], str]) -> list[ir.Stmt] | None:
        return None

    def decided(self, s: ir.Stmt, e: ir.Expr) -> bool | None:
        return None


class Hoist:
    """`active(stmt, expr)`: whether a derivative flows through an expression; `is_call(expr)`: is it a call of a
    user function that is differentiated; `kept`: values, by statement, that the reverse sweep needs again."""

    def __init__(
        self,
        active: Active,
        is_call: Callable[[ir.Expr], bool],
        names: Names,
        kept: dict[int, set[ir.Expr]],
        resolve: Any,
    ) -> None:
        self.active, self.is_call, self.names, self.kept, self.resolve = active, is_call, names, kept, resolve
        self.urgent: int = 0  # which statements are looked at: none that are less urgent than this
        self.changed = self.has_changed = False  # `has_changed`: a call before this statement changes what it reads

    def block(self, block: ir.Block) -> ir.Block:
        return tuple(x for s in block for x in self.statement(s))

    def statement(self, s: ir.Stmt) -> list[ir.Stmt]:
        self.current, self.has_changed = s, False
        if self.urgent and self.resolve.urgency(s) < self.urgent:
            return [map_blocks(self.block, s)]
        growing = added_one_by_one(self, s)
        if growing is not None:
            self.changed = True
            return growing
        new = self.resolve(s)
        if new is not s:
            self.changed = True
            return [new]
        for e in statement_expressions(s):
            refuse_early_items(self, s, e)
        if isinstance(s, ir.Store | ir.Update):
            apart = self.resolve.linked_change(s, self.names.fresh)
            if apart is not None:
                self.changed = True
                return apart  # type: ignore[no-any-return]
            steady = steady_statements(self, s)
            if steady:
                return steady
        changing = in_order(self, s)
        if changing is not None:
            self.changed = True
            return changing
        before: list[ir.Stmt]
        match s:
            case ir.If(test, body, orelse) if self.resolve.decided(s, test) is not None:
                self.changed = True
                return list(self.block(body if self.resolve.decided(s, test) else orelse))
            case ir.If(_, body, orelse):
                return [replace(s, body=self.block(body), orelse=self.block(orelse))]
            case ir.For(_, iterable) if any(map(is_expanded, subexpressions(iterable))):
                before = []
                iterable = self.out(iterable, before)
                return [*before, replace(s, iterable=iterable, header=None, origin=edited(s))]
            case ir.While(_, body) | ir.For(_, _, body):
                return [replace(s, body=self.block(body))]
            case ir.Eval(e) if self.resolve.steps(s, e) is not None and not self.has_inner(e):
                self.changed = True
                return [placed_in(x, edited(s)) for x in self.steps(e).before]
            case ir.Eval(e) if isinstance(e, LAZY) and changes_something(self, e):
                self.changed = True
                self.expand(self.names.fresh("value"), e, before := [])
                return before
            case ir.Eval(e) if self.has_inner(e):
                before = []
                e = self.inside(e, before)
                return [*before, replace(s, expr=e, origin=edited(s))]
            case ir.Eval(e) if self.is_call(e):
                self.changed = True
                return [ir.Assign((self.names.fresh(name_for(e)),), (e,), origin=edited(s))]
            case ir.Assign(_, (value,)) | ir.Unpack(_, value) if self.resolve.unplaced(s, value):
                return self.placed(s, value)
            case ir.Assign((name,), (value,)) if self.must_move(value) or self.has_inner(value):
                return self.assign(s, name, value)
            case ir.Assign(_, values) if any(self.must_move(v) or self.has_inner(v) for v in values):
                before = []
                new = self.one_by_one(values, before)  # type: ignore[assignment]
                return [*before, replace(s, values=new, origin=edited(s))]  # type: ignore[arg-type]
            case ir.Unpack(_, value) if self.has_inner(value) or self.must_move(value) and not self.is_call(value):
                before = []
                value = self.inside(value, before) if self.is_call(value) else self.out(value, before)
                return [*before, replace(s, value=value, origin=edited(s))]
            case ir.Update(_, _, value) | ir.Store(_, value) if self.must_move(value) or self.has_inner(value):
                before = []
                value = self.out(value, before)
                return [*before, replace(s, value=value, origin=edited(s))]
        return [s]

    # ----- which expressions -----

    def must_move(self, e: ir.Expr) -> bool:
        """Whether an expression has to be the whole value of an assignment."""
        if self.kept.get(id(self.current)) and e in self.kept[id(self.current)]:
            return True
        if isinstance(e, ir.Apply | ir.Call) and self.is_call(e):
            return True
        if self.stands_alone(e):
            return True
        if is_search(e):
            return self.must_move(e.args[0])
        if isinstance(e, ir.Select | ir.BoolOp | ir.Comprehension):
            inner = (
                self.is_call(x) or changes_something(self, x) or self.stands_alone(x) or is_expanded(x)
                for x in within(e)
            )
            return self.active(self.current, e) or any(inner)
        if isinstance(e, ir.Compare):
            late = [sub for x in e.rest[1:] for sub in subexpressions(x)]
            return any(changes_something(self, x) for x in e.rest[1:]) or any(map(self.stands_alone, late))
        if isinstance(e, ir.Call) and self.resolve.change(self.current, e) is not None:
            return True
        if isinstance(e, ir.Call) and self.resolve.steps(self.current, e) is not None:
            return True
        return is_expanded(e)

    def stands_alone(self, e: ir.Expr) -> bool:
        """Whether an expression has to be the whole value of an assignment, whatever it is used for."""
        return bool(self.resolve.stands_alone(self.current, e))

    def has_inner(self, e: ir.Expr) -> bool:
        return any(self.must_move(sub) for c in children(e) for sub in subexpressions(c))

    # ----- moving -----

    def placed(self, s: Any, call: ir.Expr) -> list[ir.Stmt]:
        """Give names to arguments that a callee changes and that have none."""
        self.changed = True
        before: list[ir.Stmt] = []
        swaps: dict[int, ir.Expr] = {}
        for e in self.resolve.unplaced(s, call):
            name = self.names.fresh(describe(e))
            before.append(ir.Assign((name,), (e,), origin=edited(s)))
            swaps[id(e)] = ir.Name(name)
        value = swapped(call, swaps)
        new = replace(s, values=(value,)) if isinstance(s, ir.Assign) else replace(s, value=value)
        return [*before, replace(new, origin=edited(s))]

    def assign(self, s: ir.Assign, name: str, value: ir.Expr) -> list[ir.Stmt]:
        """A value at the root of an assignment keeps its place if it is a call."""
        alone = self.stands_alone(value) and not isinstance(value, ir.Comprehension)
        if (self.is_call(value) or alone) and not self.has_inner(value):
            return [s]
        self.changed = True
        before: list[ir.Stmt] = []
        if alone or isinstance(value, ir.Apply | ir.Call) and self.is_call(value):
            value = self.inside(value, before)
            return [*before, replace(s, values=(value,), origin=edited(s))]
        steps = self.steps(value)
        if steps is not None and self.has_inner(value):
            value = self.inside(value, before)
            return [*before, replace(s, values=(value,), origin=edited(s))]
        if steps is not None:
            before = [placed_in(x, edited(self.current)) for x in steps.before]
            return [*before, replace(s, values=(steps.result,), origin=edited(s))]
        change = self.resolve.change(self.current, value)
        if isinstance(change, ir.Update) and change.op == POP and name not in reads(change.place) | reads(change.value):
            item = ir.Assign((name,), (ir.Index(change.place, change.value),), origin=edited(s))
            return [item, replace(change, origin=edited(s))]
        if change is not None:
            before = []
            result = self.changing(value, change, before)
            return [*before, replace(s, values=(result,), origin=edited(s))]
        if self.must_move(value):
            if name in reads(value) and not isinstance(value, ir.Select):
                value = self.out(value, before)  # the old value is needed until the new one is complete
                return [*before, replace(s, values=(value,), origin=edited(s))]
            self.expand(name, value, before)
            return before
        new = self.inside(value, before)
        return [*before, replace(s, values=(new,), origin=edited(s))]

    def changing(self, e: ir.Expr, change: Any, before: list[ir.Stmt]) -> ir.Expr:
        """Put the assignment that a call is before the statement; returns what the call gives."""
        if isinstance(change, ir.Update) and change.op == POP:
            name = self.names.fresh(f"{describe(change.place)}_item")
            before.append(ir.Assign((name,), (ir.Index(change.place, change.value),), origin=edited(self.current)))
            before.append(replace(change, origin=edited(self.current)))
            return ir.Name(name)
        if self.resolve.gives_nothing(e):
            before.append(replace(change, origin=edited(self.current)))
            return ir.Const(None)
        array = change.place.base
        if not isinstance(array, ir.Name):
            name = self.names.fresh(describe(array))
            before.append(ir.Assign((name,), (array,), origin=edited(self.current)))
            change = replace(change, place=ir.Index(ir.Name(name), change.place.index))
        before.append(replace(change, origin=edited(self.current)))
        return change.place.base  # type: ignore[no-any-return]

    def steps(self, e: ir.Expr) -> Any:
        found = self.resolve.steps(self.current, e, self.names)
        return found.named(self.names.fresh) if found is not None else None

    def inside(self, e: ir.Expr, before: list[ir.Stmt]) -> ir.Expr:
        """`e` with what must move taken out of its parts, in order of evaluation."""
        if is_search(e) and self.must_move(e):
            return self.out(e, before)
        parts = children(e)
        new = self.one_by_one(parts, before)
        return with_children(e, new) if new is not parts else e

    def one_by_one(self, parts: tuple[ir.Expr, ...], before: list[ir.Stmt]) -> tuple[ir.Expr, ...]:
        """Expressions that are evaluated one after the other, up to the last that must move."""
        last = max((n for n, c in enumerate(parts) if any(self.must_move(x) for x in subexpressions(c))), default=-1)
        if last < 0:
            return parts
        new: list[ir.Expr] = []
        for n, c in enumerate(parts[: last + 1]):
            c = self.out(c, before)
            new.append(kept_from_changes(self, c, parts[n + 1 : last + 1], before))
        return (*new, *parts[last + 1 :])

    def out(self, e: ir.Expr, before: list[ir.Stmt]) -> ir.Expr:
        """A name or simple expression for `e`, whose evaluation moves into `before` where it must."""
        if isinstance(e, ir.Slice | ir.Star):
            return self.inside(e, before)
        if self.has_changed:  # what the kinds tell of the rest is known when the statement is looked at again
            return e
        if not self.must_move(e) and not isinstance(
            e, ir.Apply
        ):  # an inactive call may have effects: it keeps its place
            return self.inside(e, before)
        self.changed = True
        steps = self.steps(e)
        if steps is not None and self.has_inner(e):
            return self.inside(e, before)
        self.has_changed = changes_something(self, e)
        if steps is not None:
            before += [placed_in(x, edited(self.current)) for x in steps.before]
            return steps.result  # type: ignore[no-any-return]
        change = self.resolve.change(self.current, e)
        if change is not None:
            return self.changing(e, change, before)
        name = self.names.fresh(name_for(e))
        plain = isinstance(e, ir.Apply) or isinstance(e, ir.Call) and not is_expanded(e) and not is_search(e)
        if plain or isinstance(e, ir.Index | ir.Mapping):
            value = self.inside(e, before)
            before.append(ir.Assign((name,), (value,), origin=edited(self.current)))
        else:
            self.expand(name, e, before)
        return ir.Name(name)

    def expand(self, name: str, e: ir.Expr, before: list[ir.Stmt]) -> None:
        """Statements that leave the value of `e` in `name`."""
        self.changed = True
        match e:
            case ir.Select(test, then, other):
                test = self.inside(test, before)
                before.append(ir.If(test, self.branch(name, then), self.branch(name, other)))
            case ir.BoolOp(op, (first, *rest)):
                before += self.branch(name, first)
                tail = rest[0] if len(rest) == 1 else ir.BoolOp(op, tuple(rest))
                test = ir.Name(name) if op == "and" else ir.Call("operator.not_", (ir.Name(name),))
                before.append(ir.If(test, self.branch(name, tail)))
            case ir.Comprehension():
                self.comprehension(name, e, before)
            case ir.Compare():
                self.expand(name, as_pairs(self, e, before), before)
            case ir.Call(op, (ir.Comprehension() as inner,)) if is_search(e):
                before += as_search(name, inner, self.names, SEARCHES[op])
            case ir.Call():
                before += EXPANDED[e.op](name, e, self.names, edited(self.current))
            case _:
                raise AssertionError(f"nothing to expand in {e!r}")

    def branch(self, name: str, e: ir.Expr) -> ir.Block:
        inner: list[ir.Stmt] = []
        if isinstance(e, LAZY) and self.must_move(e):
            self.expand(name, e, inner)
            return tuple(inner)
        value = self.inside(e, inner)
        return (*inner, ir.Assign((name,), (value,), origin=edited(self.current)))

    def comprehension(self, name: str, e: ir.Comprehension, before: list[ir.Stmt]) -> None:
        before += as_loop(name, e, self.names, edited(self.current))


def swapped(e: ir.Expr, swaps: dict[int, ir.Expr]) -> ir.Expr:
    """An expression with others in place of some that are in it, however deep: `h(**dict(v=x[1:]))`."""
    return swaps.get(id(e)) or map_children(lambda c: swapped(c, swaps), e)
