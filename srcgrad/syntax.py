"""Parsing, and being quiet about it, for threads that derive at once.

CPython up to 3.12 counts the depth of the tree under construction in one place for all threads (its issue 106905),
and raises SystemError in the one that another has interrupted.  Filters of warnings are of the whole process too:
of two threads that set and restore them in turn, the one that ends last would restore those of the other.
"""

from __future__ import annotations

import ast
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

_filters = threading.RLock()


def parsed(text: str) -> ast.Module:
    """The tree of a module's text; raises what `ast.parse` raises, but for another thread's parsing."""
    while True:
        try:
            return ast.parse(text)
        except SystemError as e:
            if "recursion depth mismatch" not in str(e):
                raise


def parsed_expression(text: str) -> ast.expr:
    """The tree of one expression, which may have spaces and brackets around it."""
    while True:
        try:
            return ast.parse(text, mode="eval").body
        except SystemError as e:
            if "recursion depth mismatch" not in str(e):
                raise


@lru_cache(maxsize=32)
def nodes_of(tree: ast.Module) -> tuple[ast.AST, ...]:
    """All nodes of a file's tree, which nobody changes."""
    return tuple(ast.walk(tree))


def literal(text: str) -> Any:
    """The constant that is written; ValueError where it is none."""
    return ast.literal_eval(parsed_expression(text))


@contextmanager
def without_warnings() -> Iterator[None]:
    """Warnings are ignored; what is done inside must be short, since other threads wait for it."""
    with _filters, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
