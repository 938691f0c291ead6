"""The derivatives of `np.einsum` as what they are where the subscripts are written out: other calls of it.

    einsum_adjoint(d, "ij,jk->ik", (a, b), 0)                 unbroadcast(np.einsum("ik,jk->ij", d, b), a)
    einsum_tangent("ij,jk->ik", (a, b), (t_a, t_b))           np.einsum("ij,jk->ik", t_a, b) + np.einsum(..., a, t_b)

They read as the mathematics does, and are differentiated again like any other.  What sums over an axis of one operand
alone, takes a diagonal or leaves axes to an ellipsis is left to the helpers.
"""

from __future__ import annotations

from collections.abc import Callable

from ..analysis import kinds as k
from ..ir import nodes as ir
from ..ir.build import call, plus
from ..ir.walk import map_children
from .broadcasting import UNBROADCAST

KindOf = Callable[[ir.Expr], k.Kind]
ADJOINT, TANGENT = "srcgrad.runtime.einsum_adjoint", "srcgrad.runtime.einsum_tangent"


def with_einsums(e: ir.Expr, kind: KindOf) -> ir.Expr:
    """An expression with such helpers written out."""
    e = map_children(lambda c: with_einsums(c, kind), e)
    match e:
        case ir.Call(op, (d, ir.Const(str(text)), ir.Display(_, operands), ir.Const(int(n)))) if op == ADJOINT:
            return adjoint(d, text, operands, n) or e
        case ir.Call(op, (ir.Const(str(text)), ir.Display(_, operands), ir.Display(_, tangents))) if op == TANGENT:
            return tangent(text, operands, tangents, kind) or e
    return e


def adjoint(d: ir.Expr, text: str, operands: tuple[ir.Expr, ...], n: int) -> ir.Expr | None:
    found = terms_of(text, len(operands))
    if found is None:
        return None
    terms, output = found
    others = [i for i in range(len(terms)) if i != n]
    if not set(terms[n]) <= set(output).union(*(terms[i] for i in others)):
        return None
    formula = f"{','.join([output, *(terms[i] for i in others)])}->{terms[n]}"
    words = (("optimize", ir.Const(True)),) if len(others) > 1 else ()
    part = ir.Call("numpy.einsum", (ir.Const(formula), d, *(operands[i] for i in others)), words)
    return call(UNBROADCAST, part, operands[n])


def tangent(
    text: str, operands: tuple[ir.Expr, ...], tangents: tuple[ir.Expr, ...], kind: KindOf
) -> ir.Expr | None:
    if terms_of(text, len(operands)) is None:
        return None
    total: ir.Expr = ir.Const(0.0)
    for n, (operand, t) in enumerate(zip(operands, tangents, strict=True)):
        if kind(operand).active:
            total = plus(total, call("numpy.einsum", ir.Const(text), *operands[:n], t, *operands[n + 1 :]))
    return total


def terms_of(text: str, count: int) -> tuple[list[str], str] | None:
    """The subscripts of each operand and of the result; None where an axis is named twice in one, or not at all."""
    inputs, arrow, output = text.replace(" ", "").partition("->")
    terms = inputs.split(",")
    if "." in text or len(terms) != count or any(len(set(t)) < len(t) for t in (*terms, output)):
        return None
    letters = "".join(terms)
    return terms, output if arrow else "".join(sorted(c for c in set(letters) if letters.count(c) == 1))
