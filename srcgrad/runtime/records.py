"""Objects in emitted code: the dicts of their attributes."""

from __future__ import annotations

from typing import Any


class record(dict):  # type: ignore[type-arg]
    """An object, or its adjoint or tangent: a dict of attributes that are read and assigned with a dot, too.

    >>> p = record(x=1.0, v=2.0); p.x += p.v; p
    record(x=3.0, v=2.0)
    """

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"the object has no attribute {name!r}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value

    def __delattr__(self, name: str) -> None:
        del self[name]

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = object.__hash__  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"record({', '.join(f'{n}={v!r}' for n, v in self.items())})"

    def copy(self) -> Any:
        made = record(self)
        made.__dict__.update(self.__dict__)
        return made


def method_of(owner: Any, name: str) -> tuple[Any, str]:
    """What stands for a method of an object, which is called nowhere: equal to itself.

    >>> method_of("ball", "move")
    ('ball', 'move')
    """
    return owner, name


def derivative_of(method: Any, maker: str, *how: Any, **named: Any) -> Any:
    """What stands for the derivative of a method, which is called nowhere.

    >>> derivative_of(("ball", "move"), "grad")
    (('ball', 'move'), 'grad')
    """
    return (method, maker, *how, *named.items())


def attributes_of(value: Any) -> dict[str, Any]:
    """The attributes of an object, those in slots too.

    >>> class Ball:
    ...     __slots__ = ("x", "v")
    >>> ball = Ball(); ball.x = 2.0; attributes_of(ball)
    {'x': 2.0}
    """
    owners = [vars(c) for c in reversed(type(value).__mro__) if "__slots__" in vars(c)]
    members = [pair for own in owners for pair in own.items()]
    slots = [n for n, v in members if type(v).__name__ == "member_descriptor" and hasattr(value, n)]
    return {n: getattr(value, n) for n in slots} | getattr(value, "__dict__", {})


def instance(class_: str, **attributes: Any) -> record:
    """An object that knows the name of its class, which is none of its attributes.

    >>> p = instance("Ball", x=1.0); p.class_, p
    ('Ball', record(x=1.0))
    """
    made = record(attributes)
    made.__dict__["class_"] = class_
    return made


class linked:
    """An object that others of its kind are linked to; beside its attributes are their adjoints or tangents.

    >>> node = linked(v=1.0, next=None, d_v=0.0); node.d_v += 2.0; node
    linked(v=1.0, d_v=2.0)
    """

    def __init__(self, **attributes: Any) -> None:
        vars(self).update(attributes)

    def __getitem__(self, name: str) -> Any:
        return vars(self)[name]

    def __setitem__(self, name: str, value: Any) -> None:
        vars(self)[name] = value

    def __repr__(self) -> str:
        shown = [f"{n}={v!r}" for n, v in vars(self).items() if isinstance(v, (int, float))]
        return f"linked({', '.join(shown)})"
