"""Derivatives of derivatives: what `grad` emitted is a function like any other, and is differentiated again.

    grad(grad(f))        the reverse sweep of the reverse sweep
    jvp(grad(f), ...)    the tangent of the reverse sweep: a Hessian times a direction
    jacobian(hessian(f))    the tangents of a function that takes the Hessian inside
"""

from __future__ import annotations

import inspect
import itertools
from copy import copy
from types import SimpleNamespace
from typing import Any

from .derivative import Emission, Emissions, Target
from .diagnostics import diagnose, error
from .generated import run
from .objects import as_records
from .parts import follow

_numbers = itertools.count(1)
SORTS = inspect.Parameter
MARKS: dict[Any, str] = {SORTS.VAR_POSITIONAL: "*", SORTS.VAR_KEYWORD: "**"}


class Derivative(Target):
    """A derivative that is to be differentiated: its text is known once its arguments are."""

    def find(self) -> None:
        compiled = self.emissions.options.compile != "numpy"
        if getattr(self.emissions, "requests", None) is None or compiled:
            hint = "Differentiate `srcgrad.value_and_grad` of the function, which gives a tuple."
            if compiled:
                hint = "Leave out `compile`, and compile the outer derivative."
            raise error(diagnose("SG390", f"`{self.f.__name__}` cannot be differentiated again", hint=hint))
        self.located: Any = SimpleNamespace(bound=(), bound_keywords={}, function=None, name=self.f.__name__)
        self.take_parameters(self.emissions.target)  # of a library function: those of its rule

    def take_parameters(self, primal: Target) -> None:
        self.signature = self.full = primal.signature
        self.names = self.free = tuple(self.signature.parameters)

    @property
    def emissions(self) -> Emissions:
        found: Emissions = self.f.__srcgrad_emissions__
        return found

    def refresh(self) -> None:
        """The emission for a call says by itself whether it is current."""

    def as_called(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Target:
        primal = self.emissions.target
        called = primal.as_called(args, kwargs)
        found = called if called is not primal or isinstance(primal, Derivative) else primal.for_call(args, kwargs)[0]
        if found is primal:
            return self
        fitting = copy(self)
        fitting.take_parameters(found)
        return fitting

    def for_call(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Target, Emission | None]:
        emission = self.emissions.find(args, kwargs)
        emission.call(*args, **kwargs)  # refuses a result without a gradient
        return Target(as_function(self, emission, args, kwargs)), emission


class Inside(Target):
    """What `jacobian`, `hessian` or `hvp` returned, as a function that takes this derivative inside."""

    def __init__(self, f: Any) -> None:
        self.f, self.callee = f, taking_inside(f)
        self.find()

    def for_call(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Target, Emission | None]:
        return self, None


def target_of(f: Any) -> Target:
    """What is to be differentiated: a function, or a derivative of one."""
    if hasattr(f, "__srcgrad_emissions__"):
        return Derivative(f)
    return Inside(f) if hasattr(f, "__srcgrad_request__") else Target(f)


def taking_inside(f: Any) -> Any:
    """A function in Python text that calls `f`, of the parameters of `f`."""
    signature = inspect.signature(f)
    names = list(signature.parameters)
    own, called = f"{f.__srcgrad_request__[0]}_function", "derivative"
    while {own, called} & {*names}:
        own, called = own + "_", called + "_"
    passed = ", ".join(map(call_part, signature.parameters.values()))
    text = f"def {own}({', '.join(header_parts(signature))}):\n    return {called}({passed})\n"
    function = run(f"<srcgrad {own} {next(_numbers)}>", text, {"__name__": __name__, called: f})[own]
    give_defaults(function, signature)
    return function


_known: dict[int, Target] = {}


def known_target(f: Any) -> Target:
    """The target that a function is, found once."""
    found = _known.get(id(f))
    if found is None or found.f is not f:
        if len(_known) >= 1024:
            _known.clear()
        found = _known[id(f)] = target_of(f)
    return found


def as_function(target: Derivative, emission: Emission, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A function of the arguments of a derivative, in Python text, that gives what the derivative gives."""
    inner, primal = target.emissions, emission.target
    values = primal.arguments(args, kwargs)
    taken = {primal.name, emission.module.entry, *primal.free}
    namespace = dict(emission.function.__globals__)
    given: dict[str, Any] = {}

    def local(name: str) -> str:
        while name in taken or name in namespace:
            name += "_"
        taken.add(name)
        return name

    def named(name: str, value: Any) -> str:
        given[found := local(name)] = value
        return found

    passed = [named(f"given{n}", v) for n, v in enumerate(primal.located.bound)]
    passed += [call_part(p) for p in primal.signature.parameters.values()]
    words = {**primal.located.bound_keywords, **inner.seed(emission.module)}
    passed += [f"{n}={named(n + '_value', v)}" for n, v in words.items() if n not in primal.free]
    both = local("value_and_gradients")
    results = []
    for part in inner.requests or ():
        steps = part.steps(as_records(values[part.name]), target.name)
        text = both + f"[1][{inner.wrt.index(part.name)}]" + "".join(f"[{s!r}]" for s in steps)
        results.append(f"float({text})" if type(follow(as_records(values[part.name]), steps)) is float else text)
    shown = results[0] if inner.single else f"({', '.join(results)},)"
    name = local(f"{inner.made_by}_{inner.target.name.strip('<>')}")
    header = ", ".join(header_parts(primal.signature))
    lines = [
        f"def {name}({header}):\n",
        f"    {both} = {emission.module.entry}({', '.join(passed)})\n",
        f"    return {f'{both}[0], {shown}' if inner.with_value else shown}\n",
    ]
    filename = f"<srcgrad {name} {next(_numbers)}>"
    namespace.update(given)
    function = run(filename, "".join(lines), namespace)[name]
    give_defaults(function, primal.signature)
    return function


def give_defaults(function: Any, signature: inspect.Signature) -> None:
    parameters = signature.parameters.values()
    function.__defaults__ = tuple(
        p.default for p in parameters if p.kind is not SORTS.KEYWORD_ONLY and p.default is not SORTS.empty
    ) or None
    function.__kwdefaults__ = {
        p.name: p.default for p in parameters if p.kind is SORTS.KEYWORD_ONLY and p.default is not SORTS.empty
    } or None


def call_part(p: inspect.Parameter) -> str:
    if p.kind is SORTS.KEYWORD_ONLY:
        return f"{p.name}={p.name}"
    return MARKS.get(p.kind, "") + p.name


def header_parts(signature: inspect.Signature) -> list[str]:
    """Parameters as in a `def`, with None in the place of each default."""
    found: list[str] = []
    for p in signature.parameters.values():
        default = "=None" if p.default is not SORTS.empty else ""
        if p.kind is SORTS.KEYWORD_ONLY and not any(x.startswith("*") for x in found):
            found.append("*")
        found.append(f"{MARKS.get(p.kind, '')}{p.name}{default}")
    return found
