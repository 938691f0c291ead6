"""Objects at the border of an emitted file: records on the way in, objects of their classes on the way out.

    def energy_grad(spring, x, d_out=1.0):
        spring_given = spring
        spring, = open_objects([spring], [("object", "Spring", ("stiffness", "number"))])
        ...
        return out, (objects_like(d_spring, spring_given), d_x)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from .analysis import kinds as k
from .diagnostics import refuse
from .frontend.bindings import Value
from .frontend.given_forms import form_of, holds_records
from .frontend.several_classes import OneOf
from .ir import nodes as ir
from .ir.build import call
from .ir.program import Function
from .ir.walk import bound_names, statements
from .transform.emitted import Emitted

RUNTIME = "srcgrad.runtime."


@dataclass
class Border:
    """What becomes of the main function; `wrt` are the arguments that are differentiated, `forward` the mode."""

    function: Function
    kinds: dict[str, k.Kind]
    result: k.Kind
    wrt: tuple[str, ...]
    forward: bool
    classes: set[str]  # whose names the module needs

    def __call__(self, f: Emitted) -> Emitted:
        given = {n: kind for n, kind in self.kinds.items() if holds_records(kind)}
        if not given and not holds_records(self.result):
            return f
        self.taken = {n for s in statements(tuple(f.statements())) for n in bound_names(s)} | {p.name for p in f.params}
        kept = {n: self.fresh(f"{n}_given") for n in given if n in self.wrt and not self.forward}
        opening: list[ir.Stmt] = [ir.Assign((own,), (ir.Name(n),)) for n, own in kept.items()]
        if given:
            values = ir.Display("list", tuple(map(ir.Name, given)))
            forms = ir.Display("list", tuple(map(form_of, given.values())))
            target = ir.Display("tuple", tuple(map(ir.Name, given)))
            opening.append(ir.Unpack(target, call(f"{RUNTIME}open_objects", values, forms)))
        seeds = [n for n, own in zip(f.directions, self.wrt, strict=False) if own in given]
        if not self.forward and holds_records(self.result) and self.result.active:
            seeds.append(f.seed)
        opening += [ir.Assign((n,), (call(f"{RUNTIME}as_records", ir.Name(n)),)) for n in seeds]
        banner, last, reverse = f.parts[-1]
        parts = [*f.parts[:-1], (banner, [self.returned(last[-1], kept)], reverse)]
        return replace(f, parts=[("", opening, False), *parts])

    def fresh(self, name: str) -> str:
        while name in self.taken:
            name += "_"
        self.taken.add(name)
        return name

    def returned(self, s: Any, kept: dict[str, str]) -> ir.Stmt:
        value, rest = s.value.items
        if self.forward:
            rest = self.as_object(rest, self.result)
        else:
            found = [
                call(f"{RUNTIME}objects_like", e, ir.Name(kept[n])) if n in kept else e
                for n, e in zip(self.wrt, rest.items, strict=True)
            ]
            rest = ir.Display("tuple", tuple(found))
        return replace(s, value=ir.Display("tuple", (self.as_object(value, self.result), rest)))

    def as_object(self, e: ir.Expr, kind: k.Kind) -> ir.Expr:
        """A result, or its tangent, with objects for the records in it."""
        if not holds_records(kind):
            return e
        match kind:
            case k.Dict(items, None, cls) if cls is not None:
                if isinstance(cls, OneOf) or any(holds_records(own) for _, own in items or ()):
                    self.refuse(cls.name)
                return call(f"{RUNTIME}object_of", ir.Name(self.class_name(cls)), e)
            case k.Seq("tuple" | "list" as word, items) if items is not None:
                parts = tuple(self.as_object(ir.Index(e, ir.Const(n)), own) for n, own in enumerate(items))
                return ir.Display(word, parts)
            case k.Seq("list", None, element) if element is not None:
                name = self.fresh("item")
                clause = ir.Clause(ir.Name(name), e, ())
                return ir.Comprehension("list", self.as_object(ir.Name(name), element), (clause,))
        self.refuse("")
        return e

    def class_name(self, cls: Any) -> str:
        """The name of a class in the file of the function."""
        found = self.function.scope.binding((cls.name,))
        if not isinstance(found, Value) or found.value is not cls.value or cls.name in self.function.locals:
            self.refuse(cls.name)
        self.classes.add(cls.name)
        return str(cls.name)

    def refuse(self, name: str) -> None:
        what = f"an object of class `{name}`" if name else "objects"
        message = f"`{self.function.name}` returns {what}"
        refuse("SG310", message, self.function.source.span, self.function.source, "Return the numbers in it.")
