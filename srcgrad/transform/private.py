"""The entry function works on copies of the arguments that it changes: the caller's arrays stay as they are.

    u[0] = x            ->        u = np.copy(u)
                                  u[0] = x
"""

from __future__ import annotations

from typing import Any

from ..analysis import kinds as k
from ..analysis.instance import Instance
from ..analysis.paths import MAY_COPY
from ..analysis.relation import ENTRY, closure
from ..ir import nodes as ir
from ..ir.build import call
from ..ir.walk import reads, statement_expressions, statements, subexpressions


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
    lines = [ir.Assign((n,), (copy_of(n, instance.params[n], is_reshaped(instance, n)),)) for n in names]
    instance.body = (*lines, *instance.body)
    return bool(names)


def is_reshaped(instance: Instance, name: str) -> bool:
    """Whether the strides of an argument may decide what is a view of it, and what a copy."""
    before = instance.aliases.before if instance.aliases is not None else {}
    for s in statements(instance.body):
        for e in statement_expressions(s):
            for x in subexpressions(e):
                known = closure(before.get(id(s), {}), reads(x))
                if known & {name, ENTRY + name} and (is_sensitive(x) or id(x) in instance.calls and reshapes(
                    instance.calls[id(x)].instance, set())):  # fmt: skip
                    return True
    return False


def is_sensitive(e: ir.Expr) -> bool:
    return isinstance(e, ir.Call) and e.op in MAY_COPY and not e.op.endswith("astype")


def reshapes(instance: Instance, seen: set[int]) -> bool:
    """Whether a function, or one that it calls, makes something that is a view or a copy by the strides."""
    if id(instance) in seen:
        return False
    seen.add(id(instance))
    if any(is_sensitive(x) for s in statements(instance.body) for e in statement_expressions(s)
           for x in subexpressions(e)):  # fmt: skip
        return True
    return any(reshapes(called.instance, seen) for called in instance.calls.values())


def copy_of(name: str, kind: k.Kind, exact: bool = False) -> ir.Expr:
    """A copy of an argument; `exact`: one with the same strides."""
    match kind:
        case k.Num() if exact:
            return call("srcgrad.runtime.private", ir.Name(name))
        case k.Num():  # in the order of the argument: `x.copy()` would change that, and so the last bit of sums
            return call("numpy.copy", ir.Name(name))
    return call("srcgrad.runtime.private", ir.Name(name))


def guards(instance: Instance, outside: dict[str, k.Kind]) -> list[ir.Stmt]:
    """A changed argument must share no memory with another one, nor with a value from `outside`: its copy would not."""
    arrays = [n for n in instance.function.param_names if may_be_array(instance.params.get(n))]
    found: list[ir.Stmt] = []
    held = {n for n in instance.function.param_names if isinstance(instance.params.get(n), k.Seq | k.Dict)}
    for n in sorted(held if copies_deeply(instance, set()) else held & instance.copied):
        others = [m for m in instance.function.param_names if m != n and not is_number(instance.params.get(m))]
        test = call("srcgrad.runtime.holds_twice", *(ir.Name(m) for m in (n, *others)))
        message = f"memory of {n}, which is {'changed' if n in instance.copied else 'copied'}, is there twice"
        found.append(raised(test, message))
    for n in arrays:
        for other in (*arrays, *(m for m, kind in outside.items() if not isinstance(kind, k.Seq | k.Dict))):
            if n in instance.copied and other != n and (other not in instance.copied or n < other):
                test = call("numpy.shares_memory", ir.Name(n), ir.Name(other))
                found.append(raised(test, f"{n} and {other} share memory, and {n} is changed"))
    for n in sorted(held & instance.copied):
        for other in (m for m, kind in outside.items() if not isinstance(kind, k.Num)):
            same = ir.Compare(ir.Name(n), ("is",), (ir.Name(other),))
            found.append(raised(same, f"{n} and {other} are one, and {n} is changed"))
    return found


def raised(test: ir.Expr, message: str) -> ir.Stmt:
    return ir.If(test, (ir.Eval(ir.Text(f'raise ValueError("{message}")', ())),))


def copies_deeply(instance: Instance, seen: set[int]) -> bool:
    """Whether the program says `copy.deepcopy` of a list or dict: what is there twice is so in the copy, too."""
    if id(instance) in seen:
        return False
    seen.add(id(instance))
    said = (e for s in statements(instance.body) if s.origin is not None for e in statement_expressions(s))
    if any(isinstance(x, ir.Call) and x.op == "srcgrad.runtime.private" for e in said for x in subexpressions(e)):
        return True
    return any(copies_deeply(called.instance, seen) for called in instance.calls.values())


def is_number(kind: Any) -> bool:
    return isinstance(kind, k.Num) and kind.is_scalar


def may_be_array(kind: Any) -> bool:
    return isinstance(kind, k.Num) and not kind.is_scalar
