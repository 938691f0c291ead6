"""What a file says of the arguments of its functions: annotations, `Shapes:` lines, and how they are used.

Each fact an emission relies on is checked at the top of the emitted function (`guards`), so that a wrong
assumption is an error and never a wrong derivative.
"""

from __future__ import annotations

import re

from ..analysis import kinds as k
from ..ir import nodes as ir
from ..ir.build import call
from ..ir.program import Function
from ..ir.walk import reads, statement_expressions, statements, subexpressions
from ..rules import registry

PYTHON_TYPES = {"float": "float", "int": "int", "bool": "bool", "complex": "complex"}
SHAPE = re.compile(r"(\w+)\[([^\]]*)\]")


def shapes_in(docstring: str | None) -> dict[str, tuple[str, ...]]:
    """`Shapes: x[n, i], k[]` of a docstring, by parameter."""
    found: dict[str, tuple[str, ...]] = {}
    for line in (docstring or "").splitlines():
        _, marker, rest = line.partition("Shapes:")
        if marker:
            for name, sizes in SHAPE.findall(rest):
                found[name] = tuple(s.strip() for s in sizes.split(",") if s.strip())
    return found


def argument_kinds(function: Function, body: ir.Block) -> dict[str, k.Kind]:
    """Kinds of the parameters, as far as the source tells; the rest are numbers or arrays of unknown rank."""
    shapes = shapes_in(function.docstring)
    integers = used_as_integers(body)
    scalars = certain_scalars(body)
    found = {p.name: kind_of(p, shapes, integers, scalars) for p in function.params}
    dicts = {n: k.Dict(None, k.Num("any", "float64", None)) for n in used_as_dicts(body)}
    return {n: dicts.get(n, kind) if kind == k.Num("any", "float64", n) else kind for n, kind in found.items()}


def kind_of(p: ir.Param, shapes: dict[str, tuple[str, ...]], integers: set[str], scalars: set[str]) -> k.Kind:
    note = (p.annotation or "").strip("'\"")
    if p.kind == "star":
        return k.Seq("tuple", None, k.Num("any", "float64", None))
    if p.kind == "double_star":
        return k.Dict(None, k.Num("any", "float64", None))
    if p.name in shapes:
        return shaped(shapes[p.name])
    if note in PYTHON_TYPES:
        return k.Num("python", note, ())
    if note in ("np.ndarray", "numpy.ndarray", "ndarray"):
        return k.Num("array", "float64", p.name)
    if note in ("str", "None"):
        return k.Unknown()
    match p.default:
        case ir.Const(value) if type(value) in (bool, int) or value is None or isinstance(value, str):
            return k.Unknown() if not isinstance(value, int) else k.Num("python", type(value).__name__, ())
    if p.name in integers:
        return k.Num("python", "int", ())
    return k.Num("scalar", "float64", ()) if p.name in scalars else k.Num("any", "float64", p.name)


def shaped(sizes: tuple[str, ...]) -> k.Num:
    dims = tuple(int(s) if s.isdigit() else k.Sym(s) for s in sizes)
    return k.Num("array" if dims else "scalar", "float64", dims)


def used_as_dicts(body: ir.Block) -> set[str]:
    """Names that are read by a text: `params["w"]`."""
    found: set[str] = set()
    for s in statements(body):
        for e in statement_expressions(s):
            for sub in subexpressions(e):
                match sub:
                    case ir.Index(ir.Name(name), ir.Const(str())):
                        found.add(name)
                    case ir.Call(".items" | ".keys" | ".values", (ir.Name(name),), ()):
                        found.add(name)
    return found


def used_as_integers(body: ir.Block) -> set[str]:
    """Names that count: the bounds of ranges and slices, and sums of them."""
    found: set[str] = set()
    for s in statements(body):
        for e in statement_expressions(s):
            for sub in subexpressions(e):
                match sub:
                    case ir.Call("builtins.range", args):
                        found |= {n for a in args for n in counted(a)}
                    case ir.Slice():
                        found |= {n for p in (sub.lower, sub.upper, sub.step) if p is not None for n in counted(p)}
    return found


def counted(e: ir.Expr) -> set[str]:
    match e:
        case ir.Name(name):
            return {name}
        case ir.Call(op, args, ()) if op.startswith("operator."):
            return {n for a in args for n in counted(a)}
    return set()


def certain_scalars(body: ir.Block) -> set[str]:
    """Names that must be scalars because a branch or loop tests them.

    An elementwise operation gives a scalar only if all its operands are.  A name that is bound to anything but an
    elementwise expression says nothing of the names in it.
    """
    definitions: dict[str, list[ir.Expr]] = {}
    for s in statements(body):
        if isinstance(s, ir.Assign):
            for n, v in zip(s.names, s.values, strict=True):
                definitions.setdefault(n, []).append(v)
        elif isinstance(s, ir.Update) and isinstance(s.place, ir.Name):
            definitions.setdefault(s.place.id, []).append(s.value)
    found: set[str] = set()
    waiting = [n for s in statements(body) if isinstance(s, ir.If | ir.While) for n in tested(s.test)]
    while waiting:
        name = waiting.pop()
        if name in found or not all(is_elementwise(v) for v in definitions.get(name, [])):
            continue
        found.add(name)
        waiting += [n for v in definitions.get(name, []) for n in reads(v)]
    return found


def tested(e: ir.Expr) -> set[str]:
    """Names whose order decides a condition."""
    match e:
        case ir.Compare(first, ops, rest) if set(ops) <= {"<", "<=", ">", ">=", "==", "!="}:
            return {n for x in (first, *rest) if is_elementwise(x) for n in reads(x)}
        case ir.BoolOp(_, values):
            return {n for v in values for n in tested(v)}
        case ir.Call("operator.not_", (inner,)):
            return tested(inner)
    return set()


def is_elementwise(e: ir.Expr) -> bool:
    match e:
        case ir.Name() | ir.Const():
            return True
        case ir.Call(op, args, ()):
            return registry.is_elementwise(op, len(args)) and all(is_elementwise(a) for a in args)
    return False


# ----- guards -----


def guards(kinds: dict[str, k.Kind], wrt: tuple[str, ...]) -> list[ir.Stmt]:
    """Statements that refuse arguments which are not what the emission relies on."""
    numbers = {n: kind for n, kind in kinds.items() if isinstance(kind, k.Num)}
    real = tuple(n for n, kind in numbers.items() if kind.dtype in ("float64", "float"))
    found: list[ir.Stmt] = []
    for helper, names in (
        ("require_arrays", tuple(n for n, kind in numbers.items() if kind.kind == "array" and kind.rank is None)),
        ("require_numbers", tuple(n for n in wrt if n in real)),
        ("require_real", real),
        ("require_real_items", tuple(n for n, kind in kinds.items() if isinstance(kind, k.Seq | k.Dict))),
    ):
        if names:
            found.append(ir.Eval(ir.Call(f"srcgrad.runtime.{helper}", tuple(ir.Name(n) for n in names))))
    sizes: dict[str, ir.Expr] = {}
    for n, kind in numbers.items():
        found += shape_guard(n, kind, sizes)
    return found


def shape_guard(name: str, kind: k.Num, sizes: dict[str, ir.Expr]) -> list[ir.Stmt]:
    if not isinstance(kind.dims, tuple):
        return []
    shape = call("numpy.shape", ir.Name(name))
    if not kind.dims:
        test: ir.Expr = ir.Compare(call("numpy.ndim", ir.Name(name)), ("!=",), (ir.Const(0),))
        return [ir.If(test, (raising(f"{name} must be a scalar"),))]
    tests: list[ir.Expr] = [ir.Compare(call("numpy.ndim", ir.Name(name)), ("!=",), (ir.Const(len(kind.dims)),))]
    for axis, d in enumerate(kind.dims):
        here = ir.Index(shape, ir.Const(axis))
        if isinstance(d, int):
            tests.append(ir.Compare(here, ("!=",), (ir.Const(d),)))
        elif d.name in sizes:
            tests.append(ir.Compare(here, ("!=",), (sizes[d.name],)))
        else:
            sizes[d.name] = here
    if any(isinstance(d, k.Sym) and "." in d.name for d in kind.dims):
        raised = raising(f"{name} must have {len(kind.dims)} axes, unless `Shapes: {name}[...]` says otherwise")
        return [ir.If(tests[0], (raised,))]
    shown = ", ".join(str(d) if isinstance(d, int) else d.name for d in kind.dims)
    test = tests[0] if len(tests) == 1 else ir.BoolOp("or", tuple(tests))
    return [ir.If(test, (raising(f"{name} must be [{shown}]"),))]


def raising(message: str) -> ir.Stmt:
    return ir.Eval(ir.Text(f'raise ValueError("{message}")', ()))
