"""Derivatives taken inside a function that is differentiated: emitted first, then differentiated like user code.

    grad(lambda y: x * y * y)(2.0)    ->    grad_lambda_(x, 2.0), where

    def grad_lambda_(x, y):
        value, (d_y,) = lambda_grad(x, y)
        return d_y

What the inner function captures is a parameter of what is emitted, and constant there.  The outer derivative is one
of the emitted text, so the two cannot be confused (Siskind & Pearlmutter, Perturbation confusion, 2005).
"""

from __future__ import annotations

import linecache
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import numpy as np

from ..diagnostics import Diagnostic, SrcgradError
from ..frontend.read import WHERE
from ..frontend.scope import EMITTED, FileScope, WithImports
from ..ir import nodes as ir
from ..ir.program import GRADIENT_OF_BLOCK, Function
from . import kinds as k

MAKERS = {"srcgrad.api.grad": False, "srcgrad.api.value_and_grad": True, GRADIENT_OF_BLOCK: False}
INSTEAD = {
    f"srcgrad.{name}": "In code that is differentiated, write it with srcgrad.grad or srcgrad.value_and_grad."
    for name in ("api.jvp", "api.vjp", "products.jacobian", "products.hessian", "products.hvp")
}
MARKS = {"star": "*", "double_star": "**"}
_numbers = count(1)


class Refused(Exception):
    """A derivative inside a function that cannot be taken: code, message and hint; what was refused in the primal."""

    def __init__(self, code: str, message: str, hint: str, inner: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.inner = code, message, hint, inner


@dataclass(frozen=True, eq=False)
class Request:
    """The derivative of `primal` with respect to some of its parameters."""

    primal: Function
    wrt: tuple[str, ...]
    single: bool
    with_value: bool
    of_tape: bool = False


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

    def requested(self, op: str, args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Func:
        """The function that `grad(f, wrt)` gives."""
        given = {**dict(zip(("f", "wrt", "compile"), args, strict=False)), **keywords}
        f, which, compiled = given.pop("f", None), constant(given.pop("wrt", k.Known(0))), given.pop("compile", None)
        if not isinstance(f, k.Func) or isinstance(f.target, str) or given:
            raise Refused("SG303", "the function that is differentiated here is not known", "Pass one with source.")
        if any(not h.role.isidentifier() for h in f.held):
            raise Refused("SG303", "a function with arguments already given is differentiated here", "Write a lambda.")
        if compiled is not None and constant(compiled) != "numpy":
            raise Refused("SG413", "what is differentiated again cannot be compiled by itself", "Leave out `compile`.")
        single = not isinstance(which, tuple)
        names = tuple(parameter(f.target, w) for w in ((which,) if single else which))
        return k.Func(self.function(f.target, names, single, MAKERS[op], op == GRADIENT_OF_BLOCK), f.held)

    def of_object(self, made: Any, function: Function | None) -> Function | None:
        """The derivative that a live object of `srcgrad.grad` is; None for others."""
        found = made.__srcgrad_emissions__
        if function is None or found.requests is None or found.target.given or found.options.compile != "numpy":
            return None
        if any(p.path for p in found.requests):
            return None
        names = tuple(p.name for p in found.requests)
        return self.function(function, names, found.single, found.with_value)

    def function(
        self, primal: Function, wrt: tuple[str, ...], single: bool, with_value: bool, of_tape: bool = False
    ) -> Function:
        key = (primal, wrt, single, with_value, of_tape)
        if key not in self.functions:
            name = ("value_and_grad_" if with_value else "grad_") + plain(primal)
            self.functions[key] = replace(primal, name=name, qualname=name, docstring=None, returns=None)
            self.requests[id(self.functions[key])] = Request(*key)
        return self.functions[key]

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
        check_arguments(request, given)
        primal = with_captures(self.body(request.primal, given))
        module = self.derived(primal, given, request.wrt)
        apart = [n for n in request.wrt if n not in module.connected]
        if request.of_tape and apart:
            message = f"the target of this tape does not depend on `{apart[0]}`, so its gradient is None"
            raise Refused("SG416", message, 'Leave it out, or write `unconnected_gradients="zero"`.')
        text, name = wrapper(request, function, module, given)
        filename = f"<srcgrad {name} {next(_numbers)}>"
        linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)
        from ..backends.plain import load

        namespace = {"__name__": f"{EMITTED}.{name}", module.entry: load(module), "np": np}
        exec(compile(text, filename, "exec"), namespace)
        found = self.interpreter.load(namespace[name])
        assert found is not None, "what was emitted is read again"
        self.interpreter.program.nested.append(module.relied_on)
        self.interpreter.evaluator.externals.update(module.externals)
        # parameters, defaults and captures are bound as those of the primal are
        return replaced(found, params=function.params, captures=function.captures)

    def derived(self, primal: Function, given: dict[str, k.Kind], wrt: tuple[str, ...]) -> Any:
        from ..pipeline import derive_function

        try:
            module = derive_function(primal, given, wrt, self.interpreter.program.quiet)
        except SrcgradError as refused:
            message = f"`{plain(primal)}` cannot be differentiated"
            raise Refused("SG303", message, "", tuple(refused.diagnostics)) from refused
        match module.result:
            case k.Num(_, None, () | str() | None) | k.Num(_, str(), str() | None):
                return module
            case k.Num(_, str(dtype), ()) if dtype.startswith(("float", "longdouble")):
                return module
        hint = "Return a float, or a scalar such as np.sum(x)."
        raise Refused("SG407", f"`{plain(primal)}` does not return a real scalar, so it has no gradient here", hint)


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


def own_captures(function: Function) -> tuple[str, ...]:
    return tuple(n for n in function.captures if n != function.name)


def wrapper(request: Request, function: Function, module: Any, given: dict[str, k.Kind]) -> tuple[str, str]:
    """The text of a function of captures and parameters that gives what the request asks for, and its name."""
    entry = module.entry
    passed = [*own_captures(function), *(MARKS.get(p.kind, "") + p.name for p in function.params)]
    taken = {*given, entry, "np"}
    value, name = clear_of("value", taken), clear_of(function.name, {*taken, "value"})
    gradients: list[str] = []
    found: list[str] = []
    for w in request.wrt:
        gradients.append(clear_of(f"d_{w}", {*taken, value, name, *gradients}))
        kind = given[w]
        is_float = isinstance(kind, k.Num) and kind.kind == "python"
        found.append(f"float({gradients[-1]})" if is_float else gradients[-1])
    shown = found[0] if request.single else f"({', '.join(found)},)"
    result = f"{value}, {shown}" if request.with_value else shown
    keywords = {p.name for p in function.params if p.kind == "keyword"}
    call = ", ".join(f"{n}={n}" if n in keywords else n for n in passed)
    lines = [f"def {name}({', '.join(passed)}):", f"    {value}, ({', '.join(gradients)},) = {entry}({call})"]
    if not certain(module.result):
        lines += [
            f'    if np.shape({value}) != () or np.result_type({value}).kind != "f":',
            f'        raise TypeError("`{plain(request.primal)}` returns no real scalar; a gradient needs one")',
        ]
    return "\n".join([*lines, f"    return {result}", ""]), name


def certain(result: k.Num) -> bool:
    """Whether a result is known to be a real scalar before the program runs."""
    return result.dtype is not None and result.dims == ()


def check_arguments(request: Request, given: dict[str, k.Kind]) -> None:
    if request.primal.name in request.primal.captures:
        hint = "Define it at the top level."
        raise Refused("SG308", "a nested function that calls itself is differentiated here", hint)
    if isinstance(base_scope(request.primal), FileScope):
        hint = "Differentiate the function from Python (srcgrad.grad), where what it calls is at hand."
        raise Refused("SG390", "a derivative inside a function cannot be written to a file yet", hint)
    for n, kind in given.items():
        if isinstance(kind, k.Unknown):
            hint = "Pass a number or an array."
            raise Refused("SG303", f"it is not known what `{n}` is, on which a derivative depends", hint)
    for n in request.wrt:
        kind = given[n]
        if isinstance(kind, k.Num) and not k.carries_derivative(kind) or not isinstance(kind, k.Num | k.Seq | k.Dict):
            message = f"argument `{n}` of `{plain(request.primal)}` has no derivative here"
            raise Refused("SG405", message, "Pass a float.")


def parameter(function: Function, which: Any) -> str:
    names = [p.name for p in function.params if p.kind not in MARKS]
    if isinstance(which, str) and which in names:
        return which
    if isinstance(which, int | np.integer) and not isinstance(which, bool) and -len(names) <= which < len(names):
        return names[int(which)]
    hint = f"Its parameters are {', '.join(names)}."
    raise Refused("SG403", f"`wrt` of a derivative inside a function is a whole parameter of `{plain(function)}`", hint)


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


def base_scope(function: Function) -> Any:
    scope = function.scope
    while isinstance(scope, WithImports):
        scope = scope.scope
    return scope


def clear_of(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name


def plain(function: Function) -> str:
    return function.name.strip("<>").rstrip("_") or "function"
