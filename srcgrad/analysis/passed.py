"""What a call passes for each parameter of the function it calls, as expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..ir import nodes as ir
from . import kinds as k
from .arguments import bind_arguments

if TYPE_CHECKING:
    from .evaluate_calls import Called
    from .interpret import Instance


def call_arguments(called: Called) -> dict[str, ir.Expr]:
    """The expression passed for each parameter; one that is left to its default is missing."""
    e, instance, func, carried, _ = called
    args, keywords = written_arguments(called)
    given = [h.access for h in func.held if h.role.startswith("#")]
    words = {h.role[1:]: h.access for h in func.held if h.role.startswith("=")}
    missing = object()

    def default(p: ir.Param) -> Any:
        for h in func.held:
            if isinstance(p.default, ir.Name) and h.role == p.default.id:
                return h.access
        return missing if isinstance(p.default, ir.Const) else default_of(e, instance, p)

    bound = bind_arguments(instance.function, [*given, *args], {**words, **keywords}, default, pack_expressions)
    assert isinstance(bound, dict), bound
    found = {n: v for n, v in bound.items() if v is not missing}
    found.update({h.role: h.access for h in func.held if h.role[0] not in "#="})
    return {**found, **carried}


def default_of(e: ir.Expr, instance: Instance, p: ir.Param) -> ir.Expr:
    """A default is the object it was evaluated to when the function was defined."""
    if not isinstance(e, ir.Apply):
        raise AssertionError(f"the default of `{p.name}` is no literal")
    name, maker = instance.function.name, instance.function.qualname.rpartition(".")[2]
    func = ir.Attribute(e.func, maker) if name != maker and maker in ("__init__", "__new__") else e.func
    if p.kind == "keyword":
        return ir.Index(ir.Attribute(func, "__kwdefaults__"), ir.Const(p.name))
    plain = [q for q in instance.function.params if q.kind in ("positional", "positional_only")]
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


def has_place(instance: Instance) -> bool:
    """Whether a call has to be a statement: it is differentiated, or changes memory and must not run again."""
    return is_differentiated(instance) or instance.aliases is not None and bool(instance.aliases.params)


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
    return False
