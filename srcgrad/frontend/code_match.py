"""Does a piece of text compile to the code that is loaded?  Independent of file name, line numbers and decorators."""

from __future__ import annotations
import __future__

import ast
import sys
from types import CodeType
from typing import Any

from ..syntax import parsed, without_warnings
from .nesting import room
from .text import ModuleText

KINDS = 0x04 | 0x08 | 0x20 | 0x80 | 0x200  # *args, **kwargs, generator, coroutine, asynchronous generator
COMPARED = (
    "co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_code", "co_names", "co_varnames", "co_freevars",
    "co_cellvars", "co_exceptiontable",
)  # fmt: skip


def same_code(a: CodeType, b: CodeType) -> bool:
    return (
        all(getattr(a, name) == getattr(b, name) for name in COMPARED)
        and a.co_flags & KINDS == b.co_flags & KINDS
        and same_constant(a.co_consts, b.co_consts)
    )


def same_constant(a: Any, b: Any) -> bool:
    """`1`, `1.0` and `True` are equal and are different constants; so are `0.0` and `-0.0`."""
    if type(a) is not type(b):
        return False
    if isinstance(a, CodeType):
        return same_code(a, b)
    if isinstance(a, tuple):
        return len(a) == len(b) and all(map(same_constant, a, b))
    if isinstance(a, frozenset):
        return sorted(map(repr, a)) == sorted(map(repr, b))
    return repr(a) == repr(b)


def matching_code(node: Any, code: CodeType, file: ModuleText, text: str = "") -> CodeType | None:
    """The code of a `def` or lambda if it is that of `code`, else None.

    `text` is the node's source, for pytest's sake: it rewrites the asserts of test modules with the source at hand.
    """
    for imports in (file.words_of_imports, file.imports):
        found = recompile(node, code, imports, text)
        if found is not None and same_code(found, code):
            return found
    return None


def recompile(node: Any, like: CodeType, imports: frozenset[str], text: str = "") -> CodeType | None:
    """The code of a `def` or lambda, compiled where `like` was: in its class, with its captured names around it.

    For `np.sin(x)` the compiler writes other code than for `a.sin(x)` where `np` is imported at module level.
    """
    module = surroundings(bare(node), like)
    if imports:
        module.body.insert(0, parsed("import " + ", ".join(sorted(imports))).body[0])
    if "@pytest_ar" in like.co_names:
        rewrite_asserts(module, text)
    flags = like.co_flags & __future__.annotations.compiler_flag
    try:
        with without_warnings(), room():
            code = compile(module, like.co_filename, "exec", flags, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    cls = enclosing_class(like.co_qualname)
    return find_code(code, ["_", *([cls] if cls else []), like.co_name])


def bare(node: Any) -> Any:
    """The definition without what is evaluated outside of it: decorators, defaults and annotations."""
    fields = {name: getattr(node, name, None) for name in node._fields} | {"args": bare_arguments(node.args)}
    if not isinstance(node, ast.Lambda):
        fields |= {"decorator_list": [], "returns": None}
    return ast.copy_location(type(node)(**fields), node)


def bare_arguments(args: ast.arguments) -> ast.arguments:
    def parameter(a: ast.arg | None) -> Any:
        return None if a is None else ast.copy_location(ast.arg(a.arg, None), a)

    def default(e: Any) -> Any:
        return None if e is None else ast.copy_location(ast.Constant(None), e)

    return ast.arguments(
        posonlyargs=[parameter(a) for a in args.posonlyargs],
        args=[parameter(a) for a in args.args],
        vararg=parameter(args.vararg),
        kwonlyargs=[parameter(a) for a in args.kwonlyargs],
        kw_defaults=[default(e) for e in args.kw_defaults],
        kwarg=parameter(args.kwarg),
        defaults=[default(e) for e in args.defaults],
    )


def surroundings(node: Any, like: CodeType) -> ast.Module:
    """A function whose parameters are the captured names; in it the class, if there is one, for `__x` and `super()`."""
    cls = enclosing_class(like.co_qualname)
    bound = cls or getattr(node, "name", None)
    captured = [n for n in like.co_freevars if not (cls and n in ("__class__", "__classdict__"))]
    inner = ast.copy_location(ast.Expr(node), node) if isinstance(node, ast.Lambda) else node
    if cls:
        inner = around(f"class {cls}: pass", [inner])
    outer = around(f"def _({', '.join(captured)}): pass", [inner])
    if bound and bound not in captured:  # else the wrapper would capture it: the function finds it among the globals
        outer.body.insert(0, parsed(f"global {bound}").body[0])
    return ast.Module([outer], [])


def around(header: str, body: list[Any]) -> Any:
    statement: Any = parsed(header).body[0]
    statement.body = body
    return statement


def enclosing_class(qualname: str) -> str | None:
    """The innermost class around a function: it decides what a name like `__x` becomes."""
    parts = qualname.split(".")[:-1]
    for k in range(len(parts) - 1, -1, -1):
        if parts[k] != "<locals>" and parts[k + 1 : k + 2] != ["<locals>"]:
            return parts[k] if parts[k].isidentifier() else None
    return None


def find_code(code: CodeType, path: list[str]) -> CodeType | None:
    """The function at the end of the wrappers that `surroundings` has put around it."""
    for name in path:
        inner = [c for c in code.co_consts if isinstance(c, CodeType) and c.co_name == name]
        if not inner:
            return None
        code = inner[-1]
    return code


def rewrite_asserts(module: ast.Module, text: str) -> None:
    """What pytest's import hook does to a test module."""
    pytest = sys.modules.get("_pytest.assertion.rewrite")
    if pytest is not None:
        pytest.rewrite_asserts(module, text.encode())


def positions(code: CodeType) -> list[Any]:
    """Where the instructions stand; empty where the interpreter was told not to keep columns."""
    found = list(code.co_positions())
    return found if any(p[2] is not None for p in found) else []
