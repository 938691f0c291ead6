"""Text: what its methods give, and that no number comes back out of it with its derivative lost.

    "a,b".upper()       text            "a,b".count(",")        int
    "a,b".split(",")    list of text    "a,b".startswith("a")   bool
    float("2.5")        a constant      float(f"{x}")           refused where x carries a derivative
"""

from __future__ import annotations

import ast
from typing import Any

from ..frontend.operators import OPERATORS
from ..ir import nodes as ir
from ..syntax import parsed_expression
from . import kinds as k
from .asked_in_text import beyond_attributes, shown_object, untold
from .contexts import METHODS, check
from .evaluator_parts import Env, EvaluatorParts
from .operator_methods import method_of

NUMBERS = frozenset({".count", ".find", ".rfind", ".index", ".rindex"})
LISTS = frozenset({".split", ".rsplit", ".splitlines"})
TUPLES = frozenset({".partition", ".rpartition"})
TEXTS = frozenset({
    ".capitalize", ".casefold", ".center", ".decode", ".encode", ".expandtabs", ".format", ".format_map", ".hex",
    ".join", ".ljust", ".lower", ".lstrip", ".removeprefix", ".removesuffix", ".replace", ".rjust", ".rstrip",
    ".strip", ".swapcase", ".title", ".translate", ".upper", ".zfill",
})  # fmt: skip
READERS = frozenset(f"builtins.{n}" for n in ("float", "complex", "bytes", "bytearray", "memoryview"))
WITHOUT_NUMBERS = ("collections.", "functools.", "itertools.", "logging.", "numpy.testing.", "operator.", "srcgrad.",
                   "warnings.")  # fmt: skip


class Texts(EvaluatorParts):
    """Calls, and what they have to do with text."""

    def refuse_properties(self, at: Any, s: Any, code: str, env: Env, where: str) -> None:
        """Objects have their attributes in what is kept as text; what their classes make of them they have not."""
        if not any(k.is_record(kind) or any(map(k.is_record, k.inside(kind))) for kind in env.values()):
            return
        tree = parsed_expression(code)
        for e in dict.fromkeys((*untold(tree, env), *beyond_attributes(tree, env))):
            own = isinstance(e, ast.Attribute)
            what = "is no attribute of the object itself" if own else "asks an object for more than its attributes"
            self.diagnose(
                "SG310", f"`{ast.unparse(e)}` {what}, and stands in {where}", at, s, None,
                "Give it a name in a statement of its own.",
            )  # fmt: skip

    def call(self, at: Any, s: Any, e: ir.Expr, op: str, args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind:
        given = (*args, *keywords.values())
        if op in METHODS and not check(self, at, s, op, args[0]):
            return k.Never()
        if may_read_numbers(op) and any(map(is_tainted, given)):
            message = "a number read from text has no derivative rule: the text may hold an active value"
            self.diagnose("SG301", message, at, s, e, "Use the number itself.")
            return k.Never()
        mixed = next((a for a in given if isinstance(a, k.Mixed)), None)
        if mixed is not None and op not in ("operator.not_", "builtins.bool"):
            self.refuse_mixed(at, s, e, mixed)
            return k.Unknown(mixed.active)
        shown = shown_object(op, args, given)
        if shown is not None and method_of(op, args) is None:
            name = op.lstrip(".").removeprefix("builtins.").removeprefix("operator.")
            self.refuse_object(at, s, e, f"an object of class `{shown.cls.name}` is written as text by `{name}`")  # type: ignore[union-attr]
            return k.TEXT
        found = self.text_result(op, args, given)
        if found is not None:
            return found
        found = self.call_without_text(at, s, e, op, args, keywords)
        if k.is_text(found) and writes_numbers(op) and any(a.active or is_tainted(a) for a in given):
            return k.TEXT
        return found

    @staticmethod
    def text_result(op: str, args: list[k.Kind], given: tuple[k.Kind, ...]) -> k.Kind | None:
        if op.startswith(".") and args and k.is_text(args[0]):
            return text_method(op, k.WORDS if all(map(k.is_plain, given)) else k.TEXT)
        if op in OPERATORS and any(k.is_text(a) for a in args):
            return k.WORDS if all(map(k.is_plain, args)) else k.TEXT
        return None


def text_method(op: str, text: k.Kind) -> k.Kind:
    """The kind of `text.method(...)`, where text made of the two is `text`."""
    if op in TEXTS:
        return text
    if op in NUMBERS:
        return k.Num("python", "int", ())
    if op.startswith((".is", ".startswith", ".endswith")):
        return k.Num("python", "bool", ())
    if op in LISTS:
        return k.Seq("list", None, text)
    return k.Seq("tuple", (text,) * 3) if op in TUPLES else k.Unknown()


def is_tainted(kind: k.Kind) -> bool:
    """Whether something is, or has in it, text that may have been made of a number that carries a derivative."""
    if isinstance(kind, k.Maybe):
        return is_tainted(kind.inner)
    return kind == k.TEXT or any(map(is_tainted, k.inside(kind)))


def may_read_numbers(op: str) -> bool:
    """Whether a function could make a number with a fraction out of text: any but those that are known not to."""
    if op.startswith("builtins."):
        return op in READERS
    return not op.startswith((".", *WITHOUT_NUMBERS))


def writes_numbers(op: str) -> bool:
    """Whether text that a call gives may be made of its arguments, rather than one of them."""
    return op in ("builtins.str", "builtins.repr", "builtins.format", "builtins.ascii") or not op.startswith(
        (".", "builtins.")
    )
