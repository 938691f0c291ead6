"""What a call passes for each parameter of the function it calls, as expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.walk import bound_names, reads, statement_expressions, statements, subexpressions
from . import kinds as k
from .arguments import bind_arguments
from .relation import ENTRY, NONE

if TYPE_CHECKING:
    from .evaluate_calls import Called
    from .instance import Instance


def calls_at(instance: Instance, s: ir.Stmt) -> list[Called]:
    """The calls in a statement of functions of the program."""
    return [instance.calls[id(x)] for x in instance.within(s) if id(x) in instance.calls]


def call_arguments(called: Called) -> dict[str, ir.Expr]:
    """The expression passed for each parameter; one that is left to its default is missing."""
    e, instance, func, carried = called[:4]
    args, keywords = written_arguments(called)
    given = [h.access for h in func.held if h.role.startswith("#")]
    words = {h.role[1:]: h.access for h in func.held if h.role.startswith("=")}
    missing = object()

    def default(p: ir.Param) -> Any:
        for h in func.held:
            if isinstance(p.default, ir.Name) and h.role == p.default.id:
                return h.access
        return missing if isinstance(p.default, ir.Const) else default_of(e, instance.function, p)

    bound = bind_arguments(instance.function, [*given, *args], {**words, **keywords}, default, pack_expressions)
    assert isinstance(bound, dict), bound
    found = {n: v for n, v in bound.items() if v is not missing}
    found.update({h.role: h.access for h in func.held if h.role[0] not in "#="})
    return {**found, **carried}


def default_of(e: ir.Expr, function: Function, p: ir.Param) -> ir.Expr:
    """A default is the object it was evaluated to when the function was defined."""
    if not isinstance(e, ir.Apply):
        raise AssertionError(f"the default of `{p.name}` is no literal")
    name, maker = function.name, function.qualname.rpartition(".")[2]
    func = ir.Attribute(e.func, maker) if name != maker and maker in ("__init__", "__new__") else e.func
    if p.kind == "keyword":
        return ir.Index(ir.Attribute(func, "__kwdefaults__"), ir.Const(p.name))
    plain = [q for q in function.params if q.kind in ("positional", "positional_only")]
    return ir.Index(ir.Attribute(func, "__defaults__"), ir.Const(plain.index(p) - len(plain)))


def written_arguments(called: Called) -> tuple[list[ir.Expr], dict[str, ir.Expr]]:
    """Positional and keyword arguments, with `*` and `**` spread out."""
    e = called.expr
    if isinstance(e, ir.Call):  # a method of an object: the receiver is held by the function
        return list(e.args[1:] if e.op.startswith(".") else e.args), dict(e.keywords)
    return called.written


def pack_expressions(kind: str, items: Any) -> ir.Expr:
    if kind == "star":
        return ir.Display("tuple", tuple(items))
    return ir.Mapping(tuple(ir.Const(n) for n in items), tuple(items.values()))


def changed_parameters(instance: Instance) -> list[str]:
    """Parameters whose memory a function changes and that carry a derivative, then if not before, in order."""
    if instance.aliases is None:
        return []
    changed = instance.aliases.params
    active = {n for n, kind in instance.params.items() if kind.active or instance.kind_of_name(n).active}
    return [n for n in instance.params if n in changed and n in active]


def has_place(called: Called) -> bool:
    """Whether a call has to be a statement: it is differentiated, or changes memory and must not run again."""
    aliases = called.instance.aliases
    return called.on_object or is_differentiated(called.instance) or aliases is not None and bool(aliases.params)


def is_differentiated(instance: Instance) -> bool:
    """Whether a derivative flows through a call: out of its result, or into memory that it is given."""
    return instance.result.active or bool(changed_parameters(instance)) or takes_objects(instance)


def takes_objects(instance: Instance) -> bool:
    """Whether a function is given objects, which it knows as the dicts of their attributes: it cannot be called as
    the user wrote it."""
    return any(holds_object(kind) for kind in (*instance.params.values(), instance.result))


def holds_object(kind: k.Kind) -> bool:
    match kind:
        case k.Dict(items, element, cls):
            return cls is not None or any(holds_object(i) for _, i in items or ()) or holds_object(element)  # type: ignore[arg-type]
        case k.Seq(_, items, element):
            return any(holds_object(i) for i in items or ()) or holds_object(element)  # type: ignore[arg-type]
        case k.Maybe(inner=inner):
            return holds_object(inner) or k.holds_reference(inner)
    return False


def has_one_name(at: Instance, s: ir.Stmt, name: str) -> bool:
    """Whether nothing else refers to what `name` stands for at a statement, or ever did, and no callee changes it.

    What another name stands for, or a callee has made, may have been saved for the reverse sweep without a copy.
    """
    if at.aliases is None or name in at.function.captures:
        return False
    for x in statements(at.body):
        if isinstance(x, ir.Define) and name in x.captures or bound_to_shared(at, x, name):
            return False
        for e in (sub for whole in statement_expressions(x) for sub in subexpressions(whole)):
            called = at.calls.get(id(e))
            if called is not None:
                passed = call_arguments(called)
                if any(name in reads(passed[n]) for n in changed_parameters(called.instance) if n in passed):
                    return False
    last = max(n for n, x in enumerate(at.body) if any(is_update(y, name) for y in statements((x,))))
    shared = [others(at, x, name) for x in statements(at.body[: last + 1])]
    return id(s) in at.aliases.before and not others(at, s, name) and all(n <= {ENTRY + name} for n in shared)


def others(at: Instance, s: ir.Stmt, name: str) -> frozenset[str]:
    found: frozenset[str] = at.aliases.before.get(id(s), {}).get(name, NONE)
    return found - {name}


def is_update(s: ir.Stmt, name: str) -> bool:
    return isinstance(s, ir.Update) and s.place == ir.Name(name)


def bound_to_shared(at: Instance, s: ir.Stmt, name: str) -> bool:
    """Whether a statement binds `name` to what is not certainly a value of its own, made here."""
    if name not in bound_names(s) or isinstance(s, ir.Store | ir.Update):
        return False
    values = [v for n, v in zip(s.names, s.values, strict=True) if n == name] if isinstance(s, ir.Assign) else []
    made = [e for v in values for e in subexpressions(v)]
    return not values or bool(at.aliases.bound.get(id(s), {}).get(name)) or any(id(e) in at.calls for e in made)
