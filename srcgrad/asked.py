"""What a tape is asked for: targets and sources, found in its block by the expressions of the call or as objects."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .carried import carried, outer_names
from .derivative import not_differentiable
from .diagnostics import refuse
from .frontend.frames import FrameText, span_in
from .recorded import Recorded
from .structures import MISSING, Ref, follow


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
        functions = carried(self.block, frozenset(self.block.taken))
        self.block.join({n for c in functions for n in outer_names(c.function.__code__)})
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
            if len(began) > 1 or own is not None and not own.path and own.name not in block.exit:
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
            by_chance = at is not None and not (at.path or ref.path or is_object(value)) and at != ref
            if watched is value and not by_chance:  # two names may have one float: x, y = 3.0, 3.0
                return True
            if at == ref and watched is follow_ref(self.block.originals, ref):
                return True
        return False


def follow_ref(values: dict[str, Any], ref: Ref) -> Any:
    return follow(values.get(ref.name, MISSING), ref.path)


def is_object(value: Any) -> bool:
    """Whether a value is one object wherever it is; Python floats are values, and the same one may be many things."""
    return isinstance(value, np.ndarray | np.generic)
