"""What Python works out once, where a function is made: defaults of nested functions, arguments of `partial`.

                                      f_k = i * x
    f = lambda t, k=i * x: t * k  ->  f = lambda t, k=f_k: t * k

The name made here is one more name that the function captures.  It belongs to one definition: when it is bound
again, a function that was defined with its earlier value must not be mistaken for one with the new value.
"""

from __future__ import annotations

from dataclasses import replace

from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.walk import map_children
from .lower import Names
from .moved import edited
from .read import WHERE


class Defaults:
    """`frozen`: the names that were made."""

    def __init__(self, names: Names, written: set[str]) -> None:
        self.names, self.written = names, written
        self.frozen: set[str] = set()

    def block(self, block: ir.Block) -> ir.Block:
        return tuple(x for s in block for x in self.statement(s))

    def statement(self, s: ir.Stmt) -> list[ir.Stmt]:
        before: list[ir.Stmt] = []
        match s:
            case ir.If(_, body, orelse):
                return [replace(s, body=self.block(body), orelse=self.block(orelse))]
            case ir.While(_, body) | ir.For(_, _, body):
                return [replace(s, body=self.block(body))]
            case ir.Define(name, function):
                params = self.params(function.params, name, before)
                if before:
                    s = replace(s, function=with_defaults(function, params))
            case ir.Assign(names, values):
                new = tuple(self.inside(v, n, before) for n, v in zip(names, values, strict=True))
                if before:
                    s = replace(s, values=new, origin=edited(s))
            case ir.Unpack(_, value) | ir.Update(_, _, value) | ir.Store(_, value):
                value = self.inside(value, "lambda_", before)
                if before:
                    s = replace(s, value=value, origin=edited(s))
            case ir.Return(value) if value is not None:
                value = self.inside(value, "lambda_", before)
                if before:
                    s = replace(s, value=value, origin=edited(s))
            case ir.Eval(value):
                value = self.inside(value, "lambda_", before)
                if before:
                    s = replace(s, expr=value, origin=edited(s))
        return [*before, s]

    def inside(self, e: ir.Expr, name: str, before: list[ir.Stmt]) -> ir.Expr:
        if isinstance(e, ir.Lambda):
            params = self.params(e.params, name, before)
            return e if params == e.params else ir.Lambda(params, e.body)
        if isinstance(e, ir.Call) and e.op == "functools.partial" and e.args:
            return self.partial(e, name, before)
        return map_children(lambda c: self.inside(c, name, before), e)

    def partial(self, e: ir.Call, name: str, before: list[ir.Stmt]) -> ir.Expr:
        """`partial(f, x)` keeps the x of now, also where x is bound again before the partial is called."""
        args = [self.kept(a, f"{name}_arg", before) for a in e.args[1:]]
        words = tuple((n, self.kept(v, f"{name}_{n}", before)) for n, v in e.keywords)
        return ir.Call(e.op, (self.inside(e.args[0], name, before), *args), words)

    def kept(self, e: ir.Expr, name: str, before: list[ir.Stmt]) -> ir.Expr:
        if isinstance(e, ir.Const | ir.Star) or isinstance(e, ir.Name) and e.id not in self.written:
            return e
        own = self.names.fresh(name)
        self.frozen.add(own)
        before.append(ir.Assign((own,), (e,)))
        return ir.Name(own)

    def params(self, params: tuple[ir.Param, ...], name: str, before: list[ir.Stmt]) -> tuple[ir.Param, ...]:
        found = []
        for p in params:
            if p.default is not None and not isinstance(p.default, ir.Const):
                own = self.names.fresh(f"{name.rstrip('_')}_{p.name}")
                self.frozen.add(own)
                before.append(ir.Assign((own,), (p.default,)))
                p = replace(p, default=ir.Name(own))
            found.append(p)
        return tuple(found)


def with_defaults(function: Function, params: tuple[ir.Param, ...]) -> Function:
    """The nested function with its defaults among what it captures."""
    own = [p.default.id for p in params if isinstance(p.default, ir.Name) and p.default.id not in function.captures]
    return with_places_of(function, replace(function, params=params, captures=(*function.captures, *own)))


def with_places_of(function: Function, new: Function) -> Function:
    if function in WHERE:
        WHERE[new] = WHERE[function]
    return new
