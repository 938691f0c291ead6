"""One exit per block: `return`, `break` and `continue` move to the end of what they leave.

    if x > 1:                       if x > 1:
        return a          ->            out = a
    y = f(x)                        else:
    return y                            y = f(x)
                                        out = y

A `break` stays a `break` at the end of its branch; what follows the `if` becomes its `else` (`flat`: still
printed after it).  A flag is used only where two paths that fall through would need a copy of what follows.
A `return` inside a loop sets the result and a flag and breaks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..ir import nodes as ir
from ..ir.walk import blocks

TRUE, FALSE = ir.Const(True), ir.Const(False)


@dataclass
class Names:
    """Names for what the lowering adds, none of them used by the function."""

    taken: set[str]
    made: list[str] = field(default_factory=list)

    def fresh(self, name: str) -> str:
        while name in self.taken:
            name += "_"
        self.taken.add(name)
        return name


def lower(body: ir.Block, result: str, names: Names) -> ir.Block:
    """The body with its value in `result` and no `return` left."""
    if falls_off(body):
        body = (*body, ir.Return(None))
    return Lowering(result, names).function(without_loop_else(body, names))


def falls_off(block: ir.Block) -> bool:
    """Whether control may reach the end of a function without a `return`."""
    for s in block:
        match s:
            case ir.Return() | ir.Opaque("raise"):
                return False
            case ir.If(_, body, orelse) if not falls_off(body) and not falls_off(orelse):
                return False
            case ir.While(ir.Const(value), body) if value and "break" not in exits(body):
                return False
            case ir.For() | ir.While() if s.orelse and "break" not in exits(s.body) and not falls_off(s.orelse):
                return False
    return True


def without_loop_else(block: ir.Block, names: Names) -> ir.Block:
    """`else` of a loop as an `if not broke` after it."""
    done: list[ir.Stmt] = []
    for s in block:
        match s:
            case ir.If(_, body, orelse):
                s = replace(s, body=without_loop_else(body, names), orelse=without_loop_else(orelse, names))
                done.append(s)
            case ir.For() | ir.While():
                body, orelse = without_loop_else(s.body, names), without_loop_else(s.orelse, names)
                if orelse and "break" in exits(body):
                    flag = names.fresh("broke")
                    done.append(ir.Assign((flag,), (FALSE,)))
                    body = flag_breaks(body, flag)
                    orelse = (ir.If(ir.Call("operator.not_", (ir.Name(flag),)), orelse),)
                done += [replace(s, body=body, orelse=()), *orelse]
            case _:
                done.append(s)
    return tuple(done)


def exits(block: ir.Block) -> set[str]:
    """How control may leave a block other than at its end: "break", "continue", "return"."""
    found: set[str] = set()
    for s in block:
        match s:
            case ir.Break():
                found.add("break")
            case ir.Continue():
                found.add("continue")
            case ir.Return():
                found.add("return")
            case ir.For() | ir.While():
                found |= exits(s.body) & {"return"} | exits(s.orelse)
            case _:
                for inner in blocks(s):
                    found |= exits(inner)
    return found


def always_leaves(block: ir.Block) -> bool:
    """Whether no path reaches the end of the block."""
    if not block:
        return False
    match block[-1]:
        case ir.Break() | ir.Continue() | ir.Return():
            return True
        case ir.Opaque("raise"):
            return True
        case ir.If(_, body, orelse):
            return always_leaves(body) and always_leaves(orelse)
    return any(isinstance(s, ir.Break | ir.Continue | ir.Return) for s in block)


def raises(block: ir.Block) -> bool:
    """Whether every path through a block ends in a `raise`: no reverse sweep follows it."""
    match block[-1] if block else None:
        case ir.Opaque("raise"):
            return True
        case ir.If(_, body, orelse):
            return raises(body) and raises(orelse)
    return False


class Lowering:
    def __init__(self, result: str, names: Names) -> None:
        self.result, self.names = result, names
        self.returned: str | None = None

    def function(self, body: ir.Block) -> ir.Block:
        return tuple(self.block(body, in_loop=False))

    def block(self, block: ir.Block, in_loop: bool) -> list[ir.Stmt]:
        done: list[ir.Stmt] = []
        for position, s in enumerate(block):
            rest = block[position + 1 :]
            match s:
                case ir.Return():
                    return done + self.leave_function(s, in_loop)
                case ir.Break() | ir.Continue():
                    return [*done, s]
                case ir.If() if exits(s.body) | exits(s.orelse) or always_leaves(s.body):
                    return done + self.branch(s, rest, in_loop)
                case ir.For() | ir.While():
                    loop, needs_test = self.loop(s)
                    done += loop
                    if needs_test:
                        return done + self.after_return(rest, in_loop)
                case ir.If(_, body, orelse):
                    new = (tuple(self.block(body, in_loop)), tuple(self.block(orelse, in_loop)))
                    done.append(replace(s, body=new[0], orelse=new[1]))
                case _:
                    done.append(s)
                    if isinstance(s, ir.Opaque) and s.kind == "raise":
                        return done
        return done

    def leave_function(self, s: ir.Return, in_loop: bool) -> list[ir.Stmt]:
        value = s.value if s.value is not None else ir.Const(None)
        found: list[ir.Stmt] = [ir.Assign((self.result,), (value,), origin=s.origin)]
        if in_loop:
            found += [ir.Assign((self.flag(),), (TRUE,)), ir.Break()]
        return found

    def flag(self) -> str:
        if self.returned is None:
            self.returned = self.names.fresh("returned")
        return self.returned

    # ----- branches -----

    def branch(self, s: ir.If, rest: ir.Block, in_loop: bool) -> list[ir.Stmt]:
        body_leaves, else_leaves = always_leaves(s.body), always_leaves(s.orelse)
        body, orelse = self.block(s.body, in_loop), self.block(s.orelse, in_loop)
        if body_leaves and else_leaves or not rest:
            return [replace(s, body=tuple(body), orelse=tuple(orelse))]
        if body_leaves and not exits(s.orelse):
            tail = self.block(rest, in_loop)
            flat = not s.orelse and bool(body) and isinstance(body[-1], ir.Break | ir.Continue | ir.Opaque)
            return [replace(s, body=tuple(body), orelse=tuple(orelse + tail), flat=flat)]
        if else_leaves and not exits(s.body):
            return [replace(s, body=tuple(body + self.block(rest, in_loop)), orelse=tuple(orelse))]
        return self.flagged(s, rest, in_loop)

    def flagged(self, s: ir.If, rest: ir.Block, in_loop: bool) -> list[ir.Stmt]:
        """Leave by a flag: only one copy of `rest` is needed."""
        found: list[ir.Stmt] = []
        kinds = sorted(exits((s,)))
        flags = {
            kind: self.names.fresh({"break": "done", "continue": "skip", "return": "finished"}[kind]) for kind in kinds
        }
        found += [ir.Assign((flag,), (FALSE,)) for flag in flags.values()]
        marked = self.mark((s,), flags)
        found += self.block(marked, in_loop)
        tail: list[ir.Stmt] = self.block(rest, in_loop)
        for kind, flag in flags.items():
            if kind == "return" and not in_loop:
                tail = [ir.If(ir.Call("operator.not_", (ir.Name(flag),)), tuple(tail))]
                continue
            leaving = [ir.Continue()] if kind == "continue" else [ir.Break()]
            if kind == "return":
                leaving = [ir.Assign((self.flag(),), (TRUE,)), ir.Break()]  # type: ignore[assignment]
            tail = [ir.If(ir.Name(flag), tuple(leaving), tuple(tail), flat=True)]
        return found + tail

    def mark(self, block: ir.Block, flags: dict[str, str]) -> ir.Block:
        """`block` with each exit replaced by setting its flag, and what follows made conditional."""
        done: list[ir.Stmt] = []
        for position, s in enumerate(block):
            match s:
                case ir.Break():
                    return (*done, ir.Assign((flags["break"],), (TRUE,)))
                case ir.Continue():
                    return (*done, ir.Assign((flags["continue"],), (TRUE,)))
                case ir.Return():
                    value = s.value if s.value is not None else ir.Const(None)
                    result = ir.Assign((self.result,), (value,), origin=s.origin)
                    return (*done, result, ir.Assign((flags["return"],), (TRUE,)))
                case ir.If() if exits((s,)):
                    inner = replace(s, body=self.mark(s.body, flags), orelse=self.mark(s.orelse, flags), flat=False)
                    done.append(inner)
                    rest = self.mark(block[position + 1 :], flags)
                    return (*done, *self.unless(set(flags[k] for k in exits((s,))), rest))
                case ir.For() | ir.While() if "return" in exits((s,)):
                    loop, _ = self.loop(s)
                    rest = self.mark(block[position + 1 :], flags)
                    leave = ir.Assign((flags["return"],), (TRUE,))
                    return (*done, *loop, ir.If(ir.Name(self.flag()), (leave,), tuple(rest)))
                case _:
                    done.append(s)
        return tuple(done)

    @staticmethod
    def unless(flags: set[str], rest: ir.Block) -> ir.Block:
        if not rest:
            return ()
        tests = [ir.Call("operator.not_", (ir.Name(f),)) for f in sorted(flags)]
        test: ir.Expr = tests[0] if len(tests) == 1 else ir.BoolOp("and", tuple(tests))
        return (ir.If(test, rest),)

    # ----- loops -----

    def loop(self, s: ir.For | ir.While) -> tuple[list[ir.Stmt], bool]:
        """The loop, and whether a `return` inside it may end the function."""
        returns = "return" in exits(s.body)
        setup: list[ir.Stmt] = []
        if returns:
            setup.append(ir.Assign((self.flag(),), (FALSE,)))
        new = tuple(self.block(s.body, in_loop=True))
        return [*setup, replace(s, body=new)], returns

    def after_return(self, rest: ir.Block, in_loop: bool) -> list[ir.Stmt]:
        tail = tuple(self.block(rest, in_loop))
        if in_loop:
            return [ir.If(ir.Name(self.flag()), (ir.Break(),), tail, flat=True)]
        return [ir.If(ir.Call("operator.not_", (ir.Name(self.flag()),)), tail)] if tail else []


def flag_breaks(block: ir.Block, flag: str) -> ir.Block:
    """`flag` set just before each `break` of this loop."""
    done: list[ir.Stmt] = []
    for s in block:
        match s:
            case ir.Break():
                done += [ir.Assign((flag,), (TRUE,)), s]
            case ir.If(_, body, orelse):
                done.append(replace(s, body=flag_breaks(body, flag), orelse=flag_breaks(orelse, flag)))
            case _:
                done.append(s)
    return tuple(done)
