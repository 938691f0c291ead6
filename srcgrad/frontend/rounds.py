"""`srcgrad.gradients` inside a loop: the statements of one round, with what they begin with.

    for n in range(steps):
        batch = x[rng.integers(9)]
        loss = np.mean((batch @ w) ** 2)          def round(batch, w):
        (g,) = gradients(loss, [w])        ->         loss = np.mean((batch @ w) ** 2)
        w = w - rate * g                              return loss

It begins with the first statement that reads or binds a source.  That is right where nothing else that it reads was
computed from the source, in an earlier round or before the loop; else the gradients would lack that way.
"""

from __future__ import annotations

import ast
import builtins
from dataclasses import dataclass, field
from typing import Any

from .blocks import FUNCTIONS, LOOPS, Test, binds, names_in, needed, own_nodes, path_to, root, suites

Names = frozenset[str]
HINT = "Ask for them after the loop, or take one round as a function of its own: `srcgrad.grad(step)`."
FRESH = {"abs", "array", "clip", "copy", "dot", "exp", "log", "maximum", "mean", "minimum", "sign", "sqrt", "sum",
         "tanh", "where", "zeros_like"}  # fmt: skip
ADDING = {"add", "append", "extend", "insert", "update"}
INSIDE = "these gradients are asked for inside a loop, and "


class NoRound(Exception):
    """Why the statements of one round do not do."""


@dataclass(frozen=True)
class Round:
    """A loop, its statements from the first that matters to the one with the call, and what they begin with.

    Before the call run the statements `before`, and those that are `idle`, through which nothing asked for goes.
    """

    loop: Any
    body: list[Any]
    before: list[Any]
    start: list[str]
    idle: list[Any]


def loop_around(function: Any, call: Any) -> Any:
    """The innermost loop of a function that a call stands in, if there is one."""
    found = [n for n in own_nodes(function.body) if isinstance(n, LOOPS) and holds(n.body, call)]
    return max(found, key=lambda n: (n.lineno, n.col_offset)) if found else None


def holds(body: list[Any], call: Any) -> bool:
    return any(n is call for n in own_nodes(body))


def round_of(
    function: Any, loop: Any, call: Any, sources: list[str], targets: list[Any], stops: list[str], others: Any = None
) -> Round:
    """The round in which gradients of `targets` by the names `sources` are asked for; else raises NoRound.

    `others` is the module, as far as it is known: there may be the functions that it calls.
    """
    beside = functions_of(others)
    at = next(n for n, s in enumerate(loop.body) if any(x is call for x in ast.walk(s)))
    mentioned = {*sources, *stops}
    closures = nested_reads(function)
    first = next((n for n, s in enumerate(loop.body[:at]) if touches(s, mentioned, closures)), at)
    body = loop.body[first : at + 1]
    before = path_to(body, call)
    own, wanted = own_names(function), set().union(*(names_in(t) for t in targets), mentioned)
    tests = set().union(*(names_in(s) for s in before if isinstance(s, Test)))
    reached = slice_of(before, wanted | tests, closures)
    idle = [s for s in before if not isinstance(s, Test) and not may_change(s) & reached]
    before = [s for s in before if s not in idle]
    read = [n for n in needed(before) if n in own]
    read += sorted(n for n in wanted if n in own and n not in read and not any(binds(s, n) for s in before))
    for n in read:
        if any(binds(s, n) for s in before):
            raise NoRound(f"{INSIDE}`{n}` is read and bound anew, or changed, before them in the same round")
    for x in (n for n in sources if n in read):
        dependent = Dependents(function, x, loop.body[first], closures, beside).found
        for n in read:
            if n != x and n in dependent and n in reached:
                raise NoRound(f"{INSIDE}`{n}`, which they go through, may have been computed from `{x}` before")
    return Round(loop, body, before, read, idle)


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
    found = names_in(node)
    found |= {root(n) for n in ast.walk(node) if isinstance(n, ast.Subscript | ast.Attribute)} - {""}
    todo = list(found)
    while todo:
        more = closures.get(todo.pop(), frozenset()) - found
        found |= more
        todo += more
    return found


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
            if not isinstance(s, ast.While):
                inside = self.bound(names_in(s.target, ast.Store), s.iter, state, False) | state
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
        return bool(reads(value, self.closures) & {*state, self.source})


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
