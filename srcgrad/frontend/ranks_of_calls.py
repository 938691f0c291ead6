"""What calls of the user's functions, and making objects of classes of the file, need of the axes of what is given."""

from __future__ import annotations

from typing import Any

from ..ir import nodes as ir
from ..ir.program import Function
from .bindings import UserFunction, Value
from .changed_attributes import attributes_by_use, attributes_of_parameters
from .classes import CLASSES
from .file_classes import FileClass

DEEPEST = 3  # calls within calls


class Called:
    """The part of `Ranks` that follows calls."""

    function: Function
    depth: int
    load: Any
    prepare: Any
    inner: dict[str, Function]
    least: dict[str, int]
    arrays: set[str]
    whole: set[str]
    need: Any
    made_of: Any
    solve: Any

    def __init__(self, function: Function, body: ir.Block, load: Any, prepare: Any, depth: int = 0) -> None:
        raise NotImplementedError

    def call(
        self, name: str, args: tuple[ir.Expr, ...], keywords: tuple[tuple[str | None, ir.Expr], ...],
        rank: int = 0, arrays: bool = False, whole: bool = False,
    ) -> None:  # fmt: skip
        """What a call of a user's function needs, the more if its result has so many axes or is an array."""
        function = self.inner.get(name) or self.outside(name)
        if function is None:
            self.construct(name, args, keywords)
        if function is None or self.depth >= DEEPEST:
            return
        prepared = self.prepare(function)
        known = type(self)(function, prepared.body, self.load, self.prepare, self.depth + 1)
        if rank or arrays or whole:
            known.least |= {prepared.result: rank} if rank else {}
            known.arrays |= {prepared.result} if arrays else set()
            known.whole |= {prepared.result} if whole else set()
            known.solve()
        given: dict[str, ir.Expr] = dict(zip(function.param_names, args, strict=False))
        given |= {n: v for n, v in keywords if n is not None}
        given |= {n: ir.Name(n) for n in function.captures}
        for n, v in given.items():
            if n in known.least:
                self.need(v, known.least[n])
            for found, own in ((known.arrays, self.arrays), (known.whole, self.whole)):
                if n in found:
                    self.made_of(v, own)

    def construct(self, name: str, args: tuple[ir.Expr, ...], keywords: tuple[tuple[str | None, ir.Expr], ...]) -> None:
        """What making an object needs: its attributes may be used as arrays."""
        found = self.function.scope.binding((name,)) if name not in self.function.locals else None
        cls = CLASSES.get(found.value) if isinstance(found, Value) and isinstance(found.value, type) else None
        if not isinstance(cls, FileClass):
            return
        _, arrays = attributes_by_use(cls)
        known = attributes_of_parameters(cls)
        for n, v in (*zip(known, args, strict=False), *keywords):
            if n is not None and known.get(n) in arrays:
                self.made_of(v, self.arrays)

    def outside(self, name: str) -> Function | None:
        found = self.function.scope.binding((name,)) if name not in self.function.locals else None
        return self.load(found.handle) if isinstance(found, UserFunction) else None
