"""`with` around statements: settings that change no number are entered where the user enters them.

    with np.errstate(all="ignore"):                 with np.errstate(all="ignore"):
        return a / b                        ->          value = a / b
                                                    return value

A context manager of the user is entered and left by its methods; `analysis.contexts` refuses what is none, and an
`__exit__` that may suppress an exception.

    with Scaled(grid, k) as inside:                 context = Scaled(grid, k)
        total = np.sum(inside.u)        ->          inside = context.__enter__()
                                                    total = np.sum(inside.u)
                                                    context.__exit__(None, None, None)
"""

from __future__ import annotations

from typing import Any

import libcst as cst

from ..ir import nodes as ir
from ..ir.origin import Origin
from ..ir.walk import assigned_in, reads
from .array_iterators import entered_loop
from .attempts import suppressed
from .entered import inlined
from .finishing import leaves
from .read_tape import TAPE, read_tape
from .read_try import read_tried

# what they change are warnings, errors and the look of numbers
SETTINGS = frozenset({"numpy.errstate", "numpy.printoptions", "warnings.catch_warnings"})
HINT = "Enter the context around the call of the derivative."


def read_with(reader: Any, node: cst.With, origin: Origin) -> list[ir.Stmt]:
    if node.asynchronous is None and len(node.items) > 1 and not all(is_of_library(reader, i) for i in node.items):
        inner = nested(node)
        reader.source.stand_in([inner], node)
        return reader.statement(inner)  # type: ignore[no-any-return]
    statements = inlined(reader, node)
    if statements is not None:
        return [s for inner in statements for s in reader.statement(inner)]
    loop = entered_loop(reader, node)
    if loop is not None:
        return loop
    managers = [(reader.read(i.item), i.asname.name if i.asname is not None else None) for i in node.items]
    if node.asynchronous is None and all(isinstance(m, ir.Call) and m.op == TAPE for m, _ in managers):
        return read_tape(reader, node, [getattr(name, "value", None) for _, name in managers])
    match managers:
        case [(ir.Call("contextlib.suppress", types, ()), None)]:
            return suppressed(reader, node, types, read_tried(reader, node.body))
    body = reader.block(node.body)
    match managers:
        case [(ir.Call("contextlib.nullcontext", given, ()), name)] if len(given) <= 1:
            value = given[0] if given else ir.Const(None)
            bound = reader.assign(reader.read(name), value, origin.edit()) if name is not None else []
            return [*bound, *body]
    if node.asynchronous is None and len(managers) == 1 and may_be_of_the_user(managers[0][0]):
        entered, left = of_the_user(reader, managers[0][0], node.items[0].asname, origin)
        return around(reader, node, entered, body, left)
    if node.asynchronous is not None or not all(is_setting(m, name) for m, name in managers):
        reader.refuse("SG209", "`with` cannot be differentiated", node, HINT)
        return []
    if any(assigned_in(m) for m, _ in managers):
        reader.refuse("SG209", "a name is bound by `:=` where a context is made", node, "Bind it before the `with`.")
        return []
    used = {n for m, _ in managers for n in reads(m)} & reader.locals
    entered_as_written = ir.Opaque("with", tuple(sorted(used)), (), origin)
    return around(reader, node, [entered_as_written], body, ir.Opaque("end with", (), ()))


def nested(node: cst.With) -> cst.With:
    """`with a: with b: ...`, which is what `with a, b: ...` means."""
    first, *rest = node.items
    alone = first.with_changes(comma=cst.MaybeSentinel.DEFAULT)
    inner = node.with_changes(items=rest, leading_lines=())
    return node.with_changes(items=[alone], body=cst.IndentedBlock([inner]))


def is_of_library(reader: Any, item: cst.WithItem) -> bool:
    """A tape or a setting, several of which are entered in one statement."""
    chain = reader.chain(item.item.func) if isinstance(item.item, cst.Call) else None
    return chain is not None and reader.scope.operation(chain) in (*SETTINGS, TAPE)


def around(reader: Any, node: cst.With, entered: list[ir.Stmt], body: ir.Block, left: ir.Stmt) -> list[ir.Stmt]:
    """The body between what enters a context and what leaves it, which a `return` at its end comes after."""
    found: list[ir.Stmt] = [*entered, *body]
    after: list[ir.Stmt] = [left]
    match body[-1] if body else None:
        case ir.Return(None) | ir.Break() | ir.Continue():
            after.append(found.pop())
        case ir.Return(ir.Name() | ir.Const()):
            after.append(found.pop())
        case ir.Return(returned) if returned is not None:
            result = reader.fresh("value")
            found[-1] = ir.Assign((result,), (returned,), origin=body[-1].origin.edit() if body[-1].origin else None)
            after.append(ir.Return(ir.Name(result)))
    if leaves(tuple(found)):
        message = "a `with` that is left at several places cannot be differentiated"
        reader.refuse("SG209", message, node, "Give the result a name in it, and leave after it.")
        return []
    return found + after


def may_be_of_the_user(manager: ir.Expr) -> bool:
    """Not a function of a library: what else it is, kinds tell."""
    return isinstance(manager, ir.Apply | ir.Name) or isinstance(manager, ir.Call) and manager.op.startswith(".")


def of_the_user(reader: Any, manager: ir.Expr, asname: Any, origin: Origin) -> tuple[list[ir.Stmt], ir.Stmt]:
    """Statements that enter a context manager, and the one that leaves it."""
    context = ir.Name(reader.fresh("context"))
    enter = ir.Call(".__enter__", (context,))
    made: list[ir.Stmt] = [ir.Assign((context.id,), (manager,), origin=origin.edit())]
    if asname is not None:
        made += reader.assign(reader.read(asname.name), enter, origin.edit())
    else:
        made.append(ir.Eval(enter, origin.edit()))
    nothing = ir.Const(None)
    return made, ir.Eval(ir.Call(".__exit__", (context, nothing, nothing, nothing)), origin.edit())


def is_setting(manager: ir.Expr, name: Any) -> bool:
    return isinstance(manager, ir.Call) and manager.op in SETTINGS and name is None
