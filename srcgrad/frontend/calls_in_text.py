"""Calls of functions of the user inside of what is kept as text, f-strings and asserts: they are read like any others.

    f"{total(x):.2f} of {n}"           "{:.2f} of {}".format(total(x), n)
    assert total(x) < n, message       holds = total(x) < n
                                       assert holds, message
"""

from __future__ import annotations

from typing import Any

import libcst as cst
import libcst.matchers as m

from ..ir import nodes as ir
from ..rules.registry import lookup
from ..syntax import literal
from .bindings import Library

OF_PYTHON = frozenset({
    "as_integer_ratio", "capitalize", "center", "count", "decode", "encode", "endswith", "format", "get", "index",
    "is_integer", "isdigit", "items", "item", "join", "keys", "ljust", "lower", "lstrip", "replace", "rjust", "rstrip",
    "split", "startswith", "strip", "title", "tobytes", "tolist", "upper", "values", "zfill",
})  # fmt: skip


def calls_user(reader: Any, node: cst.CSTNode) -> bool:
    """Whether a function of the user may be called, or a method of an object."""
    calls: Any = m.findall(node, m.Call())
    return any(is_of_user(reader, call.func) or asks_for_class(reader, call) for call in calls)


def asks_for_class(reader: Any, call: cst.Call) -> bool:
    """Whether `isinstance` asks for a class of the user: in emitted code objects are of none."""
    if not m.matches(call, m.Call(m.Name("isinstance"), [m.Arg(), m.Arg(m.Name())])):
        return False
    found = reader.scope.binding((call.args[1].value.value,))  # type: ignore[attr-defined]
    return found is not None and not isinstance(found, Library)


def is_of_user(reader: Any, func: cst.BaseExpression) -> bool:
    chain = reader.chain(func)
    if chain is not None and chain[0] not in reader.locals:
        found = reader.scope.binding(chain)
        if found is not None:
            return not isinstance(found, Library)
    if isinstance(func, cst.Attribute):
        name = func.attr.value
        return name not in OF_PYTHON and lookup(f".{name}") is None
    return True


def as_call(reader: Any, node: cst.FormattedString | cst.ConcatenatedString) -> ir.Expr | None:
    """An f-string as a call of `format`; None for `{x=}`."""
    parts = template(node)
    if parts is None:
        return None
    return ir.Call(".format", (ir.Const(parts[0]), *map(reader.read, parts[1])))


def template(node: Any) -> tuple[str, list[Any]] | None:
    match node:
        case cst.ConcatenatedString(left=left, right=right):
            found = [template(left), template(right)]
            if None in found:
                return None
            return "".join(t for t, _ in found), [e for _, inner in found for e in inner]  # type: ignore[misc]
        case cst.SimpleString(value=value):
            return str(literal(value)).replace("{", "{{").replace("}", "}}"), []
    text, given = "", list[Any]()
    for part in node.parts:
        found_part = written(part, given)
        if found_part is None:
            return None
        text += found_part
    quoted = node.start.replace("f", "").replace("F", "") + text + node.end
    return literal(quoted), given


def written(part: Any, given: list[Any]) -> str | None:
    if isinstance(part, cst.FormattedStringText):
        return part.value
    if part.equal is not None:
        return None
    given.append(part.expression)
    inner = [written(p, given) for p in part.format_spec or ()]
    if None in inner:
        return None
    conversion = f"!{part.conversion}" if part.conversion else ""
    spec = f":{''.join(inner)}" if part.format_spec is not None else ""  # type: ignore[arg-type]
    return f"{{{conversion}{spec}}}"
