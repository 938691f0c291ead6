"""A definition in a file that is not imported: `path.py:name`, `path.py:Class.method` or `path.py:outer.inner`.

The last definition of a name counts, as it would after an import.  A definition inside an `if`, `try`, loop or
`with` of the top level counts where it is the only one after the last unconditional one; with several, only running
the file could tell, and that is refused.  So is a name that is bound to something else later (`f = jit(f)`).
Branches that no import takes (`if TYPE_CHECKING`, `if __name__ == "__main__"`, `if False`) are left out.
"""

from __future__ import annotations

import ast
import os
import symtable
from collections.abc import Iterator
from typing import Any, NoReturn

from ..diagnostics import refuse
from ..ir.origin import Span
from .decorators import check_decorators, dotted, resolve_in_text
from .located import Located
from .source import characters, source_at
from .tables import lambda_in
from .text import ModuleText, check_compiles, decoded_module, module_text, read_module

FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
NEVER_IMPORTED = ("TYPE_CHECKING", "typing.TYPE_CHECKING", "__name__ == '__main__'")
UNDECORATED = "__wrapped__"  # the last part of the name of what stands below the decorators of a function
Binding = tuple[tuple[str, Any], bool]  # a name and what is bound to it; whether in a branch


def locate_file(where: str, data: bytes | None = None, marked: bool = False) -> Located:
    """The definition that `path.py:name` stands for; the file, or its text as `data`, is read, never run.

    One that is `marked` as a solver is read as well.
    """
    path, colon, name = where.rpartition(":")
    if not colon or not path or not all(part.isidentifier() for part in name.split(".")):
        refuse("SG108", f"`{where}` does not name a function in a file", None, None, "Write it as path.py:name.")
    return locate_in_module(read_module(path) if data is None else decoded_module(path, data), name, marked)


def locate_entry(path: str, name: str) -> Located:
    """The lambda in a table of a file: `TABLE['key']`."""
    file = read_module(path)
    check_compiles(file)
    node = lambda_in(file.tree, name)
    assert node is not None, name
    source = source_at(file, node)
    source.depth  # noqa: B018  refuses what is nested too deeply
    return Located(source, "<lambda>", "<lambda>", os.path.splitext(os.path.basename(path))[0])


def locate_in_text(text: str, filename: str, name: str) -> Located:
    """The same for text that is at hand, from standard input or from a revision."""
    return locate_in_module(module_text(filename, text if text.endswith("\n") else text + "\n"), name)


def locate_in_module(file: ModuleText, name: str, marked: bool = False) -> Located:
    body = file.tree.body
    check_compiles(file)
    below = name.removesuffix(f".{UNDECORATED}")
    name, marked = below, marked or below != name
    *around, last = name.split(".")
    accessor = last == "setter" and len(around) > 1  # `Class.attribute.setter`
    *around, last = around if accessor else (*around, last)
    outer = ""
    for k, part in enumerate(around):
        path = ".".join(around[: k + 1])
        holder = definition(file, body, part, path, FUNCTIONS | ast.ClassDef)
        if isinstance(holder, ast.Lambda):
            refuse_kind(file, holder, path, ast.ClassDef)
        body, outer = holder.body, outer or ("" if isinstance(holder, ast.ClassDef) else path)
    if accessor:
        body = [n for n in body if isinstance(n, ast.FunctionDef) and n.name == last and is_accessor(n)]
    node = definition(file, body, last, name, FUNCTIONS) if not accessor or not body else body[-1]
    source = source_at(file, node)
    source.depth  # noqa: B018  refuses what is nested too deeply
    if outer:
        refuse_captures(file, node, name, outer)
    if not marked:
        check_decorators(source, resolve_in_text(file.tree))
    return Located(source, last, name, os.path.splitext(os.path.basename(file.filename))[0])


def refuse_captures(file: ModuleText, node: Any, name: str, outer: str) -> None:
    """A nested function stands alone only if it reads nothing that the functions around it bind."""
    captured = captured_names(symtable.symtable(file.text, file.filename, "exec"), node)
    if captured:
        names = ", ".join(f"`{n}`" for n in captured)
        message = f"`{name}` reads {names}, which has a value only while `{outer}` runs"
        refuse("SG108", message, head(file, node), file, "Pass it as an argument.")


def captured_names(table: symtable.SymbolTable, node: Any) -> list[str]:
    """The names that the function defined by `node` takes from functions around it."""
    line = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
    name = "lambda" if isinstance(node, ast.Lambda) else node.name
    found: list[str] = []
    todo = [table]
    while todo:
        inner = todo.pop()
        todo += inner.get_children()
        if inner.get_name() == name and inner.get_lineno() in (line, node.lineno):
            found += [s.get_name() for s in inner.get_symbols() if s.is_free()]
    return sorted(set(found))


def definition(file: ModuleText, body: list[ast.stmt], name: str, path: str, kind: Any) -> Any:
    """The function or class that `name` is bound to at the end of `body`."""
    found = [b for b in bindings(body, False) if b[0][0] == name]
    if not found:
        refuse_unknown(file, body, path)
    unconditional = [k for k, (_, branch) in enumerate(found) if not branch]
    nodes = [node for (_, node), _ in found[unconditional[-1] if unconditional else 0 :]]
    if len(nodes) > 1:
        lines = ", ".join(str(n.lineno) for n in nodes)
        message = f"which definition of `{path}` counts depends on a condition (lines {lines})"
        refuse("SG108", message, head(file, nodes[-1]), file, "Give the definitions different names.")
    if not isinstance(nodes[0], kind):
        refuse_kind(file, nodes[0], path, kind)
    return nodes[0]


def bindings(body: list[ast.stmt], branch: bool) -> Iterator[Binding]:
    """(name, what it is bound to), and whether in a branch, in order."""
    for node in body:
        match node:
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name):
                if not is_accessor(node):
                    yield (name, node), branch
            case ast.ClassDef(name):
                yield (name, node), branch
            case ast.Import(names) | ast.ImportFrom(_, names):
                for a in names:
                    yield (a.asname or a.name.partition(".")[0], node), branch
            case ast.If(test, then, orelse):
                taken = constant_test(test)
                yield from bindings(then, branch or taken is None) if taken is not False else ()
                yield from bindings(orelse, branch or taken is None) if taken is not True else ()
            case _:
                yield from other_bindings(node, branch)


def other_bindings(node: ast.stmt, branch: bool) -> Iterator[Binding]:
    if isinstance(node, ast.With):
        yield from bindings(node.body, branch)
        return
    for block in blocks(node):
        yield from bindings(block, True)
    targets = [t for t in ast.iter_child_nodes(node) if isinstance(t, ast.expr)]
    value = getattr(node, "value", None)
    single = isinstance(node, ast.AnnAssign) or (isinstance(node, ast.Assign) and isinstance(value, ast.Lambda))
    for target in targets:
        for t in ast.walk(target):
            if isinstance(t, ast.Name) and isinstance(t.ctx, ast.Store | ast.Del):
                is_lambda = single and isinstance(value, ast.Lambda) and t is target
                if not (isinstance(node, ast.AnnAssign) and value is None):
                    yield (t.id, value if is_lambda else node), branch


def blocks(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        yield getattr(node, name, [])
    for handler in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield handler.body


def is_accessor(node: Any) -> bool:
    """`@w.setter` on `w`: the property stays what it was for reading."""
    chains = [dotted(d) for d in node.decorator_list]
    return any(c is not None and c[0] == node.name and c[1:] in (["setter"], ["deleter"]) for c in chains)


def constant_test(test: ast.expr) -> bool | None:
    """Whether an import takes the branch, where the text alone says so."""
    if isinstance(test, ast.Constant):
        return bool(test.value)
    return False if ast.unparse(test) in NEVER_IMPORTED else None


def head(file: ModuleText, node: Any) -> Span:
    """The first line of a statement, from its first character on."""
    line = file.line(node.lineno)
    return Span(node.lineno, characters(line, node.col_offset), node.lineno, len(line.rstrip()))


def refuse_unknown(file: ModuleText, body: list[ast.stmt], path: str) -> NoReturn:
    kinds = FUNCTIONS | ast.ClassDef
    names = list(dict.fromkeys(n for (n, node), _ in bindings(body, False) if isinstance(node, kinds)))
    hint = f"It defines {', '.join(names)}." if names else "It defines no functions."
    refuse("SG108", f"there is no function `{path}`", None, file.filename, hint)


def refuse_kind(file: ModuleText, node: Any, path: str, kind: Any) -> NoReturn:
    what = "class" if kind is ast.ClassDef else "function"
    if isinstance(node, ast.ClassDef):
        is_what, hint = "is a class", f"Name one of its methods, as in {path}.method."
    elif isinstance(node, ast.Import | ast.ImportFrom):
        is_what, hint = "is imported from another module", "Name the file that defines it."
    elif isinstance(node, FUNCTIONS):
        is_what, hint = "is a function", f"`{path}` has no methods."
    else:
        is_what, hint = "is bound to something else here", f"Give this object a name other than `{path}`."
    refuse("SG108", f"`{path}` is not a {what}: it {is_what}", head(file, node), file, hint)
