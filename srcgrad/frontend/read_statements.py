"""libcst statements -> IR.  Control flow is kept as written; `frontend.lower` gives it one exit per block."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import libcst as cst

from ..ir import nodes as ir
from ..ir.build import is_slot, slot
from ..ir.origin import Origin
from ..ir.walk import reads, target_names
from ..syntax import parsed
from .array_iterators import over_array
from .calls_in_text import calls_user
from .cells import rewritten, targets_of
from .checkpoints import checkpointed, unwrapped
from .decorators import TRANSPARENT
from .emitted import is_emitted
from .fence import REFUSED
from .generators import read_yield
from .groups import HINT as GROUPS_HINT, KEPT, check_loop
from .lazy_loops import lazy_loop
from .loops import counted_loop
from .named_attributes import attribute_set, written_out
from .operators import BINARY
from .places import deleted, has_places, held_by, once_each, with_names
from .private_names import WithFullNames
from .read_expressions import ExpressionReader, identifier
from .read_gradients import GRADIENTS, read_gradients
from .read_match import read_match
from .read_products import read_vjp
from .read_tape import InnerTape, read_gradient, read_tape_statement
from .read_try import read_try
from .read_with import read_with
from .relative_imports import with_full_name


class StatementReader(ExpressionReader):
    """Reads the statements of one function; `read_function` is given for nested definitions."""

    def __init__(self, scope: Any, local_names: frozenset[str], refuse: Any, source: Any, read_function: Any) -> None:
        super().__init__(scope, local_names, refuse)
        self.source, self.read_function = source, read_function
        self.words: set[str] = set()
        self.renamed: set[str] = set()  # names for modules that assignments bind
        self.yielded = ""  # of a generator function, the list of its items
        self.tapes: dict[str, InnerTape] = {}
        self.made_node: cst.FunctionDef | None = None  # the function that is read, if a gradient has made it
        self.made_inside: cst.FunctionDef | None = None  # the same for a function inside of this one
        self.made: set[str] = set()  # names that the statements of others bind here
        self.entry: dict[str, str] = {}  # names for what parameters hold when the function is entered
        self.tried = 0  # how many blocks whose exceptions are caught are around what is read
        self.pending: list[ir.Stmt] = []  # definitions that the statement being read needs before it

    def fresh(self, name: str) -> str:
        """A name that stands nowhere in the file."""
        if not self.words:
            self.words = set(re.findall(r"\w+", self.source.text))
        while name in self.words:
            name += "_"
        self.words.add(name)
        return name

    def at_entry(self, param: str) -> str:
        """The name of what a parameter holds when the function is entered."""
        if param not in self.entry:
            self.entry[param] = self.fresh(f"{param}_0")
            self.made.add(self.entry[param])
            self.locals |= {self.entry[param]}
        return self.entry[param]

    def kept_at_entry(self) -> ir.Block:
        each = ((new, ir.Call("srcgrad.runtime.own", (ir.Name(n),))) for n, new in self.entry.items())
        return tuple(ir.Assign((new,), (value,)) for new, value in each)

    def block(self, body: cst.BaseSuite) -> ir.Block:
        return tuple(s for node in body.body for s in self.statement(node))

    def statement(self, node: cst.CSTNode) -> list[ir.Stmt]:
        if isinstance(node, cst.SimpleStatementLine):
            whole = node if len(node.body) == 1 else None
            return [s for small in node.body for s in self.simple(small, Origin(whole or small, self.source))]
        return self.dispatch(node, Origin(node, self.source))

    def simple(self, node: cst.BaseSmallStatement, origin: Origin) -> list[ir.Stmt]:
        return self.dispatch(node, origin)

    def dispatch(self, node: cst.CSTNode, origin: Origin) -> list[ir.Stmt]:
        name = type(node).__name__
        if name in REFUSED and name != "Nonlocal":
            self.refuse(REFUSED[name][0], f"{REFUSED[name][1]} cannot be differentiated", node, REFUSED[name][2])
            return []
        method = getattr(self, "stmt_" + name, None)
        if method is None:
            self.refuse("SG201", f"`{name}` cannot be differentiated", node)
            return []
        outer, self.pending = self.pending, []
        around, self.private = self.private, False
        found: list[ir.Stmt] = method(node, origin)
        if self.private:
            found = self.with_full_names(found, origin)
        self.private = around
        if self.pending:
            edited = [replace(s, origin=origin.edit()) if s.origin is origin else s for s in found]
            found = [*self.pending, *edited]
        self.pending = outer
        return found

    def with_full_names(self, found: list[ir.Stmt], origin: Origin) -> list[ir.Stmt]:
        """The same statements, whose text has the private attributes in it by their full names."""
        written = Origin(origin.node.visit(WithFullNames(self.owner)), origin.source, origin.edited)  # type: ignore[arg-type]
        self.source.stand_in((written.node,), origin.node)
        edits = {id(s.origin): written.edit() if s.origin.edited else written
                 for s in found if s.origin is not None and s.origin.node is origin.node}  # fmt: skip
        return [replace(s, origin=edits.get(id(s.origin), s.origin)) for s in found]

    def read_Call(self, node: cst.Call) -> ir.Expr:
        gradient = read_gradient(self, node) if self.tapes else None
        chain = self.chain(node.func)
        if chain is not None and chain[-1] == "gradients" and self.scope.operation(chain) == GRADIENTS:
            gradient = read_gradients(self, node)
        return gradient if gradient is not None else super().read_Call(node)

    # ----- assignments -----

    def stmt_Assign(self, node: cst.Assign, origin: Origin) -> list[ir.Stmt]:
        pullback = read_vjp(self, node, origin)
        if pullback is not None:
            return pullback
        bound = set().union(*(targets_of(t.target) for t in node.targets))
        if bound and bound <= self.renamed:
            return [ir.Opaque("import", (), tuple(sorted(bound)), origin)]
        value = self.read(node.value)
        first, *others = (self.read(t.target) for t in node.targets)
        names = [n for t in (first, *others) for n in target_names(t)]
        repeated = len(set(names)) < len(names)
        if others and (repeated or any(map(has_places, (first, *others)))):  # each place is a statement of its own
            edited = origin.edit()
            if isinstance(value, ir.Name | ir.Const) and not reads(value) & set(names):
                return [s for t in (first, *others) for s in self.assign(t, value, edited)]
            own = isinstance(first, ir.Name) and not repeated
            name = names[0] if own else self.fresh("value")
            rest = others if own else [first, *others]
            places = [s for t in rest for s in self.assign(t, ir.Name(name), edited)]
            return [ir.Assign((name,), (value,), origin=edited), *places]
        found = self.assign(first, value, origin)
        for target in others:  # `a = b = e` binds from left to right; the object is the same
            again = first if isinstance(first, ir.Name) else value
            found += self.assign(target, again, origin, implicit=True)
        return found

    def unused(self, name: str) -> str:
        while name in self.locals:
            name += "_"
        return name

    def assign(self, target: ir.Expr, value: ir.Expr, origin: Origin, implicit: bool = False) -> list[ir.Stmt]:
        if isinstance(target, ir.Name):
            return [ir.Assign((target.id,), (value,), implicit, origin)]
        if isinstance(target, ir.Index | ir.Attribute):
            place, holder = held_by(target, self.fresh)
            if not holder:
                return [ir.Store(target, value, origin)]
            edited = origin.edit()
            steady = isinstance(value, ir.Name | ir.Const)
            given = value if steady else ir.Name(self.fresh("value"))
            first = [] if steady else [ir.Assign((given.id,), (value,), origin=edited)]  # type: ignore[union-attr]
            return [*first, ir.Assign(*holder, origin=edited), ir.Store(place, given, edited)]
        if has_places(target):
            names, later = with_names(target, self.fresh)
            edited = origin.edit()
            found = self.assign(names, value, edited, implicit)
            return [*found, *(s for t, name in later for s in self.assign(t, ir.Name(name), edited))]
        pairs = parallel(target, value)
        if pairs is not None:
            return [ir.Assign(tuple(n for n, _ in pairs), tuple(v for _, v in pairs), implicit, origin)]
        apart = once_each(target, self.fresh)
        return [ir.Unpack(apart, value, implicit, origin if apart is target else origin.edit())]

    def stmt_AnnAssign(self, node: cst.AnnAssign, origin: Origin) -> list[ir.Stmt]:
        if node.value is None:
            return [ir.Opaque("annotation", (), (), origin)]
        return self.assign(self.read(node.target), self.read(node.value), origin)

    def stmt_AugAssign(self, node: cst.AugAssign, origin: Origin) -> list[ir.Stmt]:
        place, value = self.read(node.target), self.read(node.value)
        assert isinstance(place, ir.Name | ir.Index | ir.Attribute)
        op = BINARY[type(node.operator).__name__.removesuffix("Assign")]
        place, holder = held_by(place, self.fresh)
        if holder:
            return [ir.Assign(*holder, origin=origin.edit()), ir.Update(place, op, value, origin.edit())]
        return [ir.Update(place, op, value, origin)]

    # ----- control -----

    def stmt_If(self, node: cst.If, origin: Origin) -> list[ir.Stmt]:
        test = self.read(node.test)
        body = self.block(node.body)
        orelse: ir.Block = ()
        if isinstance(node.orelse, cst.If):
            orelse = tuple(self.statement(node.orelse))
        elif node.orelse is not None:
            orelse = self.block(node.orelse.body)
        return [ir.If(test, body, orelse, origin=origin)]

    def stmt_While(self, node: cst.While, origin: Origin) -> list[ir.Stmt]:
        orelse = self.block(node.orelse.body) if node.orelse is not None else ()
        test, snapshots = unwrapped(self, node.test)
        loop: list[ir.Stmt] = [ir.While(self.read(test), self.block(node.body), orelse, origin)]
        return checkpointed(self, node, loop, snapshots) if snapshots is not None else loop

    def stmt_For(self, node: cst.For, origin: Origin) -> list[ir.Stmt]:
        by_name = written_out(self, node) if node.asynchronous is None else None
        if by_name is not None:
            return by_name
        if node.asynchronous is not None:
            code, what, hint = REFUSED["AsynchronousFor"]
            self.refuse(code, f"{what} cannot be differentiated", node, hint)
        plain = over_array(self, node)
        if plain is not None:
            return plain
        items, snapshots = unwrapped(self, node.iter)
        target, iterable = self.read(node.target), self.read(items)
        body = self.block(node.body)
        if has_places(target):
            target, later = with_names(target, self.fresh)
            body = (*(s for t, name in later for s in self.assign(t, ir.Name(name), origin.edit())), *body)
        target = once_each(target, self.fresh)
        orelse = self.block(node.orelse.body) if node.orelse is not None else ()
        check_loop(target, iterable, body, lambda: self.refuse("SG222", KEPT, node.iter, GROUPS_HINT))
        lazy = lazy_loop(self, target, iterable, body, orelse, origin)
        if lazy is not None:
            return lazy
        self.check_end(iterable, node.iter)
        loop = counted_loop(target, iterable, body, orelse, origin, self.locals)
        return checkpointed(self, node, loop, snapshots) if snapshots is not None else loop

    def stmt_Del(self, node: cst.Del, origin: Origin) -> list[ir.Stmt]:
        target = self.read(node.target)
        if is_emitted(self.scope):
            target = slot(target.base, target.name) if isinstance(target, ir.Attribute) else target
            if is_slot(target):
                return [ir.Update(target.base, ".pop", target.index, origin)]  # type: ignore[arg-type, union-attr]
        return deleted(target, origin)

    def stmt_Match(self, node: cst.Match, origin: Origin) -> list[ir.Stmt]:
        return read_match(self, node, origin)

    def stmt_Try(self, node: cst.Try, origin: Origin) -> list[ir.Stmt]:
        return read_try(self, node, origin)

    def stmt_With(self, node: cst.With, origin: Origin) -> list[ir.Stmt]:
        return read_with(self, node, origin)

    def stmt_Break(self, node: cst.Break, origin: Origin) -> list[ir.Stmt]:
        return [ir.Break(origin)]

    def stmt_Continue(self, node: cst.Continue, origin: Origin) -> list[ir.Stmt]:
        return [ir.Continue(origin)]

    def stmt_Return(self, node: cst.Return, origin: Origin) -> list[ir.Stmt]:
        if self.yielded and node.value is None:
            return [ir.Return(ir.Name(self.yielded), origin.edit())]
        return [ir.Return(self.read(node.value) if node.value is not None else None, origin)]

    # ----- effects and definitions -----

    def stmt_Expr(self, node: cst.Expr, origin: Origin) -> list[ir.Stmt]:
        about_a_tape = read_tape_statement(self, node) if self.tapes else None
        if about_a_tape is not None:
            return about_a_tape
        if isinstance(node.value, cst.Yield):
            return read_yield(self, node.value, origin) if self.yielded else self.dispatch(node.value, origin)
        by_name = attribute_set(self, node.value, origin)
        return by_name if by_name is not None else [ir.Eval(self.read(node.value), origin)]

    def stmt_Pass(self, node: cst.Pass, origin: Origin) -> list[ir.Stmt]:
        return [ir.Opaque("pass", (), (), origin)]

    def stmt_Nonlocal(self, node: cst.Nonlocal, origin: Origin) -> list[ir.Stmt]:
        code, what, hint = REFUSED["Nonlocal"]
        if any(identifier(n.name.value) not in self.cells for n in node.names):
            self.refuse(code, f"{what} of a variable outside of the function cannot be differentiated", node, hint)
        return []

    def opaque(self, kind: str, parts: list[cst.CSTNode | None], origin: Origin) -> list[ir.Stmt]:
        names = {n for p in parts if p is not None for n in reads(self.read(p))}
        if not names.isdisjoint(self.cells.values()):
            origin = rewritten(origin, self.cells)
        return [ir.Opaque(kind, tuple(sorted(names & self.locals)), (), origin)]

    def stmt_Assert(self, node: cst.Assert, origin: Origin) -> list[ir.Stmt]:
        self.refuse_changes(parsed(f"({origin.code_of(node.test)})"), node.test, "an assert")
        if not calls_user(self, node.test):
            return self.opaque("assert", [node.test, node.msg], origin)
        name = self.fresh("holds")
        self.locals |= {name}
        holds = cst.Name(name)
        checked: Any = origin.node.deep_replace(node.test, holds)
        value = ir.Assign((name,), (self.read(node.test),), origin=origin.edit())
        return [value, *self.opaque("assert", [holds, node.msg], Origin(checked, self.source, origin.edited))]

    def stmt_Raise(self, node: cst.Raise, origin: Origin) -> list[ir.Stmt]:
        return self.opaque("raise", [node.exc, node.cause.item if node.cause else None], origin)

    def stmt_import(self, node: cst.Import | cst.ImportFrom, origin: Origin) -> list[ir.Stmt]:
        if isinstance(node, cst.ImportFrom) and isinstance(node.names, cst.ImportStar):
            self.refuse("SG201", "`import *` inside a function is not Python", node)
            return []
        if isinstance(node, cst.ImportFrom) and node.relative:
            origin = with_full_name(node, origin, self.scope)
        names = [a.asname.name.value if a.asname else root_name(a.name) for a in node.names]  # type: ignore[union-attr]
        return [ir.Opaque("import", (), tuple(names), origin)]

    stmt_Import = stmt_ImportFrom = stmt_import

    def stmt_FunctionDef(self, node: cst.FunctionDef, origin: Origin) -> list[ir.Stmt]:
        """A decorator of the user's is a call: `@twice def g` is `g = twice(g)` after the definition."""
        name = identifier(node.name.value)
        function = self.read_function(node, self)
        if not set(function.captures).isdisjoint(self.cells.values()):
            origin = rewritten(origin, self.cells)
        applied = [d for d in reversed(node.decorators) if not self.is_transparent(d)]
        if not applied:
            return [ir.Define(name, function, origin)]
        if name in function.captures:
            self.refuse(
                "SG103", "a decorator on a nested function that calls itself cannot be looked through", applied[0],
                "Give the decorated function another name.",
            )  # fmt: skip
        plain = Origin(origin.node.with_changes(decorators=()), self.source)
        found: list[ir.Stmt] = [ir.Define(name, function, plain)]
        for d in applied:
            chain = self.chain(d.decorator)
            op = self.scope.operation(chain) if chain else None
            func, given = self.read(d.decorator), (ir.Name(name),)
            value = ir.Call(op, given) if op is not None else applied_to(func, given)
            found.append(ir.Assign((name,), (value,), origin=Origin(d, self.source, True)))
        return found

    def is_transparent(self, node: cst.Decorator) -> bool:
        """Whether a decorator leaves what the function computes as it is."""
        e = node.decorator.func if isinstance(node.decorator, cst.Call) else node.decorator
        chain = self.chain(e)
        return chain is not None and self.scope.operation(chain) in TRANSPARENT - IN_CLASSES


def applied_to(func: ir.Expr, given: tuple[ir.Expr, ...]) -> ir.Expr:
    """`@np.vectorize(cache=True)` above a function takes it as its first argument."""
    match func:
        case ir.Call("numpy.vectorize", (), keywords):
            return ir.Call(func.op, given, keywords)
    return ir.Apply(func, given)


IN_CLASSES = frozenset({"builtins.staticmethod", "builtins.classmethod", "builtins.property"})


def root_name(node: cst.BaseExpression) -> str:
    while isinstance(node, cst.Attribute):
        node = node.value
    assert isinstance(node, cst.Name)
    return identifier(node.value)


def parallel(target: ir.Expr, value: ir.Expr) -> list[tuple[str, ir.Expr]] | None:
    """`a, (b, c) = x, (y, z)` as pairs, if the value is written out to match and no name is bound twice."""
    match target, value:
        case ir.Name(name), _ if not isinstance(value, ir.Star):
            return [(name, value)]
        case ir.Display(_, targets), ir.Display("tuple" | "list", values) if len(targets) == len(values):
            pairs = [parallel(t, v) for t, v in zip(targets, values, strict=True)]
            if any(p is None for p in pairs):
                return None
            flat = [pair for p in pairs if p is not None for pair in p]
            return flat if len({n for n, _ in flat}) == len(flat) == len(target_names(target)) else None
    return None
