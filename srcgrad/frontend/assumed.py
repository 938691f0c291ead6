"""What is assumed of the arguments of a function in a file, where the general case is refused.

What `x *= 2` means, or `row = x[i]`, depends on kinds that the text does not tell.  How the names are used makes one
reading likely: as many axes as are read, numbers for the rest.  The emitted function checks every assumption.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from ..analysis import kinds as k
from ..diagnostics import SrcgradError
from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.walk import block_reads
from ..program import Program
from .arrays import asked
from .changed_attributes import with_changed_attributes
from .ranks import Ranks

Kinds = dict[str, k.Kind]
Made = TypeVar("Made")
OF_MEMORY = frozenset({"SG212", "SG213", "SG217", "SG219", "SG221", "SG390"})  # what kinds may decide
VIEW = "method `view` has no derivative rule"  # of what may be a number


@dataclass(frozen=True)
class Assumed:
    """Kinds of arguments; `scalars`: those that are assumed to be numbers, and no arrays without axes either.

    `lists`: arrays that may as well be lists, as far as the text tells; `updated`: names that `x += e` changes, or that
    it may change under other names; `general`: the kinds by the text.
    """

    kinds: Kinds
    scalars: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    updated: frozenset[str] = field(default=frozenset(), compare=False)
    general: Kinds = field(default_factory=dict, compare=False)

    @property
    def all_numbers(self) -> bool:
        """Whether what is updated as a whole is assumed to be a number, which shares no memory as arrays do."""
        return not self.updated.isdisjoint(self.scalars)

    def without(self, name: str) -> Assumed:
        """The same without what is assumed of a name."""
        rest = tuple(n for n in self.scalars if n != name)
        lists = tuple(n for n in self.lists if n != name)
        return replace(self, kinds={**self.kinds, name: self.general[name]}, scalars=rest, lists=lists)

    def guards(self) -> list[ir.Stmt]:
        names = tuple(ir.Name(n) for n in self.scalars)
        return [ir.Eval(ir.Call("srcgrad.runtime.require_scalars", names))] if names else []


def first_accepted(program: Program, function: Function, kinds: Kinds, attempt: Callable[[Assumed], Made]) -> Made:
    """What `attempt` makes of the first assumptions that it does not refuse; the refusal of the general case."""
    refused_kinds: list[Kinds] = []

    def tried(assumed: Assumed) -> Made:
        try:
            return attempt(assumed)
        except SrcgradError:
            refused_kinds.append(assumed.kinds)
            raise

    try:
        return tried(Assumed(kinds))
    except SrcgradError as refused:
        if not any(d.code in OF_MEMORY or d.message == VIEW for d in refused.diagnostics):
            raise
        shared = False
        for assumed in assumptions(program, function, kinds):
            if shared and assumed.all_numbers:
                continue
            try:
                return least(assumed, tried, refused_kinds)
            except SrcgradError as e:
                shared = shared or any(d.code == "SG219" for d in e.diagnostics)
        raise


def assumptions(program: Program, function: Function, kinds: Kinds) -> Iterator[Assumed]:
    """The least assumptions first; those about attributes of objects are made together."""
    inside = with_numbers_in_lists(with_changed_attributes(kinds, function.scope), function)
    if inside != kinds:
        yield Assumed(inside)
    yield from assumptions_of_arguments(program, function, inside)


def assumptions_of_arguments(program: Program, function: Function, kinds: Kinds) -> Iterator[Assumed]:
    body = program.prepare(function).body
    known = Ranks(function, body, program.load, program.prepare)
    used = block_reads(body) - asked(body)
    names = [n for n, kind in kinds.items() if is_open(kind) and n in used]
    ranks = {n: known.least[n] for n in names if n in known.least}
    rest = set(names) - set(ranks)
    arrays = rest & known.arrays
    updated = arrays | rest & known.whole
    vectors = {**dict.fromkeys(updated, 1), **ranks}
    plain = {n for n in ranks if ranks[n] == 1 and kinds[n] == k.Num("any", "float64", n) and n not in known.arrays}
    tried = [Assumed(kinds)]
    for ranked, others, scalars in (
        ({}, arrays | set(ranks), set()),
        (ranks, arrays, set()),
        ({}, updated | set(ranks), rest - updated),
        (ranks, updated, rest - updated),
        (vectors, set(), set()),
        (vectors, set(), rest - updated),
        (ranks, arrays, rest - arrays),
    ):
        found = assumed(kinds, ranked, others, scalars)
        if found not in tried:
            tried.append(found)
            lists = tuple(n for n in names if n in plain and found.kinds[n] != kinds[n])
            yield replace(found, updated=frozenset(updated), lists=lists)


def with_numbers_in_lists(kinds: Kinds, function: Function) -> Kinds:
    """The same kinds, with numbers in the lists that are not annotated."""
    plain = k.Seq("list", None, k.Num("any", "float64", None))
    noted = {p.name for p in function.params if p.annotation is not None}
    numbers = k.Seq("list", None, k.Num("python", "float", ()))
    return {n: numbers if kind == plain and n not in noted else kind for n, kind in kinds.items()}


def least(assumed: Assumed, attempt: Callable[[Assumed], Made], refused: list[Kinds]) -> Made:
    """What `attempt` makes, with none of the assumptions about numbers and lists that it can do without."""
    made = attempt(assumed)
    for n in (*assumed.scalars, *assumed.lists):
        fewer = assumed.without(n)
        if fewer.kinds in refused:
            continue
        try:
            made, assumed = attempt(fewer), fewer
        except SrcgradError:
            continue
    return made


def is_open(kind: k.Kind) -> bool:
    """Whether an argument may be a number or an array, or an array of any rank."""
    return isinstance(kind, k.Num) and kind.kind in ("any", "array") and not isinstance(kind.dims, tuple)


def assumed(kinds: Kinds, ranks: dict[str, int], arrays: set[str], scalars: set[str]) -> Assumed:
    found = dict(kinds)
    for n, kind in kinds.items():
        if isinstance(kind, k.Num) and n in ranks:
            found[n] = replace(kind, kind="array", dims=tuple(k.Sym(f"{n}.{axis}") for axis in range(ranks[n])))
        elif isinstance(kind, k.Num) and n in arrays:
            found[n] = replace(kind, kind="array")
        elif isinstance(kind, k.Num) and n in scalars and kind.kind == "any":
            found[n] = replace(kind, kind="scalar", dims=())
    changed = tuple(n for n in kinds if found[n] != kinds[n] and n in scalars)
    return Assumed(found, changed, general=kinds)
