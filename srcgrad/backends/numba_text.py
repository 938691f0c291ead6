"""The text of a derivative module for numba: the sweeps compiled, the checks of the arguments in plain Python before.

    def f_grad(x, d_out=1.0):                 def f_grad(x, d_out=1.0):
        require_numbers(x)                        require_numbers(x)
        (sweeps)                        ->        return f_grad_compiled(x, d_out)

                                              @njit
                                              def f_grad_compiled(x, d_out):
                                                  (sweeps)

What numba has no equal for is refused here, with the line it stands in.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import libcst as cst
import libcst.matchers as m

from ..diagnostics import refuse
from ..emit.standalone import plain, with_helpers
from ..syntax import parsed

HELPERS = ("spread", "masked", "add_at", "unbroadcast")
PARTS = {
    "unbroadcast": ("unbroadcast", "unbroadcast_typed", "summed", "unchanged", "fitted_rows", "fitted_matrix"),
}
IMPORTS = {
    "spread": "from numba import njit",
    "add_at": "from numba import njit",
    "masked": "from numba import vectorize",
    "unbroadcast": "from numba import types\nfrom numba.extending import overload",
}
CHECKS = (
    "require_arrays", "require_no_lists", "require_scalars", "require_form", "require_numbers", "require_real",
    "require_real_items",
)  # fmt: skip
BUILTINS = frozenset({
    "range", "len", "abs", "min", "max", "sum", "float", "int", "bool", "complex", "round", "enumerate", "zip",
    "tuple", "list", "ValueError", "TypeError", "print", "divmod", "pow", "isinstance", "reversed", "next", "iter",
})  # fmt: skip


def compiled_text(text: str, entry: str, where: Any, cache: bool) -> tuple[str, frozenset[str]]:
    """The text with its functions compiled, and the helpers it uses.  `where`: the source that refusals point to.

    `cache`: compiled code is kept beside the file from one run to the next.
    """
    module = cst.parse_module(text)
    check(module, entry, where)
    pass_ = Compiled(entry, "njit(cache=True)" if cache else "njit")
    return module.visit(pass_).code, frozenset(pass_.helpers)


class Compiled(cst.CSTTransformer):
    """Rewrites calls, and cuts the entry in two."""

    def __init__(self, entry: str, decorator: str) -> None:
        self.entry = entry
        self.decorator = cst.Decorator(cst.parse_expression(decorator))
        self.helpers: set[str] = set()
        self.depth = 0

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self.depth += 1

    def leave_FunctionDef(
        self, original: cst.FunctionDef, updated: cst.FunctionDef
    ) -> cst.FunctionDef | cst.FlattenSentinel[cst.FunctionDef]:
        self.depth -= 1
        if self.depth:
            return updated
        if original.name.value != self.entry:
            return updated.with_changes(decorators=(self.decorator,))
        return cst.FlattenSentinel(self.cut(updated))

    def cut(self, entry: cst.FunctionDef) -> list[cst.FunctionDef]:
        """The compiled sweeps, and the function that checks its arguments before it runs them."""
        body: list[Any] = list(entry.body.body)
        checks = next(n for n, s in enumerate(body) if not is_check(s))
        name = f"{self.entry}_compiled"
        first = [row for row in body[checks].leading_lines if row.comment is not None]
        params = entry.params.with_changes(
            params=tuple(p.with_changes(default=None, equal=cst.MaybeSentinel.DEFAULT) for p in entry.params.params)
        )
        sweeps = entry.with_changes(
            name=cst.Name(name), params=params, decorators=(self.decorator,),
            body=entry.body.with_changes(body=(body[checks].with_changes(leading_lines=first), *body[checks + 1 :])),
        )  # fmt: skip
        args = ", ".join(p.name.value for p in entry.params.params)
        call = cst.parse_statement(f"return {name}({args})")
        outer = entry.with_changes(
            body=entry.body.with_changes(body=(*body[:checks], call))
        )
        return [sweeps, outer]

    def leave_Call(self, original: cst.Call, updated: cst.Call) -> cst.BaseExpression:
        name = cst.Module(()).code_for_node(updated.func)
        if name == "np.broadcast_to":
            self.helpers.add("spread")
            return updated.with_changes(func=cst.Name("spread"))
        if name == "reversed" and m.matches(updated.args[0].value, m.Call(m.Name("range"))):
            return backwards(updated.args[0].value)  # type: ignore[arg-type]
        if name in HELPERS:
            self.helpers.add(name)
        return updated


def backwards(call: cst.Call) -> cst.BaseExpression:
    """`reversed(range(a, b, s))` as a range."""
    code = cst.Module(()).code_for_node
    args = [code(a.value) for a in call.args]
    if len(args) == 1:
        return cst.parse_expression(f"range({args[0]} - 1, -1, -1)")
    if len(args) == 2:
        return cst.parse_expression(f"range({args[1]} - 1, {args[0]} - 1, -1)")
    start, stop, step = args
    last = f"{start} + (len(range({start}, {stop}, {step})) - 1) * ({step})"
    return cst.parse_expression(f"range({last}, {start} - ({step}), -({step}))")


def is_check(s: cst.BaseStatement) -> bool:
    """Whether a statement of the entry is its docstring or looks at the arguments only."""
    if m.matches(s, m.SimpleStatementLine([m.Expr(m.SimpleString() | m.ConcatenatedString())])):
        return True
    if m.matches(s, m.SimpleStatementLine([m.Expr(m.Call(m.Name()))])):
        return s.body[0].value.func.value in CHECKS  # type: ignore[attr-defined, no-any-return]
    return m.matches(s, m.If(body=m.IndentedBlock([m.SimpleStatementLine([m.Raise() | m.Expr()])]))) and "raise" in (
        cst.Module(()).code_for_node(s)
    )


# ----- what numba has -----


def check(module: cst.Module, entry: str, where: Any) -> None:
    """Refuse operations that numba does not know."""
    seen: set[str] = set()
    found = Calls(module, entry)
    module.visit(found)
    for name, line in found.outside:
        refuse(
            "SG501", f"compiled code would keep the value that `{name}` has now, in `{line}`", where.span, where,
            "Pass it as an argument.",
        )  # fmt: skip
    for name, line in found.calls:
        if name in seen or is_known(name, found.defined):
            continue
        seen.add(name)
        refuse(
            "SG501", f"numba has no equal for `{name}`, in `{line}`", where.span, where,
            "Emit for the target numpy, or write the operation as a loop.",
        )  # fmt: skip


class Calls(cst.CSTVisitor):
    """Every call of a name or attribute in the compiled part, with its line."""

    def __init__(self, module: cst.Module, entry: str) -> None:
        self.code = module.code_for_node
        self.entry = entry
        self.calls: list[tuple[str, str]] = []
        self.outside: list[tuple[str, str]] = []
        self.line = ""
        self.defined = {s.name.value for s in m.findall(module, m.FunctionDef())}  # type: ignore[attr-defined]
        self.imported = imported(module)

    def visit_SimpleStatementLine(self, node: cst.SimpleStatementLine) -> bool:
        self.line = self.code(node).strip().splitlines()[-1]
        return not is_check(node)

    def visit_If(self, node: cst.If) -> bool:
        return not is_check(node)

    def visit_Import(self, node: cst.Import) -> bool:
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        return False

    def visit_Name(self, node: cst.Name) -> None:
        if node.value in self.imported:
            self.outside.append((node.value, self.line))

    def visit_Call(self, node: cst.Call) -> None:
        if isinstance(node.func, cst.Name | cst.Attribute):
            self.calls.append((self.code(node.func), self.line))


def imported(module: cst.Module) -> set[str]:
    """Names that the module imports from the user's own modules."""
    found: set[str] = set()
    for row in module.code.splitlines():
        if row.startswith("import "):
            found.add(row.split()[-1].partition(".")[0])
        elif row.startswith("from ") and not row.startswith("from srcgrad.runtime "):
            found |= {part.split()[-1] for part in row.partition(" import ")[2].strip("()").split(",") if part.strip()}
    return found - {"np", "math"}


def is_known(name: str, defined: set[str]) -> bool:
    head, _, rest = name.partition(".")
    if head == "np":
        return numba_knows(rest)
    if not rest:
        return name in defined or name in HELPERS or name in BUILTINS
    return True  # a method, or a function of math: numba says itself what it lacks


def numba_knows(path: str) -> bool:
    """Whether numba types a function of NumPy."""
    import numpy as np
    from numba.core.errors import NumbaError
    from numba.core.registry import cpu_target

    target: Any = np
    for part in path.split("."):
        target = getattr(target, part, None)
    if path == "broadcast_to":
        return True
    cpu_target.target_context.refresh()  # the functions are registered when code is first compiled
    cpu_target.typing_context.refresh()
    try:
        return cpu_target.typing_context.resolve_value_type(target) is not None
    except (NumbaError, TypeError, ValueError, KeyError, NotImplementedError):
        return False


# ----- the helpers, copied in -----


def with_numba(text: str, helpers: frozenset[str], copied: bool) -> str:
    """The text with what it needs of numba and the helpers: imported, or `copied` in."""
    lines = text.splitlines()
    first = next(n for n, row in enumerate(lines) if row.startswith(("def ", "@")))
    checks = [name for name in CHECKS if any(f"{name}(" in row for row in lines[first:])]
    kept = [row for row in lines[:first] if row.startswith(("import ", "from ")) and "srcgrad.runtime" not in row]
    needed = {"from numba import njit"}
    own: list[str] = []
    if helpers and not copied:
        needed.add(f"from srcgrad.backends.numba_helpers import {', '.join(sorted(helpers))}")
    elif helpers:
        needed |= {row for h in helpers for row in IMPORTS[h].split("\n")}
        own = [source_of(h) for h in sorted(helpers)]
    if checks:
        needed.add(f"from srcgrad.runtime import {', '.join(checks)}")
    imports = sorted({*kept, *needed}, key=lambda row: (row.startswith("from "), row))
    top = [row for row in lines[:first] if not row.startswith(("import ", "from "))]
    head = "\n".join(top).strip() + "\n\n" + "\n".join(imports)
    found = "\n\n\n".join([head, *own, "\n".join(lines[first:]).strip()]) + "\n"
    return with_helpers(found, frozenset(checks)) if copied else found


def source_of(helper: str) -> str:
    """The source of a helper, without annotations."""
    text = (Path(__file__).parent / "numba_helpers.py").read_text(encoding="utf-8")
    found = []
    for node in parsed(text).body:
        if isinstance(node, ast.FunctionDef) and node.name in PARTS.get(helper, (helper,)):
            decorators = "".join(f"@{ast.unparse(d)}\n" for d in node.decorator_list)
            found.append(decorators + plain(ast.get_source_segment(text, node) or ""))
    return "\n\n\n".join(found)
