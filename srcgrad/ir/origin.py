"""Where a node comes from: the user's own syntax, whose position is computed only when asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import libcst as cst


@dataclass(frozen=True, slots=True)
class Span:
    """Lines from 1, columns from 0, end exclusive; as in `ast`."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """A statement or expression of the user, in the source it was read from.

    `edited`: the statement no longer does exactly what its text says, so the text serves as a comment only.
    """

    node: cst.CSTNode
    source: Any
    edited: bool = False

    def edit(self) -> Origin:
        return Origin(self.node, self.source, True)

    @property
    def span(self) -> Span:
        span: Span = self.source.span_of(self.node)
        return span

    def code_of(self, node: cst.CSTNode) -> str:
        text: str = self.source.code_for(node)
        return text

    @property
    def small(self) -> Any:
        """The statement without its line: `x = 1` of `x = 1  # start`."""
        body = getattr(self.node, "body", None)
        is_line = type(self.node).__name__ == "SimpleStatementLine"
        return body[0] if is_line and body else self.node

    @property
    def code(self) -> str:
        """The statement's code, without comments around it; of a compound statement its header."""
        kind = type(self.node).__name__
        if kind == "For":
            return f"for {self.code_of(self.node.target).strip()} in {self.code_of(self.node.iter).strip()}:"  # type: ignore[attr-defined]
        if kind in ("If", "While"):
            return f"{kind.lower()} {self.code_of(self.node.test).strip()}:"  # type: ignore[attr-defined]
        if kind == "With":
            items = ", ".join(self.code_of(i).strip().rstrip(",").strip() for i in self.node.items)  # type: ignore[attr-defined]
            return f"with {items}:"
        return self.code_of(self.small).strip().rstrip(";").strip()

    def statement_text(self, result: str) -> str:
        """The whole statement with its comments; `return e` is what it becomes, `result = e`."""
        small = self.small
        if type(small).__name__ == "Return":
            value = self.code_of(small.value) if small.value is not None else "None"
            text = self.code_of(self.node)
            return text.replace(self.code_of(small), f"{result} = {value}", 1).strip("\n")
        if is_expression(small):  # the body of a lambda
            return f"{result} = {self.code_of(small)}"
        text = self.code_of(self.node) if small is not self.node else self.code
        return text.strip("\n")

    def leading_comments(self) -> list[str]:
        lines = getattr(self.node, "leading_lines", ())
        return [line.comment.value for line in lines if line.comment is not None]


def is_expression(node: cst.CSTNode) -> bool:
    import libcst as cst

    return isinstance(node, cst.BaseExpression)
