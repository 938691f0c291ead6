"""The intermediate representation: a small closed set of frozen nodes.

Expressions are pure trees; what must happen in a certain order is a statement.  Rebinding a name
(`Assign`) and overwriting a buffer (`Store`, `Update`) are different statements from the beginning.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Union

from .origin import Origin


@dataclass(frozen=True, slots=True)
class Name:
    id: str


@dataclass(frozen=True, slots=True)
class Const:
    """A literal: number, string, bytes, bool, None or Ellipsis."""

    value: Any

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Const) and repr(self.value) == repr(other.value)

    def __hash__(self) -> int:
        return hash(repr(self.value))


@dataclass(frozen=True, slots=True)
class Call:
    """An operation of a library, by qualified name.

    `op` is "operator.add" for `+`, "numpy.tanh", "math.sin", "builtins.abs"; ".sum" (with a leading
    dot) is the method `sum` of the first argument.
    """

    op: str
    args: tuple[Expr, ...]
    keywords: tuple[tuple[str, Expr], ...] = ()


@dataclass(frozen=True, slots=True)
class Apply:
    """A call of a value: a user function, a closure, a callable object.

    A keyword without a name is `**mapping`; a `Star` among the arguments is `*sequence`.
    """

    func: Expr
    args: tuple[Expr, ...]
    keywords: tuple[tuple[str | None, Expr], ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    base: Expr
    index: Expr


@dataclass(frozen=True, slots=True)
class Slice:
    lower: Expr | None
    upper: Expr | None
    step: Expr | None


@dataclass(frozen=True, slots=True)
class Attribute:
    base: Expr
    name: str


@dataclass(frozen=True, slots=True)
class Display:
    """A tuple, list or set written out."""

    kind: str
    items: tuple[Expr, ...]


class Field(str):
    """The name of an attribute of a record: `p["x"]` is written `p.x`."""

    __slots__ = ()


class Forced(Field):
    """One that is assigned past what the class says, by `object.__setattr__`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """A dict written out; a key of None is `**value`.  With `cls`, the attributes of an object of that class.

    `ordered`: an OrderedDict, which may do what a dict does.
    """

    keys: tuple[Expr | None, ...]
    values: tuple[Expr, ...]
    cls: Any = None
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Star:
    value: Expr


@dataclass(frozen=True, slots=True)
class Select:
    """`then if test else other`"""

    test: Expr
    then: Expr
    other: Expr


@dataclass(frozen=True, slots=True)
class BoolOp:
    """`a and b and c`: returns an operand, so a derivative flows to it."""

    op: str
    values: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison, chained or not; its result has no derivative."""

    first: Expr
    ops: tuple[str, ...]
    rest: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Walrus:
    name: str
    value: Expr


@dataclass(frozen=True, slots=True)
class Param:
    """kind is "positional_only", "positional", "star", "keyword" or "double_star"."""

    name: str
    kind: str
    default: Expr | None = None
    annotation: str | None = None


@dataclass(frozen=True, slots=True)
class Lambda:
    params: tuple[Param, ...]
    body: Expr


@dataclass(frozen=True, slots=True)
class Clause:
    """`for target in iterable if conditions` of a comprehension."""

    target: Expr
    iterable: Expr
    conditions: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Comprehension:
    """kind is "list", "set", "generator" or "dict" (then `key` is set); "part" of one that is only asked about.

    early: a list of what Python works out one item at a time, as it is asked for: it must not change anything.
    """

    kind: str
    element: Expr
    clauses: tuple[Clause, ...]
    key: Expr | None = None
    early: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Source text with a constant value, kept as it is: f-strings and the like."""

    code: str
    reads: tuple[str, ...]


Expr = Union[
    Name, Const, Call, Apply, Index, Slice, Attribute, Display, Mapping, Star, Select, BoolOp, Compare, Walrus,
    Lambda, Comprehension, Text,
]  # fmt: skip


def _origin() -> Any:
    return field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Assign:
    """Rebind names; all values are computed before any name is bound.

    `implicit` marks what a loop header or an unpacking target does on its own (`v = items[k]`).
    """

    names: tuple[str, ...]
    values: tuple[Expr, ...]
    implicit: bool = False
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class Unpack:
    """`a, (b, *c) = value`, where the value is not written out."""

    target: Expr
    value: Expr
    implicit: bool = False
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class Store:
    """Overwrite a place: `A[i] = e`, `self.w = e`."""

    place: Index | Attribute
    value: Expr
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class Update:
    """Change a place with an operator: `A[i] += e`; a `Name` for a buffer changed as a whole."""

    place: Name | Index | Attribute
    op: str
    value: Expr
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class Eval:
    """An expression for its effect: print, logging, a call whose result nobody takes."""

    expr: Expr
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class Opaque:
    """A statement kept as it is: assert, raise, import, pass.

    What follows a "with" stands inside it, up to the "end with" of the same block.
    """

    kind: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class Define:
    """A nested function; `function` is its `ir.program.Function`.

    `cells`: (captured name, the name it has here) where the two differ or might.
    """

    name: str
    function: Any
    origin: Origin | None = _origin()
    cells: tuple[tuple[str, str], ...] = ()

    @property
    def captures(self) -> tuple[str, ...]:
        """What the function captures, under the names of the block it is defined in."""
        known = dict(self.cells)
        return tuple(known.get(n, n) for n in self.function.captures)


@dataclass(frozen=True, slots=True)
class For:
    """`for target in iterable`, where iterable is a `range` or a reversed one.

    Any other loop counts through its items: `header` is then what the user wrote, (targets, iterable), and
    the body starts with the implicit assignments `v = items[k]` that the header makes.  In emitted code a loop that
    nobody counts has the target "".  `late`: what a generator, asked for its items one by one, reads meanwhile.
    """

    target: str
    iterable: Expr
    body: Block
    orelse: Block = ()
    header: tuple[Expr, Expr] | None = None
    origin: Origin | None = _origin()
    late: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class While:
    test: Expr
    body: Block
    orelse: Block = ()
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class If:
    """`flat`: the user wrote what is in `orelse` after the `if`, whose body leaves the block."""

    test: Expr
    body: Block
    orelse: Block = ()
    flat: bool = False
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class Break:
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class Continue:
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class Return:
    value: Expr | None
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class Push:
    """Save a value for the reverse sweep; `copy` where the buffer is overwritten later."""

    stack: str
    value: Expr
    copy: bool = False
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class Pop:
    name: str
    stack: str
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class Comment:
    """A line of its own in emitted code, after a blank line."""

    text: str
    origin: Origin | None = _origin()


Stmt = Union[
    Assign, Unpack, Store, Update, Eval, Opaque, Define, For, While, If, Break, Continue, Return, Push, Pop, Comment,
]  # fmt: skip
Block = tuple[Stmt, ...]
