"""The entry function works on copies of the arguments that it changes: the caller's arrays stay as they are.

    u[0] = x            ->        u = u.copy()
                                  u[0] = x
"""

from __future__ import annotations

from typing import Any

from ..analysis import kinds as k
from ..analysis.interpret import Instance
from ..ir import nodes as ir
from ..ir.build import call
from ..ir.walk import statements


def copy_updated(instance: Instance) -> bool:
    """Copy the parameters of unknown kind that `x += e` changes; numbers stay numbers.  False if there is none."""
    if instance.aliases is None:
        return False
    places = [s.place for s in statements(instance.body) if isinstance(s, ir.Update)]
    updated = {p.id for p in places if isinstance(p, ir.Name)}
    wanted = updated & instance.aliases.params - instance.copied
    kinds = instance.params
    names = [n for n in instance.function.param_names if n in wanted and getattr(kinds[n], "kind", "") == "any"]
    instance.copied |= frozenset(names)
    lines = [ir.Assign((n,), (call("srcgrad.runtime.private", ir.Name(n)),)) for n in names]
    instance.body = (*lines, *instance.body)
    return bool(names)


def copy_changed(instance: Instance) -> bool:
    """Copy every parameter whose memory the function changes; False if there is nothing (more) to do."""
    if instance.aliases is None:
        return False
    names = [n for n in instance.function.param_names if n in instance.aliases.params - instance.copied]
    instance.copied |= frozenset(names)
    lines = [ir.Assign((n,), (copy_of(n, instance.params[n]),)) for n in names]
    instance.body = (*lines, *instance.body)
    return bool(names)


def copy_of(name: str, kind: k.Kind) -> ir.Expr:
    match kind:
        case k.Num("array"):
            return ir.Call(".copy", (ir.Name(name),))
        case k.Num():
            return call("numpy.copy", ir.Name(name))
    return call("srcgrad.runtime.private", ir.Name(name))


def guards(instance: Instance) -> list[ir.Stmt]:
    """A changed argument must not share memory with another one: the copies would not."""
    arrays = [n for n in instance.function.param_names if may_be_array(instance.params.get(n))]
    found: list[ir.Stmt] = []
    for n in sorted(instance.copied):
        if isinstance(instance.params.get(n), k.Seq | k.Dict):
            others = [m for m in instance.function.param_names if m != n and not is_number(instance.params.get(m))]
            test = call("srcgrad.runtime.holds_twice", *(ir.Name(m) for m in (n, *others)))
            message = f"memory of {n}, which is changed, is there twice"
            found.append(ir.If(test, (ir.Eval(ir.Text(f'raise ValueError("{message}")', ())),)))
    for n in arrays:
        for other in arrays:
            if n in instance.copied and other != n and (other not in instance.copied or n < other):
                test = call("numpy.may_share_memory", ir.Name(n), ir.Name(other))
                message = f"{n} and {other} share memory, and {n} is changed"
                found.append(ir.If(test, (ir.Eval(ir.Text(f'raise ValueError("{message}")', ())),)))
    return found


def is_number(kind: Any) -> bool:
    return isinstance(kind, k.Num) and kind.is_scalar


def may_be_array(kind: Any) -> bool:
    return isinstance(kind, k.Num) and not kind.is_scalar
