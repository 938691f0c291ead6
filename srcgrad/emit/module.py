"""A whole module: header, imports, functions.

    numpy.sin of x, in a module that      ->      import numpy as num
    has `import numpy as num`                     num.sin(x)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from inspect import cleandoc
from types import ModuleType

from ..frontend.library_objects import library_object
from ..ir import nodes as ir
from ..rules.declare import HOMES
from .expressions import Writer
from .statements import StatementWriter

HELPERS = "srcgrad.runtime."
SPELLED = {"numpy.absolute": "numpy.abs"}  # by the name that people write


@dataclass
class Imports:
    """What emitted code refers to: libraries under the user's own names for them, helpers, user values."""

    aliases: dict[str, str] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)
    helpers: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    homes: set[str] = field(default_factory=set)
    ambiguous: set[str] = field(default_factory=set)

    def spell(self, op: str) -> str:
        """How an operation is written: `np.tanh`, `math.sin`, `len`, `unbroadcast`."""
        if op.startswith("builtins."):
            return op[9:] if op[9:] not in self.hidden else f"{self.module('builtins')}.{op[9:]}"
        if op.startswith(HELPERS):
            return self.helper(op[len(HELPERS) :])
        if op.startswith("operator."):
            return f"{self.module('operator')}.{op[9:]}"
        if op in HOMES:
            alias = self.module(HOMES[op])
            self.homes.add(alias)
            return f"{alias}{op[len(HOMES[op]) :]}"
        root, _, rest = SPELLED.get(op, op).partition(".")
        if root == "scipy":
            package, _, name = op.rpartition(".")
            return f"{self.module(package)}.{name}"
        return f"{self.module(root)}.{rest}"

    def helper(self, name: str) -> str:
        """A helper under its own name, unless that is one of the program's."""
        self.helpers.add(name)
        while name in self.hidden:
            name += "_"
        return name

    def helper_names(self) -> set[str]:
        return {self.helper(n) for n in sorted(self.helpers)}

    def helper_line(self) -> str:
        """The import of the helpers."""
        shown = (n if self.helper(n) == n else f"{n} as {self.helper(n)}" for n in sorted(self.helpers))
        return f"from srcgrad.runtime import {', '.join(shown)}"

    def module(self, name: str) -> str:
        """The name a module goes by here; the user's own if there is one."""
        for alias, module in self.aliases.items():
            if module == name:
                self.used[alias] = name
                return alias
        alias = {"numpy": "np"}.get(name, name.rpartition(".")[2])
        while alias in self.taken:
            alias += "_"
        self.aliases[alias] = name
        self.used[alias] = name
        return alias

    def alias(self, alias: str, name: str) -> None:
        """The user's text means this library by `alias`; where another text means another one, it has no such name."""
        if self.aliases.get(alias, name) != name:
            del self.aliases[alias]
            self.ambiguous.add(alias)
        if alias in self.ambiguous:
            self.taken.add(alias)
        else:
            self.aliases[alias] = name

    def need(self, alias: str) -> None:
        """The user's text mentions this alias."""
        if alias in self.aliases:
            self.used[alias] = self.aliases[alias]

    def lines(self) -> list[str]:
        found = []
        for alias, name in sorted(self.used.items(), key=lambda item: (item[1] != "math", item[1])):
            known = name in HOMES.values()
            if "." in name and not known and not isinstance(library_object(name), ModuleType):
                home, _, own = name.rpartition(".")
                found.append(f"from {home} import {own}" + (f" as {alias}" if alias != own else ""))
            elif alias == name:
                found.append(f"import {name}")
            elif "." in name and name.rpartition(".")[2] == alias:
                found.append(f"from {name.rpartition('.')[0]} import {alias}")
            else:
                found.append(f"import {name} as {alias}")
        return found


@dataclass
class Text:
    """An emitted function: parameters, docstring and its parts under their banners."""

    name: str
    params: tuple[ir.Param, ...]
    docstring: str
    parts: list[tuple[str, list[ir.Stmt], bool]]
    result: str
    returns: str | None = None


def function_text(f: Text, spell: Callable[[str], str]) -> str:
    """One function; each part is (banner, statements, is it reverse)."""
    write = Writer(spell)
    statements = StatementWriter(write, f.result)
    note = f" -> {f.returns}" if f.returns else ""
    statements.line(f"def {f.name}({write.params(f.params)}){note}:", 0)
    if f.docstring:
        for row in docstring_text(f.docstring).splitlines():
            statements.line(row, 1)
    for banner, block, reverse in f.parts:
        if not block:
            continue
        if banner:
            if len(statements.lines) > 2:
                statements.blank()
            statements.line(f"# ---- {banner} ----", 1)
        elif (reverse or isinstance(block[0], ir.Return)) and len(statements.lines) > 1:
            statements.blank()
        statements.block(block, 1, reverse)
    if all(row.lstrip().startswith("#") or not row.strip() for row in statements.lines[1:]):
        statements.line("pass", 1)
    statements.unblank()  # a branch at the end of a sweep that returns nothing
    return "\n".join(row.rstrip() for row in statements.lines)


def docstring_text(text: str) -> str:
    """A docstring as a literal, as it is read: without the indentation it had."""
    found = cleandoc(text).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if found.endswith('"'):
        found = found[:-1] + '\\"'
    return f'"""{found}"""' if "\n" not in found else f'"""{found}\n"""'


def module_text(docstring: str, imports: Iterable[str], functions: Iterable[str]) -> str:
    parts = [f'"""{docstring}"""'] if docstring else []
    found = list(imports)
    if found:
        parts.append("\n".join(found))
    head = "\n\n".join(parts)
    return head + "".join(f"\n\n\n{f}" for f in functions) + "\n"
