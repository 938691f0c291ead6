"""Which variables of a function were computed from another one, as far as its text says.

    for n in range(steps):
        loss = np.mean((batch @ w) ** 2)          `loss` and `g` depend on `w` here; `batch` does not
        (g,) = gradients(loss, [w])
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from .blocks import FUNCTIONS, binds, names_in, own_nodes, root, suites

Names = frozenset[str]
FRESH = {"abs", "array", "clip", "copy", "dot", "exp", "log", "maximum", "mean", "minimum", "sign", "sqrt", "sum",
         "tanh", "where", "zeros_like"}  # fmt: skip
ADDING = {"add", "append", "extend", "insert", "update"}
COUNTS = {"len", "range"}
MAKERS = {"array", "diag", "empty", "empty_like", "eye", "full", "ones", "ones_like", "zeros", "zeros_like"}
SIZES = {"dtype", "ndim", "shape", "size"}


def parameters(function: Any) -> set[str]:
    args = function.args
    return {a.arg for a in (*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg) if a is not None}


def own_names(function: Any) -> set[str]:
    return parameters(function) | {n for s in function.body for n in names_in(s, ast.Store)}


def nested_reads(function: Any) -> dict[str, Names]:
    """What functions that are defined inside read, by their names."""
    found: dict[str, Names] = {}
    for n in ast.walk(function):
        match n:
            case ast.FunctionDef() if n is not function:
                found[n.name] = found.get(n.name, frozenset()) | names_in(n)
            case ast.Assign([ast.Name(name)], ast.Lambda() as made):
                found[name] = found.get(name, frozenset()) | names_in(made)
    return found


def reads(node: Any, closures: dict[str, Names]) -> set[str]:
    """Names that a piece of text reads, by the functions it mentions, too."""
    return with_closures(ast.walk(node), closures)


def carried_into(node: Any, closures: dict[str, Names]) -> set[str]:
    """Names whose derivatives may flow into the value of an expression."""
    return with_closures(counts_left_out(node), closures)


def with_closures(nodes: Iterator[Any], closures: dict[str, Names]) -> set[str]:
    found: set[str] = set()
    for n in nodes:
        if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load):
            found.add(n.id)
        elif isinstance(n, ast.Subscript | ast.Attribute):
            found |= {root(n)} - {""}
    todo = list(found)
    while todo:
        more = closures.get(todo.pop(), frozenset()) - found
        found |= more
        todo += more
    return found


def counts_left_out(node: Any) -> Iterator[Any]:
    """The nodes of a piece of text, without those that are read for a number of items only."""
    todo = list(node) if isinstance(node, list) else [node]
    while todo:
        n = todo.pop()
        match n:
            case ast.Call(ast.Name(name)) if name in COUNTS:
                continue
            case ast.Attribute(_, name, ast.Load()) if name in SIZES:
                continue
        yield n
        todo.extend(ast.iter_child_nodes(n))


def touches(s: Any, names: set[str], closures: dict[str, Names]) -> bool:
    return bool(reads(s, closures) & names) or any(binds(s, n) for n in names)


def changed_by(s: Any) -> set[str]:
    """Names that a simple statement binds, or whose memory it may change."""
    found = names_in(s, ast.Store)
    for n in ast.walk(s):
        if isinstance(n, ast.Subscript | ast.Attribute) and isinstance(n.ctx, ast.Store):
            found.add(root(n))
        if isinstance(n, ast.keyword) and n.arg == "out":
            found |= names_in(n.value)
    match s:
        case ast.Expr(ast.Call(ast.Name("print"))):
            pass
        case ast.Expr(ast.Call(ast.Attribute(_, name) as f)) if name in ADDING:
            found.add(root(f))
        case ast.Expr(ast.Call() as call):
            found |= names_in(call)
    return found - {""}


def may_change(s: Any) -> set[str]:
    """Names that a statement, or one inside of it, binds, or whose memory it may change."""
    return {n for x in own_nodes(s) for n in changed_by(x)} if list(suites(s)) else changed_by(s)


def slice_of(body: list[Any], wanted: set[str], closures: dict[str, Names]) -> set[str]:
    """Names that some statements read, or hand on, for the values of `wanted`."""
    found = set(wanted)
    for n in wanted:
        found |= closures.get(n, frozenset())
    for s in reversed(body):
        if may_change(s) & found:
            found |= reads(s, closures)
    return found


@dataclass(eq=False)
class Dependents:
    """Names whose values may have been computed from the present value of `source`, when a statement is reached."""

    function: Any
    source: str
    statement: Any
    closures: dict[str, Names]
    others: list[Any]
    found: set[str] = field(default_factory=set)
    views: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.own = own_names(self.function)
        for _ in range(2):  # the second time, it is known what may share memory
            self.block(self.function.body, frozenset())

    def in_comprehension(self, generators: Sequence[Any]) -> Names:
        """Those that depend on it inside a comprehension with these generators, in the statement."""
        state = frozenset(self.found)
        for g in generators:
            for target, items in iterated(g.target, g.iter):
                state = self.bound(names_in(target, ast.Store), items, state, isinstance(target, ast.Name))
        return state

    def block(self, body: list[Any], state: Names) -> Names:
        for s in body:
            if s is self.statement:
                self.found |= state
            state = self.after(s, state)
        return state

    def after(self, s: Any, state: Names) -> Names:
        match s:
            case ast.For() | ast.AsyncFor() | ast.While():
                return self.loop(s, state)
            case ast.If():
                return self.block(s.body, state) | self.block(s.orelse, state)
            case ast.With():
                for item in s.items:
                    if item.optional_vars is not None:
                        state = self.bound(names_in(item.optional_vars, ast.Store), item.context_expr, state, False)
                return self.block(s.body, state)
            case _ if isinstance(s, FUNCTIONS):
                return state
            case _ if list(suites(s)):
                for suite in suites(s):
                    state = state | self.block(suite, state)
                return state
        return self.simple(s, state)

    def loop(self, s: Any, state: Names) -> Names:
        while True:
            inside = state
            for target, items in iterated(s.target, s.iter) if not isinstance(s, ast.While) else ():
                inside = self.bound(names_in(target, ast.Store), items, inside, isinstance(target, ast.Name), state)
            after = state | self.block(s.body, inside)
            if after == state:
                return state | self.block(s.orelse, state)
            state = after

    def simple(self, s: Any, state: Names) -> Names:
        match s:
            case ast.Assign(targets, value):
                pairs = [p for t in targets for p in matched(t, value)]
                before = state
                for target, part in pairs:
                    if isinstance(target, ast.Name):
                        state = self.bound({target.id}, part, state, True, before)
                    else:
                        state = self.bound(changed_by(ast.Assign([target], part)), part, state, False, before)
                return self.by_calls(s, state)
            case ast.AnnAssign(ast.Name(name), _, value) if value is not None:
                return self.by_calls(s, self.bound({name}, value, state, True))
            case ast.AugAssign(ast.Name(name), _, value):
                if name == self.source:  # what else has its memory changes with it
                    return frozenset(n for n in state if n in self.views)
                return state | {name} if self.depends(value, state) else state
        return self.by_calls(s, self.bound(changed_by(s), s, state, False))

    def by_calls(self, s: Any, state: Names) -> Names:
        """With what is handed to functions that may keep what they are given, and the objects of methods."""
        for n in own_nodes(s):
            if isinstance(n, ast.Call) and not is_gradients(n) and self.depends(n, state):
                if isinstance(n.func, ast.Attribute):
                    kept = {root(n.func)}
                else:
                    kept = set() if self.keeps_nothing(n.func) else names_in(n)
                state = state | (kept & self.own - {self.source})
        return state

    def keeps_nothing(self, f: Any) -> bool:
        return changes_nothing(f, self.function, self.others)

    def bound(self, names: set[str], value: Any, state: Names, whole: bool, before: Names | None = None) -> Names:
        """After names have a new value, or, if not `whole`, perhaps one more part."""
        before = state if before is None else before
        if self.source in names:
            new = frozenset() if whole and is_fresh(value) else state | (reads(value, self.closures) - {self.source})
            return new | (before if not whole else frozenset())
        depends = self.depends(value, before)
        if not is_fresh(value):
            self.views |= names
        if depends:
            return state | names
        return state - names if whole else state

    def depends(self, value: Any, state: Names) -> bool:
        return bool(carried_into(value, self.closures) & {*state, self.source})


def iterated(target: Any, iterable: Any) -> Iterator[tuple[Any, Any]]:
    """The variables of a loop, each with what its items come from."""
    match target, iterable:
        case ast.Tuple([count, item]), ast.Call(ast.Name("enumerate"), [inner, *_]):
            yield count, ast.Constant(0)
            yield from iterated(item, inner)
        case ast.Tuple(items), ast.Call(ast.Name("zip"), inner) if len(items) == len(inner):
            for t, i in zip(items, inner, strict=True):
                yield from iterated(t, i)
        case _:
            yield target, iterable


def matched(target: Any, value: Any) -> list[tuple[Any, Any]]:
    """The parts of a target with what is assigned to each."""
    if isinstance(target, ast.Tuple | ast.List):
        same = isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts)
        starred = any(isinstance(e, ast.Starred) for e in (*target.elts, *(value.elts if same else ())))
        each = value.elts if same and not starred else [value] * len(target.elts)
        return [p for t, v in zip(target.elts, each, strict=True) for p in matched(t, v)]
    return [(target, value)]


def changes_nothing(f: Any, function: Any, others: list[Any]) -> bool:
    """Whether a function that `function` calls changes nothing that it is given, as far as its text says."""
    if isinstance(f, ast.Name) and hasattr(builtins, f.id):
        return True
    made = [n for n in ast.walk(function) if isinstance(n, ast.FunctionDef) and n is not function]
    found = [n for n in (*made, *others) if isinstance(f, ast.Name) and n.name == f.id]
    return len(found) == 1 and not any(changes_parts(s) for s in ast.walk(found[0]))


def functions_of(module: Any) -> list[Any]:
    return [n for n in getattr(module, "body", ()) if isinstance(n, ast.FunctionDef)]


def changes_parts(n: Any) -> bool:
    """Whether a node changes memory, or hands something to a function for that."""
    match n:
        case ast.Subscript(ctx=ast.Store()) | ast.Attribute(ctx=ast.Store()) | ast.AugAssign() | ast.Expr(ast.Call()):
            return True
        case ast.Call(ast.Name(name)):
            return not hasattr(builtins, name)
        case ast.keyword("out"):
            return True
    return False


def is_fresh(value: Any) -> bool:
    """Whether an expression gives a new number or array, which shares no memory with what it reads."""
    match value:
        case ast.Call(ast.Attribute(ast.Name("np" | "numpy" | "math"), name)) if name in FRESH:
            return True
        case ast.Call(ast.Attribute(_, "copy"), []):
            return True
        case ast.BinOp() | ast.UnaryOp() | ast.Compare() | ast.Constant():
            return True
        case ast.Subscript(inner):
            return is_gradients(inner)
    return is_gradients(value)


def is_gradients(value: Any) -> bool:
    match value:
        case ast.Call(ast.Name("gradients") | ast.Attribute(_, "gradients")):
            return True
    return False


# ----- memory -----


def changed_in_place(s: Any) -> set[str]:
    """Names whose memory a statement, or one inside of it, may change."""
    found: set[str] = set()
    for n in own_nodes(s):
        match n:
            case ast.Subscript(ctx=ast.Store() | ast.Del()) | ast.Attribute(ctx=ast.Store() | ast.Del()):
                found.add(root(n))
            case ast.AugAssign(ast.Name(name)):
                found.add(name)
            case ast.keyword("out", value):
                found |= names_in(value)
            case ast.Expr(ast.Call(ast.Attribute() as f)):
                found.add(root(f))
    return found


def is_counter(function: Any, name: str) -> bool:
    """Whether a variable is a number to begin with, which `+=` replaces."""
    return all(isinstance(v, ast.Constant) for v in assigned(function, name))


def is_own(function: Any, name: str) -> bool:
    """Whether a variable holds nothing but what the function makes for it under this name."""
    return all(is_made(v) for v in assigned(function, name))


def assigned(function: Any, name: str) -> list[Any]:
    """What a variable stands for by its assignments; the name itself for what it is bound to otherwise."""
    single = (s for s in own_nodes(function.body) if isinstance(s, ast.Assign) and len(s.targets) == 1)
    values = {id(t): v for s in single for t, v in matched(s.targets[0], s.value)}
    others = {id(s.target) for s in own_nodes(function.body) if isinstance(s, ast.AugAssign)}
    inside = (s.target for s in own_nodes(function.body) if isinstance(s, ast.comprehension))
    others |= {id(n) for t in inside for n in ast.walk(t)}  # variables of their own
    bound = [n for n in own_nodes(function.body) if isinstance(n, ast.Name) and n.id == name
             and isinstance(n.ctx, ast.Store) and id(n) not in others]  # fmt: skip
    found = [values.get(id(n), n) for n in bound]
    return found if found and name not in parameters(function) else [ast.Name(name)]


def is_made(value: Any) -> bool:
    match value:
        case ast.List() | ast.Dict() | ast.Constant() | ast.ListComp() | ast.DictComp() | ast.BinOp() | ast.UnaryOp():
            return True
        case ast.Call(ast.Name("list" | "dict" | "float" | "int")):
            return True
        case ast.Call(ast.Attribute(ast.Name("np" | "numpy"), name)):
            return name in MAKERS
    return False
