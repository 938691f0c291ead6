"""IR statements -> lines of text; a user's untouched statement is written from its own syntax."""

from __future__ import annotations

import io
import textwrap
import tokenize

from ..frontend.checkpoints import CHECKPOINT, is_checkpointed, parts
from ..frontend.operators import SYMBOLS
from ..ir import nodes as ir
from ..ir.origin import Origin
from .expressions import Writer

INDENT = "    "
WIDTH = 88


class StatementWriter:
    """Writes blocks; `in_reverse` puts a blank line before each adjoint and its source above it."""

    def __init__(self, write: Writer, result: str) -> None:
        self.write, self.result = write, result
        self.lines: list[str] = []
        self.latest = ""
        self.led: object = None
        self.headed: list[object] = []

    def block(
        self, block: list[ir.Stmt] | ir.Block, depth: int, reverse: bool = False, goes_on: bool = False
    ) -> None:
        """The statements of a block; `pass` if there are none.  `goes_on`: after others that stand as deep."""
        before = len(self.lines)
        for position, s in enumerate(block):
            if not reverse and skipped(block, position):
                continue
            if isinstance(s, ir.Opaque) and s.kind in ("with", "end with"):
                depth = self.context(s, depth)
                continue
            self.statement(s, depth, reverse, first=len(self.lines) == before and not goes_on)
        if len(self.lines) == before:
            self.line("pass", depth)

    def line(self, text: str, depth: int) -> None:
        self.lines.append(INDENT * depth + text)

    def blank(self) -> None:
        if self.lines and self.lines[-1] != "":
            self.lines.append("")

    def context(self, s: ir.Opaque, depth: int) -> int:
        """The header of a `with`, or its end; returns how deep what follows stands."""
        if s.kind == "with":
            assert s.origin is not None
            self.line(s.origin.code, depth)
            return depth + 1
        if self.lines[-1].endswith(":"):
            self.line("pass", depth)
        return depth - 1

    # ----- one statement -----

    def statement(self, s: ir.Stmt, depth: int, reverse: bool, first: bool) -> None:
        if not reverse:
            self.lead(s, depth, first)
        match s:
            case ir.Comment():
                self.comment(s, depth, first)
            case ir.For() | ir.While() | ir.If():
                self.compound(s, depth, reverse, first)
            case _ if s.origin is not None and not s.origin.edited and self.has_own_text(s, reverse):
                self.original(s, depth)
            case _:
                self.line(self.simple(s), depth)

    def has_own_text(self, s: ir.Stmt, reverse: bool) -> bool:
        """Whether the text of the user's statement says what this one does: that of `a = b = f(x)` is the first's."""
        return self.is_primal(s) if reverse else not getattr(s, "implicit", False)

    def is_primal(self, s: ir.Stmt) -> bool:
        """Whether a statement of the reverse sweep is one of the user's, which is run again there."""
        return isinstance(s, ir.Opaque | ir.Define)

    def simple(self, s: ir.Stmt) -> str:
        w = self.write
        match s:
            case ir.Assign(names, values):
                right = ", ".join(w(v, 1) for v in values)
                return f"{', '.join(names)} = {right}"
            case ir.Unpack(target, value):
                return f"{self.targets(target)} = {w(value, 1)}"
            case ir.Store(place, value):
                return f"{w(place)} = {w(value, 1)}"
            case ir.Update(place, "append" | ".append", value):
                return f"{w(place)}.append({w(value, 1)})"
            case ir.Update(place, ".pop", ir.Const(str()) as key):
                return f"del {w(ir.Index(place, key))}"
            case ir.Update(place, ".pop", index):
                return f"{w(place)}.pop({'' if index == ir.Const(-1) else w(index, 1)})"
            case ir.Update(ir.Index(base, index), op, value) if op.startswith("numpy."):  # np.add.at
                return w(ir.Call(op, (base, index, value)))
            case ir.Update(place, op, value):
                return f"{w(place)} {SYMBOLS[op][0]}= {w(value, 1)}"
            case ir.Eval(expr):
                return w(expr)
            case ir.Push(stack, value, copy):
                return f"{stack}.append({w(value, 1)}{'.copy()' if copy else ''})"
            case ir.Pop(name, stack):
                return f"{name} = {stack}.pop()"
            case ir.Break():
                return "break"
            case ir.Continue():
                return "continue"
            case ir.Return(value):
                return f"return {self.targets(value)}" if value is not None else "return"
        raise AssertionError(f"cannot be written: {s!r}")

    def targets(self, e: ir.Expr) -> str:
        """A tuple without its parentheses, where Python needs none."""
        text = self.write(e, 1)
        if isinstance(e, ir.Display) and e.kind == "tuple" and len(e.items) > 1:
            return text[1:-1]
        return text

    def original(self, s: ir.Stmt, depth: int) -> None:
        """The user's own text, indented to its new place."""
        assert s.origin is not None
        text = without_leading(s.origin.statement_text(self.result))
        for row in textwrap.dedent(text).splitlines():
            self.line(row, depth) if row.strip() else self.lines.append("")

    def lead(self, s: ir.Stmt, depth: int, first: bool) -> None:
        """The comments above a statement of the user, before the first of the lines that it becomes."""
        origin = getattr(s, "origin", None)
        if origin is None or isinstance(s, ir.Comment) or origin.node is self.led:
            return
        if origin.is_compound:
            if any(origin.node is known for known in self.headed):  # a line in a loop that its header stands for
                return
            self.headed.append(origin.node)
        self.led = origin.node
        for row in origin.leading():
            if row:
                self.line(row, depth)
            elif not first:
                self.blank()

    def comment(self, s: ir.Comment, depth: int, first: bool) -> None:
        if not first:
            self.blank()
        text = source_line(s.origin) if s.origin is not None else s.text
        if text == self.latest and not first:
            self.unblank()
            return
        self.latest = text
        self.line(f"# {text}", depth)

    # ----- control -----

    def compound(self, s: ir.For | ir.While | ir.If, depth: int, reverse: bool, first: bool) -> None:
        if reverse and not first:
            self.blank()
        match s:
            case ir.For():
                self.line(f"for {self.loop_head(s, reverse)}:", depth)
                self.block(s.body[1:] if s.target == "" else s.body, depth + 1, reverse)
            case ir.While(test, body):
                self.line(f"while {self.write(test)}:", depth)
                self.block(body, depth + 1, reverse)
            case ir.If():
                self.branch(s, depth, reverse, "if")
        if reverse:
            self.blank()

    def loop_head(self, s: ir.For, reverse: bool) -> str:
        if s.header is not None and (not reverse or s.target == ""):
            items = s.header[1]
            if is_checkpointed(s):
                items = ir.Call(CHECKPOINT, (items, parts(s)[1]))
            return f"{self.targets(s.header[0])} in {self.targets(items)}"
        return f"{s.target} in {self.write(s.iterable)}"

    def branch(self, s: ir.If, depth: int, reverse: bool, word: str) -> None:
        self.line(f"{word} {self.write(s.test)}:", depth)
        self.block(s.body, depth + 1, reverse)
        if not s.orelse:
            return
        if s.flat and not reverse:
            self.block(s.orelse, depth, reverse, goes_on=True)
            return
        if len(s.orelse) == 1 and isinstance(s.orelse[0], ir.If) and not s.orelse[0].flat:
            if reverse:
                self.unblank()
            self.branch(s.orelse[0], depth, reverse, "elif")
            return
        if reverse:
            self.unblank()
        self.line("else:", depth)
        self.block(s.orelse, depth + 1, reverse)

    def unblank(self) -> None:
        while self.lines and self.lines[-1] == "":
            self.lines.pop()


def skipped(block: list[ir.Stmt] | ir.Block, position: int) -> bool:
    """An implicit statement is printed by the header or the first statement of its line."""
    s = block[position]
    if not getattr(s, "implicit", False):
        return False
    if s.origin is None or type(s.origin.node).__name__ == "For":
        return s.origin is None or not s.origin.edited
    before = block[position - 1].origin if position else None
    return before is s.origin and not s.origin.edited


def without_leading(text: str) -> str:
    """A statement without the comments and blank lines above it."""
    rows = text.splitlines()
    while rows and (not rows[0].strip() or rows[0].lstrip().startswith("#")):
        rows.pop(0)
    return "\n".join(rows)


def source_line(origin: Origin) -> str:
    """The statement on one line, cut if it is long."""
    first, *rest = without_comments(origin.code).splitlines()
    whole = " ".join([first.rstrip(), *(r.strip() for r in rest)])
    if len(whole) <= WIDTH:
        return whole
    return whole[: WIDTH - 4].rstrip() + " ..."


def without_comments(text: str) -> str:
    """The text of a statement without the comments between its lines."""
    if "#" not in text or "\n" not in text:
        return text
    rows = text.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            rows[row - 1] = rows[row - 1][:column]
    return "\n".join(rows)
