"""What the parts of the evaluator (`evaluate`, `evaluate_calls`, `evaluate_operations`, `evaluate_outside`) share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..ir import nodes as ir
from ..ir.program import Function
from . import kinds as k
from .in_python import InPython
from .outcomes import Outcomes

Env = dict[str, k.Kind]


class EvaluatorParts:
    """`diagnose(code, message, instance, statement, expression, hint)` takes refusals."""

    def __init__(self, interpreter: Any, diagnose: Any) -> None:
        self.interpreter, self.diagnose = interpreter, diagnose
        self.lambdas: dict[int, tuple[ir.Lambda, Function]] = {}
        self.lambda_names: dict[int, str] = {}
        self.externals: dict[Any, Any] = {}
        self.conversions: dict[int, tuple[ir.Call, ir.Expr | None]] = {}
        self.open_items: list[ir.Comprehension] = []  # of which nothing is known yet
        self.outcomes = Outcomes(interpreter.mode)
        self.in_python = InPython(lambda f: self.interpreter.load(f))

    if TYPE_CHECKING:  # what one part asks of another

        def value(self, at: Any, s: ir.Stmt | None, e: ir.Expr, env: Env) -> k.Kind: ...

        def call(
            self, at: Any, s: Any, e: ir.Expr, op: str, args: list[k.Kind], keywords: dict[str, k.Kind]
        ) -> k.Kind: ...

        def call_without_text(
            self, at: Any, s: Any, e: ir.Expr, op: str, args: list[k.Kind], keywords: dict[str, k.Kind]
        ) -> k.Kind: ...

        def special(
            self, at: Any, s: Any, e: ir.Expr, op: str, args: list[k.Kind], keywords: dict[str, k.Kind]
        ) -> k.Kind | None: ...

        def call_function(
            self, at: Any, s: Any, e: ir.Apply, func: k.Func, args: list[k.Kind], keywords: dict[str, k.Kind], env: Env
        ) -> k.Kind: ...

        def closure(self, function: Function, env: Env, cells: dict[str, str] | None = None) -> k.Kind: ...

        def entry(self, kind: k.Kind, access: ir.Expr) -> k.Kind: ...

        def field(self, base: Any, name: str, access: ir.Expr) -> k.Kind: ...

        def record_attribute(self, at: Any, s: Any, e: ir.Attribute, base: k.Dict, env: Env) -> k.Kind: ...

        def bound(self, at: Any, kind: k.Kind, member: Any, access: ir.Expr) -> k.Func | None: ...

        def record_method(
            self, at: Any, s: Any, e: Any, args: list[k.Kind], keywords: Any, name: str
        ) -> k.Kind: ...

        def chosen_method(
            self, at: Any, s: Any, e: Any, base: Any, args: list[k.Kind], keywords: dict[str, k.Kind], name: str
        ) -> k.Kind: ...

        def construct(
            self, at: Any, s: Any, e: ir.Apply, cls: Any, args: list[k.Kind], keywords: dict[str, k.Kind], env: Env
        ) -> k.Kind: ...

        def free(self, at: Any, chain: tuple[str, ...], env: Env | None = None) -> k.Kind: ...

        def is_super(self, at: Any, e: ir.Expr) -> bool: ...

        def operated(self, at: Any, s: Any, e: ir.Expr, op: str, args: list[k.Kind]) -> k.Kind | None: ...

        def operation(
            self, at: Any, s: Any, op: str, args: list[k.Kind], keywords: dict[str, k.Kind], e: ir.Expr | None = None
        ) -> k.Kind: ...

        def refuse_endless(self, at: Any, s: Any, e: ir.Expr, name: str) -> k.Kind: ...

        def refuse_object(self, at: Any, s: Any, e: Any, message: str) -> None: ...

        def refuse_mixed(self, at: Any, s: Any, e: Any, found: k.Mixed) -> None: ...

        def refuse_properties(self, at: Any, s: Any, code: str, env: Env, where: str) -> None: ...

        def refuse_iteration(self, at: Any, s: Any, found: k.Kind) -> None: ...
