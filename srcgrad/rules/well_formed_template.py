"""Checks of the templates that users declare: which lines they may have, and which derivatives they must give."""

from __future__ import annotations

import ast
import inspect
import textwrap
from typing import TYPE_CHECKING, Any

from ..syntax import parsed
from .declare import Rule
from .well_formed import Malformed, checked_expression

if TYPE_CHECKING:
    from .lookup_names import Names

TEMPLATE = "Assign expressions to `d_` names, to `t_out` and to names of your own; choose with `if`."


def template_source(template: Any) -> str:
    """The text of a template, without its decorators."""
    try:
        return textwrap.dedent(inspect.getsource(template))
    except (OSError, TypeError):
        raise Malformed(
            "the text of the template cannot be found",
            "Write the template as a function in a file or a notebook cell.",
        ) from None


def check_template(row: Rule, text: str, names: Names) -> str:
    """The text of a template with numbers of the module by their values; every line is one that rules may have."""
    return Template(row, text, names).check()


class Template:
    """A template while it is checked; what is wrong is told at its line."""

    def __init__(self, row: Rule, text: str, names: Names) -> None:
        self.row, self.names = row, names
        code = row.template.__code__ if row.template is not None else None
        self.filename = code.co_filename if code else "<template>"
        self.first = code.co_firstlineno if code else 1
        lines = inspect.getsource(row.template).splitlines() if row.template is not None else [""]
        self.indent = len(lines[0]) - len(lines[0].lstrip())
        self.parameters = frozenset(p.name for p in row.pattern.parameters)
        definition = parsed(text).body[0]
        if not isinstance(definition, ast.FunctionDef):
            raise Malformed("a template is a function", TEMPLATE)
        self.definition = definition

    def check(self) -> str:
        self.check_parameters()
        own = {a.arg for a in self.definition.args.args}
        self.names.known = set(own)
        body = self.definition.body
        self.block(body)
        self.check_derivatives(own)
        self.definition.decorator_list, self.definition.returns = [], None
        return ast.unparse(ast.fix_missing_locations(self.definition)) + "\n"

    def refuse(self, node: ast.AST, message: str, hint: str = TEMPLATE) -> None:
        span = (
            self.first + node.lineno - 1, node.col_offset + self.indent,  # type: ignore[attr-defined]
            self.first + node.end_lineno - 1, node.end_col_offset + self.indent,  # type: ignore[attr-defined]
        )  # fmt: skip
        if span[2] > span[0]:
            shown = f"def {self.definition.name}" if node is self.definition else "?"
            span = (span[0], span[1], span[0], span[1] + len(shown))
        raise Malformed(message, hint, self.filename, span)

    def check_parameters(self) -> None:
        a = self.definition.args
        if a.vararg or a.kwarg or a.kwonlyargs or a.defaults or a.posonlyargs:
            self.refuse(self.definition, "a template has plain parameters only", "Name what the formulas read.")
        roles = {"out", "d_out", *(f"t_{p}" for p in self.parameters)}
        for p in a.args:
            if p.arg not in self.parameters | roles:
                known = ", ".join(sorted(self.parameters))
                self.refuse(
                    p, f"`{p.arg}` is no parameter of `{self.row.name}`, whose parameters are {known}",
                    "Besides those there are `out`, `d_out`, and a `t_` name for each.",
                )  # fmt: skip

    def block(self, block: list[ast.stmt]) -> None:
        for s in block:
            match s:
                case ast.Assign(targets=[ast.Name(id=name)]) | ast.AugAssign(target=ast.Name(id=name), op=ast.Add()):
                    if isinstance(s, ast.AugAssign) and name not in self.names.known:
                        self.refuse(s, f"`{name}` has no value to add to", f"Write `{name} = ...` first.")
                    s.value = self.expression(s.value)
                    self.target(s, name)
                case ast.If(test=test):
                    s.test = self.expression(test)
                    before = set(self.names.known)
                    self.block(s.body)
                    after, self.names.known = self.names.known, before
                    self.block(s.orelse)
                    self.names.known &= after  # what both branches assign
                case ast.Pass() | ast.Expr(value=ast.Constant(value=str())):
                    pass
                case ast.Return():
                    self.refuse(s, "a template returns nothing")
                case _:
                    shown = type(s).__name__.lower()
                    shown = {"augassign": "augmented assignment", "annassign": "annotated assignment"}.get(shown, shown)
                    if isinstance(s, ast.Assign):
                        shown = "assignment to several names or to an element"
                    self.refuse(s, f"a template cannot have this statement ({shown})")

    def target(self, s: ast.stmt, name: str) -> None:
        if name in self.parameters or name in ("out", "d_out"):
            self.refuse(s, f"a template cannot assign to `{name}`", "Use a name of your own.")
        if name.startswith("d_") and name[2:] not in self.parameters:
            known = ", ".join(f"d_{p}" for p in sorted(self.parameters))
            self.refuse(
                s, f"`{name}` is the derivative of nothing: there are {known}",
                "Use a name that begins with something else.",
            )  # fmt: skip
        self.names.known.add(name)

    def expression(self, e: ast.expr) -> ast.expr:
        try:
            return checked_expression(e, "the template", self.names)
        except Malformed as problem:
            self.refuse(e, str(problem), problem.hint if "known" in str(problem) else TEMPLATE)
            raise

    def check_derivatives(self, own: set[str]) -> None:
        given = {n[2:] for n in self.names.known if n.startswith("d_") and n != "d_out"}
        positional = [p.name for p in self.row.pattern.parameters if p.kind in ("positional", "star")]
        wanted = {"linear": positional[:1], "bilinear": positional[:2], "rule": []}[self.row.kind]
        for name in wanted:
            if name not in given:
                what = f"the template gives no `d_{name}`"
                self.refuse(self.definition, what, f"Assign the adjoint of `{name}` to it.")
        self.refuse_some_branches()
        forward = self.row.kind == "rule" and "t_out" in self.names.known
        if not given and not forward:
            self.refuse(
                self.definition, "the template gives no derivative",
                "Assign the adjoint of each argument to `d_` and its name.",
            )  # fmt: skip
        if self.row.kind == "rule":
            self.check_tangent(given, {n[2:] for n in own if n.startswith("t_")})

    def refuse_some_branches(self) -> None:
        """Where a branch gives no derivative, it would count as zero."""
        for s in ast.walk(self.definition):
            name = s.id if isinstance(s, ast.Name) and isinstance(s.ctx, ast.Store) else ""
            if name not in self.names.known and (name == "t_out" or name.startswith("d_")):
                self.refuse(s, f"the template gives `{name}` in some branches only", "Assign it in every branch.")

    def check_tangent(self, given: set[str], taken: set[str]) -> None:
        """A template may serve one mode alone; what it gives for both must be of the same arguments."""
        if "t_out" not in self.names.known:
            if taken:
                self.refuse(
                    self.definition, "the template gives no `t_out`",
                    "Assign the tangent of the result to it, from the tangents `t_` of the arguments.",
                )  # fmt: skip
            return
        if not given and not taken:
            self.refuse(
                self.definition, "`t_out` depends on no tangent",
                "Take the tangents of the arguments as parameters, by `t_` and their names.",
            )  # fmt: skip
        read = {n.id for n in ast.walk(self.definition) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
        for name in sorted(given or taken):
            if f"t_{name}" not in read:
                what = f"the template gives `d_{name}`" if given else f"the template takes `t_{name}`"
                self.refuse(
                    self.definition, f"{what}, but `t_out` does not depend on {f'`t_{name}`' if given else 'it'}",
                    f"Take `t_{name}` as a parameter, and add what it does to `t_out`.",
                )  # fmt: skip
        for name in sorted(taken - given) if given else []:
            self.refuse(self.definition, f"the template reads `t_{name}`, but gives no `d_{name}`",
                        f"Assign the adjoint of `{name}` to it.")  # fmt: skip
