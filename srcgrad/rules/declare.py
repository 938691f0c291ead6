"""The five verbs that declare a derivative: constant, elementwise, linear, bilinear, rule.

Declare the strongest statement that is true of an operation; everything else (both modes, what must be
saved, broadcasting, which keywords are refused) is read off the declaration.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .pattern import Pattern, parse_pattern, qualified

Template = Callable[..., Any]


@dataclass(frozen=True, eq=False)
class Rule:
    """One row of a table.

    `partials` has one formula per positional parameter of an elementwise row (None: no derivative);
    `template` is the function whose source is the body of the other kinds, or `source` where that is given.
    `names` says which operations the dotted names in the texts of a user's row stand for.
    """

    kind: str
    text: str
    partials: tuple[str | None, ...] = ()
    let: str = ""
    template: Template | None = None
    singular: str | None = None
    numba: bool = True
    domains: dict[str, Any] = field(default_factory=dict)
    when: str = ""
    source: str = ""
    names: tuple[tuple[str, str], ...] = ()
    of_user: bool = False

    @cached_property
    def pattern(self) -> Pattern:
        return parse_pattern(self.text)

    @property
    def name(self) -> str:
        return qualified(self.text.partition("(")[0].strip())


TABLE: dict[str, Rule] = {}
VARIANTS: dict[str, list[Rule]] = {}
# functions outside the libraries that a user's row is for: objects by identity (kept alive), and home modules by name
OBJECTS: dict[int, tuple[Any, str]] = {}
HOMES: dict[str, str] = {}
SOLVERS: set[str] = set()  # functions of users whose derivative is that of an equation: constant only in their own text


def add(row: Rule) -> None:
    if row.when:
        VARIANTS.setdefault(row.name, []).append(row)
    else:
        TABLE[row.name] = row


def constant(*patterns: str) -> None:
    """Declare operations whose result has derivative zero wherever it exists.

    >>> constant("np.floor(x)", "np.argmax(x)")
    """
    for text in patterns:
        add(Rule("constant", text))


def elementwise(
    pattern: str,
    *partials: str | None,
    let: str = "",
    singular: str | None = None,
    when: str = "",
    numba: bool = True,
    **domains: Any,
) -> None:
    """Declare a function that works on each element by itself, by its partial derivatives.

    A partial is a formula over the parameters, `out` (the result) and the names of `let`; None where
    a parameter has no derivative.  `singular` is "root" where the derivative can be infinite at a
    finite value, "pole" where the value is infinite too.  `when` is a condition on the arguments, such as
    "x2 == 2": the row is used where it is certain to hold, before the general row.

    >>> elementwise("np.tanh(x)", "1.0 - out**2")
    """
    add(Rule("elementwise", pattern, partials, let, None, singular, numba, domains, when))


def _template_verb(kind: str) -> Callable[..., Callable[[Template], Template]]:
    def verb(pattern: str, *, numba: bool = True, **domains: Any) -> Callable[[Template], Template]:
        def declare(template: Template) -> Template:
            add(Rule(kind, pattern, template=template, numba=numba, domains=domains))
            return template

        return declare

    return verb


linear = _template_verb("linear")
linear.__doc__ = """Declare a function that is linear in its first argument.

The `d_x` lines pull back; the call itself pushes forward.

>>> @linear("np.flip(x, axis=None)")
... def flip(x, axis, d_out):
...     d_x = np.flip(d_out, axis)
"""
bilinear = _template_verb("bilinear")
bilinear.__doc__ = """Declare a function that is linear in each of two arguments.

>>> @bilinear("np.outer(a, b)")
... def outer(a, b, d_out):
...     d_a = np.reshape(d_out @ np.ravel(b), np.shape(a))
...     d_b = np.reshape(np.ravel(a) @ d_out, np.shape(b))
"""
rule = _template_verb("rule")
rule.__doc__ = """Declare any other function: `d_` lines for reverse mode, `t_out` lines for forward mode.

>>> @rule("np.linalg.inv(a)")
... def inv(a, out, d_out, t_a):
...     d_a = -out.T @ d_out @ out.T
...     t_out = -out @ t_a @ out
"""
