"""What a piece of text says of memory: what is new, what may be shared, what is changed in place."""

from __future__ import annotations

import ast
import builtins
from typing import Any

from .blocks import names_in, own_nodes, root
from .text_names import matched, parameters

FRESH = {"abs", "array", "clip", "copy", "dot", "exp", "log", "maximum", "mean", "minimum", "sign", "sqrt", "sum",
         "tanh", "where", "zeros_like"}  # fmt: skip
MAKERS = {"array", "diag", "empty", "empty_like", "eye", "full", "ones", "ones_like", "zeros", "zeros_like"}


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
