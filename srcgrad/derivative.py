"""The functions that `grad` and its like return: they look up the emission for the kinds of a call, or make it."""

from __future__ import annotations

import inspect
import weakref
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from .analysis import kinds as k
from .analysis.library import kind_of_object
from .diagnostics import SrcgradError, diagnose as diagnostic, error
from .frontend.bindings import MISSING
from .frontend.library_source import library_call, library_source
from .frontend.locate import locate
from .frontend.located import Located
from .frontend.wrapper_source import wrapper_call
from .objects import as_records, holds_several, is_taken_apart, taking_objects
from .options import Options
from .outcome import with_article
from .parts import Part, follow
from .refused_running import with_places
from .runtime.records import record
from .signature import key_of

if TYPE_CHECKING:
    from .pipeline import Module

LIMIT = 4096
EMISSIONS: weakref.WeakSet[Emissions] = weakref.WeakSet()


@dataclass(eq=False)
class Emission:
    """A compiled emission of `target`, and the values whose kinds it relies on."""

    target: Target
    module: Module
    function: Callable[..., Any]
    externals: list[tuple[Any, Any, Any]]
    keep: tuple[Any, ...]
    call: Callable[..., Any]
    inner: Emission | None = None

    def is_current(self) -> bool:
        """Whether functions, globals and attributes it relies on are still what, or of the kinds, they were."""
        if not self.module.relied_on.holds() or self.inner is not None and not self.inner.is_current():
            return False
        for place, name, key in self.externals:
            if key_of(read_external(place, name)) != key:
                return False
        return True


class Target:
    """A function to be differentiated, located once: its source, parameters and what is bound to it."""

    def __init__(self, f: Any) -> None:
        if not callable(f):
            raise error(diagnostic("SG401", f"`{type(f).__name__}` is not callable"))
        self.f = f
        self.callee = library_source(f) or f
        self.find()

    def find(self) -> None:
        self.located: Located = locate(self.callee)
        self.made_of = made_of(self.located.function)
        self.signature = inspect.signature(self.callee)
        self.full = self.full_signature()
        self.names = tuple(self.full.parameters)
        self.free = tuple(n for n in self.signature.parameters)

    def refresh(self) -> None:
        """Find the function again if it was changed in place, as a reloader of modules does."""
        f = self.located.function
        if f is not None and made_of(f) != self.made_of:
            self.find()

    def for_call(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Target, Emission | None]:
        """What is differentiated for a call, and the emission it is, if it is one."""
        library = self.callee is not self.f
        fitting = library_call(self.f, len(args), tuple(kwargs)) if library else wrapper_call(self.f, args, kwargs)
        return (self if fitting is self.f else Target(fitting)), None

    def as_called(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Target:
        """With the parameters that belong to such calls, where the function is a derivative of one for any."""
        return self

    def full_signature(self) -> inspect.Signature:
        """The signature of the function itself, arguments already given included."""
        function = self.located.function
        return inspect.signature(function) if function is not None else self.signature

    def arguments(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        """Every parameter of the function with its value in this call."""
        try:
            bound = self.full.bind(*self.located.bound, *args, **{**self.located.bound_keywords, **kwargs})
        except TypeError as e:
            message = f"`{self.name}` cannot be called with these arguments: {e}"
            raise error(diagnostic("SG305", message, hint=f"Its parameters are {self.listed}.")) from None
        bound.apply_defaults()
        return dict(bound.arguments)

    def requests(self, wrt: Any) -> tuple[Part, ...]:
        """What `wrt` asks for, in its order; TypeError or ValueError if the function has no such parameters."""
        found: list[Part] = []
        for which in wrt if isinstance(wrt, tuple) else (wrt,):
            part = self.parameter(which)
            if any(part.overlaps(p) for p in found):
                raise error(diagnostic("SG403", f"`wrt` asks for `{part}` twice; `{self.name}` has {self.listed}"))
            found.append(part)
        return tuple(found)

    def parameter(self, which: Any) -> Part:
        """The parameter, or part of one, given by position, name or dotted path."""
        if isinstance(which, bool) or not isinstance(which, int | np.integer | str):
            message = f"`wrt` takes positions and names of parameters, not {which!r}; `{self.name}` has {self.listed}"
            raise error(diagnostic("SG402", message))
        if isinstance(which, str):
            name, *path = which.split(".")
            if name not in self.names or not all(path):
                raise error(diagnostic("SG403", f"`{self.name}` has no parameter `{which}`; it has {self.listed}"))
            return Part(name, tuple(path))
        names = [n for n in self.free if self.signature.parameters[n].kind not in (inspect.Parameter.VAR_KEYWORD,)]
        if not -len(names) <= which < len(names):
            raise error(diagnostic("SG403", f"`{self.name}` has no parameter number {which}; it has {self.listed}"))
        return Part(names[which])

    @property
    def star(self) -> str | None:
        """The parameter that takes any further positional arguments."""
        kinds = self.signature.parameters
        return next((n for n in self.free if kinds[n].kind is inspect.Parameter.VAR_POSITIONAL), None)

    def by_parameter(self, given: tuple[Any, ...] | list[Any]) -> dict[str, Any]:
        """What belongs to positional arguments, by the name of the parameter that takes each; a tuple for the star."""
        if self.star is None:
            return dict(zip(self.free, given, strict=False))
        first = self.free.index(self.star)
        rest = tuple(given[first:])
        found = dict(zip(self.free[:first], given, strict=False))
        return {**found, self.star: rest} if any(t is not None for t in rest) else found

    @property
    def name(self) -> str:
        return getattr(self.f, "__name__", None) or self.located.name

    @property
    def listed(self) -> str:
        return ", ".join(self.free) or "none"

    @property
    def given(self) -> bool:
        """Whether some arguments are bound already (`self` of a method, those of a partial)."""
        return bool(self.located.bound or self.located.bound_keywords)

    def kinds(self, values: dict[str, Any]) -> dict[str, k.Kind]:
        found: dict[str, k.Kind] = {}
        for name, value in values.items():
            kind = kind_of_argument(value, name)
            if isinstance(kind, k.Unknown):
                raise error(
                    diagnostic(
                        "SG404", f"argument `{name}` of `{self.name}` is {described(value)}, which is not supported",
                        hint="Pass numbers or plain arrays of a float, complex, int or bool dtype.",
                    )
                )  # fmt: skip
            found[name] = kind
        return found


def made_of(f: Any) -> tuple[int, ...]:
    """What a reloader of modules changes in a function, and what others change in it by hand."""
    return tuple(id(getattr(f, name, None)) for name in ("__code__", "__defaults__", "__kwdefaults__"))


def kind_of_argument(value: Any, name: str) -> k.Kind:
    if type(value) is not record and callable(value) and not isinstance(value, type):
        return k.Known(value)
    return kind_of_object(value, name)


def described(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"an array of dtype {value.dtype}" if type(value) is np.ndarray else with_article(type(value).__name__)
    return with_article(type(value).__name__)


def read_external(place: Any, name: Any) -> Any:
    """The present value of a global, a closure variable or an attribute."""
    return place.object(name) if isinstance(name, tuple) else getattr(place, name, MISSING)


class Emissions:
    """The emissions of one function for one `wrt` and mode, by the key of the call.

    `ready(target, module, function, values)` makes the function that is called from the compiled one; `parts` are
    what is asked for where it is not all of each argument in `wrt`.
    """

    def __init__(
        self, target: Target, wrt: tuple[str, ...], options: Options, ready: Any, parts: tuple[Part, ...] = ()
    ) -> None:
        self.target, self.wrt, self.options, self.ready, self.parts = target, wrt, options, ready, parts
        self.requests: tuple[Part, ...] | None = None
        self.single, self.with_value, self.made_by, self.seed = False, False, "", no_seed
        self.by_key: dict[Any, Emission] = {}
        self.refused: dict[Any, Exception] = {}
        self.exchanged: dict[Any, Callable[..., Any]] = {}
        self.latest: Emission | None = None
        EMISSIONS.add(self)

    def find(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Emission:
        found = self.by_key.get(self.key(args, kwargs))
        if found is None and (key := self.key(args, kwargs)) in self.refused:
            raise self.refused[key].with_traceback(None)
        if found is None or not found.is_current():
            if len(self.by_key) >= LIMIT:
                self.by_key.clear()
            found = self.make(args, kwargs)
            self.by_key[self.key(args, kwargs)] = found  # the first object of a class changes what its key is
        self.latest = found
        return found

    @staticmethod
    def key(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        key: Any = tuple(map(key_of, args))
        return (key, tuple(sorted((n, key_of(v)) for n, v in kwargs.items()))) if kwargs else key

    def make(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Emission:
        self.target.refresh()
        target, inner = self.target.for_call(args, kwargs)
        values = target.arguments(args, kwargs)
        known: dict[int, Any] = {}
        for n in self.wrt:
            if n not in values:
                message = f"`{self.target.name}` takes any number of arguments, and is given none as `{n}`"
                raise error(diagnostic("SG403", message, hint="Call it in a function of your own that names them."))
        taken = {n: as_records(values[n], known) for n in self.wrt}
        objects = {n for n in self.wrt if taken[n] is not values[n]}
        values.update(taken)
        self.check(values)
        from .pipeline import derive  # libcst and the passes load when the first derivative is made

        steps = tuple((p.name, p.steps(values[p.name], self.target.name)) for p in self.parts)
        options = replace(self.options, parts=steps)
        try:
            module = derive(target.located, target.kinds(values), self.wrt, options)
        except SrcgradError as refused:
            rest = {n: v for n, v in values.items() if n not in self.wrt and (is_taken_apart(v) or holds_several(v))}
            if not rest:
                raise
            module, apart = self.with_objects_apart(target, values, rest, known, options, refused)
            values.update(apart)
            objects |= apart.keys()
        function = self.compiled(module, target)
        call = self.ready(target, module, self.bordered(function, module, objects) if objects else function, values)
        call = with_places(call, module, target.located.source)
        keep = (*args, *(read_external(place, name) for place, name in module.externals.values()))
        return Emission(target, module, function, self.externals(module), keep, call, inner)

    def with_objects_apart(
        self, target: Target, values: dict[str, Any], rest: dict[str, Any], known: dict[int, Any], options: Options,
        refused: Exception,
    ) -> tuple[Module, dict[str, Any]]:
        """The module, and the constant arguments `rest` as records; `refused`: what holds if that does not do either.

        Constant objects in lists have a kind in common once they are taken apart, and may be given attributes.
        """
        from .pipeline import derive

        try:
            apart = {n: as_records(v, known) for n, v in rest.items()}
            return derive(target.located, target.kinds(values | apart), self.wrt, options), apart
        except SrcgradError:
            raise refused from None

    def bordered(self, function: Any, module: Module, objects: set[str]) -> Any:
        """The function for callers with objects; a result is one again, too.

        An object that changes must not be read from outside as well: the record that is made of it would not be.
        """
        changed = objects & module.copied
        read = {id(place): place for place, _ in module.externals.values()} if changed else {}
        names = self.target.names
        if isinstance(function, tuple):
            return (taking_objects(function[0], names, objects, read), function[1])
        return taking_objects(function, names, objects, read)

    def compiled(self, module: Module, target: Target) -> Any:
        """The function of a module; the same text is compiled once."""
        from .backends.plain import load

        if self.options.compile == "numba":
            return self.compiled_by_numba(module, target)
        for same in list(self.by_key.values()):  # another thread may add to it
            if same.module.text == module.text and same.module.values == module.values and same.is_current():
                return same.function
        function = load(module)
        self.give_defaults(function, target)
        return function

    def compiled_by_numba(self, module: Module, target: Target) -> Any:
        from .backends.numba import load_compiled, with_reasons

        where = target.located.source
        function = load_compiled(module, where)
        self.give_defaults(function, target)
        return with_reasons(function, where)

    @staticmethod
    def externals(module: Module) -> list[tuple[Any, Any, Any]]:
        return [(place, name, key_of(read_external(place, name))) for place, name in module.externals.values()]

    @staticmethod
    def give_defaults(function: Any, target: Target) -> None:
        """Defaults are the objects the user's own function has."""
        located = target.located
        if isinstance(function, tuple):  # a pullback is given every argument
            return
        if located.defaults and function.__defaults__:
            extra = function.__defaults__[len(located.defaults) :]
            function.__defaults__ = (*located.defaults, *extra)
        if located.kwdefaults and function.__kwdefaults__:
            function.__kwdefaults__ = {**function.__kwdefaults__, **located.kwdefaults}

    def check(self, values: dict[str, Any]) -> None:
        """A derivative with respect to an integer, a string or the like is asked for by mistake."""
        for part in self.parts or [Part(n) for n in self.wrt]:
            value = follow(values[part.name], part.steps(values[part.name], self.target.name))
            problem = not_differentiable(value)
            if problem:
                message = f"argument `{part}` of `{self.target.name}` is {problem}, so it has no derivative"
                raise error(diagnostic("SG405", message, hint=hint_for(value)))


def no_seed(module: Module) -> dict[str, Any]:
    return {}


def not_differentiable(value: Any) -> str:
    """What a value is if it has no derivative, else ""."""
    kind = kind_of_object(as_records(value), "x")
    if isinstance(kind, k.Num) and k.carries_derivative(kind):
        return ""
    if isinstance(kind, k.Seq | k.Dict):
        return "" if k.activate(kind).active else f"a {type(value).__name__} without real or complex numbers"
    if isinstance(value, np.ndarray):
        return described(value)
    if isinstance(value, np.integer):
        return "an integer"
    return {int: "an integer", bool: "a bool", type(None): "None", str: "a string"}.get(
        type(value), with_article(type(value).__name__)
    )


def hint_for(value: Any) -> str:
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        return f"Pass {float(value)!r}."
    if isinstance(value, np.ndarray) and type(value) is not np.ndarray:
        return "Pass a plain array, for example np.asarray(x)."
    if isinstance(value, np.ndarray):
        return "Pass an array of a float dtype, for example x.astype(float)."
    return ""
