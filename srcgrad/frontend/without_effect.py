"""Whether an expression can be evaluated twice: nothing changes, nothing is drawn, printed or used up."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from ..analysis.outputs import position_of_out
from ..ir import nodes as ir
from ..ir.walk import subexpressions
from ..syntax import parsed
from .bindings import UserFunction
from .changing_methods import CHANGING
from .text_memory import is_fresh

DRAWS = ("numpy.random.", "random.", "time.", "os.", "sys.", "builtins.print", "builtins.input", "builtins.open",
         "builtins.next", "builtins.iter", "uuid.", "warnings.", "logging.")  # fmt: skip
PLAIN = frozenset({"operator.invert", "operator.is_", "operator.is_not", "operator.index", "operator.indexOf"})
WRITERS = frozenset({
    "numpy.copyto", "numpy.put", "numpy.place", "numpy.putmask", "numpy.put_along_axis", "numpy.fill_diagonal",
    "bisect.insort", "bisect.insort_left", "bisect.insort_right", "operator.setitem", "operator.delitem",
})  # fmt: skip
WRITING = CHANGING | {"tofile", "dump"}
METHODS = frozenset(
    n for t in (np.ndarray, dict, list, tuple, str, float, complex) for n in dir(t) if n[0] != "_" and n not in WRITING
)


def does_more(op: str) -> bool:
    """Whether an operation may do more than give a value; so may a method of something other than data."""
    if op.startswith("."):
        return op[1:] not in METHODS
    return op.startswith((*DRAWS, "heapq.", "operator.i")) and op not in PLAIN or op in WRITERS or op.endswith(".at")


def writes(op: str, args: Sequence[Any], keywords: Iterable[str | None]) -> bool:
    """Whether a call is given an array to write its result into, by name or by position; a receiver is the first."""
    position = position_of_out(op)
    return "out" in keywords or position is not None and position < len(args)


def effect(e: ir.Expr, reader: Any) -> str:
    """Why an expression must be evaluated only once; "" if it need not be."""
    for sub in subexpressions(e):
        match sub:
            case ir.Walrus():
                return "it assigns on the way"
            case ir.Call("builtins.next", (ir.Comprehension(), *_)):  # a generator that is made here
                continue
            case ir.Call(op, args, keywords) if does_more(op) or writes(op, args, dict(keywords)):
                return f"`{op.lstrip('.').removeprefix('builtins.')}` does more than give a value"
            case ir.Apply(func) if not is_plain(func, reader):
                return "the function called in it may do more than give a value"
            case ir.Comprehension(_, element, clauses, key):
                inner = [element, *([key] if key is not None else [])]
                for part in inner + [x for c in clauses for x in (c.iterable, *c.conditions)]:
                    why = effect(part, reader)
                    if why:
                        return why
    return ""


def is_plain(func: ir.Expr, reader: Any) -> bool:
    """Whether a function of the user's is seen to compute a value and nothing else."""
    if not isinstance(func, ir.Name) or func.id in reader.locals:
        return False
    found = reader.scope.binding((func.id,))
    tree = definition(found, func.id, reader) if isinstance(found, UserFunction) else None
    return tree is not None and plain(tree, func.id, reader)


def definition(found: Any, name: str, reader: Any) -> ast.FunctionDef | ast.Lambda | None:
    """The syntax of a function of the same file: of the object where it is known, else found by its name."""
    handle, scope = found.handle, reader.scope
    while hasattr(scope, "scope"):  # imports inside the function are on top
        scope = scope.scope
    if isinstance(handle, tuple):
        tree: ast.AST = scope.tree if handle[0] == getattr(scope, "path", None) else ast.Module([], [])
    elif getattr(handle, "__module__", None) != scope.module_name:
        return None
    else:
        try:
            tree = parsed(textwrap.dedent(inspect.getsource(inspect.unwrap(handle))))
        except (TypeError, OSError, SyntaxError):
            return None
    defined = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == name]
    return defined[0] if len(defined) == 1 else None


def plain(tree: Any, name: str, reader: Any) -> bool:
    own = {a.arg for a in ast.walk(tree) if isinstance(a, ast.arg)}
    new = names_of_new_values(tree) - own
    errors = {id(n.exc) for n in ast.walk(tree) if isinstance(n, ast.Raise)}
    for n in ast.walk(tree):
        match n:
            case ast.Call(func=ast.Name()) if id(n) in errors:
                continue
            case ast.Global() | ast.Nonlocal() | ast.Await() | ast.Delete() | ast.With() | ast.Try():
                return False
            case ast.Subscript(ctx=ast.Store()) | ast.Attribute(ctx=ast.Store()):
                return False
            case ast.AugAssign(target=ast.Name(id=target)) if target not in new:
                return False
            case ast.Call(func=ast.Name(id=called)) if called != name and not known(called, reader):
                return False
            case ast.Call(func=ast.Attribute() as func, args=args, keywords=keywords):
                op = dotted(func, own, reader)
                given = [func.value, *args] if op.startswith(".") else args
                if does_more(op) or writes(op, given, [k.arg for k in keywords]):
                    return False
            case ast.Call(func=func) if not isinstance(func, ast.Name):
                return False
    return True


def names_of_new_values(tree: Any) -> set[str]:
    """Names that are bound to nothing but new numbers and arrays, so that `x += e` changes no memory of others."""
    stores = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    new: list[ast.expr] = []
    for n in ast.walk(tree):
        match n:
            case ast.Assign(targets=targets, value=value) if is_fresh(value):
                new += targets
            case ast.AnnAssign(target=target, value=value) if is_fresh(value):
                new.append(target)
            case ast.AugAssign(target=target):
                new.append(target)
    kept = {id(n) for n in new}
    return {n.id for n in stores} - {n.id for n in stores if id(n) not in kept}


def dotted(func: ast.Attribute, own: set[str], reader: Any) -> str:
    """The operation that `np.linalg.inv` is; a method as `.sum`."""
    chain = [func.attr]
    base: ast.expr = func.value
    while isinstance(base, ast.Attribute):
        chain.append(base.attr)
        base = base.value
    if not isinstance(base, ast.Name) or base.id in own:
        return "." + func.attr
    op: str | None = reader.scope.operation((base.id, *reversed(chain)))
    return op or "." + func.attr


def known(name: str, reader: Any) -> bool:
    """Whether a name is a function of Python or NumPy that only computes."""
    op = reader.scope.operation((name,))
    return op is not None and not does_more(op)
