"""What objects are asked for where a statement is kept as the text that it is: an assert, the arguments of an error.

In emitted code an object is a record there: it has the attributes of the object, and nothing of its class.

    assert p.x > 0.0 and p is not None          as it is
    assert len(p) == 2                          refused, as `p[0]`, `p == q`, `v in p`, `not p` where the class says
    print([p])                                  refused: a record is written in another way
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from . import kinds as k
from .containers import element_kind
from .object_truth import is_compared, truth_method

Env = Mapping[str, k.Kind]
SHOWING = (*(f"builtins.{n}" for n in ("print", "str", "repr", "format", "ascii")), ".format", "logging.")


def beyond_attributes(e: ast.AST, env: Env) -> Iterator[ast.AST]:
    """The parts of an expression that ask an object for more than its attributes."""
    match e:
        case ast.Attribute(base, name):
            found: Any = k.present(kind_of(base, env))
            if k.is_record(found):
                if found.items is not None and name not in dict(found.items):
                    yield e
                return
        case ast.Compare(first, ops, rest):
            if not all(isinstance(op, ast.Is | ast.IsNot) for op in ops) and any(asks(x, env) for x in (first, *rest)):
                yield e
        case ast.GeneratorExp(element, [ast.comprehension(ast.Name(own), (ast.Name() | ast.Attribute()) as held)]):
            inner = {**env, own: element_kind(kind_of(held, env))}
            yield from (x for part in (element, *e.generators[0].ifs) for x in beyond_attributes(part, inner))
            return
        case ast.Call(ast.Name("len" | "isinstance"), [held, *_]) if not k.is_record(k.present(kind_of(held, env))):
            return
        case ast.Call(ast.Name("hasattr"), [held, ast.Constant(name)]) if name in attributes(kind_of(held, env)):
            return
        case ast.Subscript(base) if not k.is_record(k.present(kind_of(base, env))):
            pass
        case ast.BoolOp() | ast.UnaryOp(ast.Not()) | ast.IfExp():
            pass
        case _ if any(holds_objects(x, env) for x in ast.iter_child_nodes(e)):
            yield e
            return
    yield from (x for c in ast.iter_child_nodes(e) for x in beyond_attributes(c, env))


def untold(e: ast.AST, env: Env) -> Iterator[ast.AST]:
    """The objects in a test whose class says whether they are true."""
    match e:
        case ast.BoolOp(_, parts):
            yield from (x for part in parts for x in untold(part, env))
        case ast.UnaryOp(ast.Not(), part):
            yield from untold(part, env)
        case _ if truth_method(kind_of(e, env)):
            yield e


def attributes(kind: k.Kind) -> set[str]:
    """The names of what an object certainly has."""
    found: Any = k.present(kind)
    return {n for n, _ in found.items or () if n not in found.missing} if isinstance(found, k.Dict) else set()


def asks(e: ast.AST, env: Env) -> bool:
    """Whether a value that is compared is an object, or holds one that is compared in a way of its own."""
    found = kind_of(e, env)
    return k.is_record(k.present(found)) or any(map(is_compared, k.inside(found)))


def holds_objects(e: ast.AST, env: Env) -> bool:
    found = kind_of(e, env)
    return k.is_record(k.present(found)) or any(map(k.is_record, k.inside(found)))


def kind_of(e: ast.AST, env: Env) -> k.Kind:
    """What a path such as `p.parts[0]` stands for."""
    match e:
        case ast.Name(name):
            return env.get(name, k.Unknown())
        case ast.Attribute(base, name):
            found: Any = k.present(kind_of(base, env))
            return dict(found.items or ()).get(name, k.Unknown()) if k.is_record(found) else k.Unknown()
        case ast.Subscript(base):
            return element_kind(kind_of(base, env))
    return k.Unknown()


def shown_object(op: str, args: list[k.Kind], given: tuple[k.Kind, ...]) -> k.Kind | None:
    """An object inside of a list or dict, or beside text, that an operation writes as text."""
    if not op.startswith(SHOWING) and not (op == "operator.mod" and args and k.is_text(args[0])):
        return None
    return next((x for kind in given for x in (k.present(kind), *k.inside(kind)) if k.is_record(x)), None)
