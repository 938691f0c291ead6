"""The text of a module: from a file, or from where Python keeps it; checked by CPython before anyone else reads it."""

from __future__ import annotations

import ast
import io
import keyword
import os
import re
import stat
import symtable
import tokenize
from functools import cached_property, lru_cache
from types import FunctionType
from typing import Any, NoReturn

from ..diagnostics import refuse
from ..generated import text_of
from ..ir.origin import Span
from ..syntax import parsed, without_warnings
from .nesting import longest_statement, room

IMPORT_LINE = re.compile(r"^[ \t]*(?:import|from)\b[^#\n]*", re.MULTILINE)
IDENTIFIER = re.compile(r"[^\W\d]\w*")
TOO_DEEP = ("too many nested parentheses", "too many levels of indentation", "too many statically nested blocks")
SPLIT = "Split the expression into several statements."
UNNEST = "Move the inner blocks into a function of their own."


class ModuleText:
    """A file's text as lines, and its syntax tree when somebody asks for it."""

    def __init__(self, filename: str, text: str) -> None:
        self.filename, self.text = filename, text

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def line(self, number: int) -> str:
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    @cached_property
    def tree(self) -> ast.Module:
        return parse(self.text, self)

    @cached_property
    def fault(self) -> Exception | None:
        """Why the compiler does not take what the parser takes, such as a `return` outside a function."""
        try:
            with without_warnings(), room():
                compile(self.text, self.filename, "exec", dont_inherit=True)
        except (SyntaxError, RecursionError, MemoryError) as e:
            return e
        return None

    @cached_property
    def words_of_imports(self) -> frozenset[str]:
        """A guess at `imports` that needs no parser."""
        words = {word for line in IMPORT_LINE.findall(self.text) for word in IDENTIFIER.findall(line)}
        return frozenset(w for w in words if not keyword.iskeyword(w))

    @cached_property
    def imports(self) -> frozenset[str]:
        """The names that the top level imports, in branches too; none where the text is not Python."""
        try:
            with without_warnings(), room():
                table = symtable.symtable(self.text, self.filename, "exec")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return frozenset()
        return frozenset(s.get_name() for s in table.get_symbols() if s.is_imported())


@lru_cache(maxsize=64)
def module_text(filename: str, text: str) -> ModuleText:
    """The same object for the same text, so that a file with many functions is parsed once."""
    return ModuleText(filename, text)


def parse(text: str, where: Any, first_line: int = 1) -> ast.Module:
    """The syntax tree; anything else is a located refusal.  `where` has `.filename` and `.line(number)`."""
    try:
        return parse_quietly(text)
    except SyntaxError as e:
        refuse_syntax(e, where, first_line)
    except (RecursionError, MemoryError):
        refuse_depth(where, longest_statement(text) + first_line - 1)


def parse_quietly(text: str) -> ast.Module:
    with without_warnings(), room():
        return parsed(text)


def check_compiles(module: ModuleText) -> None:
    """Refuse what the parser accepts and the compiler does not."""
    if isinstance(module.fault, SyntaxError):
        refuse_syntax(module.fault, module, 1)
    if module.fault is not None:
        refuse_depth(module, longest_statement(module.text))


def refuse_syntax(e: SyntaxError, where: Any, first_line: int) -> NoReturn:
    """CPython's message at CPython's place."""
    shift = first_line - 1
    line, column = (e.lineno or 1) + shift, max((e.offset or 1) - 1, 0)
    end_line = (e.end_lineno or e.lineno or 1) + shift
    end_column = (e.end_offset or 0) - 1 if (e.end_offset or 0) > 0 else column + 1
    span = Span(line, column, max(line, end_line), end_column)
    if e.msg in TOO_DEEP:
        refuse("SG106", e.msg, span, where, SPLIT if "parentheses" in e.msg else UNNEST)
    refuse("SG105", e.msg, span, where)


def refuse_depth(where: Any, line: int) -> NoReturn:
    text = where.line(line)
    start = len(text) - len(text.lstrip())
    refuse("SG106", "this statement is nested too deeply", Span(line, start, line, len(text)), where, SPLIT)


def text_of_function(f: FunctionType) -> ModuleText | None:
    """The text of the module a function was defined in, as it is now; None where Python does not keep it."""
    filename = f.__code__.co_filename
    text = text_of(filename, f.__globals__)
    return module_text(filename, text) if text else None


def refuse_missing(name: str, filename: str) -> NoReturn:
    if filename.startswith("<"):
        hint = "Text given to `exec` or `eval`, or piped into Python, is not kept. Save the function in a file."
        refuse("SG101", f"the source of `{name}` is not known: it was compiled from {filename}", None, None, hint)
    hint = "Restore the file, or declare a rule for the function."
    refuse("SG101", f"the source of `{name}` cannot be found: {filename} is missing or not readable", None, None, hint)


WRITTEN: dict[str, ModuleText] = {}  # what srcgrad has written and reads again, under names that no file has


def read_module(path: str) -> ModuleText:
    """The text of a Python file; never imports it."""
    return WRITTEN[path] if path in WRITTEN else decoded_module(path, read_bytes(path))


def decoded_module(path: str, data: bytes) -> ModuleText:
    """The text of a Python file, decoded as CPython would."""
    check_text(path, data)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        decoded = data.decode(encoding)
    except SyntaxError as e:  # an unknown encoding in the first two lines, or one that contradicts the BOM
        refuse("SG107", str(e.msg), None, path, "Save the file as UTF-8.")
    except LookupError as e:  # a codec that is not one of text, such as rot13
        refuse("SG107", str(e), None, path, "Save the file as UTF-8.")
    except UnicodeDecodeError as e:
        line = data.count(b"\n", 0, e.start) + 1
        refuse("SG107", f"line {line} is not valid {e.encoding}", None, path, "Save the file as UTF-8.")
    text = decoded.replace("\r\n", "\n").replace("\r", "\n")
    return module_text(path, text if text.endswith("\n") else text + "\n")


def read_bytes(path: str) -> bytes:
    if "\0" in path:
        refuse("SG101", "there is no such file", None, path)
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            refuse("SG107", "is a directory", None, path, "Name a Python file.")
        if not stat.S_ISREG(mode):
            refuse("SG107", "is not a regular file", None, path, "Name a Python file.")
        with open(path, "rb") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        refuse("SG101", "there is no such file", None, path)
    except OSError as e:
        refuse("SG107", f"cannot be read: {e.strerror}", None, path)


def check_text(path: str, data: bytes) -> None:
    if not data.strip():
        refuse("SG107", "is empty", None, path)
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        refuse("SG107", f"line {line} has a NUL byte: this is not a text file", None, path, "Name a Python file.")
