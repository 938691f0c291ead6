"""The gradients of a tape: its block as a function from sources to targets, and cotangents pulled back through it.

A source that the block began with is an argument of that function.  One that the block has computed is moved by a
shift that is an argument: `y = x * x; y = y + y_shift`, so that the derivative by the shift is that by y.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import numpy as np

from .asked import Asked, Source, follow_ref, is_object
from .blockfunction import block_target
from .derivative import Emissions, read_external
from .diagnostics import diagnose, error, refuse
from .frontend.blocks import exits
from .objects import as_records
from .outcome import converter
from .parts import Part, follow
from .products import by_reverse
from .pullbacks import fitted
from .recorded import Recorded
from .replay import BlockTarget, check_same, same
from .runtime import zeros_like
from .structures import RETURNED, Field, Ref, mapped
from .tensorflow_names import check_value, ones_like
from .writes import kept_as_they_are


class Pulled:
    """The block's function with its value, and the derivatives by its sources for a cotangent.

    It ends at `call` if that stands in it; no derivative flows through the names in `stops`.
    """

    def __init__(
        self, block: Recorded, refs: tuple[Ref, ...], sources: tuple[Source, ...], call: Any = None,
        stops: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self.block, self.sources = block, sources
        shifts = tuple(dict.fromkeys(s.shifted for s in sources if s.shifted))
        self.target: BlockTarget = block_target(block, refs, shifts, call, stops)
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

    def parts_of(self, s: Source) -> list[Part]:
        if s.shifted:
            return [Part(self.target.shifts[s.shifted])]
        return [part_of(r) for r in s.refs if r.name in self.values]

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
        if total is None and s.refs:
            self.refuse_alias(s.refs[0])
        return total

    def refuse_alias(self, ref: Ref) -> None:
        """A float on which nothing depends, and which may be another one by another name."""
        value = follow_ref(self.block.originals, ref)
        if not is_object(value):
            others = [r for r in self.block.began_at(value) if r != ref and r.name in self.values]
            named = [r for r in others if self.matters(part_of(r))]
            if named:
                hint = "Watch it, and ask for the gradient, by the name that the block reads; or use an array."
                message = f"the target does not depend on `{ref}`, but on `{named[0]}`, which is the same number"
                refuse("SG416", message, self.block.span(), self.block.text.file, hint)

    @property
    def is_active(self) -> bool:
        return any(self.matters(p) for p in self.parts)

    def matters(self, part: Part) -> bool:
        """Whether the target depends on a part, be the derivative zero or not."""
        only = self.target.with_respect_to((part,)).find(self.args, {})
        result = only.module.result
        return bool(getattr(result, "active", True))

    def refuse_hidden(self) -> None:
        """Refuse a source that a function of the block takes from outside: no derivative would flow into it."""
        wanted = {r.name: follow_ref(self.block.originals, r) for s in self.sources for r in s.refs}
        block = self.block
        for value, shown in taken_from_outside(self.emission):
            if block.is_intermediate(shown) and value is block.exit[shown]:
                self.refuse_outside(shown)
            for n, source in wanted.items():
                if value is source and (is_object(source) or shown == n):
                    self.refuse_outside(n)

    def refuse_outside(self, name: str) -> None:
        hint = f"Pass it as an argument, so that the block reads `{name}` itself."
        message = f"a function that the block calls reads `{name}` from outside, and not from the block"
        refuse("SG416", message, self.block.span(), self.block.text.file, hint)


def part_of(ref: Ref) -> Part:
    return Part(ref.name, tuple(p.name if isinstance(p, Field) else str(p) for p in ref.path))


def taken_from_outside(emission: Any) -> Iterator[tuple[Any, str]]:
    """What the functions of a program read from modules and closures, with its name there."""
    for place, name, _ in emission.externals:
        yield read_external(place, name), name[-1] if isinstance(name, tuple) else name
    for (_, name), (scope, chain) in emission.module.values.items():
        yield scope.object(chain), name


def zero_for(value: Any) -> Any:
    """A shift: -0.0 changes no number, not even -0.0."""
    zero = zeros_like(as_records(value)) if isinstance(value, np.ndarray | float | complex) else type(value)(0)
    return -zero


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
    found = [s if not s.shifted or is_recorded(asked, s.shifted) else Source() for s in found]
    wanted = tuple(s for s in found if s.is_known)
    if wanted and len(values) == 1 and not known and returns(asked.block.body):
        made = Pulled(asked.block, (RETURNED,), wanted)
        return values, [RETURNED], made if same(made.value, as_records(values[0])) else None, found
    if not known or not wanted:
        return values, refs, None, found
    made = Pulled(asked.block, known, wanted, asked.call if asked.inside else None)
    asked.emission = made.emission
    check_same(made.value if len(known) > 1 else (made.value,), tuple(
        as_records(v) for v, r in zip(values, refs, strict=True) if r is not None), made.target.source)  # fmt: skip
    return values, refs, made, found


def is_recorded(asked: Asked, name: str) -> bool:
    """Whether what the block has computed is watched, or computed from what is."""
    block = asked.block
    if any(v is block.exit[name] or r == Ref(name) for v, r in block.watched):
        return True
    known = block.originals
    places = [block.began_at(v) if r is None or r.name not in known or is_object(v) else [r] for v, r in block.watched]
    sources = tuple(Source((r,)) for r in dict.fromkeys(r for p in places for r in p) if r.name in known)
    return bool(sources) and Pulled(block, (Ref(name),), sources, asked.call if asked.inside else None).is_active


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
