"""What is known of a function for one pattern of arguments, and of its names on the paths through it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.walk import Remembered, expressions_within, statements
from . import kinds as k
from .container_steps import pending_changes
from .fresh_lists import fresh_lists
from .none_together import TOGETHER, met
from .presumed import asked

Env = dict[str, k.Kind]


@dataclass(eq=False)
class Instance:
    """A function for one pattern of arguments, and what is known of it."""

    function: Function
    body: ir.Block
    result_name: str
    params: Env = field(default_factory=dict)
    result: k.Kind = field(default_factory=k.Never)
    before: dict[int, Env] = field(default_factory=dict)
    after: dict[int, Env] = field(default_factory=dict)
    names: Env = field(default_factory=dict)
    left: Env = field(default_factory=dict)  # containers that it is given and changes, as they are when it returns
    calls: dict[int, Any] = field(default_factory=dict)
    written: dict[int, Any] = field(default_factory=dict)
    extra_names: set[str] = field(default_factory=set)
    class_names: set[str] = field(default_factory=set)
    foreign: dict[str, tuple[Any, str]] = field(default_factory=dict)  # names of the modules of what was written out
    shared_names: set[str] = field(default_factory=set)  # names of its own module that what was written out reads
    updated: set[str] = field(default_factory=set)
    activated: set[str] = field(default_factory=set)
    aliases: Any = None
    copied: frozenset[str] = frozenset()
    frozen: set[str] = field(default_factory=set)
    makers: dict[int, Any] = field(default_factory=dict)
    mixed: set[int] = field(default_factory=set)
    raising: set[int] = field(default_factory=set)  # statements that ask what None has not of what is None
    stars: dict[int, Any] = field(default_factory=dict)  # calls with `*`, and the parameters that it stands for
    within: Remembered = field(default_factory=lambda: Remembered(expressions_within))
    fresh: Remembered = field(default_factory=lambda: Remembered(fresh_lists))
    asks: Remembered = field(default_factory=lambda: Remembered(asked))
    changing: Remembered = field(default_factory=lambda: Remembered(pending_changes))
    running: bool = False
    done: bool = False
    asked: bool = False  # has a caller used what is known of its result

    @property
    def changed(self) -> frozenset[str]:
        """Names of memory that some statement changes, or may change under another name."""
        return self.aliases.changed_later() if self.aliases is not None else frozenset()

    def stored(self, name: str, kind: k.Kind) -> k.Kind:
        """The kind of a new value of a name: active from the start if something active is stored into it later."""
        return k.taking(kind) if name in self.activated and isinstance(kind, k.Num | k.Seq | k.Dict) else kind

    def home(self, name: str) -> tuple[Any, str]:
        """The scope that answers what a name from outside means, and its name there."""
        return self.foreign.get(name, (self.function.scope, name))

    def kind_of_name(self, name: str) -> k.Kind:
        """The kind of a name wherever it is bound."""
        return self.names.get(name, k.Unknown())


@dataclass
class Exits:
    """Environments in which the iterations of a loop end."""

    breaks: list[Env] = field(default_factory=list)
    continues: list[Env] = field(default_factory=list)


def join_envs(a: Env | None, b: Env | None) -> Env | None:
    """What is known where two paths meet; None is a path that does not arrive."""
    if a is None or b is None:
        return a if b is None else b
    found = dict(a)
    groups = TOGETHER in a or TOGETHER in b
    for n, kind in b.items():
        old = a.get(n, kind)
        if n == TOGETHER:
            continue
        if old is not kind:
            found[n] = k.join(old, kind)
            groups = groups or isinstance(found[n], k.Maybe)
        elif n not in a:
            found[n] = kind
    return met(a, b, found) if groups else found


def pattern(kind: k.Kind) -> Any:
    """The part of a kind that asks for an instance of its own: which function, how many items."""
    match kind:
        case k.Func(target, held):
            return (target if isinstance(target, str) else id(target), tuple((h.role, pattern(h.kind)) for h in held))
        case k.Seq(_, items) if items is not None:
            return tuple(pattern(i) for i in items)
        case k.Linked():
            return k.Linked.__name__, kind.own
        case k.Dict(items, _, cls) if items is not None:
            return (cls, tuple((key, pattern(i)) for key, i in items))
        case k.Obj(value):
            return id(value)
        case k.Known(type() as value):
            return value
        case k.Seq() | k.Dict():
            return type(kind).__name__
    return None


def adds_to_names(function: Function) -> bool:
    """Whether `x += e` in a function gives a number a new value and changes an array."""
    return any(isinstance(s, ir.Update) and isinstance(s.place, ir.Name) for s in statements(function.body))


def number_or_array(kind: k.Kind) -> str | None:
    if not isinstance(kind, k.Num):
        return None
    return "array" if kind.kind == "array" else "number" if kind.is_scalar else None
