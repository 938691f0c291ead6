"""`with` around functions marked `@contextlib.contextmanager`: the body stands where the function yields.

    @contextmanager                             with scaled(p, 2.0) as q:
    def scaled(params, k):                          total = q["rate"] * x
        old = params["rate"]
        params["rate"] = old * k        ->      params, k = p, 2.0
        try:                                    old = params["rate"]
            yield params                        params["rate"] = old * k
        finally:                                q = params
            params["rate"] = old                total = q["rate"] * x
                                                params["rate"] = old

Names of the function are renamed where the caller has them; it must stand in the module of the caller.
"""

from __future__ import annotations

import contextlib
import inspect
import symtable
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import FunctionType
from typing import Any

import libcst as cst

from .bindings import UserFunction
from .decorators import resolve_in_text
from .file_scope import FileScope
from .located import Located
from .renaming import Renamed
from .scope import WithImports

MAKER = "contextlib.contextmanager"
HELPER = contextlib.contextmanager(lambda: iter(())).__code__
KEPT_APART = (
    cst.FunctionDef, cst.ClassDef, cst.Import, cst.ImportFrom, cst.Global, cst.Nonlocal, cst.Return, cst.Await,
)  # fmt: skip
HINT = "Write a class with `__enter__` and `__exit__`, or do what it does around the statements."


class Misfit(Exception):
    """Why a context manager cannot stand where it is entered."""


def inlined(reader: Any, node: cst.With) -> list[cst.CSTNode] | None:
    """The statements that a `with` is, if a function of the user makes its first context."""
    first, *rest = node.items
    located = maker(reader, first.item) if node.asynchronous is None else None
    if located is None:
        return None
    inner = node.body.body if not rest else (node.with_changes(items=rest, leading_lines=()),)
    try:
        return Entry(reader, located, first).statements(node, inner)
    except Misfit as why:
        reader.refuse("SG209", f"`{located.name}` cannot be entered here: {why}", node, HINT)
        return []


def maker(reader: Any, call: cst.BaseExpression) -> Located | None:
    """The function behind a call that makes a context, with its own source."""
    from .locate import locate_itself  # who locates a function reads none
    from .locate_file import locate_file

    chain = reader.chain(call.func) if isinstance(call, cst.Call) else None
    found = reader.scope.binding(chain) if chain is not None and len(chain) == 1 else None
    if not isinstance(found, UserFunction):
        return None
    handle, home = found.handle, reader.scope
    while isinstance(home, WithImports):
        home = home.scope
    if isinstance(handle, FunctionType) and handle.__code__ is HELPER:
        inner = vars(handle).get("__wrapped__")
        if not isinstance(inner, FunctionType) or not inspect.isgeneratorfunction(inner) or inner.__closure__:
            return None
        return locate_itself(inner) if inner.__globals__ is getattr(home, "globals", None) else None
    if isinstance(handle, tuple) and isinstance(home, FileScope) and handle[0] == home.path:
        located = locate_file(":".join(handle), marked=True)
        marks = getattr(located.source.tree, "decorator_list", [])
        return located if [resolve_in_text(located.module_ast)(d) for d in marks] == [MAKER] else None
    return None


@dataclass
class Entry:
    """One `with` that enters what `located` makes."""

    reader: Any
    located: Located
    item: cst.WithItem

    def statements(self, node: cst.With, body: Sequence[cst.CSTNode]) -> list[cst.CSTNode]:
        function: Any = self.located.source.node
        if len(self.located.source.tree.decorator_list) > 1:
            raise Misfit("other decorators stand above it")
        if any(isinstance(n, KEPT_APART) for n in nodes(function.body)):
            raise Misfit("it defines, imports or returns something")
        names = self.names()
        given = {n: names.get(n, n) for n in self.given(function.params)}
        bound = [assignment(cst.Name(given[n]), e) for n, e in self.given(function.params).items()]
        own = list(function.body.visit(Renamed(names)).body)
        if function.get_docstring() is not None:
            own = own[1:]
        found = [*bound, *self.around(own, body)]
        self.reader.source.stand_in(found, node)
        return found

    def names(self) -> dict[str, str]:
        """The names that the function binds, as they are called in the caller."""
        table = symtable.symtable(self.located.source.parsed_text, "<entered>", "exec")
        while table.get_type() != "function":
            table = table.get_children()[0]
        outer = sorted(s.get_name() for s in table.get_symbols() if s.is_global())
        hidden = [n for n in outer if n in self.reader.locals]
        if hidden:
            raise Misfit(f"`{hidden[0]}` means something else in it")
        self.reader.source.borrowed |= set(outer)
        own = sorted(s.get_name() for s in table.get_symbols() if s.is_local())
        found = {n: self.reader.fresh(n) for n in own}
        self.reader.locals |= set(found.values())
        self.reader.made |= set(found.values())
        return found

    def given(self, params: cst.Parameters) -> dict[str, cst.BaseExpression]:
        """What each parameter is bound to, in the order in which it is worked out."""
        call: Any = self.item.item
        positional = [*params.posonly_params, *params.params]
        every = {p.name.value: p for p in (*positional, *params.kwonly_params)}
        star = isinstance(params.star_arg, cst.Param) or params.star_kwarg is not None
        if star or any(a.star for a in call.args):
            raise Misfit("it is called with `*` or takes it")
        found: dict[str, cst.BaseExpression] = {}
        for n, a in enumerate(call.args):
            name = a.keyword.value if a.keyword is not None else positional[n].name.value if n < len(positional) else ""
            if name not in every or name in found:
                raise Misfit("the arguments do not fit")
            found[name] = a.value
        for name, p in every.items():
            if name not in found:
                if not is_constant(p.default):
                    raise Misfit(f"`{name}` is not given")
                found[name] = p.default  # type: ignore[assignment]
        return found

    def around(self, own: list[Any], body: Sequence[cst.CSTNode]) -> list[cst.CSTNode]:
        """The statements of the function with the body in the place of `yield`."""
        for n, s in enumerate(own):
            if not yields(s):
                continue
            before, after = own[:n], own[n + 1 :]
            if any(map(yields, after)):
                break
            match s:
                case cst.SimpleStatementLine([cst.Expr(cst.Yield(value))]) if not isinstance(value, cst.From):
                    return [*before, *self.in_place(value, body, after)]
                case cst.Try(handlers=[], body=cst.IndentedBlock(inner)) if not yields(s.finalbody):
                    inside = s.body.with_changes(body=self.around(list(inner), body))
                    return [*before, s.with_changes(body=inside), *after]
                case cst.With(body=cst.IndentedBlock(inner)) if not after:
                    inside = s.body.with_changes(body=self.around(list(inner), body))
                    return [*before, s.with_changes(body=inside)]
            break
        raise Misfit("where it yields is in a branch or a loop, or depends on exceptions")

    def in_place(
        self, value: cst.BaseExpression | None, body: Sequence[cst.CSTNode], after: list[Any]
    ) -> list[cst.CSTNode]:
        name = self.item.asname.name if self.item.asname is not None else None
        bound = [assignment(name, value or cst.Name("None"))] if name is not None else []
        if not after or not any(map(leaves, body)):
            return [*bound, *body, *after]
        statements: list[Any] = [*bound, *body]
        final = cst.Finally(cst.IndentedBlock(after))
        return [cst.Try(cst.IndentedBlock(statements), handlers=(), finalbody=final)]


def assignment(target: Any, value: cst.BaseExpression) -> cst.SimpleStatementLine:
    return cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(target)], value)])


def is_constant(e: cst.BaseExpression | None) -> bool:
    if isinstance(e, cst.UnaryOperation):
        e = e.expression
    known = isinstance(e, cst.Name) and e.value in ("None", "True", "False")
    return known or isinstance(e, cst.BaseNumber | cst.SimpleString)


def nodes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    yield node
    for child in node.children:
        yield from nodes(child)


def yields(node: cst.CSTNode | None) -> bool:
    return node is not None and any(isinstance(n, cst.Yield) for n in nodes(node))


def leaves(node: cst.CSTNode) -> bool:
    """Whether control may leave the body other than at its end; a `break` of a loop in it counts too."""
    return any(isinstance(n, cst.Return | cst.Break | cst.Continue) for n in nodes(node))
