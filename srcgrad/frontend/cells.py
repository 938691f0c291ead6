"""`nonlocal`: a variable that a nested function binds is the one item of a list that the functions share.

    total = 0.0                             total_cell = [0.0]
    def add(v):                             def add(v):
        nonlocal total             ->           total_cell[0] = total_cell[0] + v
        total = total + v
    add(x)                                  add(x)
    return total                            return total_cell[0]

The function that owns the variable makes a new list wherever it binds it: nested functions look the name up when
they are called, so they see that one.
"""

from __future__ import annotations

import ast
import symtable
import textwrap
from dataclasses import replace
from typing import Any

import libcst as cst

from ..ir import nodes as ir
from ..ir.origin import Origin
from ..ir.rewrite import map_blocks
from ..ir.walk import reads, statement_expressions
from ..syntax import parsed

Cells = dict[str, str]
COMPREHENSIONS = frozenset({"listcomp", "setcomp", "dictcomp", "genexpr"})


def table_of(text: str, name: str) -> symtable.SymbolTable:
    """The symbols of a function, which may take variables of one around it."""
    outside = sorted(undeclared(parsed(text)))
    if outside:
        text = f"def around({', '.join(outside)}):\n{textwrap.indent(text, ' ')}"
    table = symtable.symtable(text, "<source>", "exec")
    if outside:
        (table,) = table.get_children()
    *_, function = (t for t in table.get_children() if t.get_name() == name)  # after those in its defaults
    return function


def undeclared(tree: ast.AST) -> set[str]:
    return {n for node in ast.walk(tree) if isinstance(node, ast.Nonlocal) for n in node.names}


def shared_variables(table: symtable.SymbolTable) -> set[str]:
    """The variables of a function that functions in it declare `nonlocal`."""
    own = {s.get_name() for s in table.get_symbols() if s.is_local() or s.is_parameter()}
    return own & declared(table)


def declared(table: symtable.SymbolTable) -> set[str]:
    """Variables of functions around this one that functions in it bind."""
    found: set[str] = set()
    for inner in table.get_children():
        if inner.get_name() in COMPREHENSIONS:  # `:=` in one binds a variable of the function, which reads it as well
            continue
        symbols = inner.get_symbols()
        own = {s.get_name() for s in symbols if s.is_local() or s.is_parameter()}
        nonlocals = {s.get_name() for s in symbols if s.is_nonlocal()}
        found |= nonlocals | (declared(inner) - own)
    return found


def slot(cell: str) -> ir.Index:
    return ir.Index(ir.Name(cell), ir.Const(0))


def with_cells(body: ir.Block, params: list[str], own: Cells, cells: Cells) -> ir.Block:
    """The body of a function with its own variables made; `cells`: all that it reads or binds."""
    opening = tuple(made(own[n], ir.Name(n), None) for n in params if n in own)
    return opening + block(body, set(own.values()), set(cells.values()))


def block(body: ir.Block, own: set[str], cells: set[str]) -> ir.Block:
    return tuple(statement(s, own, cells) for s in body)


def statement(s: Any, own: set[str], cells: set[str]) -> ir.Stmt:
    mentioned = {n for e in statement_expressions(s) for n in reads(e)}
    if isinstance(s, ir.For) and s.header is not None:
        mentioned |= reads(s.header[0]) | reads(s.header[1])
    if isinstance(s, ir.Store | ir.Update):
        mentioned |= reads(s.place)
    if mentioned & cells and s.origin is not None and not isinstance(s, ir.Opaque | ir.Define):
        s = replace(s, origin=s.origin.edit())
    match s:
        case ir.Store(ir.Index(ir.Name(cell), ir.Const(0)), value) if cell in own:
            return made(cell, value, s.origin)
    return map_blocks(lambda b: block(b, own, cells), s)


def made(cell: str, value: ir.Expr, origin: Any) -> ir.Assign:
    return ir.Assign((cell,), (ir.Display("list", (value,)),), origin=origin)


def rewritten(origin: Origin, cells: Cells) -> Origin:
    """The text of a statement that is kept as it is, with the items for the variables."""
    node: Any = origin.node.visit(Celled(cells))
    return Origin(node, origin.source, origin.edited)


class Unfit(cst.CSTVisitor):
    """Where shared variables are bound by something that an item of a list cannot be bound by."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.found: list[tuple[cst.CSTNode, str]] = []

    def note(self, node: cst.CSTNode, name: Any) -> None:
        if isinstance(name, cst.Name) and name.value in self.cells:
            self.found.append((node, name.value))

    def visit_AsName(self, node: cst.AsName) -> None:
        self.note(node, node.name)

    def visit_ImportAlias(self, node: cst.ImportAlias) -> None:
        self.note(node, node.name)

    def visit_NamedExpr(self, node: cst.NamedExpr) -> None:
        self.note(node, node.target)

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self.note(node, node.name)

    def visit_FormattedStringExpression(self, node: cst.FormattedStringExpression) -> None:
        if node.equal is not None:  # `f"{total=}"` shows the text
            self.note(node, next((n for n in names_in(node.expression) if n.value in self.cells), None))

    def visit_MatchAs(self, node: cst.MatchAs) -> None:
        self.note(node, node.name)

    def visit_MatchStar(self, node: cst.MatchStar) -> None:
        self.note(node, node.name)

    def visit_MatchMapping(self, node: cst.MatchMapping) -> None:
        self.note(node, node.rest)

    def visit_Del(self, node: cst.Del) -> None:
        self.note(node, node.target)


def names_in(node: cst.CSTNode) -> list[cst.Name]:
    own = [node] if isinstance(node, cst.Name) else []
    return [*own, *(n for child in node.children for n in names_in(child))]


def unfit(body: cst.CSTNode, cells: Cells) -> list[tuple[cst.CSTNode, str]]:
    found = Unfit(cells)
    body.visit(found)
    return found.found


class Celled(cst.CSTTransformer):
    """`total_cell[0]` for `total`; not where a lambda, a comprehension or a function has a `total` of its own."""

    def __init__(self, cells: Cells) -> None:
        self.cells = [cells]

    def enter(self, hidden: set[str]) -> bool:
        self.cells.append({n: c for n, c in self.cells[-1].items() if n not in hidden})
        return True

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        text = cst.Module([]).code_for_node(node).strip()
        table = table_of(text, node.name.value)
        return self.enter({s.get_name() for s in table.get_symbols() if s.is_local() or s.is_parameter()})

    def visit_Lambda(self, node: cst.Lambda) -> bool:
        return self.enter(names_of(node.params))

    def visit_comprehension(self, node: Any) -> bool:
        return self.enter(all_targets(node))

    visit_ListComp = visit_SetComp = visit_GeneratorExp = visit_DictComp = visit_comprehension

    def leave_scope(self, original_node: Any, updated_node: Any) -> Any:
        self.cells.pop()
        return updated_node

    leave_FunctionDef = leave_Lambda = leave_scope
    leave_ListComp = leave_SetComp = leave_GeneratorExp = leave_DictComp = leave_scope

    def leave_Nonlocal(self, original_node: cst.Nonlocal, updated_node: cst.Nonlocal) -> Any:
        kept = [item.name.value for item in original_node.names if item.name.value not in self.cells[-1]]
        return cst.Nonlocal([cst.NameItem(cst.Name(n)) for n in kept]) if kept else cst.Pass()

    def visit_Nonlocal(self, node: cst.Nonlocal) -> bool:
        return False

    def visit_Param_name(self, node: cst.Param) -> None:
        self.cells.append({})

    def leave_Param_name(self, node: cst.Param) -> None:
        self.cells.pop()

    visit_AsName_name = visit_Param_name  # type: ignore[assignment]
    leave_AsName_name = leave_Param_name  # type: ignore[assignment]
    visit_Attribute_attr = visit_Arg_keyword = visit_Param_name  # type: ignore[assignment]
    leave_Attribute_attr = leave_Arg_keyword = leave_Param_name  # type: ignore[assignment]

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        cell = self.cells[-1].get(original_node.value)
        return updated_node if cell is None else cst.parse_expression(f"{cell}[0]")


def names_of(params: cst.Parameters) -> set[str]:
    every = [*params.posonly_params, *params.params, *params.kwonly_params, params.star_arg, params.star_kwarg]
    return {p.name.value for p in every if isinstance(p, cst.Param)}


def all_targets(node: Any) -> set[str]:
    """The names that a comprehension binds."""
    found: set[str] = set()
    clause = node.for_in
    while clause is not None:
        found |= targets_of(clause.target)
        clause = clause.inner_for_in
    return found


def targets_of(target: cst.CSTNode) -> set[str]:
    """The names that a target binds."""
    match target:
        case cst.Name():
            return {target.value}
        case cst.Tuple() | cst.List():
            return {n for e in target.elements for n in targets_of(e.value)}
    return set()
