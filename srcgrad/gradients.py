"""What a tape is asked for: targets and sources found in its block, and the block as a function from one to the other.

A source that the block began with is an argument of that function.  One that the block has computed is moved by a
shift that is an argument: `y = x * x; y = y - y_shift`, so that the derivative by the shift is minus that by y.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .blockfunction import block_target
from .derivative import Emissions, not_differentiable, read_external
from .diagnostics import diagnose, error, refuse
from .frontend.blocks import exits
from .frontend.frames import FrameText, span_in
from .objects import as_records
from .outcome import converter
from .parts import Part, follow
from .products import by_reverse
from .pullbacks import fitted
from .recorded import MISSING, RETURNED, Field, Recorded, Ref, mapped
from .replay import BlockTarget, check_same, same
from .runtime import zeros_like
from .tensorflow_names import check_value, ones_like
from .writes import kept_as_they_are


@dataclass(frozen=True)
class Source:
    """Where the derivative by one source is found: in arguments of the block, or in the shift of a name."""

    refs: tuple[Ref, ...] = ()
    shifted: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.refs or self.shifted)


@dataclass
class Asked:
    """A question to a tape, and the frame and call it comes from."""

    block: Recorded
    frame: Any
    call: tuple[FrameText, ast.Call] | None
    inside: bool
    unconnected: str
    emission: Any = None
    values: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.inside:
            if self.frame.f_code is not self.block.code:
                refuse(
                    "SG209", "a gradient is asked for while the tape records, by a function that the block calls",
                    self.block.span(), self.block.text.file, "Ask for it in the block itself, or after it.",
                )  # fmt: skip
            self.block.end(self.frame)

    def node(self, position: int, keyword: str) -> Any:
        """The expression for an argument of the call."""
        if self.call is None:
            return None
        args, keywords = self.call[1].args, self.call[1].keywords
        if any(isinstance(a, ast.Starred) for a in args) or any(k.arg is None for k in keywords):
            return None
        if position < len(args):
            return args[position]
        return next((k.value for k in keywords if k.arg == keyword), None)

    # ----- targets -----

    def target(self, value: Any, node: Any, ref: Ref | None) -> Ref | None:
        """Where the block has a target; None where it is no value of the block."""
        problem = not_differentiable(value)
        if problem:
            refuse("SG418", f"the target is {problem}, which has no gradient", *self.at(node))
        own = ref if ref is not None and self.frame.f_code is self.block.code else None
        if own is not None and self.block.found_at(own, value):
            return own
        found = self.block.ended_at(value)
        return found[0] if found else None

    def at(self, node: Any) -> tuple[Any, Any]:
        """The place of an expression of the call."""
        if node is None or self.call is None:
            return None, None
        return span_in(self.call[0].file, node), self.call[0].file

    # ----- sources -----

    def source(self, value: Any, node: Any, ref: Ref | None) -> Source:
        """Where the block has a source; Source() where it was not watched, or is no value of the block."""
        if not_differentiable(value):
            return Source()
        found = self.place_of(value, ref if self.frame.f_code is self.block.code else None, node)
        if found.refs and not any(self.is_watched(r, value) for r in found.refs):
            return Source()
        return found

    def place_of(self, value: Any, own: Ref | None, node: Any) -> Source:
        block = self.block
        began = block.began_at(value)
        if own is not None and block.found_at(own, value) and block.is_intermediate(own.name):
            if own.path:
                self.refuse_part(own, node)
            return Source(shifted=own.name)
        if own is not None and own in began:
            return Source(tuple(began) if is_object(value) else (own,))
        if began and not is_object(value):
            watched = [r for r in began if any(r == w for _, w in block.watched)]
            began = watched or began
            if len(began) > 1:
                self.refuse_ambiguous(began, node)
        if began:
            return Source(tuple(began))
        ended = [r for r in block.ended_at(value) if block.is_intermediate(r.name)]
        if ended and ended[0].path:
            self.refuse_part(ended[0], node)
        return Source(shifted=ended[0].name) if ended else Source()

    def refuse_part(self, ref: Ref, node: Any) -> None:
        span, file = self.at(node)
        hint = "Give it a name of its own in the block, and ask for the gradient by that."
        refuse("SG416", f"`{ref}` is a part of what the block computes, and has no name there", span, file, hint)

    def refuse_ambiguous(self, refs: list[Ref], node: Any) -> None:
        span, file = self.at(node)
        names = " or ".join(f"`{r}`" for r in refs)
        hint = "Name it in the call (`tape.gradient(y, x)`) in the function of the block, or use an array."
        refuse("SG416", f"this number may be {names}", span, file, hint)

    def is_watched(self, ref: Ref, value: Any) -> bool:
        for watched, at in self.block.watched:
            if watched is value and (at is None or at == ref or is_object(value)):
                return True
            if at == ref and watched is follow_ref(self.block.originals, ref):
                return True
        return False


def follow_ref(values: dict[str, Any], ref: Ref) -> Any:
    from .recorded import follow as follow_path

    return follow_path(values.get(ref.name, MISSING), ref.path)


def is_object(value: Any) -> bool:
    """Whether a value is one object wherever it is; Python floats are values, and the same one may be many things."""
    return isinstance(value, np.ndarray | np.generic)


# ----- gradients -----


class Pulled:
    """The block's function with its value, and the derivatives by its sources for a cotangent."""

    def __init__(self, asked: Asked, refs: tuple[Ref, ...], sources: tuple[Source, ...]) -> None:
        self.asked, self.sources = asked, sources
        block = asked.block
        shifts = tuple(dict.fromkeys(s.shifted for s in sources if s.shifted))
        self.shifts = shifts
        self.target: BlockTarget = block_target(block, refs, shifts, asked.call if asked.inside else None)
        self.values = {n: v for n, v in block.entry.items() if n in self.target.params}
        for name in shifts:
            self.values[self.target.shifts[name]] = zero_for(block.exit[name])
        self.parts = tuple(dict.fromkeys(p for s in sources for p in self.parts_of(s)))
        self.emissions: Emissions = self.target.with_respect_to(self.parts)
        args = tuple(self.values[n] for n in self.target.params)
        self.args = args
        with kept_as_they_are() as keep, block.draws.again():
            self.emission = self.emissions.find(args, {})
            self.refuse_hidden()
            keep(self.emission.module)
            self.value, self.pull = self.emission.call(args, {})
        asked.emission = self.emission

    def parts_of(self, s: Source) -> list[Part]:
        if s.shifted:
            return [Part(self.target.shifts[s.shifted])]
        return [Part(r.name, tuple(p.name if isinstance(p, Field) else str(p) for p in r.path)) for r in s.refs
                if r.name in self.values]  # fmt: skip

    def gradients(self, dy: Any) -> list[Any]:
        """One derivative per source; None where the source does not matter."""
        names = list(self.emissions.wrt)
        found = dict(zip(names, self.pull(dy), strict=True)) if names else {}
        return [self.of_source(s, found) for s in self.sources]

    def of_source(self, s: Source, found: dict[str, Any]) -> Any:
        total: Any = None
        for p in self.parts_of(s):
            steps = p.steps(self.values[p.name], self.target.name)
            gradient, value = follow(found[p.name], steps), follow(self.values[p.name], steps)
            convert = converter(value)
            gradient = convert(gradient) if convert is not None else gradient
            if not np.any(gradient) and not self.matters(p):
                continue
            total = gradient if total is None else total + gradient
        return -total if s.shifted and total is not None else total

    def matters(self, part: Part) -> bool:
        """Whether the target depends on a part, be the derivative zero or not."""
        only = self.target.with_respect_to((part,)).find(self.args, {})
        result = only.module.result
        return bool(getattr(result, "active", True))

    def refuse_hidden(self) -> None:
        """Refuse a source that a function of the block takes from outside: no derivative would flow into it."""
        wanted = {r.name: follow_ref(self.asked.block.originals, r) for s in self.sources for r in s.refs}
        block = self.asked.block
        for value, shown in taken_from_outside(self.emission):
            if block.is_intermediate(shown) and value is block.exit[shown]:
                self.refuse_outside(shown)
            for n, source in wanted.items():
                if value is source and (is_object(source) or shown == n):
                    self.refuse_outside(n)

    def refuse_outside(self, name: str) -> None:
        hint = f"Pass it as an argument, so that the block reads `{name}` itself."
        message = f"a function that the block calls reads `{name}` from outside, and not from the block"
        refuse("SG416", message, self.asked.block.span(), self.asked.block.text.file, hint)


def taken_from_outside(emission: Any) -> Iterator[tuple[Any, str]]:
    """What the functions of a program read from modules and closures, with its name there."""
    for place, name, _ in emission.externals:
        yield read_external(place, name), name[-1] if isinstance(name, tuple) else name
    for (_, name), (scope, chain) in emission.module.values.items():
        yield scope.object(chain), name


def zero_for(value: Any) -> Any:
    zero = zeros_like(as_records(value))
    return zero if isinstance(value, np.ndarray | float | complex) else type(value)(0)


def pulled(asked: Asked, target: Any, sources: Any) -> tuple[Any, list[Any], Pulled | None, list[Source]]:
    """The targets with where they are, the sources in a list, and the function between them if there is one."""
    values: list[Any] = []
    refs: list[Ref | None] = []

    def note_target(value: Any, node: Any, ref: Ref | None) -> None:
        values.append(value)
        refs.append(asked.target(value, node, ref))

    mapped(target, note_target, asked.node(0, "target"))
    found: list[Source] = []

    def note_source(value: Any, node: Any, ref: Ref | None) -> None:
        found.append(asked.source(value, node, ref))

    mapped(sources, note_source, asked.node(1, "sources"))
    known = tuple(r for r in refs if r is not None)
    wanted = tuple(s for s in found if s.is_known)
    if wanted and len(values) == 1 and not known and returns(asked.block.body):
        made = Pulled(asked, (RETURNED,), wanted)
        return values, [RETURNED], made if same(made.value, as_records(values[0])) else None, found
    if not known or not wanted:
        return values, refs, None, found
    made = Pulled(asked, known, wanted)
    check_same(made.value if len(known) > 1 else (made.value,), tuple(
        as_records(v) for v, r in zip(values, refs, strict=True) if r is not None), made.target.source)  # fmt: skip
    return values, refs, made, found


def returns(body: list[ast.stmt]) -> bool:
    return any(isinstance(s, ast.Return) and s.value is not None for s in exits(body))


def gradient_of(asked: Asked, target: Any, sources: Any, output_gradients: Any) -> Any:
    values, refs, made, found = pulled(asked, target, sources)
    weights = weights_of(target, values, output_gradients)
    gradients: list[Any] = []
    if made is not None:
        for v, w in zip(values, weights, strict=True):
            if w is None:
                check_value("the block", v)
        dy = [fitted(as_records(w), as_records(v), "output gradient") if w is not None else ones_like(v)
              for v, w, r in zip(values, weights, refs, strict=True) if r is not None]  # fmt: skip
        gradients = made.gradients(tuple(dy) if len(dy) > 1 else dy[0])
    rest = iter(gradients)
    return finished(asked, sources, [next(rest) if s.is_known and made is not None else None for s in found])


def weights_of(target: Any, values: list[Any], given: Any) -> list[Any]:
    """The cotangent of each target; None where it is ones."""
    if given is None:
        return [None] * len(values)
    if len(values) == 1 and not isinstance(target, tuple | list | dict):
        weights = [given]
    else:
        weights = list(given.values()) if isinstance(given, dict) else list(given)
    if len(weights) != len(values):
        raise error(diagnose("SG409", f"{len(values)} targets and {len(weights)} output gradients"))
    for v, w in zip(values, weights, strict=True):
        if w is not None and np.shape(w) != np.shape(v):
            message = f"the output gradient has shape {np.shape(w)}, and the target has shape {np.shape(v)}"
            raise error(diagnose("SG409", message))
    return weights


def jacobian_of(asked: Asked, target: Any, sources: Any) -> Any:
    values, _, made, found = pulled(asked, target, sources)
    if len(values) != 1:
        raise error(diagnose("SG413", "a Jacobian is that of one number or array", hint="Ask for them one by one."))
    if made is None:
        return finished(asked, sources, [None] * len(found), np.shape(values[0]))
    zero = made.gradients(zeros_like(values[0]))
    live = [n for n, z in enumerate(zero) if z is not None]

    def pull(direction: Any) -> list[Any]:
        each = made.gradients(direction)
        return [each[n] for n in live]

    blocks = dict(zip(live, by_reverse(values[0], pull, [zero[n] for n in live], list(range(len(live))), False),
                      strict=True)) if live else {}  # fmt: skip
    known = iter(range(len(zero)))
    each = [blocks.get(next(known)) if s.is_known else None for s in found]
    return finished(asked, sources, each, np.shape(values[0]))


def finished(asked: Asked, sources: Any, gradients: list[Any], out: tuple[int, ...] = ()) -> Any:
    """The derivatives in the structure of the sources, with zeros for None if that is asked for."""
    rest = iter(gradients)

    def one(value: Any, node: Any, ref: Ref | None) -> Any:
        g = next(rest)
        if g is not None or asked.unconnected == "none":
            return g
        return np.zeros((*out, *np.shape(value)), np.result_type(value)) if out else zeros_like(value)

    return mapped(sources, one)
