"""Objects of user classes on kinds: how they are made, their attributes, methods, properties and operators.

What is written with an operator, a property or `len` is a method call; `resolve_objects` writes it as one, and until
then it has no value yet (`Never`).
"""

from __future__ import annotations

from dataclasses import replace
from inspect import unwrap as unwrapped
from typing import Any

from ..frontend.bindings import MISSING, Value
from ..frontend.classes import Class, Member, class_of
from ..frontend.expansions import SUM_OF_OBJECTS
from ..frontend.several_classes import TAG, OneOf
from ..ir import nodes as ir
from . import kinds as k
from .comparisons import ORDER_OF, PICKED, by_key, compares_sequences, fields_in_order, picked
from .constructors import Refused
from .containers import element_kind
from .dispatch import KEPT, OF_CLASS, Unclear, class_named
from .evaluator_parts import Env, EvaluatorParts
from .field_tuples import ASKED, can_be_written_out, holds_tuples, is_tuple, stands_for_fields, takes_fields
from .instances import may_do_more
from .iterated import can_repeat, gives_items, may_be_endless, takes_items
from .methods import class_expression, definer, of_base, with_defaults
from .named_attributes import GETATTR, HASATTR, by_name, keeps, may_lack
from .object_truth import compares_inside, truth_method
from .owners import owner_of
from .taken_down import COPIES, COPYING, gets_a_name, taken_down

BINARY = {
    "operator.add": "add", "operator.sub": "sub", "operator.mul": "mul", "operator.truediv": "truediv",
    "operator.matmul": "matmul", "operator.pow": "pow", "operator.floordiv": "floordiv", "operator.mod": "mod",
}  # fmt: skip
UNARY = {"operator.neg": "__neg__", "operator.pos": "__pos__", "builtins.abs": "__abs__", "builtins.len": "__len__",
         "builtins.reversed": "__reversed__", "builtins.repr": "__repr__"}  # fmt: skip


class Objects(EvaluatorParts):
    """Records: `kinds.Dict` with a class."""

    def construct(
        self, at: Any, s: Any, e: ir.Apply, cls: Class, args: list[k.Kind], keywords: dict[str, k.Kind], env: Env
    ) -> k.Kind:
        given = set(keywords)
        fields = cls.fields
        if fields is not None:
            given |= {f.name for f in [f for f in fields if f.init and not f.keyword][: len(args)]}
        try:
            target = self.interpreter.program.constructors(cls, at.function, frozenset(given))
        except Refused as reason:
            self.refuse_object(at, s, e, f"an object of class `{cls.name}` cannot be followed: {reason}")
            return k.Unknown()
        made = self.call_function(at, s, e, k.Func(target), args, keywords, env)
        if cls.first_values and id(e) in at.calls:
            at.calls[id(e)].instance.class_names.add(cls.name)
        return made

    def refuse_object(self, at: Any, s: Any, e: Any, message: str) -> None:
        self.diagnose("SG310", message, at, s, e, "Pass the numbers it holds, or make it before the call.")

    def refuse_mixed(self, at: Any, s: Any, e: Any, found: k.Mixed) -> None:
        self.refuse_object(at, s, e, f"an object of class `{found.name}` may be something else instead")

    def refuse_deletion(self, at: Any, s: Any, base: k.Kind, env: Env) -> Env:
        if not isinstance(base, k.Never):
            message = "`del` of an attribute cannot be differentiated here"
            self.diagnose("SG207", message, at, s, None, "Assign None to it.")
        return env

    def record_attribute(self, at: Any, s: Any, e: ir.Attribute, base: k.Dict, env: Env) -> k.Kind:
        member = base.cls.member(e.name)
        if member is not None and (member.kind == "property" or isinstance(base.cls, OneOf)):
            return dict(base.items or ())[e.name] if keeps(base, e.name) else k.Never()
        for n, kind in base.items or ():
            if n == e.name:
                return kind
        if member is None and e.name == TAG:
            return k.TEXT
        if member is None:
            return k.Never() if base.items is None else self.missing(at, s, e, base)
        if member.kind == "value":
            return self.class_value(at, s, e, base, env)
        return self.bound(at, base, member, e.base) or k.Unknown()

    def class_value(self, at: Any, s: Any, e: ir.Attribute, base: k.Dict, env: Env) -> k.Kind:
        """A constant of the class, read where the class has its name."""
        name = base.cls.name
        found = at.function.scope.binding((name,)) if name not in env else None
        if not isinstance(found, Value) or found.value is not base.cls.value:
            self.refuse_object(at, s, e, f"`{e.name}` is a constant of class `{name}`, which has another name here")
            return k.Unknown()
        at.class_names.add(name)
        return self.free(at, (name, e.name))

    def missing(self, at: Any, s: Any, e: ir.Attribute, base: k.Dict) -> k.Kind:
        if e.name in ("__class__", "__dict__"):
            message = f"`{e.name}` is read, so what the program asks of the object is not in the source"
            self.diagnose("SG215", message, at, s, e, "Read and assign attributes by their names.")
        return k.Never()

    def bound(self, at: Any, kind: k.Kind, member: Member, access: ir.Expr) -> k.Func | None:
        """A method with the object it is of."""
        function = self.interpreter.load(member.value)
        if function is None:
            return None
        if member.kind == "static":
            return k.Func(function)
        if member.kind == "class":
            named = class_expression(at, kind.cls)  # type: ignore[union-attr]
            kind, access = k.Known(kind.cls.value), named or ir.Const(None)  # type: ignore[union-attr]
        return k.Func(function, (k.Held("#0", kind, access),))

    def record_method(self, at: Any, s: Any, e: Any, args: list[k.Kind], keywords: Any, name: str) -> k.Kind:
        """`p.move(dt)`; also ".fget.x" and ".fset.x", as a property is written."""
        base: Any = args[0]
        if name.startswith(OF_CLASS):
            _, of, name = name.split(".", 2)
            cls = class_named(base.cls, of)
            if cls is None:
                return k.Never()
            base = k.Linked(base.heap, cls) if isinstance(base, k.Linked) else replace(base, cls=cls)
        member = base.cls.member(name.rpartition(".")[2])
        several = isinstance(base.cls, OneOf)
        if several and (name.startswith("get.") or member is not None and (member.differs or member.kind == "class")):
            return self.chosen_method(at, s, e, base, args, keywords, name)
        if name.startswith("get."):
            return k.Never()
        if name.startswith("fget.") and member is not None and member.once:
            target = self.interpreter.program.dispatch.once(base.cls, name.removeprefix("fget."), at.function)
            getter = k.Func(target, (k.Held("#0", base, e.args[0]),))
            return self.call_function(at, s, e, getter, [], keywords, {})
        if name.startswith(("fget.", KEPT)) and member is not None:
            member = Member("method", member.value)
        elif name.startswith("fset.") and member is not None and member.setter is not None:
            member = Member("method", member.setter)
        elif member is None or member.kind in ("property", "value"):
            return self.called_attribute(at, s, e, base, name)
        func = self.bound(at, base, member, e.args[0])
        if func is None:
            self.diagnose("SG303", f"the source of method `{name}` cannot be found", at, s, e, "")
            return k.Unknown()
        func = with_defaults(self, at, s, e, func, base.cls, keywords)
        if member.kind in ("static", "class"):
            return self.asked(at, s, e, func, args, keywords, {})
        return self.call_function(at, s, e, func, list(args[1:]), keywords, {})

    def asked(self, at: Any, s: Any, e: Any, func: k.Func, args: list[k.Kind], keywords: Any, env: Env) -> k.Kind:
        """A call of a method that the emitted code cannot ask of the object, whatever it gives."""
        found = self.call_function(at, s, e, func, list(args[1:]), keywords, env)  # type: ignore[arg-type]
        if id(e) in at.calls:
            at.calls[id(e)] = at.calls[id(e)]._replace(on_object=True)
        return found

    def chosen_method(
        self, at: Any, s: Any, e: Any, base: Any, args: list[k.Kind], keywords: dict[str, k.Kind], name: str
    ) -> k.Kind:
        """A method of an object that may be of several classes."""
        program = self.interpreter.program
        own = name.rpartition(".")[2]
        held = any(n == own for n, _ in base.items or ())
        try:
            if held and any(m is not None and m.kind != "property" for m in (c.member(own) for c in base.cls.classes)):
                raise Unclear(f"`{own}` is an attribute of some of its objects, and something else of the class")
            target = program.dispatch(base.cls, name, len(args) - 1, tuple(keywords), at.function)
        except Unclear as reason:
            self.refuse_object(at, s, e, f"an object may be of class {named(base.cls)} here, and {reason}")
            return k.Unknown()
        program.tagged |= set(base.cls.classes)
        access = e.func if isinstance(e, ir.Apply) else e.args[0]
        func = k.Func(target, (k.Held("#0", base, access),))
        return self.call_function(at, s, e, func, list(args[1:]), keywords, {})

    def item_of_object(self, at: Any, s: Any, e: ir.Index, base: k.Dict) -> k.Kind:
        taken = is_tuple(base) and isinstance(e.index, ir.Const) or stands_for_fields(e.base, base)
        if taken or has_method(base, "__getitem__") or gives_items(base):
            return k.Never()
        self.refuse_object(at, s, e, f"an item of an object of class `{base.cls.name}` is read")
        return k.Unknown()

    def iterated(self, at: Any, s: Any, e: ir.Expr, found: k.Kind) -> k.Kind:
        """What an object is taken apart into: only a NamedTuple is."""
        taken = can_repeat(e) or isinstance(s, ir.Unpack)
        if is_tuple(found) and taken:
            return k.Seq("tuple", tuple(kind for _, kind in found.items or ()))  # type: ignore[union-attr,misc]
        if gives_items(found):
            return k.Never()
        self.refuse_iteration(at, s, found)
        return found

    def refuse_iteration(self, at: Any, s: Any, found: k.Kind) -> None:
        named = isinstance(s, ir.For) and s.header is not None and isinstance(s.header[1], ir.Name)
        if named and is_tuple(found):
            return
        if k.is_record(found) and not gives_items(found):
            self.refuse_object(at, s, None, f"an object of class `{found.cls.name}` is iterated over")  # type: ignore[union-attr]
        if may_be_endless(found):
            message = f"how many items the `{type(found.value).__name__}` has that is iterated over is not known"  # type: ignore[union-attr]
            self.diagnose("SG217", message, at, s, None, "Pass a list of them.", follows=True)

    def called_attribute(self, at: Any, s: Any, e: Any, base: k.Dict, name: str) -> k.Kind:
        """`self.activation(x)`, where the attribute holds a function."""
        held = dict(base.items or ()).get(name)
        if held is None and base.cls.is_tuple and name in ("_replace", "_asdict", *ASKED.values()):
            return k.Never()
        if held is None and not isinstance(base.cls.member(name), Member):
            self.refuse_object(at, s, e, f"class `{base.cls.name}` has no method `{name}` whose source can be found")
            return k.Unknown()
        return k.Never()

    def super_method(self, at: Any, s: Any, e: ir.Call, args: list[k.Kind], keywords: Any, env: Env) -> k.Kind:
        """`super().__init__(x)` in a method of a class of the user."""
        owner, receiver = owner_of(at.function), ir.Name(self.receiver(at.function))
        match e.args[0]:
            case ir.Call(_, (named, ir.Name() as written)):
                found = self.value(at, s, named, env)
                owner = found.value if isinstance(found, k.Known) and isinstance(found.value, type) else None
                receiver = written
        me = env.get(receiver.id)
        name = e.op.rpartition(".")[2]
        if owner is not None and isinstance(me, k.Obj) and not e.op.startswith(".fget."):
            func = of_base(self.interpreter, me, owner, name, receiver)
            return self.asked(at, s, e, func, args, keywords, env) if func is not None else k.Unknown()
        if owner is None or not k.is_record(me):  # type: ignore[arg-type]
            return k.Never() if isinstance(me, k.Never) else k.Unknown()
        member = me.cls.member(name, owner)  # type: ignore[union-attr]
        if member is None:
            if e.op != ".__init__":
                self.refuse_object(at, s, e, f"no base of `{owner.__name__}` has a method `{name}`")
            return k.Known(None)
        if e.op.startswith(".fget."):
            member = Member("method", member.value)
        func = self.bound(at, me, member, receiver)  # type: ignore[arg-type]
        if func is None:
            return k.Unknown()
        func = with_defaults(self, at, s, e, func, definer(me.cls, owner, name), keywords)  # type: ignore[union-attr]
        if member.kind in ("static", "class"):
            return self.asked(at, s, e, func, args, keywords, env)
        return self.call_function(at, s, e, func, list(args[1:]), keywords, env)  # type: ignore[arg-type]

    def receiver(self, function: Any) -> str:
        """The name of `self` in a method or constructor."""
        own = self.interpreter.program.constructors.receivers.get(id(function))
        return own if own is not None else function.params[0].name if function.params else ""

    def is_super(self, at: Any, e: ir.Expr) -> bool:
        match e:
            case ir.Call(op, (ir.Call("builtins.super", given), *_)) if op.startswith("."):
                return len(given) == 2 or owner_of(at.function) is not None
        return False

    def operated(self, at: Any, s: Any, e: ir.Expr, op: str, args: list[k.Kind]) -> k.Kind | None:
        """An operation on objects: a method call, or a refusal; None if there is no object among the operands."""
        if op == "types.SimpleNamespace" and not args:
            return k.Never()
        if op in ("builtins.sum", SUM_OF_OBJECTS) and args and k.is_record(element_kind(args[0])):
            return k.Never()
        if op == ORDER_OF and args and by_key(e, args[0]) is not None:
            return k.Never()
        if op == ORDER_OF and args and k.is_record(element_kind(args[0])) and len(args) == len(getattr(e, "args", ())):
            if not any(n == "key" for n, _ in getattr(e, "keywords", ())):
                cls = element_kind(args[0]).cls  # type: ignore[union-attr]
                self.refuse_object(at, s, e, f"objects of class `{cls.name}` are sorted by themselves")
                return k.Unknown()
        if op in PICKED and len(args) == 1 and fields_in_order(element_kind(args[0])) is not None:
            if picked(e, lambda x: args[0]) is not None:
                return k.Never()
        sorts_by_key = op == ".sort" and isinstance(e, ir.Call) and any(n == "key" for n, _ in e.keywords)
        inner = compares_inside(op, args) if not sorts_by_key else None
        if inner is not None:
            shown = op.lstrip(".").removeprefix("builtins.").removeprefix("operator.")
            self.refuse_object(at, s, e, f"objects of class `{inner.cls.name}` are compared or tested by `{shown}`")  # type: ignore[union-attr]
            return k.Unknown()
        if meets_object(op, args):
            return k.Never()
        if compares_sequences(op, args):
            known = dict(zip(map(id, getattr(e, "args", ())), args, strict=False))
            if picked(e, lambda x: known.get(id(x), k.Unknown())) is None:
                message = f"`{op.removeprefix('builtins.')}` compares tuples or lists that carry derivatives"
                self.diagnose("SG302", message, at, s, e, "Give each of them, or the list of them, a name first.")
                return k.Unknown()
            return k.Never()
        if (held := holds_tuples(op, getattr(e, "args", ()), args)) is not None:
            if can_be_written_out(e.args, args):  # type: ignore[union-attr]
                return k.Never()
            what = f"a list of objects of class `{held.cls.name}` is given to `{op.removeprefix('builtins.')}`"
            self.refuse_object(at, s, e, what)
            return k.Unknown()
        if not any(k.is_record(a) for a in args) or op.startswith("srcgrad."):
            return None
        known = dict(zip(map(id, getattr(e, "args", ())), args, strict=False))
        if op == HASATTR and by_name(e, lambda x: known.get(id(x), k.Unknown())) is not None:
            return k.Num("python", "bool", ())
        if op == GETATTR and by_name(e, lambda x: known.get(id(x), k.Unknown())) is not None:
            return k.Never()
        if op == HASATTR and may_lack(e, args[0]):
            return k.Num("python", "bool", ())
        if op in COPYING and taken_down(e, lambda x: known.get(id(x), k.Unknown())) is not None:
            return k.Never()
        if gets_a_name(s, e, args[0]):
            return k.Never()
        copies = COPIES.get(op)
        if copies is not None and copies(e, lambda x: known.get(id(x), k.Unknown())) is not None:
            return k.Never()
        if op in PICKED and picked(e, lambda x: known.get(id(x), k.Unknown())) is not None:
            return k.Never()
        if takes_items(op, args) or op == "builtins.len" and gives_items(args[0]):
            return k.Never()
        if takes_fields(op, getattr(e, "args", ()), args):
            return k.Never()
        if op in ("builtins.isinstance", "builtins.type") and may_do_more(e.args[0]):  # type: ignore[union-attr]
            self.refuse_object(at, s, e, "what a call gives is asked for its class, and is an object")
            return k.Unknown()
        if op == "builtins.isinstance" and isinstance(args[0], k.Dict) and isinstance(args[0].cls, OneOf):
            self.interpreter.program.tagged |= set(args[0].cls.classes)
        if op in ("operator.not_", "builtins.bool") and len(args) == 1:
            return k.Never() if truth_method(args[0]) else k.Num("python", "bool", ())
        if op.startswith(".") and isinstance(args[0], k.Seq | k.Dict):
            return None  # it is put into a container
        if op == "builtins.type" and len(args) == 1 and not isinstance(args[0].cls, OneOf):  # type: ignore[union-attr]
            return k.Known(args[0].cls.value)  # type: ignore[union-attr]
        if any(isinstance(a, k.Never) for a in (args if op in BINARY else args[: op.startswith(".")])):
            return k.Never()
        if method_of(op, args) is not None or op == "builtins.isinstance" and is_asked_of(args):
            return k.Never()
        cls = next(a.cls for a in args if k.is_record(a))  # type: ignore[union-attr]
        shown = op.lstrip(".").removeprefix("builtins.").removeprefix("operator.")
        self.refuse_object(at, s, e, f"an object of class `{cls.name}` is given to `{shown}`")
        return k.Unknown()


def class_around(function: Any) -> bool:
    """Whether a function is a method: its text has `super` in it for a reason."""
    return "." in function.qualname


def method_of(op: str, args: list[k.Kind]) -> tuple[str, int] | None:
    """The method that an operator is for these operands, and which of them is the receiver."""
    if op == "builtins.str" and len(args) == 1:
        return next(((n, 0) if has_method(args[0], n) else None for n in texts_of(args[0])), None)
    if op in UNARY:
        return (UNARY[op], 0) if has_method(args[0], UNARY[op]) else None
    if op in BINARY and len(args) == 2:
        if has_method(args[0], f"__{BINARY[op]}__") and not overrides(args[1], args[0], f"__r{BINARY[op]}__"):
            return f"__{BINARY[op]}__", 0
        if leaves_it_to(args[0], args[1]) and has_method(args[1], f"__r{BINARY[op]}__"):
            return f"__r{BINARY[op]}__", 1
    return None


def texts_of(kind: Any) -> list[str]:
    """What an object has to say how it is written, the first of it first; of several classes, each has its own."""
    several = k.is_record(kind) and isinstance(kind.cls, OneOf)
    names = ("__str__",) if several else ("__str__", "__repr__")
    return [n for n in names if k.is_record(kind) and kind.cls.member(n) is not None]


def leaves_it_to(kind: k.Kind, other: k.Kind) -> bool:
    """Whether a left operand leaves an operator to the right one: NumPy does not, of what it takes for a sequence."""
    cls = operand_class(other)
    if isinstance(kind, k.Num) and kind.kind in ("array", "scalar") and cls is not None:
        is_sequence = hasattr(cls, "__array__") or hasattr(cls, "__len__") and hasattr(cls, "__getitem__")
        if is_sequence or kind.kind == "array" and kind.dims != ():
            return getattr(cls, "__array_ufunc__", MISSING) is None
    return isinstance(kind, k.Num | k.Seq | k.Dict | k.Known)  # else it may have a method of its own


def operand_class(kind: Any) -> type | None:
    """The class of an object, where there is one class."""
    if isinstance(kind, k.Obj):
        return type(kind.value)
    return kind.cls.value if k.is_record(kind) and not isinstance(kind.cls, OneOf) else None


def meets_object(op: str, args: list[k.Kind]) -> bool:
    """Whether an operator is a method of a constant object, given a value that carries a derivative."""
    found = method_of(op, args) if any(isinstance(a, k.Obj) for a in args) and any(a.active for a in args) else None
    return found is not None and isinstance(args[found[1]], k.Obj)


def overrides(kind: k.Kind, other: k.Kind, name: str) -> bool:
    """Whether a value is of a subclass of that of the other, with a method of its own, which Python tries first."""
    if not k.is_record(kind) or not k.is_record(other) or isinstance(kind.cls, OneOf) or isinstance(other.cls, OneOf):  # type: ignore[union-attr]
        return False
    own, base = kind.cls, other.cls  # type: ignore[union-attr]
    derived = own.value is not base.value and issubclass(own.value, base.value)
    return derived and has_method(kind, name) and own.member(name) != base.member(name)


def has_method(kind: k.Kind, name: str) -> bool:
    cls = class_of(type(kind.value)) if isinstance(kind, k.Obj) else kind.cls if k.is_record(kind) else None  # type: ignore[union-attr]
    member = cls.member(name) if cls is not None else None
    return member is not None and member.kind == "method" and not Class.is_generated(unwrapped(member.value))


def named(cls: OneOf) -> str:
    return " or ".join(f"`{c.name}`" for c in cls.classes)


def may_be_a_class(kind: k.Kind) -> bool:
    """Whether a value of which nothing is known, such as an argument, is asked for as a class."""
    if isinstance(kind, k.Seq) and kind.items is not None:
        return any(map(may_be_a_class, kind.items))
    return isinstance(kind, k.Num | k.Unknown)


def is_asked_of(args: list[k.Kind]) -> bool:
    """Whether `isinstance` is asked of an object, with classes that are known."""
    return k.is_record(args[0]) and len(args) == 2 and not may_be_a_class(args[1])
