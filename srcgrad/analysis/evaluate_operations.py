"""Operations of libraries on kinds: what they give, what they change, and the refusals of those without a rule."""

from __future__ import annotations

from typing import Any

from ..frontend.bindings import root_package
from ..frontend.expansions import is_expanded
from ..ir import nodes as ir
from . import kinds as k
from .array_attributes import is_resize
from .array_steps import steps_of
from .change_calls import may_change
from .container_changes import POP
from .container_steps import result_kind as kind_after_steps
from .effects import changes, is_harmless
from .evaluate_outside import is_object
from .evaluator_parts import Env, EvaluatorParts
from .library import kind_of_object
from .mutators import as_change, ufunc_method
from .own_arithmetic import made_of
from .starred import stands_for_several
from .subscripts import index_kind

LAYOUT_METHODS = (".setflags", ".byteswap", ".resize")
LAYOUT = ("shape", "strides", "dtype", "writeable", "data")  # of an array, or of its flags


class Operations(EvaluatorParts):
    """Calls by name, of operators, functions and methods of libraries."""

    def refuse_change(self, at: Any, s: ir.Stmt, base: k.Kind | None = None) -> None:
        code, message, hint = why_not_changed(s, base)
        self.diagnose(code, message, at, s, None, hint, follows=isinstance(base, k.Unknown | k.Obj) and code == "SG213")

    def refuse_mutator(self, at: Any, s: Any, e: ir.Expr, op: str, args: list[k.Kind]) -> None:
        if op == ".add" and not args[0].active and any(a.active for a in args[1:]):
            self.diagnose(
                "SG223", "a value that carries a derivative is put into a set, whose members are compared", at, s, e,
                "Append it to a list.",
            )  # fmt: skip
        elif op in LAYOUT_METHODS:
            self.diagnose(
                "SG213", f"`{op[1:]}` changes how the memory of an array is read", at, s, e,
                "Make a new array, for example with reshape, astype or copy.",
            )  # fmt: skip
        else:
            self.diagnose(
                "SG213", f"`{op.lstrip('.')}` changes what it is given, which is not supported yet", at, s, e,
                "Build a new value instead, for example with a comprehension or np.concatenate.",
            )  # fmt: skip

    def check_effect(self, at: Any, s: ir.Stmt, e: ir.Expr, env: Env) -> None:
        """A call whose result nobody takes is made for its effect: it must not be one on its arguments."""
        match e:
            case ir.Call(op, args, keywords) if not changes(op) and op != ".at":
                kinds = [self.value(at, s, a, env) for a in (*args, *(v for _, v in keywords))]
                if op.startswith(".") and k.is_record(k.present(kinds[0])) or self.is_super(at, e):
                    return
                own = op.startswith(".") and isinstance(kinds[0], k.Obj | k.Unknown | k.Known) and not kinds[0].active
                if not (own and only_writes(kinds[0])) and not is_harmless(op, kinds[1:] if own else kinds):
                    self.diagnose(
                        "SG214", f"what `{op.lstrip('.')}` does to its arguments is not known", at, s, e,
                        "Take its result, or call it before or after the function that is differentiated.",
                        follows=True,
                    )  # fmt: skip

    def call_without_text(
        self, at: Any, s: Any, e: ir.Expr, op: str, args: list[k.Kind], keywords: dict[str, k.Kind]
    ) -> k.Kind:
        if any(isinstance(a, k.Never) for a in (*args, *keywords.values())):
            return k.Never()
        if op.startswith(".") and args and k.is_record(k.present(args[0])):
            return self.record_method(at, s, e, [k.present(args[0]), *args[1:]], keywords, op[1:])
        if op.startswith(".") and args and isinstance(args[0], k.Endless) and args[0].active:
            return self.refuse_endless(at, s, e, op[1:])
        if is_expanded(e):  # becomes a loop before anything else happens
            return k.Never()
        found = self.operated(at, s, e, op, args)
        if found is None and isinstance(e, ir.Call):
            found = self.written_into(s, e, args, keywords)
        if found is None:
            found = self.special(at, s, e, op, args, keywords)
        if found is not None:
            return found
        if changes(op):
            self.refuse_mutator(at, s, e, op, args)
            return k.Unknown()
        if isinstance(e, ir.Call) and any(a.active for a in args) and stands_for_several(e):
            message = f"how many arguments `*` gives `{op.removeprefix('builtins.')}` is not known here"
            self.diagnose("SG304", message, at, s, e, "Write them out, or pass the list itself where that will do.")
            return k.Never()
        if op.startswith(".") and is_object(args[0]):
            return self.method(at, s, e, args, keywords, op[1:])
        return self.operation(at, s, op, args, keywords, e)

    def written_into(self, s: Any, e: ir.Call, args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
        """What a call gives that changes an array, if it is understood: the array, or None."""
        if not may_change(e):
            return None
        known = {id(x): kind for x, kind in zip(e.args, args, strict=False)}
        for name, x in e.keywords:
            given = known[id(x)] = keywords[name]
            if isinstance(x, ir.Display) and isinstance(given, k.Seq):
                known.update({id(i): kind for i, kind in zip(x.items, given.items or (), strict=False)})
        if is_resize(s, e, lambda x: known.get(id(x), k.Unknown())):
            return k.Known(None)
        if steps_of(e, lambda x: known.get(id(x), k.Unknown())) is not None:
            return kind_after_steps(e, args)
        change = as_change(ufunc_method(e, lambda x: known[id(x)]), lambda x: known.get(id(x), k.Unknown()))
        if change is None:
            return None
        holders = (change.place, getattr(change.place, "base", None))
        if args and isinstance(args[0], k.Seq | k.Dict) and e.args[0] in holders:
            index = known.get(id(change.value), kind_of_object(-1)) if getattr(change, "op", "") == POP else None
            return index_kind(args[0], (index,)) if index is not None else k.Known(None)
        assert isinstance(change.place, ir.Index)
        return known.get(id(change.place.base), k.Known(None))

    def method(self, at: Any, s: Any, e: ir.Expr, args: Any, keywords: Any, name: str) -> k.Kind:
        if only_writes(args[0]):
            return k.Known(None)
        func = self.field(args[0], name, e.args[0] if isinstance(e, ir.Call) else ir.Const(None))
        if isinstance(func, k.Func):
            return self.call_function(at, s, e, func, list(args[1:]), keywords, {})  # type: ignore[arg-type]
        if any(a.active for a in (*args, *keywords.values())):
            self.diagnose("SG303", f"the source of method `{name}` cannot be found", at, s, e, "")
        return made_of(args[0], name)

    def operation(
        self, at: Any, s: Any, op: str, args: list[k.Kind], keywords: dict[str, k.Kind], e: ir.Expr | None = None
    ) -> k.Kind:
        found = self.outcomes.of(op, args, keywords)
        for code, message, hint in found.refusals:
            self.diagnose(code, message, at, s, e, hint)
        return found.kind


def only_writes(kind: k.Kind) -> bool:
    """Whether the methods of an object write to a log, and give nothing."""
    return isinstance(kind, k.Obj) and root_package(type(kind.value).__module__) == "logging"


def why_not_changed(s: ir.Stmt, base: k.Kind | None) -> tuple[str, str, str]:
    """Code, message and hint for an assignment to a place that cannot be followed."""
    place = getattr(s, "place", None)
    match place, base:
        case ir.Attribute(_, ("__class__" | "__dict__") as name), _:
            message = f"`{name}` is assigned, so what the attributes of the object are is not in the source"
            return "SG215", message, "Make a new object of the class that is meant."
        case ir.Attribute(_, name), k.Num() | k.Unknown() if name in LAYOUT:
            message = f"assigning `{name}` of an array changes how its memory is read"
            return "SG213", message, "Make a new array, for example with reshape, astype or copy."
        case ir.Attribute(_, name), k.Known(type() as owner):
            message = f"attribute `{name}` of class `{owner.__name__}` is assigned: all objects and later calls see it"
            return "SG221", message, "Keep it in an object, or pass it as an argument."
        case ir.Index(ir.Attribute(_, "__dict__")), _:
            message = "`__dict__` is assigned to, so which attribute changes is not in the source"
            return "SG215", message, "Assign the attribute by its name."
        case ir.Index(_, ir.Const(str())), k.Num() | k.Unknown():
            message = "a field of a structured array is assigned, and such arrays have no derivatives"
            return "SG218", message, "Keep each field in an array of its own."
    message = "assigning to an element or attribute is not supported yet"
    return "SG213", message, "Build a new value instead, for example with np.where or np.concatenate."
