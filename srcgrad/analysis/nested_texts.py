"""The texts of derivatives that a program takes: functions of captures, parameters and directions.

    def grad_f(a, x):                   def pushed_f(a, x, t_x):             def jacobian_f(a, x):
        value, (d_x,) = f_grad(a, x)        return f_jvp(a, x, t_x=t_x)          (a column for each number of x)
        return d_x
"""

from __future__ import annotations

from typing import Any

from ..ir.program import Function
from . import kinds as k
from .nested_directions import HELPERS, fitted, misfit
from .nested_jacobians import Names, lines_of

PUSHED, PULLED = "srcgrad.products.pushed", "srcgrad.products.pulled"
MARKS = {"star": "*", "double_star": "**"}


def wrapper(request: Any, function: Function, module: Any, given: dict[str, k.Kind]) -> tuple[str, str, Any]:
    """The text of a function of captures and parameters that gives what the request asks for, and its name."""
    entry = module.entry
    passed = [*own_captures(function), *(MARKS.get(p.kind, "") + p.name for p in function.params)]
    taken = {*given, entry, "np"}
    value, name = clear_of("value", taken), clear_of(function.name, {*taken, "value"})
    gradients: list[str] = []
    found: list[str] = []
    for w in request.wrt:
        gradients.append(clear_of(f"d_{w}", {*taken, value, name, *gradients}))
        found.append(as_given(gradients[-1], given[w]))
    shown = found[0] if request.single else f"({', '.join(found)},)"
    result = f"{value}, {shown}" if request.kind == "value_and_grad" else shown
    call = ", ".join(as_passed(function, passed))
    lines = [f"def {name}({', '.join(passed)}):", f"    {value}, ({', '.join(gradients)},) = {entry}({call})"]
    if not certain(module.result):
        lines += [
            f'    if np.shape({value}) != () or np.result_type({value}).kind != "f":',
            f'        raise TypeError("`{plain(request.primal)}` returns no real scalar; a gradient needs one")',
        ]
    return "\n".join([*lines, f"    return {result}", ""]), name, module


def as_passed(function: Function, names: list[str]) -> list[str]:
    """The arguments of a call with parameters of the function."""
    keywords = {p.name for p in function.params if p.kind == "keyword"}
    return [f"{n}={n}" if n in keywords else n for n in names]


def pushed(
    request: Any, function: Function, module: Any, kinds: dict[str, Any], extra: dict[str, k.Kind]
) -> tuple[str, str, Any]:
    """A value and its tangent along directions, the tangent alone, or all columns of a Jacobian."""
    entry = module.entry
    passed = [*own_captures(function), *(p.name for p in function.params)]
    name = clear_of(function.name, {*passed, entry, "np", "value"})
    given = as_passed(function, [n for n in passed if n not in extra])
    taken = {*passed, entry, "np", name}
    value, tangent = clear_of("value", taken), clear_of("t_value", taken)
    opening = [f"def {name}({', '.join(passed)}):"]
    if request.kind != "jacobian":
        lines, along = directions(request, kinds, extra)
        words = [f"{d}={t}" for d, t in zip(module.directions, along, strict=True)]
        lines.append(f"    {value}, {tangent} = {entry}({', '.join([*given, *words])})")
        lines.append(f"    return {value}, {tangent}" if request.kind == "pushed" else f"    return {tangent}")
        return "\n".join([*opening, *lines, ""]), name, module
    own = Names(entry, given, *(clear_of(n, taken) for n in ("units", "unit", "tangents", "tangent")))
    wrt = {n: kinds[n] for n in request.wrt}
    lines = lines_of(wrt, module.directions, module.result, own, request.single)
    return "\n".join([*opening, *lines, ""]), name, module


def directions(request: Any, kinds: dict[str, k.Kind], extra: dict[str, k.Kind]) -> tuple[list[str], list[str]]:
    """Lines that see to directions that do not fit, and the texts of the tangents."""
    given = list(extra.items())
    if request.kind == "hvp" and not request.single:
        ((name, tuple_of),) = given
        if not isinstance(tuple_of, k.Seq) or tuple_of.items is None or len(tuple_of.items) != len(request.wrt):
            raise misfit(f"the direction is a tuple of {len(request.wrt)}, one for each parameter in `wrt`")
        given = [(f"{name}[{i}]", kind) for i, kind in enumerate(tuple_of.items)]
    found = [fitted(n, kind, w, kinds[w]) for w, (n, kind) in zip(request.wrt, given, strict=True)]
    taken = {*kinds, *extra}
    hidden = [f"{n}{mark}" for n, mark in HELPERS if n in taken]
    tangents = [n if any(h in t for h in hidden) else t for (n, _), (t, _) in zip(given, found, strict=True)]
    misfits = [test for _, tests in found for test in tests]
    if not misfits or "np" in taken:
        return [], tangents
    raised = '        raise ValueError("the tangent has another shape than the argument")'
    return [f"    if {' or '.join(misfits)}:", raised], tangents


def pulled(
    request: Any, function: Function, module: Any, given: dict[str, k.Kind], seed: str
) -> tuple[str, str, Any]:
    """A derivative for each parameter, and None for constants, for a cotangent that comes last."""
    entry = module.entry
    passed = [*own_captures(function), *(p.name for p in function.params)]
    taken = {*passed, entry, "np"}
    value, name = clear_of("value", taken), clear_of(function.name, {*taken, "value"})
    adjoints = {w: clear_of(f"d_{w}", {*taken, value, name}) for w in request.wrt}
    found = []
    for p in request.primal.params[request.given :]:
        found.append(as_given(adjoints[p.name], given[p.name]) if p.name in adjoints else "None")
    arguments = ", ".join(as_passed(function, [n for n in passed if n != seed]))
    lines = [
        f"def {name}({', '.join(passed)}):",
        f"    {value}, ({', '.join(adjoints.values())},) = {entry}({arguments}, {module.seed}={seed})",
        f"    if np.shape({seed}) != np.shape({value}):",
        '        raise ValueError("the cotangent has another shape than the value")',
        f"    return ({', '.join(found)},)",
    ]
    return "\n".join([*lines, ""]), name, module


def as_given(gradient: str, kind: k.Kind) -> str:
    """A gradient in the type of its argument, as outside of a program."""
    if isinstance(kind, k.Num) and kind.kind == "python":
        return f"{'complex' if kind.is_complex else 'float'}({gradient})"
    return gradient


def certain(result: k.Num) -> bool:
    """Whether a result is known to be a real scalar before the program runs."""
    return result.dtype is not None and result.dims == ()


def own_captures(function: Function) -> tuple[str, ...]:
    return tuple(n for n in function.captures if n != function.name)


def clear_of(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name


def plain(function: Function) -> str:
    return function.name.strip("<>").rstrip("_") or "function"
