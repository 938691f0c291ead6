"""Parts of an argument: `"params.w1"` is the entry "w1" of the parameter `params`, `"layers.0"` its first item."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from .analysis import kinds as k
from .diagnostics import diagnose, error
from .runtime.records import record


@dataclass(frozen=True)
class Part:
    """A parameter, or what is found in it by `path`."""

    name: str
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ".".join((self.name, *self.path))

    def overlaps(self, other: Part) -> bool:
        shorter = min(len(self.path), len(other.path))
        return self.name == other.name and self.path[:shorter] == other.path[:shorter]

    def steps(self, value: Any, function: str) -> tuple[Any, ...]:
        """The keys and positions that lead from the argument to the part; ValueError or TypeError if there are none."""
        found: list[Any] = []
        for word in self.path:
            if type(value) not in (dict, tuple, list, record):
                message = f"argument `{self}` of `{function}` is in a {type(value).__name__}, which has no parts"
                hint = "Parts of plain dicts, tuples and lists can be asked for."
                raise error(diagnose("SG405", message, hint=hint))
            key = step(value, word)
            if key is None:
                at = ".".join((self.name, *map(str, found)))
                raise error(
                    diagnose("SG403", f"argument `{at}` of `{function}` has no entry `{word}`; {entries(value)}")
                )
            value = value[key]
            found.append(key)
        return tuple(found)


def step(value: Any, word: str) -> Any:
    """The key or position that a word stands for; None if there is none."""
    number = int(word) if word.isascii() and word.isdigit() else None
    if isinstance(value, dict):
        return word if word in value else number if number in value else None
    return number if number is not None and number < len(value) else None


def entries(value: Any) -> str:
    if isinstance(value, dict):
        return f"it has {', '.join(map(str, value)) or 'none'}"
    return f"it has {len(value)} items"


def follow(value: Any, steps: tuple[Any, ...]) -> Any:
    for key in steps:
        value = value[key]
    return value


def activate_part(kind: k.Kind, steps: tuple[Any, ...]) -> k.Kind:
    """The kind of an argument of which only one part is differentiated."""
    if not steps:
        return k.activate(kind)
    key, rest = steps[0], steps[1:]
    match kind:
        case k.Dict(items) if items is not None:
            return replace(kind, items=tuple((n, activate_part(i, rest) if n == key else i) for n, i in items))
        case k.Seq(sort, items, element) if items is not None:
            return k.Seq(sort, tuple(activate_part(i, rest) if n == key else i for n, i in enumerate(items)), element)
    raise AssertionError("the kind of an argument has the structure of the argument")
