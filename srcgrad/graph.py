"""gradients and function: derivatives between local variables of a function, asked for in the function itself.

    @srcgrad.function
    def cost():                                       def tape_block(w_shift, b_shift):
        w = 0.0                                           w = 0.0; w = w - w_shift
        b = 2.0 * w                              ->       b = 2.0 * w; b = b - b_shift
        cost = w + b                                      cost = w + b
        return srcgrad.gradients(cost, [w, b])            return cost

The function runs as ordinary Python.  What it has done up to the call is the block that is differentiated.
"""

from __future__ import annotations

import ast
import functools
import inspect
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from .asked import Source
from .derivative import not_differentiable
from .diagnostics import diagnose, error, refuse
from .frontend.frames import called, place, span_in, text_of_frame
from .frontend.rounds import Asking, NoRound, Round, round_of
from .objects import as_records
from .pullbacks import fitted
from .pulled import Pulled
from .recorded import Recorded
from .replay import check_same
from .runtime import zeros_like
from .structures import MISSING, Ref
from .tensorflow_names import check_value, ones_like

COMPREHENSIONS = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")  # those with frames of their own
UNCONNECTED = ("none", "zero")


class _Calls(threading.local):
    """The calls of decorated functions that are under way in this thread."""

    def __init__(self) -> None:
        self.running: list[tuple[Any, dict[str, Any]]] = []


_calls = _Calls()
_rounds: dict[Any, Round | None] = {}


def function(f: Callable[..., Any]) -> Callable[..., Any]:
    """A function in which `gradients` may be asked for; it computes what it did before.

    >>> @function
    ... def slope(x):
    ...     y = x * x
    ...     return gradients(y, [x])
    >>> slope(3.0)
    [6.0]
    """
    if not callable(f):
        raise error(diagnose("SG401", f"srcgrad.function takes a function, not a {type(f).__name__}"))
    signature = inspect.signature(f)
    code = getattr(f, "__code__", None)
    if code is None:
        raise error(diagnose("SG109", "srcgrad.function takes a function that is written in Python"))

    @functools.wraps(f)
    def running(*args: Any, **kwargs: Any) -> Any:
        try:
            bound = signature.bind(*args, **kwargs)
        except TypeError:
            return f(*args, **kwargs)  # which says so better
        bound.apply_defaults()
        cells = dict(zip(code.co_freevars, f.__closure__ or (), strict=True))
        local = {n: c.cell_contents for n, c in cells.items() if is_set(c)}
        block = Recorded(None, None, [], code, f.__globals__)  # type: ignore[arg-type]
        begin(block, {**local, **bound.arguments})
        _calls.running.append((code, {"block": block}))
        try:
            return f(*args, **kwargs)
        finally:
            _calls.running.pop()

    running.__srcgrad_primal__ = f  # type: ignore[attr-defined]
    return running


def is_set(cell: Any) -> bool:
    try:
        return cell.cell_contents is not MISSING
    except ValueError:
        return False


def begin(block: Recorded, local: dict[str, Any]) -> None:
    """Keep the arguments, and what else the function may read, as they are now."""
    names = set(block.code.co_names) | set(local)
    block.begin_with([n for n in sorted(names) if n in local or n in block.global_names], local)


def gradients(
    ys: Any, xs: Any, grad_ys: Any = None, stop_gradients: Any = None, unconnected_gradients: str = "none"
) -> list[Any]:
    """A list with the derivative of the sum of `ys` by each of `xs`, inside a function decorated with `function`.

    `ys` are expressions, and `xs` names, of local variables; each may be a list or one alone.  `grad_ys` are weights
    of `ys`, ones where one is None.  No derivative flows through the variables in `stop_gradients`.  A variable on
    which `ys` do not depend, or which holds integers, gives None, or zeros with `unconnected_gradients="zero"`.
    Raises RuntimeError outside of such a function, ValueError for lengths and shapes that do not fit.

    >>> @function
    ... def through(a):
    ...     b = 2.0 * a
    ...     return gradients(a + b, [a, b]), gradients(a + b, [a, b], stop_gradients=[a, b])
    >>> through(0.0)
    ([3.0, 1.0], [1.0, 1.0])
    """
    if unconnected_gradients not in UNCONNECTED:
        message = f'`unconnected_gradients` is "none" or "zero", not {unconnected_gradients!r}'
        raise error(diagnose("SG413", message))
    asked = Question(sys._getframe(1))
    return asked.answer(ys, xs, grad_ys, stop_gradients, unconnected_gradients)


OUTSIDE = "gradients is called outside of a function of srcgrad"


class Question:
    """A call of `gradients`, and the function it stands in."""

    def __init__(self, frame: Any) -> None:
        running = _calls.running[-1] if _calls.running else None
        around, self.local = outside_of_comprehensions(frame)
        if running is None or around.f_code is not running[0]:
            hint, message = "Decorate the function that calls it with `@srcgrad.function`.", OUTSIDE
            if running is not None and frame.f_code in running[0].co_consts:
                hint = "Ask for it in a statement of the function itself."
                message = f"gradients is called in a function inside of `{running[0].co_name}`"
            raise error(diagnose("SG414", message, hint=hint))
        text = text_of_frame(around)
        found = called(frame, around)
        if found is None:
            refuse("SG101", "the source of this call of gradients is not known", None, text.file, "Call it directly.")
        self.call = found
        self.block: Recorded = running[1]["block"]
        if self.block.text is None:
            node = function_around(text.tree, self.call[1])
            self.block.text, self.block.node, self.block.body = text, node, without_docstring(node.body)
        self.block.end(around)
        self.frame = around

    def of_round(self, names: list[Any], targets: list[Any], stops: list[Any]) -> Recorded:
        """The statements of a round up to the call, if it stands in a loop; what they begin with is still there."""
        text, node, call = self.block.text, self.block.node, self.call[1]
        asked = tuple(tuple(ast.unparse(n) for n in each) for each in (names, targets, stops))
        key = (self.block.code, place(call), asked)
        if key not in _rounds:
            sources, stopped = ([n.id for n in each if isinstance(n, ast.Name)] for each in (names, stops))
            try:
                _rounds[key] = round_of(Asking(node, call, sources, targets, stopped, text.tree))
            except NoRound as reason:
                self.refuse("SG209", str(reason), call, reason.hint)
        found = _rounds[key]
        if found is None:
            return self.block
        if found.loop is None:
            block = replace(self.block, body=found.body, originals={**self.block.originals})
        else:
            block = Recorded(text, found.loop, found.body, self.block.code, self.block.global_names)
            block.begin_with(found.start, self.frame.f_locals)
        block.idle, block.inner = found.idle, found.inner
        block.give({n: self.local[n] for n in found.inner.names})
        block.end(self.frame)
        return block

    def node(self, position: int, keyword: str) -> Any:
        args, keywords = self.call[1].args, self.call[1].keywords
        if position < len(args):
            return args[position]
        return next((k.value for k in keywords if k.arg == keyword), None)

    def refuse(self, code: str, message: str, node: Any, hint: str) -> Any:
        refuse(code, message, span_in(self.call[0].file, node), self.call[0].file, hint)

    def listed(self, position: int, keyword: str, given: Any) -> tuple[list[Any], list[Any]]:
        """The values of an argument that is one alone or a list, and the expressions for them."""
        node = self.node(position, keyword)
        if not isinstance(given, list | tuple):
            return [given], [node]
        if isinstance(node, ast.List | ast.Tuple) and len(node.elts) == len(given):
            return list(given), list(node.elts)
        if not given:
            return [], []
        return self.refuse("SG416", f"`{keyword}` is a list that is not written out", node or self.call[1],
                           "Write the list out in the call.")  # type: ignore[no-any-return]  # fmt: skip

    # ----- the answer -----

    def answer(self, ys: Any, xs: Any, grad_ys: Any, stop_gradients: Any, unconnected: str) -> list[Any]:
        values, targets = self.listed(0, "ys", ys)
        sources, names = self.listed(1, "xs", xs)
        _, stopped = self.listed(3, "stop_gradients", [] if stop_gradients is None else stop_gradients)
        self.block = self.of_round(names, targets, stopped)
        if self.block.inner is not None:
            targets = [self.block.inner.asked(t, self.block.given) for t in targets]
        weights = self.weights(values, grad_ys)
        if any(y is None for y in values):
            raise error(diagnose("SG418", "ys is None, which has no gradient", hint="Pass a value."))
        found = [self.source(x, n) for x, n in zip(sources, names, strict=True)]
        live = [n for n, y in enumerate(values) if not not_differentiable(y)]
        known = tuple(s for s in found if s.is_known)
        if not known or not live:
            return [self.unconnected(x, None, unconnected) for x in sources]
        refs = tuple(Ref(ast.unparse(targets[n])) for n in live)
        stops = tuple(self.name_of(n, "stop_gradients") for n in stopped)
        made = Pulled(self.block, refs, known, self.call, tuple(n for n in stops if self.is_bound(n)))
        check_same(made.value if len(live) > 1 else (made.value,), tuple(as_records(values[n]) for n in live),
                   made.target.source)  # fmt: skip
        dy = []
        for n in live:
            if weights[n] is None:
                check_value("the function", values[n])
            dy.append(ones_like(values[n]) if weights[n] is None else fitted(weights[n], values[n], "grad_ys"))
        rest = iter(made.gradients(tuple(dy) if len(dy) > 1 else dy[0]))
        each = [next(rest) if s.is_known else None for s in found]
        return [self.unconnected(x, g, unconnected) for x, g in zip(sources, each, strict=True)]

    @staticmethod
    def unconnected(x: Any, g: Any, unconnected: str) -> Any:
        return zeros_like(x) if g is None and unconnected == "zero" and not not_differentiable(x) else g

    @staticmethod
    def weights(values: list[Any], given: Any) -> list[Any]:
        weights = [None] * len(values) if given is None else list(given) if isinstance(given, list | tuple) else [given]
        if len(weights) != len(values):
            raise error(diagnose("SG409", f"{len(values)} ys and {len(weights)} grad_ys"))
        for y, w in zip(values, weights, strict=True):
            if w is not None and np.shape(w) != np.shape(y):
                raise error(diagnose("SG409", f"grad_ys has shape {np.shape(w)}, and ys has shape {np.shape(y)}"))
        return weights

    def source(self, value: Any, node: Any) -> Source:
        name = self.name_of(node, "xs")
        if not_differentiable(value):
            return Source()
        return Source(shifted=name) if self.is_bound(name) else Source((Ref(name),))

    def name_of(self, node: Any, keyword: str) -> str:
        if not isinstance(node, ast.Name) or node.id not in {**self.block.exit, **self.block.originals}:
            message = f"`{keyword}` holds something else than names of local variables"
            self.refuse("SG416", message, node or self.call[1], "Give it a name in the function, before it is used.")
        name: str = node.id
        return name

    def is_bound(self, name: str) -> bool:
        """Whether a variable was bound by the function, and not passed to it."""
        return self.block.is_intermediate(name)


def outside_of_comprehensions(frame: Any) -> tuple[Any, dict[str, Any]]:
    """The frame of the function around comprehensions, and the variables here."""
    found: dict[str, Any] = {}
    while frame.f_code.co_name in COMPREHENSIONS and frame.f_back is not None:
        found = {**frame.f_locals, **found}
        if frame.f_code not in frame.f_back.f_code.co_consts:
            break
        frame = frame.f_back
    return frame, {**frame.f_locals, **found}


def function_around(tree: ast.AST, call: ast.Call) -> Any:
    """The innermost function that a call stands in."""
    found = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and any(x is call for x in ast.walk(n))]
    return max(found, key=lambda n: n.lineno)


def without_docstring(body: list[Any]) -> list[Any]:
    is_text = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) and len(body) > 1
    return body[1:] if is_text else body
