"""`with` around statements: settings that change no number are entered where the user enters them.

    with np.errstate(all="ignore"):                 with np.errstate(all="ignore"):
        return a / b                        ->          value = a / b
                                                    return value
"""

from __future__ import annotations

from typing import Any

import libcst as cst

from ..ir import nodes as ir
from ..ir.origin import Origin
from ..ir.walk import reads
from .attempts import leaves, suppressed
from .read_tape import TAPE, read_tape

# what they change are warnings, errors and the look of numbers
SETTINGS = frozenset({"numpy.errstate", "numpy.printoptions", "warnings.catch_warnings"})
HINT = "Enter the context around the call of the derivative."


def read_with(reader: Any, node: cst.With, origin: Origin) -> list[ir.Stmt]:
    managers = [(reader.read(i.item), i.asname.name if i.asname is not None else None) for i in node.items]
    if node.asynchronous is None and all(isinstance(m, ir.Call) and m.op == TAPE for m, _ in managers):
        return read_tape(reader, node, [getattr(name, "value", None) for _, name in managers])
    body = reader.block(node.body)
    match managers:
        case [(ir.Call("contextlib.suppress", types, ()), None)]:
            return suppressed(reader, node, types, body)
        case [(ir.Call("contextlib.nullcontext", given, ()), name)] if len(given) <= 1:
            value = given[0] if given else ir.Const(None)
            bound = reader.assign(reader.read(name), value, origin.edit()) if name is not None else []
            return [*bound, *body]
    if node.asynchronous is not None or not all(is_setting(m, name) for m, name in managers):
        reader.refuse("SG209", "`with` cannot be differentiated", node, HINT)
        return []
    used = {n for m, _ in managers for n in reads(m)} & reader.locals
    found: list[ir.Stmt] = [ir.Opaque("with", tuple(sorted(used)), (), origin), *body]
    after: list[ir.Stmt] = [ir.Opaque("end with", (), ())]
    match body[-1]:
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


def is_setting(manager: ir.Expr, name: Any) -> bool:
    return isinstance(manager, ir.Call) and manager.op in SETTINGS and name is None
