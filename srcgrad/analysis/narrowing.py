"""What a test tells of the names in it: where `x is not None` holds, x is what it is when it is not None.

So with the attributes of objects that are told apart: `if self.state is None: self.state = {}`.
"""

from __future__ import annotations

from dataclasses import replace

from ..ir import nodes as ir
from . import kinds as k
from .attributes_together import with_group as with_attributes
from .none_together import with_group

Env = dict[str, k.Kind]


def narrowed(test: ir.Expr, env: Env, holds: bool) -> Env | None:
    """`env` where the test has turned out true, or false; None where it cannot have, as far as is known by now.

    >>> env = {"x": k.Maybe(False, False, k.Num("python", "float", ()))}
    >>> narrowed(ir.Compare(ir.Name("x"), ("is",), (ir.Const(None),)), env, False)["x"].kind
    'python'
    """
    found: Env | None = env
    for path, is_none in answers(test, holds).items():
        found = told(path, is_none, found) if found is not None else None
    return found


def told(path: tuple[str, ...], is_none: bool, env: Env) -> Env | None:
    """`env` where what `path` leads to is None, or is not; None where that cannot be."""
    name, *attributes = path
    if attributes:
        kind = inside(env.get(name), attributes, is_none)
        return None if kind is None else env if isinstance(kind, k.Never) else {**env, name: kind}
    if env.get(name) == k.NONE and not is_none:
        return None
    held = {n: kind for n in with_group(name, env) if isinstance(kind := env.get(n), k.Maybe)}
    return {**env, **{n: k.NONE if is_none else kind.inner for n, kind in held.items()}} if held else env


def inside(kind: k.Kind | None, attributes: list[str], is_none: bool) -> k.Kind | None:
    """An object whose attribute is None, or is not; Never where that tells nothing, None where it cannot be."""
    if not attributes:
        if kind == k.NONE and not is_none:
            return None
        return k.Never() if not isinstance(kind, k.Maybe) else k.NONE if is_none else kind.inner
    name, *rest = attributes
    if not isinstance(kind, k.Dict) or isinstance(kind, k.Linked) or not k.is_record(kind) or name in kind.missing:
        return k.Never()
    held = dict(kind.items or ())
    if name not in held:
        return k.Never()
    found = inside(held[name], rest, is_none)
    if found is None or isinstance(found, k.Never):
        return found
    held[name] = found
    for n in with_attributes(kind, name) - {name} if not rest else ():
        held[n] = k.NONE if is_none else k.unless_none(held[n])
    return replace(kind, items=tuple(held.items()))


def answers(test: ir.Expr, holds: bool) -> dict[tuple[str, ...], bool]:
    """Whether names and attributes, `("self", "m")`, are certainly None, or certainly not."""
    match test:
        case ir.Compare(place, ("is" | "==" as op,), (ir.Const(None),)) if op == "is" or not holds:
            return {path_of(place): holds} if path_of(place) else {}
        case ir.Compare(place, ("is not",), (ir.Const(None),)):
            return {path_of(place): not holds} if path_of(place) else {}
        case ir.Call("operator.not_", (inner,)):
            return answers(inner, not holds)
        case ir.BoolOp(op, values) if (op == "and") == holds:
            return {n: x for v in values for n, x in answers(v, holds).items()}
    return {}


def path_of(e: ir.Expr) -> tuple[str, ...]:
    """A name and the attributes that lead from it; empty for anything else."""
    match e:
        case ir.Name(name):
            return (name,)
        case ir.Attribute(base, name) if path_of(base):
            return (*path_of(base), name)
        case ir.Index(base, ir.Const(ir.Field() as name)) if path_of(base):
            return (*path_of(base), str(name))
    return ()
