"""The text of one function, parsed by libcst only when needed, with positions in the file it came from."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..diagnostics import refuse
from ..ir.origin import Span
from .nesting import MAX_DEPTH, SHALLOW, adjacent_strings, brackets, deepest, deeply
from .reindent import reindent
from .text import SPLIT, ModuleText, parse

if TYPE_CHECKING:
    import libcst as cst

INDENTED = "if 1:\n"  # carries an indented function as it stands, so that strings over several lines keep their columns


class Source:
    """A function's own text: whole lines for `def`, decorators included, or the expression for a lambda."""

    def __init__(self, file: ModuleText, span: Span, is_lambda: bool = False) -> None:
        self.file, self.span, self.is_lambda = file, span, is_lambda
        self.standing: dict[cst.CSTNode, cst.CSTNode] = {}
        self.borrowed: set[str] = set()  # what the statements of others that stand in it take from the module
        self.printed: dict[int, tuple[cst.CSTNode, str]] = {}
        self.filename, self.first_line, self.column = file.filename, span.line, span.column
        self.text = cut(file, span) if is_lambda else "\n".join(file.lines[span.line - 1 : span.end_line]) + "\n"

    def line(self, number: int) -> str:
        """A line of the file."""
        return self.file.line(number)

    # ----- what parsers are given, and back -----

    @cached_property
    def is_indented(self) -> bool:
        first = self.text.partition("\n")[0]
        margin = first[: len(first) - len(first.lstrip(" \t\f"))]
        return not self.is_lambda and margin.rpartition("\f")[2] != ""  # a form feed sets the column to zero

    @cached_property
    def parsed_text(self) -> str:
        if self.is_lambda:
            return f"({self.text}\n)\n"
        return INDENTED + self.text if self.is_indented else self.text

    def in_file(self, line: int, column: int) -> tuple[int, int]:
        """A place in `parsed_text` as a place in the file."""
        if self.is_lambda and line == 1:
            column += self.column - 1
        return line + self.line_shift, column

    @property
    def line_shift(self) -> int:
        return self.first_line - (2 if self.is_indented else 1)

    # ----- CPython's view -----

    @cached_property
    def tree(self) -> Any:
        """The `ast` node of the function; nesting that would crash a parser is refused."""
        module = parse(self.parsed_text, self.file, 1 + self.line_shift)
        statement: Any = module.body[0]
        if self.is_indented:
            statement = statement.body[0]
        return statement.value if self.is_lambda else statement

    @cached_property
    def depth(self) -> int:
        """How deeply the function is nested; give it to `nesting.deeply` to recurse over it."""
        depth, place = deepest(self.tree)
        if depth > MAX_DEPTH:
            span = self.ast_span(place)
            first = Span(span.line, span.column, span.line, len(self.line(span.line)))
            message = f"this statement is nested {depth} levels deep; the limit is {MAX_DEPTH}"
            refuse("SG106", message, first, self, SPLIT)
        return max(depth, self.strings_side_by_side())

    def strings_side_by_side(self) -> int:
        count, line = adjacent_strings(self.parsed_text)
        if count > MAX_DEPTH:
            line += self.line_shift
            message = f"{count} strings side by side; the limit is {MAX_DEPTH}"
            refuse("SG106", message, Span(line, 0, line, len(self.line(line))), self, "Join them into one literal.")
        return count

    def ast_span(self, node: Any) -> Span:
        """The place in the file of a node of `tree`."""
        lines = self.parsed_text.split("\n")

        def place(line: int, offset: int) -> tuple[int, int]:
            return self.in_file(line, characters(lines[line - 1], offset))

        return Span(*place(node.lineno, node.col_offset), *place(node.end_lineno, node.end_col_offset))

    # ----- libcst's view -----

    @cached_property
    def _parsed(self) -> tuple[cst.Module, Mapping[int, int]]:
        """The module, and how far lines were moved to make them readable."""
        text = self.parsed_text
        moved: dict[int, int] = {}
        depth = self.depth
        if "\f" in text:
            text, moved = reindent(text)
        try:
            return parse_concrete(text, depth), moved
        except Exception as e:
            try:
                text, moved = reindent(text)
                return parse_concrete(text, depth), moved
            except Exception:
                self.refuse_concrete(e)
        raise AssertionError("refuse_concrete raises")

    def refuse_concrete(self, e: Exception) -> None:
        """CPython has accepted the text, so libcst is at fault."""
        line, column = self.in_file(getattr(e, "raw_line", 2 if self.is_indented else 1), getattr(e, "raw_column", 0))
        line = min(max(line, self.span.line), self.span.end_line)
        text = self.line(line)
        column = min(max(column, len(text) - len(text.lstrip())), len(text))
        refuse(
            "SG105", "this is valid Python, but the syntax library (libcst) cannot read it",
            Span(line, column, line, len(text)), self,
            "Write the statement differently; a space between a keyword and a bracket often helps.",
        )  # fmt: skip

    @property
    def module(self) -> cst.Module:
        return self._parsed[0]

    @cached_property
    def node(self) -> cst.FunctionDef | cst.Lambda:
        statement: Any = self.module.body[0]
        if self.is_lambda:
            return statement.body[0].value  # type: ignore[no-any-return]
        return statement.body.body[0] if self.is_indented else statement  # type: ignore[no-any-return]

    @cached_property
    def _positions(self) -> Mapping[Any, Any]:
        from libcst.metadata import MetadataWrapper, PositionProvider

        module = self.module
        return deeply(self.depth, lambda: MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider))

    def span_of(self, node: cst.CSTNode) -> Span:
        """Where a node stands in the file; a node that was not read from it stands for the whole function."""
        while node not in self._positions and node in self.standing:
            node = self.standing[node]
        found = self._positions.get(node)
        if found is None:
            return self.span
        moved = self._parsed[1]
        start, end = found.start, found.end
        return Span(
            *self.in_file(start.line, start.column - moved.get(start.line, 0)),
            *self.in_file(end.line, end.column - moved.get(end.line, 0)),
        )

    def stand_in(self, statements: Any, node: cst.CSTNode) -> None:
        """Statements that stand for `node`: what is said of a part of them that is not in the file is said of that."""
        for s in statements:
            self.standing.setdefault(s, node)
            self.stand_in(s.children, node)

    def code_for(self, node: cst.CSTNode) -> str:
        """The text of a node with all around it, printed once: a line of the primal is a comment too."""
        if id(node) not in self.printed:
            self.printed[id(node)] = node, self.module.code_for_node(node)
        return self.printed[id(node)][1]

    def text_of(self, node: cst.CSTNode) -> str:
        """The text of a node without the comments and blank lines around it, and without its indentation."""
        module, bare = self.module, without_surroundings(node)
        return deeply(self.depth, lambda: module.code_for_node(bare)).strip()


def without_surroundings(node: cst.CSTNode) -> cst.CSTNode:
    import libcst as cst

    changes: dict[str, Any] = {}
    if hasattr(node, "leading_lines"):
        changes["leading_lines"] = ()
    if isinstance(node, cst.SimpleStatementLine):
        changes["trailing_whitespace"] = cst.TrailingWhitespace()
    if isinstance(node, cst.BaseSmallStatement):
        changes["semicolon"] = cst.MaybeSentinel.DEFAULT
    return node.with_changes(**changes) if changes else node


def parse_concrete(text: str, depth: int) -> cst.Module:
    import libcst as cst

    return deeply(depth + brackets(text), lambda: cst.parse_module(text), SHALLOW)


def cut(file: ModuleText, span: Span) -> str:
    lines = file.lines[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column]
    lines[0] = lines[0][span.column :]
    return "\n".join(lines)


def characters(line: str, offset: int) -> int:
    """`ast` counts bytes of UTF-8; everything else here counts characters."""
    return offset if line.isascii() else len(line.encode()[:offset].decode(errors="replace"))


def definition_span(file: ModuleText, node: Any) -> Span:
    """The place of a `def`, decorators included, or of a lambda, in the tree of its file."""
    start = characters(file.line(node.lineno), node.col_offset)
    end = characters(file.line(node.end_lineno), node.end_col_offset)
    line = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
    return Span(line, start, node.end_lineno, end)


def source_at(file: ModuleText, node: Any) -> Source:
    return Source(file, definition_span(file, node), isinstance(node, ast.Lambda))
