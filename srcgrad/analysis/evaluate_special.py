"""Operations whose results follow from more than a rule: functions made of functions, containers, calls with `*`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from ..frontend.bindings import is_callable_object
from ..frontend.iteration_more import ITEMS_OF
from ..frontend.operators import IN_PLACE, OF_NUMBERS
from ..frontend.vectorized import PARAMETERS
from ..ir import nodes as ir
from ..ir.helpers import DERIVATIVE_OF, METHOD_OF
from ..ir.program import GRADIENT_OF_BLOCK
from . import kinds as k
from .carried import with_held
from .choices import is_mixed
from .containers import CONTAINERS, STARRED
from .evaluator_parts import EvaluatorParts
from .in_python import ALONG_AXIS, IN_PYTHON, PIECEWISE, way_of_call
from .nested import MAKERS, Refused
from .object_results import MAKER, is_maker
from .object_truth import can_be_called
from .tensorflow_inside import MAKERS as TENSORFLOW, params_of, text_for

Args = list[k.Kind]
Keywords = dict[str, k.Kind]


class Special(EvaluatorParts):
    def special(self, at: Any, s: Any, e: ir.Expr, op: str, args: Args, keywords: Keywords) -> k.Kind | None:
        """What an operation of these gives; None for any other, or where it is as others are."""
        of_its_own = SPECIAL.get(op) if args or op in ALONE else None
        return of_its_own(self, at, s, e, op, args, keywords) if of_its_own is not None else None

    def in_place(self, at: Any, s: Any, e: Any, op: str, args: Args, keywords: Keywords) -> k.Kind | None:
        """`a += b` of a number, which is bound anew."""
        scalar = isinstance(args[0], k.Num) and args[0].is_scalar
        return self.operation(at, s, IN_PLACE[op], args, keywords, e) if scalar else None

    def of_numbers(self, at: Any, s: Any, e: Any, op: str, args: Args, keywords: Keywords) -> k.Kind | None:
        if is_immutable(args[0]):
            return self.operation(at, s, OF_NUMBERS[op], args, keywords, e)
        message = "a generator function that changes a value in place cannot be differentiated"
        hint = "Return a list, or move the computation into a plain function."
        self.diagnose("SG203", message, at, s, None, hint)
        return k.Unknown()

    def items(self, at: Any, s: Any, e: Any, op: str, args: Args, keywords: Keywords) -> k.Kind | None:
        if not args[0].active:
            return self.container(at, s, e, op, args, keywords)
        message = "what is iterated over is not known, and it carries a derivative"
        self.diagnose("SG217", message, at, s, e, "Iterate over a list, a tuple or an array.")
        return k.Never()

    def summed(self, at: Any, s: Any, e: Any, op: str, args: Args, keywords: Keywords) -> k.Kind | None:
        if not any(isinstance(start, k.Seq) for start in (*args[1:], *keywords.values())):
            return None
        message = "`sum` joins lists to one that it is given under a name"
        self.diagnose("SG217", message, at, s, e, "Write `first + sum(lists, [])`.")
        return k.Never()

    def method_of(self, at: Any, s: Any, e: Any, op: str, args: Args, keywords: Keywords) -> k.Kind | None:
        owner: Any = args[0]
        return self.bound(at, owner, owner.cls.member(e.args[1].value), e.args[0]) or k.Unknown()

    def derivative_of(self, at: Any, s: Any, e: Any, op: str, args: Args, keywords: Keywords) -> k.Kind | None:
        maker = e.args[1].value
        meant = ir.Call(maker, (e.args[0], *e.args[2:]), e.keywords)
        return self.derivative(at, s, meant, maker, [args[0], *args[2:]], keywords)

    def logger(self, at: Any, s: Any, e: Any, op: str, args: Args, keywords: Keywords) -> k.Kind | None:
        return k.Obj(logging.getLogger())

    def partial(self, at: Any, s: Any, e: Any, op: str, args: Args, keywords: Keywords) -> k.Kind | None:
        if not isinstance(args[0], k.Func) or not isinstance(e, ir.Call):
            return None
        held = [k.Held(f"#{n}", a, x) for n, (a, x) in enumerate(zip(args[1:], e.args[1:], strict=True))]
        held += [k.Held(f"={n}", keywords[n], x) for n, x in e.keywords if n is not None]
        return k.Func(args[0].target, with_held(args[0].held, held))

    def written_in_python(self, at: Any, s: Any, e: Any, op: str, args: Args, keywords: Keywords) -> k.Kind | None:
        """A function that calls the one it is given, as the Python that does the same."""
        inner = args[0]
        if not isinstance(inner, k.Func):
            return None
        if op == ALONG_AXIS:
            func = k.Func(self.in_python.along_axis(args, keywords))
            return self.call_function(at, s, e, func, args, keywords, {})
        way = way_of_call(e, dict(zip(PARAMETERS[1:], args[1:], strict=False)) | keywords)
        return self.in_python.vectorized(inner, way, e.args[0]) if way is not None else k.Unknown()

    def made_for_objects(self, at: Any, s: Any, e: Any, op: str, args: Args, keywords: Keywords) -> k.Kind | None:
        takes = isinstance(args[0], k.Func) and isinstance(e, ir.Call) and is_maker(e)
        return self.in_python.of_objects(args[0], e.args[0]) if takes else None  # type: ignore[arg-type]

    def piecewise(self, at: Any, s: Any, e: Any, op: str, args: Args, keywords: Keywords) -> k.Kind | None:
        written = self.in_python.piecewise(args, keywords)
        return self.call_function(at, s, e, k.Func(written), args, keywords, {}) if written is not None else None

    def tensorflow_function(self, at: Any, s: Any, e: Any, op: str, args: Args, keywords: Keywords) -> k.Kind | None:
        """What `value_and_grads(f)` gives: a function of Python, which has `f` already."""
        f = args[0]
        if not isinstance(f, k.Func):
            return k.Unknown(f.active, functions=True) if is_mixed(f) else None
        params = args[1] if len(args) > 1 else keywords.get("params")
        try:
            text = text_for(TENSORFLOW[op], f, params_of(params))
        except Refused as reason:
            self.diagnose(reason.code, reason.message, at, s, e, reason.hint)
            return k.Never()
        return k.Func(self.in_python.function(text), with_held((), [k.Held("#0", f, e.args[0])]))

    def derivative(self, at: Any, s: Any, e: Any, op: str, args: Args, keywords: Keywords) -> k.Kind | None:
        if args and is_mixed(args[0]):
            return k.Unknown(args[0].active, functions=True)  # that of each choice
        if args and can_be_called(args[0]):
            return k.Never()
        if args and isinstance(args[0], k.Obj) and is_callable_object(args[0].value):
            args = [self.field(args[0], "__call__", e.args[0]), *args[1:]]
        try:
            found: k.Kind = self.interpreter.nested.requested(op, args, keywords)
        except Refused as reason:
            if op != GRADIENT_OF_BLOCK and not any(a.active for a in (*args, *keywords.values())):
                return k.Unknown()
            self.diagnose(reason.code, reason.message, at, s, e, reason.hint)
            return k.Never()
        return found

    def container(self, at: Any, s: Any, e: Any, op: str, args: Args, keywords: Keywords) -> k.Kind | None:
        stars = [isinstance(a, ir.Star) for a in e.args] if isinstance(e, ir.Call) else []
        if op in STARRED and any(stars):
            if len(stars) > 1 and any(a.active for a, star in zip(args, stars, strict=True) if star):
                self.diagnose(
                    "SG302", "`zip`: a starred argument that carries a derivative stands among others", at, s, e,
                    "Put all of them into one list: zip(*[x, *rows]).",
                )  # fmt: skip
                return k.Never()
            return STARRED[op](args, stars)
        plain = op in CONTAINERS and not set(keywords) - {"strict", "start"}
        return CONTAINERS[op](args) if plain else None


def is_immutable(kind: k.Kind) -> bool:
    return isinstance(kind, k.Num) and kind.is_scalar or isinstance(kind, k.Known)


ALONE = frozenset({*CONTAINERS, *STARRED, *MAKERS, "logging.getLogger"})  # may be called without arguments
SPECIAL: dict[str, Callable[[Any, Any, Any, ir.Expr, str, Args, Keywords], k.Kind | None]] = {
    **dict.fromkeys((*CONTAINERS, *STARRED), Special.container),
    **dict.fromkeys(IN_PLACE, Special.in_place),
    **dict.fromkeys(OF_NUMBERS, Special.of_numbers),
    **dict.fromkeys(IN_PYTHON, Special.written_in_python),
    **dict.fromkeys(TENSORFLOW, Special.tensorflow_function),
    **dict.fromkeys(MAKERS, Special.derivative),
    ITEMS_OF: Special.items,
    "builtins.sum": Special.summed,
    MAKER: Special.made_for_objects,
    METHOD_OF: Special.method_of,
    DERIVATIVE_OF: Special.derivative_of,
    PIECEWISE: Special.piecewise,
    "functools.partial": Special.partial,
    "logging.getLogger": Special.logger,
}
