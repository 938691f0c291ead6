"""Compile emitted text in memory; tracebacks, pdb and coverage show its lines."""

from __future__ import annotations

import itertools
import sys
import traceback
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ..frontend.bindings import MISSING
from ..frontend.scope import Namespace
from ..generated import keep

if TYPE_CHECKING:
    from ..pipeline import Module

_numbers = itertools.count(1)


class UserValues(Namespace):
    """A user's module as emitted code sees it: globals and closure variables, looked up when they are read."""

    def __init__(self, alias: str, values: dict[tuple[str, str], tuple[Any, tuple[str, ...]]]) -> None:
        self._alias, self._values = alias, values

    def __getattr__(self, name: str) -> Any:
        if (self._alias, name) not in self._values:
            raise AttributeError(name)
        scope, chain = self._values[self._alias, name]
        found = scope.object(chain)
        if found is MISSING:
            raise NameError(f"name '{name}' is not defined")
        return found


def load(module: Module, text: str | None = None) -> Any:
    """The main function of an emitted module, compiled; of a pullback, its two halves.  `text` in place of its own."""
    filename = f"<srcgrad {module.entry} {next(_numbers)}>"
    text = module.text if text is None else text
    keep(filename, text)
    show_lines_of_uncaught_exceptions()
    namespace: dict[str, Any] = {"__name__": f"srcgrad.emitted.{module.entry}"}
    namespace.update({alias: UserValues(alias, module.values) for alias, _ in module.injected})
    text = without_imports(text, {line for _, line in module.injected})
    exec(compile(text, filename, "exec"), namespace)
    return namespace[module.entry] if not module.is_pair else (namespace[module.functions[-2]], namespace[module.entry])


def without_imports(text: str, lines: set[str]) -> str:
    """The text without the imports of what is given directly; line numbers stay."""
    return "".join("\n" if row.rstrip("\n") in lines else row for row in text.splitlines(True))


def show_lines_of_uncaught_exceptions() -> None:
    """Before Python 3.13 the traceback that ends a program has the lines of files only, not those in linecache."""
    if sys.version_info < (3, 13) and sys.excepthook is sys.__excepthook__:
        sys.excepthook = print_uncaught


def print_uncaught(kind: type[BaseException], value: BaseException, tb: TracebackType | None) -> None:
    if any(frame.f_code.co_filename.startswith("<srcgrad ") for frame, _ in traceback.walk_tb(tb)):
        traceback.print_exception(kind, value, tb)
    else:
        sys.__excepthook__(kind, value, tb)
