"""Operations whose rule holds for real numbers only: where their operands may be complex.

A complex operand that is known is refused where it stands.  Where the dtype is not known, nothing complex can arise
unless an argument of unknown kind is complex, which the emitted function checks, or the program makes complex numbers
of its own, and then the operation is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..frontend.bindings import MISSING, Value
from ..ir import nodes as ir
from ..ir.build import call
from ..ir.walk import statement_expressions, statements, subexpressions
from ..rules.registry import holds_for_reals_only, lookup
from . import kinds as k
from .instance import Instance
from .interpret import Interpreter

MAKES_COMPLEX = ("numpy.fft.", "numpy.emath.", "numpy.lib.scimath.", "cmath.", "scipy.fft.", "numpy.roots",
                 "numpy.linalg.eig", "scipy.linalg.eig", "scipy.signal.")  # fmt: skip
REAL = ("numpy.linalg.eigh", "numpy.linalg.eigvalsh")
HINT = "Take np.real, np.imag or np.abs first, or convert with np.asarray(..., float)."


def may_be_complex(kind: k.Kind) -> bool | None:
    """Whether a value holds complex numbers; None where that is not known."""
    match kind:
        case k.Num():
            return kind.is_complex
        case k.Seq(_, items, element):
            found = [may_be_complex(i) for i in (items if items is not None else (element,)) if i is not None]
        case k.Dict(items, element) if not isinstance(kind, k.Linked):
            found = [may_be_complex(v) for _, v in items] if items is not None else [may_be_complex(element)]  # type: ignore[arg-type]
        case k.Unknown():
            return None
        case _:
            return False
    return True if True in found else None if None in found else False


def real_operands(
    interpreter: Interpreter, entry: Instance, kind_at: Callable[..., k.Kind], diagnose: Any
) -> list[ir.Stmt]:
    """Refuse operands that may be complex; the statements that check, in the emitted function, those which cannot."""
    doubtful = list(doubtful_calls(interpreter, kind_at))
    if not doubtful:
        return []
    instances = list(interpreter.instances.values())
    unknown = {n: e for at in instances for n, e in values_from_outside(at).items()}
    hidden = any(values_from_outside(at) for at in instances if at.function.scope is not entry.function.scope)
    complex_ = any(map(makes_complex, instances)) or any(map(may_be_complex, entry.params.values()))
    if hidden or complex_:
        for at, s, e in doubtful:
            name = getattr(lookup(e.op), "name", e.op)
            diagnose("SG302", f"`{name}`: whether its operands are complex is not known here", at, s, e, HINT)
        return []
    checked: list[ir.Expr] = [ir.Name(n) for n, v in entry.params.items() if may_be_complex(v) is None]
    checked += [unknown[n] for n in sorted(unknown)]
    return [ir.Eval(call("srcgrad.runtime.require_real_items", *checked))] if checked else []


def doubtful_calls(
    interpreter: Interpreter, kind_at: Callable[..., k.Kind]
) -> Iterator[tuple[Instance, ir.Stmt, ir.Call]]:
    """Active calls of such operations with an operand that may or may not be complex."""
    for at in interpreter.instances.values():
        for s in statements(at.body):
            for e in statement_expressions(s):
                for sub in subexpressions(e):
                    if isinstance(sub, ir.Call) and holds_for_reals_only(sub.op):
                        found = [kind_at(at, s, a) for a in sub.args if not is_part_of_complex(a)]
                        if any(f.active for f in found) and None in map(may_be_complex, found):
                            yield at, s, sub


def is_part_of_complex(e: ir.Expr) -> bool:
    """Whether a value is real by its own words, whatever it is made of."""
    return isinstance(e, ir.Call) and e.op in ("numpy.real", "numpy.imag", "numpy.abs", "numpy.absolute")


def values_from_outside(at: Instance) -> dict[str, ir.Expr]:
    """Globals that a function reads and of which nothing is known, since its file is not imported."""
    found: dict[str, ir.Expr] = {}
    for s in statements(at.body):
        for e in statement_expressions(s):
            for sub in subexpressions(e):
                if isinstance(sub, ir.Name) and sub.id not in at.names and sub.id not in at.params:
                    scope, own = at.home(sub.id)
                    bound = scope.binding((own,))
                    if isinstance(bound, Value) and bound.value is MISSING:
                        found[sub.id] = sub
    return found


def gives_complex(op: str) -> bool:
    if "complex" in op:
        return not op.endswith(("iscomplex", "iscomplexobj"))
    return op.startswith(MAKES_COMPLEX) and not op.startswith(REAL)


def makes_complex(at: Instance) -> bool:
    """Whether a function has a complex constant or global, or calls what turns real numbers into complex ones."""
    for s in statements(at.body):
        for e in statement_expressions(s):
            for sub in subexpressions(e):
                match sub:
                    case ir.Const(complex()):
                        return True
                    case ir.Const(str(text)) if "complex" in text:
                        return True
                    case ir.Name("complex") | ir.Attribute(_, "complex64" | "complex128" | "clongdouble" | "cdouble"):
                        return True
                    case ir.Call(op) if gives_complex(op):
                        return True
    return any(may_be_complex(v) for v in at.names.values())
