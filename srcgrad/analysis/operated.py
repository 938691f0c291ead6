"""What an operation is where objects are among its operands, or in them.

Most are method calls (`Never`: `resolve_objects` writes them so); what NumPy or Python would do with an object on its
own is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..frontend.expansions import SUM_OF_OBJECTS
from ..frontend.several_classes import OneOf
from ..ir import nodes as ir
from . import kinds as k
from .comparisons import ORDER_OF, PICKED, by_key, compares_sequences, fields_in_order, picked
from .containers import element_kind
from .field_tuples import can_be_written_out, holds_tuples, takes_fields
from .instances import may_do_more
from .iterated import gives_items, takes_items
from .named_attributes import GETATTR, HASATTR, by_name, may_lack
from .object_truth import compares_inside, truth_method
from .operator_methods import BINARY, meets_object, method_of
from .taken_down import COPIES, COPYING, gets_a_name, taken_down

BOOL = k.Num("python", "bool", ())


@dataclass(frozen=True, slots=True)
class Operated:
    """A call of an operation; `evaluator` notes what is refused."""

    evaluator: Any
    at: Any
    s: Any
    e: Any
    op: str
    args: list[k.Kind]

    def kind(self, x: ir.Expr) -> k.Kind:
        """The kind of one of the arguments."""
        return next((kind for a, kind in zip(self.given, self.args, strict=False) if a is x), k.Unknown())

    @property
    def given(self) -> tuple[ir.Expr, ...]:
        return getattr(self.e, "args", ())

    @property
    def has_key(self) -> bool:
        return any(n == "key" for n, _ in getattr(self.e, "keywords", ()))

    @property
    def shown(self) -> str:
        return self.op.lstrip(".").removeprefix("builtins.").removeprefix("operator.")

    def refuse(self, message: str) -> k.Kind:
        self.evaluator.refuse_object(self.at, self.s, self.e, message)
        return k.Unknown()


Answer = Callable[[Operated], k.Kind | None]


def of_objects(o: Operated) -> k.Kind | None:
    """None if there is no object among the operands, or it is put into a container."""
    for answer in OF_CONTAINERS:
        found = answer(o)
        if found is not None:
            return found
    if not any(k.is_record(a) for a in o.args) or o.op.startswith("srcgrad."):
        return None
    for answer in OF_OBJECTS:
        found = answer(o)
        if found is not None:
            return found
    if o.op.startswith(".") and isinstance(o.args[0], k.Seq | k.Dict):
        return None
    return asked_class(o) or called(o)


# ----- of values that hold objects, and of constant objects -----


def made_or_summed(o: Operated) -> k.Kind | None:
    empty = o.op == "types.SimpleNamespace" and not o.args
    summed = o.op in ("builtins.sum", SUM_OF_OBJECTS) and o.args and k.is_record(element_kind(o.args[0]))
    return k.Never() if empty or summed else None


def sorted_objects(o: Operated) -> k.Kind | None:
    if o.op != ORDER_OF or not o.args:
        return None
    if by_key(o.e, o.args[0]) is not None:
        return k.Never()
    held: Any = element_kind(o.args[0])
    if k.is_record(held) and len(o.args) == len(o.given) and not o.has_key:
        return o.refuse(f"objects of class `{held.cls.name}` are sorted by themselves")
    return None


def extreme_fields(o: Operated) -> k.Kind | None:
    if o.op not in PICKED or len(o.args) != 1 or fields_in_order(element_kind(o.args[0])) is None:
        return None
    return k.Never() if picked(o.e, lambda x: o.args[0]) is not None else None


def compared_inside(o: Operated) -> k.Kind | None:
    sorts_by_key = o.op == ".sort" and isinstance(o.e, ir.Call) and o.has_key
    inner: Any = compares_inside(o.op, o.args) if not sorts_by_key else None
    if inner is None:
        return None
    return o.refuse(f"objects of class `{inner.cls.name}` are compared or tested by `{o.shown}`")


def method_of_a_constant(o: Operated) -> k.Kind | None:
    return k.Never() if meets_object(o.op, o.args) else None


def compared_sequences(o: Operated) -> k.Kind | None:
    if not compares_sequences(o.op, o.args):
        return None
    if picked(o.e, o.kind) is not None:
        return k.Never()
    message = f"`{o.op.removeprefix('builtins.')}` compares tuples or lists that carry derivatives"
    o.evaluator.diagnose("SG302", message, o.at, o.s, o.e, "Give each of them, or the list of them, a name first.")
    return k.Unknown()


def listed_tuples(o: Operated) -> k.Kind | None:
    held: Any = holds_tuples(o.op, o.given, o.args)
    if held is None:
        return None
    if can_be_written_out(o.given, o.args):
        return k.Never()
    return o.refuse(f"a list of objects of class `{held.cls.name}` is given to `{o.op.removeprefix('builtins.')}`")


# ----- of objects -----


def asked_by_name(o: Operated) -> k.Kind | None:
    if o.op not in (HASATTR, GETATTR):
        return None
    if by_name(o.e, o.kind) is not None:
        return BOOL if o.op == HASATTR else k.Never()
    return BOOL if o.op == HASATTR and may_lack(o.e, o.args[0]) else None


def copied(o: Operated) -> k.Kind | None:
    if o.op in COPYING and taken_down(o.e, o.kind) is not None or gets_a_name(o.s, o.e, o.args[0]):
        return k.Never()
    copies = COPIES.get(o.op)
    return k.Never() if copies is not None and copies(o.e, o.kind) is not None else None


def items_taken(o: Operated) -> k.Kind | None:
    chosen = o.op in PICKED and picked(o.e, o.kind) is not None
    counted = o.op == "builtins.len" and gives_items(o.args[0])
    written_out = chosen or counted or takes_items(o.op, o.args) or takes_fields(o.op, o.given, o.args)
    return k.Never() if written_out else None


def call_asked(o: Operated) -> k.Kind | None:
    if o.op not in ("builtins.isinstance", "builtins.type") or not may_do_more(o.given[0]):
        return None
    return o.refuse("what a call gives is asked for its class, and is an object")


def truth(o: Operated) -> k.Kind | None:
    if o.op not in ("operator.not_", "builtins.bool") or len(o.args) != 1:
        return None
    return k.Never() if truth_method(o.args[0]) else BOOL


def asked_class(o: Operated) -> k.Kind | None:
    cls: Any = getattr(o.args[0], "cls", None)
    if o.op == "builtins.isinstance" and isinstance(o.args[0], k.Dict) and isinstance(cls, OneOf):
        o.evaluator.interpreter.program.tagged |= set(cls.classes)
    if o.op == "builtins.type" and len(o.args) == 1 and not isinstance(cls, OneOf):
        return k.Known(cls.value)
    return None


def called(o: Operated) -> k.Kind:
    """The method that an operator is, or a refusal."""
    if any(isinstance(a, k.Never) for a in (o.args if o.op in BINARY else o.args[: o.op.startswith(".")])):
        return k.Never()
    if method_of(o.op, o.args) is not None or o.op == "builtins.isinstance" and is_asked_of(o.args):
        return k.Never()
    found: Any = next(a for a in o.args if k.is_record(a))
    return o.refuse(f"an object of class `{found.cls.name}` is given to `{o.shown}`")


OF_CONTAINERS: tuple[Answer, ...] = (
    made_or_summed, sorted_objects, extreme_fields, compared_inside, method_of_a_constant, compared_sequences,
    listed_tuples,
)  # fmt: skip
OF_OBJECTS: tuple[Answer, ...] = (asked_by_name, copied, items_taken, call_asked, truth)


def may_be_a_class(kind: k.Kind) -> bool:
    """Whether a value of which nothing is known, such as an argument, is asked for as a class."""
    if isinstance(kind, k.Seq) and kind.items is not None:
        return any(map(may_be_a_class, kind.items))
    return isinstance(kind, k.Num | k.Unknown)


def is_asked_of(args: list[k.Kind]) -> bool:
    """Whether `isinstance` is asked of an object, with classes that are known."""
    return k.is_record(args[0]) and len(args) == 2 and not may_be_a_class(args[1])
