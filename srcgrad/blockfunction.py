"""The function of a recorded block: its text, with the statements that concern the tape replaced.

    tape.watch(x)                     pass
    with tape.stop_recording():       if True:
        c = x * x              ->         c = x * x
                                      c = stop_gradient(c)
    if c > 3.0: return c              if c > 3.0: return y
    y = c * x                         y = c * x; y = y + y_shift
                                      return y
"""

from __future__ import annotations

import ast
from typing import Any

from .carried import Carried, captured, carried
from .frontend.blocks import (
    LEFT,
    Edit,
    after,
    beside,
    exits,
    function_lines,
    last_binding,
    names_in,
    of_node,
    own_nodes,
    path_to,
    root,
    statement_of,
    statements_of,
    without_inner,
)
from .frontend.frames import place
from .frontend.source import characters
from .ir.origin import Span
from .recorded import Recorded
from .replay import NAME, BlockSource, BlockTarget
from .structures import RETURNED, Ref
from .syntax import parsed_expression

_targets: dict[Any, BlockTarget] = {}


def block_target(
    block: Recorded, refs: tuple[Ref, ...], shifts: tuple[str, ...], call: Any, stops: tuple[str, ...] = ()
) -> BlockTarget:
    """The function that gives the values at `refs`, with a shift for each name in `shifts`, up to a call inside.

    No derivative flows through the names in `stops`.
    """
    functions = carried(block, frozenset(r.name for _, r in block.watched if r is not None))
    constants = tuple(sorted((n, id(v)) for n, v in block.constants.items()))
    stop = place(call[1]) if call is not None else None
    key = (block.code, place(block.body[0]), tuple(block.originals), constants, refs, shifts, stop, stops,
           tuple((c.name, c.function.__code__) for c in functions))  # fmt: skip
    if key not in _targets or _targets[key].global_names is not block.global_names:
        if len(_targets) >= 1024:
            _targets.clear()
        _targets[key] = BlockText(block, shifts, call[1] if call is not None else None, stops).target(refs, functions)
    return _targets[key]


class BlockText:
    """The edits that make a block the body of a function."""

    def __init__(self, block: Recorded, shifts: tuple[str, ...], call: Any, stops: tuple[str, ...] = ()) -> None:
        self.block, self.call, self.stops = block, call, stops
        self.returns, self.wanted = False, set[str]()  # what the function gives
        self.file = block.text.file
        used = {n.id for s in block.body for n in ast.walk(s) if isinstance(n, ast.Name)}
        self.taken = used | set(block.originals) | set(block.constants) | {NAME}
        self.shifts = {n: self.fresh(f"{n}_shift") for n in shifts}
        self.stop = self.fresh("stop_gradient")
        entered = [i for s in statements_of(block.body) if isinstance(s, ast.With) for i in s.items]
        self.again = [i.context_expr for i in entered if i.optional_vars is None and name_of(i) in block.tapes]
        self.tape = self.fresh("GradientTape")
        inner = {name_of(i) for i in entered if i.context_expr in self.again}.union(
            *(names_in(i, ast.Store) for i in entered))  # fmt: skip
        self.tapes = block.tapes - inner  # those that the block enters are differentiated with it

    def fresh(self, name: str) -> str:
        while name in self.taken:
            name += "_"
        self.taken.add(name)
        return name

    def target(self, refs: tuple[Ref, ...], functions: list[Carried]) -> BlockTarget:
        shown = ", ".join(expression(r) for r in refs)
        result = f"return {shown}" if len(refs) == 1 else f"return ({shown})"
        if refs == (RETURNED,):
            result = 'raise RuntimeError("the block did not return")'
        self.returns = refs == (RETURNED,)
        if not self.returns:
            self.wanted = names_in(parsed_expression(f"({shown})"))
        edits = self.edits(result)
        params = list(self.block.originals) + list(self.shifts.values())
        header, *lines = function_lines(NAME, params, self.block.body, self.file.lines, edits, result)
        margin = lines[-1].text[: len(lines[-1].text) - len(lines[-1].text.lstrip())]
        texts = {c: c.lines(margin) for c in functions}
        functions = [c for c, text in texts.items() if text is not None]
        lines = [header, *(line for text in texts.values() for line in text or ()), *lines]
        node = self.block.node
        span = Span(node.lineno, characters(self.file.line(node.lineno), node.col_offset), node.lineno,
                    len(self.file.line(node.lineno)))  # fmt: skip
        from .api import stop_gradient
        from .tape import GradientTape

        constants = {**captured(functions, self.taken), **self.block.constants, self.stop: stop_gradient}
        constants |= {self.tape: GradientTape} if self.again else {}
        constants = {n: v for n, v in constants.items() if n not in {c.name for c in functions}}
        return BlockTarget(BlockSource(self.file, span, lines), params, self.block, constants, self.shifts)

    # ----- edits -----

    def edits(self, result: str) -> list[Edit]:
        leaving = [s for s in exits(self.block.body) if not any(n is self.call for n in ast.walk(s))]
        if self.call is not None:  # those before the call were not taken
            found = [of_node(s, LEFT) for s in leaving]
        else:
            found = [of_node(s, result) for s in leaving if not (self.returns and isinstance(s, ast.Return))]
        unused = [*self.unused_gradients(), *self.block.idle]
        for s in statements_of(self.block.body):
            found += [of_node(s, "pass")] if s in unused else self.of_statement(s)
        if self.call is not None:
            found = [*found, *beside(self.block.body, self.call)]
            if self.block.inner is not None:
                found += self.block.inner.edits(self.block.given)
            found.append(self.ended(result))
        for name in dict.fromkeys((*self.stops, *self.shifts)):
            lines = [f"{name} = {self.stop}({name})"] if name in self.stops else []
            lines += [f"{name} = {name} + {self.shifts[name]}"] if name in self.shifts else []
            found.append(self.behind(name, lines))
        return without_inner(found)

    def unused_gradients(self) -> list[Any]:
        """Assignments of gradients that were asked for earlier, where the result does not need them."""
        body = self.before_call()
        found: list[Any] = []
        for n, s in enumerate(body):
            if isinstance(s, ast.Assign) and any(is_gradient(c) for c in ast.walk(s.value)):
                later = self.wanted.union(*(names_in(x) for x in body[n + 1 :]))
                if not later & {x for t in s.targets for x in names_in(t, ast.Store)}:
                    found.append(s)
        return found

    def of_statement(self, s: Any) -> list[Edit]:
        """What becomes of a statement that concerns a tape."""
        method = self.method(s.value) if isinstance(s, ast.Expr) else ""
        if method in ("watch", "reset"):
            return [of_node(s, "pass")]
        if isinstance(s, ast.With) and any(self.method(i.context_expr) == "stop_recording" for i in s.items):
            return self.stopped(s)
        if isinstance(s, ast.With) and any(i.context_expr in self.again for i in s.items):
            made = (i.context_expr for i in s.items if i.context_expr in self.again)
            return [of_node(e, f"{self.tape}(persistent=True) as {ast.unparse(e)}") for e in made]
        heads = [s] if not hasattr(s, "body") else [getattr(s, f) for f in ("test", "iter") if hasattr(s, f)]
        for node in (n for h in heads for n in own_nodes(h)):
            if self.method(node) in ("gradient", "jacobian") and node is not self.call:
                self.block.refuse(
                    "SG209", "a gradient of a tape is a part of what this tape has recorded", node,
                    "Ask for it after the block, or record it by a tape of its own around both.",
                )  # fmt: skip
        return []

    def method(self, node: Any) -> str:
        """The method of a tape that an expression calls."""
        match node:
            case ast.Call(ast.Attribute(ast.Name(name), method)) if name in self.tapes:
                return method
        return ""

    def stopped(self, s: ast.With) -> list[Edit]:
        if len(s.items) > 1:
            self.block.refuse("SG209", "several contexts are entered at once", s, "Write a `with` for each.")
        names = sorted({n for x in s.body for n in names_in(x, ast.Store)})
        for x in (n for y in s.body for n in own_nodes(y)):
            if isinstance(x, ast.Subscript | ast.Attribute) and isinstance(x.ctx, ast.Store):
                self.block.refuse(
                    "SG213", f"a part of `{root(x) or 'a value'}` is changed while the tape does not record", x,
                    "Compute a new array there.",
                )  # fmt: skip
        header = Edit((s.lineno, s.col_offset), (s.items[0].context_expr.end_lineno or 0,
                      s.items[0].context_expr.end_col_offset or 0), "if True")  # fmt: skip
        margin = " " * s.col_offset
        ends = [after(s, f"\n{margin}{n} = {self.stop}({n})") for n in names]
        return [header, *ends]

    def ended(self, result: str) -> Edit:
        """The block ends at the statement that asks for the gradient."""
        found = statement_of(self.block.body, self.call)
        if found is None or found[1] and self.block.inner is None:
            message = "a gradient is asked for in a loop of the block, or outside of it, while the tape records"
            hint = "Ask for it after the block."
            if not isinstance(self.block.node, ast.With):
                message = "these gradients are asked for inside a loop, whose earlier rounds they would run through"
                hint = "Ask for them after the loop, or take one round as a function of its own: `srcgrad.grad(step)`."
            self.block.refuse("SG209", message, self.call, hint)
        assert found is not None
        return of_node(found[0], result)

    def behind(self, name: str, lines: list[str]) -> Edit:
        """Statements behind the one that gives a name its last value."""
        found = last_binding(self.before_call(), name)
        if found is None or found[1] is not None:
            node = found[1] if found is not None else None
            self.block.refuse(
                "SG416", f"which value of `{name}` is meant is not clear: it is bound in this statement, and read in it"
                if node is not None else f"`{name}` is not bound by a statement of the block", node,
                f"Give the value a name of its own after it, `last = {name}`, and use that.",
            )  # fmt: skip
        assert found is not None
        s = found[0]
        margin = " " * len(self.file.line(s.lineno)[: s.col_offset])
        return after(s, "".join(f"\n{margin}{text}" if hasattr(s, "body") else f"; {text}" for text in lines))

    def before_call(self) -> list[Any]:
        """The statements of the block up to the call that is made in it."""
        if self.block.inner is not None:
            return self.block.inner.path
        return self.block.body if self.call is None else path_to(self.block.body, self.call)


def name_of(item: ast.withitem) -> str:
    """The name of a tape that was made before the block that enters it."""
    return item.context_expr.id if isinstance(item.context_expr, ast.Name) else ""


def is_gradient(node: Any) -> bool:
    match node:
        case ast.Call(ast.Attribute(_, name) | ast.Name(name)):
            return name in ("gradient", "gradients", "jacobian")
    return False


def expression(ref: Ref) -> str:
    return str(ref)
