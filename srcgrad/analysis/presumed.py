"""What a statement tells of the values that it asks what None has not: where it does not raise, they are not None.

    if n > 0:
        last[0] *= v              last is not None, here and afterwards
    last = x * v

So with the attributes of objects (`self.state[1:] += v`), as long as no method that may set them runs before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..ir import nodes as ir
from ..ir.walk import children, statement_expressions
from . import kinds as k
from .narrowing import path_of, told

Env = dict[str, k.Kind]
Path = tuple[str, ...]
ASKING = frozenset({
    "builtins.len", "builtins.enumerate", "builtins.list", "builtins.tuple", "builtins.sorted", "builtins.reversed",
    "builtins.sum", "builtins.iter", "builtins.next", "builtins.float", "builtins.int", "builtins.abs",
})  # fmt: skip
OPERATORS = frozenset({
    "operator.add", "operator.sub", "operator.mul", "operator.truediv", "operator.pow", "operator.matmul",
    "operator.floordiv", "operator.neg", "operator.pos",
})  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """The names and attributes that a statement asks for items or attributes, and those that are its operands."""

    whole: tuple[Path, ...]
    operands: tuple[Path, ...]


def asked(s: ir.Stmt) -> Asked:
    """What a statement certainly asks what None has not.

    >>> asked(ir.Store(ir.Index(ir.Attribute(ir.Name("self"), "m"), ir.Const(0)), ir.Const(1.0))).whole
    (('self', 'm'), ('self',))
    """
    inside = list(evaluated(s))
    bound = {e.name for e in inside if isinstance(e, ir.Walrus)}
    whole = [x for e in inside for x in asked_in(e)]
    whole += [s.value] if isinstance(s, ir.Unpack) else []
    whole += [s.header[1]] if isinstance(s, ir.For) and s.header is not None else []
    operands = [x for e in inside if isinstance(e, ir.Call) and e.op in OPERATORS for x in e.args]
    operands += [s.place] if isinstance(s, ir.Update) else []

    def paths(found: list[ir.Expr]) -> tuple[Path, ...]:
        return tuple(dict.fromkeys(path for x in found if (path := path_of(x)) and path[0] not in bound))

    return Asked(paths(whole), paths(operands))


def evaluated(s: ir.Stmt) -> Iterator[ir.Expr]:
    """All that a statement evaluates whenever it runs."""
    waiting = [] if isinstance(s, ir.While) else list(statement_expressions(s))
    while waiting:
        e = waiting.pop(0)
        yield e
        match e:
            case ir.Select(test):
                waiting.append(test)
            case ir.BoolOp(_, values):
                waiting.append(values[0])
            case ir.Compare(first, _, rest):
                waiting += [first, rest[0]]
            case ir.Comprehension(_, _, clauses):
                waiting.append(clauses[0].iterable)
            case _:
                waiting += children(e)


def asked_in(e: ir.Expr) -> tuple[ir.Expr, ...]:
    match e:
        case ir.Index(base) | ir.Star(base):
            return (base,)
        case ir.Attribute(base, name) if not name.startswith("__"):
            return (base,)
        case ir.Call(op, args) if op in ASKING or op.startswith(".") and not op.startswith(".__"):
            return args[:1]
        case ir.Comprehension(_, _, clauses):
            return (clauses[0].iterable,)
    return ()


def presumed(s: ir.Stmt, of: Asked, env: Env) -> Env | None:
    """`env` at a statement that asks something of what paths lead to; None where that certainly raises."""
    names = [path for path in of.whole if len(path) == 1 and may_be_absent(path, env)]
    others = [path for path in (*of.whole, *of.operands) if may_be_absent(path, env)]
    for path in [*names, *(others if others and runs_no_method(s, env) else ())]:
        found = told(path, False, env)
        if found is None:
            return None
        env = found
    return env


def may_be_absent(path: Path, env: Env) -> bool:
    """Whether a path leads to None or to what may be None; of objects, attributes are read either way."""
    kind = kind_of_path(path, env)
    return kind == k.NONE or isinstance(kind, k.Maybe) and not k.is_record(kind.inner)


def runs_no_method(s: ir.Stmt, env: Env) -> bool:
    """Whether a statement certainly calls no function of the user, which might set an attribute."""
    if isinstance(s, ir.Store | ir.Update):
        place: Any = s.place
        return is_data(s.value, env) and (kind_of_path(path_of(place), env) is not None or is_data(place, env))
    return all(is_data(e, env) for e in statement_expressions(s))


def is_data(e: ir.Expr, env: Env) -> bool:
    """Whether evaluating an expression asks no object of the user, and gives none."""
    match e:
        case ir.Const():
            return True
        case ir.Index(base, ir.Name(key)) if key in env and not k.classes_in(env[key]):
            return is_data(base, env)  # whatever it is, a container does no more than look it up
        case ir.Name() | ir.Attribute() | ir.Index() if (found := kind_of_path(path_of(e), env)) is not None:
            kind = k.unless_none(found)
            return isinstance(kind, k.Num | k.Known | k.Seq | k.Dict) and not k.classes_in(kind)
        case ir.Call(op) if not op.startswith((".", "builtins.", "numpy.", "operator.", "math.")):
            return False
        case ir.Name() | ir.Apply() | ir.Text() | ir.Lambda() | ir.Comprehension() | ir.Walrus():
            return False
    return all(is_data(x, env) for x in children(e))


def kind_of_path(path: Path, env: Env) -> Any:
    """The kind of what names and attributes lead to; None where that is not known."""
    found: Any = env.get(path[0]) if path else None
    for name in path[1:]:
        found = dict(found.items or ()).get(name) if k.is_record(found) and not isinstance(found, k.Linked) else None
    return found
