"""What is refused of objects that hold one another (see `linked`): what they do not know how to be asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..ir import nodes as ir
from ..ir.walk import children, reads, statement_expressions, statements, subexpressions
from . import kinds as k
from .linked import KindOf, changed_memory, is_read, memory_inside
from .own_arrays import is_own
from .widening import may_be

COMPARED = frozenset({"is", "is not", "==", "!=", "in", "not in"})
KNOWN = frozenset({
    "builtins.len", "builtins.list", "builtins.tuple", "builtins.dict", "builtins.reversed", "builtins.enumerate",
    "builtins.zip", "builtins.bool", "builtins.id", "operator.not_", "operator.add", "operator.mul", ".append", ".pop",
    ".extend", ".insert", ".remove", ".clear", ".reverse", ".get", ".items", ".values", ".keys", ".copy", ".setdefault",
    ".update", "builtins.isinstance",
})  # fmt: skip
WAY_OUT = "Keep the objects in a list, and let their positions be the links."


def refuse_links(interpreter: Any, entry: Any, evaluate: Any, diagnose: Any) -> None:
    """Refuse what is done with such objects that is not a read, an assignment or a call whose text is known."""
    if not any(heap.fields for heap in interpreter.linking.heaps.values()):
        return
    if k.holds_reference(entry.result):
        diagnose("SG310", "an object that others of its kind are linked to is returned", entry, None, None,
                 "Return its numbers.")  # fmt: skip
    memory = list(memory_inside(interpreter.linking.heaps.values()))
    refuse_growing(interpreter, evaluate, diagnose)
    for at in interpreter.reached():
        for s in statements(at.body):
            kind = evaluate.at(at, s)
            for e in unknown_uses(at, s, kind):
                message = "an object that others of its kind are linked to is used in a way that is not followed"
                diagnose("SG310", message, at, s, e, WAY_OUT)
            changed = changed_memory(s, kind)
            held = [m for m in memory if k.flows(m) or isinstance(m, k.Num)]
            inside_one = changed is not None and any(may_be(changed, m) for m in held) and not is_own(at, s, kind)
            if is_changed_inside(s, kind) or inside_one:
                message = "what is changed here may be in an object that others of its kind are linked to"
                diagnose("SG310", message, at, s, None, WAY_OUT)


def refuse_growing(interpreter: Any, evaluate: Any, diagnose: Any) -> None:
    """A loop takes as many items as there were at its start, also of a list in an object."""
    is_volatile = interpreter.linking.is_volatile
    for at in interpreter.reached():
        for loop in statements(at.body):
            if isinstance(loop, ir.For) and takes_volatile(loop, evaluate.at(at, loop), is_volatile, at):
                if any(changes_volatile(i, s, evaluate, is_volatile) for i, s in inside(at, loop.body, set())):
                    diagnose(
                        "SG217", "the length of a list in an object may change here, while a loop takes its items", at,
                        loop, None, "Loop over a copy, `for item in list(items)`, or write a `while` loop.",
                    )  # fmt: skip


def takes_volatile(loop: ir.For, kind: KindOf, is_volatile: Any, at: Any) -> bool:
    taken = [x.base for s in loop.body if isinstance(s, ir.Assign | ir.Unpack) for e in statement_expressions(s)
             for x in subexpressions(e) if isinstance(x, ir.Index) and loop.target in reads(x.index)]  # fmt: skip
    return any(is_volatile(kind(b)) for b in taken)


def changes_volatile(at: Any, s: ir.Stmt, evaluate: Any, is_volatile: Any) -> bool:
    changed = changed_memory(s, evaluate.at(at, s))
    return changed is not None and is_volatile(changed)


def inside(at: Any, block: ir.Block, seen: set[int]) -> Iterator[tuple[Any, ir.Stmt]]:
    """The statements that a block runs, in functions that it calls, too."""
    for s in statements(block):
        yield at, s
        for e in (x for whole in statement_expressions(s) for x in subexpressions(whole)):
            called = at.calls.get(id(e))
            if called is not None and id(called.instance) not in seen:
                seen.add(id(called.instance))
                yield from inside(called.instance, called.instance.body, seen)


def is_changed_inside(s: ir.Stmt, kind: KindOf) -> bool:
    """Whether an array or list in such an object changes in place."""
    return isinstance(s, ir.Update) and s.op.startswith("operator.") and is_read(s.place, kind)


def unknown_uses(at: Any, s: ir.Stmt, kind: KindOf) -> Iterator[ir.Expr | None]:
    names = {n for n, found in at.names.items() if k.holds_reference(found)}
    names |= {n for n, found in at.params.items() if k.holds_reference(found)}
    if isinstance(s, ir.Opaque) and s.kind not in ("raise", "assert", "import") and names & {*s.reads, *s.writes}:
        yield None
    for e in (x for whole in statement_expressions(s) for x in subexpressions(whole)):
        if isinstance(e, ir.Lambda | ir.Comprehension | ir.Text):
            if reads(e) & names:
                yield e
        elif any(k.holds_reference(kind(c)) for c in children(e)) and not is_followed(at, e, kind):
            yield e


def is_followed(at: Any, e: ir.Expr, kind: KindOf) -> bool:
    found = kind(e)
    if isinstance(e, ir.Call) and e.op == "builtins.id":
        return True
    if isinstance(found, k.Unknown) and not isinstance(found, k.Maybe) and not found.functions:
        return False
    match e:
        case ir.Compare(_, ops, _):
            return COMPARED >= {*ops}
        case ir.Call(op):
            return id(e) in at.calls or op in KNOWN
        case ir.Apply():
            return id(e) in at.calls
    return not isinstance(e, ir.Walrus | ir.Attribute)
