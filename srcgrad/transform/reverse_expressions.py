"""The adjoint of one assignment: the derivative of its value, pulled back through the expression to the names in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..analysis import kinds as k
from ..analysis.linked import is_linked
from ..analysis.paths import index_parts, is_basic
from ..analysis.reality import may_be_complex
from ..ir import nodes as ir
from ..ir.build import call, is_zero, times
from ..ir.naming import describe
from ..rules import bind as binding
from ..rules.declare import Rule
from ..rules.registry import attribute, lookup
from .apply_rule import (
    CARRIED,
    active_parameters,
    arguments,
    bind_call,
    may_be_whole,
    partials,
    run_template,
    specialised,
)
from .broadcasting import UNBROADCAST, cast, covers, fit, may_be_smaller, repeated_like, shape_source
from .einsum_forms import with_einsums
from .expression_facts import (
    SELECTING,
    Traits,
    doubled,
    has_names,
    is_argument,
    is_cheap,
    item_of,
    mixes_complex,
    positions,
)
from .immutable import taken_out
from .linked_places import added
from .mappings import mapping_parts
from .names import Temporaries
from .places import place_update

MASKED = "srcgrad.runtime.masked"
OF_SHAPE = "srcgrad.runtime.of_shape"


def is_written_out(e: ir.Expr) -> bool:
    """Whether each item of a sequence is an expression of its own."""
    return isinstance(e, ir.Display) and not any(isinstance(i, ir.Star) for i in e.items)


@dataclass(frozen=True)
class Cotangent:
    """The adjoint of an expression; `dense`: no zeros in it from a selection."""

    expr: ir.Expr
    dense: bool = True


@dataclass(frozen=True)
class Contribution:
    """`value` is to be added to the adjoint of `place`, a name or a part of one; `how` is for `mirrored`."""

    place: ir.Expr
    value: ir.Expr
    dense: bool
    kind: k.Kind
    how: str = ""


SPREADING = frozenset({
    "numpy.sum", "numpy.mean", "numpy.matmul", "numpy.dot", "numpy.transpose", "numpy.reshape", "numpy.ravel",
    "numpy.expand_dims", "numpy.squeeze", "numpy.asarray", "numpy.array", "numpy.copy", "builtins.float",
})  # fmt: skip


class Adjoint:
    """Collects the contributions of one statement; `ordered` are the statements to run before them."""

    def __init__(
        self, kind: Callable[[ir.Expr], k.Kind], names: Temporaries, target: str, traits: Traits
    ) -> None:
        self.kind, self.names, self.target = kind, names, target
        self.selects, self.singular, self.complex = traits
        self.contributions: list[Contribution] = []
        self.ordered: list[ir.Stmt] = []
        self.root_value: ir.Expr | None = None
        self.spread: dict[int, k.Kind] = {}
        self.filled: ir.Expr | None = None

    def pull(self, e: ir.Expr, cot: Cotangent, out: ir.Expr | None = None) -> None:
        """Pull the adjoint of `e` back to the names in it.  `out`: a name that holds the value of `e`."""
        if is_zero(cot.expr) or isinstance(e, ir.Name | ir.Index) and k.is_reference(self.kind(e)):
            return
        match e:
            case ir.Name():
                self.contributions.append(Contribution(e, cot.expr, cot.dense, self.kind(e)))
            case ir.Index():
                self.pull_index(e, cot)
            case ir.Call():
                self.pull_call(e, cot, out)
            case ir.Attribute(base, name):
                function = attribute(name)
                assert function is not None, f"attribute {name} is active"
                self.pull_call(ir.Call(function, (base,)), cot, out)
            case ir.Display(_, items) if any(isinstance(i, ir.Star) for i in items):
                self.pull_items(list(zip(positions(items), items, strict=True)), cot, e)
            case ir.Star(value):
                whole = isinstance(self.kind(value), k.Num)  # the adjoint of an array is one, that of the items a list
                self.pull(value, Cotangent(call("numpy.array", cot.expr), False) if whole else cot)
            case ir.Display(_, items):
                self.pull_items([(ir.Const(n), i) for n, i in enumerate(items)], cot, e)
            case ir.Mapping():
                cot = self.named(cot, e) if len(e.values) > 1 else cot
                for value, part in mapping_parts(e, cot.expr):
                    if self.active(value):
                        self.pull(value, Cotangent(part, False))
            case ir.Select(test, then, other):
                self.pull_select(test, then, other, cot)
            case _:
                raise AssertionError(f"not prepared for reverse mode: {e!r}")

    def active(self, e: ir.Expr) -> bool:
        return k.flows(self.kind(e))

    # ----- values stored into a larger place -----

    def spread_over(self, e: ir.Expr, place: k.Kind) -> None:
        """The adjoint that comes in has the shape of the place `e` is stored in: sums are left to its operands."""
        rule = lookup(e.op) if isinstance(e, ir.Call) else None
        if rule is not None and rule.kind == "elementwise" and isinstance(place, k.Num) and not place.is_scalar:
            self.spread[id(e)] = place

    def is_spread(self, e: ir.Expr) -> bool:
        return id(e) in self.spread

    def fitted(self, value: ir.Expr, operand: ir.Expr, e: ir.Call, others: list[k.Kind]) -> ir.Expr:
        place = self.spread.get(id(e))
        if place is None:
            own = self.kind(operand)
            found = fit(value, operand, own, self.kind(e), others)
            return taken_out(found, own, self.kind(e)) if isinstance(own, k.Num) else found
        a = self.kind(operand)
        if operand == self.filled:
            return value
        if not (isinstance(a, k.Num) and isinstance(place, k.Num) and k.fits(a.dims, place.dims)):
            self.spread_over(operand, place)
        return value if self.is_spread(operand) else fit(value, operand, a, place, [place])

    # ----- parts of places and containers -----

    def pull_index(self, e: ir.Index, cot: Cotangent) -> None:
        whole = self.kind(e.base)
        if is_linked(whole):
            self.ordered.append(added(e, cot.expr, self.kind))
            return
        if isinstance(whole, k.Num) and e.index in (ir.Display("tuple", ()), ir.Const(...)):
            self.pull(e.base, cot)
            return
        if isinstance(whole, k.Num) and whole.dims == ():  # x[None] of rank 0
            self.pull(e.base, replace(cot, expr=call("numpy.sum", cot.expr)))
            return
        if self.is_place(e.base):
            self.contributions.append(Contribution(e, cot.expr, False, self.kind(e)))
            return
        scattered = self.names.fresh(f"d_{describe(e.base)}", f"d_{describe(e.base)}_of_{self.target}")
        base_kind = self.kind(e.base)
        zeros = call("numpy.zeros_like" if isinstance(base_kind, k.Num) and base_kind.kind == "array" else
                     "srcgrad.runtime.zeros_like", e.base)  # fmt: skip
        self.ordered.append(ir.Assign((scattered,), (zeros,)))
        self.ordered.append(place_update(ir.Index(ir.Name(scattered), e.index), cot.expr, base_kind, self.kind))
        self.pull(e.base, Cotangent(ir.Name(scattered), False))

    def is_place(self, e: ir.Expr) -> bool:
        """Whether `e` is a name or a view of one: what is added to it arrives in the name's shadow."""
        match e:
            case ir.Name():
                return True
            case ir.Index(base, ir.Slice()) if not isinstance(self.kind(base), k.Num):
                return False  # a slice of a list is a list of its own
            case ir.Index(base, index):
                return self.is_place(base) and all(is_basic(p, self.kind) for p in index_parts(index))
        return False

    def pull_items(self, items: list[tuple[ir.Expr, ir.Expr]], cot: Cotangent, e: ir.Expr) -> None:
        live = [(key, item) for key, item in items if self.active(item)]
        written_out = isinstance(cot.expr, ir.Display) and not any(isinstance(i, ir.Star) for i in cot.expr.items)
        if len(live) > 1 and not written_out:
            cot = self.named(cot, e)
        for key, item in live:
            self.pull(item, Cotangent(item_of(cot.expr, key), False))

    def pull_select(self, test: ir.Expr, then: ir.Expr, other: ir.Expr, cot: Cotangent) -> None:
        """`a if c else b` of scalars: each side takes the adjoint where it was chosen."""
        cot = self.named(cot, ir.Select(test, then, other))
        for side, chosen in ((then, True), (other, False)):
            if self.active(side):
                value = ir.Select(test, cot.expr, ir.Const(0.0)) if chosen else ir.Select(test, ir.Const(0.0), cot.expr)
                self.pull(side, Cotangent(value, False))

    # ----- operations -----

    def pull_call(self, e: ir.Call, cot: Cotangent, out: ir.Expr | None) -> None:
        rule = lookup(e.op)
        if rule is None or any(isinstance(self.kind(a), k.Seq) for a in e.args) and e.op.startswith("operator."):
            self.pull_container(e, cot)
            return
        bound = bind_call(rule, e, self.kind)
        rule = specialised(rule, bound, self.kind)
        live = active_parameters(rule, bound, self.kind)
        if rule.kind == "elementwise":
            self.pull_elementwise(e, rule, bound, live, cot, out)
        else:
            self.pull_template(e, rule, bound, live, cot, out)

    def pull_elementwise(
        self,
        e: ir.Call,
        rule: Rule,
        bound: binding.Bound,
        live: dict[str, ir.Expr],
        cot: Cotangent,
        out: ir.Expr | None,
    ) -> None:
        parts = partials(rule, bound, out or e, live, self.kind).parts
        groups: dict[ir.Expr, ir.Expr] = {}
        for name, operand in live.items():
            if name in parts:
                same = groups.get(operand)
                groups[operand] = parts[name] if same is None else doubled(same, parts[name])
        if len(groups) > 1:
            cot = self.named(cot, e)
        others = [a for a in bound.values.values()]
        dense = cot.dense and rule.name not in SELECTING
        for operand, partial in groups.items():
            if is_zero(partial):
                continue
            value = self.product(cot, partial, rule)
            value = self.fitted(value, operand, e, [self.kind(o) for o in others if o is not operand])
            self.pull(operand, Cotangent(value, dense))

    def product(self, cot: Cotangent, partial: ir.Expr, rule: Rule) -> ir.Expr:
        """`d * partial`; a zero in `d` wins over an infinite partial."""
        if rule.singular == "selection" and self.singular:  # what was not chosen may have an infinite derivative
            return call(MASKED, partial, cot.expr)
        if (
            rule.singular == "root"
            or not cot.dense
            and (rule.singular == "pole" or self.selects)
            and has_names(partial)
        ):
            return call(MASKED, cot.expr, partial)
        repeated = repeated_like(cot.expr)
        if repeated is not None and covers(partial, repeated[1], self.kind):
            return times(repeated[0], partial)
        return times(cot.expr, partial)

    def pull_template(
        self,
        e: ir.Call,
        rule: Rule,
        bound: binding.Bound,
        live: dict[str, ir.Expr],
        cot: Cotangent,
        out: ir.Expr | None,
    ) -> None:
        if may_be_whole(rule, bound, e, self.kind):
            cot = Cotangent(call(CARRIED, cot.expr, out or e), False)
        if len(live) > 1:
            cot = self.named(cot, e)
        values = {**arguments(rule, bound), "out": out or e, "d_out": cot.expr}
        wanted = {f"d_{n}" for n in live}
        parts = run_template(rule, values, self.kind, wanted, str).parts
        dense = cot.dense and rule.name in SPREADING
        for name, operand in live.items():
            value = parts.get(f"d_{name}")
            assert value is not None, f"the rule of {rule.name} gives no d_{name} here"
            if is_zero(value):
                continue
            value = self.shapes_named(with_einsums(value, self.kind))
            if rule.of_user:
                value = call(OF_SHAPE, value, operand, ir.Const(f"d_{name} of `{rule.name.rpartition('.')[2]}`"))
            else:
                value = self.adapted(value, operand, e)
            if mixes_complex(self.kind(operand), self.kind(e)):
                value = call("srcgrad.runtime.real_items", value, operand)
            if isinstance(self.kind(operand), k.Seq) and not is_written_out(operand):
                value = call("builtins.list", value)  # the shadow of a sequence is a list, whatever the rule gives
            self.pull(operand, Cotangent(value, dense))

    def adapted(self, value: ir.Expr, operand: ir.Expr, e: ir.Call) -> ir.Expr:
        """The derivative in the operand's dtype, where the operation changed it."""
        a, b = self.kind(operand), self.kind(e)
        match value:
            case ir.Call(op, (inner, x)) if op == UNBROADCAST and x == operand:
                if may_be_smaller(e, operand, self.kind):
                    return value
                return fit(inner, operand, a, b, [], False) if isinstance(a, k.Num) and a.dtype is not None else value
            case _ if (repeated := repeated_like(value)) and isinstance(a, k.Num) and a.kind != "array":
                if not a.is_scalar:
                    return call(UNBROADCAST, value, operand)  # a number where the operand is one, in its dtype
                value = repeated[0]  # an array of rank 0 that repeats a number cannot be added to
                if not is_arithmetic(value):
                    return call(UNBROADCAST, value, operand)
        if not (isinstance(a, k.Num) and isinstance(b, k.Num)):
            return value
        if a.dtype is b.dtype is None and self.complex and self.meets_complex(operand, e):
            return call(UNBROADCAST, value, operand)
        return taken_out(cast(value, operand, a, b), a, b)

    def meets_complex(self, operand: ir.Expr, e: ir.Call) -> bool:
        """Whether an operation may join an operand, which may be real, with a complex one."""
        others = (x for x in (*e.args, *(v for _, v in e.keywords)) if x != operand)
        return any(may_be_complex(self.kind(x)) is not False for x in others)

    def shapes_named(self, e: ir.Expr) -> ir.Expr:
        """`np.shape(u**2)` as `np.shape(u)`: a shape is no reason to compute a value again."""
        return shape_source(e, self.kind)

    def pull_container(self, e: ir.Call, cot: Cotangent) -> None:
        """Lists and tuples: joining, repeating, copying."""
        match e:
            case ir.Call("builtins.list" | "builtins.tuple", (inner,)):
                array = isinstance(self.kind(inner), k.Num)
                self.pull(inner, Cotangent(call("numpy.array", cot.expr), False) if array else cot)
            case ir.Call("srcgrad.runtime.private" | "builtins.dict" | ".copy", (inner,)):
                self.pull(inner, cot)
            case ir.Call("builtins.zip", (ir.Star(rows),)):
                self.pull(rows, Cotangent(call("srcgrad.runtime.unzipped", cot.expr, rows), False))
            case ir.Call("builtins.zip", args):
                cot = self.named(cot, e)
                for n, a in enumerate(args):
                    if self.active(a):
                        part = ir.Index(a, ir.Slice(None, call("builtins.len", cot.expr), None))
                        column = call("srcgrad.runtime.column", cot.expr, ir.Const(n))
                        array = isinstance(self.kind(a), k.Num)
                        self.pull(part, Cotangent(call("numpy.array", column) if array else column, False))
            case ir.Call("builtins.reversed", (inner,)):
                backwards = ir.Slice(None, None, ir.Const(-1))
                self.pull(inner, Cotangent(ir.Index(cot.expr, backwards), cot.dense))
            case ir.Call("operator.mul", (a, b)):
                a = a if isinstance(self.kind(a), k.Seq) else b
                self.pull(a, Cotangent(call("srcgrad.runtime.repeated_adjoint", cot.expr, a), False))
            case ir.Call("operator.add", (a, b)):
                cot = self.named(cot, e)
                size = call("builtins.len", a)
                self.pull(a, Cotangent(ir.Index(cot.expr, ir.Slice(None, size, None)), False))
                self.pull(b, Cotangent(ir.Index(cot.expr, ir.Slice(size, None, None)), False))
            case _:
                raise AssertionError(f"no rule for {e.op}")

    def named(self, cot: Cotangent, e: ir.Expr) -> Cotangent:
        """The cotangent under a name, unless it is as short as one."""
        repeated = repeated_like(cot.expr)
        if is_cheap(cot.expr) or repeated is not None and is_cheap(repeated[0]):
            return cot
        if self.root_value is not None and is_argument(e, self.root_value):
            name = self.names.fresh(f"{self.names.d_prefix}{self.target}_arg", f"{self.names.d_prefix}{describe(e)}")
        else:
            name = self.names.fresh(
                f"{self.names.d_prefix}{describe(e)}", f"{self.names.d_prefix}{describe(e)}_of_{self.target}"
            )
        self.ordered.append(ir.Assign((name,), (cot.expr,)))
        return replace(cot, expr=ir.Name(name))


def is_arithmetic(e: ir.Expr) -> bool:
    """Whether what is a number if its operands are is written out."""
    return isinstance(e, ir.Name) or isinstance(e, ir.Call) and e.op.startswith("operator.")
