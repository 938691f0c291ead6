"""Objects of user classes on kinds: how they are made, their attributes, methods, properties and operators.

What is written with an operator, a property or `len` is a method call; `resolve_objects` writes it as one, and until
then it has no value yet (`Never`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..frontend.bindings import Value
from ..frontend.classes import Class, Member
from ..frontend.several_classes import TAG, OneOf
from ..ir import nodes as ir
from . import kinds as k
from .constructors import Refused
from .dispatch import KEPT, OF_CLASS, Unclear, class_named
from .evaluator_parts import Env, EvaluatorParts
from .field_tuples import ASKED, is_tuple, stands_for_fields
from .iterated import can_repeat, gives_items, may_be_endless
from .methods import class_expression, definer, of_base, with_defaults
from .named_attributes import keeps
from .operated import Operated, of_objects
from .operator_methods import has_method
from .owners import owner_of


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
        return of_objects(Operated(self, at, s, e, op, args))


def class_around(function: Any) -> bool:
    """Whether a function is a method: its text has `super` in it for a reason."""
    return "." in function.qualname


def named(cls: OneOf) -> str:
    return " or ".join(f"`{c.name}`" for c in cls.classes)
