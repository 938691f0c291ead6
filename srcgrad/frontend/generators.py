"""Generator functions whose items are taken where they are called, as functions that return a list.

    def sums(x):                            def sums(x):
        total = 0.0                             yielded = []
        for v in x:                             total = 0.0
            total = total + v       ->          for v in x:
            yield total                             total = total + v
                                                    yielded.append(total)
                                                return yielded

The function then runs to its end before the first item is used. That is the same only where it changes no memory and
has no effect, so any other is refused; and a call of it is a generator expression, which must not be kept.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import libcst as cst

from ..ir import nodes as ir
from ..ir.origin import Origin
from ..ir.walk import bound_names, root, statement_expressions, statements, subexpressions
from .attempts import changed
from .changing_methods import CHANGING
from .iteration_tools import variables
from .operators import OF_NUMBERS
from .own_memory import own_memory
from .without_effect import effect

NUMBERED = {op: own for own, op in OF_NUMBERS.items()}
HINT = "Return a list, or move the computation into a plain function."


def yields(node: cst.CSTNode) -> bool:
    """Whether the body of a function has a `yield` of its own."""
    for child in node.children:
        if isinstance(child, cst.Yield) or not isinstance(child, cst.FunctionDef | cst.Lambda) and yields(child):
            return True
    return False


def inner_generators(node: cst.CSTNode) -> frozenset[str]:
    """The names of the generator functions that the body of a function defines."""
    found: set[str] = set()
    for child in node.children:
        if isinstance(child, cst.FunctionDef) and yields(child.body):
            found.add(child.name.value)
        found |= inner_generators(child)
    return frozenset(found)


def read_yield(reader: Any, node: cst.Yield, origin: Origin) -> list[ir.Stmt]:
    items = ir.Name(reader.yielded)
    if isinstance(node.value, cst.From):
        return [ir.Eval(ir.Call(".extend", (items, reader.read(node.value.item))), origin.edit())]
    value = reader.read(node.value) if node.value is not None else ir.Const(None)
    return [ir.Eval(ir.Call(".append", (items, value)), origin.edit())]


def as_list(reader: Any, body: ir.Block, node: cst.CSTNode, params: set[str]) -> ir.Block:
    """The body of a generator function as that of one that returns the list of all items."""
    items, counters, own = ir.Name(reader.yielded), numbers(body, params), own_memory(body, params)
    steady = counters | own
    body = changed(body, lambda s: [s] if isinstance(s, ir.Update) and root(s.place) in steady else [as_number(s)])
    for s in statements(body):
        if isinstance(s, ir.Update) and isinstance(s.place, ir.Name) and s.place.id in counters:
            continue
        why = reason(as_update(only_given(s, own)), items, reader)
        if why:
            reader.refuse("SG203", f"a generator function {why} cannot be differentiated", node, HINT)
            break
    return (ir.Assign((items.id,), (ir.Display("list", ()),)), *body, ir.Return(items))


def as_number(s: ir.Stmt) -> ir.Stmt:
    """`total += e` gives a number a new value; of an array, which is what was yielded, it is refused by its kind."""
    match s:
        case ir.Update(ir.Name(name), op, value) if op in NUMBERED:
            origin = s.origin.edit() if s.origin is not None else None
            return ir.Assign((name,), (ir.Call(NUMBERED[op], (ir.Name(name), value)),), origin=origin)
    return s


def as_update(s: ir.Stmt) -> ir.Stmt:
    """What is asked whether it has an effect: of a number's new value, only what goes into it."""
    match s:
        case ir.Assign(_, (ir.Call(op, (_, value)),)) if op in OF_NUMBERS:
            return ir.Eval(value)
    return s


def only_given(s: ir.Stmt, own: frozenset[str]) -> ir.Stmt:
    """Of a change of what is the function's own, what goes into it."""
    match s:
        case ir.Store(place, value) | ir.Update(place, _, value) if root(place) in own:
            return ir.Eval(ir.Display("tuple", (value, *(x for x in subexpressions(place) if x != place))))
        case ir.Eval(ir.Call(op, (ir.Name(name), *given))) if name in own and op[1:] in CHANGING:
            return ir.Eval(ir.Display("tuple", tuple(given)))
        case ir.Assign(_, (ir.Call(".pop", (ir.Name(name), *given)),)) if name in own:
            return ir.Eval(ir.Display("tuple", tuple(given)))
    return s


def numbers(body: ir.Block, params: set[str]) -> set[str]:
    """Names that are bound to nothing but numbers of Python: `i += 1` gives them a new value and changes no other."""
    found = {n for s in statements(body) for n in bound_names(s)} - params

    def is_number(e: ir.Expr) -> bool:
        match e:
            case ir.Const(value):
                return isinstance(value, int | float | complex)
            case ir.Name(name):
                return name in found
            case ir.Call(op, args, ()) if op.startswith("operator."):
                return all(map(is_number, args))
        return isinstance(e, ir.Call) and e.op in ("builtins.len", "builtins.int", "builtins.float")

    def binds_others(s: ir.Stmt) -> Iterator[str]:
        match s:
            case ir.Assign(names, values) if len(names) == len(values):
                yield from (n for n, v in zip(names, values, strict=True) if not is_number(v))
            case ir.Update(ir.Name(name), _, value):
                yield from () if is_number(value) else (name,)
            case ir.For(_, ir.Call("builtins.range")):
                return
            case _:
                yield from bound_names(s)

    while others := {n for s in statements(body) for n in binds_others(s)} & found:
        found -= others
    return found


def reason(s: ir.Stmt, items: ir.Name, reader: Any) -> str:
    match s:
        case ir.Store() | ir.Update():
            return "that changes a value in place"
        case ir.While(ir.Const()):
            return "that may never end"
        case ir.Return(value) if value != items:
            return "that returns a value"
        case ir.Eval(ir.Call(".append" | ".extend", (base, value))) if base == items:
            return f"in which {effect(value, reader)}" if effect(value, reader) else ""
    found = next((why for e in statement_expressions(s) if (why := effect(e, reader))), "")
    return f"in which {found}" if found else ""


def called(apply: ir.Apply) -> ir.Expr:
    """A call of a generator function: an iterator, as any generator is."""
    (item,) = variables("item", 1, apply)
    return ir.Comprehension("generator", item, (ir.Clause(item, apply, ()),))


def is_generator(handle: Any) -> bool:
    """Whether a user function is a generator function: a live one, or a (file, name) pair."""
    if not isinstance(handle, tuple):
        return inspect.isgeneratorfunction(inspect.unwrap(handle)) if callable(handle) else False
    return str(handle[1]) in of_file(str(handle[0]))


@cache
def of_file(path: str) -> frozenset[str]:
    """The generator functions at the top level of a file."""
    try:
        tree = cst.parse_module(Path(path).read_text(encoding="utf-8"))
    except (OSError, SyntaxError, cst.ParserSyntaxError):
        return frozenset()
    return frozenset(n.name.value for n in tree.body if isinstance(n, cst.FunctionDef) and yields(n.body))
