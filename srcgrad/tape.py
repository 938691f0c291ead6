"""GradientTape: the source of a `with` block is read, and differentiated when a gradient is asked for.

    with srcgrad.GradientTape() as tape:          def tape_block(x):
        tape.watch(x)                                 pass
        y = x * x                         ->          y = x * x
    dy_dx = tape.gradient(y, x)                       return y

The block runs as ordinary Python.  `gradient` finds its target and sources in the block through the source of the
call, or as the very objects they are, and pulls a cotangent back through the function of the block (see `replay`).
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

import numpy as np

from .api import grad
from .asked import Asked
from .derivative import not_differentiable
from .diagnostics import diagnose, error, refuse
from .frontend.frames import called
from .pulled import gradient_of, jacobian_of
from .recorded import Recorded, recorded, restarted
from .structures import Ref, mapped

UNCONNECTED = ("none", "zero")


class _Recording(threading.local):
    """The tapes that record in this thread, outer ones first."""

    def __init__(self) -> None:
        self.tapes: list[GradientTape] = []


_recording = _Recording()


class GradientTape:
    """Records the block of a `with` statement, so that what it computes can be differentiated.

    `watch` says what is differentiated; `gradient` gives one gradient per tape, or many if the tape is persistent.
    Numbers and arrays are plain ones.  Raises SrcgradError, with file, line and column, where the source of the block
    is not known or cannot be differentiated.

    >>> def slope(x):
    ...     with GradientTape() as tape:
    ...         tape.watch(x)
    ...         y = x * x
    ...     return tape.gradient(y, x)
    >>> slope(3.0)
    6.0
    """

    records_a_block = True

    def __init__(self, persistent: bool = False) -> None:
        if not isinstance(persistent, bool):
            raise error(diagnose("SG404", f"`persistent` is True or False, not {persistent!r}"))
        self.persistent = persistent
        self._block: Recorded | None = None
        self._is_recording = self._used = False

    # ----- recording -----

    def __enter__(self) -> GradientTape:
        if self._is_recording:
            hint = "Use a tape of its own for each block."
            raise error(diagnose("SG414", "the tape is recording already", hint=hint))
        self._block = recorded(sys._getframe(1))
        self._is_recording, self._used = True, False
        _recording.tapes.append(self)
        return self

    def __exit__(self, kind: Any, value: Any, traceback: Any) -> None:
        block = self._known_block()
        block.end(sys._getframe(1))
        block.failed = kind is not None
        self._is_recording = False
        if self in _recording.tapes:
            _recording.tapes.remove(self)

    def watch(self, x: Any) -> None:
        """Have `x`, a number, an array, or a structure of those, differentiated, by this tape and those around it.

        Raises ValueError if there is something else in it.
        """
        self._must_record("watches")
        frame = sys._getframe(1)
        found = called(frame)
        arguments = found[1].args if found is not None else []

        def note(value: Any, node: Any, ref: Ref | None) -> None:
            problem = not_differentiable(value)
            if problem:
                span = self._known_block().span(node) if node is not None and frame.f_code is self._code else None
                where = self._known_block().text.file if span is not None else None
                refuse("SG417", f"{problem} is watched, which has no derivative", span, where, hint_for(value))
            for tape in _recording.tapes[: _recording.tapes.index(self) + 1]:
                block = tape._known_block()
                own = ref if frame.f_code is block.code else None
                if own is not None:
                    block.take(own.name, frame)
                block.watched.append((value, own))

        mapped(x, note, arguments[0] if arguments else None)

    @contextmanager
    def stop_recording(self) -> Any:
        """A context in which nothing is recorded: what it computes is constant."""
        self._must_record("stops recording")
        yield

    def reset(self) -> None:
        """Forget what was recorded and watched so far: the block begins here."""
        self._must_record("is reset")
        self._block = restarted(self._known_block(), sys._getframe(1))

    # ----- derivatives -----

    def gradient(
        self, target: Any, sources: Any, output_gradients: Any = None, unconnected_gradients: str = "none"
    ) -> Any:
        """The derivative of the target by each source, in the structure of `sources`.

        The target is a number or array that the block has computed, or a structure of those, which are summed;
        `output_gradients`, in its structure, are their weights.  A source on which the target does not depend,
        or that was not watched, gives None, or zeros with `unconnected_gradients="zero"`.  Raises RuntimeError at
        the second call of a tape that is not persistent.
        """
        return self._asked(target, sources, unconnected_gradients, gradient_of, output_gradients)

    def jacobian(self, target: Any, sources: Any, unconnected_gradients: str = "none") -> Any:
        """The derivative of each number of the target by each of each source: shape `target.shape + source.shape`."""
        return self._asked(target, sources, unconnected_gradients, jacobian_of)

    def _asked(
        self, target: Any, sources: Any, unconnected: str, derivative: Callable[..., Any], *given: Any
    ) -> Any:
        frame = sys._getframe(2)
        if unconnected not in UNCONNECTED:
            message = f'`unconnected_gradients` is "none" or "zero", not {unconnected!r}'
            raise error(diagnose("SG413", message))
        if self._used and not self.persistent:
            hint = "Write `GradientTape(persistent=True)` to ask for several."
            raise error(diagnose("SG414", "a tape that is not persistent gives one gradient", hint=hint))
        block = self._known_block()
        if block.failed:
            raise error(diagnose("SG414", "the block of the tape was left by an exception, before its end"))
        if target is None:
            hint = "Pass a value of the block."
            raise error(diagnose("SG418", "the target is None, which has no gradient", hint=hint))
        if sources is None:
            hint = "Pass values of the block that were watched."
            raise error(diagnose("SG418", "the sources are None, by which nothing is differentiated", hint=hint))
        asked = Asked(block, frame, called(frame), self._is_recording, unconnected)
        found = derivative(asked, target, sources, *given)
        self._used = True
        self.__srcgrad_emission__ = asked.emission
        return found

    # ----- states -----

    @property
    def _code(self) -> Any:
        return self._known_block().code

    def _known_block(self) -> Recorded:
        if self._block is None:
            hint = "Enter it with `with`, and compute the target in its block."
            raise error(diagnose("SG414", "the tape has recorded nothing", hint=hint))
        return self._block

    def _must_record(self, what: str) -> None:
        if not self._is_recording:
            raise error(diagnose("SG414", f"a tape {what} in its block only", hint="Move the call into the block."))


def hint_for(value: Any) -> str:
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        return f"Use {float(value)!r}."
    if isinstance(value, np.ndarray):
        return "Use an array of a float dtype, for example x.astype(float)."
    return "Watch numbers, arrays, and containers of those."


def gradient_of_block(f: Callable[..., Any], which: Any) -> Callable[..., Any]:
    """The gradient of a block that is part of a function that is differentiated."""
    return grad(f, which)
