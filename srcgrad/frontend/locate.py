"""From a callable object to its source: found by line, and proved by compiling it and comparing the code.

locate(f)               anything callable
locate_file("m.py:f")   a definition in a file that is not imported (see `locate_file`)
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from types import CodeType, FunctionType
from typing import Any, NoReturn

from ..diagnostics import SrcgradError, refuse
from ..ir.origin import Span
from .code_match import matching_code, positions
from .locate_file import locate_file, locate_in_text
from .located import Located
from .source import Source, source_at
from .text import ModuleText, refuse_missing, text_of_function
from .typed import candidates
from .unwrap import Target, unwrap

__all__ = ["Located", "locate", "locate_file", "locate_in_text"]

SHARED_NAMES = ("<string>", "<stdin>", "<console>", "<input>")  # of any text given to `exec`, or typed
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def locate(obj: Any) -> Located:
    """The source of anything callable.

    A wrapper function made by a decorator is a function like any other: its own source is what it computes.
    """
    target = unwrap(obj)
    if hasattr(target.function, "__srcgrad_implicit__"):  # a solver: what it computes is said by its equation
        target = replace(target, function=target.function.__srcgrad_implicit__)
    refuse_dispatch(target.function)
    return located(target, find_source(target.function))


def locate_itself(f: FunctionType) -> Located:
    """The source of a function that is marked as a solver, or of any other, whatever its decorators."""
    return located(unwrap(f), find_source(unwrap(f).function))


def located(target: Target, source: Source) -> Located:
    f = target.function
    return Located(
        source=source,
        name=f.__code__.co_name,
        qualname=f.__code__.co_qualname,
        module_name=f.__globals__.get("__name__"),
        function=f,
        globals=f.__globals__,
        closure=dict(zip(f.__code__.co_freevars, f.__closure__ or (), strict=True)),
        bound=target.bound,
        bound_keywords=target.keywords,
        defaults=f.__defaults__ or (),
        kwdefaults=f.__kwdefaults__ or {},
    )


def refuse_dispatch(f: FunctionType) -> None:
    if "__wrapped__" in vars(f) and hasattr(f, "dispatch") and hasattr(f, "registry"):
        hint = "Call the implementation that is meant."
        message = f"`{f.__name__}` chooses an implementation by type (functools.singledispatch)"
        refuse("SG103", message, None, None, hint)


def find_source(f: FunctionType) -> Source:
    file, shared = text_of_function(f), f.__code__.co_filename in SHARED_NAMES
    if file is not None and not shared:
        return find_in(file, f.__code__)
    for candidate in (*([file] if file is not None else []), *candidates(f.__code__)):
        try:
            return find_in(candidate, f.__code__)
        except SrcgradError as e:
            if e.code == "SG106":  # it is the text, and nested too deeply
                raise
    refuse_missing(f.__code__.co_name, f.__code__.co_filename)


def find_in(file: ModuleText, code: CodeType) -> Source:
    if code.co_name == "<lambda>":
        return find_lambda(file, code)
    source = source_by_indentation(file, code) or source_by_tree(file, code)
    node = source.tree if source is not None else None
    if source is None or not isinstance(node, DEFINITIONS) or node.name != code.co_name:
        refuse_changed(file, code)
    source.depth  # noqa: B018  refuses what is nested too deeply
    if matching_code(node, code, file, source.parsed_text) is None:
        refuse_changed(file, code)
    return source


def source_by_indentation(file: ModuleText, code: CodeType) -> Source | None:
    """The lines up to the next one indented as the definition: much cheaper than parsing the whole file.

    None where those lines are no function by themselves, as when a string in it runs over several lines.
    """
    first = code.co_firstlineno
    header = file.line(first)
    if not header.lstrip().startswith(("def", "async", "@")):
        return None
    last = max(line or first for _, _, line in code.co_lines())
    end = last
    for number in range(last + 1, len(file.lines) + 1):
        line = file.line(number).strip()
        if line and not line.startswith("#"):
            if indentation(file.line(number)) <= indentation(header):
                break
            end = number
    source = Source(file, Span(first, len(header) - len(header.lstrip()), end, len(file.line(end))))
    try:
        return source if isinstance(source.tree, DEFINITIONS) else None
    except SrcgradError:
        return None


def indentation(line: str) -> int:
    """Columns, as CPython counts them."""
    text = line.rpartition("\f")[2] if not line.strip(" \t\f") else line
    spaces = text[: len(text) - len(text.lstrip(" \t\f"))]
    return len(spaces.rpartition("\f")[2].expandtabs(8))


def source_by_tree(file: ModuleText, code: CodeType) -> Source | None:
    for node in at_line(parsed(file, code), code.co_firstlineno):
        if isinstance(node, DEFINITIONS) and node.name == code.co_name:
            return source_at(file, node)
    return None


def parsed(file: ModuleText, code: CodeType) -> ast.Module:
    try:
        return file.tree
    except SrcgradError:  # it was accepted when it was imported
        refuse_changed(file, code)


def at_line(tree: ast.AST, line: int) -> Iterator[Any]:
    """Functions and lambdas that start at a line; a `def` starts at its first decorator."""
    todo: list[Any] = [tree]
    while todo:
        node = todo.pop()
        start = min([getattr(node, "lineno", line), *(d.lineno for d in getattr(node, "decorator_list", ()))])
        if start > line or getattr(node, "end_lineno", line) < line:
            continue
        if start == line and isinstance(node, (*DEFINITIONS, ast.Lambda)):
            yield node
        todo.extend(reversed(list(ast.iter_child_nodes(node))))


def find_lambda(file: ModuleText, code: CodeType) -> Source:
    """The lambda whose instructions stand where those of `code` do, or the only one that compiles to `code`."""
    equal = []
    for node in at_line(parsed(file, code), code.co_firstlineno):
        if isinstance(node, ast.Lambda) and (found := matching_code(node, code, file)) is not None:
            equal.append((node, positions(found)))
    if not equal:
        refuse_changed(file, code)
    exact = [node for node, where in equal if where and where == positions(code)]
    nodes = exact or [node for node, _ in equal]
    if len({ast.dump(node) for node in nodes}) > 1:
        refuse_lambda(nodes[0], file, "several lambdas on this line compile to the same code")
    source = source_at(file, nodes[0])
    if not reads_back(source, code):
        refuse_lambda(nodes[0], file, "the text of this lambda cannot be cut out of its line")
    return source


def reads_back(source: Source, code: CodeType) -> bool:
    """Inside f-strings, older versions of Python give places that are not in the file."""
    try:
        node = source.tree
    except SrcgradError:
        return False
    source.depth  # noqa: B018  refuses what is nested too deeply
    return isinstance(node, ast.Lambda) and matching_code(node, code, source.file) is not None


def refuse_lambda(node: ast.Lambda, file: ModuleText, message: str) -> NoReturn:
    span = Span(node.lineno, 0, node.lineno, len(file.line(node.lineno)))
    refuse("SG104", message, span, file, "Use `def`, or write one lambda per line.")


def refuse_changed(file: ModuleText, code: CodeType) -> NoReturn:
    line = file.line(code.co_firstlineno)
    span = Span(code.co_firstlineno, len(line) - len(line.lstrip()), code.co_firstlineno, len(line))
    name = "this lambda" if code.co_name == "<lambda>" else f"`{code.co_name}`"
    refuse(
        "SG102",
        f"the source of {name} is not what was imported: it was edited since, or an import hook rewrites it",
        span if line.strip() else None,
        file,
        "Reload the module, or restart Python.",
    )
