"""The five verbs as users call them: what is declared is checked at once, and refused at the line that declares it.

A rule belongs to a function, which is found from where the declaration stands: `special.gammaln(x)` is what these
names mean there.  It holds wherever the function is called, under whatever name, and replaces its source.
"""

from __future__ import annotations

import ast
import dataclasses
import sys
from collections.abc import Callable
from typing import Any

from . import declare
from .declare import Rule
from .lookup_names import Names, find_function
from .well_formed import (
    Malformed,
    check_formula,
    check_let,
    check_partials,
    check_signature,
    needs_mask,
)
from .well_formed_template import check_template, template_source


def constant(*patterns: str, replace: bool = False) -> None:
    """Declare functions whose result has derivative zero wherever it has one.

    >>> constant("np.floor(x)", replace=True)
    """
    here = Declaration(sys._getframe(1), replace)
    for text in patterns:
        here.add(Rule("constant", text))


def elementwise(
    pattern: str,
    *partials: str | None,
    of: str | None = None,
    let: str = "",
    singular: str | None = None,
    numba: bool = True,
    replace: bool = False,
    **allowed: tuple[Any, ...],
) -> None:
    """Declare a function that works on each element by itself, by its partial derivatives.

    There is one formula for each argument, over the arguments, `out` (the result) and the names of `let`; None for an
    argument without a derivative.  Instead of them, `of` gives the function itself, which sympy differentiates.
    `singular` is "root" where a partial may be infinite, "none" where none is; without it, that is read off the
    formulas.  `name=(...)` lists the only values of an option that the formulas hold for.  `replace=True` declares
    again what has a rule.

    >>> elementwise("np.tanh(x)", "1.0 - out**2", replace=True)
    """
    here = Declaration(sys._getframe(1), replace)
    row = Rule("elementwise", pattern, partials, let, None, singular, numba, allowed)
    here.add(row, of)


def _template_verb(kind: str) -> Callable[..., Callable[[Any], Any]]:
    def verb(pattern: str, *, numba: bool = True, replace: bool = False, **allowed: Any) -> Callable[[Any], Any]:
        here = Declaration(sys._getframe(1), replace)
        row = Rule(kind, pattern, numba=numba, domains=allowed)
        here.checked(row)

        def declare_it(template: Any) -> Any:
            here.add(dataclasses.replace(row, template=template))
            return template

        return declare_it

    verb.__name__ = verb.__qualname__ = kind
    verb.__doc__ = getattr(declare, kind).__doc__
    return verb


linear = _template_verb("linear")
bilinear = _template_verb("bilinear")
rule = _template_verb("rule")


class Declaration:
    """One call of a verb: the place it is refused at, and the names that mean something there."""

    def __init__(self, frame: Any, replaces: bool) -> None:
        self.frame, self.replaces = frame, replaces
        self.instruction = frame.f_lasti

    def add(self, row: Rule, of: str | None = None) -> None:
        """Check a row and enter it into the table; what was emitted before is forgotten."""
        problem = None
        try:
            row = self.complete(row, of)
            self.refuse_second(row)
        except Malformed as e:
            problem = e
        if problem is not None:  # outside, so that the traceback shows the user's line and no other
            self.refuse(problem)
        declare.add(row)
        forget_emissions()

    def checked(self, row: Rule) -> None:
        """Refuse a malformed signature before the template is there."""
        problem = None
        try:
            self.named(row)
        except Malformed as e:
            problem = e
        if problem is not None:
            self.refuse(problem)

    def named(self, row: Rule) -> tuple[Rule, Names]:
        """The row under the full name of its function, and the names its texts may use."""
        written, parameters = check_signature(row)
        function = find_function(written, self.frame)
        text = function.op + row.text[row.text.index("(") :]
        if function.home:
            declare.HOMES[function.op] = function.home
            declare.OBJECTS[id(function.value)] = (function.value, function.op)
        return dataclasses.replace(row, text=text, of_user=True), Names(self.frame, parameters)

    def complete(self, row: Rule, of: str | None) -> Rule:
        row, names = self.named(row)
        if row.template is not None:
            source = template_source(row.template)
            return dataclasses.replace(row, source=check_template(row, source, names), names=names.used())
        if row.kind == "constant":
            return row
        if of is not None:
            from .from_sympy import partials_of

            row = dataclasses.replace(row, partials=partials_of(of, row))
        check_partials(row)
        let = check_let(row, names)
        found = tuple(None if p is None else ast.unparse(check_formula(p, "partial", names)) for p in row.partials)
        singular: str | None = row.singular or ("root" if any(p and needs_mask(p) for p in (*found, let)) else "none")
        singular = None if singular == "none" else singular
        return dataclasses.replace(row, partials=found, let=let, names=names.used(), singular=singular)

    def refuse_second(self, row: Rule) -> None:
        from .registry import lookup

        old = lookup(row.name)
        if old is None or self.replaces or same(old, row):
            return
        raise Malformed(
            f"`{row.name}` has a rule already: {described(old)}", "Pass replace=True to put this one in its place.",
            code="SG312",
        )  # fmt: skip

    def refuse(self, e: Malformed) -> None:
        """Raise the refusal, at the line of the template it is about or else at the declaration."""
        from ..diagnostics import refuse
        from ..frontend.text import ModuleText
        from ..generated import text_of
        from ..ir.origin import Span

        if e.filename is None:
            positions = list(self.frame.f_code.co_positions())[self.instruction // 2]
            line, end_line, column, end_column = (p or 0 for p in positions)
            e.filename, e.span = self.frame.f_code.co_filename, (line, column, end_line, end_column)
        text = ModuleText(e.filename, text_of(e.filename))
        assert e.span is not None
        refuse(e.code, str(e), Span(*e.span), text, e.hint)


def same(a: Rule, b: Rule) -> bool:
    """Whether two rows say the same, as when a cell of a notebook runs again."""
    return (a.kind, a.text, a.partials, a.let, a.source) == (b.kind, b.text, b.partials, b.let, b.source) and a.of_user


def described(row: Rule) -> str:
    shown = ", ".join(repr(p) for p in row.partials)
    return f"{row.kind}({row.text!r}{', ' + shown if shown else ''})"


def forget_emissions() -> None:
    """Derivatives that were emitted with the rules of before are emitted again."""
    derivative = sys.modules.get("srcgrad.derivative")
    for emissions in list(derivative.EMISSIONS) if derivative else []:
        emissions.by_key.clear()
