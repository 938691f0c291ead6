"""From a running frame to its text: the `with` statement that is being entered, the call that is being made.

The text found is compiled and compared with the code that runs, as for functions (see `locate`), so that a file
edited since is refused, and its statements never taken for those that run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import Any

from ..diagnostics import SrcgradError, refuse
from ..generated import text_of
from ..ir.origin import Span
from ..syntax import parsed, without_warnings
from .code_match import rewrite_asserts, same_code
from .locate import SHARED_NAMES, find_in
from .nesting import room
from .source import characters
from .text import ModuleText, module_text
from .typed import candidates

OPTIMISED = 0x01  # the code of a function; a module or a class has names of another kind
Where = tuple[int, int, int, int]  # line, column, last line, column after; columns count bytes
NOT_KEPT = (
    "The source of the block is read where it stands, in a file, a notebook cell or a prompt that keeps its lines. "
    "Save it in a file, or put the block into a function and use srcgrad.value_and_grad."
)


@dataclass(frozen=True)
class FrameText:
    """The text a frame's code was compiled from, and the tree of it: of the whole file, or of one statement."""

    file: ModuleText
    tree: ast.AST


_known: dict[CodeType, FrameText] = {}


def text_of_frame(frame: FrameType) -> FrameText:
    """The text of the code that runs in a frame; refused where it is not kept, or is another by now."""
    code = frame.f_code
    if code not in _known:
        if len(_known) >= 4096:
            _known.clear()
        _known[code] = find_text(code, frame.f_globals)
    return _known[code]


def find_text(code: CodeType, global_names: dict[str, Any]) -> FrameText:
    text = text_of(code.co_filename, global_names)
    files = [module_text(code.co_filename, text)] if text else []
    if not files or code.co_filename in SHARED_NAMES:
        files += candidates(code)
    changed: SrcgradError | None = None
    for file in files:
        try:
            return text_in(file, code)
        except SrcgradError as e:
            if e.code == "SG106":
                raise
            changed = changed or e
    if changed is not None and code.co_filename not in SHARED_NAMES:
        raise changed
    where = "a prompt or `exec`" if code.co_filename.startswith("<") else code.co_filename
    refuse("SG101", f"the source of the code that enters the tape ({where}) is not kept", None, None, NOT_KEPT)


def text_in(file: ModuleText, code: CodeType) -> FrameText:
    if code.co_flags & OPTIMISED:
        find_in(file, code)
        return FrameText(file, file.tree)
    flags = code.co_flags & 0x01FF0000  # those of `from __future__`
    for part in (file.tree, *file.tree.body):  # a notebook runs statement by statement
        body = [part] if isinstance(part, ast.stmt) else file.tree.body
        if body and (part is file.tree or body[0].lineno <= code.co_firstlineno <= (body[0].end_lineno or 0)):
            for typed in (False, True):  # at a prompt, values of expressions are shown
                found = compiled(body, code, file.text, flags, typed)
                if found is not None and any(same_code(c, code) for c in all_codes(found, code.co_name)):
                    return FrameText(file, ast.Module(body, []))
    message = "the source of this code is not what runs: it was edited since it was started"
    line = file.line(code.co_firstlineno)
    span = Span(code.co_firstlineno, 0, code.co_firstlineno, len(line)) if line.strip() else None
    refuse("SG102", message, span, file, "Run it again.")


def all_codes(code: CodeType, name: str) -> Iterator[CodeType]:
    """A module's code, or those of the classes of a name in it."""
    if code.co_name == name:
        yield code
    for c in code.co_consts:
        if isinstance(c, CodeType):
            yield from all_codes(c, name)


def compiled(body: list[Any], like: CodeType, text: str, flags: int, typed: bool) -> CodeType | None:
    module: Any = ast.Interactive(list(body)) if typed else ast.Module(list(body), [])
    if "@pytest_ar" in like.co_names:
        module = parsed(text)
        rewrite_asserts(module, text)
    try:
        with without_warnings(), room():
            return compile(module, like.co_filename, "single" if typed else "exec", flags, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


# ----- places -----


def position(frame: FrameType) -> Where | None:
    """Where the instruction stands that a frame is at; None where columns are not kept."""
    found = list(frame.f_code.co_positions())[frame.f_lasti // 2]
    line, end_line, column, end_column = found
    if line is None or end_line is None or column is None or end_column is None:
        return None
    return line, column, end_line, end_column


def place(node: Any) -> Where:
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset


def span_in(file: ModuleText, node: Any) -> Span:
    """The place of a node, in characters."""
    start = characters(file.line(node.lineno), node.col_offset)
    return Span(node.lineno, start, node.end_lineno, characters(file.line(node.end_lineno), node.end_col_offset))


def entered(frame: FrameType, text: FrameText) -> ast.With | None:
    """The `with` statement whose context a frame is entering."""
    at = position(frame)
    found = [n for n in ast.walk(text.tree) if isinstance(n, ast.With) and around(n, frame.f_lineno)]
    for n in found:
        if at is not None and (place(n) == at or any(place(i.context_expr) == at for i in n.items)):
            return n
    headers = [n for n in found if n.items[0].context_expr.lineno <= frame.f_lineno <= header_end(n)]
    return headers[0] if len(headers) == 1 else None


def around(node: Any, line: int) -> bool:
    return bool(node.lineno <= line <= node.end_lineno)


def header_end(node: ast.With) -> int:
    return max(i.context_expr.end_lineno or 0 for i in node.items)


def called(frame: FrameType, around: FrameType | None = None) -> tuple[FrameText, ast.Call] | None:
    """The call that a frame is making; None where its text is not known, or the call is not written as one.

    That of a comprehension is a part of the text of the function `around` it.
    """
    at = position(frame)
    if at is None:
        return None
    try:
        text = text_of_frame(around or frame)
    except SrcgradError:
        return None
    for n in ast.walk(text.tree):
        if isinstance(n, ast.Call) and place(n) == at:
            return text, n
    return None
