"""Derivatives taken inside a function that is differentiated: emitted first, then differentiated like user code.

    grad(lambda y: x * y * y)(2.0)    ->    grad_lambda_(x, 2.0), where

    def grad_lambda_(x, y):
        value, (d_y,) = lambda_grad(x, y)
        return d_y

What the inner function captures is a parameter of what is emitted, and constant there.  The outer derivative is one
of the emitted text, so the two cannot be confused (Siskind & Pearlmutter, Perturbation confusion, 2005).
"""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import numpy as np

from .. import runtime
from ..diagnostics import SrcgradError
from ..frontend.bindings import EMITTED
from ..frontend.library_source import library_source, written_around
from ..frontend.read import WHERE
from ..frontend.written import file_of, write
from ..generated import run
from ..ir import nodes as ir
from ..ir.program import GRADIENT_OF_BLOCK, Function
from . import kinds as k
from .nested_directions import RECORD, ZERO
from .nested_jacobians import check
from .nested_refused import Refused as Refused
from .nested_texts import MARKS, PULLED, PUSHED, clear_of, own_captures, plain, pulled, pushed, wrapper
from .solvers import HINT, NoSolution, solved

MAKERS = {
    "srcgrad.api.grad": "grad", "srcgrad.api.value_and_grad": "value_and_grad", GRADIENT_OF_BLOCK: "tape",
    "srcgrad.products.jacobian": "jacobian", "srcgrad.products.hessian": "hessian", "srcgrad.products.hvp": "hvp",
    PUSHED: "pushed", PULLED: "pulled",
}  # fmt: skip
INSTEAD = {
    "srcgrad.api.jvp": "In code that is differentiated, its primals and tangents are tuples whose lengths are known.",
    "srcgrad.api.vjp": "In code that is differentiated, write `value, pullback = srcgrad.vjp(f, x)`.",
}
OF_JACOBIAN = ("f", "wrt", "mode", "sparsity", "compile")
PARAMETERS = {"srcgrad.products.jacobian": OF_JACOBIAN, PULLED: ("f",), PUSHED: ("f", "wrt")}
EXTRA = {"pushed": "t_{}", "hvp": "t_{}", "pulled": "d_out{}"}  # parameters that follow those of the primal
NAMES = {"tape": "grad"}
DEEPEST = 8
_numbers = count(1)


@dataclass(frozen=True, eq=False)
class Request:
    """The derivative of `primal` with respect to some of its parameters; `kind` as in `MAKERS`.

    Of a `pushed` one a direction for each of them follows the parameters, of a `pulled` one a cotangent; it gives
    nothing for the first `given` parameters.
    """

    primal: Function
    wrt: tuple[str, ...]
    single: bool
    kind: str
    given: int = 0

    @property
    def own(self) -> frozenset[str]:
        return frozenset(p.name for p in self.primal.params)

    @property
    def of_tape(self) -> bool:
        return self.kind == "tape"


class _UnderWay(threading.local):
    """The functions whose derivatives are being taken inside of one another in this thread."""

    def __init__(self) -> None:
        self.primals: list[Any] = []


_under_way = _UnderWay()


class Nested:
    """The derivatives that a program takes.

    Each is a `Function` with the parameters and captures of its primal from the beginning, so that it can be passed
    on and called like any other; its body is known where it is called, since that depends on the arguments.
    """

    def __init__(self, interpreter: Any) -> None:
        self.interpreter = interpreter
        self.requests: dict[int, Request] = {}
        self.functions: dict[Any, Function] = {}
        self.emitted: list[tuple[Function, dict[str, k.Kind], Function]] = []
        self.handles: dict[int, Any] = {}
        self.around: dict[str, Function | None] = {}
        self.wrappers: dict[int, Function] = {}

    def note_solver(self, function: Function) -> None:
        """A function whose calls stand for the solution of an equation."""
        self.requests.setdefault(id(function), Request(function, (), True, "solver"))

    def slope_of(self, residual: Function, kinds: dict[str, k.Kind]) -> Any:
        """The Jacobian of an equation by its first parameter, as a function or its handle in a file."""
        made = self.function(residual, (residual.param_names[0],), True, "jacobian")
        return self.handles[id(self.body(made, kinds))]

    def requested(self, op: str, args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Func:
        """The function that `grad(f, wrt)` gives."""
        given = {**dict(zip(PARAMETERS.get(op, ("f", "wrt", "compile")), args, strict=False)), **keywords}
        if given.get("mode") is not None:
            constant(given.pop("mode"))  # either gives the same
        if given.pop("sparsity", k.NONE) != k.NONE:
            raise Refused("SG304", "a sparse Jacobian is taken inside a function", "Leave out `sparsity`.")
        f, which, compiled = given.pop("f", None), constant(given.pop("wrt", k.Known(0))), given.pop("compile", None)
        f = self.with_source(f)
        if not isinstance(f, k.Func) or isinstance(f.target, str) or given:
            raise Refused("SG303", "the function that is differentiated here is not known", "Pass one with source.")
        if compiled is not None and constant(compiled) not in ("numpy", "numba"):  # the outer derivative is what runs
            message = f'`compile` is "numpy" or "numba", not {constant(compiled)!r}'
            raise Refused("SG413", message, "Leave it out.")
        single = not isinstance(which, tuple)
        names = tuple(parameter(f, w) for w in ((which,) if single else which))
        if op == PULLED:
            return k.Func(self.function(f.target, (), single, "pulled", given_already(f)[0]), f.held)
        return k.Func(self.made(MAKERS[op], f.target, names, single), f.held)

    def with_source(self, f: Any) -> Any:
        """A library function that has a rule, or a wrapper of any arguments, as one that calls it; others as is."""
        if not isinstance(f, k.Func) or f.held:
            return f
        if isinstance(f.target, Function):
            return self.with_parameters(f)
        if f.target not in self.around:
            module, _, name = f.target.rpartition(".")
            written = library_source(getattr(sys.modules.get(module), name, None))
            self.around[f.target] = self.interpreter.load(written) if written is not None else None
        found = self.around[f.target]
        return k.Func(found) if found is not None else f

    def with_parameters(self, f: k.Func) -> k.Func:
        """A live wrapper with `*` and `**` parameters, as a function with those of what it wraps."""
        located = self.interpreter.program.located.get(id(f.target))
        live = located.function if located is not None else None
        if live is None or not any(p.kind in MARKS for p in f.target.params):
            return f
        if id(f.target) not in self.wrappers:
            written = written_around(live)
            self.wrappers[id(f.target)] = self.interpreter.load(written) if written is not None else f.target
        return k.Func(self.wrappers[id(f.target)])

    def made(self, kind: str, primal: Function, names: tuple[str, ...], single: bool) -> Function:
        """The function for a request, as one of a gradient where it is of second order."""
        if kind not in ("grad", "value_and_grad", "tape") and any(p.kind in MARKS for p in primal.params):
            message = "a function with `*` or `**` parameters is differentiated here"
            raise Refused("SG304", message, "Write a lambda.")
        if kind == "hessian":
            return self.function(self.function(primal, names, single, "grad"), names, single, "jacobian")
        if kind == "hvp":
            return self.function(self.function(primal, names, single, "grad"), names, single, "hvp")
        return self.function(primal, names, single, kind)

    def of_object(self, made: Any, f: k.Kind) -> k.Kind:
        """The derivative that a live object of `srcgrad.grad` is; `f`: what it is of."""
        found = made.__srcgrad_emissions__
        f = self.with_source(f)
        if not isinstance(f, k.Func) or isinstance(f.target, str) or found.requests is None:
            return k.Unknown()
        if found.options.compile != "numpy" or any(p.path for p in found.requests):
            return k.Unknown()
        names = tuple(p.name for p in found.requests)
        kind = "value_and_grad" if found.with_value else "grad"
        return k.Func(self.function(f.target, names, found.single, kind), f.held)

    def of_request(self, made: Any, f: k.Kind) -> k.Kind:
        """The derivative that a live function of `srcgrad.jacobian` or the like is; `f`: what it is of."""
        kind, _, which = made.__srcgrad_request__
        f = self.with_source(f)
        if not isinstance(f, k.Func) or isinstance(f.target, str):
            return k.Unknown()
        single = not isinstance(which, tuple)
        try:
            names = tuple(parameter(f, w) for w in ((which,) if single else which))
            return k.Func(self.made(kind, f.target, names, single), f.held)
        except Refused:
            return k.Unknown()

    def function(self, primal: Function, wrt: tuple[str, ...], single: bool, kind: str, given: int = 0) -> Function:
        key = (primal, wrt, single, kind, given)
        if key not in self.functions:
            name = f"{NAMES.get(kind, kind)}_{plain(primal)}"
            params = primal.params
            if kind in EXTRA:
                taken = {p.name for p in params} | set(primal.captures)
                more = [clear_of(EXTRA[kind].format(w), taken) for w in of_extra(kind, wrt, single)]
                params = (*(replace(p, default=None) for p in params), *(ir.Param(n, "positional") for n in more))
            self.functions[key] = replace(
                primal, name=name, qualname=name, params=params, docstring=None, returns=None,
                locals=primal.locals | {p.name for p in params},
            )  # fmt: skip
            self.requests[id(self.functions[key])] = Request(*key)
        return self.functions[key]

    def fitted(self, function: Function, count: int) -> Function:
        """The function for calls with `count` positional arguments, where directions follow fewer than it may take."""
        request = self.requests.get(id(function))
        if request is None or request.kind not in EXTRA or count >= len(function.params):
            return function
        primal = request.primal.params
        extra = [p for p in function.params if p.name not in request.own]
        first = count - len(extra)
        if first < 0:
            return function
        if (function, first) not in self.functions:
            params = (*(replace(p, default=None) for p in primal[:first]), *extra, *primal[first:])
            self.functions[function, first] = replaced(function, params=params)
            self.requests[id(self.functions[function, first])] = request
        return self.functions[function, first]

    def body(self, function: Function, given: dict[str, k.Kind]) -> Function:
        """The function with what it computes for arguments and captures of these kinds; Refused where it has none."""
        request = self.requests.get(id(function))
        if request is None:
            return function
        given = {n: constant_kind(kind) for n, kind in given.items()}
        for known, kinds, found in self.emitted:
            if known is function and kinds == given:
                return found
        found = self.emit(request, function, given)
        self.emitted.append((function, given, found))
        return found

    def emit(self, request: Request, function: Function, given: dict[str, k.Kind]) -> Function:
        if request.kind == "solver":
            return self.solver(function, given)
        extra = [p.name for p in function.params if p.name not in request.own]
        if request.kind == "pulled":
            own = [p.name for p in request.primal.params]
            request = replace(request, wrt=tuple(n for n in own if is_differentiable(given[n])))
        check_arguments(request, given)
        primal = with_captures(self.body(request.primal, given))
        directions = {n: given[n] for n in extra}
        given = {n: kind for n, kind in given.items() if n not in extra}
        if request.kind in ("pushed", "hvp", "jacobian"):
            module = self.pushed(primal, given, request)
            return self.read_again(function, *pushed(request, function, module, given, directions))
        module = self.derived(primal, given, request.wrt, request.kind != "pulled", request.of_tape)
        if request.kind == "pulled":
            return self.read_again(function, *pulled(request, function, module, given, extra[0]))
        apart = [n for n in request.wrt if n not in module.connected]
        if request.of_tape and apart:
            source = apart[0].removesuffix("_shift")  # see `frontend.block_gradient`
            shown = source if source in request.primal.locals else apart[0]
            message = f"the target of this tape does not depend on `{shown}`, so its gradient is None"
            raise Refused("SG416", message, 'Leave it out, or write `unconnected_gradients="zero"`.')
        return self.read_again(function, *wrapper(request, function, module, given))

    def solver(self, function: Function, given: dict[str, k.Kind]) -> Function:
        try:
            found = solved(self, function, self.interpreter.program.solvers[id(function)], given)
        except NoSolution as reason:
            raise Refused("SG419", str(reason), HINT) from reason
        return replaced(found, params=function.params)

    def read_again(self, function: Function, text: str, name: str, module: Any) -> Function:
        """What was emitted, as a function of the program."""
        own = file_of(function.scope)
        handle = written(own, text, name, module) if own is not None else live(text, name, module)
        found = self.interpreter.load(handle)
        assert found is not None, "what was emitted is read again"
        self.interpreter.program.nested.append(module.relied_on)
        self.interpreter.evaluator.externals.update(module.externals)
        # parameters, defaults and captures are bound as those of the primal are
        found = replaced(found, params=function.params, captures=function.captures)
        self.handles[id(found)] = handle
        return found

    def pushed(self, primal: Function, given: dict[str, k.Kind], request: Request) -> Any:
        module = self.derive(primal, given, request.wrt, "forward")
        if request.kind == "jacobian":
            check([given[n] for n in request.wrt], module.result)
        return module

    def derive(
        self, primal: Function, given: dict[str, k.Kind], wrt: tuple[str, ...], mode: str, again: bool = False
    ) -> Any:
        from ..pipeline import derive_function

        around, place = _under_way.primals, (primal.source.filename, primal.source.span)
        if around.count(place) >= DEEPEST:
            message = f"`{plain(primal)}` takes a derivative of itself, to a depth that is not known here"
            raise Refused("SG308", message, "Write each derivative out.")
        _under_way.primals = [*around, place]
        try:
            return derive_function(primal, given, wrt, self.interpreter.program.quiet, mode, again)
        except SrcgradError as refused:
            if refused.code == "SG415":  # of a block of this function: said where its gradient is taken
                raise Refused("SG415", refused.diagnostics[0].message, refused.diagnostics[0].hint) from refused
            message = f"`{plain(primal)}` cannot be differentiated"
            raise Refused("SG303", message, "", tuple(refused.diagnostics)) from refused
        finally:
            _under_way.primals = around

    def derived(
        self, primal: Function, given: dict[str, k.Kind], wrt: tuple[str, ...], scalar: bool = True, again: bool = False
    ) -> Any:
        module = self.derive(primal, given, wrt, "reverse", again)
        if not scalar:
            if isinstance(module.result, k.Num):
                return module
            raise Refused("SG304", f"`{plain(primal)}` gives no number or array here", "Pull each part back.")
        match module.result:
            case k.Num(_, None, () | str() | None) | k.Num(_, str(), str() | None):
                return module
            case k.Num(_, str(dtype), ()) if dtype.startswith(("float", "longdouble")):
                return module
        hint = "Return a float, or a scalar such as np.sum(x)."
        raise Refused("SG407", f"`{plain(primal)}` does not return a real scalar, so it has no gradient here", hint)


def of_extra(kind: str, wrt: tuple[str, ...], single: bool) -> tuple[str, ...]:
    """What the parameters that follow are of: a cotangent, a tuple of directions, or a direction for each of `wrt`."""
    if kind == "pulled":
        return ("",)
    return ("directions",) if kind == "hvp" and not single else wrt


def with_captures(function: Function) -> Function:
    """The function with what it captures as its first parameters."""
    captures = tuple(ir.Param(n, "positional") for n in own_captures(function))
    if not captures:
        return function
    params = tuple(replace(p, default=None) for p in function.params)  # all of them are passed
    if any(p.kind in MARKS for p in params):
        raise Refused("SG304", "a nested function with `*` or `**` parameters is differentiated here", "Name them.")
    return replaced(function, params=captures + params, captures=(), locals=function.locals | set(function.captures))


def replaced(function: Function, **parts: Any) -> Function:
    found = replace(function, **parts)
    if function in WHERE:
        WHERE[found] = WHERE[function]
    return found


def check_arguments(request: Request, given: dict[str, k.Kind]) -> None:
    if request.primal.name in request.primal.captures:
        hint = "Define it at the top level."
        raise Refused("SG308", "a nested function that calls itself is differentiated here", hint)
    for n, kind in given.items():
        if isinstance(kind, k.Unknown):
            hint = "Pass a number or an array."
            raise Refused("SG303", f"it is not known what `{n}` is, on which a derivative depends", hint)
    for n in request.wrt:
        kind = given[n]
        if isinstance(kind, k.Num) and not k.carries_derivative(kind) or not isinstance(kind, k.Num | k.Seq | k.Dict):
            message = f"argument `{n}` of `{plain(request.primal)}` has no derivative here"
            made = "Make the object in the function that is differentiated, or pass it as an argument of that by `wrt`."
            raise Refused("SG405", message, made if isinstance(kind, k.Obj) else "Pass a float.")


def given_already(f: k.Func) -> tuple[int, set[str]]:
    """How many positional arguments a function has already, as a method or partial, and which keywords."""
    return sum(h.role.startswith("#") for h in f.held), {h.role[1:] for h in f.held if h.role.startswith("=")}


def parameter(f: k.Func, which: Any) -> str:
    """The parameter that `wrt` asks for, by its name or its place among those that are not given yet."""
    function: Any = f.target
    first, words = given_already(f)
    names = [p.name for p in function.params if p.kind not in MARKS][first:]
    if isinstance(which, str) and which in names and which not in words:
        return which
    if isinstance(which, int | np.integer) and not isinstance(which, bool) and -len(names) <= which < len(names):
        return names[int(which)]
    hint = f"Its parameters are {', '.join(names)}."
    raise Refused("SG403", f"`wrt` of a derivative inside a function is a whole parameter of `{plain(function)}`", hint)


def is_differentiable(kind: k.Kind) -> bool:
    return isinstance(kind, k.Num) and k.carries_derivative(kind) or isinstance(kind, k.Seq | k.Dict)


def constant(kind: k.Kind) -> Any:
    """The value of what is given for an option."""
    match kind:
        case k.Known(value):
            return value
        case k.Num(value=value) if value is not k.UNSET:
            return value
        case k.Seq("tuple", items) if items is not None:
            return tuple(map(constant, items))
    raise Refused("SG304", "an option of a derivative inside a function is not known here", "Write it as a literal.")


def constant_kind(kind: k.Kind) -> k.Kind:
    """As an argument from outside: of its type, whatever its value, and without a derivative."""
    kind = k.deactivate(kind)
    return replace(kind, value=k.UNSET) if isinstance(kind, k.Num) and k.carries_derivative(kind) else kind


def live(text: str, name: str, module: Any) -> Any:
    """A function of a text, that calls what was emitted."""
    from ..backends.plain import load

    namespace = {"__name__": f"{EMITTED}.{name}", module.entry: load(module), "np": np}
    namespace |= {RECORD: runtime.record, ZERO: runtime.zero_tangent}
    return run(f"<srcgrad {name} {next(_numbers)}>", text, namespace)[name]


def written(own: Any, text: str, name: str, module: Any) -> tuple[str, str]:
    """The same for a file, which is not run: both texts in one."""
    imports = "".join(f"from srcgrad.runtime import {n}\n" for n in (RECORD, ZERO) if f"{n}(" in text)
    return write(own.path, name, f"import numpy as np\n{imports}{module.text}\n\n{text}")
