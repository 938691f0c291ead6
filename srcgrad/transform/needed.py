"""The names that an expression of the reverse sweep reads, and whether it reads what they hold or just its shape."""

from __future__ import annotations

from ..analysis.required import BINDING
from ..ir import nodes as ir
from ..ir.walk import children, reads

SHAPE_ONLY = {  # by function, the arguments of which it looks at the shape and the type alone
    **dict.fromkeys(("numpy.shape", "numpy.ndim", "numpy.size", "builtins.len"), (0,)),
    **dict.fromkeys(("numpy.zeros_like", "numpy.ones_like", "numpy.empty_like", "numpy.full_like"), (0,)),
    "srcgrad.runtime.zeros_like": (0,),
    **{f"srcgrad.runtime.{name}": places for name, places in {
        "unbroadcast": (1,), "scatter": (1,), "cumsum_adjoint": (1,), "reduceat_adjoint": (1,), "band_adjoint": (2,),
        "lu_adjoint": (1,), "solve_like": (2,), "solve_adjoint_matrix": (2,), "border_adjoint": (1,),
        "derivative_adjoint": (1,), "tensordot_adjoint_left": (1,), "full_convolution": (1, 2),
        "whole_convolution": (1, 2), "expand_reduced": (1,), "weight_adjoint": (1,), "diff_adjoint": (1,),
        "fold_tiles": (1,), "diagonal_adjoint": (1,), "tensorinv_adjoint": (1,),
    }.items()},
}  # fmt: skip


def needed(e: ir.Expr) -> set[str]:
    """Names `e` reads; marked where their contents do not matter."""
    match e:
        case ir.Call(op, args, keywords) if op in SHAPE_ONLY:
            places = SHAPE_ONLY[op]
            found = (placed(a) if n in places else needed(a) for n, a in enumerate(args))
            return set().union(*found, *(needed(v) for _, v in keywords))
        case ir.Attribute(ir.Name(name), "shape" | "ndim" | "size" | "dtype"):
            return {BINDING + name}
        case ir.Name() | ir.Lambda() | ir.Comprehension() | ir.Text():
            return reads(e)
    return set().union(*(needed(c) for c in children(e)))


def placed(e: ir.Expr) -> set[str]:
    """Names read to know where a part of memory is, not what it holds."""
    match e:
        case ir.Name(name):
            return {BINDING + name}
        case ir.Index(base, index):
            return placed(base) | needed(index)
    return needed(e)
