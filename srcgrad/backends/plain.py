"""Compile emitted text in memory; tracebacks, pdb and coverage show its lines."""

from __future__ import annotations

import itertools
import linecache
from typing import Any

from ..frontend.scope import MISSING
from ..pipeline import Module

_numbers = itertools.count(1)


class UserValues:
    """The user's module as emitted code sees it: globals and closure variables, looked up when they are read."""

    def __init__(self, values: dict[str, tuple[Any, tuple[str, ...]]]) -> None:
        self._values = values

    def __getattr__(self, name: str) -> Any:
        scope, chain = self._values[name]
        found = scope.object(chain)
        if found is MISSING:
            raise NameError(f"name '{name}' is not defined")
        return found


def load(module: Module) -> Any:
    """The main function of an emitted module, compiled; of a pullback, its two halves."""
    filename = f"<srcgrad {module.entry} {next(_numbers)}>"
    linecache.cache[filename] = (len(module.text), None, module.text.splitlines(True), filename)
    namespace: dict[str, Any] = {"__name__": f"srcgrad.emitted.{module.entry}"}
    inject = {m: UserValues(module.values) for m in module.injected}
    namespace.update(inject)
    exec(compile(blank_imports(module.text, inject), filename, "exec"), namespace)
    return namespace[module.entry] if not module.is_pair else (namespace[module.functions[-2]], namespace[module.entry])


def blank_imports(text: str, inject: dict[str, Any]) -> str:
    """The text without the imports of what is given directly; line numbers stay."""
    lines = {f"import {m}" for m in inject}
    return "".join("\n" if row.rstrip("\n") in lines else row for row in text.splitlines(True))
