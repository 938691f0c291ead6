"""The signature of a rule: `np.sum(x, axis=None, keepdims=False)`, and how a call is bound to it."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from ..syntax import parsed

SHORT_NAMES = {"np": "numpy", "sp": "scipy"}


def qualified(name: str) -> str:
    """The full name: `np.linalg.inv` is `numpy.linalg.inv`."""
    root, dot, rest = name.partition(".")
    return SHORT_NAMES.get(root, root) + dot + rest


@dataclass(frozen=True)
class Parameter:
    """One parameter of a pattern; `default` is its source text, None where there is none."""

    name: str
    kind: str
    default: str | None


@dataclass(frozen=True)
class Pattern:
    name: str
    parameters: tuple[Parameter, ...]

    @property
    def positional(self) -> tuple[Parameter, ...]:
        return tuple(p for p in self.parameters if p.kind == "positional")

    @property
    def star(self) -> Parameter | None:
        return next((p for p in self.parameters if p.kind == "star"), None)

    def parameter(self, name: str) -> Parameter | None:
        return next((p for p in self.parameters if p.name == name), None)


def parse_pattern(text: str) -> Pattern:
    """Read `np.sum(x, axis=None, *, where=True)`; raises SyntaxError on anything but a signature."""
    name, paren, rest = text.partition("(")
    definition = parsed(f"def pattern{paren}{rest}: pass").body[0]
    assert isinstance(definition, ast.FunctionDef)
    a = definition.args
    plain = [*a.posonlyargs, *a.args]
    defaults = [None] * (len(plain) - len(a.defaults)) + [ast.unparse(d) for d in a.defaults]
    found = [Parameter(p.arg, "positional", d) for p, d in zip(plain, defaults, strict=True)]
    if a.vararg:
        found.append(Parameter(a.vararg.arg, "star", None))
    for p, value in zip(a.kwonlyargs, a.kw_defaults, strict=True):
        found.append(Parameter(p.arg, "keyword", ast.unparse(value) if value is not None else None))
    return Pattern(qualified(name.strip()), tuple(found))
