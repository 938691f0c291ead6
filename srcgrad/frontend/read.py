"""Located source -> `ir.program.Function`."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from types import ModuleType
from typing import Any
from weakref import WeakKeyDictionary

import libcst as cst

from ..ir import nodes as ir
from ..ir.origin import Origin
from ..ir.program import Function
from ..ir.walk import block_reads, reads
from ..syntax import parsed
from .bindings import Library
from .cells import shared_variables, table_of, unfit, with_cells
from .decorators import dotted
from .emitted import is_emitted, with_own_stacks
from .fence import REFUSED
from .file_scope import FileScope
from .generators import as_list, inner_generators, yields
from .iterators import refuse_iterators
from .places import without_deletions
from .plain_containers import with_plain_containers
from .positions import with_positions
from .private_names import owner_of
from .read_expressions import identifier
from .read_statements import StatementReader
from .relative_imports import absolute, package_of
from .scope import WithImports, is_of_file


def read_function(located: Any, scope: Any, collector: Any) -> Function:
    """The IR of a located function; what cannot be differentiated is added to `collector`."""
    source = located.source

    def refuse(code: str, message: str, node: Any, hint: str = "") -> None:
        collector.add(code, message, source.span_of(node), source, hint)

    return FunctionReader(scope, source, refuse).read(source.node, located.name, located.qualname)


class FunctionReader:
    def __init__(self, scope: Any, source: Any, refuse: Any) -> None:
        self.scope, self.source, self.refuse = scope, source, refuse

    def read(self, node: Any, name: str, qualname: str, outer: StatementReader | None = None) -> Function:
        if getattr(node, "asynchronous", None) is not None:
            self.refuse(
                "SG202", "an asynchronous function cannot be differentiated", node, "Differentiate a synchronous one."
            )
        text = self.source.parsed_text if outer is None else cst.Module([]).code_for_node(node).strip()
        local = local_names(node, text)
        scope = self.scope if outer is None else outer.scope
        imports = imports_inside(node, text)
        if not is_of_file(scope):
            imports = {n: absolute(dotted, package_of(scope)) for n, dotted in imports.items()}
        scope = WithImports(scope, imports) if imports else scope
        renamed = modules_renamed(node, text, scope)
        scope = WithImports(scope, renamed) if renamed else scope
        local -= imports.keys() | renamed.keys()
        around = outer.locals if outer is not None else frozenset()
        hidden = local | (around if outer is not None else frozenset())
        reader = StatementReader(scope, frozenset(hidden), self.refuse, self.source, self.nested)
        reader.renamed = set(renamed)
        reader.made_node = node if outer is not None and node is outer.made_inside else None
        reader.owner = owner_of(qualname) if outer is None else outer.owner
        own = self.cells(node, text, reader, local, outer)
        params = reader.read_params(node.params)
        if isinstance(node, cst.Lambda):
            origin = Origin(node.body, self.source)
            body: ir.Block = (ir.Return(reader.read(node.body), origin),)
            docstring, returns = None, None
        else:
            if "yield" in text:
                reader.generators = inner_generators(node.body)
                if yields(node.body):
                    reader.yielded = reader.fresh("yielded")
            if outer is not None:
                reader.generators |= outer.generators
            docstring = node.get_docstring(clean=False)
            body = (
                reader.block(node.body) if not isinstance(node.body, cst.SimpleStatementSuite) else suite(reader, node)
            )
            body = body[1:] if docstring is not None and body else body
            body = (*reader.kept_at_entry(), *body)
            local |= reader.made
            if reader.cells:
                body = with_cells(body, [p.name for p in params], own, reader.cells)
            if reader.yielded:
                body = as_list(reader, body, node, {p.name for p in params})
            returns = cst.Module([]).code_for_node(node.returns.annotation) if node.returns else None
        if is_emitted(scope):
            body, more = with_own_stacks(body, reader.fresh)
            local |= more
        body = with_positions(body, reader.fresh)
        body = without_deletions(body, lambda s, n: self.refuse_deletion(s, n))
        body, more = self.plain_containers(body, frozenset(local) - {p.name for p in params}, reader, node)
        local |= more
        inner = block_reads(body) | {n for p in params if p.default is not None for n in reads(p.default)}
        captures = tuple(sorted((inner - local) & around))
        function = Function(
            name, qualname, params, body, frozenset(local), captures, scope, self.source, docstring, returns,
            bool(reader.yielded),
        )  # fmt: skip
        WHERE[function] = reader.where
        CELLS[function] = {c: n for n, c in reader.cells.items()}
        self.check_iterators(body, frozenset(local), reader, node)
        if outer is not None and reader.owner and "__" in text:
            outer.private = True
        return function

    def cells(
        self, node: Any, text: str, reader: StatementReader, local: set[str], outer: StatementReader | None
    ) -> dict[str, str]:
        """Lists of one item for the variables that functions inside this one bind; notes them, and those around."""
        shared = () if isinstance(node, cst.Lambda) else sorted(shared_variables(table_of(text, node.name.value)))
        own = {identifier(n): reader.fresh(f"{identifier(n)}_cell") for n in shared}
        for place, n in unfit(node.body, own) if own else ():
            code, what, hint = REFUSED["Nonlocal"]
            self.refuse(code, f"{what} cannot be differentiated where `{n}` is bound like this", place, hint)
        around = outer.cells if outer is not None else {}
        reader.cells = {**{n: c for n, c in around.items() if n not in local}, **own}
        local |= set(own.values())
        reader.locals |= set(own.values())
        return own

    def plain_containers(self, body: ir.Block, own: frozenset[str], reader: StatementReader, whole: Any) -> Any:
        def refuse(code: str, message: str, e: Any, hint: str, made: ir.Expr) -> None:
            found = reader.where.get(id(e)) or reader.where.get(id(made))
            self.refuse(code, message, found[1] if found is not None else whole, hint)

        def is_builtin(name: str) -> bool:
            return name not in reader.locals and reader.scope.operation((name,)) == f"builtins.{name}"

        return with_plain_containers(body, own, is_builtin, reader.fresh, refuse)

    def refuse_deletion(self, s: Any, name: str) -> None:
        self.refuse(
            "SG207", f"`{name}` is deleted here, and may be read again", s.origin.node,
            "Leave the name alone; it goes out of scope by itself.",
        )  # fmt: skip

    def check_iterators(self, body: ir.Block, local: frozenset[str], reader: StatementReader, whole: Any) -> None:
        def refuse(code: str, message: str, e: ir.Expr, hint: str) -> None:
            self.refuse(code, message, reader.where.get(id(e), (e, whole))[1], hint)

        refuse_iterators(body, local, refuse)

    def nested(self, node: cst.FunctionDef, outer: StatementReader) -> Function:
        name = identifier(node.name.value)
        return self.read(node, name, name, outer)


WHERE: WeakKeyDictionary[Function, Any] = WeakKeyDictionary()
CELLS: WeakKeyDictionary[Function, dict[str, str]] = WeakKeyDictionary()  # lists of one item -> the user's variables


def suite(reader: StatementReader, node: cst.FunctionDef) -> ir.Block:
    """`def f(x): return x` on one line."""
    return tuple(
        s
        for small in node.body.body
        for s in reader.simple(small, Origin(small, reader.source))  # type: ignore[arg-type]
    )


def imports_inside(node: Any, text: str) -> dict[str, str]:
    """Names that imports inside a function bind, with what they import."""
    if isinstance(node, cst.Lambda) or "import" not in text:
        return {}
    return FileScope(parsed(text), "", "").imports


def modules_renamed(node: Any, text: str, scope: Any) -> dict[str, str]:
    """Names that a function binds to modules, once and to nothing else: `xp = np`."""
    if isinstance(node, cst.Lambda):
        return {}
    tree = parsed(text)
    stored = Counter(n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and is_stored(n))
    stored.update(a.arg for a in ast.walk(tree) if isinstance(a, ast.arg))
    found: dict[str, str] = {}
    for s in ast.walk(tree):
        if not isinstance(s, ast.Assign) or len(s.targets) != 1:
            continue
        parts = [x.elts if isinstance(x, ast.Tuple) else [x] for x in (s.targets[0], s.value)]
        chains = [tuple(dotted(v) or ()) for v in parts[1]]
        plain = all(isinstance(t, ast.Name) and stored[t.id] == 1 for t in parts[0]) and len(parts[0]) == len(parts[1])
        if plain and all(c and not stored[c[0]] and library_module(scope, c) for c in chains):
            found |= {t.id: scope.binding(c).name for t, c in zip(parts[0], chains, strict=True)}  # type: ignore[attr-defined]
    return found


def library_module(scope: Any, chain: tuple[str, ...]) -> bool:
    found = scope.binding(chain)
    return isinstance(found, Library) and isinstance(found.value, ModuleType)


def local_names(node: Any, text: str) -> set[str]:
    """The names a function binds, as the compiler sees them."""
    function = table_of(text, "lambda" if isinstance(node, cst.Lambda) else node.name.value)
    found = {identifier(s.get_name()) for s in function.get_symbols() if s.is_local() or s.is_parameter()}
    return found - (of_comprehensions(text) if sys.version_info >= (3, 12) else set())


def of_comprehensions(text: str) -> set[str]:
    """Names that only comprehensions bind: since Python 3.12 the compiler counts them among those of the function."""
    tree = parsed(text)
    targets = [c.target for c in ast.walk(tree) if isinstance(c, ast.comprehension)]
    inside = {id(n): n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
    stored = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and id(n) not in inside and is_stored(n)}
    return set(inside.values()) - stored - {a.arg for a in ast.walk(tree) if isinstance(a, ast.arg)}


def is_stored(n: ast.Name) -> bool:
    return not isinstance(n.ctx, ast.Load)
